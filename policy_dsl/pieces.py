"""The first cut through a file: its declarations, its comments, and texts that are not closed.

This needs no grammar: a declaration starts at a line that starts with one of the words that
start declarations, unless that line stands inside a text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from policy_dsl.source import Span
from policy_dsl.words import STARTERS

_LEXEMES = re.compile(
    rf'(?P<quote>")|(?P<comment>--[^\n]*)|(?P<start>^\ufeff?[^\S\n]*+(?P<word>{STARTERS}))',
    re.MULTILINE,
)
_MARKS = re.compile(r'(?<!\\)(\\*+)"')
_NAME = r"[A-Za-z_][\w.]*"
_CODE = re.compile(
    rf"[^\S\n]*(?:quote|paraphrase|because|per|otherwise|text|raw|use|reading\s+{_NAME}"
    rf"|(?:policy|vocabulary|clause|ambiguity|action|in\s+order)\s+{_NAME}|note\s+{_NAME}\s+[\w-]+"
    rf"|(?:fact|judgment|grant|choice|outside|output)\s+{_NAME}\s*:[^\n]*)[^\S\n]*"
)
"""What stands on a line before the opening mark of a text."""


@dataclass(frozen=True, kw_only=True)
class Unclosed:
    """A text that is not closed: from its mark to the end of the line.

    ``next_mark`` is the quotation mark that would close it but opens a later text, if any.
    """

    span: Span
    next_mark: Span | None


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """A file, cut up. Every text in ``declarations`` is closed, and one in ``broken`` is not."""

    declarations: tuple[Span, ...]
    broken: tuple[Span, ...]
    comments: tuple[Span, ...]
    unclosed: tuple[Unclosed, ...]
    lead: Span
    """What stands before the first declaration."""


def cut(text: str, span: Span | None = None) -> Pieces:
    """Cut a file, or the lines of a span in it, into its declarations.

    Takes time linear in the length of what is cut.
    """
    first, last = (0, len(text)) if span is None else (span.start, span.end)
    marks = _MARKS.finditer(text, first, last)
    closing = [found.end() - 1 for found in marks if len(found.group(1)) % 2 == 0]
    starts: list[int] = []
    broken: set[int] = set()
    comments: list[Span] = []
    unclosed: list[Unclosed] = []
    at = first
    while found := _LEXEMES.search(text, at, last):
        at = found.end()
        if found.group("start") is not None:
            starts.append(found.start("word"))
        elif found.group("comment") is not None:
            comments.append(Span(found.start(), found.end()))
        else:
            index = bisect_right(closing, found.start())
            mark = closing[index] if index < len(closing) else None
            if mark is not None and not _opens_another(text, found.start(), mark):
                at = mark + 1
                continue
            line_end = text.find("\n", at, last)
            at = last if line_end < 0 else line_end
            if len(starts) not in broken:  # one such message a declaration is enough
                broken.add(len(starts))
                later = None if mark is None else Span(mark, mark + 1)
                unclosed.append(Unclosed(span=Span(found.start(), at), next_mark=later))
    ends = [*starts[1:], last]
    pieces = [Span(start, end) for start, end in zip(starts, ends, strict=False)]
    return Pieces(
        declarations=tuple(each for n, each in enumerate(pieces, 1) if n not in broken),
        broken=tuple(each for n, each in enumerate(pieces, 1) if n in broken),
        comments=tuple(comments),
        unclosed=tuple(unclosed),
        lead=Span(first, starts[0] if starts else last),
    )


def _opens_another(text: str, opening: int, mark: int) -> bool:
    """Whether the mark that seems to close a text opens a later one, so that a mark is missing.

    A source quoted verbatim may hold lines that look like declarations, so what the text says
    cannot decide it; how the mark stands can: a closing mark follows a word and is followed by
    a blank, an opening mark follows a blank and is followed by a word.
    """
    if text.find("\n", opening, mark) < 0 or not text[mark - 1].isspace():
        return False
    after = text[mark + 1 : mark + 2]
    if after and not after.isspace() and after not in ',)-"':
        return True
    line = max(text.rfind("\n", 0, mark) + 1, mark - 300)
    return _CODE.fullmatch(text, line, mark) is not None
