"""A policy checked as a whole, without slices: one solver a check, about the whole policy."""

from __future__ import annotations

from dataclasses import dataclass

from policy_dsl.model import Policy
from verifier.check import Context
from verifier.findings import ActionProfile, Finding
from verifier.margins import Margin, margins
from verifier.piecewise import told_apart
from verifier.pipeline import shared_for
from verifier.profile import profile
from verifier.registry import CHECKS
from verifier.session import NotSettled
from verifier.shared import Limits
from verifier.unsettled import unsettled


@dataclass(frozen=True)
class Unsliced:
    """What the checks and tables say of a policy; no tables where it has no case."""

    findings: tuple[Finding, ...]
    profiles: tuple[ActionProfile, ...] = ()
    margins: tuple[Margin, ...] = ()


def unsliced(policy: Policy, limits: Limits) -> Unsliced:
    """Check a policy as a whole."""
    shared = shared_for(policy, limits=limits)
    findings: list[Finding] = []
    for check in CHECKS:
        ctx = Context(shared.on_runs if check.on_runs else shared)
        found: list[Finding] = []
        for item in check.items(ctx):
            try:
                found += check.examine(ctx, item)
            except NotSettled as reason:
                what = check.describe(item)
                found.append(unsettled(check.code, check.name, what, str(reason)))
        findings += told_apart(found)
        if check.code == "V01" and findings:
            return Unsliced(tuple(findings))
    ctx = Context(shared)
    profiles = tuple(profile(ctx, action) for action in policy.actions)
    return Unsliced(tuple(findings), profiles, margins(shared))
