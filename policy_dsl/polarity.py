"""Whether a condition can come true by a fact's being so, or by its not being so.

A fact is looked for through definitions and through clauses that a condition names. Wherever it is
not plain which way a fact counts, it counts both ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from policy_dsl.model import (
    AllOf,
    AnyOf,
    ClauseApplies,
    ClauseInScope,
    Compare,
    Counted,
    DefinitionValue,
    Expr,
    FactValue,
    Implication,
    Literal_,
    Negation,
    Policy,
)

Counts: TypeAlias = tuple[str, bool]
"""A fact, and whether its being so (or having the value asked for) is what counts."""


def counts(policy: Policy, expr: Expr, holds: bool = True) -> frozenset[Counts]:
    """The facts by which a condition can come to hold, or to fail with ``holds`` false."""
    return frozenset(_Reader(policy).read(expr, holds))


def counts_for(policy: Policy, clause: str) -> frozenset[Counts]:
    """The facts by which a clause can come to apply."""
    return frozenset(_Reader(policy).clause(clause, True))


class _Reader:
    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._seen: set[tuple[str, str, bool]] = set()

    def _first(self, kind: str, name: str, holds: bool) -> bool:
        key = kind, name, holds
        new = key not in self._seen
        self._seen.add(key)
        return new

    def clause(self, name: str, holds: bool, scope: bool = False) -> Iterator[Counts]:
        if not self._first("scope" if scope else "clause", name, holds):
            return
        clause = self._policy.clauses[name]
        for each in clause.requirements:
            yield from self.read(each.condition, holds)
        for barred in () if scope else clause.exceptions:
            yield from self.read(barred.condition, not holds)

    def read(self, expr: Expr, holds: bool) -> Iterator[Counts]:
        match expr:
            case FactValue():
                yield expr.fact, holds
            case Negation():
                yield from self.read(expr.operand, not holds)
            case AllOf() | AnyOf():
                for each in expr.operands:
                    yield from self.read(each, holds)
            case Counted(bound="at least"):
                for each in expr.operands:
                    yield from self.read(each, holds)
            case Implication():
                yield from self.read(expr.premise, not holds)
                yield from self.read(expr.conclusion, holds)
            case ClauseApplies():
                yield from self.clause(expr.clause, holds)
            case ClauseInScope():
                yield from self.clause(expr.clause, holds, scope=True)
            case Compare(left=FactValue() as fact, right=Literal_(value=str()), sign="=" | "!="):
                yield fact.fact, holds == (expr.sign == "=")
            case DefinitionValue(definition=name, arguments=arguments):
                if self._first("definition", name, holds):
                    for case in self._policy.definitions[name].cases:
                        yield from self.read(case.body, holds)
                for each in arguments:
                    yield from self._either(each)
            case _:
                for each in expr.children():
                    yield from self._either(each)

    def _either(self, expr: Expr) -> Iterator[Counts]:
        yield from self.read(expr, True)
        yield from self.read(expr, False)
