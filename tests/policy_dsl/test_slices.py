"""A slice says of its roots what the whole policy says; a digest changes with what is said."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.case import Case
from policy_dsl.deeds import nodes
from policy_dsl.digests import Digests, digest, places
from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load, load_text
from policy_dsl.model import (
    Action,
    Clause,
    Decision,
    Definition,
    DefinitionValue,
    Incapacity,
    Output,
    Policy,
    Requirement,
)
from policy_dsl.slice_parts import Root
from policy_dsl.slices import Slicer, sliced
from policy_dsl.source import Place, Source, Span
from tests.strategies.cases import numbers_of, random_case
from tests.strategies.dice import Dice
from tests.strategies.policies import DENSE, WIDE, texts
from tests.strategies.vocabulary import Sizes

SPECS = Path(__file__).parents[2] / "specs"
MEMO = SPECS / "ice-ero-2017" / "ice-ero-2017.policy"
AUTHORITIES = SPECS / "ice-ero-2017-authorities" / "ice-ero-2017-authorities.policy"
CASES = 6


def roots_of(policy: Policy) -> Iterator[Root]:
    """Everything in a policy that the evaluator says something of."""
    yield from policy.clauses.values()
    yield from policy.actions.values()
    yield from policy.outputs.values()
    yield from policy.decisions.values()
    yield from policy.incapacities
    yield from (each for each in policy.definitions.values() if not each.parameters)


def said(evaluator: Evaluator, root: Root, case: Case) -> object:
    """What an evaluator says of a root in a case."""
    outcome = evaluator.outcome(case)
    match root:
        case Clause():
            status = outcome.clauses[root.name]
            defeats = [(each.clause, type(each.reason)) for each in status.defeated_by]
            in_scope = evaluator.in_scope(root.name, case)
            return status.applicable, status.in_force, defeats, in_scope
        case Action():
            return outcome.states[root.name]
        case Output():
            return outcome.outputs[root.name]
        case Decision():
            return root.name in outcome.decisions
        case Incapacity():
            return any(each is root for each in outcome.incapacities)
        case Definition():
            return evaluator.value(DefinitionValue(definition=root.name, type=root.type), case)
        case _:
            raise TypeError(type(root).__name__)


def within(policy: Policy, case: Case) -> Case:
    """The part of a case of which a slice knows."""
    return Case(
        {name: case.facts[name] for name in policy.facts},
        {name: case.readings[name] for name in policy.ambiguities},
    )


def agrees(policy: Policy, cases: list[Case]) -> None:
    """Of every root, the slice for it says in all cases what the policy says."""
    whole, slicer = Evaluator(policy), Slicer(policy)
    for root in roots_of(policy):
        part = slicer.slice([root])
        alone = Evaluator(part)
        for case in cases:
            inside = within(part, case)
            assert said(alone, root, inside) == said(whole, root, case)
            if whole.is_valid(case):
                assert alone.is_valid(inside)


@pytest.mark.parametrize("sizes", [WIDE, DENSE], ids=["wide", "dense"])
@given(data=st.data())
def test_a_slice_says_of_its_root_what_the_policy_says(sizes: Sizes, data: st.DataObject) -> None:
    policy = load_text(data.draw(texts(sizes, processes=10)))
    dice = Dice(lambda low, high: data.draw(st.integers(low, high)))
    numbers = numbers_of(policy)
    agrees(policy, [random_case(policy, dice, numbers) for _ in range(CASES)])


@pytest.mark.parametrize("spec", [MEMO, AUTHORITIES], ids=lambda each: each.stem)
def test_a_slice_of_a_long_policy_says_what_it_says(spec: Path) -> None:
    policy = load(spec)
    dice = Dice(random.Random(20170221).randint)
    agrees(policy, [random_case(policy, dice, numbers_of(policy)) for _ in range(CASES)])


@given(texts())
def test_a_policy_sliced_for_everything_keeps_all_that_counts(text: str) -> None:
    policy = load_text(text)
    everything = [*roots_of(policy), *policy.definitions.values(), *policy.facts.values()]
    everything += [*policy.resources.values(), *policy.ambiguities.values()]
    part = sliced(policy, [*everything, *policy.assumptions])
    for kind in ("facts", "clauses", "actions", "assumptions", "priorities", "groups", "periods"):
        assert getattr(part, kind) == getattr(policy, kind)
    assert list(part.ambiguities) == list(policy.ambiguities)


def test_assumptions_are_kept_where_they_touch_the_slice_through_others() -> None:
    policy = load_text("""\
