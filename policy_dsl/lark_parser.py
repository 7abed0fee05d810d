"""The one place that imports lark: the compiled grammar and the tree it gives."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata, resources
from pathlib import Path
from typing import cast

from lark import Lark, TextSlice, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from policy_dsl.source import Span

__all__ = ["Failure", "ParseTree", "Token", "Tree", "parse_declaration", "words_of_the_language"]

ParseTree = Tree[Token]


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Where lark stopped: the text it could not take and what it would have taken.

    ``found`` is empty at the end of a declaration. ``expected`` are names of terminals.
    """

    span: Span
    found: str
    kind: str
    expected: frozenset[str]


def _cache_folder() -> Path | None:
    """The user's own cache folder for compiled grammars, or None where it is not safe.

    Compiled grammars are pickled, and a pickle that somebody else can write is code that
    somebody else can run: the folder must belong to the user and be writable by nobody else.
    """
    base = os.environ.get("XDG_CACHE_HOME", "")
    home = Path(base) if base.startswith("/") else Path.home() / ".cache"
    folder = home / "antinomy"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except (OSError, RuntimeError):
        return None
    mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    private = not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return folder if mine and private and os.access(folder, os.W_OK) else None


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = resources.files("policy_dsl").joinpath("grammar.lark").read_text("utf-8")
    folder = _cache_folder()
    key = hashlib.sha256((metadata.version("lark") + grammar).encode()).hexdigest()[:16]
    return Lark(
        grammar,
        parser="lalr",
        propagate_positions=True,
        maybe_placeholders=True,
        cache=str(folder / f"grammar-{key}.lark") if folder else False,
    )


@lru_cache(maxsize=1)
def words_of_the_language() -> frozenset[str]:
    """Every fixed word of the grammar that looks like a name."""
    return frozenset(
        str(terminal.pattern.value)
        for terminal in _parser().terminals
        if terminal.pattern.type == "str" and str(terminal.pattern.value).isidentifier()
    )


def spelling(terminal: str) -> str | None:
    """The fixed text of a terminal (``when``, ``(``), or None for names, numbers and texts."""
    for each in _parser().terminals:
        if each.name == terminal and each.pattern.type == "str":
            return str(each.pattern.value)
    return None


def parse_declaration(text: str, span: Span) -> ParseTree | Failure:
    """Parse the one declaration that stands in a span of a text.

    Offsets in the tree count from the start of the whole text.
    """
    try:
        tree = _parser().parse(cast(str, TextSlice(text, span.start, span.end)))
    except UnexpectedToken as error:
        if error.token.type == "$END":
            end = len(text[span.start : span.end].rstrip()) + span.start
            return Failure(
                span=Span(max(span.start, end - 1), end),
                found="",
                kind="$END",
                expected=frozenset(error.accepts or error.expected),
            )
        start = error.token.start_pos or 0
        return Failure(
            span=Span(start, error.token.end_pos or start + 1),
            found=str(error.token),
            kind=error.token.type,
            expected=frozenset(error.accepts or error.expected),
        )
    except UnexpectedCharacters as error:
        at = error.pos_in_stream
        return Failure(
            span=Span(at, at + 1),
            found=text[at],
            kind="",
            expected=frozenset(error.allowed or ()),
        )
    return tree
