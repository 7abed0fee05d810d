"""Findings about a cleaned text that says something else than its scan."""

from __future__ import annotations

from policy_dsl.source import Place, Span
from verifier.check import Context
from verifier.fidelity.trace import DocumentTrace, ScanDifference
from verifier.fidelity.wording import around, scan_difference, scan_line
from verifier.findings import Finding, Related, Severity


def scan_finding(
    ctx: Context, code: str, name: str, document: DocumentTrace, what: ScanDifference
) -> Finding:
    """The finding of a check that a text says something else than its scan."""
    assert document.raw is not None  # there are no differences without a scan
    said = scan_difference(document, what)
    there = around(document.raw, what.scan_start, what.scan_end)
    told = [f'The scan: "{there}"']
    related = [
        Related(label="the scan", place=Place(document.raw, Span(what.scan_start, what.scan_end)))
    ]
    if what.start is not None and what.end is not None:
        told.insert(0, f'The text: "{around(document.text, what.start, what.end)}"')
        place = Place(document.text, Span(what.start, what.end))
        related.insert(0, Related(label="the text", place=place))
    holder = _holder(document, what)
    return Finding(
        code=code,
        name=name,
        severity=Severity.WARNING if what.doubtful else Severity.ERROR,
        title=f"The cleaned text and its scan differ: {said}",
        sides=(ctx.side(holder),) if holder is not None else (),
        related=tuple(related),
        explanation=tuple(told),
        key=("cleaning", document.document, what.text, what.scan, there),
    )


def _holder(document: DocumentTrace, what: ScanDifference) -> str | None:
    """The clause that quotes the place, by its words or else by its line."""
    line = scan_line(document, what)
    for quote in document.quotes:
        if quote.kind != "clause" or quote.scan is None:
            continue
        by_word = what.start is not None and any(a <= what.start < b for a, b in quote.parts)
        by_line = what.start is None and quote.scan.first <= line <= quote.scan.last
        if by_word or by_line:
            return quote.name
    return None
