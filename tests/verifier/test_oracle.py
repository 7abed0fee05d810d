"""A compiled policy says of every case what the reference evaluator says."""

from __future__ import annotations

import ast
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_dsl.case import Case, case_to_json
from policy_dsl.evaluate import Evaluator, OutOfRange
from policy_dsl.load import load
from policy_dsl.model import Policy
from tests.strategies.cases import numbers_of, random_case
from tests.strategies.dice import Dice, of_seed
from tests.strategies.policies import FINITE, WIDE, policies
from verifier.oracle.program import compile_policy, load_oracle
from verifier.oracle.runtime import Oracle
from verifier.oracle.writing import CannotCompile

SPECS = Path(__file__).parents[2] / "specs"
ALL_SPECS = sorted(
    each for each in SPECS.rglob("*.policy") if "faulty" not in each.relative_to(SPECS).parts
)


def compare(policy: Policy, oracle: Oracle, evaluator: Evaluator, case: Case) -> None:
    """Both say the same of a case."""
    data = case_to_json(policy, case)
    said, known = oracle.outcome(data), evaluator.outcome(case)
    assert said.in_force == known.in_force
    assert said.applicable == tuple(n for n, each in known.clauses.items() if each.applicable)
    assert said.defeated == {
        name: sorted({d.clause for d in each.defeated_by})
        for name, each in known.clauses.items()
        if each.defeated_by
    }
    assert {
        name: (each.obliged, each.forbidden, each.permitted, each.released)
        for name, each in known.states.items()
    } == {name: tuple(each) for name, each in said.states.items()}
    assert said.outputs == known.outputs
    assert said.decisions == known.decisions
    assert said.compliable == known.compliable
    assert said.broken == known.broken
    broken = evaluator.violated_assumptions(case)
    if not any(isinstance(each, OutOfRange) for each in broken):
        assert len(oracle.problems(data)) == len(broken)


def _some(policy: Policy, dice: Dice, count: int) -> None:
    oracle, evaluator, numbers = load_oracle(policy), Evaluator(policy), numbers_of(policy)
    for _ in range(count):
        compare(policy, oracle, evaluator, random_case(policy, dice, numbers))


@pytest.mark.parametrize("spec", ALL_SPECS, ids=lambda path: path.relative_to(SPECS).as_posix())
def test_every_spec_is_compiled(spec: Path) -> None:
    _some(load(spec), of_seed(7), 60)


@given(policies(WIDE), st.integers(0, 10_000))
@settings(max_examples=80, deadline=None)
def test_random_policies(policy: Policy, seed: int) -> None:
    _some(policy, of_seed(seed), 20)


@given(policies(FINITE), st.integers(0, 10_000))
@settings(max_examples=80, deadline=None)
def test_random_finite_policies(policy: Policy, seed: int) -> None:
    _some(policy, of_seed(seed), 20)


def test_lines_of_json() -> None:
    policy = load(SPECS / "examples/leave/mended.policy")
    oracle, evaluator = load_oracle(policy), Evaluator(policy)
    dice = of_seed(3)
    some = (random_case(policy, dice, numbers_of(policy)) for _ in range(1000))
    case = next(each for each in some if evaluator.is_valid(each))
    data = case_to_json(policy, case)
    lines = [json.dumps(data), "", "{", json.dumps({**data, "id": 7}), json.dumps({"facts": []})]
    answers = io.StringIO()
    oracle.serve(io.StringIO("\n".join(lines)), answers)
    first, wrong, third, last = map(json.loads, answers.getvalue().splitlines())
    assert wrong == {"error": ["the line is not JSON"], "line": 3}
    assert last["line"] == 5
    assert third.pop("id") == 7
    assert first == third
    assert first["in_force"] == list(evaluator.outcome(case).in_force)


def test_the_program_is_the_same_each_time_and_needs_nothing_else() -> None:
    policy = load(SPECS / "examples/leave/mended.policy")
    text = compile_policy(policy)
    assert text == compile_policy(load(SPECS / "examples/leave/mended.policy"))
    assert "import policy_dsl" not in text
    assert "import verifier" not in text
    compile(text, "policy.py", "exec")


CHAIN = """\
policy chain "Chain"
fact n: 0..1000
action go "go"
define f0(x: integer) is {body}
{rest}
clause c
  may go
  when f{last}(n) > 5
"""


def _chain(body: str, step: str, length: int) -> str:
    rest = "".join(
        f"define f{at}(x: integer) is {step.format(f'f{at - 1}')}\n" for at in range(1, length)
    )
    return CHAIN.format(body=body, rest=rest, last=length - 1)


def _load(folder: Path, text: str) -> Policy:
    path = folder / "chain.policy"
    path.write_text(text, "utf-8")
    return load(path)


def test_a_chain_of_definitions_does_not_grow_with_its_arguments(tmp_path: Path) -> None:
    policy = _load(tmp_path, _chain("x + x", "{0}(x + x)", 30))
    assert len(compile_policy(policy)) < 60_000
    _some(policy, of_seed(2), 20)


def test_a_policy_that_grows_out_of_bounds_is_refused(tmp_path: Path) -> None:
    policy = _load(tmp_path, _chain("x + 1", "{0}(x + x) - {0}(x + 7)", 40))
    with pytest.raises(CannotCompile, match="statements"):
        compile_policy(policy)


def test_a_fact_that_is_written_as_a_word_is_what_the_word_says(tmp_path: Path) -> None:
    text = 'policy p "P"\nfact a: yes/no\nfact b: yes/no\naction go "go"\n'
    policy = _load(tmp_path, f"{text}clause c\n  may go\n  when a and not b\n")
    oracle = load_oracle(policy)
    case = {"facts": {"a": "yes", "b": "no"}}
    assert oracle.problems(case) == []
    assert oracle.outcome(case).in_force == ("c",)
    assert oracle.outcome({"facts": {"a": "no", "b": "no"}}).in_force == ()
    assert oracle.problems({"facts": {"a": "maybe", "b": 1}}) == [
        "a is true or false",
        "b is true or false",
    ]


def test_what_is_kept_between_cases_cannot_be_changed(tmp_path: Path) -> None:
    policy = _load(tmp_path, _chain("x", "{0}(x)", 2))
    states = load_oracle(policy).outcome({"facts": {"n": 9}}).states
    with pytest.raises(TypeError):
        states["go"] = None


def test_a_written_program_answers_what_is_no_text_too(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(compile_policy(_load(tmp_path, _chain("x", "{0}(x)", 2))), "utf-8")
    deep = b'{"facts":{"n":9},"id":' + b"[" * 50_000 + b"]" * 50_000 + b"}\n"
    lines = b'{"n":9}\n{"\xff":1}\n' + deep + b'{"n":1}'
    ran = subprocess.run(
        [sys.executable, program], input=lines, capture_output=True, check=True, timeout=60
    )
    answers = [json.loads(each) for each in ran.stdout.splitlines()]
    assert [next(iter(each)) for each in answers] == ["actions", "error", "error", "actions"]
    assert ran.stderr == b""


def test_a_program_is_of_the_oldest_python_that_it_names() -> None:
    text = compile_policy(load(SPECS / "examples/leave/mended.policy"))
    ast.parse(text, feature_version=(3, 9))
    assert "strict=" not in text
