"""Pairs words of a text with the misprinted words of a scan, where they are not simply the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from verifier.fidelity.words import is_decisive, is_guarded

Pair = tuple[tuple[int, int], tuple[int, int]]
"""Words of the text, and those of the scan that stand for them; one of the ranges may be empty."""

_MOST_CELLS = 2500
"""Larger blocks are not paired: nothing in them has a counterpart."""

_ALONE = 0.6
"""What a word without a counterpart costs; two words that have nothing in common cost 1."""

_DOUBT = 0.05
"""Of two words equally unlike a misprint, the one on which no norm turns is paired with it."""

_LEAST_JOINED = 0.6
_LEAST_GUARDED = 0.75
_JOINS = ((1, 2), (2, 1), (1, 3), (3, 1))
"""How many words of the text may be printed as how many: scans split words, and join them."""

_SHAPES = (("vv", "w"), ("li", "h"), ("rn", "m"), ("n1", "m"), ("ii1", "m"))
_LETTERS = str.maketrans({"l": "i", "1": "i", "j": "i", "!": "i", "0": "o", "_": ""})


def likeness(one: str, other: str) -> float:
    """How like two words look, from 0 to 1; letters that scans confuse count as the same."""
    return _likeness(one, other)


@lru_cache(maxsize=20_000)
def _likeness(one: str, other: str) -> float:
    return Levenshtein.normalized_similarity(_shape(one), _shape(other))


def _shape(word: str) -> str:
    for found, meant in _SHAPES:
        word = word.replace(found, meant)
    return re.sub(r"[^\w]", "", word.translate(_LETTERS))


def paired(text: Sequence[str], scan: Sequence[str]) -> list[Pair]:
    """The cheapest way to pair all words of both sides in their order."""
    rows, columns = len(text), len(scan)
    if not rows or not columns or rows * columns > _MOST_CELLS:
        return [((i, i + 1), (0, 0)) for i in range(rows)] + [
            ((rows, rows), (j, j + 1)) for j in range(columns)
        ]
    cost = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    back = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows + 1):
        for j in range(columns + 1):
            if i or j:
                cost[i][j], back[i][j] = min(
                    (cost[i - a][j - b] + price, (a, b))
                    for a, b, price in _steps(text[max(0, i - 3) : i], scan[max(0, j - 3) : j])
                )
    found: list[Pair] = []
    i, j = rows, columns
    while i or j:
        a, b = back[i][j]
        found.append(((i - a, i), (j - b, j)))
        i, j = i - a, j - b
    return found[::-1]


def _steps(text: Sequence[str], scan: Sequence[str]) -> list[tuple[int, int, float]]:
    """What the last words of both sides can be, and at which cost."""
    found = []
    if text:
        found.append((1, 0, _ALONE))
    if scan:
        found.append((0, 1, _ALONE))
    if text and scan:
        price = 1 - _likeness(text[-1], scan[-1])
        found.append((1, 1, price + _DOUBT if is_decisive(text[-1]) else price))
    for a, b in _JOINS:
        if a <= len(text) and b <= len(scan):
            joined = _joined(text[-a:], scan[-b:])
            if joined is not None:
                found.append((a, b, joined))
    return found


def _joined(text: Sequence[str], scan: Sequence[str]) -> float | None:
    """The cost of taking words together; ``None`` where a word on which a norm turns could hide
    in the longer side."""
    one, other = "".join(text), "".join(scan)
    guarded = any(is_guarded(each) and each.isalpha() for each in (*text, *scan))
    if abs(len(one) - len(other)) > (1 if guarded else 3):
        return None
    like = _likeness(one, other)
    return 1.05 - like if like >= (_LEAST_GUARDED if guarded else _LEAST_JOINED) else None
