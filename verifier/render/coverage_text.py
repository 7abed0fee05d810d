"""Coverage for a terminal: by criterion, and then what is missing, clause by clause."""

from __future__ import annotations

from verifier.fixtures.coverage import Coverage, Goaled
from verifier.render.page import Page

MOST_INVALID = 5
"""How many cases that do not count are told one by one."""


def render(found: Coverage, width: int, colour: bool, full: bool, verdict: str) -> str:
    """The report. Without ``full``, goals that are met or out of reach are only counted."""
    page = Page(width, colour)
    page.line((f"Coverage of {found.policy.name}", "heading"))
    page.line(f"{len(found.cases)} cases count.")
    for where, why in found.invalid[:MOST_INVALID]:
        page.line((f"{where} does not count: {why}.", "warning"))
    if len(found.invalid) > MOST_INVALID:
        page.line(f"And {len(found.invalid) - MOST_INVALID} more cases do not count.")
    page.blank()
    rows = [["criterion", "met", "missing", "out of reach", "not settled", "of what can be met"]]
    for criterion in found.criteria:
        counts = found.counts(criterion)
        if sum(counts.values()):
            numbers = [str(each) for each in counts.values()]
            rows.append([criterion, *numbers, f"{found.percent(criterion):.1f} %"])
    total = [str(each) for each in found.counts().values()]
    rows.append(["all", *total, f"{found.percent():.1f} %"])
    page.table(rows)
    owners: dict[str, list[Goaled]] = {}
    for each in found.goals:
        if full or each.status in ("missing", "not settled"):
            owners.setdefault(each.goal.owner, []).append(each)
    for owner, goals in owners.items():
        page.blank()
        page.line((owner, "clause"))
        for each in goals:
            style = "quiet" if each.status in ("met", "out of reach") else "warning"
            page.line((f"{each.status}: ", style), each.goal.text, indent=2, hang=2)
    page.blank()
    page.line(verdict)
    return page.text()
