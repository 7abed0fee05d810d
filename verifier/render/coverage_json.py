"""Coverage as JSON in the shape that ``coverage_types`` describes."""

from __future__ import annotations

from verifier.fixtures.coverage import Coverage, Exercised, Share, State
from verifier.fixtures.model import Goal
from verifier.render import coverage_types as t
from verifier.render import coverage_words as words
from verifier.render.json_v1 import dump


def render(found: Coverage) -> str:
    """Coverage as one JSON document, pure ASCII, with a line end."""
    pairs = zip(found.goals, found.states, strict=True)
    document: t.CoverageDict = {
        "schema": t.SCHEMA,
        "policy": found.policy,
        "cases": len(found.cases),
        "refused": [{"case": name, "because": why} for name, why in found.refused],
        "all": _share(found.share()),
        "criteria": {each: _share(found.share(each)) for each in found.criteria},
        "goals": [_goal(found, *each) for each in pairs],
    }
    return dump(document)


def _share(share: Share) -> t.ShareDict:
    return {
        "met": share.exercised,
        "missing": share.missing,
        "infeasible": share.infeasible,
        "not_settled": share.open,
        "percent": words.tenths(share.least),
    }


def _goal(found: Coverage, goal: Goal, state: State) -> t.CoveredGoalDict:
    paired = isinstance(state, Exercised) and len(goal.sides) > 1
    return {
        "id": goal.id,
        "criterion": goal.criterion,
        "owner": goal.owner,
        "clause": goal.clause,
        "text": goal.text,
        "status": words.word(state),
        "cases": words.named(found, state),
        "count": words.count_of(state),
        "unique_cause": state.unique if paired and isinstance(state, Exercised) else None,
        "because": list(words.because(state)),
    }
