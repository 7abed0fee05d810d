"""Traces as JSON: their types, as a part of a report and as the output of ``antinomy trace``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypedDict

from policy_dsl.model import Clause, Note, Policy
from verifier.fidelity.trace import DocumentTrace, QuoteMatch, ScanLines, Sentence
from verifier.fidelity.wording import scan_line

SCHEMA = "antinomy-trace/1"
"""What the key ``schema`` of a trace says."""

KindWord = Literal["clause", "note", "ambiguity"]


class LinesDict(TypedDict):
    """Lines of the raw scan, from 1, both included."""

    first: int
    last: int


class RangeDict(TypedDict):
    """A range of characters of the text: from ``start``, counted from 0, up to before ``end``."""

    start: int
    end: int


class UseDict(TypedDict):
    """A quote's hold on a sentence or a part of it: the words from ``start`` to ``end``.

    ``score`` goes from 0 to 100: the same words.
    """

    kind: KindWord
    name: str
    title: str
    score: float
    start: int
    end: int


class SentenceDict(TypedDict):
    """One sentence of the text. ``missing`` are the places of words that no quote holds, ``lead``
    is the number of the sentence that governs the list in which it stands."""

    number: int
    text: str
    start: int
    end: int
    line: int
    heading: bool
    lead: int | None
    uses: list[UseDict]
    missing: list[RangeDict]
    scan: LinesDict | None
    scan_score: float | None


class DifferenceDict(TypedDict):
    """Words of a quote, and what the text has in their place."""

    quoted: str
    text: str
    misprint: bool


class LeftOutDict(TypedDict):
    """A word beside a quote that turns what it says; ``inside``: an ellipsis leaves it out."""

    word: str
    start: int
    end: int
    inside: bool


class ScanDifferenceDict(TypedDict):
    """Where text and scan have different words; either may be empty. ``decides``: a norm turns on
    it. ``start`` and ``end`` are the place in the text, ``line`` is the line of the scan."""

    text: str
    scan: str
    start: int | None
    end: int | None
    line: int
    decides: bool
    doubtful: bool


class QuoteDict(TypedDict):
    """A quote, the places of its words in the text, and how like they are, 0 to 100."""

    kind: KindWord
    name: str
    index: int
    quote: str
    parts: list[RangeDict]
    score: float
    differences: list[DifferenceDict]
    left_out: list[LeftOutDict]
    scan: LinesDict | None
    scan_score: float | None


class DocumentTraceDict(TypedDict):
    """One document, sentence by sentence."""

    document: str
    text: str
    raw: str | None
    sentences: list[SentenceDict]
    quotes: list[QuoteDict]
    scan_differences: list[ScanDifferenceDict]


class ParaphraseDict(TypedDict):
    """What a clause or note says in other words than its text; held against no text."""

    kind: Literal["clause", "note"]
    name: str
    title: str
    paraphrase: str


class PolicyTraceDict(TypedDict):
    """The documents of one policy that name a text; ``accounted`` says whether all of it is."""

    policy: str
    title: str
    file: str
    accounted: bool
    documents: list[DocumentTraceDict]
    paraphrases: list[ParaphraseDict]


class TraceDict(TypedDict):
    """The whole output of ``antinomy trace --format json``."""

    schema: str
    traces: list[PolicyTraceDict]


def traces(each: Sequence[DocumentTrace]) -> list[DocumentTraceDict]:
    """Traces of documents as plain JSON data."""
    return [
        {
            "document": trace.document,
            "text": trace.text.name,
            "raw": trace.raw.name if trace.raw is not None else None,
            "sentences": [_sentence(sentence) for sentence in trace.sentences],
            "quotes": [_quote(quote) for quote in trace.quotes],
            "scan_differences": [
                {
                    "text": place.text,
                    "scan": place.scan,
                    "start": place.start,
                    "end": place.end,
                    "line": scan_line(trace, place),
                    "decides": place.decides,
                    "doubtful": place.doubtful,
                }
                for place in trace.scan_differences
            ],
        }
        for trace in each
    ]


def policy_trace(
    policy: Policy, file: str, found: Sequence[DocumentTrace], accounted: bool
) -> PolicyTraceDict:
    """The trace of one policy as plain JSON data."""
    return {
        "policy": policy.name,
        "title": policy.title,
        "file": file,
        "accounted": accounted,
        "documents": traces(found),
        "paraphrases": [
            *_paraphrases("clause", policy.clauses.values()),
            *_paraphrases("note", policy.notes.values()),
        ],
    }


def _paraphrases(
    kind: Literal["clause", "note"], items: Iterable[Clause | Note]
) -> list[ParaphraseDict]:
    return [
        {"kind": kind, "name": each.name, "title": each.title, "paraphrase": text}
        for each in items
        for text in each.paraphrases
    ]


def _sentence(each: Sentence) -> SentenceDict:
    return {
        "number": each.number,
        "text": each.text,
        "start": each.start,
        "end": each.end,
        "line": each.line,
        "heading": each.heading,
        "lead": each.lead,
        "uses": [
            {
                "kind": use.kind,
                "name": use.name,
                "title": use.title,
                "score": use.score,
                "start": use.start,
                "end": use.end,
            }
            for use in each.uses
        ],
        "missing": [{"start": start, "end": end} for start, end in each.missing],
        "scan": _lines(each.scan),
        "scan_score": each.scan_score,
    }


def _quote(each: QuoteMatch) -> QuoteDict:
    return {
        "kind": each.kind,
        "name": each.name,
        "index": each.index,
        "quote": each.quote,
        "parts": [{"start": start, "end": end} for start, end in each.parts],
        "score": each.score,
        "differences": [
            {"quoted": d.quoted, "text": d.text, "misprint": d.misprint} for d in each.differences
        ],
        "left_out": [
            {"word": w.word, "start": w.start, "end": w.end, "inside": w.inside}
            for w in each.left_out
        ],
        "scan": _lines(each.scan),
        "scan_score": each.scan_score,
    }


def _lines(each: ScanLines | None) -> LinesDict | None:
    return None if each is None else {"first": each.first, "last": each.last}
