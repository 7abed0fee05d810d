"""``antinomy repair``: changes to a policy that were shown to mend a finding."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from policy_dsl.diagnostics import SpecError, printable
from policy_dsl.load import load
from verifier.commands.common import Complaint, Exit, complain_of_spec
from verifier.commands.writing import real_file, replace_file
from verifier.findings import Finding
from verifier.pipeline import check_policy
from verifier.repairs.crew import usual_jobs
from verifier.repairs.repair import Attempts
from verifier.repairs.search import Repairs, SpecAt, repairs
from verifier.solvers.backend import DEFAULT_BOUND


def run(options: argparse.Namespace) -> Exit:
    """Print the repairs of one finding as patches, or make one of them."""
    path = Path(options.spec)
    try:
        policy = load(path)
    except SpecError as error:
        complain_of_spec(error)
        return Exit.WRONG
    bound = options.bound or DEFAULT_BOUND
    report = check_policy(policy, bound, with_margins=False)
    wanted = options.fingerprint.strip().lower()
    finding = next((each for each in report.findings if each.fingerprint == wanted), None)
    if finding is None:
        raise Complaint(
            f"{path.as_posix()} has no finding with the fingerprint '{options.fingerprint}'.",
            f"'antinomy check {path.as_posix()}' lists them.",
        )
    jobs = options.jobs or usual_jobs()
    found = repairs(report, SpecAt(path), bound, only=[wanted], jobs=jobs)
    if options.apply is not None:
        return _apply(found, options.apply)
    if options.number is not None:
        _numbered(found, options.number)
        sys.stdout.write(found.repairs[options.number - 1].patch)
        return Exit.CLEAN
    sys.stdout.write(_text(finding, found))
    return Exit.CLEAN if found.repairs else Exit.FOUND


def _text(finding: Finding, found: Repairs) -> str:
    """The repairs as patches, each under a line that says what it does. What stands before a
    patch is no part of it, for any program that reads patches."""
    lines = [f"# {finding.code} {finding.fingerprint}: {printable(finding.title)}"]
    if found.repairs:
        lines.append("# Each of these was made in memory and everything was checked again: the")
        lines.append("# finding is gone, and none has come. Take one of them, not several.")
    else:
        lines.append("# No change that was tried mends it without adding something.")
    parts = ["\n".join(lines) + "\n"]
    for number, each in enumerate(found.repairs, 1):
        others = len(each.removes) - 1
        more = f" It also removes {others} other{'s' if others > 1 else ''}." if others else ""
        parts.append(f"# {number}. {printable(each.title)}{more}\n{each.patch}")
    for attempts in found.attempts:
        parts.append(_refused(attempts))
    return "\n".join(each for each in parts if each)


def _refused(attempts: Attempts) -> str:
    lines = [
        f"# Refused: {printable(each.title)} ({printable(each.why)})" for each in attempts.refused
    ]
    if attempts.untried:
        lines.append(f"# Not tried: {attempts.untried}.")
    return "".join(f"{each}\n" for each in lines)


def _numbered(found: Repairs, number: int) -> None:
    """Complain where there is no repair of a number."""
    if number > len(found.repairs):
        raise Complaint(
            f"there is no repair {number}; there are {len(found.repairs)}.",
            "Without a number, they are listed.",
        )


def _apply(found: Repairs, number: int) -> Exit:
    _numbered(found, number)
    for name, data in found.texts[number - 1].items():
        replace_file(real_file(Path(name)), name, data)
        print(f"changed {printable(name)}: {printable(found.repairs[number - 1].title)}")
    return Exit.CLEAN
