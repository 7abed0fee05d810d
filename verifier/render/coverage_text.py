"""Coverage for a terminal: by criterion, then what is missing on each clause."""

from __future__ import annotations

from policy_dsl.model import Policy
from verifier.fixtures.coverage import Coverage, Share, share_of
from verifier.render import coverage_words as words
from verifier.render.page import Page

_MARKS: dict[words.Word, tuple[str, str]] = {
    "met": ("+", "added"),
    "missing": ("-", "removed"),
    "infeasible": ("x", "quiet"),
    "not settled": ("?", "warning"),
}

MOST_REFUSED = 10
"""Of how many cases that do not count it is said why."""


def render(policy: Policy, found: Coverage, width: int, colour: bool, full: bool) -> str:
    """The report. Without ``full``, what is met or cannot be met is only counted."""
    page = Page(width, colour)
    page.line((f"Coverage of {policy.name} by {words.cases_said(len(found.cases))}", "strong"))
    if found.refused:
        page.blank()
        page.line(f"Not counted: {words.cases_said(len(found.refused))} that cannot be.")
        for name, why in found.refused[:MOST_REFUSED]:
            page.item(f"{name}: {why}", indent=2)
        if len(found.refused) > MOST_REFUSED:
            page.line(f"and {len(found.refused) - MOST_REFUSED} more: JSON has all.", indent=2)
    page.blank()
    rows = [["criterion", "met", "missing", "cannot", "not settled", "covered"]]
    rows += [[each, *_cells(found.share(each))] for each in found.criteria]
    rows.append(["all", *_cells(found.share())])
    page.table(rows)
    for owner, goals in found.owners.items():
        listed = [
            (goal, state)
            for goal, state in goals
            if full or words.word(state) in ("missing", "not settled")
        ]
        if not listed:
            continue
        share = share_of(state for _, state in goals)
        page.blank()
        page.line(
            (words.heading(policy, owner), "clause"),
            right=f"{share.exercised} of {share.exercised + share.missing + share.open}",
        )
        for goal, state in listed:
            mark, style = _MARKS[words.word(state)]
            page.line((mark, style), f" {goal.text}", indent=2, hang=2)
            for each in words.because(state):
                page.line((each, "quiet"), indent=4, hang=2)
    page.blank()
    page.line("+ met   - missing   x cannot be met (proved)   ? not settled")
    return page.text()


def _cells(share: Share) -> list[str]:
    counts = (share.exercised, share.missing, share.infeasible, share.open)
    return [*map(str, counts), words.percent(share)]
