"""The shape of what is said about one case in JSON, version 1, as ``json_types`` for reports."""

from __future__ import annotations

from typing import Literal, TypedDict

from verifier.render.json_cases import CaseDict, FactValue
from verifier.render.json_types import PlaceDict, StrengthWord

SCHEMA = "antinomy-answer/1"
"""What the key ``schema`` says."""

ConstraintKind = Literal["duty", "decision", "incapacity"]
ModalityWord = Literal["must", "must not", "may", "need not", "should", "should not"]


class CompliableDict(TypedDict):
    """Whether all duties can be met: those of must strength, and those of either strength."""

    must: bool
    should: bool


class ConstraintDict(TypedDict):
    """One of a smallest number of things that cannot be kept together."""

    kind: ConstraintKind
    clause: str | None
    text: str
    place: PlaceDict


class SpeakerDict(TypedDict):
    """A clause in force that speaks of an action, and its word."""

    clause: str
    modality: ModalityWord


class ActionStateDict(TypedDict):
    """What the clauses in force say of an action; nothing at all where all four are not so."""

    action: str
    phrase: str
    obliged: StrengthWord | None
    forbidden: StrengthWord | None
    permitted: bool
    released: bool
    by: list[SpeakerDict]


class ValueDict(TypedDict):
    """A value that a clause sets."""

    value: FactValue
    clause: str


class OutputDict(TypedDict):
    """The values that an output is set to."""

    output: str
    values: list[ValueDict]


class DefeatDict(TypedDict):
    """A clause that defeats another one, and the declaration by which it does."""

    clause: str
    how: str
    place: PlaceDict


class ClauseDict(TypedDict):
    """How a clause stands in the case."""

    clause: str
    title: str
    applicable: bool
    in_force: bool
    defeated_by: list[DefeatDict]
    quotes: list[str]
    paraphrases: list[str]
    place: PlaceDict


class ChangeDict(TypedDict):
    """What one other reading of an ambiguity that the case left open would change."""

    ambiguity: str
    reading: str
    in_force_too: list[str]
    no_longer_in_force: list[str]
    other_strength: bool


class WhyDict(TypedDict):
    """A statement, whether it is so, and what makes it so or not."""

    text: str
    holds: bool
    children: list[WhyDict]


class AnswerDict(TypedDict):
    """The whole output of ``antinomy eval --format json``.

    ``filled`` are the facts and ambiguities that the case left open and that have a default.
    ``broken`` are the clauses in force whose duties are broken by what the case says is done.
    ``why`` has the reasons for all clauses in force, or for those that were asked for.
    """

    schema: str
    policy: str
    case: CaseDict
    filled: list[str]
    compliable: CompliableDict
    broken: list[str]
    conflict: list[ConstraintDict]
    actions: list[ActionStateDict]
    outputs: list[OutputDict]
    clauses: list[ClauseDict]
    other_readings: list[ChangeDict]
    why: list[WhyDict]
