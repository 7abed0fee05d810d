"""What an expression means in one case: expressions compiled to Python functions.

*Not established.* An optional fact that is not established has the value ``None``. Sums,
products, sizes, parameters and definitions pass it on: a definition means its body, a parameter
its argument. A comparison, membership or emptiness test with such a part does not hold,
whatever its sign. Every other condition is simply true or false, so a yes/no fact that is not
established does not hold, and its negation does.

*Outputs.* A policy may set one output to several values. The innermost condition around an
output holds when it holds for some value that a clause in force sets; an output that occurs
twice in that condition has the same value at both places.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

from policy_dsl.calendar import add_months
from policy_dsl.closures import (
    Arguments,
    Code,
    Run,
    Test,
    all_of,
    any_of,
    apply,
    counted,
    member,
    sum_,
)
from policy_dsl.deeds import breach
from policy_dsl.model import (
    AddMonths,
    AllOf,
    AnyOf,
    Clause,
    ClauseApplies,
    ClauseBroken,
    ClauseInScope,
    Compare,
    Counted,
    DefinitionValue,
    Established,
    Expr,
    FactValue,
    Implication,
    IsEmpty,
    Literal_,
    Member,
    Negation,
    NormIs,
    OutputValue,
    ParameterValue,
    Policy,
    Product,
    ReadingIs,
    SizeOfSet,
    Sum,
)
from policy_dsl.norms import SILENT, norm_holds
from policy_dsl.types import Enumeration, Value

SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Compiler:
    """Compiles the expressions of one policy.

    What it makes raises ``KeyError`` on a case that lacks a fact or reading it asks for.
    """

    def __init__(self, policy: Policy) -> None:
        self.in_force: Callable[[str, Run], bool] = self.applies
        """Whether a clause is in force; to be put in place by whoever knows about defeat."""
        self._policy = policy
        self._definitions: dict[str, list[tuple[Test | None, Code]]] = {}
        self._clauses: dict[str, tuple[Test, Test]] = {}
        for name, each in policy.definitions.items():
            parameters = tuple(parameter for parameter, _ in each.parameters)
            self._definitions[name] = [
                (self.test(case.under) if case.under else None, self.value(case.body, parameters))
                for case in each.cases
            ]
        for name, clause in policy.clauses.items():
            self._clauses[name] = self._clause(clause)

    def applies(self, clause: str, run: Run) -> bool:
        """Whether a clause is applicable: its requirements hold, its exceptions do not."""
        known = run.applies.get(clause)
        if known is None:
            in_scope, excepted = self._clauses[clause]
            known = run.applies[clause] = in_scope(run, ()) and not excepted(run, ())
        return known

    def in_scope(self, clause: str, run: Run) -> bool:
        """Whether a clause's requirements hold under the readings, whatever its exceptions."""
        return self._clauses[clause][0](run, ())

    def _clause(self, clause: Clause) -> tuple[Test, Test]:
        required = tuple(each.condition for each in clause.requirements)
        under = (clause.under,) if clause.under else ()
        exceptions = tuple(each.condition for each in clause.exceptions)
        return self.test(AllOf(operands=under + required)), self.test(AnyOf(operands=exceptions))

    def test(self, expr: Expr, parameters: tuple[str, ...] = ()) -> Test:
        """A condition as a function. Raises ``TypeError`` for an expression that is none."""
        match expr:
            case AllOf():
                return all_of([self.test(each, parameters) for each in expr.operands])
            case AnyOf():
                return any_of([self.test(each, parameters) for each in expr.operands])
            case Negation():
                operand = self.test(expr.operand, parameters)
                return lambda run, args: not operand(run, args)
            case Implication():
                premise = self.test(expr.premise, parameters)
                conclusion = self.test(expr.conclusion, parameters)
                return lambda run, args: not premise(run, args) or conclusion(run, args)
            case Counted():
                return counted(expr, [self.test(each, parameters) for each in expr.operands])
            case Compare():
                return _for_some_output(expr, self._compare(expr, parameters))
            case Member():
                set_ = self.value(expr.operand, parameters)
                return _for_some_output(expr, member(expr, set_))
            case IsEmpty():
                set_ = self.value(expr.operand, parameters)
                return _for_some_output(expr, lambda run, args: set_(run, args) == frozenset())
            case Established(fact=fact):
                return lambda run, args: run.facts[fact] is not None
            case ReadingIs(ambiguity=ambiguity, reading=reading):
                return lambda run, args: run.readings[ambiguity] == reading
            case ClauseApplies(clause=clause):
                return lambda run, args: self.applies(clause, run)
            case ClauseInScope(clause=clause):
                return lambda run, args: self.in_scope(clause, run)
            case ClauseBroken(clause=clause):
                otherwise = self.test(breach(self._policy, clause))
                return lambda run, args: otherwise(run, args) and self.in_force(clause, run)
            case NormIs(state=state, action=action):
                return lambda run, args: norm_holds(state, run.states.get(action, SILENT))
            case Literal_() | FactValue() | ParameterValue() | DefinitionValue() | OutputValue():
                value = self.value(expr, parameters)
                return _for_some_output(expr, lambda run, args: value(run, args) is True)
            case _:
                raise TypeError(f"not a condition: {type(expr).__name__}")

    def value(self, expr: Expr, parameters: tuple[str, ...] = ()) -> Code:
        """An expression as a function to its value; a condition's value is true or false."""
        match expr:
            case Literal_(value=constant):
                return lambda run, args: constant
            case FactValue(fact=fact):
                return lambda run, args: run.facts[fact]
            case ParameterValue():
                index = parameters.index(expr.parameter)
                return lambda run, args: args[index]
            case DefinitionValue():
                return self._definition(expr, parameters)
            case OutputValue(output=output):
                return lambda run, args: run.chosen[output]
            case Sum():
                left, right = self.value(expr.left, parameters), self.value(expr.right, parameters)
                return sum_(operator.add if expr.sign == "+" else operator.sub, left, right)
            case Product(factor=factor):
                return apply(lambda number: factor * number, self.value(expr.operand, parameters))
            case AddMonths(rounding=rounding):
                date, months = (self.value(e, parameters) for e in (expr.operand, expr.months))
                return sum_(lambda day, count: add_months(day, count, rounding), date, months)
            case SizeOfSet():
                return apply(len, self.value(expr.operand, parameters))
            case _:
                return self.test(expr, parameters)

    def _definition(self, expr: DefinitionValue, parameters: tuple[str, ...]) -> Code:
        name = expr.definition
        arguments = tuple(self.value(each, parameters) for each in expr.arguments)

        def definition(run: Run, args: Arguments) -> Value:
            given = tuple([argument(run, args) for argument in arguments])
            key = (name, given)
            try:
                return run.definitions[key]
            except KeyError:
                found = run.definitions[key] = self._body(name, run, given)
                return found

        return definition

    def _body(self, name: str, run: Run, given: Arguments) -> Value:
        for under, body in self._definitions[name]:
            if under is None or under(run, ()):
                return body(run, given)
        return None

    def _compare(self, expr: Compare, parameters: tuple[str, ...]) -> Test:
        sign = SIGNS[expr.sign]
        match expr:
            case Compare(sign="=", left=FactValue(fact=fact), right=Literal_(value=value)):
                return lambda run, args: run.facts[fact] == value
        left, right = self.value(expr.left, parameters), self.value(expr.right, parameters)
        order = _order(expr)
        if order:
            left, right = apply(order.__getitem__, left), apply(order.__getitem__, right)

        def compare(run: Run, args: Arguments) -> bool:
            first = left(run, args)
            if first is None:
                return False
            second = right(run, args)
            return second is not None and sign(first, second)

        return compare


