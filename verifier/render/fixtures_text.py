"""Fixtures in short, for a terminal."""

from __future__ import annotations

from collections import Counter

from policy_dsl.model import Policy
from verifier.fixtures.model import Infeasible, Met, Open, Suite
from verifier.render.page import Page

_ABOUT = {
    "clauses": "each clause in force",
    "conditions": "each condition decides alone",
    "boundaries": "around each threshold",
    "dates": "leap days and missing days",
    "exceptions": "each exception decides",
    "priorities": "each clause that prevails",
    "readings": "each reading decides",
}

MOST_SHOWN = 8
"""How many goals out of reach, or not settled, are told one by one."""


def render(policy: Policy, suite: Suite, width: int, spec: str) -> str:
    """What there is: goals by criterion, those out of reach, and how to write the cases."""
    page = Page(width, False)
    page.line((f"Fixtures of {policy.name}", "strong"))
    page.blank()
    results = list(zip(suite.goals, suite.results, strict=True))
    rows = [["criterion", "goals", "met", "out of reach", "not settled", ""]]
    for criterion, about in _ABOUT.items():
        found = Counter(type(r) for g, r in results if g.criterion == criterion)
        if found:
            counts = [found.total(), found[Met], found[Infeasible], found[Open]]
            rows.append([criterion, *map(str, counts), about])
    page.table(rows)
    page.blank()
    combined = suite.combinations
    if combined is not None:
        page.line(
            f"Combinations of {combined.strength} facts: {combined.covered} occur, "
            f"{combined.impossible} cannot (proved), {combined.open} not settled."
        )
    shown = sum(each.finding is not None for each in suite.fixtures)
    if shown:
        page.line(f"Cases that show a finding, with what a system should do there: {shown}.")
    changed = sum(each.before is not None for each in suite.fixtures)
    if changed:
        page.line(f"Cases with another outcome than before: {changed}.")
    page.line((_cases(suite), "strong"))
    for each in suite.unsettled:
        page.line(f"Not settled: {each}", hang=2)
    _list(page, "Out of reach, proved:", [(g.id, r) for g, r in results], Infeasible)
    _list(page, "Not settled:", [(g.id, r) for g, r in results], Open)
    page.blank()
    page.line(f"Write them with: antinomy fixtures {spec} --format json -o FILE (or csv, pytest)")
    return page.text()


def _list(page: Page, heading: str, found: list[tuple[str, object]], kind: type) -> None:
    mine = [(name, result) for name, result in found if isinstance(result, kind)]
    if not mine:
        return
    page.blank()
    page.line(heading)
    for name, result in mine[:MOST_SHOWN]:
        page.line(name, indent=2, hang=2)
        because = result.because if isinstance(result, Infeasible) else ()
        because = (result.reason,) if isinstance(result, Open) else because
        for each in because:
            page.line(each, indent=4, hang=2)
    if len(mine) > MOST_SHOWN:
        page.line(f"and {len(mine) - MOST_SHOWN} more: JSON has all of them.", indent=2)


def told(suite: Suite, name: str) -> str:
    """One line on what was written."""
    return f"{name}: {_cases(suite)}"


def _cases(suite: Suite) -> str:
    count = len(suite.fixtures)
    said = "1 case." if count == 1 else f"{count} cases."
    match suite.smallest:
        case True:
            return f"{said} No fewer of those found meet all goals (proved)."
        case False:
            return f"{said} It is not proved that no fewer would do."
        case None:
            return said
