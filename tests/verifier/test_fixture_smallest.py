"""The smallest set of cases, compared with all sets of small instances."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from verifier.fixtures.smallest import Way, smallest
from verifier.solvers.z3_backend import Z3Backend

CASES = 7

ways = st.frozensets(st.integers(0, CASES - 1), min_size=1, max_size=2)
instances = st.lists(st.lists(ways, min_size=1, max_size=4), max_size=8)


def meets_all(goals: Sequence[Sequence[Way]], chosen: frozenset[int]) -> bool:
    """Whether each goal has a way whose cases are all chosen."""
    return all(any(way <= chosen for way in each) for each in goals)


def fewest(goals: Sequence[Sequence[Way]]) -> int:
    """The size of a smallest set, by trying all sets."""
    return next(
        size
        for size in range(CASES + 1)
        if any(meets_all(goals, frozenset(each)) for each in combinations(range(CASES), size))
    )


@given(instances)
def test_no_set_is_smaller(goals: list[list[Way]]) -> None:
    found = smallest(goals, Z3Backend())
    assert meets_all(goals, frozenset(found.chosen))
    assert found.proved
    assert len(found.chosen) == fewest(goals)
    assert found == smallest(goals, Z3Backend())


@given(instances)
def test_what_is_not_proved_meets_all_goals_too(goals: list[list[Way]]) -> None:
    found = smallest(goals, Z3Backend(), bound=1)
    assert meets_all(goals, frozenset(found.chosen))
    assert not found.proved or len(found.chosen) == fewest(goals)


def test_one_case_of_two_goals_is_taken_before_two_of_one_each() -> None:
    one, two, both = frozenset({0}), frozenset({1}), frozenset({2})
    assert smallest([[one, both], [two, both]], Z3Backend()).chosen == (2,)
