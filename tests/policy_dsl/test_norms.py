"""The normative state of an action."""

from __future__ import annotations

import pytest

from policy_dsl.evaluate import Evaluator
from policy_dsl.model import (
    Modality,
    NormState,
)
from policy_dsl.norms import NormativeState
from tests.policy_dsl.build import (
    case,
    clause,
    does,
    fact,
    norm,
    policy,
    value,
)

A = value("a")
BINDING, ADVISORY = {"should": "binding"}, {"should": "advisory"}


def test_what_each_norm_does_to_its_action() -> None:
    built = policy(
        clause("C", does("must", "release"), does("must not", "detain"), does("may", "report")),
        clause("D", does("need not", "release"), does("should", "report")),
        actions=["release", "detain", "report", "wait"],
    )
    states = Evaluator(built).outcome(case(built, ADVISORY)).states
    assert states == {
        "release": NormativeState(obliged="must", released=True),
        "detain": NormativeState(forbidden="must"),
        "report": NormativeState(obliged="should", permitted=True),
        "wait": NormativeState(),
    }
    assert [action for action, state in states.items() if state.silent] == ["wait"]


def test_clauses_out_of_force_say_nothing() -> None:
    built = policy(clause("C", does("must", "release"), when=A), facts=[fact("a")])
    assert Evaluator(built).outcome(case(built, a=False)).states["release"].silent


@pytest.mark.parametrize("order", [("should", "must"), ("must", "should")])
def test_the_strongest_duty_counts(order: tuple[Modality, Modality]) -> None:
    first, second = order
    built = policy(clause("C", does(first, "release")), clause("D", does(second, "release")))
    assert Evaluator(built).outcome(case(built)).states["release"].obliged == "must"


def test_should_is_must_where_it_is_read_as_binding() -> None:
    built = policy(clause("C", does("should", "release"), does("should not", "detain")))
    evaluator = Evaluator(built)
    binding = evaluator.outcome(case(built, BINDING)).states
    advisory = evaluator.outcome(case(built, ADVISORY)).states
    assert (binding["release"].obliged, binding["detain"].forbidden) == ("must", "must")
    assert (advisory["release"].obliged, advisory["detain"].forbidden) == ("should", "should")


@pytest.mark.parametrize(
    ("effect", "holding"),
    [
        ("must", {"must", "should"}),
        ("should", {"should"}),
        ("must not", {"must not", "should not"}),
        ("should not", {"should not"}),
        ("may", {"may"}),
        ("need not", {"need not"}),
    ],
)
def test_norms_in_expectations(effect: Modality, holding: set[str]) -> None:
    built = policy(clause("C", does(effect, "release")))
    states: tuple[NormState, ...] = (
        "must",
        "must not",
        "may",
        "need not",
        "should",
        "should not",
        "silent on",
    )
    evaluator = Evaluator(built)
    found = {each for each in states if evaluator.holds(norm(each, "release"), case(built))}
    assert found == holding
    assert evaluator.holds(norm("silent on", "detain"), case(built))
