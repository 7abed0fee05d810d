"""R03: a declared priority that never decides anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.graph import components
from verifier import names
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity

Pair = tuple[str, str]


def _items(ctx: Context) -> Iterable[Pair]:
    pairs = dict.fromkeys((each.winner, each.loser) for each in ctx.policy.priorities)
    graph: dict[str, list[str]] = {}
    for winner, loser in pairs:
        graph.setdefault(winner, []).append(loser)
    circles = [set(each) for each in components(ctx.policy.clauses, graph)]
    # What lies on a circle is C08's to say.
    return [pair for pair in pairs if not any(set(pair) <= circle for circle in circles)]


def _examine(ctx: Context, pair: Pair) -> Iterator[Finding]:
    winner, loser = pair
    session = ctx.session
    applies = session.named(names.applies(loser))
    defeats = session.named(names.defeats(winner, loser))
    if session.possible([applies, defeats]):
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
Priorities that run in a circle are left to C08.

How to mend it: remove the declaration, or correct the clause whose condition was meant to reach
further.
""",
    items=_items,
    examine=_examine,
    describe=lambda pair: f"the priority of {pair[0]} over {pair[1]}",
)
