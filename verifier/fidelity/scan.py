"""Finds cleaned words in a raw scan, letter by letter: the scan may misprint any of them.

Only letters and digits count. Words in square brackets are not looked for: by custom these are
the cleaner's own and not in the scan.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

from rapidfuzz import fuzz

from policy_dsl.source import Source
from verifier.fidelity.places import Step, local
from verifier.fidelity.words import Words, chunks

LEAST_IN_SCAN = 60.0
"""The score from which words count as found in a scan; unrelated sentences have less than 40."""

_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_SEED = 6
_STRIDE = 3
_MOST_PLACES = 50
_TRIED = 4
_AROUND = 300
"""How far around an expected place words are looked for: some lines, since lines were moved."""

_FOREIGN = 12
"""A run of letters of the scan from which on it is another line that slid in, not a misprint."""

_FOREIGN_COST = 4
_LONGEST = 1200

_SHORT = 160
"""How many letters a text has at most that is looked for at its narrowest place too."""

_SURE = 85.0
"""The score from which on nothing better is looked for than what stands where it should."""

_NEAR = 20_000
"""How far around an expected place the very same letters are looked for."""


@dataclass(frozen=True, kw_only=True)
class InScan:
    """A range of letters of a scan, and how like it is to what was looked for, 0 to 100."""

    start: int
    end: int
    score: float


def letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text in small form, and the offset of each."""
    found: list[str] = []
    offsets: list[int] = []
    for at, each in enumerate(text):
        if each.isalnum():
            folded = each.casefold()
            found.append(folded)
            offsets.extend([at] * len(folded))
    return "".join(found), offsets


class Scan:
    """A raw scan in which words can be looked for."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._letters, self._offsets = letters(source.text)
        self._seeds: dict[str, list[int]] = {}
        for at in range(0, len(self._letters) - _SEED + 1, _STRIDE):
            places = self._seeds.setdefault(self._letters[at : at + _SEED], [])
            if len(places) < _MOST_PLACES:
                places.append(at)

    def find(self, text: str, near: int, inside: tuple[int, int] | None = None) -> InScan | None:
        """The place most like a text: inside a range if one is given, or else anywhere, and of
        equal ones the nearest to ``near``. ``None`` where the text has no letters to look for."""
        wanted, _ = letters(_BRACKETED.sub(" ", text))
        if not wanted:
            return None
        if len(wanted) > _LONGEST:
            return self._in_pieces(wanted, near)
        return self._find(wanted, near, inside)

    @cached_property
    def words(self) -> Words:
        """The scan as words."""
        return Words(self._source.text)

    def within(self, found: InScan) -> tuple[int, int]:
        """The range of the words of which letters stand in a place."""
        if found.start >= found.end:
            return 0, 0
        first, last = self._offsets[found.start], self._offsets[found.end - 1]
        low = bisect_right(self.words.ends, first)
        return low, max(low, bisect_right(self.words.starts, last))

    def lines(self, found: InScan) -> tuple[int, int]:
        """The first and the last line of a place, from 1."""
        first, last = self._offsets[found.start], self._offsets[max(found.start, found.end - 1)]
        return self._source.line_and_column(first)[0], self._source.line_and_column(last)[0]

    def _in_pieces(self, wanted: str, near: int) -> InScan:
        found, good = [], 0.0
        for a, b in chunks(len(wanted), _LONGEST):
            piece = self._find(wanted[a:b], near, None)
            near = piece.end
            good += piece.score * (b - a)
            if piece.score >= LEAST_IN_SCAN:
                found.append(piece)
        start = min((each.start for each in found), default=0)
        end = max((each.end for each in found), default=0)
        return InScan(start=start, end=end, score=round(good / len(wanted), 1))

    def _find(self, wanted: str, near: int, inside: tuple[int, int] | None) -> InScan:
        same = self._same(wanted, near, inside)
        if same is not None:
            return InScan(start=same, end=same + len(wanted), score=100.0)
        found: list[InScan] = []
        for low, high in [inside] if inside else self._windows(wanted, near):
            found.append(self._align(wanted, low, high))
            if found[0].score >= _SURE:
                break  # where it was expected
        return min(found, key=lambda each: (-each.score, abs(each.start - near), each.start))

    def _same(self, wanted: str, near: int, inside: tuple[int, int] | None) -> int | None:
        low, high = inside or (max(0, near - _NEAR), min(len(self._letters), near + _NEAR))
        near = min(max(near, low), high)
        after = self._letters.find(wanted, near, high)
        before = self._letters.rfind(wanted, low, min(high, near + len(wanted)))
        found = [each for each in (after, before) if each >= 0]
        return min(found, key=lambda each: (abs(each - near), each)) if found else None

    def _windows(self, wanted: str, near: int) -> Iterator[tuple[int, int]]:
        yield self._around(wanted, near)
        votes: Counter[int] = Counter()
        for at in range(len(wanted) - _SEED + 1):
            for place in self._seeds.get(wanted[at : at + _SEED], ()):
                votes[(place - at) // 64] += 1
        both = {key: votes[key] + votes.get(key + 1, 0) for key in votes}
        for key in nsmallest(_TRIED, both, key=lambda key: (-both[key], key)):
            yield self._around(wanted, key * 64)

    def _around(self, wanted: str, start: int) -> tuple[int, int]:
        low, high = start - _AROUND, start + len(wanted) + _AROUND + 64
        return max(0, low), max(0, min(len(self._letters), high))

    def _align(self, wanted: str, low: int, high: int) -> InScan:
        found = self._aligned(wanted, low, high)
        if found.score >= _SURE or len(wanted) > _SHORT:
            return found
        # letters of a short text are easily found all over a wide window
        near = fuzz.partial_ratio_alignment(wanted, self._letters[low:high])
        if near is None:
            return found
        low, high = max(low, low + near.dest_start - 4), min(high, low + near.dest_end + 4)
        narrow = self._aligned(wanted, low, high)
        return narrow if narrow.score > found.score else found

    def _aligned(self, wanted: str, low: int, high: int) -> InScan:
        start, end, steps = local(wanted, self._letters[low:high], skip=_FOREIGN_COST)
        cost = sum(_cost(each) for each in steps)
        score = max(0.0, 100 - 100 * cost / len(wanted))
        solid = [each for each in steps if each[0] == "equal" and each[2] - each[1] >= 3]
        if solid:  # stray letters at the ends may lie on other lines
            _, before, _, first, _ = solid[0]
            _, _, after, _, last = solid[-1]
            end = min(end, start + last + len(wanted) - after)
            start = max(start, start + first - before)
        return InScan(start=low + start, end=low + end, score=min(99.9, round(score, 1)))


def _cost(step: Step) -> int:
    kind, a, b, c, d = step
    if kind == "equal":
        return 0
    longer = (d - c) - (b - a)
    return (b - a) + (_FOREIGN_COST if longer >= _FOREIGN else max(0, longer))
