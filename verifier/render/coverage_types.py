"""The shape of coverage in JSON, version 1, as ``json_types`` for reports."""

from __future__ import annotations

from typing import Literal, TypedDict

from verifier.render.fixture_types import CriterionWord

SCHEMA = "antinomy-coverage/1"
"""What the key ``schema`` says."""

CoverageWord = Literal["met", "missing", "infeasible", "not settled"]


class ShareDict(TypedDict):
    """How many goals are met, missing, proved out of reach, and not settled. ``percent`` is the
    share of the met ones in all but those out of reach, rounded down to tenths."""

    met: int
    missing: int
    infeasible: int
    not_settled: int
    percent: float


class RefusedDict(TypedDict):
    """A case that the policy assumes not to exist, and why. It does not count."""

    case: str
    because: str


class CoveredGoalDict(TypedDict):
    """Something that cases should exercise, and whether these do.

    ``cases`` names some of those that meet it (two for each pair), ``count`` says how many there
    are. ``unique_cause`` is of a pair whether one condition alone differs in it. ``because`` says
    what excludes it, where it is proved that no case meets it; or why that was not settled.
    """

    id: str
    criterion: CriterionWord
    owner: str
    clause: str | None
    text: str
    status: CoverageWord
    cases: list[str]
    count: int
    unique_cause: bool | None
    because: list[str]


class CoverageDict(TypedDict):
    """The whole output of ``antinomy coverage --format json``."""

    schema: str
    policy: str
    cases: int
    refused: list[RefusedDict]
    all: ShareDict
    criteria: dict[str, ShareDict]
    goals: list[CoveredGoalDict]
