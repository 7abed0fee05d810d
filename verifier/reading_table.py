"""Readings against findings: what settling one ambiguity would settle."""

from __future__ import annotations

from collections.abc import Sequence

from policy_dsl.model import SHOULD, Policy
from verifier.findings import Finding, ReadingRow
from verifier.readings import MOST_COMBINATIONS, combinations, options


def reading_table(policy: Policy, findings: Sequence[Finding]) -> tuple[ReadingRow, ...]:
    """A row for every open reading of every ambiguity.

    A finding *stands* if, with this reading chosen, it stands however the rest is read; it
    *depends* if it then still rests on other ambiguities; it *falls* if it no longer stands.
    For the built-in ambiguity of "should", findings of should strength are listed as those that
    stand at must strength if it binds.
    """
    rows = []
    for ambiguity in policy.ambiguities.values():
        open_readings = options(policy, ambiguity.name)
        if len(open_readings) < 2:
            continue
        for reading in open_readings:
            sorted_: dict[str, list[str]] = {"stand": [], "depend": [], "fall": []}
            for finding in findings:
                sorted_[_fate(policy, finding, ambiguity.name, reading)].append(finding.fingerprint)
            rows.append(
                ReadingRow(
                    ambiguity=ambiguity.name,
                    reading=reading,
                    text=ambiguity.text_of(reading),
                    stand=tuple(sorted_["stand"]),
                    depend=tuple(sorted_["depend"]),
                    fall=tuple(sorted_["fall"]),
                )
            )
    return tuple(rows)


def hardened(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of should strength: they are as strong as "must" if "should" binds."""
    return tuple(each for each in findings if each.strength == SHOULD)


def _fate(policy: Policy, finding: Finding, ambiguity: str, reading: str) -> str:
    readings = finding.readings
    if not readings.possible_with(ambiguity, reading):
        return "fall"
    known = combinations(policy, {*readings.ambiguities, ambiguity})
    if len(known) > MOST_COMBINATIONS:
        return "depend"
    mine = [each for each in known if each[ambiguity] == reading]
    return "stand" if all(readings.contains(each) for each in mine) else "depend"
