"""``antinomy baseline``: records the findings of today, so that only new ones count."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from policy_dsl.diagnostics import SpecError, printable
from policy_dsl.load import load
from policy_dsl.paths import is_spec
from verifier.baseline import baseline_of, write
from verifier.commands.common import Complaint, Exit, complain_of_spec, refuse_unless_in_force
from verifier.commands.gates import Gates
from verifier.commands.project import Projects, shown
from verifier.gating import Gate
from verifier.pipeline import Report, check_policy

_USUAL = "antinomy-baseline.json"


def run(options: argparse.Namespace) -> Exit:
    """Check every policy and write what was found into a file."""
    projects = Projects(options)
    paths = projects.paths(options.paths)
    projects.tell_passed_over()
    target = _target(options.output, projects, paths)
    gates = Gates(projects, options, paths, anew=True)
    reports: list[tuple[str, Report, Gate]] = []
    wrong = False
    for path in paths:
        ways = projects.ways(path)
        try:
            policy = load(path, as_of=ways.as_of)
        except SpecError as error:
            complain_of_spec(error)
            wrong = True
            continue
        refuse_unless_in_force(policy)
        report = check_policy(
            policy,
            ways.bound,
            ways.settings.limits,
            with_margins=False,
            not_run=ways.settings.not_run,
        )
        reports.append((ways.key, report, gates.apply(report, ways).gate))
    if wrong:
        raise Complaint("no baseline was written, since a policy is wrong.")
    baseline = baseline_of(reports)
    target.write_text(write(baseline), "utf-8", newline="\n")
    number = sum(len(each) for each in baseline.findings.values())
    print(f"{printable(shown(target))}: {number} finding{'' if number == 1 else 's'} recorded")
    left = sum(len(report.unsettled) for _, report, _ in reports)
    if left:
        print(f"{left} question{'' if left == 1 else 's'} not settled, which no baseline records")
    return Exit.NOT_SETTLED if left else Exit.CLEAN


def _target(output: str | None, projects: Projects, paths: Sequence[Path]) -> Path:
    """The file to write. Nothing but an older baseline, or a new file, is written over."""
    settings = projects.settings(paths[0])
    path = Path(output) if output is not None else settings.baseline or Path(_USUAL)
    if is_spec(path.name) or path.suffix != ".json":
        raise Complaint(f"the name of a baseline ends in .json, and {path} does not.")
    if path.is_dir() or not path.parent.is_dir():
        raise Complaint(f"{path} is not a file in a folder that exists.")
    return path
