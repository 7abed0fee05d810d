"""``antinomy coverage``: what cases of one's own exercise of a policy."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from fractions import Fraction
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
from verifier.fixtures.case_files import CaseFilesError, read_cases
from verifier.fixtures.coverage import Coverage, coverage, missing
from verifier.fixtures.goals import BY_GOALS
from verifier.fixtures.model import Criterion
from verifier.render import coverage_json, coverage_text, fixtures_json
from verifier.render.html import coverage_page

Limit = tuple[Criterion | None, Fraction]
"""The least share of a criterion, or of all."""


def run(options: argparse.Namespace) -> Exit:
    """Measure, write the report and the missing cases, and return the status."""
    target, missed = target_of(options.output), target_of(options.write_missing)
    if target is not None and missed is not None and target.resolve() == missed.resolve():
        raise Complaint("the report and the missing cases are to go into one file.")
    path = Path(options.spec)
    ways = Projects(options).ways(path)
    try:
        policy = load(path, as_of=ways.as_of)
    except SpecError as error:
        complain_of_spec(error, "its coverage cannot be told")
        return Exit.WRONG
    refuse_unless_in_force(policy)
    criteria = _criteria(options.criteria)
    limits = limits_of(options.fail_under, criteria)
    try:
        cases = read_cases(policy, [Path(each) for each in options.cases], options.complete)
    except CaseFilesError as error:
        raise Complaint(str(error), error.remedy, error.details) from None
    with progress_of(path, options.no_progress) as progress:
        found = coverage(
            policy, cases, criteria, ways.bound, lambda done, of: progress("goals", done, of)
        )
    match options.format:
        case "json":
            text = coverage_json.render(found)
        case "html":
            text = coverage_page.render(policy, found)
        case _:
            width = PIPED_WIDTH if target is not None else width_of(sys.stdout)
            colour = target is None and wants_colour(options.color, sys.stdout)
            text = coverage_text.render(policy, found, width, colour, options.full)
    if target is None:
        sys.stdout.write(text)
    else:
        write(target, text)
    if missed is not None:
        write(missed, fixtures_json.render(policy, missing(policy, found)))
    return status(found, limits)


def _criteria(text: str | None) -> tuple[Criterion, ...]:
    """The criteria that are measured. Raises ``Complaint``."""
    if text is None or text.strip() == "all":
        return BY_GOALS
    named = criteria_of(text)
    for each in named:
        if each not in BY_GOALS:
            raise Complaint(
                f"the criterion {each} is not one of coverage.",
                f"These are: {', '.join(BY_GOALS)}.",
            )
    return named


def limits_of(words: Iterable[str], criteria: Sequence[Criterion]) -> tuple[Limit, ...]:
    """The least shares that the command line asks for. Raises ``Complaint``."""
    found: list[Limit] = []
    for word in words:
        name, sign, number = word.rpartition("=")
        criterion = next((each for each in criteria if each == name), None)
        if sign and criterion is None:
            raise Complaint(
                f"'--fail-under {word}' names no criterion that is measured.",
                f"These are: {', '.join(criteria)}.",
            )
        plain = number.replace(".", "", 1)
        if not (plain.isascii() and plain.isdigit() and len(plain) <= 9):
            raise Complaint(
                f"'--fail-under {word}' is not a share in percent.",
                "It is written as in '--fail-under 90' or '--fail-under conditions=100'.",
            )
        share = Fraction(number) / 100
        if share > 1:
            raise Complaint(f"'--fail-under {word}' is more than 100 percent.")
        found.append((criterion, share))
    return tuple(found)


def status(found: Coverage, limits: Sequence[Limit]) -> Exit:
    """Whether every share is as high as it has to be, whatever is not settled."""
    shares = [(found.share(criterion), least) for criterion, least in limits]
    if any(share.most < least for share, least in shares):
        return Exit.FOUND
    if not limits:
        return Exit.NOT_SETTLED if found.share().open else Exit.CLEAN
    return Exit.NOT_SETTLED if any(s.least < least for s, least in shares) else Exit.CLEAN
