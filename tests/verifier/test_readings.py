"""Sets of readings: exactly what was meant, and said briefly and truly."""

from __future__ import annotations

from itertools import chain, combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from policy_dsl.load import load_text
from policy_dsl.model import SHOULD, Policy
from tests.strategies.dice import of_draw
from verifier.readings import (
    ALWAYS,
    ReadingSet,
    covers,
    describe,
    from_cubes,
    minimal,
    options,
)
from verifier.readings import combinations as combinations_of

POLICY = load_text(
    """\
policy p
action a
clause C should a
ambiguity scope "Of what?"
  reading wide
  reading narrow
ambiguity time "Until when?"
  reading early
  reading noon
  reading late
ambiguity fixed "Which?"
  reading this
  reading that
  settled as that
ambiguity place "Where?"
  reading here
  reading there
"""
)

Combinations = list[dict[str, str]]


def everything(names: list[str]) -> Combinations:
    return combinations_of(POLICY, names)


@st.composite
def sets(draw: DrawFn) -> tuple[list[str], Combinations]:
    """Some ambiguities, and some combinations of their readings."""
    dice = of_draw(draw)
    names = dice.some([SHOULD, "scope", "time", "fixed", "place"], 0, 4)
    known = everything(names)
    return names, dice.some(known, 0, len(known))


def members(readings: ReadingSet, names: list[str]) -> Combinations:
    return [each for each in everything(names) if readings.contains(each)]


@given(given_=sets())
def test_a_cover_holds_exactly_what_it_should(given_: tuple[list[str], Combinations]) -> None:
    names, wanted = given_
    found = minimal(POLICY, wanted, names)
    assert members(found, names) == wanted
    assert found.never == (not wanted)
    assert found.always == (bool(wanted) and len(wanted) == len(everything(names)))


@given(given_=sets())
def test_no_cube_of_a_cover_can_be_wider_or_left_out(
    given_: tuple[list[str], Combinations],
) -> None:
    names, wanted = given_
    found = minimal(POLICY, wanted, names)
    for index, cube in enumerate(found.cubes):
        others = ReadingSet(found.cubes[:index] + found.cubes[index + 1 :])
        assert members(others, names) != wanted
        for name, values in cube:
            for value in set(options(POLICY, name)) - set(values):
                wider = tuple((n, (*v, value) if n == name else v) for n, v in cube)
                assert any(each not in wanted for each in members(ReadingSet((wider,)), names))


@given(given_=sets())
def test_a_cover_is_nearly_the_smallest(given_: tuple[list[str], Combinations]) -> None:
    names, wanted = given_
    if len(everything(names)) > 6:
        return  # too many sets of boxes to try
    found = minimal(POLICY, wanted, names)
    assert len(found.cubes) <= smallest(names, wanted) + 1


def smallest(names: list[str], wanted: Combinations) -> int:
    """How many boxes it takes at least, by trying all."""
    sides = [
        [each for n in range(1, len(v) + 1) for each in combinations(v, n)]
        for v in (options(POLICY, name) for name in names)
    ]
    inside = {tuple(each.values()) for each in wanted}
    boxes = [set(product(*box)) for box in product(*sides)]
    fitting = [box for box in boxes if box <= inside]
    sizes = chain.from_iterable(combinations(fitting, n) for n in range(len(inside) + 1))
    return next(len(chosen) for chosen in sizes if set().union(*chosen) == inside)


@given(given_=sets())
def test_partial_readings_become_the_set_they_describe(
    given_: tuple[list[str], Combinations],
) -> None:
    names, wanted = given_
    cubes = [{n: v for n, v in each.items() if n != "place"} for each in wanted]
    found = from_cubes(POLICY, list(cubes))
    for each in everything(names):
        inside = any(cube.items() <= each.items() for cube in cubes)
        assert found.contains(each) == inside


@given(one=sets(), two=sets())
def test_a_set_covers_another_if_it_holds_all_of_it(
    one: tuple[list[str], Combinations], two: tuple[list[str], Combinations]
) -> None:
    names = [SHOULD, "scope", "time", "fixed", "place"]
    wide, narrow = minimal(POLICY, one[1], one[0]), minimal(POLICY, two[1], two[0])
    held = all(wide.contains(each) for each in members(narrow, names))
    assert covers(POLICY, wide, narrow) == held


@given(given_=sets(), data=st.data())
def test_what_is_possible_with_a_reading(
    given_: tuple[list[str], Combinations], data: st.DataObject
) -> None:
    names, wanted = given_
    found = minimal(POLICY, wanted, names)
    name = data.draw(st.sampled_from(names or ["scope"]))
    for reading in options(POLICY, name):
        some = any(each.get(name, reading) == reading for each in wanted)
        assert found.possible_with(name, reading) == some


def of(**chosen: str) -> ReadingSet:
    """One cube: of each ambiguity, the readings that will do, parted by blanks."""
    return ReadingSet((tuple((name, tuple(v.split())) for name, v in chosen.items()),))


@pytest.mark.parametrize(
    ("readings", "said"),
    [
        (ALWAYS, "under every reading"),
        (ReadingSet(()), "under no reading"),
        (of(scope="wide"), "only if scope is read as 'wide'"),
        (of(time="early noon"), "only if time is read as 'early' or 'noon'"),
        (
            of(should="binding", time="late"),
            "only if 'should' is read as 'binding' and time is read as 'late'",
        ),
    ],
)
def test_how_a_set_is_said(readings: ReadingSet, said: str) -> None:
    assert describe(POLICY, readings) == said


def test_a_set_is_said_by_what_it_excludes_where_that_is_shorter() -> None:
    names = ["scope", "time", "place"]
    last = everything(names)[-1]
    found = minimal(POLICY, [each for each in everything(names) if each != last], names)
    assert describe(POLICY, found) == (
        "under every reading, but not if scope is read as 'narrow' and time is read as 'late' "
        "and place is read as 'there'"
    )


@given(given_=sets())
def test_every_set_is_said_somehow(given_: tuple[list[str], Combinations]) -> None:
    names, wanted = given_
    said = describe(POLICY, minimal(POLICY, wanted, names))
    assert (said == "under every reading") == (bool(wanted) and wanted == everything(names))
    assert (said == "under no reading") == (not wanted)


def test_a_settled_ambiguity_is_open_no_more() -> None:
    assert options(POLICY, "fixed") == ("that",)
    assert describe(POLICY, minimal(POLICY, everything(["fixed"]), ["fixed"])) == (
        "under every reading"
    )


def test_a_policy_has_the_built_in_ambiguity() -> None:
    policy: Policy = load_text("policy q\naction a\nclause C must a")
    assert options(policy, SHOULD) == ("binding", "advisory")
