"""The types of facts, outputs, parameters and values.

Every number is a whole number here, in cases too: an amount of money counts the steps that its
type can tell apart (cents), a date its day. Types say how such a number is shown and read
(``policy_dsl.values``), and ``policy_dsl.quantities`` brings two of them to one scale.

A new kind of value is one more class here, one more member of ``Type``, and then every ``match``
over types that lacks it fails type checking.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, TypeGuard

from policy_dsl.calendar import FIRST_DAY, LAST_DAY, civil
from policy_dsl.currencies import CURRENCIES

Value: TypeAlias = bool | int | str | frozenset[str] | None
"""A value in a case: yes/no, a whole number, the name of an enumeration's value, a set of such
names, or ``None`` for an optional fact that is not established."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no."""

    def __str__(self) -> str:
        return "yes/no"


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Exactly one of a list of named values; the phrases say how each is spoken of.

    Where it is ``ordered``, the values stand from the lowest to the highest, and ``<`` compares
    their places in the list.
    """

    name: str
    values: tuple[str, ...]
    phrases: tuple[str | None, ...] = ()
    ordered: bool = False

    def phrase(self, value: str) -> str:
        """How a value is said: its phrase, or else its name with blanks for underscores."""
        index = self.values.index(value)
        said = self.phrases[index] if index < len(self.phrases) else None
        return said if said is not None else value.replace("_", " ")

    def __str__(self) -> str:
        return self.name or "one of " + (" < " if self.ordered else ", ").join(self.values)


@dataclass(frozen=True, slots=True)
class SetOf:
    """Any number of the values of an enumeration, none included."""

    element: Enumeration

    def __str__(self) -> str:
        return f"set of {self.element}"


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number between two bounds, both included; ``None`` is no bound.

    ``unit`` is a label: numbers with different units are not compared or added.
    """

    low: int | None = None
    high: int | None = None
    unit: str | None = None

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        if self.low is None and self.high is None:
            return f"integer{unit}"
        return f"{_range(self.low, self.high, 0)}{unit}"


@dataclass(frozen=True, slots=True)
class DecimalNumber:
    """A number with ``places`` digits behind the point. Bounds and values count steps of
    ``10 ** -places``: with two places, 1250 is 12.50. ``unit`` is a label."""

    low: int | None = None
    high: int | None = None
    unit: str | None = None
    places: int = 2

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        if self.low is None and self.high is None:
            return f"decimal in steps of {in_digits(1, self.places)}{unit}"
        return f"{_range(self.low, self.high, self.places)}{unit}"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency, named by its code of ISO 4217.

    Bounds and values count steps of ``10 ** -places``; that is the currency's smallest unit
    unless a finer step is given.
    """

    low: int | None = None
    high: int | None = None
    currency: str = "USD"
    places: int = -1

    def __post_init__(self) -> None:
        if self.places < 0:
            object.__setattr__(self, "places", CURRENCIES.get(self.currency, 2))

    def __str__(self) -> str:
        if self.low is None and self.high is None:
            return f"money {self.currency}"
        return f"money {_range(self.low, self.high, self.places)} {self.currency}"


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the calendar, by its number in ``policy_dsl.calendar``; both bounds included.

    A fact has both bounds, at least those of what can be written; sums may lead beyond them.
    """

    low: int | None = None
    high: int | None = None

    def __str__(self) -> str:
        low = "" if self.low in (None, FIRST_DAY) else iso(self.low or 0)
        high = "" if self.high in (None, LAST_DAY) else iso(self.high or 0)
        return f"{low} .. {high}".strip() if low or high else "date"


CLOCK = {"minutes": 1, "hours": 60, "days": 1440, "weeks": 10080}
"""Units of time that are a fixed number of minutes."""

MONTHLY = {"months": 1, "years": 12}
"""Units of time that are a fixed number of months, but no fixed number of days."""

TIME_UNITS = {
    **{name: name for unit in (CLOCK, MONTHLY) for name in unit},
    **{name[:-1]: name for unit in (CLOCK, MONTHLY) for name in unit},
}
"""The words for units of time, also in the singular, each with the unit's own name."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in a unit of ``CLOCK`` or ``MONTHLY``.

    Bounds and values count steps of ``10 ** -places`` of the unit.
    """

    low: int | None = None
    high: int | None = None
    unit: str = "days"
    places: int = 0

    def __str__(self) -> str:
        if self.low is None and self.high is None:
            steps = f"decimal in steps of {in_digits(1, self.places)}" if self.places else "integer"
            return f"{steps} {self.unit}"
        return f"{_range(self.low, self.high, self.places)} {self.unit}"


Number: TypeAlias = Integer | DecimalNumber | Money | Date | Duration
"""The types whose values are whole numbers in a case."""

NUMBERS = (Integer, DecimalNumber, Money, Date, Duration)

Type: TypeAlias = YesNo | Enumeration | SetOf | Number


def is_number(type_: Type) -> TypeGuard[Number]:
    """Whether the values of a type are whole numbers in a case."""
    return isinstance(type_, NUMBERS)


def contains(type_: Type, value: Value) -> bool:
    """Whether a value (not ``None``) belongs to a type."""
    match type_:
        case YesNo():
            return isinstance(value, bool)
        case Enumeration():
            return isinstance(value, str) and value in type_.values
        case SetOf():
            return isinstance(value, frozenset) and value <= set(type_.element.values)
        case Integer() | DecimalNumber() | Money() | Date() | Duration():
            if isinstance(value, bool) or not isinstance(value, int):
                return False
            above = type_.low is None or type_.low <= value
            return above and (type_.high is None or value <= type_.high)


def in_digits(value: int, places: int) -> str:
    """A number of steps of ``10 ** -places`` in digits: 1250 with two places is "12.50".

    Never raises: a number that is too long to write out is described.
    """
    if value.bit_length() > 1024:  # Python refuses to write out very large numbers
        return f"a number of {value.bit_length()} bits"
    if places == 0:
        return str(value)
    whole, rest = divmod(abs(value), 10**places)
    return f"{'-' if value < 0 else ''}{whole}.{rest:0{places}}"


def iso(day: int) -> str:
    """A day as year-month-day: "2020-12-31". Never raises."""
    if day.bit_length() > 1024:
        return f"a day of {day.bit_length()} bits"
    year, month, of_month = civil(day)
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{of_month:02}"


def _range(low: int | None, high: int | None, places: int) -> str:
    first = "" if low is None else f"{in_digits(low, places)} "
    last = "" if high is None else f" {in_digits(high, places)}"
    return f"{first}..{last}"
