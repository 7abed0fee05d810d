"""Random dates, amounts, decimals and lengths of time: their types, and what is said of them.

Days lie where the calendar is uneven: at the ends of months and years, around a 29 February that
exists, and around one that does not.
"""

from __future__ import annotations

from collections.abc import Sequence

from policy_dsl.calendar import FIRST_DAY, LAST_DAY, day_of
from policy_dsl.quantities import places_of, unit_of
from policy_dsl.types import Date, DecimalNumber, Duration, Money, Number, in_digits, iso
from tests.strategies.dice import Dice

UNEVEN = tuple(
    day_of(year, month, day)
    for year, month, day in (
        (2020, 12, 31),
        (2000, 2, 29),
        (1900, 2, 28),
        (2100, 2, 28),
        (2024, 1, 31),
        (2023, 3, 30),
        (2024, 2, 28),
        (2023, 10, 31),
    )
)
"""Days near which faults of a calendar show."""

FINE = (Money, DecimalNumber, Date, Duration)


def fine_type(dice: Dice, finite: bool) -> tuple[Number, str]:
    """A type of one of these kinds, and its text; of few values if it is to be finite."""
    match dice.choice(("date", "days", "months", "years", "money", "decimal")):
        case "date":
            if not finite and dice.chance(40):
                return Date(FIRST_DAY, LAST_DAY), "date"
            low = dice.choice(UNEVEN) - dice.between(0, 2)
            high = low + (dice.between(1, 3) if finite else dice.between(1, 800))
            return Date(low, high), f"{iso(low)} .. {iso(high)}"
        case "money":
            low, high = _bounds(dice, finite)
            text = f"money {in_digits(low, 2)} .. {in_digits(high, 2)} USD"
            return Money(low, high, "USD", 2), text
        case "decimal":
            if not finite and dice.chance(30):
                return DecimalNumber(places=1), "decimal in steps of 0.1"
            low, high = _bounds(dice, finite)
            unit, tail = dice.choice(((None, ""), ("percent", " percent")))
            text = f"{in_digits(low, 1)} .. {in_digits(high, 1)}{tail}"
            return DecimalNumber(low, high, unit, 1), text
        case unit:
            low, high = 0, dice.between(1, 3) if finite else dice.choice((5, 60, 400))
            return Duration(low, high, unit, 0), f"{low} .. {high} {unit}"


def _bounds(dice: Dice, finite: bool) -> tuple[int, int]:
    low = dice.choice((0, 99, -1))
    return low, low + (dice.between(1, 3) if finite else dice.choice((250, 10**9)))


def same_scale(one: Number, other: Number) -> bool:
    """Whether two types count the same steps of the same thing."""
    return (type(one), unit_of(one), places_of(one)) == (
        type(other),
        unit_of(other),
        places_of(other),
    )


def goes_with(one: Number, other: Number) -> bool:
    """Whether values of two types can be compared although they count different steps."""
    units = {unit_of(one), unit_of(other)}
    return isinstance(one, Duration) and units == {"months", "years"}


def literal(dice: Dice, type_: Number, inside: bool = False) -> str:
    """A value of a type, near its bounds; with ``inside``, between them."""
    low = type_.low if type_.low is not None else 0
    high = type_.high if type_.high is not None else low + 40
    if isinstance(type_, Date):
        if not inside and dice.chance(40):
            return iso(dice.choice(UNEVEN) + dice.between(-1, 1))
        if type_.low is None or high - low > 1000:
            return iso(dice.choice(UNEVEN))
        return iso(dice.between(low, high))
    value = dice.between(low, min(high, low + 40)) if inside or low > 0 else dice.between(0, 3)
    unit = unit_of(type_)
    return in_digits(value, places_of(type_)) + (f" {unit}" if unit else "")


def sums(dice: Dice, type_: Number, names: Sequence[tuple[str, Number]], depth: int) -> str:
    """A value of the type's kind and scale: one of some names, a literal or a sum of such."""

    def inner(other: Number) -> str:
        return sums(dice, other, names, depth - 1)

    mine = [name for name, each in names if same_scale(each, type_)]
    kinds = ["literal", *(["named"] * 2 if mine else [])]
    if depth > 0:
        kinds += ["sum", "sum"]
        dated = isinstance(type_, Date) or (isinstance(type_, Duration) and type_.unit == "days")
        kinds += ["dates"] * 3 if dated else ["product"]
    match dice.choice(kinds):
        case "named":
            return dice.choice(mine)
        case "product":
            return f"{dice.choice(('2', '(-1)', '0'))} * {inner(type_)}"
        case "sum" if not isinstance(type_, Date):
            return f"({inner(type_)} {dice.choice('+-')} {inner(type_)})"
        case "sum" | "dates" if isinstance(type_, Date):
            time = Duration(unit=dice.choice(("months", "days", "months", "years")))
            return f"({inner(type_)} {dice.choice('+-')} {inner(time)})"
        case "dates":
            return f"({inner(Date())} - {inner(Date())})"
        case _:
            return literal(dice, type_)


DATE_SIGNS = ("is before", "is after", "is on or before", "is on or after")
