"""W02: a waiver whose day has passed, and whose findings count again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier.check import Check, Context
from verifier.findings import Finding, Severity


def _items(_ctx: Context) -> Iterable[str]:
    return ()


def _examine(_ctx: Context, _item: str) -> Iterator[Finding]:
    return iter(())


CHECK: Check[str] = Check(
    code="W02",
    name="expired-waiver",
    severity=Severity.WARNING,
    polarity="structural",
    question="Is a waiver still in force for what it names?",
    documentation="""
A waiver lets a finding stand until the day that it gives behind `expires`, that day included. The
day has passed and the finding is still there: it counts again, and may fail the run.

The day is the one of the clock, or the one that `--today` gives, so that a run can be repeated.

How to mend it: mend what was found, or have the owner of the waiver decide anew and give a later
day with the reason.
""",
    items=_items,
    examine=_examine,
    describe=lambda item: item,
    on_settings=True,
)
