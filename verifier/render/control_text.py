"""Who controls which permission or release, as text."""

from __future__ import annotations

from collections.abc import Sequence

from policy_dsl.model import Policy
from verifier.control_words import who
from verifier.exhibits import ControlRow
from verifier.pipeline import Report
from verifier.render.blocks import listed
from verifier.render.exhibit_words import control_words, say_of
from verifier.render.page import Page
from verifier.render.sentences import sentence_start

CONTROL = (
    "For each clause that permits or releases: who alone, by what is theirs to judge, grant or "
    "choose, can bring it about, and who alone can keep it from being in force. To bring it about "
    "means: whatever the others do, where the facts allow it."
)
"""How to read what is said of control."""


def show_control(page: Page, report: Report, full: bool) -> None:
    """In short, the clauses of which the same is so together; with ``full``, each clause with
    what each role decides."""
    policy = report.policy
    if not report.control:
        return
    page.heading("Who can bring it about, and who can block it")
    page.line(CONTROL)
    if not full:
        _show_together(page, policy, report.control)
        page.line(("'--full' says what each of them decides.", "quiet"))
        return
    for row in report.control:
        page.blank()
        title = f" {row.title}:" if row.title else ""
        page.line((row.clause, "clause"), f"{title} {row.says}")
        for said in control_words(policy, row):
            page.item(said, indent=2)
        for each in row.roles:
            lead = (f"{sentence_start(who(policy, each.role))} decides: ", "quiet")
            page.item(lead, "; ".join(say_of(policy, each)), indent=4)


def _show_together(page: Page, policy: Policy, rows: Sequence[ControlRow]) -> None:
    groups: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        groups.setdefault(tuple(control_words(policy, row)), []).append(row.clause)
    for said, clauses in groups.items():
        page.blank()
        page.line((listed(clauses), "clause"))
        for each in said:
            page.item(each, indent=2)
