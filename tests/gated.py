"""Specs of this project as the command checks them: with the settings beside them, if any."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from policy_dsl.load import load
from verifier.gatekeeper import Gatekeeper
from verifier.pipeline import Report, check_policy
from verifier.settings import settings_for
from verifier.shared import Limits

TODAY = date(2026, 1, 1)


def checked(spec: Path, limits: Limits) -> Report:
    """The report about a spec; its settings are those of its project."""
    settings = settings_for(spec)
    report = check_policy(load(spec), limits=limits, not_run=settings.not_run)
    return Gatekeeper(settings, TODAY, awaited=[spec.name]).apply(report, spec.name)
