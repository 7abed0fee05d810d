"""E02: an expectation that is true only because its premise never holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl import model, phrases
from policy_dsl.model import Expectation, Expr
from verifier import words
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity


def _premise(expected: Expectation) -> Expr | None:
    if expected.premise is not None:
        return expected.premise
    if expected.form == "always" and isinstance(expected.condition, model.Implication):
        return expected.condition.premise
    return None


def _items(ctx: Context) -> Iterable[Expectation]:
    wanted = [each for each in ctx.policy.expectations if each.form in ("always", "never")]
    return [each for each in wanted if _premise(each) is not None]


def _examine(ctx: Context, expected: Expectation) -> Iterator[Finding]:
    premise = _premise(expected)
    assert premise is not None
    if ctx.session.possible([ctx.session.holds(premise)]):
        return
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f"An expectation is true only because its premise never holds: {expected.text}",
        related=(Related(label="the expectation", place=expected.place),),
        explanation=(f"The premise: {phrases.sentence(ctx.policy, premise)}",),
        proof="Proved: no case meets the premise.",
        key=words.key_of(expected),
    )


CHECK: Check[Expectation] = Check(
    code="E02",
    name="vacuous-expectation",
    severity=Severity.WARNING,
    polarity="unsat",
    question="Is an expectation true only because its premise never holds?",
    documentation="""
The expectation has the shape "... when P" (or "P implies ..."), and no case meets P. It is true,
but says nothing; most often P or an assumption is wrong.

How to mend it: correct the premise, or the assumption that rules it out.
""",
    items=_items,
    examine=_examine,
    describe=lambda expected: f"'{expected.text}'",
)
