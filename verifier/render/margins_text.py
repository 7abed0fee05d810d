"""The table of margins as text: what becomes of an action where one condition alone fails."""

from __future__ import annotations

from itertools import groupby

from verifier.margins import Margin, left_out
from verifier.pipeline import Report
from verifier.render.blocks import listed
from verifier.render.page import Page

_HEADING = "Where one condition alone fails"


def show_margins(page: Page, report: Report, full: bool) -> None:
    """A list for each clause and action; in short, one line that says where it is told."""
    policy = report.policy
    if not report.profiles or not policy.clauses:
        return
    rest = left_out(policy, report.margins)
    if not full:
        if len(report.margins) + rest:
            page.heading(_HEADING)
            page.line(
                "What is said of a clause's action where one of its conditions fails and all "
                f"others hold: '--full' tells it, for {len(report.margins) + rest} conditions."
            )
        return
    page.heading(_HEADING)
    page.line(
        "For each condition of a clause: all its other conditions hold and this one fails. What "
        "can then be said of the action, and by which other clauses? What is not listed never "
        "happens; that is proved, for all cases and readings. Parts of a condition are indented."
    )
    for (clause, action), rows in groupby(report.margins, lambda each: (each.clause, each.action)):
        page.blank()
        phrase = policy.actions[action].phrase
        page.line((clause, "clause"), f": {phrase}")
        for each in rows:
            page.item(
                f"{each.condition}: {outcome_words(each)}", indent=2 if not each.within else 4
            )
    if rest:
        page.blank()
        page.line(f"{rest} more conditions were left out: the table ends after so many.")


def outcome_words(margin: Margin) -> str:
    """What is said of the action then, in a few words."""
    said = []
    for each in margin.outcomes:
        if each.state == "silent":
            only = f" (with {listed(margin.silent_values, 'or')})" if margin.silent_values else ""
            said.append(f"no clause speaks{only}")
        else:
            said.append(f"{each.state} by {listed(each.clauses)}")
    if margin.reason is not None:
        said.append(f"not settled: {margin.reason}")
    return "; or ".join(said) if said else "never alone"
