"""Policies checked as their settings and the command line say, and what lets findings pass."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from verifier.baseline import BadBaseline, Baseline, read
from verifier.commands.common import Complaint
from verifier.commands.project import Projects, Ways, shown
from verifier.findings import Severity
from verifier.gatekeeper import Gatekeeper, Refused
from verifier.pipeline import Report
from verifier.settings import Settings


class Gates:
    """The gatekeepers of a run, one for each project. ``checked`` are the policies of the run,
    ``codes`` those that are asked for, None for all; ``anew``: a baseline is being made, and none
    is read."""

    def __init__(
        self,
        projects: Projects,
        options: argparse.Namespace,
        checked: Sequence[Path],
        codes: Collection[str] | None = None,
        anew: bool = False,
    ) -> None:
        self._projects = projects
        self._options = options
        self._checked = checked
        self._codes = codes
        self._anew = anew
        self._keepers: dict[int, Gatekeeper] = {}
        self._baselines: dict[Path, Baseline] = {}

    def apply(self, report: Report, ways: Ways) -> Report:
        """The report of a policy as its settings have it."""
        settings = ways.settings
        keeper = self._keepers.get(id(settings))
        if keeper is None:
            keeper = self._keepers[id(settings)] = self._keeper(settings)
        try:
            report = keeper.apply(report, ways.key)
        except Refused as refused:
            raise Complaint(
                f"{refused.waiver.place.source.name}:{refused.waiver.place.line}: a waiver names "
                f"{refused.finding.code} {refused.finding.name} by its fingerprint, which no "
                "waiver may do.",
                "Delete the waiver.",
            ) from None
        # "never" is no severity, nor is the "change" of a comparison.
        fail_on = Severity.__members__.get(ways.fail_on.upper())
        return replace(report, gate=replace(report.gate, fail_on=fail_on))

    def _keeper(self, settings: Settings) -> Gatekeeper:
        options = self._options
        awaited = self._projects.awaited(settings, self._checked) if settings.waivers else None
        usual = options.as_of in (None, settings.as_of)
        today = options.today or date.today()
        baseline = self._baseline(settings)
        return Gatekeeper(settings, today, baseline, awaited, self._codes, usual)

    def _baseline(self, settings: Settings) -> Baseline | None:
        named = getattr(self._options, "baseline", None)
        path = Path(named) if named is not None else settings.baseline
        if path is None or self._anew:
            return None
        if path not in self._baselines:
            try:
                self._baselines[path] = read(path)
            except BadBaseline as error:
                raise Complaint(
                    f"{named or shown(path)} is no baseline: {error}.",
                    "'antinomy baseline PATH -o FILE' writes one.",
                ) from None
        return self._baselines[path]
