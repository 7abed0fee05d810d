"""Types and the values that belong to them."""

from __future__ import annotations

import pytest

from policy_dsl.resolve_types import described, listed, same_kind
from policy_dsl.types import Enumeration, Integer, SetOf, Type, Value, YesNo, contains

COLOUR = Enumeration("Colour", ("red", "dark_blue"), (None, "blue as the night"))
INLINE = Enumeration("", ("dry", "wet"))
MANY = Enumeration("Many", tuple(f"v{i}" for i in range(20)))

CONTAINS: list[tuple[Type, list[Value], list[Value]]] = [
    (YesNo(), [True, False], [None, 0, 1, "yes", frozenset()]),
    (COLOUR, ["red", "dark_blue"], [None, "Red", "blue", "", True, 0, frozenset({"red"})]),
    (
        SetOf(COLOUR),
        [frozenset(), frozenset({"red"}), frozenset({"red", "dark_blue"})],
        [None, "red", frozenset({"red", "green"}), False],
    ),
    (Integer(), [0, -(10**30), 10**30], [None, True, False, "0", frozenset()]),
    (Integer(2, 4, "years"), [2, 3, 4], [1, 5, None, True]),
    (Integer(2, None), [2, 10**20], [1, -5]),
    (Integer(None, 4), [4, -(10**20)], [5]),
    (Integer(0, 1), [0, 1], [True, False]),
    (Integer(4, 2), [], [2, 3, 4]),
]


@pytest.mark.parametrize(
    ("type_", "inside", "outside"), CONTAINS, ids=[str(each) for each, _, _ in CONTAINS]
)
def test_what_belongs_to_a_type(type_: Type, inside: list[Value], outside: list[Value]) -> None:
    assert [each for each in inside if not contains(type_, each)] == []
    assert [each for each in outside if contains(type_, each)] == []


@pytest.mark.parametrize(
    ("type_", "written", "said"),
    [
        (YesNo(), "yes/no", "yes or no"),
        (COLOUR, "Colour", "a value of Colour"),
        (INLINE, "one of dry, wet", "one of dry, wet"),
        (SetOf(COLOUR), "set of Colour", "a set of values of Colour"),
        (Integer(), "integer", "a number"),
        (Integer(unit="years"), "integer years", "a number of years"),
        (Integer(0, 120, "years"), "0 .. 120 years", "a number of years"),
        (Integer(-3, -1), "-3 .. -1", "a number"),
        (Integer(0, None), "0 ..", "a number"),
        (Integer(None, 9, "metres"), ".. 9 metres", "a number of metres"),
    ],
)
def test_how_a_type_is_said(type_: Type, written: str, said: str) -> None:
    assert str(type_) == written
    assert described(type_) == said


def test_how_a_value_is_said() -> None:
    assert COLOUR.phrase("dark_blue") == "blue as the night"
    assert COLOUR.phrase("red") == "red"
    assert Enumeration("", ("dark_blue",)).phrase("dark_blue") == "dark blue"
    with pytest.raises(ValueError, match="not in tuple"):
        COLOUR.phrase("green")


def test_very_many_values_are_not_all_listed() -> None:
    assert listed(COLOUR) == "red, dark_blue"
    assert listed(MANY) == "v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, ..."


KINDS: list[Type] = [
    YesNo(),
    Integer(),
    COLOUR,
    INLINE,
    Enumeration("", ("wet", "dry")),
    Enumeration("Other", ("red", "dark_blue")),
    SetOf(COLOUR),
    SetOf(INLINE),
]


@pytest.mark.parametrize("one", KINDS, ids=str)
def test_what_can_be_compared(one: Type) -> None:
    assert [other for other in KINDS if same_kind(one, other)] == [one]


def test_units_ranges_and_phrases_do_not_make_another_kind() -> None:
    assert same_kind(Integer(0, 3, "years"), Integer(None, None, "days"))
    assert same_kind(COLOUR, Enumeration("Colour", ("red", "dark_blue")))
    assert same_kind(SetOf(COLOUR), SetOf(Enumeration("Colour", ("red", "dark_blue"))))
