"""The shape of differences in JSON, version 1. The published schema is made from these types.

A key is never taken away or given another meaning within one version; new ones may come.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from verifier.render.json_cases import CaseDict, ConditionDict, FactValue
from verifier.render.json_types import (
    DiagnosticDict,
    FindingDict,
    PlaceDict,
    ReadingSetDict,
    StrengthWord,
)

SCHEMA = "antinomy-difference/1"
"""What the key ``schema`` of differences says."""

KindWord = Literal[
    "became obliged",
    "became forbidden",
    "became permitted",
    "became released",
    "became silent",
    "stronger",
    "weaker",
    "newly contradictory",
    "newly consistent",
    "gap opened",
    "gap closed",
    "value changed",
]
DirectionWord = Literal["stricter", "looser", "both", "neither"]


class RulingDict(TypedDict):
    """Whether something may pass, and by which rules; none where it always may."""

    passes: bool
    by: list[str]


class StateDict(TypedDict):
    """What a version says about an action: the strongest duty and ban, and what it allows."""

    obliged: StrengthWord | None
    forbidden: StrengthWord | None
    permitted: bool
    released: bool


class SaidDict(TypedDict):
    """What a version says in the cases of a change, and by which clauses in force. ``state`` is of
    an action, ``values`` of an output, null of the other; ``text`` says it in words."""

    text: str
    state: StateDict | None
    values: list[FactValue] | None
    clauses: list[str]


class ChangeDict(TypedDict):
    """A group of cases whose outcome changed in one way. Every case that meets the ``conditions``
    shows it; ``old_case`` and ``new_case`` are one such case as each version has it. ``edits`` are
    positions in the list of edits, from 0. ``complete``: all groups of this kind are told."""

    kinds: list[KindWord]
    direction: DirectionWord
    subject: str
    subject_kind: Literal["action", "output", "decision"]
    phrase: str
    before: SaidDict
    after: SaidDict
    statements: list[str]
    conditions: list[ConditionDict]
    readings: ReadingSetDict
    old_case: CaseDict
    new_case: CaseDict
    edits: list[int]
    complete: bool
    ruling: RulingDict


class EditDict(TypedDict):
    """A declaration that is new, gone or says something else; null where it is not there."""

    kind: str
    name: str
    old_name: str | None
    before: str | None
    after: str | None
    old_quotes: list[str]
    new_quotes: list[str]
    wording_only: bool
    old_place: PlaceDict | None
    new_place: PlaceDict | None


class CasesDict(TypedDict):
    """A group of cases that only one version allows."""

    allowed_by: Literal["old", "new"]
    statements: list[str]
    readings: ReadingSetDict
    case: CaseDict
    ruling: RulingDict


class RenamedDict(TypedDict):
    """Two names that are taken to mean the same."""

    kind: str
    old: str
    new: str


class NewFindingDict(TypedDict):
    """A finding of the new version only."""

    finding: FindingDict
    ruling: RulingDict


class FindingsDict(TypedDict):
    """The findings of both versions. ``unchanged`` are fingerprints in the new version."""

    new: list[NewFindingDict]
    fixed: list[FindingDict]
    unchanged: list[str]


class ChangedDict(TypedDict):
    """A policy of which some file was changed. ``findings`` is null where none were looked for."""

    policy: str
    title: str
    path: str
    old_path: str
    verdict: Literal["equivalent", "stricter", "looser", "incomparable", "not settled"]
    text: str
    passes: bool
    changes: list[ChangeDict]
    cases: list[CasesDict]
    edits: list[EditDict]
    renamed: list[RenamedDict]
    unsure: list[str]
    unsettled: list[str]
    untold: list[str]
    findings: FindingsDict | None


class NewPolicyDict(TypedDict):
    """A policy that only the new version has."""

    policy: str
    title: str
    path: str
    ruling: RulingDict
    findings: list[NewFindingDict]


class RemovedPolicyDict(TypedDict):
    """A policy that only the old version has."""

    policy: str
    title: str
    path: str
    ruling: RulingDict


class UnreadDict(TypedDict):
    """A policy that cannot be read in a version, and why."""

    path: str
    version: str
    diagnostics: list[DiagnosticDict]


class DifferencesDict(TypedDict):
    """The whole output of ``antinomy diff --format json``. ``text`` says what came of it."""

    schema: str
    old: str
    new: str
    rules: list[str]
    text: str
    changed: list[ChangedDict]
    added: list[NewPolicyDict]
    removed: list[RemovedPolicyDict]
    untouched: list[str]
    failures: list[UnreadDict]
