"""R03: a declared priority that never decides anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.rankings import ranking_clauses
from verifier import names
from verifier.check import Check, Context
from verifier.circles import circles, needed_by
from verifier.findings import Finding, Related, Severity
from verifier.rankings import Ranked, ranked_resources

Pair = tuple[str, str]


def _items(ctx: Context) -> Iterable[Pair]:
    return list(dict.fromkeys((each.winner, each.loser) for each in ctx.policy.priorities))


def _examine(ctx: Context, pair: Pair) -> Iterator[Finding]:
    winner, loser = pair
    session = ctx.session
    applies = session.named(names.applies(loser))
    defeats = session.named(names.defeats(winner, loser))
    if session.possible([applies, defeats]) or _closes(ctx, pair) or _orders(ctx, pair):
        return
    declared = [p for p in ctx.policy.priorities if (p.winner, p.loser) == pair]
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f"The priority of {winner} over {loser} never decides anything",
        sides=(ctx.side(winner), ctx.side(loser)),
        related=tuple(Related(label="declared here", place=each.place) for each in declared),
        proof=f"Proved: in no case are {winner} in force, {loser} applicable and the two at odds.",
        key=pair,
    )


def _orders(ctx: Context, pair: Pair) -> bool:
    """Whether the priority settles how two persons are ranked."""
    winner, loser = pair
    for resource in ranked_resources(ctx.policy):
        if {winner, loser} <= ranking_clauses(ctx.policy, resource.name).keys():
            ranked = Ranked(ctx, resource)
            if ranked.possible(ranked.defeat(winner, loser)):
                return True
    return False


def _closes(ctx: Context, pair: Pair) -> bool:
    """Whether the priority lies on a circle that closes in some case: that is C08's to say."""
    return any(
        ctx.session.possible([ctx.session.named(names.applies(n)) for n in needed_by(circle)])
        for circle in circles(ctx.policy, ctx.limits.cycles)
        if any((each.winner, each.loser) == pair for each in circle)
    )


CHECK: Check[Pair] = Check(
    code="R03",
    name="idle-priority",
    severity=Severity.NOTE,
    polarity="unsat",
    question="Is a declared priority ever needed?",
    documentation="""
A priority (`overrides`, `despite`, `subject to ... as precedence` or `as savings`) is declared
between two clauses that never clash while both apply: either they never apply together, or
their effects are compatible, or the prevailing clause is itself defeated whenever they do.
Priorities on a circle that closes in some case are left to C08.

How to mend it: remove the declaration, or correct the clause whose condition was meant to reach
further.
""",
    items=_items,
    examine=_examine,
    describe=lambda pair: f"the priority of {pair[0]} over {pair[1]}",
)
