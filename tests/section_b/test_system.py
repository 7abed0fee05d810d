"""Twelve mistakes in carrying out section B: fixtures catch all, random cases few."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from policy_dsl.case import Case, default_reading
from policy_dsl.evaluate import Evaluator, Outcome
from policy_dsl.load import load
from policy_dsl.model import Fact, Policy
from policy_dsl.types import Enumeration, SetOf, Value, YesNo
from tests.section_b.system import ACTIONS, MISTAKES, System
from verifier.fixtures.suite import suite

MEMO = Path(__file__).parents[2] / "specs/ice-ero-2017/ice-ero-2017.policy"


@cache
def memo() -> tuple[Policy, Evaluator, dict[str, str]]:
    """The memo, and its text read as it is read first."""
    policy = load(MEMO)
    readings = {name: default_reading(each) for name, each in policy.ambiguities.items()}
    return policy, Evaluator(policy), readings


def wanted(outcome: Outcome) -> dict[str, str]:
    """What the memo says, in the words of ``System``."""
    found = {}
    for action in ACTIONS:
        state = outcome.states[action]
        words = [
            "must" if state.obliged == "must" else "",
            "must not" if state.forbidden == "must" else "",
            "should" if state.obliged == "should" else "",
            "should not" if state.forbidden == "should" else "",
            "may" if state.permitted else "",
        ]
        found[action] = ", ".join(word for word in words if word)
    return found


def weak(said: dict[str, str]) -> dict[str, str]:
    """Without a duty that a stronger one of the same kind hides."""
    found = {}
    for action, words in said.items():
        kept = words.split(", ") if words else []
        for word, hidden in (("must", "should"), ("must not", "should not")):
            if word in kept and hidden in kept:
                kept.remove(hidden)
        found[action] = ", ".join(kept)
    return found


def agrees(system: System, case: Case) -> bool:
    """Whether a system says of a case what the memo says."""
    _, evaluator, _ = memo()
    return weak(system.decide(case.facts)) == wanted(evaluator.outcome(case))


def random_cases(seed: int) -> Iterator[Case]:
    """Valid cases, each fact drawn by itself, all its values alike; what breaks an assumption is
    drawn again."""
    policy, evaluator, readings = memo()
    dice = random.Random(seed)
    while True:
        facts = {name: _value(fact, dice) for name, fact in policy.facts.items()}
        case = Case(facts, readings)
        if evaluator.is_valid(case):
            yield case


def _value(fact: Fact, dice: random.Random) -> Value:
    match fact.type:
        case YesNo():
            options: list[Value] = [False, True]
        case Enumeration(values=values):
            options = list(values)
        case SetOf(element=element):
            return frozenset(each for each in element.values if dice.random() < 0.5)
        case _:
            raise AssertionError("the memo has no numbers")
    return dice.choice([*options, None] if fact.optional else options)


@cache
def fixtures() -> tuple[Case, ...]:
    """The cases of all fixtures of the memo, its text read as it is read first."""
    policy, _, readings = memo()
    return tuple(each.case for each in suite(policy, readings=readings).fixtures)


def test_the_right_system_agrees_with_the_memo() -> None:
    system, cases = System(), random_cases(1)
    assert all(agrees(system, next(cases)) for _ in range(3000))
    assert all(agrees(system, case) for case in fixtures())


@pytest.mark.parametrize("mistake", MISTAKES)
def test_fixtures_catch_each_mistake(mistake: type[System]) -> None:
    assert not all(agrees(mistake(), case) for case in fixtures())


def test_random_cases_miss_at_least_half_of_the_mistakes() -> None:
    cases = [case for _, case in zip(range(200), random_cases(2017), strict=False)]
    missed = [each for each in MISTAKES if all(agrees(each(), case) for case in cases)]
    assert len(missed) >= len(MISTAKES) // 2, [each.__name__ for each in missed]
