"""Origins of needs, and that none is left out that could hold with the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load_text
from policy_dsl.model import Policy
from tests.policy_dsl.resolving import resolved
from tests.strategies.cases import numbers_of, random_case
from tests.strategies.dice import of_seed
from tests.strategies.policies import FINITE, WIDE, policies, write
from verifier.clashes import Need
from verifier.origins import Kinds, Origin, Origins

ACTIONS = "action go\naction stay\n"
SPEC = """\
clause A must go when badge
clause B must not go when age < 18
clause C may go when reason is tour
clause D need not go unless inspector
clause E should not go, stay when vetted is no
cannot go, stay when companions = 8
"""
OBLIGED, BARRED = Need("go", True), Need("go", False)
ALLOWED, FREED = Need("go", True, liberty=True), Need("go", False, liberty=True)


def names(origins: list[Origin]) -> list[str]:
    return [each.clause or f"cannot {each.incapacity}" for each in origins]


@pytest.mark.parametrize(
    ("need", "barred_by", "expected"),
    [
        (OBLIGED, "both", ["A"]),
        (OBLIGED, "incapacities", ["A"]),
        (ALLOWED, "clauses", ["C"]),
        (FREED, "both", ["D"]),
        (FREED, "incapacities", ["D"]),
        (BARRED, "clauses", ["B", "E"]),
        (BARRED, "incapacities", ["cannot 0"]),
        (BARRED, "both", ["B", "E", "cannot 0"]),
        (Need("stay", False), "both", ["E", "cannot 1"]),
        (Need("stay", True), "both", []),
        (Need("strange", True), "both", []),
    ],
)
def test_the_origins_of_a_need(need: Need, barred_by: Kinds, expected: list[str]) -> None:
    found = Origins(resolved(ACTIONS + SPEC)).of(need, barred_by)
    assert names(found) == expected
    assert {each.need for each in found} <= {need}
    assert all((each.effect is None) == (each.clause is None) for each in found)


def meeting(text: str, *needs: Need) -> list[list[str]]:
    origins = Origins(resolved(ACTIONS + text))
    return [names(each) for each in origins.meeting([origins.of(need, "both") for need in needs])]


APART = [
    ("clause A must go when badge", "clause B must not go when not badge"),
    ("clause A must go when badge", "clause B must not go unless badge"),
    ("clause A must go unless age < 18", "clause B must not go when age < 18"),
    ("clause A must go when age < 18", "clause B must not go unless A"),
    (
        "clause A must go when age + companions < 9",
        "clause B must not go when companions + age > 8",
    ),
    ("clause A must go when age < companions", "clause B must not go when companions <= age"),
    (
        "clause A must go under guests is everybody",
        "clause B must not go under guests is on_tour",
    ),
    ("clause A must go when last_visit < 9", "clause B must not go when last_visit >= 9"),
    (
        "clause A must go when last_visit < 9",
        "clause B must not go when last_visit is not established",
    ),
    ("clause A must go when badge", "cannot go when not badge"),
    ("clause A must go when minor", "cannot go when age > 20"),
    (
        "clause A must go when reason is audit",
        "clause B must not go when reason is one of (repair, tour)",
    ),
    (
        "clause A must go when trainings is empty",
        "clause B must not go when trainings includes fire",
    ),
    ("clause A must go when badge and not badge", "clause B must not go"),
]

TOGETHER = [
    ("clause A must go when badge", "clause B must not go when inspector"),
    ("clause A must go when last_visit < 9", "clause B must not go when not last_visit < 3"),
    ("clause A must go when last_visit < 9", "clause B must not go unless last_visit < 3"),
    # Both hold of somebody about whom nothing is known.
    ("clause A must go unless last_visit < 9", "clause B must not go unless last_visit >= 9"),
    ("clause A must go unless vetted is yes", "clause B must not go unless vetted is no"),
    ("clause A must go when age != 3", "clause B must not go when age = 4"),
    (
        "clause A must go when age + companions < 9",
        "clause B must not go when age - companions > 8",
    ),
]


@pytest.mark.parametrize("lines", APART)
def test_what_is_told_apart_without_a_solver(lines: tuple[str, str]) -> None:
    assert meeting("\n".join(lines), OBLIGED, BARRED) == [[], []]


@pytest.mark.parametrize("lines", TOGETHER)
def test_what_is_left_to_the_solver(lines: tuple[str, str]) -> None:
    assert meeting("\n".join(lines), OBLIGED, BARRED) == [["A"], ["B"]]


def test_only_some_are_left() -> None:
    text = """\
clause A must go when age < 10
clause B must go when age >= 10
clause C must not go when age < 5
clause D must not go when age > 200 and badge
cannot go when age < 0
clause E must stay when age = 7
"""
    assert meeting(text, OBLIGED, BARRED) == [["A", "B"], ["C", "D", "cannot 0"]]
    assert meeting(text, OBLIGED, BARRED, Need("stay", True)) == [["A"], [], []]


# --- nothing is left out that a case shows ------------------------------------------------


def check_nothing_is_left_out(policy: Policy, seed: int, cases: int) -> int:
    """Whatever applies together in some case is kept; returns how much that was."""
    dice, numbers = of_seed(seed), numbers_of(policy)
    evaluator, origins = Evaluator(policy), Origins(policy)
    needs = [
        Need(action, done, liberty)
        for action in policy.actions
        for done in (True, False)
        for liberty in (True, False)
    ]
    needs = [need for need in needs if origins.of(need, "both")]
    held = 0
    for _ in range(cases):
        outcome = evaluator.outcome(random_case(policy, dice, numbers))

        def holds(origin: Origin) -> bool:
            if origin.clause is not None:
                return outcome.clauses[origin.clause].applicable  # noqa: B023
            return policy.incapacities[origin.incapacity] in outcome.incapacities  # noqa: B023

        chosen = dice.some(needs, 2, 3)
        groups = [origins.of(need, dice.choice(("both", "clauses"))) for need in chosen]
        true = [[each for each in group if holds(each)] for group in groups]
        if all(true):
            held += 1
            for kept, shown in zip(origins.meeting(groups), true, strict=True):
                assert set(map(id, shown)) <= set(map(id, kept))
    return held


@given(policies(FINITE), st.integers(0, 1000))
def test_what_applies_together_is_kept(policy: Policy, seed: int) -> None:
    check_nothing_is_left_out(policy, seed, 20)


def test_what_applies_together_is_kept_in_many_policies() -> None:
    held = 0
    for seed in range(60):
        for sizes in (WIDE, FINITE):
            held += check_nothing_is_left_out(load_text(write(of_seed(seed), sizes)), seed, 40)
    assert held > 300, "or else this proves nothing"
