"""Reading cases from JSON, however ill-formed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.case import Case, case_to_json, defaults
from policy_dsl.model import Policy
from policy_dsl.read_case import MOST_NAMED, CaseError, complete_case, read_case
from tests.policy_dsl.build import (
    COLOUR,
    COLOURS,
    YEARS,
    ambiguity,
    clause,
    define,
    does,
    fact,
    policy,
    reads,
    value,
)

POLICY = policy(
    clause("C", does("should", "release")),
    facts=[
        fact("arriving"),
        fact("colour", COLOUR),
        fact("seen", COLOURS),
        fact("age", YEARS),
        fact("maybe", COLOUR, optional=True),
    ],
    definitions=[define("child", value("arriving"))],
    ambiguities=[ambiguity("only", "wide", "narrow"), ambiguity("shall", "x", "y", settled="y")],
)
FACTS: dict[str, Any] = {"arriving": True, "colour": "blue", "seen": ["red"], "age": 7}
READINGS = {"only": "wide", "should": "binding"}


def read(**changes: object) -> Case:
    return read_case(POLICY, {"facts": {**FACTS, **changes}, "readings": READINGS})


def problems(data: object, of: Policy = POLICY) -> tuple[str, ...]:
    with pytest.raises(CaseError) as caught:
        read_case(of, data)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def problem(**changes: object) -> str:
    (found,) = problems({"facts": {**FACTS, **changes}, "readings": READINGS})
    return found


def test_a_full_case() -> None:
    assert read(maybe="green") == Case(
        {
            "arriving": True,
            "colour": "blue",
            "seen": frozenset(["red"]),
            "age": 7,
            "maybe": "green",
        },
        {"only": "wide", "shall": "y", "should": "binding"},
    )


def test_ways_to_write_values() -> None:
    assert [read(arriving=each).facts["arriving"] for each in ("yes", "no", True, False)] == [
        True,
        False,
        True,
        False,
    ]
    assert read(seen=[]).facts["seen"] == frozenset()
    assert read(seen=["red", "red", "blue"]).facts["seen"] == frozenset(["red", "blue"])
    assert read(maybe=None).facts["maybe"] is None


def test_an_optional_fact_left_out_is_not_established() -> None:
    assert read().facts["maybe"] is None


def test_a_reading_may_differ_from_the_settled_one() -> None:
    found = read_case(POLICY, {"facts": FACTS, "readings": {**READINGS, "shall": "x"}})
    assert found.readings["shall"] == "x"


def test_facts_and_readings_left_out_are_listed_together() -> None:
    assert problems({"facts": {"arriving": True}}) == (
        "no value for colour, seen, age",
        "no reading for the ambiguity only: choose wide or narrow",
        "no reading for the ambiguity should: choose binding or advisory",
    )


def test_a_flat_object_holds_facts() -> None:
    built = policy(facts=[fact("arriving"), fact("age", YEARS)])
    assert read_case(built, {"arriving": "no", "age": 3}).facts == {"arriving": False, "age": 3}


def test_a_fact_may_be_called_facts() -> None:
    built = policy(facts=[fact("facts"), fact("readings")])
    expected = {"facts": True, "readings": False}
    assert read_case(built, {"facts": True, "readings": False}).facts == expected
    nested = {"facts": {"facts": True, "readings": False}}
    assert read_case(built, nested).facts == expected


class TestShould:
    def test_not_asked_for_where_nothing_depends_on_it(self) -> None:
        built = policy(clause("C", does("must", "release")))
        assert read_case(built, {}).readings == {"should": "advisory"}

    def test_asked_for_where_a_norm_uses_the_word(self) -> None:
        built = policy(clause("C", does("should not", "release")))
        assert problems({}, built) == (
            "no reading for the ambiguity should: choose binding or advisory",
        )

    def test_asked_for_where_a_clause_holds_under_it(self) -> None:
        built = policy(clause("C", does("must", "release"), under=reads("should", "binding")))
        assert len(problems({}, built)) == 1


class TestComplete:
    def test_what_is_left_out_is_filled_and_named(self) -> None:
        found, filled = complete_case(POLICY, {"facts": {"age": 7}})
        usual = defaults(POLICY)
        assert found == Case({**usual.facts, "age": 7}, usual.readings)
        assert filled == ("arriving", "colour", "seen", "only", "should")

    def test_nothing_is_filled_in_a_full_case(self) -> None:
        assert complete_case(POLICY, {"facts": FACTS, "readings": READINGS}) == (read(), ())

    def test_faults_are_still_faults(self) -> None:
        with pytest.raises(CaseError, match="age: 121 is not in the range"):
            complete_case(POLICY, {"facts": {"age": 121}})

    def test_a_fact_with_a_fault_is_not_said_to_be_missing(self) -> None:
        assert problem(age="seven") == (
            "age: expected a whole number in the range 0 .. 120 years, not 'seven'"
        )


class TestFaults:
    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"arriving": 1}, "arriving: expected true or false, not 1"),
            ({"arriving": "Yes"}, "arriving: expected true or false, not 'Yes'"),
            ({"arriving": None}, "arriving: null is only for an optional fact"),
            (
                {"colour": "gren"},
                "colour: 'gren' is not red, green or blue; did you mean green?",
            ),
            ({"colour": "mauve"}, "colour: 'mauve' is not red, green or blue"),
            ({"colour": ["red"]}, "colour: expected red, green or blue, not a list"),
            (
                {"seen": ["red", "blu"]},
                "seen: 'blu' is not red, green or blue; did you mean blue?",
            ),
            ({"seen": "red"}, "seen: expected a list of any of red, green, blue, not 'red'"),
            ({"seen": [["red"]]}, "seen: a list is not red, green or blue"),
            ({"age": 121}, "age: 121 is not in the range 0 .. 120 years"),
            ({"age": -1}, "age: -1 is not in the range 0 .. 120 years"),
            (
                {"age": 7.0},
                "age: expected a whole number in the range 0 .. 120 years, not 7.0",
            ),
            (
                {"age": True},
                "age: expected a whole number in the range 0 .. 120 years, not true",
            ),
            (
                {"age": float("nan")},
                "age: expected a whole number in the range 0 .. 120 years, not nan",
            ),
            (
                {"age": 10**5000},
                "age: a number of more than 38 digits is not in the range 0 .. 120 years",
            ),
            ({"ariving": True}, "no fact is called 'ariving'; did you mean arriving?"),
            ({"height": 3}, "no fact is called 'height'"),
            ({"child": True}, "child is a definition: it follows from the facts"),
        ],
    )
    def test_values(self, changes: dict[str, object], expected: str) -> None:
        assert problem(**changes) == expected

    def test_readings(self) -> None:
        given = {"onyl": "wide", "only": "narow", "should": 3}
        assert problems({"facts": FACTS, "readings": given}) == (
            "no ambiguity is called 'onyl'; did you mean only?",
            "only: 'narow' is not wide or narrow; did you mean narrow?",
            "should: 3 is not binding or advisory",
        )

    @pytest.mark.parametrize("data", [None, 3, "facts", [], [FACTS], float("inf")])
    def test_a_case_is_an_object(self, data: object) -> None:
        assert problems(data)[0].startswith("a case is an object of facts, not ")

    def test_parts_of_a_case(self) -> None:
        found = problems({"facts": [], "readings": "x", "reading": {}})
        assert found[:3] == (
            "no part of a case is called 'reading'; did you mean readings?",
            '"facts" must be an object, not a list',
            "\"readings\" must be an object, not 'x'",
        )

    def test_many_unknown_names_are_counted(self) -> None:
        unknown = {f"z{i}": True for i in range(MOST_NAMED + 5)}
        found = problems({"facts": {**FACTS, **unknown}, "readings": READINGS})
        assert len(found) == MOST_NAMED + 1
        assert found[-1] == "and 5 more such names"
        for _ in range(5):
            unknown.popitem()
        found = problems({"facts": {**FACTS, **unknown}, "readings": READINGS})
        assert found[-1] == f"no fact is called 'z{MOST_NAMED - 1}'"

    def test_many_wrong_members_are_counted(self) -> None:
        found = problems({"facts": {**FACTS, "seen": list(range(100))}, "readings": READINGS})
        assert len(found) == MOST_NAMED + 1
        assert found[-1] == "seen: and 80 more such members"
        exactly = list(range(MOST_NAMED))
        found = problems({"facts": {**FACTS, "seen": exactly}, "readings": READINGS})
        assert found[-1] == f"seen: {MOST_NAMED - 1} is not red, green or blue"

    def test_nesting_without_end_and_texts_without_end(self) -> None:
        deep: object = []
        for _ in range(100_000):
            deep = [deep]
        assert problem(age=deep).endswith("not a list")
        assert len(problem(colour="x" * 10**6)) < 200
        assert len(problem(**{"x" * 10**6: 1})) < 200
        assert problem(colour="\ud800\n") == "colour: '\\ud800\\n' is not red, green or blue"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["red", "yes", "wide"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["facts", "readings", "age", "seen", "only", "colour", "?"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@given(JSON)
def test_any_json_gives_a_full_case_or_problems(data: object) -> None:
    try:
        found, _ = complete_case(POLICY, data)
    except CaseError as error:
        found, faults = None, set(error.problems)
    if found is None:
        assert faults
        assert faults <= set(problems(data)), "read_case finds these faults too"
    else:
        assert set(found.facts) == set(POLICY.facts)
        assert set(found.readings) == set(POLICY.ambiguities)
        assert read_case(POLICY, case_to_json(POLICY, found)) == found
