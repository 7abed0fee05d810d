"""The options of ``antinomy coverage``, and what its help says."""

from __future__ import annotations

import argparse

from verifier.cli_options import add_bound, add_output, add_progress, add_settings

COVERAGE = "Say which clauses, conditions and boundaries cases of one's own exercise."
COVERAGE_EXAMPLES = """\
examples:
  antinomy coverage leave.policy cases.json
  antinomy coverage leave.policy tests/cases/ --full
  antinomy coverage leave.policy cases.csv --complete --write-missing missing.json
  antinomy coverage leave.policy cases.json --fail-under 90
  antinomy coverage leave.policy cases.json --fail-under conditions=100
  antinomy coverage leave.policy cases.json --format html -o coverage.html

files of cases: JSON of one case (as 'antinomy eval' reads it), a list of them,
{"cases": [...]}, what 'antinomy fixtures' writes as JSON or CSV, one case a line
(.jsonl, .ndjson), a table with a column for each fact (.csv); folders of these.

exit status:
  0  done; every share is as high as --fail-under asks for
  1  a share is below --fail-under
  2  the policy or a case cannot be read or is wrong, or the command is
  3  something was not settled, on which this depends
"""

FORMATS = ("terminal", "html", "json")


def add_coverage(parser: argparse.ArgumentParser) -> None:
    """All options but those that other commands have too."""
    parser.add_argument("spec", metavar="SPEC", help="a .policy file")
    parser.add_argument("cases", nargs="+", metavar="CASES", help="files or folders of cases")
    parser.add_argument("--format", choices=FORMATS, default="terminal")
    add_output(parser)
    parser.add_argument(
        "--criteria", metavar="NAMES", help="only these criteria, with commas (see 'fixtures')"
    )
    parser.add_argument(
        "--complete", action="store_true", help="what a case leaves out gets its default"
    )
    parser.add_argument(
        "--fail-under",
        action="append",
        metavar="N",
        default=[],
        help="how many percent have to be met, of all or of one criterion: NAME=N (again for more)",
    )
    parser.add_argument(
        "--write-missing", metavar="FILE", help="write cases for what is missing, as fixtures"
    )
    parser.add_argument("--full", action="store_true", help="tell what is met, too")
    add_bound(parser)
    add_progress(parser)
    add_settings(parser)
