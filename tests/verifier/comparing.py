"""How findings are compared with the answers of brute force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.verifier.world import Found, Shown, World
from verifier.findings import Finding
from verifier.pipeline import Report


def plain(finding: Finding) -> tuple[str, ...]:
    """The key of a finding, without the number that tells it apart from others just like it."""
    return tuple(each for each in finding.key if not each.startswith("#"))


@dataclass
class Tools:
    """One report, the world it is about, and what comparisons have in common. Every difference
    is one line."""

    world: World
    report: Report

    def of(self, *codes: str) -> list[Finding]:
        """The findings of some checks."""
        return [each for each in self.report.findings if each.code in codes]

    def same(
        self, code: str, mine: Found, theirs: Iterable[tuple[object, Finding]] | None = None
    ) -> Iterator[str]:
        """The same findings, with exactly the same readings; told by their keys, or by what is
        given with each."""
        told = [(plain(each), each) for each in self.of(code)] if theirs is None else list(theirs)
        for key, count in Counter(key for key, _ in told).items():
            if count > 1:
                yield f"{code}: told {count} times: {key}"
        reads = {key: self.world.extension(finding.readings) for key, finding in told}
        for key in sorted(mine.keys() - reads.keys(), key=str):
            yield f"{code}: missing: {key}"
        for key in sorted(reads.keys() - mine.keys(), key=str):
            yield f"{code}: wrong: {key}"
        for key in sorted(mine.keys() & reads.keys(), key=str):
            if mine[key] != reads[key]:
                yield f"{code}: readings of {key} are {sorted(mine[key])}, not {sorted(reads[key])}"

    def many(self, code: str, mine: Iterable[tuple[str, ...]]) -> Iterator[str]:
        """The same findings, where each has a key and no readings."""
        expected, told = Counter(mine), Counter(plain(each) for each in self.of(code))
        yield from (f"{code}: missing: {key}" for key in (expected - told).elements())
        yield from (f"{code}: wrong: {key}" for key in (told - expected).elements())

    def shown(self, finding: Finding, shows: Shown) -> Iterator[str]:
        """The case of a finding shows it, and so does every case that meets its conditions."""
        witness, world = finding.witness, self.world
        if witness is None:
            yield f"{finding.code}: no witness: {finding.key}"
            return
        read = tuple(witness.case.readings.values())
        if read not in world.extension(finding.readings):
            yield f"{finding.code}: the case is read otherwise than the finding: {finding.key}"
        around = [p for p in world.points if p.read == read and world.meets(witness.conditions, p)]
        if not any(p.case == witness.case for p in around):
            yield f"{finding.code}: the case does not meet its own conditions: {finding.key}"
        if not all(map(shows, around)):
            yield f"{finding.code}: not every case of the region shows it: {finding.key}"
        touched = [p for p in world.points if self._differs_in(p.case.facts, finding)]
        if any(not shows(p) for p in touched if p.read == read):
            yield f"{finding.code}: a fact that is left out matters: {finding.key}"

    def _differs_in(self, facts: object, finding: Finding) -> bool:
        """Whether facts differ from the witness's only in those that play no part."""
        witness = finding.witness
        assert witness is not None
        assert isinstance(facts, dict)
        return all(
            value == witness.case.facts[name] or name in witness.left_out
            for name, value in facts.items()
        )
