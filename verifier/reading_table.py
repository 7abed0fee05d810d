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
    """
    fates = [_fates(policy, finding) for finding in findings]
    rows = []
    for ambiguity in policy.ambiguities.values():
        open_readings = options(policy, ambiguity.name)
        for reading in open_readings if len(open_readings) > 1 else ():
            sorted_: dict[str, list[str]] = {"stand": [], "depend": [], "fall": []}
            for finding, fate in zip(findings, fates, strict=True):
                word = fate.get((ambiguity.name, reading), fate[None])
                sorted_[word].append(finding.fingerprint)
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


def _fates(policy: Policy, finding: Finding) -> dict[tuple[str, str] | None, str]:
    """What becomes of a finding under each reading of each ambiguity on which it depends; under
    None, what becomes of it whatever is chosen elsewhere."""
    readings = finding.readings
    fates: dict[tuple[str, str] | None, str] = {None: "stand" if readings.always else "depend"}
    known = combinations(policy, readings.ambiguities)
    for ambiguity in readings.ambiguities:
        for reading in options(policy, ambiguity):
            if not readings.possible_with(ambiguity, reading):
                fates[ambiguity, reading] = "fall"
            elif len(known) > MOST_COMBINATIONS:
                fates[ambiguity, reading] = "depend"
            else:
                mine = [each for each in known if each[ambiguity] == reading]
                stands = all(readings.contains(each) for each in mine)
                fates[ambiguity, reading] = "stand" if stands else "depend"
    return fates
