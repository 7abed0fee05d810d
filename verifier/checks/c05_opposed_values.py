"""C05: one output set to two values in one case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.evaluate import Outcome
from policy_dsl.terms import value_words
from policy_dsl.wording import joined
from verifier.check import Check, Context
from verifier.findings import Finding, Severity
from verifier.session import NotSettled
from verifier.value_clashes import apart, pairs_of
from verifier.why_not import what_settles, why_neither_prevails


def _items(ctx: Context) -> Iterable[str]:
    return list(ctx.policy.outputs)


def _examine(ctx: Context, output: str) -> Iterator[Finding]:
    found = pairs_of(ctx, output)
    for one, two in found[: ctx.limits.clashes]:
        yield _finding(ctx, output, one, two)
    if len(found) > ctx.limits.clashes:
        raise NotSettled(f"more than {ctx.limits.clashes} pairs set it differently")


def _finding(ctx: Context, output: str, one: str, two: str) -> Finding:
    found = ctx.explorer.one(apart(ctx, output, one, two), ctx.atoms.of_clauses([one, two]))
    if found is None:
        raise NotSettled("a case that was found was lost again (a fault in the checker)")
    region, readings = found

    def shows(outcome: Outcome) -> bool:
        values = dict(outcome.outputs[output])
        return one in values and two in values and values[one] != values[two]

    sides = [ctx.side(c, [ctx.sets(c, output)], region.case) for c in (one, two)]
    phrase = ctx.policy.outputs[output].phrase or output.replace("_", " ")
    values = dict(ctx.shared.evaluator.outcome(region.case).outputs[output])
    type_ = ctx.policy.outputs[output].type
    listed = joined([value_words(type_, values[each]) for each in (one, two)], "and")
    return Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f"{one} and {two} set {phrase} to different values",
        sides=tuple(sides),
        strength="must",
        readings=readings,
        witness=ctx.witness(region, shows),
        consequence=f"In such a case it would have to be both {listed}.",
        explanation=why_neither_prevails(ctx, [one, two], readings, region.case),
        settles=what_settles(ctx, [one, two], readings),
        key=(output, *sorted((one, two))),
    )


CHECK: Check[str] = Check(
    code="C05",
    name="opposed-values",
    severity=Severity.ERROR,
    polarity="sat",
    question="Can one output be set to two values?",
    documentation="""
Two clauses are in force in one case and set the same output to different values, and neither has
priority. In a decision table this is two overlapping rules with different results.

How to mend it: make the conditions exclude each other, put the clauses into an ordered list
(`in order`), or say which of them prevails.
""",
    items=_items,
    examine=_examine,
    describe=lambda output: f"the values of '{output}'",
)
