"""When two clauses clash in a case."""

from __future__ import annotations

import pytest

from policy_dsl.evaluate import Evaluator
from policy_dsl.model import Decision, Effect, Modality, SetEffect
from tests.policy_dsl.build import (
    YEARS,
    ambiguity,
    case,
    clause,
    decision,
    does,
    fact,
    output,
    policy,
    reads,
    sets,
    value,
)

A = value("a")


def clash(one: Effect, other: Effect, *decisions: Decision, a: bool = False) -> bool:
    built = policy(
        clause("C", one),
        clause("D", other),
        facts=[fact("a"), fact("days", YEARS, optional=True)],
        decisions=decisions,
        outputs=[output("flag"), output("days", YEARS)],
        ambiguities=[ambiguity("scope", "wide", "narrow")],
    )
    evaluator, given = Evaluator(built), case(built, a=a)
    found = evaluator.clash("C", "D", given)
    assert evaluator.clash("D", "C", given) is found, "a clash has no direction"
    return found


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("must", "must not", True),
        ("should", "must not", True),
        ("may", "must not", True),
        ("may", "should not", True),
        ("must", "need not", True),
        ("should", "need not", True),
        ("may", "need not", False),
        ("must", "must", False),
        ("must", "may", False),
        ("must not", "need not", False),
        ("must not", "should not", False),
    ],
)
def test_same_action(one: Modality, other: Modality, expected: bool) -> None:
    assert clash(does(one, "release"), does(other, "release")) is expected
    assert not clash(does(one, "release"), does(other, "detain"))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("must", "must", True),
        ("may", "must", True),
        ("should", "may", True),
        ("may", "may", False),
        ("must", "must not", False),
        ("must not", "must not", False),
    ],
)
def test_two_wanted_of_at_most_one(one: Modality, other: Modality, expected: bool) -> None:
    effects = does(one, "release"), does(other, "detain")
    at_most_one = decision("custody", "release", "detain", "report", low=0, high=1)
    assert clash(*effects, at_most_one) is expected
    assert not clash(*effects, decision("custody", "release", "detain", low=0, high=2))
    assert not clash(*effects, decision("custody", "release", "report", low=0, high=1))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("must not", "must not", True),
        ("should not", "need not", True),
        ("need not", "need not", False),
        ("must", "must", False),
        ("must not", "may", False),
    ],
)
def test_two_not_wanted_where_too_few_remain(
    one: Modality, other: Modality, expected: bool
) -> None:
    effects = does(one, "release"), does(other, "detain")
    actions = ("release", "detain", "report")
    assert clash(*effects, decision("d", *actions, low=2, high=3)) is expected
    assert not clash(*effects, decision("d", *actions, low=1, high=3))
    assert clash(*effects, decision("d", *actions[:2], low=1, high=2)) is expected


def test_a_decision_counts_only_in_its_scope() -> None:
    effects = does("must", "release"), does("must", "detain")
    in_scope = decision("d", "release", "detain", when=A)
    assert not clash(*effects, in_scope, a=False)
    assert clash(*effects, in_scope, a=True)
    other_reading = decision("d", "release", "detain", under=reads("scope", "narrow"))
    assert not clash(*effects, other_reading)
    assert clash(*effects, other_reading, decision("e", "detain", "release"))


def test_values_of_one_output() -> None:
    assert clash(sets("flag", True), sets("flag", False))
    assert not clash(sets("flag", True), sets("flag", True))
    assert not clash(sets("flag", True), sets("days", 3, YEARS))
    not_established = SetEffect(output="days", value=value("days", YEARS, optional=True))
    assert not clash(not_established, sets("days", 3, YEARS))


def test_a_norm_and_a_value_never_clash() -> None:
    custody = decision("custody", "release", "detain")
    assert not clash(does("must", "release"), sets("flag", True), custody)
