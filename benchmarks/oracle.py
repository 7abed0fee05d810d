"""How many cases of the memo the compiled policy answers in a second of processor time.

    python -m benchmarks.oracle [--cases N]

All figures are taken in one run, over the same random cases: what the program works out for each
(which clauses apply and are in force), the same with the state of every action and whether it can
be complied with read out, lines of JSON, and the reference evaluator on fewer cases. The first row
is how far one could get in Python: facts are read into names and nothing is worked out.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import time
from collections.abc import Callable
from operator import itemgetter
from pathlib import Path

from policy_dsl.case import case_to_json
from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load
from verifier.atoms import Atoms
from verifier.oracle.compared import random_case
from verifier.oracle.program import load_oracle
from verifier.plain import Plain

MEMO = Path(__file__).parents[1] / "specs/ice-ero-2017/ice-ero-2017.policy"


def per_second(count: int, work: Callable[[], object]) -> float:
    """How many cases a second, the best of three."""
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        work()
        best = max(best, count / (time.process_time() - start))
    return best


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=20_000)
    count = parser.parse_args().cases
    policy = load(MEMO)
    oracle, evaluator = load_oracle(policy), Evaluator(policy)
    dice, plain = random.Random(1), Plain(policy, Atoms(policy).base())
    cases = [random_case(policy, dice, plain) for _ in range(count)]
    data = [case_to_json(policy, each) for each in cases]
    fewer = cases[: count // 20]
    lines = "".join(f"{json.dumps(each)}\n" for each in data)
    read = itemgetter(*(name for name, each in policy.facts.items() if not each.optional))
    given = [dict(each.facts) for each in cases]
    rows = {
        "facts read and nothing else": (count, lambda: [read(each) for each in given]),
        "compiled: clauses in force": (count, lambda: [oracle.outcome(e).force for e in data]),
        "compiled: every action's state": (count, lambda: [oracle.outcome(e).states for e in data]),
        "compiled: can be complied with": (
            count,
            lambda: [oracle.outcome(each).compliable for each in data],
        ),
        "compiled: checked, and all as JSON": (
            count,
            lambda: oracle.serve(io.StringIO(lines), io.StringIO()),
        ),
        "reference evaluator": (len(fewer), lambda: [evaluator.outcome(e) for e in fewer]),
    }
    for name, (number, work) in rows.items():
        print(f"{name:36}{per_second(number, work):>12,.0f} cases a second")


if __name__ == "__main__":
    main()