def _order(expr: Compare) -> Mapping[object, int]:
    """The places of an ordered enumeration's values, where a comparison is about these."""
    for each in (expr.left, expr.right):
        match each:
            case (
                Literal_(type=Enumeration() as type_)
                | FactValue(type=Enumeration() as type_)
                | ParameterValue(type=Enumeration() as type_)
                | DefinitionValue(type=Enumeration() as type_)
                | OutputValue(type=Enumeration() as type_)
            ) if expr.sign not in ("=", "!="):
                return {value: place for place, value in enumerate(type_.values)}
    return {}


def _outputs(expr: Expr) -> Iterator[str]:
    """The outputs whose values an expression depends on, outside conditions within it."""
    match expr:
        case OutputValue():
            yield expr.output
        case Sum() | Product() | AddMonths() | SizeOfSet() | DefinitionValue():
            for child in expr.children():
                yield from _outputs(child)


def _for_some_output(expr: Expr, test: Test) -> Test:
    """``test`` for some choice among the values set to the outputs in ``expr``."""
    parts = [expr] if isinstance(expr, OutputValue) else expr.children()
    names = tuple(dict.fromkeys(name for part in parts for name in _outputs(part)))
    if not names:
        return test

    def some(run: Run, args: Arguments) -> bool:
        pools = [[value for _, value in run.outputs.get(name, ())] for name in names]
        outer = run.chosen
        try:
            for values in product(*pools):
                run.chosen = {**outer, **dict(zip(names, values, strict=True))}
                if test(run, args):
                    return True
            return False
        finally:
            run.chosen = outer  # what a condition around this one has chosen

    return some
