"""The search for cases of goals, against all cases of small random policies.

Covered: goals of one side and of two, with and without conditions that stay the same, goals of
readings, and fixed readings; needs of all kinds but ``DefeatedOnly``, which is covered where the
policy itself makes such goals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from policy_dsl.case import Case
from policy_dsl.load import load, load_text
from policy_dsl.model import Expr, NormEffect, Policy
from tests.strategies.policies import DENSE, FINITE, texts
from tests.verifier.world import Point, World
from verifier.fixtures.goals import goals
from verifier.fixtures.model import (
    Goal,
    Holds,
    Infeasible,
    InForce,
    Met,
    Need,
    Open,
    Result,
    Shows,
    Side,
)
from verifier.fixtures.needs import meets
from verifier.fixtures.search import Search

MEMO = Path(__file__).parents[2] / "specs/ice-ero-2017/ice-ero-2017.policy"


class _Brute:
    """All valid cases of a policy in which the text is read as is fixed."""

    def __init__(self, world: World, readings: Mapping[str, str]) -> None:
        self.world = world
        self.points = [
            each
            for each in world.points
            if all(each.case.readings[name] == value for name, value in readings.items())
        ]

    def meeting(self, side: Side) -> list[Point]:
        evaluator = self.world.evaluator
        return [
            each
            for each in self.points
            if all(meets(evaluator, need, each.case) for need in side.needs)
        ]

    def key(self, goal: Goal, point: Point) -> object:
        """What both cases of a unique-cause pair have in common."""
        if goal.of_readings:
            return tuple(point.case.facts.items())
        return point.read, tuple(self.world.evaluator.holds(e, point.case) for e in goal.same)

    def agrees(self, goal: Goal, result: Result) -> None:
        met = [self.meeting(each) for each in goal.sides]
        feasible = all(met)
        unique = len(met) == 1 or bool(
            set.intersection(*({self.key(goal, each) for each in side} for side in met))
        )
        if goal.of_readings:
            feasible = unique
        match result:
            case Open(reason=reason):
                raise AssertionError(f"{goal.id} is open: {reason}")
            case Infeasible(because=because):
                assert not feasible, goal
                assert because
            case Met(cases=cases):
                assert feasible
                assert result.unique == unique, goal
                found = [self.point(each) for each in cases]
                for side, point in zip(met, found, strict=True):
                    assert point in side
                assert not unique or len({self.key(goal, each) for each in found}) == 1

    def point(self, case: Case) -> Point:
        return next(each for each in self.points if each.case == case)


def _needs(world: World) -> Iterator[Need]:
    for (_, expr), truth in product(sorted(world.by_code.items()), (True, False)):
        yield Holds(expr=expr, truth=truth)
    for name, clause in world.policy.clauses.items():
        yield InForce(clause=name)
        yield InForce(clause=name, truth=False)
        for effect in clause.effects:
            if isinstance(effect, NormEffect):
                yield Shows(clause=name, force=effect.force, action=effect.action)


def _goal(data: DataObject, needs: list[Need], exprs: list[Expr], number: int) -> Goal:
    some = st.lists(st.sampled_from(needs), min_size=1, max_size=2)
    sides = [
        Side(needs=tuple(data.draw(some)), wishes=(tuple(data.draw(some)),))
        for _ in range(data.draw(st.integers(1, 2)))
    ]
    two = len(sides) == 2
    of_readings = two and data.draw(st.integers(0, 3)) == 0
    held = st.lists(st.sampled_from(exprs), max_size=2) if two and exprs else st.just([])
    return Goal(
        id=f"goal {number}",
        criterion="readings" if of_readings else "conditions",
        owner="",
        clause=None,
        text="",
        sides=tuple(sides),
        same=() if of_readings else tuple(data.draw(held)),
        of_readings=of_readings,
    )


def _readings(data: DataObject, policy: Policy) -> dict[str, str]:
    """Some open readings, fixed; one at most, and none of two times in three."""
    open_ones = [each for each in policy.ambiguities.values() if each.settled is None]
    if not open_ones or data.draw(st.integers(0, 2)):
        return {}
    chosen = data.draw(st.sampled_from(open_ones))
    return {chosen.name: data.draw(st.sampled_from([r.name for r in chosen.readings]))}


@given(st.data())
def test_a_goal_is_met_exactly_if_some_case_or_pair_of_cases_meets_it(data: DataObject) -> None:
    policy = load_text(data.draw(texts(data.draw(st.sampled_from([FINITE, DENSE])))))
    world = World(policy)
    if not world.points:
        return
    readings = _readings(data, policy)
    brute = _Brute(world, readings)
    if not brute.points:
        return
    needs = list(_needs(world))
    exprs = [world.by_code[each] for each in sorted(world.by_code)]
    asked = [_goal(data, needs, exprs, number) for number in range(4)]
    own = goals(policy)
    asked += data.draw(st.lists(st.sampled_from(own), max_size=4)) if own else []
    search = Search(policy, readings=readings)
    for goal in asked:
        brute.agrees(goal, search.find(goal))


@given(st.data())
def test_what_is_found_does_not_depend_on_the_goals_asked_before(data: DataObject) -> None:
    policy = load_text(data.draw(texts(FINITE)))
    own = goals(policy)[:12]
    if not own:
        return
    forward = Search(policy).all(own)
    order = data.draw(st.permutations(range(len(own))))
    again = Search(policy)
    for at in order:
        assert again.find(own[at]) == forward[at]


EDITS = [
    # A number that no other goal rests on: the text of the memo is edited at one clause only.
    ("B.2", "J.1"),
]
