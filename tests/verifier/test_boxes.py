"""Boxes: what they say of each kind of condition, and that no case is ever outside of its box."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load_text
from policy_dsl.model import Expr, NormIs, OutputValue, ParameterValue, Policy, is_condition, walk
from tests.policy_dsl.limits import deep
from tests.policy_dsl.resolving import resolved
from tests.strategies.cases import numbers_of, random_case
from tests.strategies.dice import of_seed
from tests.strategies.everywhere import expressions
from tests.strategies.policies import FINITE, WIDE, policies, write
from tests.verifier.inside import lies_in
from verifier.boxes import NEVER, NO, YES, Boxes
from verifier.meeting import Box, is_empty

INF = float("inf")
WORDS = """\
define more is companions + 1
define either is age under guests is everybody
define either is age + companions under guests is on_tour
define adult_ is age >= 18 under guests is everybody
define adult_ is age >= 21 under guests is on_tour
define visited is last_visit
define same(x : yes/no) is x
fact days : 0 .. 90 days
clause C.1 must admit when badge and age < 18 unless inspector under guests is everybody
"""


def box(condition: str) -> Box:
    policy = resolved(f"{WORDS}clause K must admit when {condition}")
    (requirement,) = policy.clauses["K"].requirements
    return Boxes(policy).box(requirement.condition)


# --- one condition ------------------------------------------------------------------------

SAID: list[tuple[str, Box]] = [
    ("yes", {}),
    ("no", NEVER),
    ("badge", {"badge": YES}),
    ("not badge", {"badge": NO}),
    ("badge is no", {"badge": NO}),
    ("yes is badge", {"badge": YES}),
    ("badge is inspector", {}),
    ("vetted is yes", {"vetted": YES, "vetted is established": YES}),
    ("vetted is no", {"vetted": NO, "vetted is established": YES}),
    ("vetted is not yes", {"vetted": NO, "vetted is established": YES}),
    # It also fails where nothing is established.
    ("not vetted is yes", {}),
    ("vetted is established", {"vetted is established": YES}),
    ("vetted is not established", {"vetted is established": NO}),
    ("same(badge)", {}),
    # --- values of lists ---
    ("reason is repair", {"reason": 0b001}),
    ("reason is not repair", {"reason": 0b110}),
    ("not reason is repair", {"reason": 0b110}),
    ("reason is one of (repair, tour)", {"reason": 0b101}),
    ("reason is not one of (repair, tour)", {"reason": 0b010}),
    ("reason is repair and reason is tour", NEVER),
    ("kind is repair", {"kind": 0b001, "kind is established": YES}),
    ("kind is not repair", {"kind": 0b110, "kind is established": YES}),
    ("not kind is repair", {}),
    ("reason is kind", {}),
    # --- sets ---
    ("trainings includes fire", {"trainings includes fire": YES, "number of trainings": (1, INF)}),
    ("not trainings includes fire", {"trainings includes fire": NO}),
    (
        "trainings includes all of (fire, laser)",
        {
            "trainings includes fire": YES,
            "trainings includes laser": YES,
            "number of trainings": (1, INF),
        },
    ),
    ("trainings includes any of (fire, laser)", {"number of trainings": (1, INF)}),
    (
        "trainings includes none of (fire, laser)",
        {"trainings includes fire": NO, "trainings includes laser": NO},
    ),
    (
        "not trainings includes none of (fire)",
        {"trainings includes fire": YES, "number of trainings": (1, INF)},
    ),
    (
        "trainings is empty",
        {
            "trainings includes fire": NO,
            "trainings includes laser": NO,
            "number of trainings": (0, 0),
        },
    ),
    ("trainings is not empty", {"number of trainings": (1, INF)}),
    (
        "seen includes fire",
        {"seen includes fire": YES, "number of seen": (1, INF), "seen is established": YES},
    ),
    ("not seen includes fire", {}),
    ("not seen is empty", {}),
    ("seen is not empty", {"seen is established": YES}),
    ("number of trainings >= 2", {"number of trainings": (2, INF)}),
    # --- numbers ---
    ("age < 18", {"age": (-INF, 17)}),
    ("age <= 18", {"age": (-INF, 18)}),
    ("age > 18", {"age": (19, INF)}),
    ("age >= 18", {"age": (18, INF)}),
    ("age = 18", {"age": (18, 18)}),
    ("age != 18", {"age": (-INF, INF)}),
    ("not age < 18", {"age": (18, INF)}),
    ("not age = 18", {"age": (-INF, INF)}),
    ("not age != 18", {"age": (18, 18)}),
    ("18 > age", {"age": (-INF, 17)}),
    ("age >= 18 and age < 21", {"age": (18, 20)}),
    ("age < 18 or age > 65", {"age": (-INF, INF)}),
    ("age >= 18 and age < 18", NEVER),
    ("2 * age > 7", {"age": (4, INF)}),
    ("2 * age = 7", NEVER),
    ("-3 * age >= 7", {"age": (-INF, -3)}),
    ("age + 5 < 2 * (age - 1)", {"age": (8, INF)}),
    ("age - age < 1", {}),
    ("age - age < 0", NEVER),
    ("3 < 4 + 0 * age", {}),
    ("age + companions < 10", {"age + companions": (-INF, 9)}),
    ("2 * companions + 2 * age > 19", {"age + companions": (10, INF)}),
    ("companions - age > 1", {"age + -1 * companions": (-INF, -2)}),
    ("age > companions", {"age + -1 * companions": (1, INF)}),
    ("3 * age - 2 * companions = 1", {"3 * age + -2 * companions": (1, 1)}),
    ("4 * age + 6 * companions = 3", NEVER),
    ("age < number of trainings", {"age + -1 * number of trainings": (-INF, -1)}),
    ("more < 3", {"companions": (-INF, 1)}),
    ("more + companions < 4", {"companions": (-INF, 1)}),
    ("either < 3", {"define either": (-INF, 2)}),
    ("last_visit < 30", {"last_visit": (-INF, 29), "last_visit is established": YES}),
    ("not last_visit < 30", {}),
    ("visited < 30", {"last_visit": (-INF, 29), "last_visit is established": YES}),
    ("not visited < 30", {}),
    (
        "days + last_visit < 30",
        {"days + last_visit": (-INF, 29), "last_visit is established": YES},
    ),
    # The fact cancels out, but nothing holds unless it is established.
    ("last_visit - last_visit < 1", {"last_visit is established": YES}),
    ("not last_visit - last_visit < 1", {}),
    # --- joined ---
    ("badge and age < 18", {"badge": YES, "age": (-INF, 17)}),
    ("badge or age < 18", {}),
    ("(badge and age < 18) or (badge and age > 65)", {"badge": YES, "age": (-INF, INF)}),
    ("badge or (inspector and badge)", {"badge": YES}),
    ("not (badge or inspector)", {"badge": NO, "inspector": NO}),
    ("not (badge and inspector)", {}),
    ("none of badge, inspector", {"badge": NO, "inspector": NO}),
    ("badge implies inspector", {}),
    ("not (badge implies inspector)", {"badge": YES, "inspector": NO}),
    ("badge implies badge", {"badge": NO | YES}),
    ("no or badge", {"badge": YES}),
    ("badge and (no or inspector)", {"badge": YES, "inspector": YES}),
    ("at least 2 of badge, inspector", {"badge": YES, "inspector": YES}),
    ("at least 1 of badge, badge", {"badge": YES}),
    ("at most 0 of badge, inspector", {"badge": NO, "inspector": NO}),
    ("at most 1 of badge, badge", {"badge": NO}),
    ("exactly 2 of badge, inspector", {"badge": YES, "inspector": YES}),
    ("exactly 0 of badge, inspector", {"badge": NO, "inspector": NO}),
    ("exactly 1 of badge, badge", NEVER),
    ("not at least 1 of badge, inspector", {"badge": NO, "inspector": NO}),
    ("not at most 1 of badge, inspector", {"badge": YES, "inspector": YES}),
    ("not exactly 1 of badge, inspector", {}),
    ("at least 0 of badge, inspector", {}),
    ("not at least 0 of badge, inspector", NEVER),
    # --- clauses and definitions ---
    ("minor", {"age": (-INF, 17)}),
    ("not minor", {"age": (18, INF)}),
    ("adult_", {"age": (18, INF), "reading guests": 0b11}),
    ("adult_ and age < 18", NEVER),
    ("not adult_", {"age": (-INF, 20), "reading guests": 0b11}),
    (
        "C.1",
        {"badge": YES, "age": (-INF, 17), "inspector": NO, "reading guests": 0b01},
    ),
    ("not C.1", {}),
    ("C.1 and inspector", NEVER),
]


@pytest.mark.parametrize(("condition", "said"), SAID, ids=[condition for condition, _ in SAID])
def test_what_a_box_says(condition: str, said: Box) -> None:
    assert box(condition) == said


def test_scope_leaves_exceptions_out() -> None:
    policy = resolved(f"{WORDS}clause K must admit subject to C.1 as scope")
    (requirement,) = policy.clauses["K"].requirements
    said = {"badge": YES, "age": (-INF, 17), "reading guests": 0b01}
    assert Boxes(policy).box(requirement.condition) == said


def test_readings() -> None:
    policy = resolved("clause K must admit under guests is not everybody and should is binding")
    under = policy.clauses["K"].under
    assert under is not None
    assert Boxes(policy).box(under) == {"reading guests": 0b10, "reading should": 0b01}
    assert Boxes(policy).box(under, False) == {}


def test_conditions_that_hold_and_conditions_that_fail() -> None:
    policy = resolved("clause K must admit when badge unless age < 18 provided reason is tour")
    clause = policy.clauses["K"]
    found = Boxes(policy).of(
        [each.condition for each in clause.requirements],
        [each.condition for each in clause.exceptions],
    )
    assert found == {"badge": YES, "age": (18, INF), "reason": 0b100}
    assert Boxes(policy).of([], []) == {}


def test_the_deepest_policy_has_a_box() -> None:
    policy = resolved(f"{deep(149)}\nclause K must admit when d2")
    (requirement,) = policy.clauses["K"].requirements
    assert Boxes(policy).box(requirement.condition) == {"badge": YES if 149 % 2 else NO}


# --- never too small ----------------------------------------------------------------------


def conditions(policy: Policy) -> Iterator[Expr]:
    """Every condition of a policy that can be judged by a case alone."""
    for expr in expressions(policy):
        unfit = (ParameterValue, NormIs, OutputValue)
        if is_condition(expr) and not any(isinstance(each, unfit) for each in walk(expr)):
            yield expr


def check_no_case_is_outside(policy: Policy, seed: int, cases: int) -> None:
    dice, numbers = of_seed(seed), numbers_of(policy)
    evaluator, boxes = Evaluator(policy), Boxes(policy)
    tests = [(expr, evaluator.condition(expr)) for expr in conditions(policy)]
    for _ in range(cases):
        case = random_case(policy, dice, numbers)
        for expr, holds in tests:
            truth = holds(case)
            assert lies_in(policy, boxes.box(expr, truth), case), (expr, truth, case)
        for clause in policy.clauses.values():
            if evaluator.applicable(clause.name, case):
                holding = [each.condition for each in clause.requirements]
                holding += [clause.under] if clause.under is not None else []
                failing = [each.condition for each in clause.exceptions]
                assert lies_in(policy, boxes.of(holding, failing), case), (clause.name, case)


@given(policies(WIDE), st.integers(0, 1000))
def test_no_case_is_outside_of_its_box(policy: Policy, seed: int) -> None:
    check_no_case_is_outside(policy, seed, 10)


@pytest.mark.parametrize("seed", range(60))
def test_no_case_of_many_policies_is_outside(seed: int) -> None:
    for sizes in (WIDE, FINITE):
        check_no_case_is_outside(load_text(write(of_seed(seed), sizes)), seed, 30)


def test_random_policies_have_boxes_of_every_kind() -> None:
    """Or else the tests above would prove nothing."""
    keys: set[str] = set()
    empty = 0
    for seed in range(60):
        policy = load_text(write(of_seed(seed), WIDE))
        boxes = Boxes(policy)
        for expr in conditions(policy):
            for truth in (True, False):
                found = boxes.box(expr, truth)
                empty += is_empty(found)
                keys |= set(found)
    assert empty > 100
    for kind in (
        " + ",
        " * ",
        "number of ",
        "define ",
        "reading ",
        " is established",
        " includes ",
    ):
        assert any(kind in key for key in keys), kind
