"""Linear forms of numbers, and what a comparison of one says."""

from __future__ import annotations

from itertools import product

import pytest

from policy_dsl.conditions import SIGNS
from policy_dsl.model import Compare, CompareSign
from tests.policy_dsl.resolving import resolved
from verifier.linear import EMPTY, FREE, Linear, bounds, linear

WORDS = """\
define more is companions + 1
define twice is 2 * more
define either is age under guests is everybody
define either is age + companions under guests is on_tour
define next_to(x : 0 .. 9) is x + 1
define known is last_visit
define all_trainings is trainings
"""
SIGNS_: tuple[CompareSign, ...] = ("=", "!=", "<", "<=", ">", ">=")


def form(number: str) -> Linear | None:
    policy = resolved(f"{WORDS}clause K must admit when {number} >= 0")
    (requirement,) = policy.clauses["K"].requirements
    assert isinstance(requirement.condition, Compare)
    return linear(policy, requirement.condition.left)


@pytest.mark.parametrize(
    ("number", "factors", "constant", "rests_on"),
    [
        ("7", {}, 7, set()),
        ("-7", {}, -7, set()),
        ("age", {"age": 1}, 0, set()),
        ("-age", {"age": -1}, 0, set()),
        ("age + 3", {"age": 1}, 3, set()),
        ("3 - age", {"age": -1}, 3, set()),
        ("2 * (age - 1) + companions", {"age": 2, "companions": 1}, -2, set()),
        ("age - (companions - 4)", {"age": 1, "companions": -1}, 4, set()),
        ("age + age - age", {"age": 1}, 0, set()),
        ("age - age", {}, 0, set()),
        ("0 * age + 2", {}, 2, set()),
        ("last_visit", {"last_visit": 1}, 0, {"last_visit"}),
        ("0 * last_visit", {}, 0, {"last_visit"}),
        ("last_visit - last_visit", {}, 0, {"last_visit"}),
        ("known + 1", {"last_visit": 1}, 1, {"last_visit"}),
        ("number of trainings", {"number of trainings": 1}, 0, set()),
        ("2 * number of seen", {"number of seen": 2}, 0, {"seen"}),
        ("more", {"companions": 1}, 1, set()),
        ("twice - 2 * more", {}, 0, set()),
        ("either + age", {"define either": 1, "age": 1}, 0, set()),
        ("1 + next_to(companions)", {"companions": 1}, 2, set()),
    ],
)
def test_a_form(number: str, factors: dict[str, int], constant: int, rests_on: set[str]) -> None:
    assert form(number) == Linear(factors, constant, frozenset(rests_on))


@pytest.mark.parametrize("number", ["number of all_trainings"])
def test_numbers_that_have_none(number: str) -> None:
    assert form(number) is None


@pytest.mark.parametrize("sign", SIGNS_)
def test_intervals_are_exact(sign: CompareSign) -> None:
    """All but those of ``!=``, which are free."""
    for by, constant in product((-5, -3, -2, -1, 1, 2, 3, 7), range(-15, 16)):
        term, (low, high) = bounds(Linear({"a": by}, constant), sign)
        assert term == "a"
        for value in range(-20, 21):
            holds = SIGNS[sign](by * value + constant, 0)
            assert not holds or low <= value <= high, (by, constant, value)
            if sign != "!=":
                assert holds == (low <= value <= high), (by, constant, value)


@pytest.mark.parametrize("sign", SIGNS_)
def test_intervals_of_sums_are_exact(sign: CompareSign) -> None:
    for first, second, constant in product((-4, -2, 1, 2, 6), (-6, -1, 2, 3), range(-7, 8)):
        term, (low, high) = bounds(Linear({"b": second, "a": first}, constant), sign)
        left, right = term.split(" + ")
        factors = [int(part.rpartition(" * ")[0] or "1") for part in (left, right)]
        assert (left[-1], right[-1]) == ("a", "b")
        assert factors[0] > 0
        for a, b in product(range(-5, 6), repeat=2):
            holds = SIGNS[sign](first * a + second * b + constant, 0)
            inside = low <= factors[0] * a + factors[1] * b <= high
            assert inside if holds else (not inside or sign == "!=")


def test_large_numbers_are_exact() -> None:
    big = 10**15 + 1
    assert bounds(Linear({"a": 1}, -big), "<") == ("a", (float("-inf"), big - 1))
    assert bounds(Linear({"a": 3}, -3 * big - 1), ">=") == ("a", (big + 1, float("inf")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1, "b": 1}, {"b": 2, "a": 2}),
        ({"a": 1, "b": -1}, {"a": -3, "b": 3}),
        ({"a": 2, "b": -3}, {"a": -4, "b": 6}),
    ],
)
def test_multiples_have_one_name(one: dict[str, int], other: dict[str, int]) -> None:
    assert bounds(Linear(one, 0), "<")[0] == bounds(Linear(other, 0), "<")[0]


def test_other_sums_have_other_names() -> None:
    forms: list[dict[str, int]] = [
        {"a": 1},
        {"b": 1},
        {"a": 1, "b": 1},
        {"a": 1, "b": -1},
        {"a": 1, "b": 2},
        {"a": 2, "b": 1},
        {"a": 1, "b": 1, "c": 1},
        {"number of a": 1},
        {"define a": 1},
    ]
    assert len({bounds(Linear(each, 0), "<")[0] for each in forms}) == len(forms)


@pytest.mark.parametrize("sign", SIGNS_)
@pytest.mark.parametrize("constant", [-1, 0, 1])
def test_a_comparison_of_constants_holds_or_not(sign: CompareSign, constant: int) -> None:
    holds = SIGNS[sign](constant, 0)
    assert bounds(Linear({}, constant), sign) == ("", FREE if holds else EMPTY)
