"""Expressions as they are written in the policy language."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import assert_never

from policy_dsl.deeds import is_deed
from policy_dsl.model import (
    AddMonths,
    AllOf,
    AnyOf,
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
    Product,
    ReadingIs,
    SizeOfSet,
    Sum,
)
from policy_dsl.quantities import in_years
from policy_dsl.terms import negated, value_type
from policy_dsl.types import Date, Duration, Value, in_digits, is_number
from policy_dsl.values import written
from policy_dsl.wording import number


class _Level(IntEnum):
    """How tightly a text holds together; one that holds less tightly than asked for is put in
    brackets. The levels are those of the grammar."""

    IMPLICATION = 0
    CONNECTED = 1
    COUNTED = 2
    NEGATED = 3
    COMPARISON = 4
    SUM = 5
    PRODUCT = 6
    ATOM = 7


_DATED = {
    "=": "is",
    "!=": "is not",
    "<": "is before",
    "<=": "is on or before",
    ">": "is after",
    ">=": "is on or after",
}


def code(expr: Expr) -> str:
    """The expression in the policy language, brackets where they are needed.

    What the language has no words for (a set of values, "what B.1 requires") is paraphrased.
    Never raises on an expression of the model.
    """
    try:
        return _at(_Level.IMPLICATION, expr)
    except RecursionError:
        return "..."


def _at(level: _Level, expr: Expr) -> str:
    text, found = _written(expr)
    return text if found >= level else f"({text})"


def _written(expr: Expr) -> tuple[str, _Level]:
    match expr:
        case AllOf(operands=(single,)) | AnyOf(operands=(single,)):
            return _written(single)
        case AllOf(operands=()):
            return "yes", _Level.ATOM
        case AnyOf(operands=()):
            return "no", _Level.ATOM
        case AllOf():
            return _one_of(expr.operands, "!=") or _connected(expr.operands, "and")
        case AnyOf():
            return _one_of(expr.operands, "=") or _any_of(expr.operands)
        case Counted():
            operands = _operands(expr.operands)
            return f"{expr.bound} {expr.count} of {operands}", _Level.COUNTED
        case Implication():
            premise = _at(_Level.CONNECTED, expr.premise)
            return f"{premise} implies {_at(_Level.CONNECTED, expr.conclusion)}", _Level.IMPLICATION
        case Negation():
            return _negation(expr.operand)
        case ReadingIs():
            return f"{expr.ambiguity} is {expr.reading}", _Level.COMPARISON
        case ClauseApplies():
            return expr.clause, _Level.ATOM
        case ClauseBroken():
            return f"{expr.clause} is broken", _Level.COMPARISON
        case FactValue(fact=fact) if is_deed(fact):
            return fact, _Level.COMPARISON
        case ClauseInScope():
            return f"what {expr.clause} requires", _Level.ATOM
        case NormIs():
            return f"{expr.state} {expr.action}", _Level.ATOM
        case Compare() | Member() | IsEmpty() | Established():
            return _comparison(expr), _Level.COMPARISON
        case _:
            return _term(expr)


def _comparison(expr: Compare | Member | IsEmpty | Established) -> str:
    match expr:
        case Compare():
            left, right = _at(_Level.SUM, expr.left), _at(_Level.SUM, expr.right)
            return f"{left} {_sign(expr)} {right}"
        case Member(values=(value,), quantity="any" | "all"):
            return f"{_at(_Level.SUM, expr.operand)} includes {value}"
        case Member():
            values = ", ".join(expr.values)
            return f"{_at(_Level.SUM, expr.operand)} includes {expr.quantity} of ({values})"
        case IsEmpty():
            return f"{_at(_Level.SUM, expr.operand)} is empty"
        case Established():
            return f"{expr.fact} is established"
        case _:
            assert_never(expr)


def _sign(expr: Compare) -> str:
    """``is`` and ``is not`` except between numbers; dates are compared in words."""
    if any(isinstance(value_type(each), Date) for each in (expr.left, expr.right)):
        return _DATED[expr.sign]
    if any(_is_number(each) for each in (expr.left, expr.right)):
        return expr.sign
    return {"=": "is", "!=": "is not"}.get(expr.sign, expr.sign)


def _is_number(expr: Expr) -> bool:
    match expr:
        case Sum() | Product() | AddMonths() | SizeOfSet():
            return True
        case Literal_() | FactValue() | ParameterValue() | DefinitionValue() | OutputValue():
            return is_number(expr.type)
        case _:
            return False


def _negation(operand: Expr) -> tuple[str, _Level]:
    match operand:
        case AllOf(operands=(single,)) | AnyOf(operands=(single,)):
            return _negation(single)
        case IsEmpty():
            return f"{_at(_Level.SUM, operand.operand)} is not empty", _Level.COMPARISON
        case Established():
            return f"{operand.fact} is not established", _Level.COMPARISON
        case ClauseBroken():
            return f"{operand.clause} is not broken", _Level.COMPARISON
        case FactValue(fact=fact) if is_deed(fact):
            return f"{fact.removesuffix(' done')} not done", _Level.COMPARISON
        case ReadingIs():
            return f"{operand.ambiguity} is not {operand.reading}", _Level.COMPARISON
        case AnyOf(operands=operands) if operands and _one_of(operands, "=") is None:
            return f"none of {_operands(operands)}", _Level.COUNTED
        case _:
            return f"not {_at(_Level.NEGATED, operand)}", _Level.NEGATED


def _connected(operands: Sequence[Expr], word: str) -> tuple[str, _Level]:
    text = f" {word} ".join(_at(_Level.NEGATED, each) for each in operands)
    return text, _Level.CONNECTED


def _any_of(operands: Sequence[Expr]) -> tuple[str, _Level]:
    if len(operands) > 2 and all(isinstance(each, ClauseApplies) for each in operands):
        return f"any of {_operands(operands)}", _Level.COUNTED
    return _connected(operands, "or")


def _operands(operands: Sequence[Expr]) -> str:
    return ", ".join(_at(_Level.NEGATED, each) for each in operands)


def _one_of(operands: Sequence[Expr], sign: str) -> tuple[str, _Level] | None:
    """``X is one of (a, b)`` where every operand compares one thing with a value like that."""
    values = []
    for each in operands:
        match each:
            case Compare(right=Literal_(value=str() as value)) if each.sign == sign:
                values.append(value)
            case _:
                return None
    lefts = {_at(_Level.SUM, each.left) for each in operands if isinstance(each, Compare)}
    if len(lefts) != 1:
        return None
    word = "is one of" if sign == "=" else "is not one of"
    return f"{lefts.pop()} {word} ({', '.join(values)})", _Level.COMPARISON


def _term(expr: Expr) -> tuple[str, _Level]:
    match expr:
        case Literal_():
            if is_number(expr.type) and isinstance(expr.value, int):
                return written(expr.type, expr.value), _Level.ATOM
            return _value(expr.value), _Level.ATOM
        case FactValue():
            return expr.fact, _Level.ATOM
        case ParameterValue():
            return expr.parameter, _Level.ATOM
        case OutputValue():
            return expr.output, _Level.ATOM
        case DefinitionValue(arguments=()):
            return expr.definition, _Level.ATOM
        case DefinitionValue():
            arguments = ", ".join(_at(_Level.SUM, each) for each in expr.arguments)
            return f"{expr.definition}({arguments})", _Level.ATOM
        case Sum():
            left, right = _at(_Level.SUM, expr.left), _at(_Level.PRODUCT, expr.right)
            return f"{left} {expr.sign} {right}", _Level.SUM
        case Product(to=to) if to is not None:
            return _written(expr.operand)
        case AddMonths():
            left, months, sign = _at(_Level.SUM, expr.operand), expr.months, "+"
            match months:
                case Literal_(value=int() as count) if count < 0:
                    months, sign = negated(months), "-"
                case Product(factor=-1, operand=operand, to=None):
                    months, sign = operand, "-"
            match months:
                case Literal_(value=int() as count, type=Duration() as type_):
                    return f"{left} {sign} {written(*in_years(type_, count))}", _Level.SUM
            return f"{left} {sign} {_at(_Level.PRODUCT, months)}", _Level.SUM
        case Product():
            return (
                f"{in_digits(expr.factor, expr.places)} * {_at(_Level.ATOM, expr.operand)}",
                _Level.PRODUCT,
            )
        case SizeOfSet():
            return f"number of {_at(_Level.ATOM, expr.operand)}", _Level.ATOM
        case _:
            return type(expr).__name__, _Level.ATOM


def _value(value: Value) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return number(value, None)
        case str():
            return value
        case frozenset():
            return "{" + ", ".join(sorted(value)) + "}"
        case None:
            return "not established"
