"""Numbers of a policy as linear forms: ``2 * (a - 1) + b`` is ``2 a + b - 2``.

Dates are numbers of days. A date some months later is no linear form of the date: it is a variable
of its own, named by what it is made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import gcd

from policy_dsl import model
from policy_dsl.calendar import Rounding, add_months
from policy_dsl.model import Expr, Policy
from policy_dsl.types import SetOf, is_number
from policy_dsl.wording import FLIPPED

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


Forms = Mapping[str, "Linear | None"]
"""The linear forms of arguments, by the names of the parameters; None where there is none."""

NO_FORMS: Forms = {}


def linear(policy: Policy, expr: Expr, arguments: Forms = NO_FORMS) -> Linear | None:
    """The linear form of a number, or None where it is none.

    Its variables are facts, by their names, ``number of FACT`` for the sizes of sets,
    ``define NAME`` for definitions that differ between readings, and ``ROUNDING months
    [DATE] [NUMBER]``.
    """
    match expr:
        case model.Literal_(value=int() as value):
            return Linear({}, value)
        case model.ParameterValue():
            return arguments.get(expr.parameter)
        case model.FactValue():
            return Linear({expr.fact: 1}, 0, frozenset({expr.fact}) if expr.optional else _NOTHING)
        case model.SizeOfSet(operand=model.FactValue(type=SetOf()) as inner):
            rests_on = frozenset({inner.fact} if inner.optional else ())
            return Linear({f"number of {inner.fact}": 1}, 0, rests_on)
        case model.DefinitionValue():
            return _defined(policy, expr, arguments)
        case model.Product():
            found = linear(policy, expr.operand, arguments)
            return None if found is None else _scaled(found, expr.factor)
        case model.Sum() | model.AddMonths():
            first, second = (linear(policy, each, arguments) for each in expr.children())
            if first is None or second is None:
                return None
            if isinstance(expr, model.AddMonths):
                return _later(first, second, expr.rounding)
            return _added(first, second if expr.sign == "+" else _scaled(second, -1))
    return None


def _defined(policy: Policy, expr: model.DefinitionValue, arguments: Forms) -> Linear | None:
    definition = policy.definitions[expr.definition]
    if len(definition.cases) == 1:
        inner = {
            name: linear(policy, each, arguments)
            for (name, type_), each in zip(definition.parameters, expr.arguments, strict=True)
            if is_number(type_)
        }
        return linear(policy, definition.cases[0].body, inner)
    return None if expr.arguments else Linear({f"define {expr.definition}": 1}, 0)


def _later(date: Linear, months: Linear, rounding: Rounding) -> Linear:
    if not date.factors and not months.factors:
        later = add_months(date.constant, months.constant, rounding)
        return Linear({}, later, date.rests_on | months.rests_on)
    if not months.factors and months.constant == 0:
        return Linear(date.factors, date.constant, date.rests_on | months.rests_on)
    name = f"{rounding} months [{name_of(date)}] [{name_of(months)}]"
    return Linear({name: 1}, 0, date.rests_on | months.rests_on)


def reach(policy: Policy, form: Linear) -> range | None:
    """A range that holds every value of a form while facts keep to their types; None where its
    variables are not all bounded facts."""
    low = high = form.constant
    for name, factor in form.factors.items():
        type_ = policy.facts[name].type if name in policy.facts else None
        if type_ is None or not is_number(type_) or type_.low is None or type_.high is None:
            return None
        ends = (factor * type_.low, factor * type_.high)
        low, high = low + min(ends), high + max(ends)
    return range(low, high + 1)


def name_of(form: Linear) -> str:
    """A text that only this linear form has."""
    parts = [f"{factor} [{name}]" for name, factor in sorted(form.factors.items())]
    return " + ".join([*parts, str(form.constant)])


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
    if sign == "!=" and not form.factors:
        return "", FREE if form.constant else EMPTY
    return within(form, interval(sign, 0))


def interval(sign: model.CompareSign, value: int) -> Interval:
    """Where a whole number x lies if ``x sign value``; everywhere for ``!=``."""
    low, high = FREE
    match sign:
        case "=":
            return (value, value)
        case "!=":
            return FREE
        case "<":
            return (low, value - 1)
        case "<=":
            return (low, value)
        case ">":
            return (value + 1, high)
        case ">=":
            return (value, high)


def within(form: Linear, span: Interval) -> tuple[str, Interval]:
    """What it says that the value of a form lies in an interval: a term and its interval, as
    ``bounds`` gives them."""
    span = _moved(span, -form.constant)
    if not form.factors:
        return "", FREE if span[0] <= 0 <= span[1] else EMPTY
    if len(form.factors) == 1:
        ((name, factor),) = form.factors.items()
        return name, _divided(span, factor)
    ordered = sorted(form.factors.items())
    by = gcd(*(factor for _, factor in ordered))
    if ordered[0][1] < 0:
        by = -by
    term = " + ".join(
        name if factor == by else f"{factor // by} * {name}" for name, factor in ordered
    )
    return term, _divided(span, by)


def _moved(span: Interval, by: int) -> Interval:
    """An interval moved up; an infinite bound stays where it is, and whole numbers exact."""
    low, high = span
    return (low + by if isinstance(low, int) else low, high + by if isinstance(high, int) else high)


def _divided(span: Interval, by: int) -> Interval:
    """Where a whole number x lies if ``by * x`` lies in an interval."""
    low, high = span
    if by < 0:
        by, low, high = -by, -high, -low
    return (
        -(-low // by) if isinstance(low, int) else low,
        high // by if isinstance(high, int) else high,
    )


def solved(
    policy: Policy, left: Expr, sign: model.CompareSign, right: Expr
) -> tuple[Expr, Interval] | None:
    """A comparison of a date some months later with a fixed day, solved for the date.

    A later day never comes to lie before an earlier one by adding months, so the days for which
    the comparison holds lie in an interval. None where it is no such comparison. The interval of
    ``!=`` is the one in which it does not hold. The expression rests on the same optional facts.
    """
    if isinstance(left, model.FactValue) and isinstance(right, model.Literal_):
        return None  # most comparisons are of this kind
    for expr, other, turned in ((left, right, sign), (right, left, FLIPPED[sign])):
        fixed = linear(policy, other)
        if fixed is not None and not fixed.factors and not fixed.rests_on:
            start = interval("=" if turned == "!=" else turned, fixed.constant)
            found = _solved(policy, expr, start)
            return None if found[0] is expr else found
    return None


def _solved(policy: Policy, expr: Expr, span: Interval) -> tuple[Expr, Interval]:
    """An expression inside another one, and the interval in which it lies exactly if the outer
    one lies in ``span``; the expression itself where no months are added to it."""
    match expr:
        case model.DefinitionValue(arguments=()):
            cases = policy.definitions[expr.definition].cases
            if len(cases) == 1:
                inner = _solved(policy, cases[0].body, span)
                return (expr, span) if inner[0] is cases[0].body else inner
        case model.Sum(left=left, right=right):
            added = linear(policy, right)
            if added is not None and not added.factors and not added.rests_on:
                by = -added.constant if expr.sign == "+" else added.constant
                inner = _solved(policy, left, _moved(span, by))
                return (expr, span) if inner[0] is left else inner
        case model.AddMonths(operand=operand):
            months = linear(policy, expr.months)
            if months is not None and not months.factors and not months.rests_on:
                return _solved(policy, operand, before(span, months.constant, expr.rounding))
    return expr, span


def before(span: Interval, months: int, rounding: Rounding) -> Interval:
    """The days that, some months later, lie in an interval."""
    low, high = span
    if isinstance(low, int):
        low = _first_from(low, months, rounding)
    if isinstance(high, int):
        high = _first_from(high + 1, months, rounding) - 1
    return (low, high)


def _first_from(day: int, months: int, rounding: Rounding) -> int:
    """The first day that, some months later, is not before ``day``."""
    found = add_months(day, -months, "down")
    while add_months(found, months, rounding) >= day:
        found -= 1
    while add_months(found, months, rounding) < day:
        found += 1
    return found
