"""``antinomy fixtures``: edge cases of a policy, with what it says in each."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from policy_dsl.diagnostics import SpecError, did_you_mean
from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load
from policy_dsl.model import Policy
from verifier.commands.check import progress_of
from verifier.commands.common import (
    PIPED_WIDTH,
    Complaint,
    Exit,
    complain_of_spec,
    refuse_unless_in_force,
    width_of,
)
from verifier.commands.documents import target_of, write
from verifier.commands.project import Projects
from verifier.commands.versions import asked
from verifier.difference import git
from verifier.difference.engine import difference
from verifier.difference.model import Difference
from verifier.fixtures.combinations import TooMany
from verifier.fixtures.from_difference import difference_fixtures
from verifier.fixtures.from_findings import finding_fixtures
from verifier.fixtures.goals import BY_GOALS
from verifier.fixtures.model import CRITERIA, Criterion, Fixture, Suite
from verifier.fixtures.suite import Progress, suite
from verifier.pipeline import check_policy
from verifier.render import fixtures_csv, fixtures_json, fixtures_pytest, fixtures_text

DEFAULT: tuple[Criterion, ...] = (*BY_GOALS, "findings")
"""The criteria where none is named."""


def run(options: argparse.Namespace) -> Exit:
    """Make the fixtures, write them, and return the status."""
    target = target_of(options.output)
    path = Path(options.spec)
    ways = Projects(options).ways(path)
    try:
        policy = load(path, as_of=ways.as_of)
    except SpecError as error:
        complain_of_spec(error, "it has no fixtures")
        return Exit.WRONG
    refuse_unless_in_force(policy)
    made = _made(options, policy, ways.bound)
    actions = chosen_actions(policy, options.action)
    match options.format:
        case "json":
            text = fixtures_json.render(policy, made, actions)
        case "csv":
            text = fixtures_csv.render(policy, made, actions)
        case "pytest":
            text = fixtures_pytest.render(policy, made, actions)
        case _:
            width = PIPED_WIDTH if target is not None else width_of(sys.stdout)
            text = fixtures_text.render(policy, made, width, options.spec)
    if target is None:
        sys.stdout.write(text)
    else:
        write(target, text)
        print(fixtures_text.told(made, target.as_posix()), file=sys.stderr)
    return Exit.CLEAN if made.settled else Exit.NOT_SETTLED


def _made(options: argparse.Namespace, policy: Policy, bound: int) -> Suite:
    wanted = criteria_of(options.criteria)
    if "combinations" in wanted and options.strength is None:
        options.strength = 2
    if "differences" in wanted and options.changed_since is None:
        raise Complaint(
            "the criterion differences needs a revision to compare with.",
            "Name one, as in '--changed-since main'.",
        )
    readings = readings_of(policy, options.reading)
    with progress_of(Path(options.spec), options.no_progress) as progress:
        others: list[Fixture] = []
        unsettled: list[str] = []
        if "findings" in wanted:
            report = check_policy(policy, bound, progress=progress)
            others += finding_fixtures(report.findings)
            unsettled += [each.title for each in report.unsettled]
        if options.changed_since is not None:
            found = _changed(options, policy, bound, progress)
            others += difference_fixtures(found)
            unsettled += found.unsettled
        evaluator = Evaluator(policy)
        # What an assumption excludes is no case of the policy.
        valid = (each for each in others if evaluator.is_valid(each.case))
        others = [each for each in valid if _read_so(each, readings)]
        try:
            return suite(
                policy,
                wanted,
                readings=readings,
                bound=bound,
                strength=options.strength,
                minimize=options.minimize,
                others=others,
                unsettled=unsettled,
                progress=progress,
            )
        except TooMany as many:
            raise Complaint(
                f"there are too many combinations of {options.strength} facts ({many}).",
                "A smaller --strength has fewer.",
            ) from None


def _read_so(fixture: Fixture, readings: dict[str, str]) -> bool:
    return all(fixture.case.readings.get(name) == each for name, each in readings.items())


def _changed(
    options: argparse.Namespace, policy: Policy, bound: int, progress: Progress
) -> Difference:
    revision = options.changed_since
    if revision.startswith("-") or ".." in revision or Path(revision).exists():
        raise Complaint(f"'{revision}' is not a revision.", "Name one, as in 'main' or 'HEAD~3'.")
    try:
        found = asked([revision, options.spec], [])
        old = found.old.load(found.paths[0], policy.as_of)
    except git.Refused as refused:
        raise Complaint(str(refused), refused.remedy, refused.details) from None
    if old.policy is None:
        raise Complaint(
            f"{options.spec} cannot be read as it was at {revision}.",
            f"'antinomy diff {revision} {options.spec}' says why.",
            [each.message for each in old.diagnostics[:3]],
        )
    return difference(old.policy, policy, bound, progress=progress)


def criteria_of(text: str | None) -> tuple[Criterion, ...]:
    """The criteria that the command line names. Raises ``Complaint``."""
    if text is None:
        return DEFAULT
    found: list[Criterion] = []
    for word in (each.strip() for each in text.split(",")):
        if word == "all":
            found += DEFAULT
            continue
        known = next((each for each in CRITERIA if each == word), None)
        if known is None:
            near = did_you_mean(word, CRITERIA)
            meant = f"Did you mean '{near}'? " if near else ""
            raise Complaint(
                f"there is no criterion '{word}'.", f"{meant}These are: {', '.join(CRITERIA)}."
            )
        found.append(known)
    return tuple(dict.fromkeys(found))


def readings_of(policy: Policy, words: Iterable[str]) -> dict[str, str]:
    """The readings that the command line fixes. Raises ``Complaint``."""
    found: dict[str, str] = {}
    for word in words:
        name, _, reading = word.partition("=")
        ambiguity = policy.ambiguities.get(name)
        if ambiguity is None:
            near = did_you_mean(name, policy.ambiguities)
            raise Complaint(
                f"the policy has no open point called '{name}'.",
                f"Did you mean '{near}'?" if near else None,
            )
        options = [each.name for each in ambiguity.readings]
        if reading not in options:
            raise Complaint(
                f"'{reading}' is not a reading of {name}.", f"These are: {', '.join(options)}."
            )
        if ambiguity.settled is not None and reading != ambiguity.settled:
            raise Complaint(f"{name} is settled: the policy reads it as {ambiguity.settled}.")
        found[name] = reading
    return found


def chosen_actions(policy: Policy, names: Iterable[str]) -> frozenset[str] | None:
    """The actions that are named; None where none is: all count. Raises ``Complaint``."""
    chosen = list(names)
    for name in chosen:
        if name not in policy.actions:
            near = did_you_mean(name, policy.actions)
            raise Complaint(
                f"the policy has no action '{name}'.", f"Did you mean '{near}'?" if near else None
            )
    return frozenset(chosen) or None
