"""The types of numbers, from what is written: scales, units, currencies and calendar days."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from policy_dsl import syntax as ast
from policy_dsl.build import LARGEST
from policy_dsl.calendar import FIRST_DAY, LAST_DAY
from policy_dsl.currencies import CURRENCIES
from policy_dsl.diagnostics import did_you_mean
from policy_dsl.quantities import places_of
from policy_dsl.symbols import Symbols, Unit
from policy_dsl.types import (
    TIME_UNITS,
    Date,
    DecimalNumber,
    Duration,
    Integer,
    Money,
    Number,
    in_digits,
    iso,
)

USUAL = ("USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "CNY", "INR", "MXN")
"""The currencies that are most likely meant by a code that is none."""

NumberType: TypeAlias = ast.IntegerType | ast.DecimalType | ast.MoneyType | ast.DateType


def number_type(symbols: Symbols, unit: Unit, node: NumberType) -> Number | None:
    """The type that is written for a number; None after an error."""
    found = _number_type(symbols, unit, node)
    if found is None or found.low is None or found.high is None or found.low <= found.high:
        return found
    low, high = (
        iso(each) if isinstance(found, Date) else in_digits(each, places_of(found))
        for each in (found.low, found.high)
    )
    noun = "day" if isinstance(found, Date) else "number"
    symbols.problem(
        "L12",
        unit.source,
        node.span,
        f"No {noun} lies between {low} and {high}.",
        f"The lower end comes first: {replace(found, low=found.high, high=found.low)}",
    )
    return None


def _number_type(symbols: Symbols, unit: Unit, node: NumberType) -> Number | None:
    match node:
        case ast.DateType():
            low = FIRST_DAY if node.low is None else node.low.value.toordinal()
            return Date(low, LAST_DAY if node.high is None else node.high.value.toordinal())
        case ast.MoneyType():
            return _money(symbols, unit, node)
        case ast.IntegerType() | ast.DecimalType() if node.unit in CURRENCIES:
            words = " ".join(unit.source.text[node.span.start : node.span.end].split())
            symbols.problem(
                "L05",
                unit.source,
                node.span,
                f"{node.unit} is a currency, and this is no type of money.",
                f"Write: money {words if '..' in words else node.unit}",
            )
            return None
        case ast.IntegerType() if node.unit in TIME_UNITS:
            return Duration(node.low, node.high, TIME_UNITS[node.unit])
        case ast.DecimalType() if node.unit in TIME_UNITS:
            return Duration(node.low, node.high, TIME_UNITS[node.unit], node.places)
        case ast.IntegerType():
            return Integer(node.low, node.high, node.unit)
        case ast.DecimalType():
            return DecimalNumber(node.low, node.high, node.unit, node.places)


def _money(symbols: Symbols, unit: Unit, node: ast.MoneyType) -> Money | None:
    code = node.currency.text
    if code not in CURRENCIES:
        near = did_you_mean(code.upper(), USUAL) or did_you_mean(code.upper(), CURRENCIES)
        near = code.upper() if code.upper() in CURRENCIES else near
        symbols.problem(
            "L03",
            unit.source,
            node.currency.span,
            f"'{code}' is not the code of a currency.",
            f"Did you mean '{near}'?"
            if near
            else "Currencies are named by the three letters of ISO 4217, such as USD, EUR or JPY.",
        )
        return None
    places = max(CURRENCIES[code], node.places)
    factor = 10 ** (places - node.places)
    bounds = [None if each is None else each * factor for each in (node.low, node.high)]
    if any(each is not None and abs(each) > LARGEST for each in bounds):
        symbols.problem(
            "L12",
            unit.source,
            node.span,
            "This amount is too large.",
            f"Amounts go up to {LARGEST}, counted in the smallest unit of the currency.",
        )
        return None
    return Money(bounds[0], bounds[1], code, places)
