"""Texts as words: what counts when words are compared, and where each of them stands.

Spaces, quotation marks, capital letters and markers of footnotes (``[1]``) do not count.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_TOKEN = re.compile(
    r"(\[\d{1,3}\])"  # a marker of a footnote
    rf"|(\d+(?:[.,]\d+)*|\w+(?:[{_INVISIBLE}'\u2019]+\w+)*)"  # a number or a word
    r"|([^\s\w])"  # a mark
)
_QUOTATION_MARKS = frozenset(
    "\"'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a"
)
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2212")
_PLAIN = str.maketrans({"\u2019": "'", **dict.fromkeys(_INVISIBLE, "")})

_MOST_MARKS = 20
"""How many marks between two words are compared."""


def word_set(text: str) -> frozenset[str]:
    """The words of a text that is a list of words."""
    return frozenset(text.split())


GUARDED = word_set(
    "must shall will should may might can could would cannot need ought required "
    "permitted prohibited forbidden allowed not no never none neither nor nobody nothing "
    "without only unless except excluding including and or if all any every each both "
    "either before after until within more less fewer most least than zero one two three "
    "four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion first second third half"
)
"""Words on which a norm turns: none of them ever counts as a misprint of another word."""


DECISIVE = word_set(
    "must shall will should may might can could would cannot need ought required permitted "
    "prohibited forbidden allowed not no never none neither nor nobody nothing without only "
    "unless except excluding before after until within"
)
"""Words of duty, permission, negation and limit: between a text and its scan, a difference in one
of them is a finding. In a number, "and" or "of" it is only shown, since scans misprint these."""

LIMITING = word_set("not no never nor neither only unless except without")
"""Words that turn what stands beside them into something else."""


def is_decisive(word: str) -> bool:
    """Whether a word, in small letters, is one of duty, permission, negation or limit."""
    return word in DECISIVE or word.endswith("n't")


def is_guarded(word: str) -> bool:
    """Whether a word, in small letters, decides what is demanded of whom: a modal word, a
    negation, a number, a word that joins or limits."""
    return word in GUARDED or word.endswith("n't") or any(each.isdigit() for each in word)


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word.translate(_PLAIN)).casefold()


class Words:
    """The words of one text, by number from 0.

    ``words`` are as they are compared; ``starts`` and ``ends`` are their offsets in ``text``.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._marks: list[str] = [""]
        """The marks before each word, and after the last one."""
        for found in _TOKEN.finditer(text):
            _, word, mark = found.groups()
            if word is not None:
                self.words.append(_folded(word))
                self.starts.append(found.start())
                self.ends.append(found.end())
                self._marks.append("")
            elif mark is not None and mark not in _QUOTATION_MARKS and mark not in _INVISIBLE:
                self._mark("-" if mark in _DASHES else mark)

    def _mark(self, mark: str) -> None:
        if len(self._marks[-1]) < _MOST_MARKS:
            self._marks[-1] += mark

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def _joined(self) -> str:
        return f" {' '.join(self.words)} "

    @cached_property
    def _joined_at(self) -> list[int]:
        at, found = 0, []
        for word in self.words:
            found.append(at)
            at += len(word) + 1
        return found

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """The numbers of the places of each word."""
        found: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            found.setdefault(word, []).append(at)
        return found

    def places(self, other: Words, most: int = 1000) -> list[int]:
        """Where the same words stand in the same order: the numbers of the first of them, in
        order, at most ``most``."""
        if not other.words:
            return []
        wanted = other._joined
        found: list[int] = []
        at = self._joined.find(wanted)
        while at >= 0 and len(found) < most:
            found.append(bisect_left(self._joined_at, at))
            at = self._joined.find(wanted, at + 1)
        return found

    def spelled(self, first: int, last: int) -> str:
        """The text from one word up to another, which is not included, on one line."""
        if first >= last:
            return ""
        return " ".join(self.text[self.starts[first] : self.ends[last - 1]].split())

    def marks(self, first: int, last: int) -> list[str]:
        """The marks between the words of a range."""
        return self._marks[first + 1 : last]

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The range of the words that stand wholly between two offsets."""
        first = bisect_left(self.starts, start)
        return first, max(first, bisect_right(self.ends, end))

    def sub(self, first: int, last: int) -> Words:
        """The words of a range as a text of their own."""
        return (
            Words(self.text[self.starts[first] : self.ends[last - 1]])
            if first < last
            else Words("")
        )


def chunks(length: int, size: int) -> Iterator[tuple[int, int]]:
    """Ranges of at most ``size`` that together are ``range(length)``."""
    for at in range(0, length, size):
        yield at, min(at + size, length)
