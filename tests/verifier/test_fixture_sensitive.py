"""Where an atom decides a clause: compared with turning its truth by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load
from policy_dsl.model import AllOf, AnyOf, ClauseApplies, Expr, Negation, Policy
from tests.strategies.cases import numbers_of, random_case
from tests.strategies.dice import of_seed
from tests.strategies.policies import WIDE, policies
from verifier.fixtures.sensitive import Unfolding

MEMO = Path(__file__).parents[2] / "specs/ice-ero-2017/ice-ero-2017.policy"


@given(policies(WIDE), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_a_clause_with_an_atom_taken_as_it_is_stays_as_it_is(policy: Policy, seed: int) -> None:
    """And one in which it is taken otherwise differs exactly where the atom decides."""
    dice, evaluator, unfolding = of_seed(seed), Evaluator(policy), Unfolding(policy)
    for clause in policy.clauses:
        for atom in unfolding.atoms(clause)[:4]:
            decides = unfolding.deciding(clause, atom)
            ways = {
                truth: unfolding.taken(ClauseApplies(clause=clause), atom, _literal(truth))
                for truth in (True, False)
            }
            for _ in range(5):
                case = random_case(policy, dice, numbers_of(policy))
                applies, actual = evaluator.applicable(clause, case), evaluator.holds(atom, case)
                assert evaluator.holds(ways[actual], case) == applies
                turned = evaluator.holds(ways[not actual], case)
                assert evaluator.holds(decides, case) == (turned != applies)


def _literal(truth: bool) -> Expr:
    return AllOf(operands=()) if truth else AnyOf(operands=())


def test_the_atoms_of_a_clause_are_those_of_its_definitions() -> None:
    policy = load(MEMO)
    unfolding = Unfolding(policy)
    for clause in policy.clauses:
        atoms = unfolding.atoms(clause)
        assert len(atoms) == len(set(atoms))
        assert not any(isinstance(each, Negation | AllOf | AnyOf | ClauseApplies) for each in atoms)


@pytest.mark.parametrize("clause", ["no such clause"])
def test_an_unknown_clause_is_an_error(clause: str) -> None:
    with pytest.raises(KeyError):
        Unfolding(load(MEMO)).atoms(clause)
