"""Literate specs: Markdown whose fenced ``policy`` blocks are the code, whose block quotes are the
memo's words, and whose other text is commentary.

Offsets are those of the Markdown text itself, so every message points to the author's own line.
What counts as a fence or a block quote is CommonMark's to say, as markdown-it reads it; lists are
not told apart from other text, since their numbers are words of the memo.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from policy_dsl import syntax as ast
from policy_dsl.source import Source, Span

LANGUAGE = "policy"
"""The word behind the opening marks of a block that is code."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_OPENS = re.compile(
    r"(?:^|(?<=\ufeff))(?:[ \t>]|[-*+][ \t]|[0-9]{1,9}[.)][ \t])*+(?P<marks>```+|~~~+)[ \t]*+"
    r"[{.]{0,2}policy(?=[\s{}:,]|\Z)[^`\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""A line by which somebody means to open a block of code, wherever it stands."""

_MARKS = re.compile(r"^[ \t>]+", re.MULTILINE)
"""What marks a line as one of a block quote."""

_NOT_LINE_END = re.compile(r"[^\r\n]")

_MOST_NESTED = 15
"""How deep block quotes may stand in each other."""

_MOST_ALIKE = 20
"""How many errors of one kind are reported one by one."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with the Markdown around the code: where, what, and how to mend it."""

    code: Literal["L01", "L13"]
    span: Span
    message: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class Block:
    """A fenced block of code.

    ``code`` are whole lines, without those of the fence. ``quote`` is the block quote directly
    above, with nothing but blank lines between.
    """

    code: Span
    quote: ast.Quote | None


@dataclass(frozen=True, kw_only=True)
class Literate:
    """What a Markdown text is made of. ``quotes`` are all its block quotes, also those that stand
    above no block."""

    blocks: tuple[Block, ...]
    quotes: tuple[ast.Quote, ...]
    faults: tuple[Fault, ...]


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    """CommonMark without what takes words out of a text or puts others in their place."""
    found = MarkdownIt("commonmark")
    return found.disable(["list", "reference", "link", "image", "autolink", "entity"])


def read_markdown(source: Source) -> Literate:
    """Find the blocks and the block quotes of a literate spec, and every fault in its Markdown."""
    return _Reader(source).read()


def attach(
    declarations: Sequence[ast.Declaration], blocks: Sequence[Block]
) -> tuple[list[ast.Declaration], list[ast.Ambiguity]]:
    """Give the block quote above each block to the block's first clause, note or ambiguity.

    ``declarations`` are in the order of their places. Quotes of the declaration itself come after.
    Also returns the ambiguities that have a quote of their own beside it, of which they take one.
    """
    starts = [each.span.start for each in declarations]
    result = list(declarations)
    doubled: list[ast.Ambiguity] = []
    for block in blocks:
        if block.quote is None:
            continue
        within = range(bisect_left(starts, block.code.start), bisect_left(starts, block.code.end))
        for index in within:
            match result[index]:
                case ast.Clause() as clause:
                    result[index] = replace(clause, parts=(block.quote, *clause.parts))
                case ast.Note() as note:
                    result[index] = replace(note, quotes=(block.quote, *note.quotes))
                case ast.Ambiguity(quote=None) as ambiguity:
                    result[index] = replace(ambiguity, quote=block.quote)
                case ast.Ambiguity() as ambiguity:
                    doubled.append(ambiguity)
                case _:
                    continue
            break
    return result, doubled


def quoted_text(source: Source) -> Source | None:
    """The block quotes of a literate spec and nothing else: the memo, where no other text of it
    is kept. None where there are none. Every word keeps its offset, so its place is the one in the
    spec itself.
    """
    quotes = read_markdown(source).quotes
    parts: list[str] = []
    done = 0
    for each in quotes:
        start, end = each.span.start, each.span.end
        parts.append(_NOT_LINE_END.sub(" ", source.text[done:start]))
        parts.append(_MARKS.sub(lambda found: " " * len(found[0]), source.text[start:end]))
        done = end
    parts.append(_NOT_LINE_END.sub(" ", source.text[done:]))
    return Source(source.name, "".join(parts)) if quotes else None


