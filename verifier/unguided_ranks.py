"""The part of G03 about rankings: persons whom a text puts first, with no order among them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from policy_dsl.model import Policy, Resource
from policy_dsl.rankings import ranking_clauses
from policy_dsl.wording import blank, name_list
from verifier import names
from verifier.check import Check, Context
from verifier.findings import Finding, Related
from verifier.rank_findings import show
from verifier.rankings import Ranked
from verifier.session import NotSettled
from verifier.solvers.backend import Term


def listed_resources(policy: Policy) -> list[Resource]:
    """The resources for which two clauses or more prioritize persons."""
    return [each for each in policy.resources.values() if len(_preferring(policy, each)) > 1]


def _preferring(policy: Policy, resource: Resource) -> list[str]:
    ranking = ranking_clauses(policy, resource.name)
    return [name for name, effect in ranking.items() if effect.term is None]


def unguided(ctx: Context, check: Check[Any], resource: Resource) -> Iterator[Finding]:
    """The one finding about a resource, if two persons whom different clauses put first are not
    ordered. Raises ``NotSettled``."""
    ranked = Ranked(ctx, resource)
    session, clauses = ranked.one, _preferring(ctx.policy, resource)
    mine = [session.literal(_only(ranked, each, True)) for each in clauses]
    theirs = [session.literal(_only(ranked, each, False)) for each in clauses]
    unranked = ranked.unranked()
    pairs, complete = ranked.pairs(mine, theirs, unranked)
    if pairs:
        first, second = pairs[0]
        involved = sorted({index for pair in pairs for index in pair})
        yield _finding(
            ctx,
            check,
            ranked,
            [mine[first], theirs[second], *unranked],
            (clauses[first], clauses[second]),
            [clauses[index] for index in involved],
            all(pair in pairs for pair in combinations(involved, 2)),
        )
    if not complete:
        raise NotSettled(f"more than {ctx.limits.clashes} pairs of clauses leave two without order")


def _only(ranked: Ranked, clause: str, one: bool) -> Term:
    """The clause is in force for this one and does not apply to the other."""
    here, there = (ranked.one, ranked.other) if one else (ranked.other, ranked.one)
    spared = there.unless(there.named(names.applies(clause)))
    return here.backend.conj([here.named(names.in_force(clause)), spared])


def _finding(
    ctx: Context,
    check: Check[Any],
    ranked: Ranked,
    goal: list[Term],
    pair: tuple[str, str],
    listed: list[str],
    every: bool,
) -> Finding:
    resource, noun = ranked.resource, blank(ctx.policy.subject)
    said = name_list(listed)
    some = "" if every else "some of "
    shown = show(
        ctx,
        ranked,
        goal,
        ranked.clauses,
        lambda order: order.open,
        (f"{pair[0]} gives this {noun} priority.", f"{pair[1]} gives this {noun} priority."),
    )
    return Finding(
        code=check.code,
        name=check.name,
        severity=check.severity,
        title=f"Nothing orders {some}those to whom {said} give priority for {resource.phrase}",
        consequence="Where two of them cannot both be served first, any order is by the book.",
        sides=tuple(ctx.side(each, [ranked.clauses[each]]) for each in listed),
        related=(Related(label=f"the resource {resource.name}", place=resource.place),),
        readings=shown.readings,
        exhibit=shown.persons,
        explanation=(
            f"No clause that ranks for {resource.phrase} puts one of the two before the other.",
        ),
        settles=(
            f"An order among {said} would settle it, or a second criterion for such two "
            f"(rank {resource.name} by ...).",
        ),
        key=("resource", resource.name),
    )
