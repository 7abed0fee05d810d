"""The options of ``antinomy coverage``, and what its help says."""

from __future__ import annotations

import argparse

from verifier.cli_options import add_settings, positive

COVERAGE = "Say what your own cases exercise of a policy, and write the missing ones."
COVERAGE_EXAMPLES = """\
examples:
  antinomy coverage leave.policy cases/
  antinomy coverage leave.policy tests.csv --format html -o coverage.html
  antinomy coverage leave.policy cases.jsonl --write-missing missing.json
  antinomy coverage leave.policy cases/ --fail-under 90

A file holds one case as 'antinomy eval' reads it, a list of cases, {"cases":
[...]}, what 'antinomy fixtures' writes as JSON or CSV, or a case a line (.jsonl).
In a folder, files that end in .json, .jsonl, .ndjson or .csv are read.

exit status:
  0  as many goals are met as --fail-under asks for
  1  fewer are met
  2  the policy or a case cannot be read, or the command is wrong
  3  something was not settled
"""

FORMATS = ("terminal", "json", "html")


def add_coverage(parser: argparse.ArgumentParser) -> None:
    """All options but those that other commands have too."""
    parser.add_argument("spec", metavar="SPEC", help="a .policy file")
    parser.add_argument("cases", nargs="+", metavar="CASES", help="files or folders of cases")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="terminal",
        metavar="FORMAT",
        help=f"one of: {', '.join(FORMATS)} (default: terminal)",
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write the report to a file, not to the terminal"
    )
    parser.add_argument(
        "--criteria", metavar="NAME,...", help="what should be exercised (see 'fixtures --help')"
    )
    parser.add_argument(
        "--complete", action="store_true", help="take defaults for what a case leaves out"
    )
    parser.add_argument(
        "--write-missing", metavar="FILE", help="write cases for what is missing, as fixtures"
    )
    parser.add_argument(
        "--fail-under",
        type=float,
        metavar="PERCENT",
        default=0.0,
        help="how many of the goals that can be met have to be (default: 0)",
    )
    parser.add_argument("--full", action="store_true", help="tell every goal")
    parser.add_argument(
        "--bound",
        type=positive,
        metavar="N",
        help="how many solver steps a question may take before it counts as not settled",
    )
    parser.add_argument("--no-progress", action="store_true", help="show no progress")
    add_settings(parser)
