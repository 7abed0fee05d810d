"""Finds words beside a quote that it leaves out although they turn what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from verifier.fidelity.traced import LeftOut, QuoteMatch
from verifier.fidelity.words import LIMITING, Words, word_set

_MODAL = word_set("must shall will should may might can could would cannot need ought")
_HARD_MARKS = frozenset(".;:!?()")
_MOST_WORDS = 12
"""How many left out words count as standing beside the quoted ones."""


def with_left_out(words: Words, quotes: Sequence[QuoteMatch]) -> list[QuoteMatch]:
    """The quotes, those of clauses with the words that they leave out.

    A word counts where an ellipsis leaves it out beside quoted words, or where a quote ends right
    before it or begins right behind it; but not where another quote of the same clause has it.
    """
    held: dict[str, list[tuple[int, int]]] = {}
    for each in quotes:
        if each.kind == "clause":
            held.setdefault(each.name, []).extend(words.within(*part) for part in each.parts)
    found = []
    for each in quotes:
        if each.kind == "clause" and each.parts:
            own = held[each.name]
            told = [
                LeftOut(
                    word=words.spelled(at, at + 1),
                    start=words.starts[at],
                    end=words.ends[at],
                    inside=inside,
                )
                for at, inside in _turning(words, [words.within(*part) for part in each.parts])
                if not any(a <= at < b for a, b in own)
            ]
            each = replace(each, left_out=tuple(told))
        found.append(each)
    return found


def _turning(words: Words, parts: Sequence[tuple[int, int]]) -> Iterator[tuple[int, bool]]:
    """The words that turn what is quoted, and whether each stands between two parts of it."""
    first, last = parts[0][0], parts[-1][1]
    if first > 0 and _limits(words, first - 1) and not _mark(words, first):
        yield first - 1, False
    for (_, low), (high, _) in pairwise(parts):
        beside = {*_until_mark(words, low, high, 1), *_until_mark(words, high - 1, low - 1, -1)}
        for at in sorted(beside):
            modal = at in (low, high - 1) and words.words[at] in _MODAL
            if _limits(words, at) or modal:
                yield at, True
    if last < len(words) and _limits(words, last) and not _mark(words, last):
        yield last, False


def _until_mark(words: Words, start: int, stop: int, step: int) -> Iterator[int]:
    for at in list(range(start, stop, step))[:_MOST_WORDS]:
        border = at if step > 0 else at + 1
        if _HARD_MARKS.intersection(_mark(words, border)):
            return
        yield at


def _limits(words: Words, at: int) -> bool:
    return words.words[at] in LIMITING or words.words[at].endswith("n't")


def _mark(words: Words, at: int) -> str:
    """The marks before a word."""
    return words.marks(at - 1, at + 1)[0] if at > 0 else ""
