"""Coverage as JSON in the shape that ``coverage_types`` describes."""

from __future__ import annotations

from typing import cast

from verifier.fixtures.coverage import Coverage, Goaled
from verifier.fixtures.model import Criterion, Infeasible, Open
from verifier.render import coverage_types as t
from verifier.render.json_v1 import dump

MOST_NAMED = 20
"""How many cases are named for one goal."""


def render(found: Coverage) -> str:
    """The coverage as one JSON document, pure ASCII, with a line end."""
    data: t.CoverageDict = {
        "schema": t.SCHEMA,
        "policy": found.policy.name,
        "cases": len(found.cases),
        "invalid": [{"case": where, "breaks": why} for where, why in found.invalid],
        "total": _counts(found, None),
        "criteria": {each: _counts(found, each) for each in found.criteria},
        "goals": [_goal(found, each) for each in found.goals],
    }
    return dump(data)


def _counts(found: Coverage, criterion: Criterion | None) -> t.CountDict:
    counts = found.counts(criterion)
    return {
        "met": counts["met"],
        "missing": counts["missing"],
        "out_of_reach": counts["out of reach"],
        "not_settled": counts["not settled"],
        "percent": round(found.percent(criterion), 2),
    }


def _goal(found: Coverage, each: Goaled) -> t.CoveredDict:
    return {
        "id": each.goal.id,
        "criterion": each.goal.criterion,
        "owner": each.goal.owner,
        "clause": each.goal.clause,
        "text": each.goal.text,
        "status": cast(t.CoveredWord, each.status),
        "cases": meeting(found, each, MOST_NAMED),
        "because": because(each),
    }


def meeting(found: Coverage, each: Goaled, most: int) -> list[str]:
    """The cases that meet a goal, by where they stand; pairs as "one and the other"."""
    names = [found.cases[place].where for place in each.cover.singles[:most]]
    pairs = each.cover.pairs[: most - len(names)]
    return [*names, *(f"{found.cases[a].where} and {found.cases[b].where}" for a, b in pairs)]


def because(each: Goaled) -> list[str]:
    """Why no case meets a goal, or why that was not settled."""
    match each.result:
        case Infeasible(because=lines):
            return list(lines)
        case Open(reason=reason):
            return [reason]
        case _:
            return []
