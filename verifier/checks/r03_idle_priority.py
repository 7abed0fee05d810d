"""R03: a declared priority, or a rule for clashes, that never decides anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.model import ConflictRule
from policy_dsl.rankings import ranking_clauses
from verifier import names
from verifier.check import Check, Context
from verifier.circles import circles, needed_by
from verifier.findings import Finding, Related, Severity
from verifier.rankings import Ranked, ranked_resources

Pair = tuple[str, str]
Item = Pair | ConflictRule


def _items(ctx: Context) -> Iterable[Item]:
    declared = [each for each in ctx.policy.priorities if each.rule is None]
    return [*dict.fromkeys((each.winner, each.loser) for each in declared), *ctx.policy.rules]


def _examine(ctx: Context, item: Item) -> Iterator[Finding]:
    if isinstance(item, ConflictRule):
        yield from _rule(ctx, item)
        return
    winner, loser = item
    if _needed(ctx, [item]):
        return
    declared = [p for p in ctx.policy.priorities if (p.winner, p.loser) == item]
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f"The priority of {winner} over {loser} never decides anything",
        sides=(ctx.side(winner), ctx.side(loser)),
        related=tuple(Related(label="declared here", place=each.place) for each in declared),
        proof=f"Proved: in no case are {winner} in force, {loser} applicable and the two at odds.",
        key=item,
    )


def _rule(ctx: Context, rule: ConflictRule) -> Iterator[Finding]:
    pairs = [(p.winner, p.loser) for p in ctx.policy.priorities if p.kind == rule.kind]
    if _needed(ctx, pairs):
        return
    proof = (
        "Proved: in no case is a clause that it prefers in force, the other one applicable and the "
        "two at odds."
        if pairs
        else "It tells no two clauses apart that can be at odds and are not settled before it."
    )
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f"The rule to resolve clashes by {rule.kind} never decides anything",
        related=(Related(label="declared here", place=rule.place),),
        proof=proof,
        key=("rule", rule.kind),
    )


def _needed(ctx: Context, pairs: list[Pair]) -> bool:
    """Whether one of the priorities settles something, or lies on a circle that closes."""
    return _decides(ctx, pairs) or _closes(ctx, pairs) or _orders(ctx, pairs)


def _decides(ctx: Context, pairs: Iterable[Pair]) -> bool:
    """Whether some case has one of the priorities defeat."""
    session = ctx.session
    return any(
        session.possible([session.named(names.applies(loser)), session.named(defeats)])
        for winner, loser in pairs
        for defeats in [names.defeats(winner, loser)]
    )


def _orders(ctx: Context, pairs: Iterable[Pair]) -> bool:
    """Whether one of the priorities settles how two persons are ranked."""
    wanted = list(pairs)
    for resource in ranked_resources(ctx.policy):
        known = ranking_clauses(ctx.policy, resource.name).keys()
        between = [pair for pair in wanted if known >= set(pair)]
        ranked = Ranked(ctx, resource) if between else None
        if ranked is not None and any(ranked.possible(ranked.defeat(*pair)) for pair in between):
            return True
    return False


def _closes(ctx: Context, pairs: Iterable[Pair]) -> bool:
    """Whether one of the priorities lies on a circle that closes in some case: that is C08's to
    say."""
    wanted = set(pairs)
    return any(
        ctx.session.possible([ctx.session.named(names.applies(n)) for n in needed_by(circle)])
        for circle in circles(ctx.policy, ctx.limits.cycles)
        if any((each.winner, each.loser) in wanted for each in circle)
    )


def _describe(item: Item) -> str:
    if isinstance(item, ConflictRule):
        return f"the rule to resolve clashes by {item.kind}"
    return f"the priority of {item[0]} over {item[1]}"


CHECK: Check[Item] = Check(
    code="R03",
    name="idle-priority",
    severity=Severity.NOTE,
    polarity="unsat",
    question="Is a declared priority, or a rule for clashes, ever needed?",
    documentation="""
A priority (`overrides`, `despite`, `subject to ... as precedence` or `as savings`) is declared
between two clauses that never clash while both apply: either they never apply together, or
their effects are compatible, or the prevailing clause is itself defeated whenever they do.
Or a rule of `resolve by` never lets any clause prevail over another in any case; this is told once
a rule. Priorities on a circle that closes in some case are left to C08.

How to mend it: remove the declaration, or correct the clause whose condition was meant to reach
further.
""",
    items=_items,
    examine=_examine,
    describe=_describe,
)
