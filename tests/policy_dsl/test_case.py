"""Cases, their defaults and their form in JSON."""

from __future__ import annotations

import json

import pytest

from policy_dsl.case import Case, case_to_json, default_value, defaults
from policy_dsl.read_case import read_case
from policy_dsl.types import Integer, Type, Value
from tests.policy_dsl.build import (
    COLOUR,
    COLOURS,
    YEARS,
    YES_NO,
    ambiguity,
    case,
    fact,
    policy,
)

POLICY = policy(
    facts=[
        fact("a"),
        fact("colour", COLOUR),
        fact("seen", COLOURS),
        fact("age", YEARS),
        fact("maybe", optional=True),
    ],
    ambiguities=[ambiguity("only", "wide", "narrow"), ambiguity("shall", "x", "y", settled="y")],
)


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        (YES_NO, False),
        (COLOUR, "red"),
        (COLOURS, frozenset()),
        (Integer(), 0),
        (Integer(low=1), 1),
        (Integer(high=-1), -1),
        (Integer(low=3), 3),
        (Integer(high=-3), -3),
        (Integer(-5, 5), 0),
        (Integer(-5, -2), -2),
        (Integer(0, 9), 0),
    ],
)
def test_the_default_of_each_type(type_: Type, expected: Value) -> None:
    assert default_value(fact("x", type_)) == expected
    assert default_value(fact("x", type_, optional=True)) is None


def test_the_default_case_is_full() -> None:
    assert defaults(POLICY) == Case(
        {"a": False, "colour": "red", "seen": frozenset(), "age": 0, "maybe": None},
        {"only": "wide", "shall": "y", "should": "advisory"},
    )


def test_json_keeps_to_the_order_of_the_policy() -> None:
    given = Case(
        {"age": 3, "seen": frozenset(["blue", "red"]), "a": True, "maybe": None, "colour": "red"},
        {"should": "binding", "shall": "x", "only": "narrow"},
    )
    found = case_to_json(POLICY, given)
    assert json.dumps(found) == json.dumps(
        {
            "facts": {"a": True, "colour": "red", "seen": ["red", "blue"], "age": 3, "maybe": None},
            "readings": {"only": "narrow", "shall": "x", "should": "binding"},
        }
    )
    assert read_case(POLICY, json.loads(json.dumps(found))) == given


def test_json_leaves_out_what_is_missing_or_unknown() -> None:
    found = case_to_json(POLICY, Case({"age": 3, "height": 4}, {"only": "wide", "other": "x"}))
    assert found == {"facts": {"age": 3}, "readings": {"only": "wide"}}


def test_equal_cases_have_one_hash() -> None:
    one, two = case(POLICY, age=3), case(POLICY, age=3)
    assert one is not two
    assert {one: "found"}[two] == "found"
    assert case(POLICY, age=4) not in {one}
    assert case(POLICY, {"only": "narrow"}, age=3) not in {one}
