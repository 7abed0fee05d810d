"""U01: a clause whose condition can never hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier import names
from verifier.check import Check, Context
from verifier.findings import Finding, Severity
from verifier.unreachable import core_of, never_under


def _items(ctx: Context) -> Iterable[str]:
    return list(ctx.policy.clauses)


def _examine(ctx: Context, clause: str) -> Iterator[Finding]:
    goal = [ctx.session.named(names.applies(clause))]
    possible = ctx.explorer.reached(goal)
    found = ctx.policy.clauses[clause]
    dead = never_under(ctx, [possible], [found.under])
    if dead.never:
        return
    conditions = [(f"{clause} needs", each.condition, True) for each in found.requirements]
    conditions += [(f"{clause} excepts", each.condition, False) for each in found.exceptions]
    lines, related = core_of(ctx, dead, conditions)
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f"{clause} can never apply: its condition cannot hold",
        sides=(ctx.side(clause),),
        related=related,
        consequence=f"Whatever {clause} grants or demands, nobody ever gets it or owes it.",
        readings=dead,
        explanation=(f"These exclude each other: {'; '.join(lines)}.",),
        proof=f"Proved: no case meets the condition of {clause}.",
        key=(clause,),
    )


CHECK: Check[str] = Check(
    code="U01",
    name="impossible-condition",
    severity=Severity.WARNING,
    polarity="unsat",
    question="Can the clause's condition hold at all?",
    documentation="""
No case meets the condition of the clause, under any reading or under the readings named. The
clause is a dead letter: whatever it grants or demands, nobody ever gets it or owes it.

The finding names a smallest set of conditions and assumptions that exclude each other.

How to mend it: correct the condition or the assumption that is wrong; if the text really asks
for the impossible, the finding is about the text.
""",
    items=_items,
    examine=_examine,
    describe=lambda clause: f"whether {clause} can apply",
)
