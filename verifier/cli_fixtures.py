"""The options of ``antinomy fixtures``, and what its help says."""

from __future__ import annotations

import argparse

from verifier.cli_options import add_bound, add_output, add_progress, add_settings, positive

FIXTURES = "Write edge cases of a policy with what it says in each, as fixtures for tests."
FIXTURES_EXAMPLES = """\
examples:
  antinomy fixtures leave.policy                        what there is, in short
  antinomy fixtures leave.policy --format json -o leave.json
  antinomy fixtures leave.policy --format pytest -o test_leave.py
  antinomy fixtures leave.policy --format csv --criteria clauses,boundaries
  antinomy fixtures leave.policy --format json --minimize -o leave.json
  antinomy fixtures leave.policy --format json --pairwise -o leave.json
  antinomy fixtures leave.policy --changed-since main --criteria differences

criteria (all of them but combinations and differences, if none is named):
  clauses        each clause is in force
  conditions     each condition decides alone whether a clause applies (MC/DC)
  boundaries     just below, at and just above each threshold
  dates          29 February, and days that a month lacks
  exceptions     each exception alone keeps its clause from applying
  priorities     each clause that prevails does so over each other one
  readings       each reading of an open point decides a clause
  findings       each case that shows a finding, with what a system should do
  combinations   all combinations of values of facts (--pairwise, --strength)
  differences    what changed since a revision (--changed-since)

exit status:
  0  every goal is met, or proved to be out of reach
  2  the policy cannot be read or is wrong, or the command is
  3  something was not settled
"""

FORMATS = ("terminal", "json", "csv", "pytest")


def add_fixtures(parser: argparse.ArgumentParser) -> None:
    """All options but those that other commands have too."""
    parser.add_argument("spec", metavar="SPEC", help="a .policy file")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="terminal",
        metavar="FORMAT",
        help=f"one of: {', '.join(FORMATS)} (default: terminal, a summary)",
    )
    add_output(parser)
    parser.add_argument(
        "--criteria", metavar="NAME,...", help="what the cases should exercise (see below)"
    )
    either = parser.add_mutually_exclusive_group()
    either.add_argument(
        "--pairwise",
        dest="strength",
        action="store_const",
        const=2,
        help="every possible combination of values of two facts, too",
    )
    either.add_argument(
        "--strength",
        type=positive,
        metavar="N",
        help="every possible combination of values of N facts, too",
    )
    parser.add_argument(
        "--minimize", action="store_true", help="only as many cases as all goals need"
    )
    parser.add_argument(
        "--reading",
        action="append",
        metavar="NAME=READING",
        default=[],
        help="read an open point of the text in one way in all cases (again for another)",
    )
    parser.add_argument(
        "--action",
        action="append",
        metavar="NAME",
        default=[],
        help="expect something of this action only (again for another)",
    )
    parser.add_argument(
        "--changed-since",
        metavar="REVISION",
        help="the cases whose outcome changed since a revision of git, too",
    )
    add_bound(parser)
    add_progress(parser)
    add_settings(parser)