class _Reader:
    """Reads one text; takes time linear in its length."""

    def __init__(self, source: Source) -> None:
        self._text = source.text
        # The mark of the encoding at the start of a file is no part of its first line.
        self._first = 1 if self._text.startswith("\ufeff") else 0
        ends = [found.end() for found in _LINE_END.finditer(self._text)]
        self._starts = [self._first, *ends]
        self._faults: list[Fault] = []
        self._inside: list[Span] = []  # where such a line opens nothing, as it is meant to be

    def read(self) -> Literate:
        blocks: list[Block] = []
        quotes: list[ast.Quote] = []
        tokens = _markdown().parse(self._text[self._first :])
        outer = [n for n, each in enumerate(tokens) if each.level == 0 and each.map is not None]
        for index, number in enumerate(outer):
            token = tokens[number]
            match token.type:
                case "blockquote_open":
                    end = outer[index + 1] if index + 1 < len(outer) else len(tokens)
                    quote = self._quote(token, tokens[number + 1 : end])
                    quotes += [quote] if quote.text.text else []
                case "fence":
                    block = self._fence(token, quotes)
                    if block is not None:
                        blocks.append(block)
                case "html_block":
                    comment = token.content.lstrip().startswith("<!--")
                    if comment and "-->" in token.content:
                        self._inside.append(self._lines(token))
        self._unread()
        if not blocks and not self._faults:
            self._fault(
                Span(self._first, self._line_end(0)),
                "This file has no block of code.",
                f"Put the declarations between a line ```{LANGUAGE} and a line ```. A file that "
                "is code as a whole has a name that ends in .policy.",
            )
        faults = sorted(self._faults, key=lambda each: each.span.start)
        return Literate(blocks=tuple(blocks), quotes=tuple(quotes), faults=tuple(faults))

    # --- places ---------------------------------------------------------------------------

    def _start(self, line: int) -> int:
        return self._starts[line] if line < len(self._starts) else len(self._text)

    def _line_end(self, line: int) -> int:
        """Where the words of a line end."""
        start = self._start(line)
        return start + len(self._text[start : self._start(line + 1)].rstrip())

    def _lines(self, token: Token) -> Span:
        assert token.map is not None
        return Span(self._start(token.map[0]), self._start(token.map[1]))

    def _fault(
        self, span: Span, message: str, remedy: str, code: Literal["L01", "L13"] = "L01"
    ) -> None:
        self._faults.append(Fault(code=code, span=span, message=message, remedy=remedy))

    # --- block quotes ---------------------------------------------------------------------

    def _quote(self, token: Token, inner: Sequence[Token]) -> ast.Quote:
        lines = self._lines(token)
        text = self._text[lines.start : lines.end]
        blank = len(text) - len(text.lstrip(" \t"))
        span = Span(lines.start + blank, lines.start + len(text.rstrip(" \t\r\n")))
        deep = (each for each in inner if each.level >= _MOST_NESTED)
        if any(each.type == "blockquote_open" for each in deep):
            self._fault(
                span,
                "Too many block quotes stand in each other here.",
                f"Block quotes can be read down to {_MOST_NESTED} levels.",
                "L13",
            )
        words = " ".join(_words(inner).split())
        return ast.Quote(text=ast.Text(text=words, span=span), span=span)

    # --- fences ---------------------------------------------------------------------------

    def _fence(self, token: Token, quotes: Sequence[ast.Quote]) -> Block | None:
        """The block of a fence, or None where it is none or opened wrongly."""
        assert token.map is not None
        first, after = token.map
        lines = self._lines(token)
        opening = Span(lines.start, self._line_end(first))
        closing = rf" {{0,3}}{re.escape(token.markup[0])}{{{len(token.markup)},}}"
        last = self._text[self._start(after - 1) : self._line_end(after - 1)]
        if after - first < 2 or not re.fullmatch(closing, last):
            self._inside.append(lines)
            self._fault(
                opening,
                "This block is opened here and never closed.",
                f"Close it with a line {token.markup} below its last line.",
            )
            return None
        code = Span(self._start(first + 1), self._start(after - 1))
        at_margin = self._text.startswith(token.markup, lines.start)
        if token.info.split()[:1] != [LANGUAGE] or not at_margin:
            self._inside.append(code)
            return None
        self._inside.append(lines)
        above = quotes[-1] if quotes else None
        if above is not None and self._text[above.span.end : lines.start].strip():
            above = None
        return Block(code=code, quote=above)

    def _unread(self) -> None:
        """Report what looks like the opening of a block and is not read as one: what an author
        takes for code must be code."""
        inside = sorted(self._inside)
        starts = [each.start for each in inside]
        told = 0
        for found in _OPENS.finditer(self._text, self._first):
            index = bisect_left(starts, found.start() + 1) - 1
            covered = index >= 0 and found.start() < inside[index].end
            if covered or told == _MOST_ALIKE:
                continue
            told += 1
            marks = found["marks"]
            span = Span(found.start("marks"), found.start() + len(found.group().rstrip()))
            if found.start("marks") > found.start():
                message = "This block is not read: it does not begin at the start of a line."
                remedy = (
                    f"Put {marks}{LANGUAGE} at the start of a line, outside of quotes and lists."
                )
            elif self._text[found.end("marks") : span.end].split()[0] != LANGUAGE:
                message = f"This block is not read: the word behind {marks} is not '{LANGUAGE}'."
                remedy = f"Write: {marks}{LANGUAGE}"
            else:
                message = "This block is not read: it stands inside of HTML."
                remedy = "Leave a blank line above it, and close any comment that is open there."
            self._fault(span, message, remedy)


def _words(tokens: Sequence[Token]) -> str:
    """The words of a block quote as Markdown shows them."""
    parts: list[str] = []
    for token in tokens:
        match token.type:
            case "inline":
                children: list[Token] = []
                _markdown().inline.parse(token.content, _markdown(), {}, children)
                parts += map(_shown, children)
                parts.append(" ")
            case "fence" | "code_block":
                parts.append(f"{token.content} ")
            case "html_block":
                parts.append("" if token.content.startswith("<!--") else f"{token.content} ")
    return "".join(parts)


def _shown(token: Token) -> str:
    match token.type:
        case "softbreak" | "hardbreak":
            return " "
        case "html_inline":
            return " " if token.content.startswith("<br") else ""
        case _:
            return token.content
