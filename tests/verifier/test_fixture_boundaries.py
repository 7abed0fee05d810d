"""Goals around thresholds: the points are the nearest ones that a case can have."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from policy_dsl.calendar import civil
from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load_text
from policy_dsl.model import Compare, Policy
from policy_dsl.terms import value_type
from policy_dsl.types import is_number
from tests.strategies.cases import all_facts, all_readings
from tests.strategies.policies import FINITE, policies
from verifier.fixtures.goals import goals
from verifier.fixtures.model import Criterion, Met
from verifier.fixtures.search import Search
from verifier.fixtures.sensitive import Unfolding
from verifier.fixtures.thresholds import points

HEADER = "policy test\n  missing_day before\nsubject person\naction release\n"


def cases(text: str, criterion: Criterion) -> dict[str, Case | None]:
    """The case of each goal of a criterion, by the goal's name; None where there is none."""
    policy = load_text(HEADER + text)
    search, found = Search(policy), {}
    for goal in goals(policy, [criterion]):
        result = search.find(goal)
        found[goal.id] = result.cases[0] if isinstance(result, Met) else None
    return found


def values(text: str, fact: str) -> list[object]:
    """The value of a fact in the case of each goal at thresholds, in order."""
    told = cases(text, "boundaries").values()
    return [None if each is None else each.facts[fact] for each in told]


@given(policies(FINITE))
@settings(deadline=None)
def test_points_are_the_nearest_to_the_threshold(policy: Policy) -> None:
    evaluator, unfolding = Evaluator(policy), Unfolding(policy)
    everything = [Case(f, r) for f in all_facts(policy) for r in all_readings(policy)]
    for atom in {each: None for clause in policy.clauses for each in unfolding.atoms(clause)}:
        if not isinstance(atom, Compare) or not is_number(value_type(atom.left)):
            continue
        sides = [
            (evaluator.value(atom.left, c), evaluator.value(atom.right, c)) for c in everything
        ]
        gaps = [a - b if isinstance(a, int) and isinstance(b, int) else None for a, b in sides]
        known = [each for each in gaps if each is not None]
        below = {max((each for each in known if each < 0), default=0)}
        above = {min((each for each in known if each > 0), default=0)}
        nearest = {"at": [{0}], "just below": [below, above], "just above": [above, below]}
        for point, expr in points(policy, atom):
            pairs = zip(gaps, everything, strict=True)
            holding = {gap for gap, case in pairs if evaluator.holds(expr, case)}
            assert not holding or holding in nearest[point], (point, atom)


@pytest.mark.parametrize(
    "condition", ["age >= 18", "18 years <= age", "age < 18", "18 years > age"]
)
def test_a_threshold_may_stand_on_either_side(condition: str) -> None:
    text = f"fact age : 0 .. 120 years\nclause A must release when {condition}\n"
    assert values(text, "age") == [17, 18, 19]


def test_a_step_is_one_that_a_value_can_take() -> None:
    text = "fact stay : 0 .. 20 years\nclause A must release when stay > 30 months\n"
    assert values(text, "stay") == [2, 3]


def test_what_the_type_excludes_is_no_goal() -> None:
    text = "fact late : 0 .. 90 days\nclause A must release when late > 0\n"
    assert values(text, "late") == [0, 1]


def test_what_decides_already_makes_a_point_impossible() -> None:
    text = "fact age : 0 .. 120 years\nclause A must release when age >= 18 and age != 19\n"
    assert cases(text, "boundaries")["A: just above age >= 18 years"] is None


def test_values_of_an_ordered_list_beside_the_one_named() -> None:
    text = (
        "type Level is one of low < middle < high\nfact level : Level\n"
        "clause A must release when level >= middle\n"
    )
    assert values(text, "level") == ["low", "middle", "high"]


@pytest.mark.parametrize("months", [1, 6, 12])
def test_months_are_added_to_leap_days_and_to_days_that_are_missing_there(months: int) -> None:
    text = (
        "fact joined : 2015-01-01 .. 2030-12-31\nfact begins : 2015-01-01 .. 2030-12-31\n"
        f"clause A must release when begins >= joined + {months} months\n"
    )
    found = list(cases(text, "dates").values())
    assert len(found) == 3
    for number, case in enumerate(found):
        assert case is not None
        joined, begins = case.facts["joined"], case.facts["begins"]
        assert isinstance(joined, int)
        assert isinstance(begins, int)
        if number == 0:
            assert civil(joined)[1:] == (2, 29)
        if number == 1:  # the day before, since the month arrived at is shorter
            assert civil(begins + 1)[2] == 1
            assert civil(begins)[2] < civil(joined)[2]
        if number == 2:
            assert civil(begins)[2] == 1
