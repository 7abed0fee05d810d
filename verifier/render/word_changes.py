"""Which words of a text were changed: the old and the new text as one, with what is gone and what
is new marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

Mark: TypeAlias = Literal["same", "gone", "new"]

Piece: TypeAlias = tuple[Mark, str]

MOST_WORDS = 4000
"""Of how many words at most single ones are compared; beyond, the whole is gone and new."""

_WORD = re.compile(r"\n[ \t]*|[ \t]+|\w+|[^\w\s]|.", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """One line of both texts together. ``indent`` is how far in it stands."""

    indent: int
    pieces: tuple[Piece, ...]

    @property
    def whole(self) -> Mark | None:
        """What all of it is: gone, new or the same; None where it is mixed."""
        marks = {mark for mark, _ in self.pieces}
        return next(iter(marks)) if len(marks) == 1 else None

    @property
    def changed(self) -> bool:
        """Whether something in it is gone or new."""
        return any(mark != "same" for mark, _ in self.pieces)


def marked(old: str | None, new: str | None) -> list[Line]:
    """The lines of a text with what is gone and what is new in them; None is no text."""
    return list(_lines(_pieces(old or "", new or "")))


def _pieces(old: str, new: str) -> list[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if not old or not new or len(before) + len(after) > 2 * MOST_WORDS:
        whole: list[Piece] = [("gone", old), ("new", new)]
        return [each for each in whole if each[1]]
    found: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        gone, fresh = "".join(before[i:j]), "".join(after[k:m])
        if tag == "equal":
            found.append(("same", gone))
        else:
            found += [("gone", gone)] if gone else []
            found += [("new", fresh)] if fresh else []
    return _together(found)


def _together(pieces: list[Piece]) -> list[Piece]:
    """The pieces with changes put together that only a blank keeps apart."""
    runs: list[list[str]] = [["", "", ""]]  # what is the same, then what is gone and new after it
    for mark, text in pieces:
        run = runs[-1]
        if mark == "same":
            if text.isspace() and "\n" not in text and (run[1] or run[2]):
                run[1] += text
                run[2] += text
            else:
                runs.append([text, "", ""])
        else:
            run[1 if mark == "gone" else 2] += text
    found: list[Piece] = []
    for same, gone, new in runs:
        ended = re.search(r"[ \t]+$", gone) if gone[-1:] == new[-1:] == " " else None
        tail = ended[0] if ended else ""
        gone, new = gone.removesuffix(tail), new.removesuffix(tail)
        marks: tuple[tuple[Mark, str], ...] = (
            ("same", same),
            ("gone", gone),
            ("new", new),
            ("same", tail),
        )
        found += [(mark, text) for mark, text in marks if text]
    return found


def _lines(pieces: list[Piece]) -> Iterator[Line]:
    line: list[Piece] = []
    for mark, text in pieces:
        first, *rest = text.split("\n")
        line += [(mark, first)] if first else []
        for each in rest:
            yield _line(line)
            line = [(mark, each)] if each else []
    if line:
        yield _line(line)


def _line(pieces: list[Piece]) -> Line:
    """A line without the blanks before it."""
    indent = 0
    kept: list[Piece] = []
    for mark, text in pieces:
        if not kept:
            bare = text.lstrip(" \t")
            indent = max(indent, len(text) - len(bare))
            text = bare
        if text:
            kept.append((mark, text))
    return Line(indent, tuple(kept))