policy test
subject person
fact a : yes/no
fact b : yes/no
fact c : yes/no
fact d : yes/no
action act
assume a or b
assume b or c
assume not d
clause C1 must act when a
""")
    part = sliced(policy, [policy.clauses["C1"]])
    assert list(part.facts) == ["a", "b", "c"]
    assert part.assumptions == policy.assumptions[:2]


def test_slices_that_hold_the_same_are_one_object() -> None:
    policy = load(MEMO)
    slicer = Slicer(policy)
    one = slicer.slice([policy.actions["detain"]])
    assert slicer.slice([*policy.clauses["B.detain"].conditions, policy.actions["detain"]]) is one
    assert one.clauses["B.detain"] is policy.clauses["B.detain"]


# --- digests ------------------------------------------------------------------------------


def test_moved_lines_leave_every_digest_as_it_is() -> None:
    text = MEMO.read_text("utf-8")
    one = load(MEMO)
    two = load(MEMO, {str(MEMO): "-- A line more.\n\n" + text})
    assert one != two
    assert digest(one) == digest(two)
    there, here = list(places(one)), list(places(two))
    assert len(there) == len(here)
    shifted = {b.line - a.line for a, b in zip(there, here, strict=True)}
    assert shifted == {0, 2}  # the vocabulary stays, the memo moves


def edited(policy: Policy, clause: str) -> Policy:
    """The policy with one clause that needs more."""
    found = policy.clauses[clause]
    more = Requirement(kind="when", condition=next(iter(policy.assumptions)).condition)
    changed = replace(found, requirements=(*found.requirements, more))
    return replace(policy, clauses={**policy.clauses, clause: changed})


def test_an_edit_changes_the_digests_of_the_slices_that_hold_it_and_of_no_others() -> None:
    policy = load(MEMO)
    other = edited(policy, "E.1")
    before, after = Slicer(policy), Slicer(other)
    changed = [
        name
        for name in policy.clauses
        if digest(before.slice([policy.clauses[name]]))
        != digest(after.slice([other.clauses[name]]))
    ]
    assert changed == ["E.1"]


def holding(policy: Policy, part: object) -> Policy:
    """A policy that says nothing but what one part of another says."""
    return replace(policy, assumptions=(part,))  # type: ignore[arg-type]


@given(texts(processes=50), st.data())
def test_every_field_of_a_model_is_in_the_digest_but_for_places(
    text: str, data: st.DataObject
) -> None:
    policy = load_text(text)
    part = data.draw(st.sampled_from([each for each in nodes(policy) if each is not policy]))
    assert is_dataclass(part)
    assert not isinstance(part, type)
    before = digest(holding(policy, part))
    for each in fields(part):
        if not each.init:
            continue
        changed = replace(part)
        object.__setattr__(changed, each.name, "something else")
        if isinstance(getattr(part, each.name), Place):  # another place is no other text
            object.__setattr__(changed, each.name, Place(Source("other", "x"), Span(0, 1)))
        same = digest(holding(policy, changed)) == before
        assert same == isinstance(getattr(part, each.name), Place), each.name


def test_every_field_of_a_policy_is_in_the_digest() -> None:
    policy = load(MEMO)
    before = digest(policy)
    for each in fields(policy):
        changed = replace(policy, **{each.name: "something else"})  # type: ignore[arg-type]
        assert digest(changed) != before, each.name


def test_digests_of_slices_are_those_made_one_by_one() -> None:
    policy = load(AUTHORITIES)
    slicer, known = Slicer(policy), Digests()
    for clause in policy.clauses.values():
        part = slicer.slice([clause])
        assert known.of(part) == digest(part)
