"""C03: duties that cannot be met together, or not at all, within the declared powers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier.check import Check, Context
from verifier.clash_findings import find
from verifier.clashes import Shape
from verifier.findings import Finding, Severity


def _items(ctx: Context) -> Iterable[Shape]:
    plain = [each for each in ctx.shared.shapes if each.liberty is None]
    return [each for each in plain if not each.closes_decision]


def _examine(ctx: Context, shape: Shape) -> Iterator[Finding]:
    return find(ctx, CHECK, shape, "incapacities" if shape.direct else "both")


def _describe(shape: Shape) -> str:
    needs = [f"{'doing' if each.done else 'not doing'} '{each.action}'" for each in shape.needs]
    return "duties joined: " + ", ".join(needs)


CHECK: Check[Shape] = Check(
    code="C03",
    name="joint-duties",
    severity=Severity.ERROR,
    polarity="sat",
    question=(
        "Can a set of duties be in force together that no choice of actions within the declared "
        "powers can meet?"
    ),
    documentation="""
Each duty could be met by itself, but not all of them in one case: a declared decision admits
only some of the actions they ask for, or what they ask for is not in anybody's power (`cannot`).
The finding names the smallest set of clauses; leave out any one and the rest can be met.

How to mend it: give one of the duties priority, make its condition exclude the case, or, where
the declared decision or `cannot` claims too much, correct that.
""",
    items=_items,
    examine=_examine,
    describe=_describe,
)
