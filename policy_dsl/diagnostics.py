"""What is wrong with a spec: one type for every message, and how it is printed with its place."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from policy_dsl.source import Place

Code = Literal[
    "L01", "L02", "L03", "L04", "L05", "L06", "L07", "L08", "L09", "L10", "L11", "L12", "L13"
]

CODES: dict[Code, str] = {
    "L01": "syntax",
    "L02": "mixed-and-or",
    "L03": "unknown-name",
    "L04": "declared-twice",
    "L05": "wrong-type",
    "L06": "reserved-word",
    "L07": "file-not-usable",
    "L08": "incomplete-declaration",
    "L09": "circular-reference",
    "L10": "readings-do-not-divide",
    "L11": "text-not-closed",
    "L12": "out-of-range",
    "L13": "too-large",
}
"""The codes of language errors and their short names."""


@dataclass(frozen=True, kw_only=True)
class Related:
    """A second place that helps to understand a message."""

    place: Place
    message: str


@dataclass(frozen=True, kw_only=True)
class Diagnostic:
    """One error in a spec: its code, its place, what is wrong, and how to mend it."""

    code: Code
    place: Place
    message: str
    remedy: str
    related: tuple[Related, ...] = ()

    @property
    def sort_key(self) -> tuple[str, int, str, str]:
        """Orders messages by file, then place, then code."""
        return (self.place.source.name, self.place.span.start, self.code, self.message)


class SpecError(Exception):
    """The spec is wrong; carries every diagnostic found, in order."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(set(diagnostics), key=lambda each: each.sort_key))
        super().__init__(f"{len(self.diagnostics)} error(s) in the spec")


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """The known name nearest to a misspelt one, if one is near enough."""
    name = name[:80]
    # Names of very different lengths are never near, and there may be thousands of them.
    most = max(2, len(name) // 2)
    candidates = sorted({each for each in known if abs(len(each) - len(name)) <= most})
    folded = {each.lower(): each for each in reversed(candidates)}
    if name.lower() in folded and folded[name.lower()] != name:
        return folded[name.lower()]
    close = difflib.get_close_matches(name, candidates, n=1, cutoff=0.65)
    return close[0] if close else None


def printable(text: str) -> str:
    """The text with control characters shown as escapes, so that it cannot steer a terminal."""
    return "".join(
        each if each == "\t" or each.isprintable() else each.encode("unicode_escape").decode()
        for each in text
    )


_WIDEST = 100


def _columns(text: str) -> int:
    """How many columns a text takes in a terminal."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1
        for each in text
    )


def _excerpt(place: Place) -> list[str]:
    """The source line of a place with carets below the span; long lines are cut around it."""
    text = place.source.text
    number, column = place.source.line_and_column(place.span.start)
    at = min(place.span.start, len(text))
    line_start, found = at - column + 1, text.find("\n", at)
    line_end = found if found >= 0 else len(text)
    long = line_end - line_start > _WIDEST
    first = max(line_start, at - _WIDEST // 2) if long else line_start
    last = min(line_end, first + _WIDEST)
    end = max(at, min(place.span.end, last))
    before, marked, after = (
        printable(each.replace("\t", " "))
        for each in (text[first:at], text[at:end], text[end:last].rstrip("\r"))
    )
    lead, tail = "..." if first > line_start else "", "..." if last < line_end else ""
    return [
        f"{number} | {lead}{before}{marked}{after}{tail}".rstrip(),
        f"{' ' * len(str(number))} | {' ' * _columns(lead + before)}"
        f"{'^' * max(1, _columns(marked.rstrip()))}",
    ]


def render(diagnostic: Diagnostic) -> str:
    """A diagnostic as lines of plain text, for a terminal of any width."""
    place = diagnostic.place
    lines = [
        f"{printable(str(place))}: {diagnostic.code} {CODES[diagnostic.code]}: "
        f"{printable(diagnostic.message)}"
    ]
    lines += [f"  {each}" for each in _excerpt(place)]
    for related in diagnostic.related:
        lines.append(f"  {printable(str(related.place))}: {printable(related.message)}")
        lines += [f"  {each}" for each in _excerpt(related.place)]
    lines.append(f"  help: {printable(diagnostic.remedy)}")
    return "\n".join(lines)
