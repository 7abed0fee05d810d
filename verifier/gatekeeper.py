"""Settings applied to reports: weights, waivers and a baseline, and what is wrong with waivers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from policy_dsl.wording import name_list
from verifier.baseline import Baseline
from verifier.findings import Finding, Related
from verifier.gating import Gate, Known, Waiver, Weight
from verifier.pipeline import Report
from verifier.registry import by_code
from verifier.settings.codes import UNGATED
from verifier.settings.model import Settings


class Refused(Exception):
    """A waiver names by its fingerprint what no waiver may name."""

    def __init__(self, waiver: Waiver, finding: Finding) -> None:
        self.waiver, self.finding = waiver, finding
        super().__init__(f"{finding.code} {finding.name} cannot be waived")


class Gatekeeper:
    """Applies the settings of one project to the reports of one run, in their order.

    ``today`` decides which waivers are in force. ``awaited`` are all policies that a waiver may be
    about, by their paths in the project, None if that is not known: one that names no policy is
    called unused only when all of them were seen. ``codes`` are those that were asked for, and
    nothing is said of waivers then; None for all. Without ``judging`` the run looks at other cases
    than usual, and neither calls a waiver unused nor a finding fixed.
    """

    def __init__(
        self,
        settings: Settings,
        today: date,
        baseline: Baseline | None = None,
        awaited: Collection[str] | None = None,
        codes: Collection[str] | None = None,
        judging: bool = True,
    ) -> None:
        self._settings = settings
        self._today = today
        self._baseline = baseline
        self._awaited = None if awaited is None else frozenset(awaited)
        self._codes = codes
        self._judging = judging
        self._seen: set[str] = set()
        self._used: set[int] = set()
        self._doubtful: set[int] = set()
        self._told: set[int] = set()

    def apply(self, report: Report, file: str) -> Report:
        """The report as the settings have it; ``file`` is its policy's path in the project.

        Raises ``Refused``.
        """
        self._seen.add(file)
        known, fixed = self._known(report, file)
        findings = tuple(self._weighed(each) for each in report.findings)
        report = replace(report, findings=findings)
        mine = [
            (at, each)
            for at, each in enumerate(self._settings.waivers)
            if each.policy in (None, report.policy.name, file)
        ]
        waived: dict[str, Waiver] = {}
        about: list[Finding] = []
        # Those in force come first: what one of them waives does not count again.
        for at, waiver in sorted(mine, key=lambda each: each[1].expires < self._today):
            named = self._named(waiver, findings)
            if self._unsure(report, waiver):
                self._doubtful.add(at)
            if waiver.expires >= self._today:
                self._used |= {at} if named else set()
                for each in named:
                    waived.setdefault(each.fingerprint, waiver)
            elif again := [each for each in named if each.fingerprint not in waived]:
                self._used.add(at)
                about.append(expired(waiver, again))
        about += self._unused(at for at, each in mine if each.policy is not None)
        if self._awaited is not None and self._awaited <= self._seen:
            about += self._unused(range(len(self._settings.waivers)))
        if self._codes is not None:
            about = []
        about.sort(key=lambda each: each.code)
        kept = [self._weighed(each) for each in about if each.code not in self._settings.not_run]
        return replace(
            report,
            findings=(*findings, *kept),
            gate=Gate(
                waived=waived,
                known=known,
                fixed=fixed,
                settings=self._settings.name,
                not_run=self._settings.not_run,
                weights=self._weights(),
                allow_unsettled=self._settings.allow_unsettled,
            ),
        )

    def _weighed(self, finding: Finding) -> Finding:
        weight = self._settings.severity.get(finding.code, finding.severity)
        return finding if weight == finding.severity else replace(finding, severity=weight)

    def _weights(self) -> tuple[Weight, ...]:
        given = [(by_code(code), weight) for code, weight in self._settings.severity.items()]
        return tuple(
            Weight(code=check.code, usual=check.severity, now=weight)
            for check, weight in given
            if check is not None and weight != check.severity
        )

    def _named(self, waiver: Waiver, findings: Sequence[Finding]) -> list[Finding]:
        named = [each for each in findings if names(waiver, each)]
        for each in named:
            if each.code in UNGATED:
                raise Refused(waiver, each)
        return named

    def _unsure(self, report: Report, waiver: Waiver) -> bool:
        """Whether what a waiver names may be there without having been found."""
        return not self._judging or _unsure(report, waiver.code)

    def _unused(self, positions: Iterator[int] | range) -> list[Finding]:
        """A finding for each waiver that was not used, once."""
        idle = [at for at in positions if at not in self._used | self._doubtful | self._told]
        self._told.update(idle)
        return [unused(self._settings.waivers[at]) for at in idle]

    def _known(self, report: Report, file: str) -> tuple[frozenset[str] | None, tuple[Known, ...]]:
        """Which findings stand in the baseline, and what only it has."""
        if self._baseline is None:
            return None, ()
        entries = self._baseline.of(file)
        recorded = {(each.code, each.fingerprint): each.severity for each in entries}
        found = {each.fingerprint for each in report.findings}
        known = [
            each.fingerprint
            for each in report.findings
            if each.code not in UNGATED
            and each.severity <= recorded.get((each.code, each.fingerprint), 0)
        ]
        fixed = [
            each
            for each in entries
            if each.fingerprint not in found and self._judging and not _unsure(report, each.code)
        ]
        return frozenset(known), tuple(fixed)


def names(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver names a finding: its fingerprint, or its code and some of its clauses."""
    if waiver.fingerprint is not None:
        return waiver.fingerprint == finding.fingerprint
    clauses = {each.clause for each in finding.sides}
    return waiver.code == finding.code and clauses.issuperset(waiver.clauses)


