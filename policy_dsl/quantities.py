"""Units and scales: which numbers go together, and how one is brought to the unit of another.

Money goes with money of its currency, minutes to weeks with each other, months with years, dates
with dates, and a number without a unit with any number but a date. Other units are labels and go
with themselves only. Nothing is ever rounded.
"""

from __future__ import annotations

from dataclasses import replace
from math import gcd

from policy_dsl.types import CLOCK, MONTHLY, Date, DecimalNumber, Duration, Integer, Money, Number

MOST_PLACES = 15
"""The most digits that can stand behind the point."""


def unit_of(type_: Number) -> str | None:
    """What a number counts, or None for a plain number or a date."""
    match type_:
        case Integer() | DecimalNumber() | Duration():
            return type_.unit
        case Money():
            return type_.currency
        case Date():
            return None


def places_of(type_: Number) -> int:
    """How many digits stand behind the point."""
    return 0 if isinstance(type_, Integer | Date) else type_.places


def is_plain(type_: Number) -> bool:
    """Whether it is a number without a unit, which goes with any but a date."""
    return isinstance(type_, Integer | DecimalNumber) and type_.unit is None


def unbounded(type_: Number, places: int | None = None) -> Number:
    """The type with no bounds, and with another number of digits behind the point if given."""
    if places is None:
        places = places_of(type_)
    match type_:
        case Integer() | DecimalNumber():
            if places == 0:
                return Integer(unit=type_.unit)
            return DecimalNumber(unit=type_.unit, places=places)
        case Money() | Duration():
            return replace(type_, low=None, high=None, places=places)
        case Date():
            return Date()


def common(one: Number, other: Number) -> Number | None:
    """The type, without bounds, in which values of both can be told exactly; None if there is
    none."""
    places = max(places_of(one), places_of(other))
    if is_plain(one) and not isinstance(other, Date):
        return unbounded(other, places)
    if is_plain(other) and not isinstance(one, Date):
        return unbounded(one, places)
    match one, other:
        case ((Integer() | DecimalNumber()), (Integer() | DecimalNumber())):
            return unbounded(one, places) if one.unit == other.unit else None
        case Money(), Money():
            return unbounded(one, places) if one.currency == other.currency else None
        case Duration(), Duration():
            for units in (CLOCK, MONTHLY):
                if one.unit in units and other.unit in units:
                    smaller = min(one.unit, other.unit, key=units.__getitem__)
                    return Duration(unit=smaller, places=places)
        case Date(), Date():
            return Date()
    return None


def sum_type(left: Number, right: Number) -> Number:
    """The type of a sum or difference of two numbers that go together."""
    if isinstance(left, Date):
        return Duration(unit="days") if isinstance(right, Date) else Date()
    return common(left, right) or unbounded(left)


def steps(from_: Number, to: Number) -> tuple[int, int]:
    """How many steps of one type are how many of another.

    Returns ``(n, m)`` where a value ``v`` of ``from_`` is ``v * n / m`` in ``to``, both positive
    and without a common factor. The two must go together (``common``).
    """
    times, by = 10 ** places_of(to), 10 ** places_of(from_)
    if isinstance(from_, Duration) and isinstance(to, Duration):
        units = CLOCK if from_.unit in CLOCK else MONTHLY
        times, by = times * units[from_.unit], by * units[to.unit]
    divisor = gcd(times, by)
    return times // divisor, by // divisor


def convert(value: int, from_: Number, to: Number) -> int | None:
    """A value of one type in the steps of another, or None where that would not be exact."""
    times, by = steps(from_, to)
    whole, rest = divmod(value * times, by)
    return whole if rest == 0 else None


def in_years(type_: Duration, value: int) -> tuple[Duration, int]:
    """A length of time as it is best told: whole months that make whole years as years."""
    if (type_.unit, type_.places) == ("months", 0) and value and value % 12 == 0:
        return Duration(unit="years"), value // 12
    return type_, value
