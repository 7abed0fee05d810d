"""U03: a permission or duty that never comes to its action on a lawful run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policy_dsl.model import NormEffect
from policy_dsl.terms import action_words
from policy_dsl.wording import joined
from verifier import names
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity
from verifier.process_blocks import Bar, told, why_never
from verifier.process_questions import Way
from verifier.unreachable import never_under


@dataclass(frozen=True)
class _Item:
    """A clause and one of the actions that it permits, demands or releases from."""

    clause: str
    action: str


def _items(ctx: Context) -> Iterable[_Item]:
    done = {step.action for each in ctx.policy.processes.values() for step in each.steps.values()}
    return [
        _Item(clause.name, effect.action)
        for clause in ctx.policy.clauses.values()
        for effect in clause.effects
        if isinstance(effect, NormEffect) and effect.force != "forbid" and effect.action in done
    ]


def _ways(ctx: Context, action: str) -> list[Way]:
    """The steps that do an action, over all processes."""
    return [
        (asks, step)
        for asks in ctx.runs
        for step in asks.graph.process.steps.values()
        if step.action == action
    ]


def _examine(ctx: Context, item: _Item) -> Iterator[Finding]:
    ways, session = _ways(ctx, item.action), ctx.session
    terms = [asks.step_taken(step.name, "must", item.clause) for asks, step in ways]
    comes = ctx.explorer.reached([session.literal(session.backend.disj(terms))])
    alone = ctx.explorer.reached([session.named(names.in_force(item.clause))])
    dead = never_under(ctx, [comes, alone], [ctx.policy.clauses[item.clause].under], within=1)
    if dead.never:
        return
    words = action_words(ctx.policy, item.action)
    bars = why_never(session, ways, dead, "must", item.clause)
    bans = [each.clause for each in bars if each.kind in ("ban", "defeat") and each.clause]
    others = tuple(dict.fromkeys(name for name in bans if name != item.clause))
    titles = list(dict.fromkeys(f'"{asks.graph.process.title}"' for asks, _ in ways))
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=(
            f"{item.clause} never comes to bear on a lawful run: it is in force at no time at "
            f"which somebody could {words}"
        ),
        sides=(ctx.side(item.clause), *(ctx.side(each) for each in others)),
        related=tuple(Related(label=f"the step {step.name}", place=step.place) for _, step in ways),
        consequence=(
            f"Taken as a single case, {item.clause} can be in force; but what it asks never comes "
            f"together in {joined(titles, 'or')}."
        ),
        readings=dead,
        explanation=(told(ctx, ways, bars),),
        settles=_settles(item.clause, bars),
        proof=(
            f"Proved: on no run in which every step is lawful, however long it is, is "
            f"{item.clause} in force when such a step can be taken."
        ),
        key=(item.clause, item.action),
    )


def _settles(clause: str, bars: Iterable[Bar]) -> tuple[str, ...]:
    asked = [each for each in bars if each.kind == "ask"]
    if not asked:
        return ()
    return (
        f"It would be settled if {clause} asked for what can be so when the step is taken, such as "
        "a plan or a promise in place of what comes only later; or by a step of the process that "
        "brings about before what now comes after.",
    )


CHECK: Check[_Item] = Check(
    code="U03",
    name="unreachable-release",
    severity=Severity.WARNING,
    polarity="unsat",
    question="Can the permission or duty ever come to its action on a lawful run?",
    documentation="""
A clause permits an action, demands it or releases from it, and a step of a process does that
action. Each by itself is possible: there are cases in which the clause is in force. But no run of
the process, as long as every step is lawful when it is taken, comes to a point at which the clause
is in force and such a step can be taken. The clause promises what cannot come about in this order:
for instance, a release that is allowed only after a departure, for a person who cannot depart
before the release.

The finding names a smallest set of what stands in the way: parts of the clause's condition, the
step's own condition, clauses that forbid the step, assumptions.

How to mend it: ask in the clause for what can be so before the action; or add to the process the
step that brings it about.
""",
    items=_items,
    examine=_examine,
    describe=lambda item: f"whether {item.clause} ever comes to bear on a run",
    on_runs=True,
)
