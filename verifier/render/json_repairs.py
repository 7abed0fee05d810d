"""Repairs as JSON."""

from __future__ import annotations

from typing import TypedDict

from verifier.pipeline import Report
from verifier.repairs.repair import RepairKind


class RepairDict(TypedDict):
    """A change that removes a finding and adds none: it was made in memory and everything was
    checked again. ``removes`` are the fingerprints of all findings it removes; ``patch`` is a
    unified diff for ``patch -p1``."""

    kind: RepairKind
    title: str
    removes: list[str]
    patch: str


class RefusedDict(TypedDict):
    """A change that was tried and is no repair, and why."""

    title: str
    why: str


class FindingRepairsDict(TypedDict):
    """What was tried for one finding. ``untried``: changes that were not, since enough had been
    shown or the limit was reached."""

    fingerprint: str
    repairs: list[RepairDict]
    refused: list[RefusedDict]
    untried: int


def repairs(report: Report) -> list[FindingRepairsDict]:
    """What was tried for each finding; nothing where repairs were not asked for."""
    return [
        {
            "fingerprint": tried.fingerprint,
            "repairs": [
                {
                    "kind": each.kind,
                    "title": each.title,
                    "removes": list(each.removes),
                    "patch": each.patch,
                }
                for each in report.repairs
                if each.fingerprint == tried.fingerprint
            ],
            "refused": [{"title": each.title, "why": each.why} for each in tried.refused],
            "untried": tried.untried,
        }
        for tried in report.attempts
    ]
