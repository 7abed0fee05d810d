"""The shape of coverage in JSON, version 1, as ``json_types`` for reports."""

from __future__ import annotations

from typing import Literal, TypedDict

from verifier.render.fixture_types import CriterionWord

SCHEMA = "antinomy-coverage/1"
"""What the key ``schema`` says."""

CoveredWord = Literal["met", "missing", "out of reach", "not settled"]


class CountDict(TypedDict):
    """Goals by their status, and how many of those that can be met are met, in percent."""

    met: int
    missing: int
    out_of_reach: int
    not_settled: int
    percent: float


class CoveredDict(TypedDict):
    """A goal, and which cases meet it: at most twenty are named.

    ``because`` says why no case can, where that is proved, or why it was not settled.
    """

    id: str
    criterion: CriterionWord
    owner: str
    clause: str | None
    text: str
    status: CoveredWord
    cases: list[str]
    because: list[str]


class InvalidDict(TypedDict):
    """A case that does not count, and what it breaks."""

    case: str
    breaks: str


class CoverageDict(TypedDict):
    """The whole output of ``antinomy coverage --format json``."""

    schema: str
    policy: str
    cases: int
    invalid: list[InvalidDict]
    total: CountDict
    criteria: dict[str, CountDict]
    goals: list[CoveredDict]
