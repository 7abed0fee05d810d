"""G03: a decision whose options are all merely permitted; a list of priorities without order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from policy_dsl.evaluate import Outcome
from policy_dsl.model import Decision, Resource
from policy_dsl.wording import joined
from verifier import names
from verifier.check import Check, Context
from verifier.findings import Finding, Severity
from verifier.gaps import Gap, gap_findings
from verifier.unguided_ranks import listed_resources, unguided

Item: TypeAlias = Decision | Resource


def _items(ctx: Context) -> Iterable[Item]:
    """The decisions that leave a choice: something is to be done, and not all of it. And what
    several clauses give priority for."""
    decisions = [d for d in ctx.policy.decisions.values() if 0 < d.low < len(d.actions)]
    return [*decisions, *listed_resources(ctx.policy)]


def _examine(ctx: Context, item: Item) -> Iterator[Finding]:
    return _choice(ctx, item) if isinstance(item, Decision) else unguided(ctx, CHECK, item)


def _choice(ctx: Context, decision: Decision) -> Iterator[Finding]:
    session = ctx.session
    goal = [session.named(names.decision(decision.name))]
    for action in decision.actions:
        goal.append(session.named(names.effect("permit", action)))
        for barred in (names.effect("oblige", action), names.effect("forbid", action)):
            goal.append(session.unless(session.named(barred)))
        goal.append(session.unless(session.named(names.impossible(action))))
    scoped = ctx.atoms.of_condition(decision.when)

    def shows(outcome: Outcome) -> bool:
        states = [outcome.states[each] for each in decision.actions]
        impossible = {each.action for each in outcome.incapacities} & set(decision.actions)
        free = all(s.permitted and not s.obliged and not s.forbidden for s in states)
        return free and not impossible and decision.name in outcome.decisions

    options = joined([ctx.policy.actions[each].phrase for each in decision.actions], "or to")
    gap = Gap(
        title=f"Nothing guides the choice whether to {options}",
        consequence="Each of them is permitted and none is required: any choice is by the book.",
        label=f"the decision {decision.name}",
        place=decision.place,
        key=f"decision {decision.name}",
        shows=shows,
    )
    written = (*scoped, *ctx.atoms.of_actions(decision.actions))
    clauses = (*scoped, *ctx.atoms.speaking(decision.actions))
    return gap_findings(ctx, CHECK, goal, written, clauses, gap)


CHECK: Check[Item] = Check(
    code="G03",
    name="unguided",
    severity=Severity.NOTE,
    polarity="sat",
    question=(
        "Is there a case where the options of a decision are all merely permitted and nothing "
        "obliges, or are there two to whom a list gives priority and whom nothing orders?"
    ),
    documentation="""
A `decision` asks that some of its actions be done, and in some case clauses in force permit every
one of them. No clause obliges or forbids any, and none is impossible. Whoever decides may do as
they like; the policy says that a choice has to be made and nothing about how.

That can be what the author wants. Where it is not, two people in the same situation will be
treated differently, and both by the book.

The same holds of a list of priorities: two clauses each give a person priority for one resource
(`prioritize`), and no clause says which of the two comes first. This is told once for a resource.

How to mend it: say which option is taken when (`must`, `should`), or take one permission back; of
a list of priorities, say in which order they count.
""",
    items=_items,
    examine=_examine,
    describe=lambda item: (
        f"the decision {item.name}"
        if isinstance(item, Decision)
        else f"the order for '{item.name}'"
    ),
)
