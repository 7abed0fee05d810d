"""Why a clause is or is not in force in a case, down to the facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, assert_never

from policy_dsl.case import Case
from policy_dsl.deeds import breach
from policy_dsl.defeat import Defeat
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import (
    AllOf,
    AnyOf,
    Clause,
    ClauseApplies,
    ClauseBroken,
    ClauseInScope,
    Counted,
    DefinitionValue,
    Established,
    Expr,
    FactValue,
    Group,
    Implication,
    Literal_,
    Negation,
    ParameterValue,
    Policy,
    Priority,
    ReadingIs,
)
from policy_dsl.phrases import say, say_case

_PREVAILS = {
    "overrides": "which overrides it",
    "despite": "which applies despite it",
    "precedence": "to which it is subject",
    "savings": "which it leaves untouched",
    "authority": "which is the higher law",
    "specificity": "which is the more special rule",
    "date": "which is the later law",
}


@dataclass(frozen=True, slots=True)
class Why:
    """A statement, whether it is so in the case, and what makes it so or not."""

    text: str
    holds: bool
    children: tuple[Why, ...] = ()


def why(evaluator: Evaluator, clause: str, case: Case) -> Why:
    """Why a clause is or is not in force in a full case.

    The root says whether the clause is in force. Below it stand, in this order: the readings it
    needs, what it requires, its exceptions ("unless: ..." holds where the exception applies),
    and what defeats it. A clause that occurs again is not explained again.

    Raises ``KeyError`` for a clause that the policy does not have or a case that is not full.
    """
    return _Explainer(evaluator, case).clause(clause)


class _Explainer:
    def __init__(self, evaluator: Evaluator, case: Case) -> None:
        self._evaluator = evaluator
        self._policy: Policy = evaluator.policy
        self._case = case
        self._outcome = evaluator.outcome(case)
        self._explained: set[str] = set()

    def clause(self, name: str) -> Why:
        status = self._outcome.clauses[name]
        self._explained.add(name)
        children = tuple(self._conditions(self._policy.clauses[name], exceptions=True))
        if not status.applicable:
            return Why(f"{name} does not apply", False, children)
        if status.in_force:
            return Why(f"{name} is in force", True, children)
        defeats = tuple(self._defeat(each) for each in status.defeated_by)
        return Why(f"{name} applies, but is defeated", False, children + defeats)

    def _conditions(self, clause: Clause, *, exceptions: bool) -> Iterator[Why]:
        if clause.under is not None:
            yield self._labelled("under", clause.under)
        for requirement in clause.requirements:
            yield self._labelled(requirement.kind, requirement.condition)
        for exception in clause.exceptions if exceptions else ():
            yield self._labelled(exception.kind, exception.condition)

    def _labelled(self, label: str, condition: Expr) -> Why:
        found = self._condition(condition, True)
        return replace(found, text=f"{label}: {found.text}")

    def _defeat(self, defeat: Defeat) -> Why:
        match defeat.reason:
            case Group(name=name):
                how = f"which stands before it in the order of {name}"
            case Priority(kind=kind, declared_by=declared_by, place=place):
                declared = f", as {declared_by} says" if declared_by != defeat.clause else ""
                how = f"{_PREVAILS[kind]}{declared} ({place})"
            case _:
                assert_never(defeat.reason)
        text = f"defeated by {defeat.clause}, {how}"
        return Why(text, True, tuple(self._applies(defeat.clause)))

    def _applies(self, clause: str) -> Iterator[Why]:
        """Why a clause applies or not, where that has not been said already."""
        if clause in self._explained:
            yield Why(f"why {clause} does or does not apply stands above", True)
            return
        self._explained.add(clause)
        yield from self._conditions(self._policy.clauses[clause], exceptions=True)

    def _condition(self, expr: Expr, truth: bool) -> Why:
        """The statement that a condition holds (or fails), and why it does or not."""
        match expr:
            case Negation(operand=operand):
                return self._condition(operand, not truth)
            case AllOf(operands=(single,)) | AnyOf(operands=(single,)):
                return self._condition(single, truth)
        text = say(self._policy, expr, truth)
        holds = self._evaluator.holds(expr, self._case) is truth
        known = text if holds else say(self._policy, expr, not truth)
        return Why(text, holds, tuple(self._reasons(expr, truth, known)))

    def _reasons(self, expr: Expr, truth: bool, known: str) -> Iterator[Why]:
        """What makes a condition hold or fail, leaving out the statement already known."""
        match expr:
            case AllOf(operands=operands) | AnyOf(operands=operands):
                yield from (self._condition(each, truth) for each in operands)
            case Implication():
                yield self._condition(expr.premise, not truth)
                yield self._condition(expr.conclusion, truth)
            case Counted(operands=operands):
                yield from (self._condition(each, True) for each in operands)
            case DefinitionValue():
                yield from self._definition(expr, truth)
            case ClauseApplies(clause=clause):
                yield from self._applies(clause)
            case ClauseBroken(clause=clause):
                yield from self._applies(clause)
                yield self._condition(breach(self._policy, clause), truth)
            case ClauseInScope(clause=clause):
                yield from self._conditions(self._policy.clauses[clause], exceptions=False)
            case _:
                for text in say_case(self._policy, self._case, self._names(expr)):
                    if text != known:
                        yield Why(text, True)

    def _definition(self, expr: DefinitionValue, truth: bool) -> Iterator[Why]:
        definition = self._policy.definitions[expr.definition]
        names = (name for name, _ in definition.parameters)
        arguments = dict(zip(names, expr.arguments, strict=True))
        for each in definition.cases:
            if each.under is None or self._evaluator.holds(each.under, self._case):
                if each.under is not None:
                    yield self._labelled("under", each.under)
                if not isinstance(each.body, Literal_):  # "yes": there is nothing behind it
                    yield self._condition(_substitute(each.body, arguments), truth)
                return

    def _names(self, expr: Expr) -> list[str]:
        """The facts and ambiguities that a comparison or the like asks about."""
        return list(dict.fromkeys(self._walk(expr)))

    def _walk(self, expr: Expr) -> Iterator[str]:
        match expr:
            case FactValue(fact=fact) | Established(fact=fact):
                yield fact
            case ReadingIs(ambiguity=ambiguity):
                yield ambiguity
            case DefinitionValue(definition=name):
                for case in self._policy.definitions[name].cases:
                    if case.under is None or self._evaluator.holds(case.under, self._case):
                        yield from self._walk(case.body)
        for child in expr.children():
            yield from self._walk(child)


def _substitute(expr: Expr, arguments: Mapping[str, Expr]) -> Expr:
    """The expression with each parameter replaced by its argument."""
    if not arguments:
        return expr
    if isinstance(expr, ParameterValue):
        return arguments[expr.parameter]
    changes: dict[str, Any] = {}
    for each in fields(expr):
        value = getattr(expr, each.name)
        if isinstance(value, Expr):
            changes[each.name] = _substitute(value, arguments)
        elif isinstance(value, tuple) and any(isinstance(item, Expr) for item in value):
            changes[each.name] = tuple(_substitute(item, arguments) for item in value)
    return replace(expr, **changes)
