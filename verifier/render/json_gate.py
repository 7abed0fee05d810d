"""What lets findings pass, as JSON."""

from __future__ import annotations

from typing import Literal, TypedDict, cast

from policy_dsl.source import Place
from verifier.findings import Finding
from verifier.gating import Gate, Waiver

SeverityWord = Literal["error", "warning", "note"]
FailWord = Literal["error", "warning", "note", "never"]
StatusWord = Literal["counts", "waived", "known"]


class PlaceDict(TypedDict):
    """Where something stands: a file as it was named, and line and column from 1."""

    file: str
    line: int
    column: int


class WaivedDict(TypedDict):
    """A finding, by its fingerprint, and the waiver that lets it pass up to and on ``expires``.
    The waiver names the fingerprint, or a code and clauses, perhaps of one policy only."""

    fingerprint: str
    reason: str
    owner: str
    expires: str
    by_fingerprint: bool
    clauses: list[str]
    policy: str | None
    place: PlaceDict


class FixedDict(TypedDict):
    """A finding that the baseline has and that is found no more."""

    fingerprint: str
    code: str
    title: str


class WeightDict(TypedDict):
    """A code whose findings weigh ``now`` by the settings, and ``usual`` without them."""

    code: str
    usual: SeverityWord
    now: SeverityWord


class GateDict(TypedDict):
    """What lets findings pass: the settings, if there are any (their file), and a baseline.

    ``known`` are the fingerprints of findings that stand in the baseline, null without one.
    ``not_run`` are the codes that were not looked for, so that nothing is said of them. ``fail_on``
    is the least severity that fails the run.
    """

    settings: str | None
    waived: list[WaivedDict]
    known: list[str] | None
    fixed: list[FixedDict]
    not_run: list[str]
    weights: list[WeightDict]
    allow_unsettled: bool
    fail_on: FailWord


def place(where: Place) -> PlaceDict:
    """A place with its line and column, both from 1."""
    return {"file": where.source.name, "line": where.line, "column": where.column}


def status(gate: Gate, finding: Finding) -> StatusWord:
    """Whether a finding counts, and if not, why."""
    if finding.fingerprint in gate.waived:
        return "waived"
    return "counts" if gate.counts(finding) else "known"


def gate_object(gate: Gate) -> GateDict:
    """What lets the findings of one report pass."""
    return {
        "settings": gate.settings,
        "waived": [_waived(mark, each) for mark, each in gate.waived.items()],
        "known": None if gate.known is None else sorted(gate.known),
        "fixed": [
            {"fingerprint": each.fingerprint, "code": each.code, "title": each.title}
            for each in gate.fixed
        ],
        "not_run": list(gate.not_run),
        "weights": [
            {
                "code": each.code,
                "usual": cast(SeverityWord, str(each.usual)),
                "now": cast(SeverityWord, str(each.now)),
            }
            for each in gate.weights
        ],
        "allow_unsettled": gate.allow_unsettled,
        "fail_on": "never" if gate.fail_on is None else cast(FailWord, str(gate.fail_on)),
    }


def _waived(fingerprint: str, waiver: Waiver) -> WaivedDict:
    return {
        "fingerprint": fingerprint,
        "reason": waiver.reason,
        "owner": waiver.owner,
        "expires": waiver.expires.isoformat(),
        "by_fingerprint": waiver.fingerprint is not None,
        "clauses": list(waiver.clauses),
        "policy": waiver.policy,
        "place": place(waiver.place),
    }
