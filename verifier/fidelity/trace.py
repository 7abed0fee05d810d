"""Traces a policy: every quote to its place, every sentence to what became of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policy_dsl.model import Document, Policy
from policy_dsl.source import Place, Source
from verifier.fidelity.compare import differences
from verifier.fidelity.left_out import with_left_out
from verifier.fidelity.quotes import Located, Locator
from verifier.fidelity.scan import LEAST_IN_SCAN, InScan, Scan
from verifier.fidelity.sentences import Piece, pieces
from verifier.fidelity.traced import (
    DocumentTrace,
    Kind,
    LeftOut,
    QuoteMatch,
    ScanDifference,
    ScanLines,
    Sentence,
    Use,
)
from verifier.fidelity.words import Words

__all__ = [
    "DocumentTrace",
    "Kind",
    "LeftOut",
    "QuoteMatch",
    "ScanDifference",
    "ScanLines",
    "Sentence",
    "Use",
    "trace",
]


@dataclass(frozen=True, kw_only=True)
class _Item:
    """What quotes a text."""

    kind: Kind
    name: str
    title: str
    quotes: tuple[str, ...]
    place: Place


def trace(policy: Policy) -> tuple[DocumentTrace, ...]:
    """The trace of every document that names a text. Deterministic."""
    return tuple(
        _trace(document, document.text_source, _items(policy, document))
        for document in policy.documents.values()
        if document.text_source is not None
    )


def _items(policy: Policy, document: Document) -> list[_Item]:
    """What quotes a document, in the order in which it was written."""
    found = [
        _Item(kind="clause", name=c.name, title=c.title, quotes=c.quotes, place=c.place)
        for c in policy.clauses.values()
        if c.document == document.name
    ]
    found += [
        _Item(kind="note", name=n.name, title=n.title, quotes=n.quotes, place=n.place)
        for n in policy.notes.values()
        if n.document == document.name
    ]
    file = document.place.source.name
    for each in policy.ambiguities.values():
        if each.place is not None and each.quote and each.place.source.name == file:
            one = (each.quote,)
            title = each.question
            found.append(
                _Item(kind="ambiguity", name=each.name, title=title, quotes=one, place=each.place)
            )
    return sorted(found, key=lambda each: each.place.span)


def _trace(document: Document, source: Source, items: Sequence[_Item]) -> DocumentTrace:
    words = Words(source.text)
    cut = pieces(source.text)
    raw = document.raw_source
    scan = None if raw is None else Scan(raw)
    scanned = _scan_pieces(source, cut, scan)
    locator = Locator(words)
    quotes = [
        _match(item, index, locator.locate(quote, item.kind != "ambiguity"), cut, scan, scanned)
        for item in items
        for index, quote in enumerate(item.quotes)
    ]
    quotes = with_left_out(words, quotes)
    return DocumentTrace(
        document=document.name,
        text=source,
        raw=raw,
        sentences=tuple(_sentences(source, words, cut, quotes, scan, scanned)),
        quotes=tuple(quotes),
        scan_differences=() if scan is None else differences(words, cut, scan, scanned),
    )


def _scan_pieces(source: Source, cut: Sequence[Piece], scan: Scan | None) -> list[InScan | None]:
    """Where each sentence stands in the scan; each is looked for near the end of the last."""
    found: list[InScan | None] = []
    near = 0
    for each in cut:
        place = None if scan is None else scan.find(source.text[each.start : each.end], near)
        if place is not None and place.score >= LEAST_IN_SCAN:
            near = place.end
        found.append(place)
    return found


def _match(
    item: _Item,
    index: int,
    located: Located,
    cut: Sequence[Piece],
    scan: Scan | None,
    scanned: Sequence[InScan | None],
) -> QuoteMatch:
    parts, quote = located.parts, item.quotes[index]
    place = None
    if scan is not None:
        place = _in_scan(quote, parts, cut, scan, scanned)
    return QuoteMatch(
        kind=item.kind,
        name=item.name,
        title=item.title,
        index=index,
        quote=quote,
        declared=item.place,
        start=parts[0][0] if parts else None,
        end=parts[-1][1] if parts else None,
        parts=parts,
        score=located.score,
        differences=located.differences,
        scan=_lines(scan, place),
        scan_score=None if place is None else place.score,
    )


def _in_scan(
    quote: str,
    parts: Sequence[tuple[int, int]],
    cut: Sequence[Piece],
    scan: Scan,
    scanned: Sequence[InScan | None],
) -> InScan | None:
    """Where a quote stands in the scan: first where its sentences stand, then anywhere."""
    around = [
        place
        for start, end in parts
        for place in scanned[_index(cut, start) : _index(cut, end - 1) + 1]
        if place is not None and place.score >= LEAST_IN_SCAN
    ]
    near = 0
    if around:
        low, near = min(p.start for p in around), around[0].start
        high = max(p.end for p in around)
        if high - low <= 4 * len(quote) + 2000:
            found = scan.find(quote, near, (max(0, low - 20), high + 20))
            if found is None or found.score >= LEAST_IN_SCAN:
                return found
    return scan.find(quote, near)


def _index(cut: Sequence[Piece], offset: int) -> int:
    """The sentence in which an offset stands."""
    return max(0, bisect_right(cut, offset, key=lambda each: each.start) - 1)


def _lines(scan: Scan | None, place: InScan | None) -> ScanLines | None:
    if scan is None or place is None or place.score < LEAST_IN_SCAN:
        return None
    first, last = scan.lines(place)
    return ScanLines(first=first, last=last)


def _sentences(
    source: Source,
    words: Words,
    cut: Sequence[Piece],
    quotes: Sequence[QuoteMatch],
    scan: Scan | None,
    scanned: Sequence[InScan | None],
) -> Iterator[Sentence]:
    uses = _uses(cut, quotes)
    lead: int | None = None
    for number, (piece, place) in enumerate(zip(cut, scanned, strict=True), start=1):
        text = source.text[piece.start : piece.end]
        if not piece.item:
            lead = number if text.endswith(":") else None
        yield Sentence(
            number=number,
            text=text,
            start=piece.start,
            end=piece.end,
            line=source.line_and_column(piece.start)[0],
            heading=piece.heading,
            lead=lead if piece.item else None,
            uses=uses[number - 1],
            missing=tuple(_missing(words, piece, uses[number - 1])),
            scan=_lines(scan, place),
            scan_score=None if place is None else place.score,
        )


def _uses(cut: Sequence[Piece], quotes: Sequence[QuoteMatch]) -> list[tuple[Use, ...]]:
    """The quotes of each sentence, by the places of their first words in it."""
    found: list[list[Use]] = [[] for _ in cut]
    for quote in quotes:
        for start, end in quote.parts:
            for at in range(_index(cut, start), _index(cut, end - 1) + 1):
                use = Use(
                    kind=quote.kind,
                    name=quote.name,
                    title=quote.title,
                    score=quote.score,
                    start=max(start, cut[at].start),
                    end=min(end, cut[at].end),
                    scan=quote.scan,
                )
                if use.start < use.end:
                    found[at].append(use)
    return [tuple(sorted(each, key=lambda use: use.start)) for each in found]


def _missing(words: Words, piece: Piece, uses: Sequence[Use]) -> Iterator[tuple[int, int]]:
    """The places of the words of a sentence that no quote holds, neighbours together."""
    first, last = words.within(piece.start, piece.end)
    held = [False] * (last - first)
    for use in uses:
        a = bisect_left(words.starts, use.start, first, last)
        b = max(a, bisect_right(words.ends, use.end, first, last))
        held[a - first : b - first] = [True] * (b - a)
    since: int | None = None
    for at in range(first, last + 1):
        free = at < last and not held[at - first]
        if free and since is None:
            since = at
        elif not free and since is not None:
            whole = words.starts[since], words.ends[at - 1]
            since = None
            if not _only_label(words, piece, whole):
                yield whole


def _only_label(words: Words, piece: Piece, found: tuple[int, int]) -> bool:
    """Whether words are nothing but the number of an item, which says nothing."""
    before = words.text[piece.start : found[0]]
    label = words.text[slice(*found)]
    following = words.text[found[1] : found[1] + 1]
    return piece.item and not before.strip("( ") and len(label) <= 4 and following in (")", ".")
