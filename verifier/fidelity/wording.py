"""How differences between a quote, its text and the scan are said, for findings and traces."""

from __future__ import annotations

from policy_dsl.source import Source
from verifier.fidelity.places import Difference
from verifier.fidelity.traced import DocumentTrace, ScanDifference

_AROUND = 40
"""How many characters around a place are shown."""


def quote_difference(each: Difference) -> str:
    """``the quote says "may", the text "must"``."""
    if not each.text:
        return f'the text does not have "{each.quoted}"'
    if not each.quoted:
        return f'the text also has "{each.text}"'
    return f'the quote says "{each.quoted}", the text "{each.text}"'


def scan_difference(document: DocumentTrace, each: ScanDifference) -> str:
    """``the text says "must", line 3 of the scan "may"``."""
    line = f"line {scan_line(document, each)} of the scan"
    if not each.scan:
        return f'the text says "{each.text}", {line} does not'
    if not each.text:
        return f'{line} says "{each.scan}", the text does not'
    return f'the text says "{each.text}", {line} "{each.scan}"'


def scan_line(document: DocumentTrace, each: ScanDifference) -> int:
    """The line of the scan on which a difference is, from 1."""
    assert document.raw is not None  # there are no differences without a scan
    return document.raw.line_and_column(each.scan_start)[0]


def around(source: Source, start: int, end: int) -> str:
    """Words of a source with some before and behind them, on one line."""
    text = source.text
    before, behind = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = f"...{before[before.find(' ') + 1 :]}" if " " in before else "..."
    if end + _AROUND < len(text):
        behind = f"{behind.rsplit(' ', 1)[0]}..." if " " in behind else "..."
    return " ".join(f"{before}{text[start:end]}{behind}".split())
