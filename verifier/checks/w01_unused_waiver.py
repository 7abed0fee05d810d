"""W01: a waiver that matches no finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier.check import Check, Context
from verifier.findings import Finding, Severity


def _items(_ctx: Context) -> Iterable[str]:
    return ()


def _examine(_ctx: Context, _item: str) -> Iterator[Finding]:
    return iter(())


CHECK: Check[str] = Check(
    code="W01",
    name="unused-waiver",
    severity=Severity.WARNING,
    polarity="structural",
    question="Does every waiver of the settings still match a finding?",
    documentation="""
A waiver in `antinomy.toml` (or in `[tool.antinomy]` of `pyproject.toml`) names a finding that is
not there: it was mended, its clauses have other names now, or the fingerprint is misspelt. Such a
waiver would silently let the finding pass if it came back.

This is told only where all of it was looked at: the policy that the waiver names was checked, or,
if it names none, every policy of the project; its code was looked for; and nothing of that code
was left unsettled.

How to mend it: delete the waiver, or correct what it names. Every finding in a report ends with its
fingerprint.
""",
    items=_items,
    examine=_examine,
    describe=lambda item: item,
    on_settings=True,
)
