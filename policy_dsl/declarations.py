"""The text of a whole declaration, from the place of its name."""

from __future__ import annotations

from dataclasses import dataclass, field

from policy_dsl import syntax as ast
from policy_dsl.parse import parse
from policy_dsl.source import Place, Source, Span


@dataclass
class Declarations:
    """The declarations of files. Each file is parsed once, when it is first asked for."""

    _trees: dict[Source, ast.File] = field(default_factory=dict)

    def text(self, place: Place) -> str:
        """The declaration that a place lies in, as it is written; or what stands at the place
        itself where it lies in none."""
        span = self._around(place)
        return place.source.text[span.start : span.end].strip()

    def _around(self, place: Place) -> Span:
        if place.source not in self._trees:
            self._trees[place.source] = parse(place.source)[0]
        spans = [
            each.span
            for each in self._trees[place.source].declarations
            if each.span.start <= place.span.start and place.span.end <= each.span.end
        ]
        return min(spans, key=lambda span: span.end - span.start, default=place.span)
