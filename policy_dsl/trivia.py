"""What a syntax tree leaves out: the author's comments, blank lines and spellings.

The formatter never moves, adds or drops a word, so the n-th word of what it writes is the n-th
word of the source. That is how a comment finds its place again. Round brackets do not count:
the formatter may add and remove them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from policy_dsl import syntax as ast
from policy_dsl.build import unquote
from policy_dsl.source import Source, Span

_WORD = re.compile(
    r'(?P<comment>--[^\n]*)|(?P<word>"[^"\\]*+(?:\\.[^"\\]*+)*+"|[A-Za-z_]\w*(?:\.\w+)*|[0-9]+(?:\.[0-9]+)?|[^\s\ufeff])',
    re.DOTALL,
)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Word:
    """A name, number, text or sign of a spec."""

    text: str
    start: int
    end: int

    @property
    def meaning(self) -> str:
        """What counts about it: the value of a text or number, or else how it is written."""
        if self.text.startswith('"'):
            return '"' + unquote(self.text)
        return self.text.lstrip("0") or "0" if self.text.isdecimal() else self.text


def words_of(text: str, brackets: bool = False) -> tuple[Word, ...]:
    """The words of a spec, without comments, and without round brackets unless asked for."""
    return tuple(
        Word(found.group(), found.start(), found.end())
        for found in _WORD.finditer(text)
        if found["word"] and (brackets or found.group() not in ("(", ")"))
    )


@dataclass(kw_only=True)
class Remark:
    """A comment and what it belongs to.

    A ``trailing`` one stands at the end of the line of the word ``at``; one that is ``above``
    stands on a line of its own above the word ``at``; one that is ``below`` stands on a line of
    its own below a declaration that ends with the word ``at``. ``more`` are the lines that go on
    with a trailing comment, in the same column.
    """

    where: Literal["trailing", "above", "below"]
    at: int
    text: str
    blank_before: bool
    more: list[str] = field(default_factory=list)


class Trivia:
    """The comments, blank lines and spellings of one source."""

    def __init__(self, source: Source, tree: ast.File) -> None:
        self._text = source.text
        written = words_of(source.text, brackets=True)
        self.words = tuple(each for each in written if each.text not in ("(", ")"))
        self._closing = [each.start for each in written if each.text == ")"]
        self._starts = [each.start for each in self.words]
        self._ends = [each.end for each in self.words]
        self._comments = [each.span for each in tree.comments if each.span.start < each.span.end]
        self._first_words = [
            bisect_left(self._starts, each.span.start) for each in tree.declarations
        ]
        # What a blank line may come after: words and comments, by where they end.
        self._things = sorted([*self._ends, *(each.end for each in self._comments)])

    def words_in(self, span: Span) -> list[str]:
        """The words that a node was written with; none for a node that has no source."""
        start, end = bisect_left(self._starts, span.start), bisect_right(self._ends, span.end)
        return [each.text for each in self.words[start:end]]

    def blank_before(self, span: Span) -> bool:
        """Whether the author left a blank line before what stands at a span."""
        if span.end > len(self._text) or span.start >= span.end:
            return False
        index = bisect_right(self._things, span.start) - 1
        before = self._things[index] if index >= 0 else 0
        return _BLANK_LINE.search(self._text, before, span.start) is not None

    def breaks_after(self, span: Span) -> bool:
        """Whether a comment stands between the last word of a node, with the comma or "<" of a
        list behind it, and the next word, so that the author broke the line there."""
        if not self.remarks or span.start >= span.end:
            return False
        last = bisect_right(self._ends, span.end) - 1
        if last + 1 < len(self.words) and self.words[last + 1].text in (",", "<"):
            last += 1
        return last in self._broken_after

    @cached_property
    def _broken_after(self) -> frozenset[int]:
        after = {each.at for each in self.remarks if each.where == "trailing"}
        return frozenset(after | {each.at - 1 for each in self.remarks if each.where == "above"})

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """The comments, each with what it belongs to, in order."""
        found: list[Remark] = []
        previous: tuple[int, int] | None = None  # line and column of a trailing comment
        for span in self._comments:
            line_start = self._text.rfind("\n", 0, span.start) + 1
            column = span.start - line_start
            number = self._line_of(span.start)
            text = _comment(self._text[span.start : span.end])
            blank = self.blank_before(span)
            own_line = not self._text[line_start : span.start].strip().strip("\ufeff")
            if own_line and previous == (number - 1, column):
                found[-1].more.append(text)
            else:
                where, at = self._place(span, column, own_line, found)
                found.append(Remark(where=where, at=at, text=text, blank_before=blank))
            trails = not own_line or previous == (number - 1, column)
            previous = (number, column) if trails else None
        return tuple(found)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self._text))]

    def _line_of(self, offset: int) -> int:
        return bisect_right(self._line_starts, offset)

    def _place(
        self, span: Span, column: int, own_line: bool, before: list[Remark]
    ) -> tuple[Literal["trailing", "above", "below"], int]:
        following = bisect_left(self._starts, span.end)
        if not own_line:
            # Behind a bracket that stands alone below another comment: it must stay below that.
            last = before[-1] if before else None
            if last is not None and last.where == "above" and last.at == following:
                return "above", following
            return "trailing", following - 1
        if self._closes_bracket(span.end, following):
            return "above", following - 1
        if self._is_below(span, column, following, before):
            return "below", following - 1
        return "above", following

    def _closes_bracket(self, offset: int, following: int) -> bool:
        """Whether a closing bracket stands between a place and the word that follows it."""
        index = bisect_left(self._closing, offset)
        end = self._starts[following] if following < len(self._starts) else len(self._text)
        return index < len(self._closing) and self._closing[index] < end

    def _is_below(self, span: Span, column: int, following: int, before: list[Remark]) -> bool:
        """Whether a comment between two declarations belongs to the upper one: it is indented
        more than either, and no blank line parts it from the upper one."""
        index = bisect_right(self._first_words, following - 1) - 1
        ends = following == len(self.words) or (
            index + 1 < len(self._first_words) and self._first_words[index + 1] == following
        )
        if index < 0 or not ends or self.blank_before(span):
            return False
        if (
            self.words[self._first_words[index]].text == "in"
        ):  # 'in order': all that follows is in it
            return False
        last = before[-1] if before else None
        if last is not None and last.where == "above" and last.at == following:
            return False
        upper = self._column(self._first_words[index])
        lower = self._column(following) if following < len(self.words) else 0
        return column > max(upper, lower)

    def _column(self, word: int) -> int:
        start = self._starts[word]
        return start - (self._text.rfind("\n", 0, start) + 1)


def _comment(raw: str) -> str:
    body = raw[2:].rstrip()
    return f"--{'' if not body or body[0].isspace() or body[0] == '-' else ' '}{body}"
