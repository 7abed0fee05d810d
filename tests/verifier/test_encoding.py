"""The encoding agrees with the evaluator on random cases of random policies.

INVARIANT under test: for every case, every named constant and every condition means to the solver
what the evaluator says. All that the checker proves rests on this.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from policy_dsl.case import Case
from policy_dsl.defeat import Defeat
from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load_text
from policy_dsl.model import (
    FORCES,
    AddMonths,
    DefinitionValue,
    Expr,
    Policy,
    Priority,
    SetEffect,
    is_condition,
)
from policy_dsl.types import Enumeration, Value, YesNo, contains, is_number
from tests.strategies.cases import numbers_of, random_case
from tests.strategies.dice import of_draw
from tests.strategies.everywhere import expressions, nodes
from tests.strategies.policies import FINITE, WIDE, write
from tests.strategies.vocabulary import Sizes
from verifier import names
from verifier.encode_values import Encoded
from verifier.session import Encoding, NotSettled, Session
from verifier.solvers.backend import Term
from verifier.solvers.z3_backend import Z3Backend


@dataclass(frozen=True)
class Compared:
    """What is to be compared for one policy; made once, used for many cases."""

    policy: Policy
    evaluator: Evaluator
    session: Session
    conditions: dict[str, Expr]

    @staticmethod
    def of(policy: Policy) -> Compared:
        session = Session(Encoding.of(policy, Z3Backend()), soft=True)
        return Compared(policy, Evaluator(policy), session, dict(conditions_of(policy)))

    def disagreements(self, case: Case) -> list[str]:
        """Everything of which the solver says something else than the evaluator."""
        session, fixed = self.session, self.fixed(case)
        expected = dict(self.named(case))
        terms = {name: session.named(name) for name in expected}
        for key, expr in self.conditions.items():
            expected[key] = self.evaluator.holds(expr, case)
            terms[key] = session.conditions.condition(expr)
        for key, (term, truth) in self.values(case).items():
            expected[key], terms[key] = truth, term
        agreed = [
            terms[key] if truth else session.unless(terms[key]) for key, truth in expected.items()
        ]
        together = session.literal(session.backend.conj(agreed))
        if session.possible([*fixed, together]) and not session.possible(
            [*fixed, session.unless(together)]
        ):
            return []
        if not session.possible(fixed):
            return ["no case"]
        wrong = []
        for key, truth in expected.items():
            literal = session.literal(terms[key])
            if session.possible([*fixed, session.unless(literal) if truth else literal]):
                wrong.append(f"{key}: the evaluator says {truth}")
        return wrong or ["only together"]

    # --- the case -------------------------------------------------------------------------

    def fixed(self, case: Case) -> list[Term]:
        """Terms for every value and every reading of a case, nothing left to ranges."""
        session = self.session
        terms: list[Term] = []
        for name, fact in self.policy.facts.items():
            value = case.facts[name]
            terms += session.fact_is(fact, value)
            if isinstance(fact.type, Enumeration) and value is not None:
                others = [each for each in fact.type.values if each != value]
                terms += [session.unless(session.named(names.option(name, e))) for e in others]
        for name, ambiguity in self.policy.ambiguities.items():
            for each in ambiguity.readings:
                term = session.named(names.reading(name, each.name))
                chosen = case.readings[name] == each.name
                terms.append(term if chosen else session.unless(term))
        return terms

    # --- what the evaluator says ----------------------------------------------------------

    def named(self, case: Case) -> Iterator[tuple[str, bool]]:
        """Every name of ``names.py`` with what it ought to be."""
        policy, evaluator = self.policy, self.evaluator
        outcome = evaluator.outcome(case)
        for name, status in outcome.clauses.items():
            yield names.applies(name), status.applicable
            yield names.in_scope(name), evaluator.in_scope(name, case)
            yield names.in_force(name), status.in_force
            for effect in policy.clauses[name].effects:
                if isinstance(effect, SetEffect):
                    sets = any(clause == name for clause, _ in outcome.outputs[effect.output])
                    yield names.sets_value(name, effect.output), sets
        for action, state in outcome.states.items():
            strengths = {"oblige": state.obliged, "forbid": state.forbidden}
            freed = {"permit": state.permitted, "release": state.released}
            for force in FORCES:
                has = strengths[force] is not None if force in strengths else freed[force]
                yield names.effect(force, action), has
                binds = strengths[force] == "must" if force in strengths else freed[force]
                yield names.binding(force, action), binds
            yield names.spoken(action), not state.silent
        for output, set_ in outcome.outputs.items():
            yield names.has_value(output), bool(set_)
        for decision in policy.decisions:
            yield names.decision(decision), decision in outcome.decisions
        for index, incapacity in enumerate(policy.incapacities):
            yield names.incapacity(index), any(each is incapacity for each in outcome.incapacities)
        for action in policy.actions:
            excluded = any(each.action == action for each in outcome.incapacities)
            yield names.impossible(action), excluded
        yield from self._defeats(case)
        yield from self._valid(case)
        for definition in policy.definitions.values():
            if isinstance(definition.type, YesNo) and not definition.parameters:
                call = DefinitionValue(definition=definition.name, type=definition.type)
                if not self.session.conditions.value(call).known:  # else it has no name
                    yield names.definition(definition.name), evaluator.holds(call, case)

    def _defeats(self, case: Case) -> Iterator[tuple[str, bool]]:
        """Of every applicable clause: by which priorities it is defeated."""
        outcome = self.evaluator.outcome(case)
        for priority in self.policy.priorities:
            status = outcome.clauses[priority.loser]
            if status.applicable:
                by: list[Defeat] = [d for d in status.defeated_by if isinstance(d.reason, Priority)]
                found = any(each.clause == priority.winner for each in by)
                yield names.defeats(priority.winner, priority.loser), found

    def _valid(self, case: Case) -> Iterator[tuple[str, bool]]:
        """Ranges, settled readings and assumptions."""
        policy = self.policy
        for name, fact in policy.facts.items():
            value = case.facts[name]
            bounded = is_number(fact.type) and (fact.type.low, fact.type.high) != (
                None,
                None,
            )
            if bounded and value is not None:
                yield names.type_range(name), contains(fact.type, value)
        for name, ambiguity in policy.ambiguities.items():
            yield names.settled(name), ambiguity.settled in (None, case.readings[name])
        inside = Case(in_range(policy, case), case.readings)
        if inside.facts == dict(case.facts):
            broken = self.evaluator.violated_assumptions(inside)
            for index, assumption in enumerate(policy.assumptions):
                yield names.assumption(index), not any(each is assumption for each in broken)

    def values(self, case: Case) -> dict[str, tuple[Term, bool]]:
        """What clauses set outputs to, and what definitions without parameters amount to."""
        found = {}
        exprs: dict[str, Expr] = {
            f"value of {clause.name}:{effect.output}": effect.value
            for clause in self.policy.clauses.values()
            for effect in clause.effects
            if isinstance(effect, SetEffect)
        }
        for name, definition in self.policy.definitions.items():
            if not definition.parameters:
                call = DefinitionValue(definition=name, type=definition.type)
                exprs[f"value of {name}"] = call
        b = self.session.backend
        for key, expr in exprs.items():
            encoded, value = self.session.conditions.value(expr), self.evaluator.value(expr, case)
            known = b.conj(list(encoded.known))
            found[f"{key} is established"] = known, value is not None
            if value is not None:
                found[f"{key} is {value}"] = self.equals(encoded, value), True
        return found

    def equals(self, encoded: Encoded, value: Value) -> Term:
        """An encoded value is this one."""
        b = self.session.backend
        if encoded.number is not None:
            assert isinstance(value, int)
            return b.equal(encoded.number, b.number(value))
        if encoded.yes is not None:
            return encoded.yes if value else b.neg(encoded.yes)
        chosen = encoded.options if encoded.options is not None else encoded.members
        assert chosen is not None
        members = value if isinstance(value, frozenset) else {value}
        return b.conj([t if name in members else b.neg(t) for name, t in chosen.items()])


def in_range(policy: Policy, case: Case) -> dict[str, Value]:
    """The facts of a case that belong to their types."""
    facts = policy.facts
    return {
        name: value
        for name, value in case.facts.items()
        if (facts[name].optional if value is None else contains(facts[name].type, value))
    }


def conditions_of(policy: Policy) -> Iterator[tuple[str, Expr]]:
    """Every condition that stands by itself somewhere in a policy: no parameters in it, and an
    output only inside the condition about it."""
    for index, part in enumerate(nodes(policy)):
        if isinstance(part, Expr) and is_condition(part):
            below = [each for each in nodes(part) if isinstance(each, Expr)]
            if not any(type(each).__name__ == "ParameterValue" for each in below):
                yield f"condition {index} {type(part).__name__}", part


@st.composite
def policy_and_cases(draw: DrawFn, sizes: Sizes) -> tuple[str, list[Case]]:
    """A policy's text and some of its cases."""
    dice = of_draw(draw)
    text = write(dice, sizes)
    policy = load_text(text)
    numbers = numbers_of(policy)
    return text, [random_case(policy, dice, numbers) for _ in range(4)]


@pytest.mark.parametrize("sizes", [WIDE, FINITE], ids=["wide", "finite"])
@settings(max_examples=3 * settings().max_examples)
@given(data=st.data())
def test_the_encoding_agrees_with_the_evaluator(sizes: Sizes, data: st.DataObject) -> None:
    text, cases = data.draw(policy_and_cases(sizes))
    policy = load_text(text)
    compared = Compared.of(policy)
    for case in cases:
        try:
            assert compared.disagreements(case) == []
        except NotSettled:  # some sums of months are too hard; anything else is not
            assert any(isinstance(each, AddMonths) for each in expressions(policy))
