"""The table of margins: what is said of an action where one condition of a clause alone fails."""

from __future__ import annotations

from dataclasses import dataclass

from verifier.margins import Margin, MarginOutcome, left_out
from verifier.pipeline import Report
from verifier.render.blocks import listed
from verifier.render.html.marks import Link
from verifier.render.html.tables import clause_links
from verifier.render.sentences import sentence, together
from verifier.render.summary import count


@dataclass(frozen=True, kw_only=True)
class OutcomeView:
    """What is said of an action where a condition fails, by which clauses, with a case."""

    said: str
    clauses: tuple[Link, ...]
    case: str


@dataclass(frozen=True, kw_only=True)
class MarginView:
    """What becomes of a clause's action where one of its conditions alone fails. ``remark`` is
    what more there is to say of it."""

    condition: str
    within: str
    outcomes: tuple[OutcomeView, ...]
    remark: str


@dataclass(frozen=True, kw_only=True)
class MarginGroup:
    """The margins of one clause and one of its actions."""

    clause: Link
    action: str
    size: str
    rows: tuple[MarginView, ...]


@dataclass(frozen=True, kw_only=True)
class MarginTable:
    """The margins in the order of the clauses, and how many more there are than are told."""

    groups: tuple[MarginGroup, ...]
    more: int


def margin_table(report: Report) -> MarginTable:
    """The table of margins; without groups where none were looked for."""
    policy = report.policy
    found: dict[tuple[str, str], list[Margin]] = {}
    for each in report.margins:
        found.setdefault((each.clause, each.action), []).append(each)
    groups = tuple(
        MarginGroup(
            clause=clause_links(policy, [clause])[0],
            action=policy.actions[action].phrase,
            size=count(len(margins), "condition"),
            rows=tuple(_row(report, each) for each in margins),
        )
        for (clause, action), margins in found.items()
    )
    return MarginTable(groups=groups, more=left_out(policy, report.margins) if groups else 0)


def _row(report: Report, margin: Margin) -> MarginView:
    return MarginView(
        condition=sentence(margin.condition),
        within="" if margin.within is None else sentence(margin.within),
        outcomes=tuple(_outcome(report, margin, each) for each in margin.outcomes),
        remark=_remark(margin),
    )


def _outcome(report: Report, margin: Margin, outcome: MarginOutcome) -> OutcomeView:
    said: str = outcome.state
    if outcome.state == "silent":
        said = "not spoken of by any clause"
        if margin.silent_values:
            said += f" (for the value {listed(margin.silent_values, 'or')})"
    return OutcomeView(
        said=said,
        clauses=clause_links(report.policy, outcome.clauses),
        case=together(report.policy, outcome.witness.statements or ("In every case",)),
    )


def _remark(margin: Margin) -> str:
    if not margin.settled:
        return f"not settled: {margin.reason}" if margin.reason else "not settled"
    return "" if margin.outcomes else "it cannot fail alone (proved)"
