"""C09: duties that no schedule keeps in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.evaluate import Outcome
from policy_dsl.schedules import can_be_kept, in_force, pull_apart
from verifier import names, timelines
from verifier.check import Check, Context
from verifier.deadlines import Timed, timed_conflicts
from verifier.findings import Finding, Severity
from verifier.session import NotSettled
from verifier.why_not import what_settles, why_neither_prevails


def _items(ctx: Context) -> Iterable[Timed]:
    return timed_conflicts(ctx.policy)


def _examine(ctx: Context, timed: Timed) -> Iterator[Finding]:
    session, policy, clauses = ctx.session, ctx.policy, timed.clauses
    goal = [session.named(names.in_force(each)) for each in clauses]
    goal += [session.unless(session.named(names.in_force(each))) for each in timed.apart]
    found = ctx.explorer.one(goal, ctx.atoms.of_clauses([*clauses, *timed.apart]))
    if found is None:
        return
    region, readings = found
    events = timelines.events_against(policy, timed.conflict)
    if events is None:
        raise NotSettled("the times at which it cannot be kept lie less than a minute apart")
    strength = timed.strength

    def shows(outcome: Outcome) -> bool:
        counted = in_force(policy, outcome.in_force, region.case.readings, strength)
        held = all(outcome.clauses[each].in_force for each in clauses)
        return held and not can_be_kept(counted, events)

    witness = ctx.witness(region, shows)
    pair = [timed.effects(each)[0] for each in clauses]
    two = len(pair) == 2 and pull_apart(policy, *pair) and not ctx.shared.brief
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=Severity.WARNING if strength == "should" else CHECK.severity,
        title=timelines.title(policy, timed),
        consequence=timelines.consequence(policy, timed),
        sides=tuple(ctx.side(c, timed.effects(c), region.case) for c in clauses),
        strength=strength,
        readings=readings,
        witness=witness,
        exhibit=timelines.timeline(policy, timed, events, witness),
        explanation=(
            *timelines.chain(policy, timed),
            *(why_neither_prevails(ctx, clauses, readings, region.case) if two else ()),
        ),
        settles=what_settles(ctx, clauses, readings) if two else (),
        key=(*sorted(clauses), *sorted({f"{e.source}>{e.target}" for e in timed.conflict.edges})),
    )


CHECK: Check[Timed] = Check(
    code="C09",
    name="opposed-deadlines",
    severity=Severity.ERROR,
    polarity="sat",
    question="Can all duties with limits of time be kept in time, whenever events happen?",
    documentation="""
Clauses are in force in one case, and no schedule keeps them all in time: a duty is due before
another clause allows the act to begin, or orders and deadlines of several acts go round in a
circle. Where the limits count from different events, this may be so only for some times of these
events; the finding says for which, and shows an example on a line of time.

A permission limits when a duty can be kept if it is the only permission for that act in force: a
duty due before the permission begins is such a finding. Limits that count from an act bind only
where that act must be done. If one of the duties says only "should", it is a warning.

How to mend it: correct the limit that is wrong, say which clause prevails (`overrides`,
`despite`), or, where events can only happen in one order, declare it: `event hearing after
arrest`.
""",
    items=_items,
    examine=_examine,
    describe=lambda timed: f"the limits of time of {', '.join(timed.clauses)}",
)
