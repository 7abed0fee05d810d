"""The one place that imports lark: the compiled grammar and the tree it gives."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import cast

from lark import Lark, TextSlice, Token, Tree
from lark import __version__ as lark_version
from lark.exceptions import UnexpectedCharacters, UnexpectedToken
from lark.lark import PostLex
from lark.parsers.lalr_interactive_parser import InteractiveParser

from policy_dsl.source import Span
from policy_dsl.words import RESERVED

__all__ = ["Failure", "ParseTree", "Token", "Tree", "parse_declaration", "spelling"]

ParseTree = Tree[Token]

END = "$END"
"""The terminal that stands for the end of a declaration."""

_RESERVED_WORD = "RESERVED_WORD"


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Where lark stopped: the text it could not take and what it would have taken.

    ``span`` is empty at the end of a declaration. ``expected`` are names of terminals, with
    ``END`` where the declaration could have ended; ``after_name`` are those that it would have
    taken after one more name, and empty where it would have taken none.
    """

    span: Span
    expected: frozenset[str]
    after_name: frozenset[str]


def _cache_folder() -> Path | None:
    """The user's own cache folder for compiled grammars, or None where it is not safe.

    Compiled grammars are pickled, and a pickle that somebody else can write is code that
    somebody else can run: the folder must belong to the user and be writable by nobody else.
    """
    base = os.environ.get("XDG_CACHE_HOME", "")
    try:
        home = Path(base) if base.startswith("/") else Path.home() / ".cache"
        folder = home / "antinomy"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except (OSError, RuntimeError):
        return None
    mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    private = not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return folder if mine and private and os.access(folder, os.W_OK) else None


def _refuse_reserved(token: Token) -> Token:
    """A reserved word where a name should stand is an error at that very word."""
    if token in RESERVED and token != "none":
        return Token.new_borrow_pos(_RESERVED_WORD, str(token), token)
    return token


class _WholeWords(PostLex):
    """Lets the lexer see names everywhere. It would otherwise take the first letters of
    ``whenever`` for ``when`` where no name can stand."""

    always_accept = ("NAME",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The words as they are."""
        return stream


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = resources.files("policy_dsl").joinpath("grammar.lark").read_text("utf-8")
    folder = _cache_folder()
    key = hashlib.sha256((lark_version + grammar).encode()).hexdigest()[:16]
    return Lark(
        grammar,
        parser="lalr",
        propagate_positions=True,
        maybe_placeholders=True,
        postlex=_WholeWords(),
        lexer_callbacks={"NAME": _refuse_reserved},
        cache=str(folder / f"grammar-{key}.lark") if folder else False,
    )


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    return {
        each.name: str(each.pattern.value)
        for each in _parser().terminals
        if each.pattern.type == "str"
    }


def spelling(terminal: str) -> str | None:
    """The fixed text of a terminal (``when``, ``(``), or None for names, numbers and texts."""
    return _spellings().get(terminal)


def parse_declaration(text: str, span: Span) -> ParseTree | Failure:
    """Parse the one declaration that stands in a span of a text.

    Offsets in the tree count from the start of the whole text.
    """
    try:
        return _parser().parse(cast(str, TextSlice(text, span.start, span.end)))
    except UnexpectedToken as error:
        where = _where(text, span, error.token)
        parser = error.interactive_parser
    except UnexpectedCharacters as error:
        at = cast(int, error.pos_in_stream)
        where = Span(at, at + 1)
        parser = error.interactive_parser
    return _failure(where, parser)


def _where(text: str, span: Span, token: Token) -> Span:
    if token.type == END:
        end = span.start + len(text[span.start : span.end].rstrip())
        return Span(end, end)
    start = token.start_pos or 0
    return Span(start, start + len(token))


def _failure(span: Span, parser: InteractiveParser) -> Failure:
    expected = frozenset(_accepts(parser))
    after_name: frozenset[str] = frozenset()
    if "NAME" in expected:
        ahead = cast(InteractiveParser, parser.copy(deepcopy_values=False))  # type: ignore[no-untyped-call]
        ahead.parser_state.parse_conf = copy(ahead.parser_state.parse_conf)
        ahead.parser_state.parse_conf.callbacks = {}  # only the states count, not the tree
        ahead.feed_token(Token("NAME", "name"))
        after_name = frozenset(_accepts(ahead))
    return Failure(span=span, expected=expected, after_name=after_name)


def _accepts(parser: InteractiveParser) -> set[str]:
    return cast("set[str]", parser.accepts())  # type: ignore[no-untyped-call]
