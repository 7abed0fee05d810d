"""Finds words in a text although some of them differ: the best place, and what differs there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from verifier.fidelity.words import Words, is_guarded

_RAREST = 16
"""By how many words of a quote, the rarest in the text, its place is looked for."""

_MOST_PLACES = 500
_TRIED = 5

Step = tuple[str, int, int, int, int]
"""One step of an alignment: equal, replace, insert or delete; a range here, and a range there."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Words of a quote, and what the text has in their place; either may be empty.

    ``misprint`` says that it is one word, not one on which a norm turns, and differs in a letter
    or two.
    """

    quoted: str
    text: str
    misprint: bool


@dataclass(frozen=True, kw_only=True)
class Aligned:
    """A range of words of a text that a quote, or a part of one, was aligned to; the score is
    from 0 to 100, and 100 only where words and marks are the same."""

    first: int
    last: int
    score: float
    differences: tuple[Difference, ...] = ()


def local(
    wanted: Sequence[Hashable], window: Sequence[Hashable], skip: int
) -> tuple[int, int, list[Step]]:
    """The part of ``window`` most like ``wanted``: its range, and the steps from one to the other.

    A longer run of ``window`` that has no part in it weighs like one of ``skip`` members.
    """
    steps = _steps(wanted, window)
    best, at, value, since = (0, 0, 0), 0, 0, 0
    for at, (kind, a, b, c, d) in enumerate(steps):
        value += b - a if kind == "equal" else -max(b - a, min(d - c, skip))
        if value <= 0:
            value, since = 0, at + 1
        elif value > best[0]:
            best = (value, since, at)
    if not best[0]:
        return 0, 0, _steps(wanted, window[:0])
    head, tail = steps[best[1]], steps[best[2]]
    before, after = head[1], len(wanted) - tail[2]
    low = max(0, head[3] - before - before // 4 - 2)
    high = min(len(window), tail[4] + after + after // 4 + 2)
    steps = _steps(wanted, window[low:high])
    if steps and steps[-1][0] == "insert":
        high = low + steps.pop()[3]
    if steps and steps[0][0] == "insert":
        low += steps[0][4]
        steps = [(k, a, b, c - steps[0][4], d - steps[0][4]) for k, a, b, c, d in steps[1:]]
    return low, high, steps


def _steps(wanted: Sequence[Hashable], window: Sequence[Hashable]) -> list[Step]:
    return [
        (each.tag, each.src_start, each.src_end, each.dest_start, each.dest_end)
        for each in Levenshtein.opcodes(wanted, window)
    ]


def same_words(text: Words, first: int, quote: Words) -> Aligned:
    """The alignment to a place where the same words stand; only marks may differ."""
    last = first + len(quote)
    mine, other = quote.marks(0, len(quote)), text.marks(first, last)
    if mine == other:
        return Aligned(first=first, last=last, score=100.0)
    wrong = sum(a != b for a, b in zip(mine, other, strict=True))
    size = sum(len(each) + 1 for each in quote.words)
    return Aligned(first=first, last=last, score=_below_100(100 - 100 * wrong / (2 * size)))


def most_like(text: Words, quote: Words, low: int, high: int, near: int) -> Aligned | None:
    """The place between two words of a text that is most like a quote; ``None`` if not a word of
    it is there. Of equal places the one nearest to the word ``near`` is taken."""
    found: list[tuple[float, int, Aligned]] = []
    for start in _candidates(text, quote, low, high):
        pad = 4 + len(quote) // 4
        a, b = max(low, start - pad), min(high, start + len(quote) + pad)
        first, last, steps = local(quote.words, text.words[a:b], skip=8)
        if first == last:
            continue
        first, last = first + a, last + a
        ratio = fuzz.ratio(" ".join(quote.words), " ".join(text.words[first:last]))
        differences = tuple(_differences(quote, text, first, steps))
        score = _below_100(ratio)
        aligned = Aligned(first=first, last=last, score=score, differences=differences)
        found.append((-score, abs(first - near), aligned))
    return min(found, key=lambda each: (each[0], each[1], each[2].first))[2] if found else None


def _below_100(score: float) -> float:
    return max(0.0, min(99.9, round(score, 1)))


def _candidates(text: Words, quote: Words, low: int, high: int) -> list[int]:
    """Where a quote may begin, by its rarest words."""
    known = [
        (len(text.positions[w]), i, w) for i, w in enumerate(quote.words) if w in text.positions
    ]
    votes: Counter[int] = Counter()
    for _, index, word in sorted(known)[:_RAREST]:
        inside = [at for at in text.positions[word] if low <= at < high]
        for at in inside[:_MOST_PLACES]:
            votes[(at - index) // 4] += 1
    both = {key: votes[key] + votes.get(key + 1, 0) for key in votes}
    best = nsmallest(_TRIED, both, key=lambda key: (-both[key], key))
    return [key * 4 for key in best]


def _differences(
    quote: Words, text: Words, offset: int, steps: Sequence[Step]
) -> Iterator[Difference]:
    for kind, a, b, c, d in steps:
        if kind == "equal":
            continue
        c, d = c + offset, d + offset
        if _joined_alike(quote, (a, b), text, (c, d)):
            continue
        if b - a == d - c:
            for i, j in zip(range(a, b), range(c, d), strict=True):
                yield _difference(quote, (i, i + 1), text, (j, j + 1))
        else:
            yield _difference(quote, (a, b), text, (c, d))


def _joined_alike(quote: Words, mine: tuple[int, int], text: Words, other: tuple[int, int]) -> bool:
    """Whether words differ only in a hyphen, as where one is broken at the end of a line."""
    hyphened = "-" in [*quote.marks(*mine), *text.marks(*other)]
    joined = "".join(quote.words[slice(*mine)]), "".join(text.words[slice(*other)])
    return hyphened and joined[0] == joined[1]


def _difference(
    quote: Words, mine: tuple[int, int], text: Words, other: tuple[int, int]
) -> Difference:
    one, two = quote.words[slice(*mine)], text.words[slice(*other)]
    single = len(one) == len(two) == 1
    return Difference(
        quoted=quote.spelled(*mine),
        text=text.spelled(*other),
        misprint=single and _is_misprint(one[0], two[0]),
    )


def _is_misprint(one: str, two: str) -> bool:
    """A letter or two of a long word differ, and not at its beginning, where a word is made into
    its contrary ("unlawful")."""
    if is_guarded(one) or is_guarded(two) or one[0] != two[0]:
        return False
    shorter = min(len(one), len(two))
    return shorter >= 5 and Levenshtein.distance(one, two) <= (1 if shorter < 8 else 2)
