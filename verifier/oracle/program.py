"""A policy as the text of a Python program, and the same program ready for use."""

from __future__ import annotations

from importlib.resources import files
from pprint import pformat
from typing import cast

from policy_dsl.model import AllOf, ClauseApplies, Expr, Negation, Policy, SetEffect
from policy_dsl.references import evaluation_order
from verifier.oracle.data import data_of
from verifier.oracle.runtime import Oracle
from verifier.oracle.writing import Writer

_MARK = "# --- every program has what follows ---\n"

_HEAD = '''\
"""What one policy says about cases, as a program by itself: made by ``antinomy compile``.

Policy: {name}

A case is {{"facts": {{...}}, "readings": {{...}}}}. ``outcome(case)`` says what the policy says
about it, ``problems(case)`` what is wrong with it. Run as a program, it answers cases on standard
input, one a line of JSON, with one line each. It needs Python 3.9 or newer and nothing else.
"""

'''

_TAIL = """

ORACLE = Oracle(DATA, _evaluate, _wrong)
outcome = ORACLE.outcome
outcomes = ORACLE.outcomes
problems = ORACLE.problems

if __name__ == "__main__":
    main(ORACLE)
"""


def compile_policy(policy: Policy) -> str:
    """The text of the program. Raises ``CannotCompile``."""
    constants: dict[str, str] = {}
    parts: list[str] = []
    evaluate = _evaluate(policy, constants, parts)
    wrong = _wrong(policy, constants, parts)
    runtime = (files("verifier.oracle") / "runtime.py").read_text("utf-8")
    data = pformat(data_of(policy, parts), width=96, compact=True, sort_dicts=False)
    return "".join(
        [
            _HEAD.format(name=ascii(policy.name)[1:-1]),
            runtime[runtime.index(_MARK) + len(_MARK) :],
            "\n\ndef _set(value):\n",
            "    return value if value is None or type(value) is frozenset else frozenset(value)\n",
            f"\n\nDATA = {data}\n\n",
            *(f"{name} = {code}\n" for code, name in constants.items()),
            "\n\n",
            evaluate,
            "\n\n",
            wrong,
            _TAIL,
        ]
    )


def load_oracle(policy: Policy) -> Oracle:
    """The program, ready to be asked. Raises ``CannotCompile``."""
    space: dict[str, object] = {"__name__": "antinomy_policy"}
    exec(compile(compile_policy(policy), f"<{policy.name}>", "exec"), space)
    return cast(Oracle, space["ORACLE"])


def _evaluate(policy: Policy, constants: dict[str, str], parts: list[str]) -> str:
    """The function that works out which clauses apply, which decisions are to be taken, and the
    values that clauses set; behind these, which incapacities are in force."""
    writer = Writer(policy, constants, parts)
    for each in evaluation_order(policy):
        writer.test(each)
    applies = [writer.test(ClauseApplies(clause=name)) for name in policy.clauses]
    scope = [_where(writer, each.under, each.when) for each in policy.decisions.values()]
    cannot = [_where(writer, each.under, each.when) for each in policy.incapacities]
    values = [
        writer.value(effect.value)
        for clause in policy.clauses.values()
        for effect in clause.effects
        if isinstance(effect, SetEffect)
    ]
    body = [*writer.statements(), *_bits("applies", applies), *_bits("scope", scope)]
    body += _bits("cannot", cannot)
    body.append(f"return applies, scope, ({', '.join([*values, 'cannot'])},)")
    return _function("_evaluate", body)


def _wrong(policy: Policy, constants: dict[str, str], parts: list[str]) -> str:
    """The function that says which assumptions are broken."""
    writer = Writer(policy, constants, parts)
    for each in evaluation_order(policy):
        writer.test(each)
    tests = [
        _where(writer, each.under, Negation(operand=each.condition)) for each in policy.assumptions
    ]
    body = [*writer.statements(), "found = []"]
    for at, test in enumerate(tests):
        body += [f"if {test}:", f"    found.append({at})"]
    return _function("_wrong", [*body, "return found"])


def _where(writer: Writer, under: Expr | None, condition: Expr) -> str:
    return writer.test(condition if under is None else AllOf(operands=(under, condition)))


def _bits(name: str, tests: list[str]) -> list[str]:
    lines = [f"{name} = 0"]
    for at, test in enumerate(tests):
        lines += [f"if {test}:", f"    {name} |= {1 << at}"]
    return lines


def _function(name: str, body: list[str]) -> str:
    lines = "".join(f"    {line}\n" for line in body)
    return f"def {name}(facts, readings, oracle):\n{lines}"
