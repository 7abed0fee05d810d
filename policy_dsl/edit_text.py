"""Changes to the text of one spec, by places. Nothing is looked up and nothing parsed here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policy_dsl.source import Span

_REST_OF_LINE = re.compile(r"[ \t\f]*(?:--[^\n]*)?(?=\n|\Z)")
_BLANKS = re.compile(r"[ \t\f]*")


@dataclass(frozen=True)
class Text:
    """A text with the places of its comments, in order. Every method gives the changed text."""

    text: str
    comments: Sequence[Span]

    def replaced(self, span: Span, new: str) -> str:
        """With other words at a place."""
        return self.text[: span.start] + new + self.text[span.end :]

    def line_after(self, at: int, line: str) -> str:
        """With a line behind the one on which ``at`` stands; on the same line, where more than a
        comment follows there."""
        rest = _REST_OF_LINE.match(self.text, at)
        if rest is None:
            return self.replaced(Span(at, at), f" {line.strip()} ")
        return self.replaced(Span(rest.end(), rest.end()), f"\n{line}")

    def indent_of(self, at: int) -> str:
        """The blanks before the first word of a line."""
        start = self._line_start(at)
        found = _BLANKS.match(self.text, start)
        return found.group() if found is not None else ""

    def without(self, span: Span) -> str:
        """Without what stands at a place inside a line; comments in it stay, on their own lines."""
        kept = self.kept(span)
        return self.replaced(span, f"\n{kept}\n" if kept else "")

    def without_lines(self, span: Span) -> str:
        """Without what stands at a place, and without its lines where nothing else stands on
        them; comments stay."""
        start, end = span.start, span.end
        kept = self.kept(span)
        first = self._line_start(start)
        alone = not self.text[first:start].strip()
        rest = _BLANKS.match(self.text, end)
        end = rest.end() if rest is not None else end
        ends_line = end == len(self.text) or self.text[end] == "\n"
        if alone and ends_line and not kept:
            return self.replaced(Span(first, min(end + 1, len(self.text))), "")
        return self.replaced(Span(start, end), kept)

    def without_item(self, items: Sequence[Span], index: int) -> str:
        """Without one of several things that are joined by words or commas, and without what
        joins it to its neighbour."""
        if index + 1 < len(items):
            gone = Span(self.outer(items[index]).start, self.outer(items[index + 1]).start)
        else:
            gone = Span(self.outer(items[index - 1]).end, self.outer(items[index]).end)
        return self.without(gone)

    def outer(self, span: Span) -> Span:
        """A place with the round brackets directly around it."""
        start, end = span.start, span.end
        while True:
            before = len(self.text[:start].rstrip()) - 1 if start else -1
            after = end + len(self.text[end:]) - len(self.text[end:].lstrip())
            closed = before >= 0 and after < len(self.text)
            if not closed or self.text[before] != "(" or self.text[after] != ")":
                return Span(start, end)
            start, end = before, after + 1

    def with_comments_above(self, span: Span) -> Span:
        """A place together with the lines above it on which nothing but a comment stands."""
        start = self._line_start(span.start)
        while start:
            above = self._line_start(start - 1)
            if not self.text[above:start].strip().startswith("--"):
                break
            start = above
        return Span(start, span.end)

    def kept(self, span: Span) -> str:
        """The comments at a place, each on a line."""
        indent = self.indent_of(span.start)
        inside = [c for c in self.comments if span.start <= c.start and c.end <= span.end]
        return f"\n{indent}".join(self.text[c.start : c.end].rstrip() for c in inside)

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1
