"""The options of ``antinomy compile`` and ``antinomy serve-oracle``, and what their help says."""

from __future__ import annotations

import argparse

from verifier.cli_options import positive

COMPILE = "Write a policy as a Python program that needs nothing else."
COMPILE_EXAMPLES = """\
examples:
  antinomy compile leave.policy -o leave.py
  python leave.py < cases.jsonl > answers.jsonl

The program is compared with the reference evaluator on random cases before it
is written. In Python, import it: leave.outcome(case).

exit status:
  0  written
  2  the policy cannot be read or is wrong, or the command is
"""

SERVE = "Say what a policy says about cases, one a line of JSON, as they come."
SERVE_EXAMPLES = """\
examples:
  antinomy serve-oracle leave.policy < cases.jsonl > answers.jsonl

A case is {"facts": {...}, "readings": {...}} on one line; an "id" beside them
is given back. Each gets one line: what is said of every action, outputs,
clauses in force; or {"error": [...]} with what is wrong with the line.

exit status:
  0  the input ended
  2  the policy cannot be read or is wrong, or the command is
"""


def add_compile(parser: argparse.ArgumentParser) -> None:
    """The options of ``compile``."""
    parser.add_argument("spec", metavar="SPEC", help="a .policy file")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="the file to write (default: standard output)"
    )
    parser.add_argument(
        "--check",
        type=positive,
        metavar="N",
        default=500,
        help="on how many random cases it is compared with the evaluator (default: 500)",
    )


def add_serve(parser: argparse.ArgumentParser) -> None:
    """The options of ``serve-oracle``."""
    parser.add_argument("spec", metavar="SPEC", help="a .policy file")
    parser.add_argument(
        "--complete", action="store_true", help="take defaults for what a case leaves out"
    )
