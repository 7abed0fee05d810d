"""A document's text with the words of each clause marked, and what became of each sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from policy_dsl.model import Policy
from verifier.fidelity.trace import DocumentTrace, Sentence, Use
from verifier.render.html.marks import Finder, Link, anchor, clause_anchor

FULL = 99.5
"""From this score on, a quote counts as the words of the text themselves."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Words that the same quotes hold. ``tokens`` name what quotes them, for cross-reference;
    ``kind`` is the strongest hold: clause, ambiguity, note, missing, or nothing."""

    text: str
    kind: str
    tokens: str
    several: bool


@dataclass(frozen=True, kw_only=True)
class Holder:
    """What quotes a sentence, in its margin."""

    kind: str
    name: str
    title: str
    token: str
    anchor: str
    score: str
    findings: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class SentenceView:
    """One sentence. ``scan`` are the lines of the raw scan, ``scan_at`` says which they are."""

    heading: bool
    opens: bool
    pieces: tuple[Piece, ...]
    holders: tuple[Holder, ...]
    unaccounted: bool
    scan: str
    scan_at: str


@dataclass(frozen=True, kw_only=True)
class DocumentView:
    """One document's text."""

    title: str
    file: str
    raw: str
    accounted: str
    sentences: tuple[SentenceView, ...]


def documents(
    policy: Policy, traces: Sequence[DocumentTrace], finder: Finder
) -> tuple[DocumentView, ...]:
    """The traced documents of a policy."""
    return tuple(_document(policy, each, finder) for each in traces)


def _document(policy: Policy, traced: DocumentTrace, finder: Finder) -> DocumentView:
    document = policy.documents[traced.document]
    views = []
    before = 0
    for each in traced.sentences:
        gap = traced.text.text[before : each.start]
        views.append(_sentence(traced, each, opens="\n" in gap or each.heading, finder=finder))
        before = each.end
    told = [each for each in traced.sentences if not each.heading]
    left = sum(1 for each in told if not each.uses)
    said = f"{len(told)} sentences; "
    said += f"{left} of them left out of account" if left else "each is held by a clause or a note"
    return DocumentView(
        title=document.title or document.name,
        file=traced.text.name,
        raw="" if traced.raw is None else traced.raw.name,
        accounted=said,
        sentences=tuple(views),
    )


def _sentence(
    traced: DocumentTrace, sentence: Sentence, opens: bool, finder: Finder
) -> SentenceView:
    scan, scan_at = "", ""
    if sentence.scan is not None and traced.raw is not None:
        first, last = sentence.scan.first, min(sentence.scan.last, traced.raw.line_count)
        scan = "\n".join(traced.raw.line(number) for number in range(first, last + 1))
        scan_at = f"line {first}" if first == last else f"lines {first} to {last}"
    return SentenceView(
        heading=sentence.heading,
        opens=opens,
        pieces=tuple(_pieces(traced, sentence)),
        holders=tuple(_holders(sentence, finder)),
        unaccounted=not sentence.uses and not sentence.heading,
        scan=scan,
        scan_at=scan_at,
    )


def token(use: Use) -> str:
    """The word by which the page refers to what quotes a text."""
    return clause_anchor(use.name) if use.kind == "clause" else anchor(use.kind[0] + "q", use.name)


def _pieces(traced: DocumentTrace, sentence: Sentence) -> list[Piece]:
    """The words of a sentence, cut where a quote begins or ends."""
    start, end = sentence.start, sentence.end
    cuts = {start, end}
    for use in sentence.uses:
        cuts |= {use.start, use.end}
    for first, last in sentence.missing:
        cuts |= {first, last}
    ordered = sorted(at for at in cuts if start <= at <= end)
    found = []
    for first, last in pairwise(ordered):
        holding = [use for use in sentence.uses if use.start <= first and last <= use.end]
        missing = any(a <= first and last <= b for a, b in sentence.missing)
        kinds = {use.kind for use in holding}
        kind = next((k for k in ("clause", "note", "ambiguity") if k in kinds), "")
        tokens = dict.fromkeys(token(use) for use in holding)
        found.append(
            Piece(
                text=traced.text.text[first:last],
                kind="missing" if missing else kind,
                tokens=" ".join(tokens),
                several=len(tokens) > 1,
            )
        )
    return found


def _holders(sentence: Sentence, finder: Finder) -> list[Holder]:
    """What quotes a sentence: each once, with the least score of its quotes."""
    scores: dict[tuple[str, str], float] = {}
    uses: dict[tuple[str, str], Use] = {}
    for use in sentence.uses:
        key = (use.kind, use.name)
        uses.setdefault(key, use)
        scores[key] = min(use.score, scores.get(key, 100.0))
    return [
        Holder(
            kind=use.kind,
            name=use.name,
            title=use.title,
            token=token(use),
            anchor=token(use) if use.kind == "clause" else "",
            score="" if scores[key] >= FULL else f"{scores[key]:.0f} % alike",
            findings=finder.about(use.name) if use.kind == "clause" else (),
        )
        for key, use in uses.items()
    ]
