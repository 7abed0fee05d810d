"""The table of margins as JSON: what becomes of an action where one condition alone fails."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict, cast

from policy_dsl.case import Case, case_to_json, defaults
from policy_dsl.model import Policy
from verifier.margins import Margin, MarginOutcome


class MarginCaseDict(TypedDict):
    """A case, without the facts and readings that are the usual ones: what is left out is what
    ``antinomy eval`` takes where a case does not say it."""

    facts: dict[str, bool | int | str | list[str] | None]
    readings: dict[str, str]


class MarginOutcomeDict(TypedDict):
    """What is said of the action then, by which clauses, and a case that shows it."""

    state: str
    clauses: list[str]
    case: MarginCaseDict


class MarginDict(TypedDict):
    """One condition of a clause that alone fails. No outcomes: it cannot, as was proved, unless
    it is not ``settled``. ``holds``: it is by holding that it keeps the clause from applying."""

    clause: str
    action: str
    condition: str
    code: str
    holds: bool
    within: str | None
    outcomes: list[MarginOutcomeDict]
    silent_values: list[str]
    settled: bool
    reason: str | None


def margins(policy: Policy, told: Sequence[Margin]) -> list[MarginDict]:
    """The margins of a report."""
    return [
        {
            "clause": each.clause,
            "action": each.action,
            "condition": each.condition,
            "code": each.code,
            "holds": each.holds,
            "within": each.within,
            "outcomes": [_outcome(policy, outcome) for outcome in each.outcomes],
            "silent_values": list(each.silent_values),
            "settled": each.settled,
            "reason": each.reason,
        }
        for each in told
    ]


def _outcome(policy: Policy, outcome: MarginOutcome) -> MarginOutcomeDict:
    usual, case = defaults(policy), outcome.witness.case
    facts = {name: value for name, value in case.facts.items() if value != usual.facts[name]}
    readings = {n: value for n, value in case.readings.items() if value != usual.readings[n]}
    told = cast(MarginCaseDict, case_to_json(policy, Case(facts=facts, readings=readings)))
    return {"state": outcome.state, "clauses": list(outcome.clauses), "case": told}
