"""C05: one output set to two values in one case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.evaluate import Outcome
from policy_dsl.terms import value_words
from policy_dsl.wording import joined
from verifier import names
from verifier.check import Check, Context
from verifier.findings import Finding, Severity
from verifier.outputs import equals, fresh_value
from verifier.session import NotSettled
from verifier.solvers.backend import Term
from verifier.why_not import what_settles, why_neither_prevails


def _items(ctx: Context) -> Iterable[str]:
    return list(ctx.policy.outputs)


def _examine(ctx: Context, output: str) -> Iterator[Finding]:
    session, backend = ctx.session, ctx.session.backend
    setters = ctx.setters(output)
    picked = fresh_value(session, ctx.policy.outputs[output].type)
    like: list[Term] = []
    unlike: list[Term] = []
    for clause in setters:
        set_ = session.named(names.sets_value(clause, output))
        same = equals(session, ctx.sets(clause, output).value, picked)
        like.append(session.literal(backend.conj([set_, same])))
        unlike.append(session.literal(backend.conj([set_, backend.neg(same)])))
    # One question for all pairs: some clause sets the picked value and another does not.
    (some, ones), (other, twos) = session.chosen(like), session.chosen(unlike)
    asked = [some, other]
    seen: set[tuple[int, int]] = set()
    while len(seen) <= ctx.limits.clashes and session.possible(asked):
        one, two = session.picked(ones), session.picked(twos)
        seen.add((min(one, two), max(one, two)))
        for i, j in ((one, two), (two, one)):
            asked.append(session.guarded([backend.neg(ones[i]), backend.neg(twos[j])]))
    for one, two in sorted(seen)[: ctx.limits.clashes]:
        yield _finding(ctx, output, setters[one], setters[two])
    if len(seen) > ctx.limits.clashes:
        raise NotSettled(f"more than {ctx.limits.clashes} pairs set it differently")


def _finding(ctx: Context, output: str, one: str, two: str) -> Finding:
    session = ctx.session
    first, second = (session.conditions.value(ctx.sets(c, output).value) for c in (one, two))
    differ = session.literal(session.conditions.relate("!=", first, second))
    goal = [session.named(names.sets_value(c, output)) for c in (one, two)]
    found = ctx.explorer.one([*goal, differ], ctx.atoms.of_clauses([one, two]))
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
