"""U02: a clause that can apply but is then always defeated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.wording import joined
from verifier import names
from verifier.check import Check, Context
from verifier.findings import Finding, Severity
from verifier.readings import ReadingSet
from verifier.unreachable import never_under, within


def _items(ctx: Context) -> Iterable[str]:
    beaten = {each.loser for each in ctx.policy.priorities}
    return [c.name for c in ctx.policy.clauses.values() if c.rank > 0 or c.name in beaten]


def _examine(ctx: Context, clause: str) -> Iterator[Finding]:
    forced = ctx.explorer.reached([ctx.session.named(names.in_force(clause))])
    applied = ctx.explorer.reached([ctx.session.named(names.applies(clause))])
    dead = never_under(ctx, [forced, applied], [ctx.policy.clauses[clause].under], within=1)
    if dead.never:
        return
    defeaters = _defeaters(ctx, clause, dead)
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f"{clause} is defeated whenever it applies",
        sides=(ctx.side(clause), *(ctx.side(each) for each in defeaters)),
        consequence=f"What {clause} says has no effect in any case.",
        readings=dead,
        explanation=(f"In every case in which it applies, {joined(defeaters, 'or')} prevails.",),
        proof=f"Proved: no case puts {clause} in force.",
        key=(clause,),
    )


def _defeaters(ctx: Context, clause: str, dead: ReadingSet) -> list[str]:
    """A smallest set of clauses that between them always defeat the clause."""
    found = ctx.policy.clauses[clause]
    terms = {}
    if found.group is not None:
        for earlier in ctx.policy.groups[found.group].clauses[: found.rank]:
            terms[earlier] = ctx.session.named(names.applies(earlier))
    for priority in ctx.policy.priorities:
        if priority.loser == clause and priority.winner not in terms:
            terms[priority.winner] = ctx.session.named(names.defeats(priority.winner, clause))
    fixed = [ctx.session.named(names.applies(clause)), *within(ctx.session, dead)]
    names_ = list(terms)
    core = ctx.session.smallest_core(fixed, [ctx.session.unless(terms[each]) for each in names_])
    return [names_[index] for index in core]


CHECK: Check[str] = Check(
    code="U02",
    name="always-defeated",
    severity=Severity.WARNING,
    polarity="unsat",
    question="Can the clause ever be in force?",
    documentation="""
There are cases in which the clause applies, but in each of them a clause with priority, or an
earlier clause of its ordered list, defeats it. It has no effect anywhere: in a firewall list it
is a rule that earlier rules mask.

The finding names a smallest set of clauses that between them always defeat it.

How to mend it: remove the clause, move it up in its list, or narrow what defeats it.
""",
    items=_items,
    examine=_examine,
    describe=lambda clause: f"whether {clause} is ever in force",
)
