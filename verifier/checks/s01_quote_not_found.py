"""S01: a quote that the text of its document does not have, or its scan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.source import Place, Span
from verifier.check import Check, Context
from verifier.fidelity.scan import LEAST_IN_SCAN
from verifier.fidelity.trace import DocumentTrace, QuoteMatch, ScanDifference
from verifier.fidelity.wording import around, quote_difference
from verifier.findings import Finding, Related, Severity
from verifier.scan_findings import scan_finding

Item = tuple[DocumentTrace, QuoteMatch | ScanDifference]
_MOST_TOLD = 6


def _items(ctx: Context) -> Iterable[Item]:
    """All quotes, and the places where text and scan differ in a word that decides a norm."""
    for each in ctx.shared.traces:
        yield from ((each, quote) for quote in each.quotes)
        yield from ((each, place) for place in each.scan_differences if place.decides)


def _examine(ctx: Context, item: Item) -> Iterator[Finding]:
    document, what = item
    if isinstance(what, ScanDifference):
        yield scan_finding(ctx, CHECK.code, CHECK.name, document, what)
        return
    if what.differences or what.score < 90:
        yield _finding(ctx, document, what)
    for word in what.left_out:
        severity = Severity.ERROR if word.inside else Severity.WARNING
        title = f'A quote of {what.name} leaves out "{word.word}", which stands beside its words'
        told = (f'The text: "{around(document.text, word.start, word.end)}"',)
        yield _about(ctx, document, what, severity, title, told, f"without {word.word}")
    if document.raw is not None and not what.in_scan:
        title = f"The scan {document.raw.name} does not have a quote of {what.name}"
        told = (
            f"What is most like it there has the score {what.scan_score or 0.0:g}; "
            f"{LEAST_IN_SCAN:g} is asked for, since a scan is full of misprints.",
        )
        yield _about(ctx, document, what, Severity.ERROR, title, told, "scan")


def _finding(ctx: Context, document: DocumentTrace, quote: QuoteMatch) -> Finding:
    misprint = bool(quote.differences) and all(each.misprint for each in quote.differences)
    if quote.start is None:
        best = (f"Nothing in the text is like it (the best place has the score {quote.score:g}).",)
        return _about(ctx, document, quote, Severity.ERROR, _title(document, quote), best, "text")
    line = document.text.line_and_column(quote.start)[0]
    told = [quote_difference(each) for each in quote.differences[:_MOST_TOLD]]
    if len(quote.differences) > _MOST_TOLD:
        told.append(f"and {len(quote.differences) - _MOST_TOLD} more differences")
    if not told:
        told = ["the punctuation differs"]
    best = (f"The best place is line {line}, with the score {quote.score:g}: {'; '.join(told)}.",)
    severity = Severity.WARNING if misprint else Severity.ERROR
    return _about(ctx, document, quote, severity, _title(document, quote), best, "text")


def _title(document: DocumentTrace, quote: QuoteMatch) -> str:
    return f"The text {document.text.name} does not have a quote of {quote.name}"


def _about(
    ctx: Context,
    document: DocumentTrace,
    quote: QuoteMatch,
    severity: Severity,
    title: str,
    explanation: tuple[str, ...],
    what: str,
) -> Finding:
    related = (
        []
        if quote.kind == "clause"
        else [Related(label=f"the {quote.kind} {quote.name}", place=quote.declared)]
    )
    if quote.start is not None and quote.end is not None:
        place = Place(document.text, Span(quote.start, quote.end))
        related.append(Related(label="the best place", place=place))
    return Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=severity,
        title=f'{title}: "{quote.quote}"',
        sides=(ctx.side(quote.name),) if quote.kind == "clause" else (),
        related=tuple(related),
        explanation=explanation,
        key=(what, quote.kind, quote.name, quote.quote),
    )


CHECK: Check[Item] = Check(
    code="S01",
    name="quote-not-found",
    severity=Severity.ERROR,
    polarity="structural",
    question="Is there a quote that the text, or its scan, does not have?",
    documentation=f"""
A quote of a clause, a note or an ambiguity is not in the file that the header names behind `text`,
or not in the scan behind `raw`.

Spaces, quotation marks, capital letters, other marks and hyphens do not count against a quote, and
"..." or "[...]" in it stands for words left out. Every word counts: one that is missing, added
or another is told. One that differs in a letter or two is told as a warning, unless a norm turns
on it ("must", "not", "only", "and", a number): that is never taken for a misprint.

A scan is full of misprints. There a quote is found if {LEAST_IN_SCAN:g} of 100 letters agree, lines
that slid in between left out. Then the text itself is held against the scan: where a word of duty,
permission, negation or limit can be read in the scan and the text has another or none, or the text
has one and the scan none, that is told. Where only a letter differs it is a warning. Numbers,
"and", "or" and "of" are often misprinted: `antinomy trace` shows them.

A clause's quote may not leave out "not", "only", "unless" or the like beside its words.

How to mend it: copy the words from the text. If the text is wrong, mend the text. If the scan is
misprinted, put the word into [square brackets] in the text: it is then the cleaner's own, and not
looked for in the scan.
""",
    items=_items,
    examine=_examine,
    describe=lambda item: (
        f"a quote of {item[1].name}" if isinstance(item[1], QuoteMatch) else "the scan"
    ),
)
