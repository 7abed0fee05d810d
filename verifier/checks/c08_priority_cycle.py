"""C08: clauses that each prevail over the next, in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.evaluate import Outcome
from policy_dsl.model import Priority
from policy_dsl.wording import joined
from verifier import names
from verifier.check import Check, Context
from verifier.circles import Cycle, circles, needed_by
from verifier.findings import Finding, Related, Severity
from verifier.session import NotSettled


def _items(ctx: Context) -> Iterable[Cycle]:
    found = list(circles(ctx.policy, ctx.limits.cycles + 1))
    if len(found) > ctx.limits.cycles:
        raise NotSettled(f"there are more than {ctx.limits.cycles} circles of priority")
    return found


def _examine(ctx: Context, cycle: Cycle) -> Iterator[Finding]:
    clauses = list(dict.fromkeys(each.winner for each in cycle))
    needed = needed_by(cycle)
    goal = [ctx.session.named(names.applies(each)) for each in needed]
    found = ctx.explorer.one(goal, ctx.atoms.of_clauses(needed))
    if found is None:
        return
    region, readings = found

    def shows(outcome: Outcome) -> bool:
        return all(outcome.clauses[each].applicable for each in needed)

    steps = [f"{each.winner} prevails over {each.loser}" for each in cycle]
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f"Priorities run in a circle: {joined(steps, 'and')}",
        sides=tuple(ctx.side(each, case=region.case) for each in clauses),
        related=tuple(
            Related(label=f"{e.winner} prevails over {e.loser}{_by(e)}", place=e.place)
            for e in cycle
        ),
        strength="must",
        readings=readings,
        witness=ctx.witness(region, shows),
        explanation=(
            "In this case all of them apply, so none of these priorities settles anything.",
        ),
        key=(*clauses[clauses.index(min(clauses)) :], *clauses[: clauses.index(min(clauses))]),
    )


def _by(priority: Priority) -> str:
    return "" if priority.rule is None else f" by {priority.rule}"


CHECK: Check[Cycle] = Check(
    code="C08",
    name="priority-cycle",
    severity=Severity.ERROR,
    polarity="sat",
    question="Can all clauses on a circle of priority apply together?",
    documentation="""
By the declared priorities one clause prevails over a second, that one over a third, and so on
back to the first, and in some case all of them apply. The priorities between them then cancel
out: none of these clauses defeats another, and if they clash, they clash unsettled.

What follows from the rules of `resolve by` counts among the priorities.

A circle whose clauses can never apply together does no harm and is not reported.

How to mend it: take one priority or rule back, or narrow one clause so that the circle never
closes.
""",
    items=_items,
    examine=_examine,
    describe=lambda cycle: "the circle " + " > ".join(each.winner for each in cycle),
)
