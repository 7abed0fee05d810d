"""Force in time as text: what time is asked about, which clauses are in force when, and which
findings stand when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_dsl.force import asked, say_span, spans
from policy_dsl.model import PERIOD, Policy
from policy_dsl.wording import joined
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
    found += [f"In force only {when}: {joined(names, 'and')}." for when, names in partly.items()]
    if never:
        day = "on that day" if policy.as_of is not None else "in that time"
        found.append(f"Not in force {day}: {joined(never, 'and')}.")
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class PeriodRow:
    """A period in words, how many findings stand in it however the text is read, how many under
    some readings, and the numbers of those that do not stand in it."""

    said: str
    stand: int
    depend: int
    gone: str


def period_rows(report: Report, found: Sequence[Block]) -> tuple[PeriodRow, ...]:
    """The periods asked about; none where all findings stand in all of them alike."""
    rows = [each for each in report.readings if each.ambiguity == PERIOD]
    if not any(each.fall or each.depend for each in rows):
        return ()
    return tuple(
        PeriodRow(
            said=row.text,
            stand=len(row.stand),
            depend=len(row.depend),
            gone=numbers(row.fall, found),
        )
        for row in rows
    )


PERIODS = (
    "In each period between the days on which clauses begin or end to be in force: how many "
    "findings stand however the text is read, how many under some readings, and which do not "
    "stand."
)
"""How to read the table of periods."""


def show_periods(page: Page, report: Report, found: Sequence[Block]) -> None:
    """The table of periods against findings."""
    rows = period_rows(report, found)
    if not rows:
        return
    page.heading("What stands when")
    page.line(PERIODS)
    for row in rows:
        page.item((row.said, "clause"), indent=2)
        gone = f"; not: {row.gone}" if row.gone else ""
        page.line((f"{row.stand} stand, {row.depend} under some readings{gone}", "quiet"), indent=4)
