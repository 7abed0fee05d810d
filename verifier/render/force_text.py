"""Force in time as text: what time is asked about, which clauses are in force when, and which
findings stand when."""

from __future__ import annotations

from collections.abc import Sequence

from policy_dsl.force import asked, say_span, spans
from policy_dsl.model import PERIOD, Policy
from policy_dsl.wording import name_list
from verifier.findings import ReadingRow
from verifier.pipeline import Report
from verifier.render.blocks import Block, numbers
from verifier.render.page import Page


def force_lines(policy: Policy) -> tuple[str, ...]:
    """What time is asked about, and which clauses are not in force throughout; nothing where no
    day is asked for and all clauses are."""
    window, force = asked(policy), spans(policy)
    partly: dict[str, list[str]] = {}
    never: list[str] = []
    for name, span in force.items():
        inside = span.both(window)
        if inside.never:
            never.append(name)
        elif inside != window:
            partly.setdefault(say_span(inside), []).append(name)
    if policy.as_of is None and not partly and not never:
        return ()
    found = [f"Asked about: {say_span(window)}."]
    found += [f"In force only {when}: {name_list(names)}." for when, names in partly.items()]
    if never:
        day = "on that day" if policy.as_of is not None else "in that time"
        found.append(f"Not in force {day}: {name_list(never)}.")
    return tuple(found)


def period_rows(report: Report) -> tuple[ReadingRow, ...]:
    """What stands in each period asked about; none where all findings stand in all alike."""
    rows = tuple(each for each in report.readings if each.ambiguity == PERIOD)
    return rows if any(each.fall or each.depend for each in rows) else ()


PERIODS = (
    "In each period between the days on which clauses begin or end to be in force: how many "
    "findings stand however the text is read, how many under some readings, and which do not "
    "stand."
)
"""How to read the table of periods."""


def show_periods(page: Page, report: Report, found: Sequence[Block]) -> None:
    """The table of periods against findings."""
    rows = period_rows(report)
    if not rows:
        return
    page.heading("What stands when")
    page.line(PERIODS)
    for row in rows:
        page.item((row.text, "clause"), indent=2)
        gone = f"; not: {numbers(row.fall, found)}" if row.fall else ""
        said = f"{len(row.stand)} stand, {len(row.depend)} under some readings{gone}"
        page.line((said, "quiet"), indent=4)
