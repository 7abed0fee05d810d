"""What stands when: a row for each period between the days on which force changes."""

from __future__ import annotations

from dataclasses import dataclass

from policy_dsl.model import PERIOD
from verifier.pipeline import Report
from verifier.render.force_text import period_rows
from verifier.render.html.marks import Finder, Link


@dataclass(frozen=True, kw_only=True)
class PeriodView:
    """A period: ``choice`` is how the filters name it, ``gone`` what does not stand in it."""

    choice: str
    said: str
    stand: int
    depend: int
    gone: tuple[Link, ...]


def periods(report: Report, finder: Finder) -> tuple[PeriodView, ...]:
    """The periods asked about; none where all findings stand in all of them alike."""
    return tuple(
        PeriodView(
            choice=f"{PERIOD}:{row.reading}",
            said=row.text,
            stand=len(row.stand),
            depend=len(row.depend),
            gone=finder.known(row.fall),
        )
        for row in period_rows(report)
    )
