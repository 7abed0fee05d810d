"""A finite policy, looked at case by case with the evaluator alone: no solver, no encoding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from policy_dsl import phrases
from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator, Outcome
from policy_dsl.model import (
    ClauseApplies,
    Compare,
    Established,
    Expr,
    Fact,
    FactValue,
    Literal_,
    Member,
    ParameterValue,
    Policy,
    is_condition,
    walk,
)
from policy_dsl.types import SetOf, YesNo
from tests.strategies.cases import all_facts, all_readings, values
from tests.strategies.everywhere import expressions
from verifier.readings import ReadingSet

Read = tuple[str, ...]
"""One reading of every ambiguity, in the order of the policy."""

Found = dict[object, frozenset[Read]]
"""What identifies each finding, and the readings under which it stands."""


@dataclass(frozen=True, eq=False)
class Point:
    """A valid case and what the policy says about it."""

    case: Case
    read: Read
    outcome: Outcome

    def in_force(self, clause: str) -> bool:
        """Whether a clause is in force."""
        return self.outcome.clauses[clause].in_force

    def applies(self, clause: str) -> bool:
        """Whether a clause is applicable."""
        return self.outcome.clauses[clause].applicable


Shown = Callable[[Point], bool]
"""Whether a case shows something."""


def applying(*clauses: str) -> Shown:
    """All of these clauses are applicable."""
    return lambda point: all(map(point.applies, clauses))


def forcing(*clauses: str) -> Shown:
    """All of these clauses are in force."""
    return lambda point: all(map(point.in_force, clauses))


class World:
    """Every valid case of a policy under every combination of open readings."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.evaluator = Evaluator(policy)
        self.reads: list[Read] = [tuple(each.values()) for each in all_readings(policy)]
        self.points = list(self._points())
        self._tests: dict[int, tuple[Expr, Callable[[Case], bool]]] = {}

    def _points(self) -> Iterator[Point]:
        for facts in all_facts(self.policy):
            for readings in all_readings(self.policy):
                case = Case(facts, readings)
                if self.evaluator.is_valid(case):
                    yield Point(case, tuple(readings.values()), self.evaluator.outcome(case))

    def holds(self, expr: Expr | None, point: Point) -> bool:
        """Whether a condition holds in a case; one that is left out does."""
        if expr is None:
            return True
        found = self._tests.get(id(expr))
        if found is None:
            found = self._tests[id(expr)] = (expr, self.evaluator.condition(expr))
        return found[1](point.case)

    def all_hold(self, exprs: Iterable[Expr | None], point: Point) -> bool:
        """Whether all of some conditions hold."""
        return all(self.holds(each, point) for each in exprs)

    def some(self, shown: Shown) -> bool:
        """Whether something is so in some case."""
        return any(shown(point) for point in self.points)

    def reads_of(self, shown: Shown) -> frozenset[Read]:
        """The readings under which something is so in some case."""
        return frozenset(point.read for point in self.points if shown(point))

    def reads_with(self, under: Expr | None) -> frozenset[Read]:
        """The readings that meet a condition on readings."""
        if under is None:
            return frozenset(self.reads)
        facts = next(all_facts(self.policy))
        test = self.evaluator.condition(under)
        return frozenset(r for r in self.reads if test(Case(facts, self.named(r))))

    def named(self, read: Read) -> dict[str, str]:
        """Readings by the names of their ambiguities."""
        return dict(zip(self.policy.ambiguities, read, strict=True))

    def extension(self, readings: ReadingSet) -> frozenset[Read]:
        """The combinations of readings that a reading set describes."""
        return frozenset(r for r in self.reads if readings.contains(self.named(r)))

    @cached_property
    def by_code(self) -> dict[str, Expr]:
        """Every condition of the policy by its text in the language."""
        found: dict[str, Expr] = {}
        for expr in expressions(self.policy):
            inside = any(isinstance(each, ParameterValue) for each in walk(expr))
            if is_condition(expr) and not inside:
                found.setdefault(phrases.code(expr), expr)
        extra: list[Expr] = [ClauseApplies(clause=clause) for clause in self.policy.clauses]
        for fact in self.policy.facts.values():
            extra += _said_of(fact)
        for expr in extra:
            found.setdefault(phrases.code(expr), expr)
        return found

    def meets(self, conditions: Iterable[tuple[str, bool]], point: Point) -> bool:
        """Whether a case meets the conditions by which a finding describes it."""
        return all(self.holds(self.by_code[code], point) == truth for code, truth in conditions)


def _said_of(fact: Fact) -> Iterator[Expr]:
    """Every condition that says that a fact has some value, or some member."""
    node = FactValue(fact=fact.name, type=fact.type, optional=fact.optional)
    if fact.optional:
        yield Established(fact=fact.name)
    if isinstance(fact.type, SetOf):
        for name in fact.type.element.values:
            yield Member(operand=node, values=(name,), quantity="all")
        return
    if isinstance(fact.type, YesNo) and not fact.optional:
        yield node
    for value in values(fact.type):
        yield Compare(sign="=", left=node, right=Literal_(value=value, type=fact.type))
