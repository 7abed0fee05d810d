"""Two bounds that leave one value are told as that value, and the statement says the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.calendar import day_of
from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load_text
from policy_dsl.model import Expr, Policy
from verifier.narrowed import narrowed
from verifier.words import statements

TEXT = """policy p "P" missing_day after
subject record
fact closed : date "was closed on {}"
fact asked : date "is asked for from {}"
fact paid : money 0 .. 5000 EUR "costs {}"
fact age : optional 0 .. 9 years "is {} old"
fact a : yes/no
fact b : yes/no
fact c : yes/no
"""

CONDITIONS = (
    "closed is on or after 2020-12-31",
    "closed is on or before 2020-12-31",
    "closed is after 2020-12-30",
    "asked is on or after closed + 5 years",
    "asked is on or before closed + 5 years",
    "asked is before closed + 5 years",
    "paid >= 30 EUR",
    "paid <= 30 EUR",
    "age >= 3 years",
    "age <= 3 years",
    "at least 2 of a, b, c",
    "at most 2 of a, b, c",
    "at most 1 of a, b, c",
)


def _policy(conditions: tuple[str, ...]) -> Policy:
    defined = [f"define d{at} is {each}\n" for at, each in enumerate(conditions)]
    return load_text(TEXT + "".join(defined))


def said(*conditions: str) -> tuple[str, ...]:
    """The sentences for some conditions; one that starts with ``not`` is denied."""
    bare = tuple(each.removeprefix("not ") for each in conditions)
    policy = _policy(bare)
    bodies = [each.cases[0].body for each in policy.definitions.values()]
    truths = [not each.startswith("not ") for each in conditions]
    return statements(policy, list(zip(bodies, truths, strict=True)), [])


@pytest.mark.parametrize(
    ("conditions", "sentences"),
    [
        (CONDITIONS[:2], ("The record was closed on 31 December 2020",)),
        (CONDITIONS[1:3], ("The record was closed on 31 December 2020",)),
        (
            CONDITIONS[3:5],
            (
                "The record is asked for from the day 5 years after the day on which the record "
                "was closed",
            ),
        ),
        (
            (CONDITIONS[3], f"not {CONDITIONS[5]}"),
            (
                "The record is asked for from a day no earlier than 5 years after the day on which "
                "the record was closed",
            ),
        ),
        (
            ("asked is on or after 2020-12-31", "closed is before 2020-12-31"),
            (
                "The record is asked for from 31 December 2020 or later",
                "The record was closed before 31 December 2020",
            ),
        ),
        (CONDITIONS[6:8], ("The record costs 30 EUR",)),
        (("paid >= 1000.50 EUR",), ("The record costs at least 1,000.50 EUR",)),
        (CONDITIONS[8:10], ("The record is 3 years old",)),
        (CONDITIONS[10:12], ("Exactly 2 of these hold: a: yes; b: yes; c: yes",)),
        (
            ("not at most 1 of a, b, c", CONDITIONS[11]),
            ("Exactly 2 of these hold: a: yes; b: yes; c: yes",),
        ),
    ],
)
def test_bounds_are_told_together(conditions: tuple[str, ...], sentences: tuple[str, ...]) -> None:
    assert said(*conditions) == sentences


ALL = _policy(CONDITIONS)
BODIES = [each.cases[0].body for each in ALL.definitions.values()]
EVALUATOR = Evaluator(ALL)
days = st.integers(-2, 2).map(lambda near: day_of(2020, 12, 31) + near)
cases = st.fixed_dictionaries(
    {
        "closed": days,
        "asked": st.one_of(days, days.map(lambda day: day + 5 * 365 + 1)),
        "paid": st.integers(2999, 3001),
        "age": st.none() | st.integers(2, 4),
        "a": st.booleans(),
        "b": st.booleans(),
        "c": st.booleans(),
    }
)


@given(st.lists(st.tuples(st.sampled_from(BODIES), st.booleans()), max_size=6), cases)
def test_it_says_the_same(
    statement: list[tuple[Expr, bool]], facts: dict[str, int | bool | None]
) -> None:
    case = Case(facts, {})
    whole = all(EVALUATOR.holds(expr, case) is truth for expr, truth in statement)
    told = all(EVALUATOR.holds(expr, case) is truth for expr, truth in narrowed(ALL, statement))
    assert told is whole
