"""The conditions in which a change is told: those that mean the same in both versions, as far as
these will do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policy_dsl import model
from policy_dsl.model import Expr, Policy
from verifier.atoms import Atoms, leaves
from verifier.difference.touched import Touched
from verifier.difference.vocabulary import BEFORE


@dataclass
class SameInBoth:
    """Takes conditions apart that name a clause or a definition which differs between versions."""

    union: Policy
    atoms: Atoms
    touched: Touched

    def of_clauses(self, clauses: Iterable[str], apart: bool) -> tuple[Expr, ...]:
        """What decides whether clauses of the union are in force: of others that they apply, and
        of these their conditions where they are taken ``apart``."""
        names = list(clauses)
        own = frozenset(each.removesuffix(BEFORE) for each in names if apart)
        return self.of(self.atoms.of_clauses(names), own)

    def of(self, exprs: Iterable[Expr], own: frozenset[str] = frozenset()) -> tuple[Expr, ...]:
        """Conditions without those that mean something else in each version, and told by the
        conditions of the clauses that are ``own``."""
        found: dict[Expr, None] = {}
        seen: set[Expr] = set()
        waiting = list(exprs)[::-1]
        while waiting:
            expr = waiting.pop()
            below = self._below(expr, own)
            if below is None:
                found[expr] = None
            elif expr not in seen:
                seen.add(expr)
                waiting += [leaf for each in below for leaf in leaves(each)][::-1]
        return tuple(found)

    def _below(self, expr: Expr, own: frozenset[str]) -> list[Expr] | None:
        """What a condition is made of, where it means something else in each version."""
        match expr:
            case model.ClauseApplies() | model.ClauseInScope() if (
                expr.clause in own or self._differs(expr.clause)
            ):
                return list(self.union.clauses[expr.clause].conditions)
            case model.DefinitionValue(arguments=()) if (
                expr.definition.removesuffix(BEFORE) in self.touched.definitions
            ):
                return [case.body for case in self.union.definitions[expr.definition].cases]
            case _:
                return None

    def _differs(self, clause: str) -> bool:
        return clause.endswith(BEFORE) or clause in self.touched.clauses
