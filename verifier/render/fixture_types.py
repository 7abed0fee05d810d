"""The shape of fixtures in JSON, version 1, as ``json_types`` for reports."""

from __future__ import annotations

from typing import Literal, TypedDict

from verifier.render.case_types import CompliableDict, ValueDict
from verifier.render.json_cases import CaseDict
from verifier.render.json_types import StrengthWord

SCHEMA = "antinomy-fixtures/1"
"""What the key ``schema`` says."""

CriterionWord = Literal[
    "clauses",
    "conditions",
    "boundaries",
    "dates",
    "exceptions",
    "priorities",
    "readings",
    "findings",
    "combinations",
    "differences",
]
StatusWord = Literal["met", "infeasible", "not settled"]


class SaidDict(TypedDict):
    """What the clauses in force say of an action, and which they are."""

    obliged: StrengthWord | None
    forbidden: StrengthWord | None
    permitted: bool
    released: bool
    by: list[str]


class ExpectedDict(TypedDict):
    """What the policy says in a case.

    Of actions that are not listed no clause in force speaks. ``in_force`` are the clauses in
    force; ``defeated`` those that apply and give way, each with the clauses to which it does.
    """

    compliable: CompliableDict
    actions: dict[str, SaidDict]
    outputs: dict[str, list[ValueDict]]
    in_force: list[str]
    defeated: dict[str, list[str]]


class FixtureDict(TypedDict):
    """One case with what is expected in it.

    ``goals`` are the goals it was made for; ``why`` says why the clause that it is about is in
    force or not. ``partner`` is the other fixture of its pair, ``differs`` the facts and readings
    in which the two differ. ``finding`` is the code and fingerprint of the finding that the case
    shows, ``advice`` what a system should do there. ``before`` says, of a difference, who decided
    the case before.
    """

    id: str
    title: str
    goals: list[str]
    case: CaseDict
    expected: ExpectedDict
    why: list[str]
    partner: str | None
    differs: list[str]
    finding: str | None
    advice: str | None
    before: str | None


class GoalDict(TypedDict):
    """Something that the fixtures exercise, or why they cannot.

    ``fixtures`` are those that meet it, ``unique_cause`` of a pair whether one condition alone
    differs in it (and not only one that counts). ``because`` says what excludes it, where it is
    proved that no case meets it; or why that was not settled.
    """

    id: str
    criterion: CriterionWord
    owner: str
    clause: str | None
    text: str
    status: StatusWord
    fixtures: list[str]
    unique_cause: bool | None
    because: list[str]


class CombinationsDict(TypedDict):
    """How far combinations of values of so many facts occur.

    ``factors`` are what is combined, as classes of values in the language of policies. Every
    impossible combination has one of the ``excluded`` ones in it, which are proved impossible.
    """

    strength: int
    factors: list[list[str]]
    combinations: int
    covered: int
    impossible: int
    not_settled: int
    excluded: list[list[str]]


class SuiteDict(TypedDict):
    """The whole output of ``antinomy fixtures --format json``.

    ``readings`` are those that were fixed for all cases. ``smallest`` is whether it is proved that
    no fewer of the cases found meet all goals, null where this was not asked for. ``actions`` has
    the words of every action.
    """

    schema: str
    policy: str
    criteria: list[CriterionWord]
    readings: dict[str, str]
    smallest: bool | None
    actions: dict[str, str]
    fixtures: list[FixtureDict]
    goals: list[GoalDict]
    combinations: CombinationsDict | None
    not_settled: list[str]
