"""Fixtures as JSON in the shape that ``fixture_types`` describes."""

from __future__ import annotations

from collections.abc import Collection

from policy_dsl.evaluate import Evaluator
from policy_dsl.model import Policy
from verifier.fixtures.expected import expected, reasons
from verifier.fixtures.model import (
    Combinations,
    Fixture,
    Goal,
    Infeasible,
    Met,
    Open,
    Result,
    Suite,
)
from verifier.render import fixture_types as t
from verifier.render.json_cases import case
from verifier.render.json_v1 import dump


def render(policy: Policy, suite: Suite, actions: Collection[str] | None = None) -> str:
    """The fixtures as one JSON document, pure ASCII, with a line end."""
    return dump(document(policy, suite, actions))


def document(policy: Policy, suite: Suite, actions: Collection[str] | None = None) -> t.SuiteDict:
    """The fixtures as plain JSON data, the expected outcomes worked out. ``actions`` limits what
    is expected; None: all actions and outputs."""
    kept = [name for name in policy.actions if actions is None or name in actions]
    evaluator = Evaluator(policy)
    clauses = {goal.id: goal.clause for goal in suite.goals}
    meeting: dict[str, list[str]] = {}
    for fixture in suite.fixtures:
        for goal in fixture.goals:
            meeting.setdefault(goal, []).append(fixture.id)
    results = zip(suite.goals, suite.results, strict=True)
    return {
        "schema": t.SCHEMA,
        "policy": policy.name,
        "criteria": list(suite.criteria),
        "readings": dict(suite.readings),
        "smallest": suite.smallest,
        "actions": {name: policy.actions[name].phrase for name in kept},
        "fixtures": [_fixture(evaluator, each, clauses, kept) for each in suite.fixtures],
        "goals": [_goal(*each, meeting) for each in results],
        "combinations": None if suite.combinations is None else _combined(suite.combinations),
        "not_settled": list(suite.unsettled),
    }


def _fixture(
    evaluator: Evaluator, fixture: Fixture, clauses: dict[str, str | None], actions: Collection[str]
) -> t.FixtureDict:
    about = next((clauses[g] for g in fixture.goals if clauses.get(g) is not None), None)
    return {
        "id": fixture.id,
        "title": fixture.title,
        "goals": list(fixture.goals),
        "case": case(evaluator.policy, fixture.case),
        "expected": expected(evaluator, fixture.case, actions),
        "why": [] if about is None else reasons(evaluator, about, fixture.case),
        "partner": fixture.partner,
        "differs": list(fixture.differs),
        "finding": fixture.finding,
        "advice": fixture.advice,
        "before": fixture.before,
    }


def _goal(goal: Goal, result: Result, meeting: dict[str, list[str]]) -> t.GoalDict:
    status: t.StatusWord = "met"
    because: list[str] = []
    unique = None
    match result:
        case Met():
            unique = result.unique if len(goal.sides) > 1 else None
        case Infeasible():
            status, because = "infeasible", list(result.because)
        case Open():
            status, because = "not settled", [result.reason]
    return {
        "id": goal.id,
        "criterion": goal.criterion,
        "owner": goal.owner,
        "clause": goal.clause,
        "text": goal.text,
        "status": status,
        "fixtures": meeting.get(goal.id, []),
        "unique_cause": unique,
        "because": because,
    }


def _combined(found: Combinations) -> t.CombinationsDict:
    return {
        "strength": found.strength,
        "factors": [list(each) for each in found.factors],
        "combinations": found.tuples,
        "covered": found.covered,
        "impossible": found.impossible,
        "not_settled": found.open,
        "excluded": [list(each) for each in found.excluded],
    }
