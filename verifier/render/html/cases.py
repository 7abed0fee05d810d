"""The cases of a block of findings side by side: a row for each fact, a column for each case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_dsl.case import defaults
from policy_dsl.model import PERIOD, SHOULD, Ambiguity, Policy
from policy_dsl.terms import subject, value_words
from verifier.render.sentences import fact_words, sentence_start
from verifier.witness import Witness

MANY_USUAL = 12
"""From this many facts on, those that play no part and are as usual are only counted."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A value in one case, and whether the finding rests on it."""

    text: str
    matters: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """One fact, or one open point of the text, in all the cases."""

    said: str
    cells: tuple[Cell, ...]

    @property
    def alike(self) -> bool:
        """Whether it is the same in several cases, and plays no part in any of them."""
        first = self.cells[0]
        return len(self.cells) > 1 and all(c == first and not c.matters for c in self.cells)


@dataclass(frozen=True, kw_only=True)
class CaseTable:
    """Full cases: the facts on which at least one finding rests, the other facts, readings.

    ``subject`` is what they are cases of. ``heads`` name the cases; a single case has no name.
    ``usual`` is how many more of the other facts there are: those that have their usual value in
    all the cases are left out where they are many.
    """

    subject: str
    heads: tuple[str, ...]
    telling: tuple[Row, ...]
    idle: tuple[Row, ...]
    usual: int
    readings: tuple[Row, ...]


def case_table(policy: Policy, cases: Sequence[tuple[str, Witness]]) -> CaseTable | None:
    """The full cases of some findings, each with the name of its column; None of none."""
    if not cases:
        return None
    left_out = [frozenset(case.left_out) for _, case in cases]
    normal = defaults(policy).facts
    telling: list[Row] = []
    idle: list[tuple[Row, bool]] = []
    for name, fact in policy.facts.items():
        cells = tuple(
            Cell(text=value_words(fact.type, case.case.facts[name]), matters=name not in left)
            for (_, case), left in zip(cases, left_out, strict=True)
        )
        row = Row(said=fact_words(fact), cells=cells)
        if any(each.matters for each in cells):
            telling.append(row)
        else:
            as_usual = all(case.case.facts[name] == normal[name] for _, case in cases)
            idle.append((row, as_usual))
    usual = sum(as_usual for _, as_usual in idle)
    if usual < MANY_USUAL:
        usual = 0
    return CaseTable(
        subject=sentence_start(subject(policy)),
        heads=tuple(name for name, _ in cases),
        telling=tuple(telling),
        idle=tuple(row for row, as_usual in idle if not (usual and as_usual)),
        usual=usual,
        readings=tuple(
            Row(
                said=_point(name),
                cells=tuple(
                    Cell(text=_chosen(each, case.case.readings[name]), matters=False)
                    for _, case in cases
                ),
            )
            for name, each in policy.ambiguities.items()
        ),
    )


def _point(name: str) -> str:
    return {SHOULD: "should", PERIOD: "time"}.get(name, name)


def _chosen(ambiguity: Ambiguity, reading: str) -> str:
    """A reading by its name; a period in words."""
    return ambiguity.text_of(reading) if ambiguity.name == PERIOD else reading
