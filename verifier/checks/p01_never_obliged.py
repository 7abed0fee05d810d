"""P01: an action that clauses permit in several situations and that nothing ever obliges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from policy_dsl.evaluate import Outcome
from policy_dsl.model import NormEffect
from policy_dsl.wording import joined
from verifier import names
from verifier.check import Check, Context
from verifier.findings import Finding, Severity
from verifier.readings import (
    MOST_COMBINATIONS,
    ReadingSet,
    combinations,
    minimal,
    ordered_ambiguities,
)
from verifier.session import NotSettled
from verifier.unreachable import an_example


def _items(ctx: Context) -> Iterable[str]:
    return [action for action in ctx.policy.actions if len(_permitting(ctx, action)) > 1]


def _permitting(ctx: Context, action: str) -> list[str]:
    return [
        clause.name
        for clause in ctx.policy.clauses.values()
        if any(
            isinstance(e, NormEffect) and e.action == action and e.force == "permit"
            for e in clause.effects
        )
    ]


def _examine(ctx: Context, action: str) -> Iterator[Finding]:
    session = ctx.session
    obliged = ctx.explorer.reached([session.named(names.effect("oblige", action))])
    reached = {
        clause: ctx.explorer.reached([session.named(names.in_force(clause))])
        for clause in _permitting(ctx, action)
    }
    standing, counts = _standing(ctx, obliged, reached)
    if standing.never:
        return
    read = an_example(ctx, standing)
    permitted = session.named(names.effect("permit", action))
    found = ctx.explorer.one([*read, permitted], ctx.atoms.of_clauses(reached))
    if found is None:
        return
    region, _ = found

    def shows(outcome: Outcome) -> bool:
        state = outcome.states[action]
        return state.permitted and state.obliged is None

    phrase = ctx.policy.actions[action].phrase
    clauses = [name for name, readings in reached.items() if not readings.never]
    fewest, most = min(counts), max(counts)
    number = str(most) if fewest == most else f"{fewest} to {most}"
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f"To {phrase} is permitted in {number} situations and obliged in none",
        sides=tuple(ctx.side(each, ctx.effects_on(each, action)) for each in clauses),
        readings=standing,
        witness=ctx.witness(region, shows),
        explanation=(f"Permitted by {joined(clauses, 'and')}.",),
        proof="Proved: under these readings no clause in force obliges it in any case.",
        key=(action,),
    )


def _standing(
    ctx: Context, obliged: ReadingSet, reached: Mapping[str, ReadingSet]
) -> tuple[ReadingSet, set[int]]:
    """The readings under which nothing obliges and two clauses or more permit, and how many
    clauses permit under them."""
    touched = {name for each in (obliged, *reached.values()) for name in each.ambiguities}
    ambiguities = ordered_ambiguities(ctx.policy, touched)
    known = combinations(ctx.policy, ambiguities)
    if len(known) > MOST_COMBINATIONS:
        raise NotSettled(f"it depends on more than {MOST_COMBINATIONS} combinations of readings")
    counted = [(each, sum(r.contains(each) for r in reached.values())) for each in known]
    kept = [(each, n) for each, n in counted if n > 1 and not obliged.contains(each)]
    standing = minimal(ctx.policy, [each for each, _ in kept], ambiguities)
    return standing, {count for _, count in kept}


CHECK: Check[str] = Check(
    code="P01",
    name="permitted-never-obliged",
    severity=Severity.NOTE,
    polarity="unsat",
    question="Is an action permitted in several situations and obliged in none?",
    documentation="""
Two clauses or more permit the action, each in a situation of its own, and no clause obliges it in
any case. Whoever hopes for the action can meet every condition and still has no claim to it under
this text: it rests on discretion throughout.

This is a note, not a fault. It is often what the author wants; a reader should know it.

How to mend it, if it is not wanted: say in which of the situations the action is owed (`must`).
""",
    items=_items,
    examine=_examine,
    describe=lambda action: f"whether '{action}' is ever obliged",
)
