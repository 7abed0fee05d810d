"""The cases of a block of findings side by side: a row for each fact, a column for each case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_dsl.model import SHOULD, Policy
from policy_dsl.terms import subject, value_words
from verifier.render.sentences import fact_words, sentence_start
from verifier.witness import Witness


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


@dataclass(frozen=True, kw_only=True)
class CaseTable:
    """Full cases: the facts on which at least one finding rests, the other facts, readings.

    ``subject`` is what they are cases of. ``heads`` name the cases; a single case has no name.
    """

    subject: str
    heads: tuple[str, ...]
    telling: tuple[Row, ...]
    idle: tuple[Row, ...]
    readings: tuple[Row, ...]


def case_table(policy: Policy, cases: Sequence[tuple[str, Witness]]) -> CaseTable | None:
    """The full cases of some findings, each with the name of its column; None of none."""
    if not cases:
        return None
    left_out = [frozenset(case.left_out) for _, case in cases]
    telling: list[Row] = []
    idle: list[Row] = []
    for name, fact in policy.facts.items():
        cells = tuple(
            Cell(text=value_words(fact.type, case.case.facts[name]), matters=name not in left)
            for (_, case), left in zip(cases, left_out, strict=True)
        )
        row = Row(said=fact_words(fact), cells=cells)
        (telling if any(each.matters for each in cells) else idle).append(row)
    return CaseTable(
        subject=sentence_start(subject(policy)),
        heads=tuple(name for name, _ in cases),
        telling=tuple(telling),
        idle=tuple(idle),
        readings=tuple(
            Row(
                said="should" if name == SHOULD else name,
                cells=tuple(
                    Cell(text=case.case.readings[name], matters=False) for _, case in cases
                ),
            )
            for name in policy.ambiguities
        ),
    )