def _unsure(report: Report, code: str | None) -> bool:
    """Whether findings of a code, or of any, may be there that the report has not."""
    looked_for = [each.code for each in report.proved]
    if looked_for == ["V01"] or (code is not None and code not in looked_for):
        return True  # with no case left, or none known to be, nothing more is asked
    return any(code in (None, each.key[0]) for each in report.unsettled)


def called(waiver: Waiver) -> str:
    """What a waiver is about, in words."""
    where = f" in {waiver.policy}" if waiver.policy is not None else ""
    if waiver.code is None:
        return f"the finding {waiver.fingerprint}{where}"
    return f"{waiver.code} of {name_list(waiver.clauses)}{where}"


def unused(waiver: Waiver) -> Finding:
    """The finding that a waiver matches nothing."""
    return _about(
        waiver,
        "W01",
        title=f"The waiver for {called(waiver)} matches no finding.",
        consequence="If what it names came back, it would be let pass.",
    )


def expired(waiver: Waiver, findings: Sequence[Finding]) -> Finding:
    """The finding that a waiver's day has passed while what it names is still there."""
    again = [f"It counts again: {each.title} ({each.fingerprint})" for each in findings]
    day = waiver.expires.isoformat()
    return _about(
        waiver,
        "W02",
        title=f"The waiver for {called(waiver)} ended on {day}, and what it names is still found.",
        consequence="What it names counts again.",
        explanation=tuple(again),
    )


def _about(
    waiver: Waiver, code: str, title: str, consequence: str, explanation: tuple[str, ...] = ()
) -> Finding:
    check = by_code(code)
    assert check is not None
    said = f"its owner is {waiver.owner}, and its reason: {waiver.reason}"
    return Finding(
        code=check.code,
        name=check.name,
        severity=check.severity,
        title=title,
        consequence=consequence,
        related=(Related(label="the waiver", place=waiver.place),),
        explanation=(*explanation, said),
        key=(waiver.fingerprint or waiver.code or "", waiver.policy or "", *waiver.clauses),
    )
