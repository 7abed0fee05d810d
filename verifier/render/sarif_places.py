"""Places as SARIF writes them: paths from the root of the project, regions with their text."""

from __future__ import annotations

import os
from collections.abc import Iterable
from urllib.parse import quote

from policy_dsl.source import Place, Source
from verifier.render import sarif_run_types as r
from verifier.render import sarif_types as t
from verifier.render.checkout import Checkout

_MOST_CONTEXT = 12
"""How many lines around a place are shown, at most."""

_MOST_LETTERS = 2_000
"""How long a piece of a file may be to be shown. A line can be as long as a whole file, and have
thousands of places."""


class Files:
    """The files that a document speaks of, in the order in which they come up."""

    def __init__(self, main: Iterable[str]) -> None:
        """``main`` are the files of the policies, as messages name them."""
        self._checkout = Checkout(main)
        self._index: dict[str, int] = {}

    @property
    def artifacts(self) -> list[r.ArtifactDict]:
        """All files that were located so far."""
        return [
            {
                "location": {"uri": uri, "uriBaseId": "%SRCROOT%", "index": index},
                "roles": ["analysisTarget"],
            }
            for uri, index in self._index.items()
        ]

    def path(self, name: str) -> str:
        """The path from the root, with forward slashes; the name itself where there is none."""
        return self._checkout.path(name)

    def located(self, name: str) -> t.ArtifactLocationDict:
        """A file by its name in messages."""
        uri = quote(os.fsencode(self.path(name)))
        index = self._index.setdefault(uri, len(self._index))
        return {"uri": uri, "uriBaseId": "%SRCROOT%", "index": index}

    def physical(self, place: Place) -> t.PhysicalLocationDict:
        """A place with its text and the lines of the declaration that it stands in."""
        found: t.PhysicalLocationDict = {
            "artifactLocation": self.located(place.source.name),
            "region": region(place),
        }
        context = _context(place)
        if context is not None:
            found["contextRegion"] = context
        return found


def region(place: Place) -> t.RegionDict:
    """Where a place begins and ends, with its text unless that is very long."""
    source, text = place.source, place.source.text
    start = min(place.span.start, len(text))
    end = min(max(place.span.end, start), len(text))
    return _between(source, start, end)


def _context(place: Place) -> t.RegionDict | None:
    """Whole lines from the one on which a place begins to the end of the declaration: the next
    empty line, or as many as are shown. It has to be more than the place itself: where that is all
    of it, the lines around are shown too; None where there are none, or too many letters in it."""
    source, text = place.source, place.source.text
    first = min(place.span.start, len(text))
    last = min(max(place.span.end, first), len(text))
    start, end = text.rfind("\n", 0, first) + 1, _line_end(text, last)
    while end < len(text) and text.count("\n", start, end) < _MOST_CONTEXT - 1:
        after = _line_end(text, end + 1)
        if not text[end + 1 : after].strip():
            break
        end = after
    if (start, end) == (first, last):
        start = text.rfind("\n", 0, max(start - 1, 0)) + 1
        end = _line_end(text, min(end + 1, len(text)))
    if (start, end) == (first, last) or end - start > _MOST_LETTERS:
        return None
    return _between(source, start, end)


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _between(source: Source, start: int, end: int) -> t.RegionDict:
    first, column = source.line_and_column(start)
    last, behind = source.line_and_column(end)
    found: t.RegionDict = {
        "startLine": first,
        "startColumn": column,
        "endLine": last,
        "endColumn": behind,
    }
    if end - start <= _MOST_LETTERS:
        found["snippet"] = {"text": source.text[start:end]}
    return found
