"""C04: a decision that has to be taken and of which every option is closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier.check import Check, Context
from verifier.clash_findings import find
from verifier.clashes import Shape
from verifier.findings import Finding, Severity


def _items(ctx: Context) -> Iterable[Shape]:
    plain = [each for each in ctx.shared.shapes if each.liberty is None]
    return [each for each in plain if each.closes_decision]


def _examine(ctx: Context, shape: Shape) -> Iterator[Finding]:
    return find(ctx, CHECK, shape, "both")


CHECK: Check[Shape] = Check(
    code="C04",
    name="dead-end",
    severity=Severity.ERROR,
    polarity="sat",
    question="Is every option of a required decision forbidden or impossible in some case?",
    documentation="""
A `decision` demands that (say) exactly one of several actions be taken, and in some case the
clauses in force forbid so many of them, or so many are impossible (`cannot`), that too few are
left. Whoever has to decide cannot do so lawfully.

How to mend it: open one option for this case (an exception in one of the bans), or say which of
the bans gives way.
""",
    items=_items,
    examine=_examine,
    describe=lambda shape: f"options left in the decision '{', '.join(shape.decisions)}'",
)
