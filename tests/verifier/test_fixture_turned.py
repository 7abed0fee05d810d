"""Where one condition decides alone, compared with turning its truth by hand."""

from __future__ import annotations

import pytest

from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load_text
from policy_dsl.model import (
    AllOf,
    AnyOf,
    ClauseApplies,
    ClauseInScope,
    Counted,
    DefinitionValue,
    Expr,
    Implication,
    Member,
    Negation,
    Policy,
)
from policy_dsl.types import YesNo
from tests.strategies.cases import all_facts, all_readings
from tests.strategies.dice import of_seed
from tests.strategies.policies import FINITE, write
from verifier.fixtures.sensitive import Unfolding, substituted


def turned(evaluator: Evaluator, expr: Expr, case: Case, atom: Expr, truth: bool) -> bool:
    """The truth of a condition where an atom is taken to have a truth, whatever the case."""

    def go(each: Expr) -> bool:
        return turned(evaluator, each, case, atom, truth)

    policy = evaluator.policy
    if expr == atom:
        return truth
    match expr:
        case AllOf():
            return all(map(go, expr.operands))
        case AnyOf():
            return any(map(go, expr.operands))
        case Negation():
            return not go(expr.operand)
        case Implication():
            return not go(expr.premise) or go(expr.conclusion)
        case Counted():
            found = sum(map(go, expr.operands))
            wanted = expr.count
            return {
                "at least": found >= wanted,
                "at most": found <= wanted,
                "exactly": found == wanted,
            }[expr.bound]
        case ClauseApplies() | ClauseInScope():
            clause = policy.clauses[expr.clause]
            if clause.under is not None and not go(clause.under):
                return False
            barred = clause.exceptions if isinstance(expr, ClauseApplies) else ()
            return all(go(each.condition) for each in clause.requirements) and not any(
                go(each.condition) for each in barred
            )
        case DefinitionValue(type=YesNo()):
            definition = policy.definitions[expr.definition]
            names = [name for name, _ in definition.parameters]
            arguments = dict(zip(names, expr.arguments, strict=True))
            return any(
                (each.under is None or go(each.under)) and go(substituted(each.body, arguments))
                for each in definition.cases
            )
        case Member(operand=operand, values=values, quantity=quantity) if len(values) > 1:
            each = [Member(operand=operand, values=(v,), quantity=quantity) for v in values]
            return (any if quantity == "any" else all)(map(go, each))
        case _:
            return evaluator.holds(expr, case)


def every_case(policy: Policy) -> list[Case]:
    return [
        Case(facts=facts, readings=readings)
        for facts in all_facts(policy)
        for readings in all_readings(policy)
    ]


@pytest.mark.parametrize("seed", range(15))
def test_deciding_is_what_turning_the_condition_by_hand_shows(seed: int) -> None:
    policy = load_text(write(of_seed(seed), FINITE, 0))
    evaluator = Evaluator(policy)
    cases = every_case(policy)[::7]
    unfolding = Unfolding(policy)
    for clause in policy.clauses:
        whole = ClauseApplies(clause=clause)
        named = (each for each, _ in unfolding.references(whole))
        for atom in (*unfolding.atoms(clause), *named):
            found = unfolding.turning(whole, atom)
            for case in cases:
                one, other = (
                    turned(evaluator, whole, case, atom, truth) for truth in (True, False)
                )
                assert evaluator.holds(found, case) == (one != other)
