"""C07: more persons need a resource than there is enough for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from policy_dsl.groups import TooManyWays, uses_of
from policy_dsl.model import Resource, Strength
from verifier.check import Check, Context
from verifier.findings import Finding, Severity
from verifier.group_findings import finding
from verifier.groups import Cause, NeedOf, in_order
from verifier.session import NotSettled

_STRENGTHS: tuple[Strength, ...] = ("must", "should")


def _items(ctx: Context) -> Iterable[Resource]:
    return [each for each in ctx.policy.resources.values() if uses_of(ctx.policy, each.name)]


def _examine(ctx: Context, resource: Resource) -> Iterator[Finding]:
    try:
        yield from _findings(ctx, NeedOf(ctx, resource))
    except TooManyWays as reason:
        raise NotSettled(str(reason)) from None


def _findings(ctx: Context, need: NeedOf) -> Iterator[Finding]:
    known: list[Cause] = []
    limit = ctx.limits.clashes
    for strength in _STRENGTHS:
        # The largest need first: it gives the smallest group.
        for units in reversed(need.levels(strength, need.resource.low)):
            room = limit - len(known)
            causes = list(islice(need.causes(strength, units, known), room + 1))
            known += causes
            for cause in in_order(ctx.policy, causes[:room]):
                yield finding(ctx, CHECK, need, cause)
            if len(known) > limit:
                raise NotSettled(f"more than {limit} sets of clauses make for such a need")


CHECK: Check[Resource] = Check(
    code="C07",
    name="over-capacity",
    severity=Severity.ERROR,
    polarity="sat",
    question="Can a group of persons and a capacity leave no assignment that complies?",
    documentation="""
A `resource` has a capacity, and actions use it (`uses one bed`). Each person by themselves can be
dealt with as the clauses ask, where there is enough of the resource; but a person for whom nothing
is left cannot: the clauses ask for what uses it, or close every other way. Then a group of such
persons that is larger than there is enough for cannot be dealt with, whoever gets it. The finding
shows the smallest such group, for the least capacity that is declared, and the smallest set of
clauses by which it comes about.

What is so of somebody for whom nothing is left can be said with the resource (`short when full`):
the same case, but for the facts that this condition is about. Where it is not said, the case stays
as it is, and what uses the resource is out of reach.

How to mend it: say what becomes of those for whom nothing is left (an exception for them in one of
the clauses). A ranking says who goes without, but does not by itself free anybody of a duty.
""",
    items=_items,
    examine=_examine,
    describe=lambda resource: f"the need of '{resource.name}'",
)
