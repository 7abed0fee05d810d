"""Which boxes meet: against a look at every pair."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier import meeting as meeting_
from verifier.meeting import Box, Group, Range, is_empty

INF = float("inf")


def partners_of(ones: Sequence[Box], twos: Sequence[Box]) -> list[int]:
    return meeting_.partners_of(Group.of(ones), Group.of(twos))


def meeting(groups: Sequence[Sequence[Box]]) -> list[list[int]]:
    return meeting_.meeting([Group.of(each) for each in groups])


def overlap(one: Range, other: Range) -> bool:
    """Whether two ranges have something in common; ranges of two kinds are taken to."""
    if isinstance(one, int) and isinstance(other, int):
        return bool(one & other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return max(one[0], other[0]) <= min(one[1], other[1])
    return True


def meets(one: Box, other: Box) -> bool:
    """Whether two boxes meet, said in the plainest way."""
    if is_empty(one) or is_empty(other):
        return False
    return all(overlap(one[key], other[key]) for key in one if key in other)


def naive(groups: list[list[Box]]) -> list[list[int]]:
    """The boxes that meet some box of every other group."""
    return [
        [
            at
            for at, box in enumerate(group)
            if not is_empty(box)
            and all(any(meets(box, b) for b in other) for other in groups if other is not group)
        ]
        for group in groups
    ]


ENDS = st.sampled_from([-INF, -2, 0, 1, 2, 3, 5, 10**18, 10**18 + 1, INF])
RANGES = {"a": st.tuples(ENDS, ENDS), "b": st.tuples(ENDS, ENDS), "c": st.integers(0, 7)}
MIXED = st.one_of(st.tuples(ENDS, ENDS), st.integers(0, 3))
BOXES = st.fixed_dictionaries({}, optional={**RANGES, "d": st.integers(1, 3), "m": MIXED})
GROUPS = st.lists(BOXES, max_size=9)


@given(GROUPS, GROUPS)
def test_partners_are_the_boxes_that_meet(ones: list[Box], twos: list[Box]) -> None:
    found = partners_of(ones, twos)
    expected = [sum(1 << at for at, one in enumerate(ones) if meets(one, two)) for two in twos]
    assert found == expected


@given(st.lists(GROUPS, max_size=4))
def test_meeting(groups: list[list[Box]]) -> None:
    assert meeting(groups) == naive(groups)


LOW, HIGH, ALL = (-INF, 4.0), (5.0, INF), (-INF, INF)


@pytest.mark.parametrize(
    ("ones", "twos", "expected"),
    [
        ([], [], []),
        ([], [{}], [0]),
        ([{}], [], []),
        ([{}], [{}], [1]),
        ([{}, {}, {}], [{}], [0b111]),
        # --- free, unbounded, empty ---
        ([{"a": LOW}, {"a": HIGH}, {}], [{"a": LOW}, {"a": HIGH}, {}], [0b101, 0b110, 0b111]),
        ([{"a": ALL}], [{"a": LOW}, {"a": ALL}], [1, 1]),
        ([{"a": (1, 0)}, {"a": ALL}], [{"a": ALL}, {"a": (1, 0)}, {}], [0b10, 0, 0b10]),
        ([{"c": 0}, {"c": 1}], [{"c": 3}, {"c": 0}, {}], [0b10, 0, 0b10]),
        ([{"": 0}], [{"": 0}, {}], [0, 0]),
        # --- touching ends ---
        ([{"a": (0, 3)}, {"a": (4, 7)}], [{"a": (3, 3)}, {"a": (4, 4)}, {"a": (3, 4)}], [1, 2, 3]),
        ([{"a": (0, 3)}], [{"a": (-5, -1)}, {"a": (4, 9)}, {"a": (-5, 9)}], [0, 0, 1]),
        ([{"a": (5, 5)}] * 3, [{"a": (5, 5)}, {"a": (6, 6)}], [0b111, 0]),
        # --- several things, named by some only ---
        (
            [{"a": LOW, "c": 1}, {"a": LOW, "c": 2}, {"c": 1}, {"b": LOW}],
            [{"a": HIGH}, {"c": 2}, {"a": LOW, "b": HIGH, "c": 3}],
            [0b1100, 0b1010, 0b0111],
        ),
        # --- values ---
        ([{"c": 0b01}, {"c": 0b10}, {"c": 0b11}], [{"c": 0b01}, {"c": 0b10}], [0b101, 0b110]),
        # --- a thing of which two kinds are said ---
        ([{"m": 1}, {"m": LOW}], [{"m": 2}, {"m": HIGH}, {"m": 1}], [0b10, 0b01, 0b11]),
    ],
)
def test_partners(ones: list[Box], twos: list[Box], expected: list[int]) -> None:
    assert partners_of(ones, twos) == expected


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([], []),
        ([[{}, {"a": LOW}]], [[0, 1]]),
        ([[{"a": (1, 0)}, {}]], [[1]]),
        ([[{}], []], [[], []]),
        ([[], []], [[], []]),
        ([[{"a": LOW}], [{"a": HIGH}]], [[], []]),
        ([[{"a": LOW}, {"a": HIGH}], [{"a": HIGH}]], [[1], [0]]),
        # Each pair meets, though no case lies in all three: that is left to the solver.
        ([[{"a": (0, 2)}], [{"a": (2, 4)}], [{}]], [[0], [0], [0]]),
        ([[{"a": LOW}], [{}], [{"a": HIGH}]], [[], [0], []]),
    ],
)
def test_groups(groups: list[list[Box]], expected: list[list[int]]) -> None:
    assert meeting(groups) == expected == naive(groups)


@pytest.mark.parametrize(
    ("box", "empty"),
    [
        ({}, False),
        ({"a": ALL}, False),
        ({"a": (3, 3)}, False),
        ({"a": (3, 2)}, True),
        ({"c": 0}, True),
        ({"c": 4, "a": LOW}, False),
        ({"c": 4, "a": (INF, -INF)}, True),
    ],
)
def test_empty_boxes(box: Box, empty: bool) -> None:
    assert is_empty(box) is empty


def test_many_boxes() -> None:
    """A grid of 900 boxes, of which each meets itself alone."""
    grid: list[Box] = [
        {"a": (10 * a, 10 * a + 9), "b": (10 * b, 10 * b + 9)}
        for a, b in product(range(30), repeat=2)
    ]
    assert partners_of(grid, grid) == [1 << at for at in range(len(grid))]
    even, odd = grid[::2], grid[1::2]
    assert meeting([even, odd]) == [[], []]
