"""The shape of a report in JSON, version 1. The published schema is made from these types.

A key is never taken away or given another meaning within one version; new ones may come.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from verifier.render.json_cases import WitnessDict
from verifier.render.json_exhibits import ControlRowDict, ExhibitDict, ProcessDict
from verifier.render.json_gate import GateDict, StatusWord
from verifier.render.json_gate import PlaceDict as PlaceDict
from verifier.render.json_gate import SeverityWord as SeverityWord
from verifier.render.json_margins import MarginDict
from verifier.render.json_repairs import FindingRepairsDict
from verifier.render.json_trace import DocumentTraceDict

SCHEMA = "antinomy-report/1"
"""What the key ``schema`` of a report says."""

StrengthWord = Literal["must", "should"]
StateWord = Literal["obliged", "forbidden", "permitted", "released", "silent"]


class RelatedPlaceDict(TypedDict):
    """A second place that helps to understand a diagnostic."""

    place: PlaceDict
    message: str


class DiagnosticDict(TypedDict):
    """An error in a policy's language, with its remedy."""

    code: str
    name: str
    message: str
    remedy: str
    place: PlaceDict
    related: list[RelatedPlaceDict]


class FailureDict(TypedDict):
    """A policy that could not be checked, and why."""

    file: str
    diagnostics: list[DiagnosticDict]


class DocumentDict(TypedDict):
    """A text that the policy transcribes. Dates are written YYYY-MM-DD."""

    name: str
    title: str
    authority: str | None
    issued: str | None
    effective: str | None
    until: str | None
    place: PlaceDict


class ReadingDict(TypedDict):
    """One way to read an ambiguity."""

    name: str
    text: str


class AmbiguityDict(TypedDict):
    """A point at which the wording can be read in more than one way; no place for "should"."""

    name: str
    question: str
    quote: str | None
    readings: list[ReadingDict]
    settled: str | None
    because: str | None
    place: PlaceDict | None


class PolicyDict(TypedDict):
    """What was checked. ``facts`` are the names of all facts, in the order of the policy."""

    name: str
    title: str
    file: str
    documents: list[DocumentDict]
    clauses: int
    actions: int
    facts: list[str]
    ambiguities: list[AmbiguityDict]


class CountsDict(TypedDict):
    """Findings by severity, whether they count or not, and what was not settled, which is counted
    apart."""

    error: int
    warning: int
    note: int
    unsettled: int


class SideDict(TypedDict):
    """A clause that takes part in a finding; ``role`` is its word, ``because`` why it applies."""

    clause: str
    title: str
    document: str | None
    role: str
    quotes: list[str]
    paraphrases: list[str]
    because: list[str]
    place: PlaceDict


class RelatedDict(TypedDict):
    """Another place that a finding rests on."""

    label: str
    place: PlaceDict


class ChoiceDict(TypedDict):
    """An ambiguity and the readings of it that will do."""

    ambiguity: str
    readings: list[str]


class ReadingSetDict(TypedDict):
    """The readings under which a finding stands.

    ``any_of`` lists alternatives, each of them choices that must all be met; one without a
    choice is met always. ``text`` says it in words.
    """

    always: bool
    text: str
    any_of: list[list[ChoiceDict]]


class FindingDict(TypedDict):
    """One finding. ``consequence`` says what follows from it, ``settles`` what would settle it and
    what would not; ``proof`` says what was proved, where no case can show the fault; ``exhibit``
    shows one that no single case can show. ``status`` is whether it counts: one that is waived or
    known from a baseline does not (``gate`` of the report says why)."""

    code: str
    name: str
    severity: SeverityWord
    status: StatusWord
    strength: StrengthWord | None
    title: str
    consequence: str
    fingerprint: str
    place: PlaceDict | None
    sides: list[SideDict]
    related: list[RelatedDict]
    readings: ReadingSetDict
    witness: WitnessDict | None
    exhibit: ExhibitDict | None
    explanation: list[str]
    settles: list[str]
    proof: str | None


class ProvedDict(TypedDict):
    """Of how many things a check asked, and for how many it found no fault: ``how`` says whether
    that was proved, for every case and reading, or the source text compared with the policy."""

    code: str
    name: str
    asked: int
    clean: int
    how: Literal["proved", "compared"]


class StateDict(TypedDict):
    """Whether a normative state of an action ever occurs; null: not settled."""

    state: StateWord
    occurs: bool | None
    strength: StrengthWord | None
    clauses: list[str]
    witness: WitnessDict | None


class ActionDict(TypedDict):
    """All states of one action."""

    action: str
    phrase: str
    states: list[StateDict]


class ReadingRowDict(TypedDict):
    """The fingerprints of the findings that stand, depend or fall if a reading is chosen."""

    ambiguity: str
    reading: str
    stand: list[str]
    depend: list[str]
    fall: list[str]


class PolicyReportDict(TypedDict):
    """Everything that is said about one policy."""

    policy: PolicyDict
    counts: CountsDict
    gate: GateDict
    findings: list[FindingDict]
    proved: list[ProvedDict]
    profile: list[ActionDict]
    readings: list[ReadingRowDict]
    questions: int
    traces: list[DocumentTraceDict]
    margins: list[MarginDict]
    processes: list[ProcessDict]
    control: list[ControlRowDict]
    repairs: list[FindingRepairsDict]


class ReportDict(TypedDict):
    """The whole output of ``antinomy check --format json``."""

    schema: str
    reports: list[PolicyReportDict]
    failures: list[FailureDict]
