"""What a trace says: sentences of a source with what became of them, and quotes with their places.

All offsets are in characters of a ``Source``'s text; scores go from 0 (nothing in common) to 100
(the same words).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from policy_dsl.source import Place, Source
from verifier.fidelity.places import Difference
from verifier.fidelity.scan import LEAST_IN_SCAN

Kind: TypeAlias = Literal["clause", "note", "ambiguity"]
"""What can quote a text."""


@dataclass(frozen=True, kw_only=True)
class ScanLines:
    """Lines of the raw scan, counted from 1, both included."""

    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class Use:
    """One quote's hold on a sentence, or on a part of it; offsets in the document's text.

    ``scan`` are the lines of the raw scan on which the whole quote stands.
    """

    kind: Kind
    name: str
    title: str
    score: float
    start: int
    end: int
    scan: ScanLines | None


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence of the document's text, or a heading, and what became of it.

    ``line`` is its line in the text, from 1. ``missing`` are the places of words that no quote
    holds. ``scan`` is where it stands in the raw scan, if there is one and it is found there.
    ``lead`` is the number of the sentence that governs it, if it is an item of a list.
    """

    number: int
    text: str
    start: int
    end: int
    line: int
    heading: bool
    lead: int | None
    uses: tuple[Use, ...]
    missing: tuple[tuple[int, int], ...]
    scan: ScanLines | None
    scan_score: float | None


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A word that turns a clause's quote into something else, and is not in it although it stands
    beside its words; ``inside`` says that an ellipsis leaves it out. Offsets in the text."""

    word: str
    start: int
    end: int
    inside: bool


@dataclass(frozen=True, kw_only=True)
class QuoteMatch:
    """Where one quote stands: the best place in the text, and the lines of the raw scan.

    ``index`` is the number of the quote among those of its clause, note or ambiguity, from 0.
    ``start`` and ``end`` are ``None`` where nothing in the text is like it. ``parts`` are the
    places of its words; there are several where it leaves words out. ``differences`` says word by
    word what differs from the text. ``scan_score`` is ``None`` where there is nothing to look for
    in a scan; ``scan`` are the lines most like the quote, if they are like it at all.
    ``left_out`` are words beside the quote that change what it says.
    """

    kind: Kind
    name: str
    title: str
    index: int
    quote: str
    declared: Place
    start: int | None
    end: int | None
    parts: tuple[tuple[int, int], ...]
    score: float
    differences: tuple[Difference, ...]
    scan: ScanLines | None
    scan_score: float | None
    left_out: tuple[LeftOut, ...] = ()

    @property
    def in_scan(self) -> bool:
        """Whether the scan has it, up to noise, or there is no scan or nothing to look for."""
        return self.scan_score is None or self.scan_score >= LEAST_IN_SCAN


@dataclass(frozen=True, kw_only=True)
class ScanDifference:
    """A place where the cleaned text and its scan have different words.

    ``text`` and ``scan`` are the words; either is empty where that side has none. ``start`` and
    ``end`` are the place in the text, ``None`` where nothing in it belongs to the words of the
    scan; ``scan_start`` and ``scan_end`` that in the scan, with the words around where the scan
    has none. ``decides`` says that it is a word of duty, permission, negation or limit, and not a
    number, "and", "or" and the like; ``doubtful`` that only a letter differs, or that the text
    does not have the words around it in the scan either.
    """

    text: str
    scan: str
    start: int | None
    end: int | None
    scan_start: int
    scan_end: int
    decides: bool
    doubtful: bool


@dataclass(frozen=True, kw_only=True)
class DocumentTrace:
    """One document's text, sentence by sentence, and every quote of it.

    ``scan_differences`` are told in the order of the scan.
    """

    document: str
    text: Source
    raw: Source | None
    sentences: tuple[Sentence, ...]
    quotes: tuple[QuoteMatch, ...]
    scan_differences: tuple[ScanDifference, ...] = ()
