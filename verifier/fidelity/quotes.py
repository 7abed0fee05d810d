"""Finds the place of a quote in a document's text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from verifier.fidelity.places import Aligned, Difference, most_like, same_words
from verifier.fidelity.words import Words, chunks

LEAST = 60.0
"""The score below which a place is not like the quote at all."""

MOST_LEFT_OUT = 400
"""How many words an ellipsis may leave out."""

_ELLIPSIS = re.compile(r"\[\s?(?:\.\s?\.\s?\.|\u2026)\s?\]|\.\s?\.\s?\.(?:\s?\.)?|\u2026")
_LONGEST = 400
"""Longer quotes are aligned in pieces, so that the work does not grow with their square."""


@dataclass(frozen=True, kw_only=True)
class Located:
    """The parts of a text that hold a quote's words, as ranges of offsets; none where nothing in
    the text is like it. ``differences`` are told word by word."""

    parts: tuple[tuple[int, int], ...]
    score: float
    differences: tuple[Difference, ...]


@dataclass
class Locator:
    """Finds quotes in one text, one after the other.

    Words that stand in several places are taken to be the first of these that no quote holds yet,
    behind the place of the quote before; so the order of the quotes matters.
    """

    text: Words
    _cursor: int = 0
    _claimed: set[tuple[int, int]] = field(default_factory=set)

    def locate(self, quote: str, claims: bool = True) -> Located:
        """The place of a quote, which may leave out words where it has an ellipsis.

        One that does not ``claim`` its place leaves it to the quotes behind it.
        """
        parts = [part for each in _ELLIPSIS.split(quote) if len(part := Words(each))]
        if not parts:
            return Located(parts=(), score=100.0, differences=())
        aligned = self._exactly(parts, claims) or self._nearly(parts)
        if not aligned:
            return Located(parts=(), score=0.0, differences=())
        if claims:
            self._cursor = aligned[-1].last
            self._claimed.add((aligned[0].first, aligned[-1].last))
        sizes = [sum(map(len, each.words)) for each in parts]
        score = sum(
            a.score * size for a, size in zip(aligned, _sizes(aligned, sizes), strict=True)
        ) / sum(_sizes(aligned, sizes))
        starts, ends = self.text.starts, self.text.ends
        found = tuple((starts[a.first], ends[a.last - 1]) for a in aligned if a.first < a.last)
        exact = all(each.score == 100 for each in aligned)
        score = 100.0 if exact else min(99.9, round(score, 1))
        differences = tuple(each for a in aligned for each in a.differences)
        return Located(parts=found if score >= LEAST else (), score=score, differences=differences)

    def _exactly(self, parts: list[Words], claims: bool) -> list[Aligned] | None:
        """Places of the same words, in order, the parts as near to each other as they come."""
        later = [self.text.places(part) for part in parts[1:]]
        found: list[tuple[tuple[bool, int, bool, int], list[int]]] = []
        for first in self.text.places(parts[0]):
            chain = _chain(first, parts, later)
            if chain is not None:
                last = chain[-1] + len(parts[-1])
                behind = first < self._cursor
                claimed = claims and (first, last) in self._claimed
                spread = last - first
                found.append(((claimed, spread, behind, abs(first - self._cursor)), chain))
        if not found:
            return None
        chain = min(found)[1]
        return [same_words(self.text, at, part) for at, part in zip(chain, parts, strict=True)]

    def _nearly(self, parts: list[Words]) -> list[Aligned]:
        """The places most like each part, in order."""
        found: list[Aligned] = []
        low, high = 0, len(self.text)
        for part in parts:
            for a, b in chunks(len(part), _LONGEST):
                piece = part if b - a == len(part) else part.sub(a, b)
                aligned = most_like(self.text, piece, low, high, max(low, self._cursor))
                if aligned is None or aligned.score < LEAST:
                    lost = Difference(quoted=piece.spelled(0, len(piece)), text="", misprint=False)
                    found.append(Aligned(first=low, last=low, score=0.0, differences=(lost,)))
                    continue
                found.append(aligned)
                low = aligned.last
                high = min(len(self.text), low + MOST_LEFT_OUT + 2 * _LONGEST)
        return found if any(each.score for each in found) else []


def _sizes(aligned: list[Aligned], sizes: list[int]) -> list[int]:
    """How much each piece weighs; where a part was cut into pieces, each weighs alike."""
    return sizes if len(aligned) == len(sizes) else [1] * len(aligned)


def _chain(first: int, parts: list[Words], later: list[list[int]]) -> list[int] | None:
    """The places of the parts behind a place of the first, each the next there is."""
    found = [first]
    for (before, _), places in zip(pairwise(parts), later, strict=True):
        end = found[-1] + len(before)
        following = next((at for at in places if at >= end), None)
        if following is None or following - end > MOST_LEFT_OUT:
            return None
        found.append(following)
    return found
