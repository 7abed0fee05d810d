"""A policy checked unit by unit on slices: what the checks and tables then say."""

from __future__ import annotations

from dataclasses import dataclass, field

from policy_dsl.model import Policy
from verifier.check import Check, Context
from verifier.control import Controlled
from verifier.findings import ActionProfile, Finding
from verifier.margins import Margin
from verifier.piecewise import told_apart as _told_apart
from verifier.pipeline import shared_for
from verifier.registry import CHECKS
from verifier.session import NotSettled
from verifier.shared import Limits
from verifier.slice_runs import SliceRun, in_order
from verifier.slicing import control_units, margin_units, profile_units, units


@dataclass
class Sliced:
    """One policy, of which everything that can be is asked on slices."""

    policy: Policy
    limits: Limits
    run: SliceRun = field(init=False)
    findings: list[Finding] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.run = SliceRun(shared_for(self.policy, limits=self.limits))
        for check in CHECKS:
            if check.code == "U06":
                self.run.shared.controlled |= {each.clause: each for each in self.controlled()}
            self.findings += self._of(check)
            if check.code == "V01" and self.findings:
                return

    def _of(self, check: Check[object]) -> list[Finding]:
        shared = self.run.shared
        ctx = Context(shared.on_runs if check.on_runs else shared)
        try:
            made = units(ctx, check, self.run.slicer)
        except NotSettled:
            return []
        told = [self.run.of_whole(check, each, self.run.examined(check, each)) for each in made]
        found = [finding for findings in in_order(made, told) for finding in findings]
        return _told_apart(found)

    def profiles(self) -> list[ActionProfile]:
        """The profiles of all actions."""
        made = profile_units(self.run.slicer)
        wide = self.run.widening.profile
        told = [[wide(u.policy, each) for each in self.run.profiles(u)[0]] for u in made]
        return in_order(made, told)

    def margins(self) -> list[Margin]:
        """The table of margins."""
        made = margin_units(self.run.slicer, self.limits.margins)
        wide = self.run.widening.margin
        told = [[wide(u.policy, each) for each in self.run.margins(u)] for u in made]
        return in_order(made, told)

    def controlled(self) -> list[Controlled]:
        """Who controls each permission and release."""
        made = control_units(self.run.slicer)
        wide = self.run.widening.controlled
        told = [[wide(u.policy, each) for each in self.run.controlled(u)[0]] for u in made]
        return in_order(made, told)
