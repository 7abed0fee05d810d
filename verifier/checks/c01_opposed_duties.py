"""C01: one case in which the same action is obliged and forbidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier.check import Check, Context
from verifier.clash_findings import find
from verifier.clashes import Shape
from verifier.findings import Finding, Severity


def _items(ctx: Context) -> Iterable[Shape]:
    return [each for each in ctx.shared.shapes if each.direct and each.liberty is None]


def _examine(ctx: Context, shape: Shape) -> Iterator[Finding]:
    return find(ctx, CHECK, shape, "clauses")


CHECK: Check[Shape] = Check(
    code="C01",
    name="opposed-duties",
    severity=Severity.ERROR,
    polarity="sat",
    question="Can one case oblige and forbid the same action, neither clause having priority?",
    documentation="""
Two clauses are in force in one case; one says the action must (or should) be done, the other
that it must not (or should not). Whoever follows one breaks the other.

The finding names both clauses, a case, and why neither prevails. If one of the two says only
"should", the clash is no stronger than that and is a warning.

How to mend it: say which clause prevails (`overrides`, `despite`, `subject to ... as
precedence`), or narrow the condition of one of them (`unless`), or, where the text can be read
in a way that avoids the clash, settle that reading.
""",
    items=_items,
    examine=_examine,
    describe=lambda shape: f"duties to do and not to do '{shape.needs[0].action}'",
)
