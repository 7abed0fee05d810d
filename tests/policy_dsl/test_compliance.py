"""What can be done together."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.compliance import (
    Constraint,
    Duty,
    choice,
    decision_constraint,
    duty_constraint,
    incapacity_constraint,
    smallest_conflict,
)
from tests.policy_dsl.build import cannot, decision, does

ACTIONS = "abcde"
ORIGIN = Duty("C", does("must", "a"))


def test_what_each_origin_asks_for() -> None:
    assert duty_constraint("C", does("should", "a")) == Constraint(
        ("a",), 1, 1, Duty("C", does("should", "a"))
    )
    forbidden = duty_constraint("C", does("must not", "a"))
    assert (forbidden.low, forbidden.high) == (0, 0)
    chosen = decision("d", "a", "b", low=1, high=2)
    assert decision_constraint(chosen) == Constraint(("a", "b"), 1, 2, chosen)
    full = cannot("a")
    assert incapacity_constraint(full) == Constraint(("a",), 0, 0, full)


def test_what_follows_is_chosen() -> None:
    found = choice(
        [
            decision_constraint(decision("d", "a", "b", "c")),
            duty_constraint("C", does("must not", "a")),
            duty_constraint("D", does("must not", "b")),
        ]
    )
    assert found == {"a": False, "b": False, "c": True}


def test_no_choice_beyond_what_is_needed() -> None:
    assert choice([decision_constraint(decision("d", "a", "b", low=0, high=2))]) == {
        "a": False,
        "b": False,
    }
    assert choice([]) == {}


def test_a_decision_that_asks_for_more_than_there_is() -> None:
    assert choice([decision_constraint(decision("d", "a", low=2, high=2))]) is None


def test_a_long_row_of_decisions_needs_no_deep_stack() -> None:
    row = [decision_constraint(decision(f"d{i}", f"a{i}", f"b{i}")) for i in range(1500)]
    found = choice(row)
    assert found is not None
    assert sum(found.values()) == 1500


def test_the_smallest_conflict_leaves_out_bystanders() -> None:
    custody = decision_constraint(decision("custody", "a", "b"))
    other = decision_constraint(decision("other", "c", "d"))
    no_a, no_b = (duty_constraint("C", does("must not", each)) for each in "ab")
    want_c, full = duty_constraint("D", does("must", "c")), incapacity_constraint(cannot("b"))
    assert smallest_conflict([want_c, no_a, other, custody, no_b]) == (no_a, custody, no_b)
    assert smallest_conflict([want_c, custody, no_b, no_a, full]) == (custody, no_b, no_a)
    assert smallest_conflict([want_c, custody, no_b, full]) == ()


def test_of_equal_constraints_only_one_is_named() -> None:
    want = duty_constraint("C", does("must", "a"))
    ban = duty_constraint("D", does("must not", "a"))
    assert smallest_conflict([want, want, ban]) == (want, ban)


CONSTRAINTS = st.lists(
    st.builds(
        lambda actions, bounds: Constraint(
            tuple(sorted(actions)), min(bounds), max(bounds), ORIGIN
        ),
        st.sets(st.sampled_from(ACTIONS), min_size=1, max_size=4),
        st.tuples(st.integers(0, 4), st.integers(0, 4)),
    ),
    max_size=7,
)


def kept(constraint: Constraint, done: dict[str, bool]) -> bool:
    return constraint.low <= sum(done[each] for each in constraint.actions) <= constraint.high


def possible(constraints: list[Constraint]) -> bool:
    choices = (dict(zip(ACTIONS, row, strict=True)) for row in product([False, True], repeat=5))
    return any(all(kept(each, done) for each in constraints) for done in choices)


@given(CONSTRAINTS)
def test_choice_agrees_with_trying_everything(constraints: list[Constraint]) -> None:
    found = choice(constraints)
    assert (found is not None) is possible(constraints)
    if found is not None:
        done = {**dict.fromkeys(ACTIONS, False), **found}
        assert all(kept(each, done) for each in constraints)


@given(CONSTRAINTS)
def test_a_smallest_conflict_is_one_and_no_part_of_it_is(constraints: list[Constraint]) -> None:
    found = list(smallest_conflict(constraints))
    if possible(constraints):
        assert found == []
    else:
        assert not possible(found)
        assert all(possible(found[:i] + found[i + 1 :]) for i in range(len(found)))
