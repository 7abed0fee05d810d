"""``antinomy coverage``: what somebody's own cases exercise of a policy."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from policy_dsl.diagnostics import SpecError
from policy_dsl.load import load
from verifier.commands.check import progress_of
from verifier.commands.common import (
    PIPED_WIDTH,
    Complaint,
    Exit,
    complain_of_spec,
    refuse_unless_in_force,
    wants_colour,
    width_of,
)
from verifier.commands.documents import target_of, write
from verifier.commands.fixtures import criteria_of
from verifier.commands.project import Projects
from verifier.fixtures.case_files import CannotRead, read_cases
from verifier.fixtures.coverage import Coverage, coverage
from verifier.fixtures.goals import BY_GOALS
from verifier.fixtures.suite import of_results
from verifier.render import coverage_json, coverage_text, fixtures_json


def run(options: argparse.Namespace) -> Exit:
    """Compare cases with a policy's goals, write the report, and return the status."""
    target, missing = target_of(options.output), target_of(options.write_missing)
    path = Path(options.spec)
    ways = Projects(options).ways(path)
    criteria = tuple(e for e in criteria_of(options.criteria) if e in BY_GOALS)
    if not criteria:
        raise Complaint(
            "none of these criteria is about cases.", f"These are: {', '.join(BY_GOALS)}."
        )
    try:
        policy = load(path, as_of=ways.as_of)
    except SpecError as error:
        complain_of_spec(error, "its coverage was not looked at")
        return Exit.WRONG
    refuse_unless_in_force(policy)
    try:
        read = read_cases(policy, [Path(each) for each in options.cases], options.complete)
    except CannotRead as why:
        raise Complaint(str(why), "'--complete' takes defaults for what is left out.") from None
    with progress_of(path, options.no_progress) as progress:
        found = coverage(
            policy, read, criteria, ways.bound, lambda done, of: progress("goals", done, of)
        )
    if missing is not None:
        made = of_results(policy, criteria, found.missing)
        write(missing, fixtures_json.render(policy, made))
    status, verdict = _status(found, options.fail_under)
    match options.format:
        case "json":
            text = coverage_json.render(found)
        case "html":
            from verifier.render.html.coverage_page import render  # slow to import

            text = render(found, verdict)
        case _:
            width = PIPED_WIDTH if target is not None else width_of(sys.stdout)
            colour = target is None and wants_colour(options.color, sys.stdout)
            text = coverage_text.render(found, width, colour, options.full, verdict)
    if target is None:
        sys.stdout.write(text)
    else:
        write(target, text)
    return status


def _status(found: Coverage, least: float) -> tuple[Exit, str]:
    percent = found.percent()
    said = f"{percent:.1f} % of the goals that can be met are met"
    if percent < least:
        return Exit.FOUND, f"Exit status 1: {said}, and {least:g} % are asked for."
    if found.counts()["not settled"]:
        return Exit.NOT_SETTLED, f"Exit status 3: {said}; some were not settled."
    return Exit.CLEAN, f"Exit status 0: {said}."
