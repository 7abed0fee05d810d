"""E01: something the author expects is not so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policy_dsl import model
from policy_dsl.evaluate import Outcome
from policy_dsl.model import Expectation, Expr
from verifier import names, words
from verifier.check import Check, Context
from verifier.expectation_words import telling, title
from verifier.findings import Finding, Related, Severity, Side
from verifier.readings import ReadingSet
from verifier.solvers.backend import Term
from verifier.unreachable import never_under
from verifier.witness import Witness


def _items(ctx: Context) -> Iterable[Expectation]:
    return ctx.policy.expectations


def _examine(ctx: Context, expected: Expectation) -> Iterator[Finding]:
    session = ctx.session
    written = _written(ctx, expected)
    premise = [] if expected.premise is None else [session.holds(expected.premise)]
    match expected.form:
        case "never":
            met = [*premise, session.holds(expected.condition)]
            yield from _refute(ctx, expected, met, written)
        case "always":
            fails = session.unless(session.holds(expected.condition))
            yield from _refute(ctx, expected, [*premise, fails], written)
        case "unreachable":
            yield from _refute(
                ctx, expected, [ctx.session.named(names.in_force(_clause(expected)))], written
            )
        case "sometimes":
            goal = [*premise, session.holds(expected.condition)]
            yield from _never(ctx, expected, goal)
        case "reachable":
            yield from _never(ctx, expected, [ctx.session.named(names.in_force(_clause(expected)))])


def _clause(expected: Expectation) -> str:
    assert isinstance(expected.condition, model.ClauseApplies)
    return expected.condition.clause


def _written(ctx: Context, expected: Expectation) -> tuple[Expr, ...]:
    if expected.form in ("reachable", "unreachable"):
        return ctx.atoms.of_clauses([_clause(expected)])
    found = ctx.atoms.of_expectation(expected.condition)
    premise = () if expected.premise is None else ctx.atoms.of_expectation(expected.premise)
    return tuple(dict.fromkeys((*premise, *found)))


def _refute(
    ctx: Context, expected: Expectation, goal: Sequence[Term], written: Sequence[Expr]
) -> Iterator[Finding]:
    found = ctx.explorer.one(goal, written)
    if found is None:
        return
    region, readings = found
    evaluator = ctx.shared.evaluator

    def shows(outcome: Outcome) -> bool:
        if expected.form == "unreachable":
            return outcome.clauses[_clause(expected)].in_force
        premise = expected.premise is None or evaluator.holds(expected.premise, region.case)
        holds = evaluator.holds(expected.condition, region.case)
        return premise and holds == (expected.form == "never")

    witness = ctx.witness(region, shows)
    spoken = {e.action for e in model.walk(expected.condition) if isinstance(e, model.NormIs)}
    in_force = evaluator.outcome(region.case).in_force
    if expected.form == "unreachable":
        sides: tuple[Side, ...] = (ctx.side(_clause(expected), case=region.case),)
    else:
        speaking = [n for n in in_force if any(ctx.effects_on(n, a) for a in spoken)]
        speaking = telling(ctx, expected, region.case, speaking)
        sides = tuple(ctx.side(each, case=region.case) for each in speaking)
    yield _finding(ctx, expected, readings, witness, sides)


def _never(ctx: Context, expected: Expectation, goal: Sequence[Term]) -> Iterator[Finding]:
    unders = []
    if expected.form == "reachable":
        unders.append(ctx.policy.clauses[_clause(expected)].under)
    dead = never_under(ctx, [ctx.explorer.reached(goal)], unders)
    if not dead.never:
        yield _finding(ctx, expected, dead, None, ())


def _finding(
    ctx: Context,
    expected: Expectation,
    readings: ReadingSet,
    witness: Witness | None,
    sides: tuple[Side, ...],
) -> Finding:
    return Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=title(ctx.policy, expected),
        sides=sides,
        related=(Related(label="the expectation", place=expected.place),),
        readings=readings,
        witness=witness,
        explanation=(f"It is written: {expected.text}",),
        proof=None if witness else "Proved: no case is as expected.",
        key=words.key_of(expected),
    )


CHECK: Check[Expectation] = Check(
    code="E01",
    name="expectation-refuted",
    severity=Severity.ERROR,
    polarity="sat",
    question="Is the author's `expect` false?",
    documentation="""
An `expect` says what the author believes of the policy, and it is not so: a case contradicts it,
or, where something was expected to be possible, it is proved that no case is like that. Under
other readings than those named, the expectation holds.

How to mend it: if the belief is right, correct the clauses; if the text really says otherwise,
drop or correct the expectation.
""",
    items=_items,
    examine=_examine,
    describe=lambda expected: f"'{expected.text}'",
)
