"""Numbers as they are shown and read: in the language, in sentences, and in the JSON of a case.

In a case every number is a whole number (``policy_dsl.types``); here is what it looks like to a
reader. Nothing that shows a number raises an error, whatever the number is.
"""

from __future__ import annotations

import re
from decimal import Decimal

from policy_dsl.calendar import MONTHS, civil, day_of, exists
from policy_dsl.quantities import places_of
from policy_dsl.types import (
    Date,
    DecimalNumber,
    Duration,
    Integer,
    Money,
    Number,
    in_digits,
    iso,
)
from policy_dsl.wording import number

LONGEST_NUMBER = 100
"""The longest text that is read as a number, in characters."""

_NUMBER = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def written(type_: Number, value: int) -> str:
    """A value as it is written in the language: "12.50 USD", "2020-12-31", "18 years"."""
    match type_:
        case Date():
            return iso(value)
        case Integer(unit=unit):
            return _joined(in_digits(value, 0), unit)
        case DecimalNumber(unit=unit, places=places):
            return _joined(in_digits(value, places), unit)
        case Money(currency=currency, places=places):
            return _joined(in_digits(value, places), currency)
        case Duration():
            return number(value, type_.unit, type_.places)


def spoken(type_: Number, value: int, unit: str | None = None) -> str:
    """A value as it is said: "1,200 USD", "12.50 USD", "31 December 2020", "1 year".

    ``unit`` is put to a number that has none of its own.
    """
    match type_:
        case Date():
            return _spoken_day(value)
        case Integer():
            return number(value, type_.unit or unit)
        case DecimalNumber():
            return number(value, type_.unit or unit, type_.places)
        case Money():
            return f"{_amount(value, type_.places)} {type_.currency}"
        case Duration():
            return number(value, type_.unit, type_.places)


def to_json(type_: Number, value: int) -> int | str:
    """A value in the JSON of a case: whole numbers as numbers, all others as texts."""
    match type_:
        case Date():
            return iso(value)
        case Money():
            return in_digits(value, type_.places)
        case Integer():
            return value
        case DecimalNumber() | Duration():
            return in_digits(value, type_.places) if type_.places else value


def from_json(type_: Number, data: object) -> int:
    """The value that JSON gives for a number of a type; its bounds play no part.

    Whole numbers are JSON numbers. Where a type has digits behind the point, a number may be a
    text ("12.50") or a JSON number; a fraction counts as the shortest digits that give it.
    Raises ``TypeError`` for what is no such thing at all, and ``ValueError`` with what is wrong
    with it, to be put behind the data: "is a day that does not exist".
    """
    if isinstance(type_, Date):
        if isinstance(data, str) and (found := _DAY.fullmatch(data)) is not None:
            year, month, day = map(int, found.groups())
            if year < 1 or not 1 <= month <= 12 or not exists(year, month, day):
                raise ValueError("is a day that does not exist")
            return day_of(year, month, day)
    elif isinstance(data, int) and not isinstance(data, bool):
        return data * int(10 ** places_of(type_))
    elif isinstance(data, str | float) and (places_of(type_) or isinstance(type_, Money)):
        return _in_steps(data, places_of(type_))
    raise TypeError(f"expected {expected(type_)}")


def expected(type_: Number) -> str:
    """What JSON gives for a number of a type, with its range."""
    match type_:
        case Date():
            what = 'a day such as "2020-12-31"'
            return what if str(type_) == "date" else f"{what} in the range {type_}"
        case Integer() | Duration(places=0):
            return f"a whole number in the range {type_}"
        case DecimalNumber() | Money() | Duration():
            example = in_digits(125 * 10**type_.places // 10, type_.places)
            return f'a number such as "{example}" in the range {type_}'


def _in_steps(data: str | float, places: int) -> int:
    """The number of steps of ``10 ** -places``. Raises errors as ``from_json`` does."""
    if isinstance(data, float):
        data = f"{Decimal(repr(data)):f}"
    found = _NUMBER.fullmatch(data) if len(data) <= LONGEST_NUMBER else None
    if found is None:
        raise TypeError('expected a number in digits, such as "12.50"')
    sign, whole, behind = found.groups(default="")
    if behind[places:].strip("0"):
        digits = "digit" if places == 1 else "digits"
        raise ValueError(
            f"has more than {places} {digits} behind the point" if places else "is not whole"
        )
    steps = int(whole + behind[:places].ljust(places, "0"))
    return -steps if sign else steps


def _spoken_day(day: int) -> str:
    if day.bit_length() > 1024:
        return iso(day)
    year, month, of_month = civil(day)
    return f"{of_month} {MONTHS[month - 1]} {year}"


def _amount(value: int, places: int) -> str:
    """An amount with commas between the thousands, and no digits behind the point if all are 0."""
    digits = in_digits(value, places)
    if value.bit_length() > 1024:
        return digits
    whole, _, behind = digits.partition(".")
    sign, whole = ("-", whole[1:]) if value < 0 else ("", whole)
    return f"{sign}{int(whole):,}{f'.{behind}' if behind.strip('0') else ''}"


def _joined(digits: str, unit: str | None) -> str:
    return f"{digits} {unit}" if unit else digits
