"""The proleptic Gregorian calendar in whole numbers, right for every year.

A day is a whole number: day 1 is 1 January of the year 1, as in ``datetime.date.toordinal``, but
without an end in either direction. The year before year 1 is year 0.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

Rounding: TypeAlias = Literal["down", "up"]
"""What a day that does not exist gives way to: the last day before it, or the first one after."""

FIRST_DAY = 1
"""1 January of the year 1, the first day that can be written."""

LAST_DAY = 3_652_059
"""31 December of the year 9999, the last day that can be written."""

SURE_DAY = 28
"""The last day that every month has."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_DAYS_IN_400_YEARS = 146_097
_DAYS_IN_100_YEARS = 36_524
_DAYS_IN_4_YEARS = 1_461


def is_leap(year: int) -> bool:
    """Whether a year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """How many days a month (1 to 12) has."""
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def day_of(year: int, month: int, day: int) -> int:
    """The number of a day. ``month`` is 1 to 12; a ``day`` that the month lacks runs over."""
    before = year - 1
    leap_days = before // 4 - before // 100 + before // 400
    leap = 1 if month > 2 and is_leap(year) else 0
    return before * 365 + leap_days + _BEFORE_MONTH[month - 1] + leap + day


def civil(day: int) -> tuple[int, int, int]:
    """Year, month and day of the month of a day's number."""
    cycles, rest = divmod(day - 1, _DAYS_IN_400_YEARS)
    # The last day of a leap year ends its cycle and would count as one cycle more.
    centuries = min(rest // _DAYS_IN_100_YEARS, 3)
    rest -= centuries * _DAYS_IN_100_YEARS
    fours, rest = divmod(rest, _DAYS_IN_4_YEARS)
    years = min(rest // 365, 3)
    rest -= years * 365
    year = 400 * cycles + 100 * centuries + 4 * fours + years + 1
    month = 1
    while rest >= days_in_month(year, month):
        rest -= days_in_month(year, month)
        month += 1
    return year, month, rest + 1


def exists(year: int, month: int, day: int) -> bool:
    """Whether a month (any whole number; 13 is January of the next year) has a day."""
    later, index = divmod(month - 1, 12)
    return 1 <= day <= days_in_month(year + later, index + 1)


def add_months(day: int, months: int, rounding: Rounding) -> int:
    """The same day of the month some months later (earlier, if negative).

    Where that month is too short, its last day (``down``) or the first of the next one (``up``).
    """
    year, month, of_month = civil(day)
    later, index = divmod(month - 1 + months, 12)
    length = days_in_month(year + later, index + 1)
    if of_month > length:
        of_month = length if rounding == "down" else length + 1
    return day_of(year + later, index + 1, of_month)


def has_same_day(day: int, months: int) -> bool:
    """Whether the month some months later has the same day, so that nothing is rounded."""
    year, month, of_month = civil(day)
    return exists(year, month + months, of_month)
