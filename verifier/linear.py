"""Numbers of a policy as linear forms: ``2 * (a - 1) + b`` is ``2 a + b - 2``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import gcd

from policy_dsl import model
from policy_dsl.model import Expr, Policy
from policy_dsl.types import SetOf

Interval = tuple[float, float]
"""Bounds of a number, both included; infinite where there is none."""

FREE: Interval = (float("-inf"), float("inf"))
EMPTY: Interval = (1, 0)
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Linear:
    """Whole numbers times variables, and a number by itself. No factor is 0.

    ``rests_on`` are all optional facts in the expression, also those that cancel out: it has no
    value where one of them is not established.
    """

    factors: Mapping[str, int]
    constant: int
    rests_on: frozenset[str] = _NOTHING


def linear(policy: Policy, expr: Expr) -> Linear | None:
    """The linear form of a number, or None where it is none.

    Its variables are facts, by their names, ``number of FACT`` for the sizes of sets, and
    ``define NAME`` for definitions that differ between readings.
    """
    match expr:
        case model.Literal_(value=int() as value):
            return Linear({}, value)
        case model.FactValue():
            return Linear({expr.fact: 1}, 0, frozenset({expr.fact}) if expr.optional else _NOTHING)
        case model.SizeOfSet(operand=model.FactValue(type=SetOf()) as inner):
            rests_on = frozenset({inner.fact} if inner.optional else ())
            return Linear({f"number of {inner.fact}": 1}, 0, rests_on)
        case model.DefinitionValue(arguments=()):
            cases = policy.definitions[expr.definition].cases
            if len(cases) == 1:
                return linear(policy, cases[0].body)
            return Linear({f"define {expr.definition}": 1}, 0)
        case model.Product():
            found = linear(policy, expr.operand)
            return None if found is None else _scaled(found, expr.factor)
        case model.Sum():
            left, right = linear(policy, expr.left), linear(policy, expr.right)
            if left is None or right is None:
                return None
            return _added(left, right if expr.sign == "+" else _scaled(right, -1))
    return None


def difference(policy: Policy, left: Expr, right: Expr) -> Linear | None:
    """The linear form of ``left - right``, or None where it is none."""
    match left, right:  # most comparisons are of this kind
        case model.FactValue(), model.Literal_(value=int() as value):
            rests_on = frozenset({left.fact}) if left.optional else _NOTHING
            return Linear({left.fact: 1}, -value, rests_on)
    one, other = linear(policy, left), linear(policy, right)
    return None if one is None or other is None else _added(one, _scaled(other, -1))


def _scaled(form: Linear, by: int) -> Linear:
    factors = {name: by * factor for name, factor in form.factors.items()} if by else {}
    return Linear(factors, by * form.constant, form.rests_on)


def _added(left: Linear, right: Linear) -> Linear:
    factors = dict(left.factors)
    for name, factor in right.factors.items():
        factors[name] = factors.get(name, 0) + factor
    return Linear(
        {name: factor for name, factor in factors.items() if factor},
        left.constant + right.constant,
        left.rests_on | right.rests_on,
    )


def bounds(form: Linear, sign: model.CompareSign) -> tuple[str, Interval]:
    """What ``form sign 0`` says: a term and the interval in which its value lies.

    One term stands for all its multiples, so that comparisons of the same thing have the same
    name: ``a + b < 3`` and ``2 * a + 2 * b > 6`` are both about ``a + b``. The term is empty where
    there are no variables. The interval of ``!=`` is wider than what it says.
    """
    if not form.factors:
        holds = {
            "=": form.constant == 0,
            "!=": form.constant != 0,
            "<": form.constant < 0,
            "<=": form.constant <= 0,
            ">": form.constant > 0,
            ">=": form.constant >= 0,
        }[sign]
        return "", FREE if holds else EMPTY
    if len(form.factors) == 1:
        ((name, factor),) = form.factors.items()
        return name, _interval(factor, -form.constant, sign)
    ordered = sorted(form.factors.items())
    by = gcd(*(factor for _, factor in ordered))
    if ordered[0][1] < 0:
        by = -by
    term = " + ".join(
        name if factor == by else f"{factor // by} * {name}" for name, factor in ordered
    )
    return term, _interval(by, -form.constant, sign)


def _interval(by: int, value: int, sign: model.CompareSign) -> Interval:
    """Where a whole number x lies if ``by * x sign value``."""
    low, high = FREE
    if by < 0:
        by, value = -by, -value
        flipped: dict[model.CompareSign, model.CompareSign] = {
            "<": ">",
            "<=": ">=",
            ">": "<",
            ">=": "<=",
        }
        sign = flipped.get(sign, sign)
    match sign:
        case "=":
            return (value // by, value // by) if value % by == 0 else EMPTY
        case "!=":
            return FREE
        case "<":
            return (low, (value - 1) // by)
        case "<=":
            return (low, value // by)
        case ">":
            return (value // by + 1, high)
        case ">=":
            return (-(-value // by), high)
