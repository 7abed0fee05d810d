"""Short forms mean what the long ones mean, also where something is not established or not set."""

from __future__ import annotations

from itertools import product

import pytest

from policy_dsl.case import Case, defaults
from policy_dsl.evaluate import Evaluator
from policy_dsl.types import Value
from tests.policy_dsl.resolving import resolved

DEFINITIONS = """\
define same(x : yes/no) is x
define passed is same(vetted)
define all_seen is seen
define filled(s : set of Training) is s is not empty
clause A sets ok to yes when badge
clause B sets ok to no when inspector
"""
VALUES: dict[str, list[Value]] = {
    "badge": [False, True],
    "inspector": [False, True],
    "vetted": [None, False, True],
    "seen": [None, frozenset(), frozenset({"fire"})],
    "last_visit": [None, 3, 9],
}

NEVER_BOTH = [
    ("vetted is no", "vetted is not established"),
    ("vetted is not yes", "vetted is not established"),
    ("same(vetted) is no", "vetted is not established"),
    ("same(vetted) is not yes", "vetted is not established"),
    ("passed is no", "vetted is not established"),
    ("passed is yes", "vetted is not established"),
    ("passed is not no", "vetted is not established"),
    ("passed is badge", "vetted is not established"),
    ("seen is not empty", "seen is not established"),
    ("all_seen is empty", "seen is not established"),
    ("all_seen is not empty", "seen is not established"),
    ("filled(seen)", "seen is not established"),
    ("filled(all_seen)", "seen is not established"),
    ("last_visit != 3", "last_visit is not established"),
    ("last_visit is not one of (4, 5)", "last_visit is not established"),
    ("ok is no", "not inspector"),
    ("ok is not yes", "not inspector"),
    ("ok is yes", "not badge"),
    ("ok is not no", "not badge"),
    ("ok", "not badge"),
]

THE_SAME = [
    ("same(vetted) is yes", "vetted is yes"),
    ("same(vetted) is no", "vetted is no"),
    ("passed is no", "vetted is no"),
    ("all_seen is not empty", "seen is not empty"),
    ("seen is not empty", "number of seen >= 1"),
    ("badge is no", "not badge"),
    ("same(badge) is no", "not badge"),
    ("ok is no", "inspector"),
    ("ok", "badge"),
    ("ok is one of (yes, no)", "badge or inspector"),
]


def truths(*conditions: str) -> list[tuple[bool, ...]]:
    """Whether conditions hold, in every case."""
    policy = resolved(DEFINITIONS + "\n".join(f"expect {each}" for each in conditions))
    evaluator = Evaluator(policy)
    tests = [evaluator.condition(each.condition) for each in policy.expectations]
    usual = defaults(policy)
    found = []
    for values in product(*VALUES.values()):
        case = Case({**usual.facts, **dict(zip(VALUES, values, strict=True))}, usual.readings)
        found.append(tuple(test(case) for test in tests))
    return found


@pytest.mark.parametrize(("one", "other"), NEVER_BOTH)
def test_never_both(one: str, other: str) -> None:
    found = truths(one, other)
    assert (True, True) not in found
    assert {True, False} == {first for first, _ in found}


@pytest.mark.parametrize(("one", "other"), THE_SAME)
def test_always_the_same(one: str, other: str) -> None:
    assert {first == second for first, second in truths(one, other)} == {True}
