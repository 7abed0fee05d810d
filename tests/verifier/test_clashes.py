"""Shapes of clashing effects: all of them, only smallest ones, found without looking at a case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from policy_dsl.load import load_text
from policy_dsl.model import Policy
from tests.strategies.clauses import MODALITIES
from tests.strategies.dice import of_draw
from tests.verifier import clash_oracle
from verifier import clashes
from verifier.clashes import Need, Shape, shapes
from verifier.session import NotSettled
from verifier.solvers.z3_backend import Z3Backend

FOUR = ("a", "b", "c", "d")


@st.composite
def policies(draw: DrawFn) -> str:
    """Decisions, incapacities and clauses over four actions, without a single condition."""
    dice = of_draw(draw)
    lines = ["policy p", *(f"action {each}" for each in FOUR)]
    for index in range(dice.between(0, 3)):
        actions = dice.some(FOUR, 1, 4)
        bound = dice.choice(("exactly", "at most", "at least"))
        count = dice.between(0, len(actions))
        lines.append(f"decision d{index} is {bound} {count} of {', '.join(actions)}")
    lines += [f"cannot {each}" for each in dice.some(FOUR, 0, 2)]
    for index in range(dice.between(0, 7)):
        lines.append(f"clause C.{index} {dice.choice(MODALITIES)} {dice.choice(FOUR)}")
    return "\n".join(lines)


def expected(policy: Policy) -> set[Shape]:
    """The shapes by definition, restricted to needs that somebody has."""
    effects = clashes.effects_of(policy)
    barred = {each.action for each in policy.incapacities}
    found = set()
    for shape in clash_oracle.shapes(policy):
        needs = [
            Need(action, done, liberty=index == shape.liberty)
            for index, (action, done) in enumerate(shape.needs)
        ]
        duties = [each for each in needs if not each.liberty]
        arises = all(
            need in effects or (not need.done and not need.liberty and need.action in barred)
            for need in needs
        )
        if arises and (shape.liberty is None or any(each in effects for each in duties)):
            found.add(plain(Shape(tuple(needs), shape.decisions)))
    return found


def plain(shape: Shape) -> Shape:
    """The shape with its parts in one order."""
    return Shape(tuple(sorted(shape.needs)), tuple(sorted(shape.decisions)))


@given(text=policies())
def test_shapes_are_those_of_brute_force(text: str) -> None:
    policy = load_text(text)
    found = shapes(policy, Z3Backend)
    assert {plain(each) for each in found} == expected(policy)
    assert len(found) == len(set(found))


@given(text=policies())
def test_shapes_come_in_one_order(text: str) -> None:
    policy = load_text(text)
    assert shapes(policy, Z3Backend) == shapes(policy, Z3Backend)


def test_what_one_shape_is_about() -> None:
    policy = load_text(
        """\
policy p
action a
action b
decision d is exactly one of a, b
clause A must a
clause B must b
clause C must not a
clause D must not b
clause E may a
"""
    )
    found = shapes(policy, Z3Backend)
    direct = [each for each in found if each.direct and each.liberty is None]
    assert {each.needs[0].action for each in direct} == {"a", "b"}
    closing = [each for each in found if each.closes_decision]
    assert [each.needs for each in closing] == [(Need("a", False), Need("b", False))]
    liberties = {(each.liberty, each.decisions) for each in found if each.liberty}
    a = Need("a", True, liberty=True)
    assert liberties == {(a, ()), (a, ("d",))}


def test_too_many_shapes_are_not_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clashes, "MOST_SHAPES", 50)
    actions = [f"a{index}" for index in range(9)]
    lines = ["policy p", *(f"action {each}" for each in actions)]
    lines.append(f"decision d is at most 3 of {', '.join(actions)}")
    lines += [f"clause C.{each} must {each}" for each in actions]
    with pytest.raises(NotSettled, match="the decisions d can clash in more than 50 ways"):
        shapes(load_text("\n".join(lines)), Z3Backend)
