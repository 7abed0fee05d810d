"""Where the keys of a TOML text stand. The parser of the standard library does not say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

Path = tuple[str | int, ...]
"""A way to a value: names of tables and keys, and positions in lists from 0."""

_SKIPPED = re.compile(
    r'#[^\n]*|"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[\[\]{}\n]',
    re.DOTALL,
)
_KEY = re.compile(
    r"[ \t]*+((?:\"(?:\\.|[^\"\\\n])*+\"|'[^'\n]*+'|[\w-]++|[ \t]*+\.[ \t]*+)++)[ \t]*+="
)
_TABLE = re.compile(r"[ \t]*(\[\[?)([^\n\]]*)\]")


def key_places(text: str) -> Mapping[Path, int]:
    """The offset of every key and table header of a text that ``tomllib`` reads.

    What stands inside a value in braces or brackets has no offset of its own: ``offset_of`` gives
    that of what it stands in.
    """
    found: dict[Path, int] = {}
    tables: Path = ()
    counts: dict[Path, int] = {}
    for start in _line_starts(text):
        header = _TABLE.match(text, start)
        if header is not None:
            tables = _under(counts, _names(header[2]))
            if header[1] == "[[":
                counts[tables] = counts.get(tables, -1) + 1
                tables = (*tables, counts[tables])
            found.setdefault(tables, header.start(1))
            continue
        key = _KEY.match(text, start)
        if key is not None:
            found.setdefault((*tables, *_names(key[1])), key.start(1))
    return found


def offset_of(places: Mapping[Path, int], path: Path) -> int:
    """The offset of a way, or of the nearest thing around it that has one."""
    return next((places[path[:n]] for n in range(len(path), 0, -1) if path[:n] in places), 0)


def _line_starts(text: str) -> list[int]:
    """Where lines begin that are in no string and in no brackets of a value."""
    starts = [0]
    depth = 0
    for token in _SKIPPED.finditer(text):
        if token[0] in ("[", "{"):
            depth += 1
        elif token[0] in ("]", "}"):
            depth -= 1
        elif token[0] == "\n" and depth <= 0:
            depth = 0
            starts.append(token.end())
    return starts


def _names(key: str) -> tuple[str, ...]:
    """A dotted key as TOML reads it."""
    try:
        data: object = tomllib.loads(f"{key} = 0")
    except (ValueError, RecursionError):
        return ()
    names = []
    while isinstance(data, dict):
        ((name, data),) = data.items()
        names.append(name)
    return tuple(names)


def _under(counts: Mapping[Path, int], names: tuple[str, ...]) -> Path:
    """A table's way: below a list of tables it is in the last of them."""
    path: Path = ()
    for at, name in enumerate(names):
        path = (*path, name)
        if path in counts and at + 1 < len(names):
            path = (*path, counts[path])
    return path
