"""C02: a permission, or a release from a duty, that a duty in force takes away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier.check import Check, Context
from verifier.clash_findings import find
from verifier.clashes import Shape
from verifier.findings import Finding, Severity


def _items(ctx: Context) -> Iterable[Shape]:
    return [each for each in ctx.shared.shapes if each.liberty is not None]


def _examine(ctx: Context, shape: Shape) -> Iterator[Finding]:
    return find(ctx, CHECK, shape, "clauses" if shape.direct else "both")


def _describe(shape: Shape) -> str:
    liberty = shape.liberty
    assert liberty is not None
    word = "permission for" if liberty.done else "release from"
    against = [each.action for each in shape.needs if not each.liberty]
    return f"{word} '{liberty.action}' against duties on '{', '.join(against)}'"


CHECK: Check[Shape] = Check(
    code="C02",
    name="permitted-and-forbidden",
    severity=Severity.ERROR,
    polarity="sat",
    question=(
        "Can one case permit and forbid the same action, oblige it and release from it, or "
        "permit what a duty in force rules out?"
    ),
    documentation="""
A clause in force allows an action (`may`), or releases from it (`need not`), while another
clause in force takes that away: it forbids the action, obliges it, or obliges an alternative
that excludes it. The liberty cannot be used without breaking a duty, so one of the two clauses
says nothing true of the case.

How to mend it: make the permission an exception to the ban (`unless` in the ban, or `overrides`
in the permission), or narrow the permission to where the ban does not reach.
""",
    items=_items,
    examine=_examine,
    describe=_describe,
)
