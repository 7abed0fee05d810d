"""The options of ``antinomy diff``, and what its help says."""

from __future__ import annotations

import argparse

from verifier.cli_options import (
    add_bound,
    add_cache,
    add_output,
    add_progress,
    add_settings,
    add_today,
)

DIFF = "Say what a change of policies does to outcomes."
DIFF_EXAMPLES = """\
examples:
  antinomy diff old.policy new.policy          two files
  antinomy diff specs-2023/ specs/             two folders
  antinomy diff main..HEAD specs/              two revisions of git
  antinomy diff main...HEAD specs/             HEAD, and where it left main
  antinomy diff main specs/housing.policy      a revision, and the file as it is
  antinomy diff main..HEAD specs/ --allow stricter --allow gap-closed

What is there on the disk is a path; what is not is a revision. Only policies of
which some file was changed are compared.

rules for --allow (again for another; they stand for those of the settings):
  stricter, looser        changes in this direction only, but no new
                          contradiction and no new gap
  became-obliged, became-forbidden, became-permitted, became-released,
  became-silent, stronger, weaker, value-changed, gap-opened, gap-closed,
  newly-contradictory, newly-consistent
                          changes of this kind, in either direction
  cases-added, cases-removed
                          cases that only the new or the old version allows
  new-policy, removed-policy
  new-findings=SEVERITY   new findings up to note, warning (default) or error
  equivalent, wording     these always pass
A rule may be limited to an action, output or decision, and to paths:
'stricter:detain', 'looser@specs/leave/*', 'stricter:detain@specs/*'.

exit status:
  0  every change may pass
  1  a change is allowed by no rule, or a new finding is worse than may be
  2  a policy cannot be read or is wrong, or the command is
  3  something was not settled, and nothing fails
"""

FORMATS = ("terminal", "html", "json", "markdown")


def add_diff(parser: argparse.ArgumentParser) -> None:
    """All options of the command but those for colours and days."""
    parser.add_argument(
        "versions",
        nargs="+",
        metavar="VERSION",
        help="OLD NEW, or revisions of git with the paths that are compared: A..B PATH, A PATH",
    )
    parser.add_argument(
        "--allow",
        action="append",
        metavar="RULE",
        default=[],
        help="let changes pass of which this rule speaks (again for another)",
    )
    parser.add_argument(
        "--fail-on",
        choices=("change", "never"),
        default="change",
        help="never: let every change pass that could be settled (default: change)",
    )
    parser.add_argument(
        "--no-findings",
        action="store_true",
        help="do not look for findings in both versions, which takes a while",
    )
    parser.add_argument("--format", choices=FORMATS, default="terminal")
    add_output(parser)
    add_bound(parser)
    parser.add_argument(
        "--full",
        action="store_true",
        help="whole edits, a whole case for every change, and findings that did not change",
    )
    add_progress(parser)
    add_cache(parser)
    add_today(parser)
    add_settings(parser)
