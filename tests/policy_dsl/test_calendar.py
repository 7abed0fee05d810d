"""The calendar against Python's own, and beyond the years that Python knows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.calendar import (
    FIRST_DAY,
    LAST_DAY,
    Rounding,
    add_months,
    civil,
    day_of,
    days_in_month,
    exists,
    has_same_day,
    is_leap,
)

any_day = st.integers(-(10**9), 10**9)
known_day = st.integers(FIRST_DAY, LAST_DAY)
month_counts = st.integers(-30_000, 30_000)


def test_the_ends_of_the_calendar() -> None:
    assert (date.min.toordinal(), date.max.toordinal()) == (FIRST_DAY, LAST_DAY)


@given(known_day)
def test_days_are_those_of_python(day: int) -> None:
    known = date.fromordinal(day)
    assert civil(day) == (known.year, known.month, known.day)
    assert day_of(known.year, known.month, known.day) == day


@pytest.mark.parametrize("year", [*range(1, 9), 1600, 1700, 1900, 2000, 2023, 2024, 2100, 9999])
def test_every_day_of_a_year(year: int) -> None:
    for day in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
        known = date.fromordinal(day)
        assert civil(day) == (known.year, known.month, known.day)


@given(any_day)
def test_days_of_any_year(day: int) -> None:
    assert day_of(*civil(day)) == day
    year, month, of_month = civil(day)
    assert exists(year, month, of_month)
    # The calendar repeats itself every 400 years, which are 146,097 days.
    assert civil(day + 146_097) == (year + 400, month, of_month)


@pytest.mark.parametrize(
    ("year", "leap"),
    [
        (2000, True),
        (1900, False),
        (2024, True),
        (2023, False),
        (0, True),
        (-100, False),
        (-4, True),
    ],
)
def test_leap_years(year: int, leap: bool) -> None:
    assert is_leap(year) is leap
    assert days_in_month(year, 2) == (29 if leap else 28)


@pytest.mark.parametrize(
    ("start", "months", "down", "up"),
    [
        ("2023-01-31", 1, "2023-02-28", "2023-03-01"),
        ("2024-01-31", 1, "2024-02-29", "2024-03-01"),
        ("2024-02-29", 12, "2025-02-28", "2025-03-01"),
        ("2024-02-29", 48, "2028-02-29", "2028-02-29"),
        ("2024-02-29", -12, "2023-02-28", "2023-03-01"),
        ("2024-03-31", -1, "2024-02-29", "2024-03-01"),
        ("2024-12-31", 2, "2025-02-28", "2025-03-01"),
        ("2024-10-31", 1, "2024-11-30", "2024-12-01"),
        ("2024-01-15", -13, "2022-12-15", "2022-12-15"),
        ("1899-12-31", 2, "1900-02-28", "1900-03-01"),
    ],
)
def test_months_later(start: str, months: int, down: str, up: str) -> None:
    day = date.fromisoformat(start).toordinal()
    assert add_months(day, months, "down") == date.fromisoformat(down).toordinal()
    assert add_months(day, months, "up") == date.fromisoformat(up).toordinal()
    assert has_same_day(day, months) is (down == up)


@given(any_day, month_counts)
def test_months_are_rounded_to_the_days_around_the_missing_one(day: int, months: int) -> None:
    down, up = (add_months(day, months, rounding) for rounding in ("down", "up"))
    assert up - down == (0 if has_same_day(day, months) else 1)
    year, month, _ = civil(day)
    later = 12 * year + month - 1 + months
    assert civil(down)[:2] == (later // 12, later % 12 + 1)


@given(any_day, st.integers(0, 100), month_counts, st.sampled_from(["down", "up"]))
def test_a_later_day_stays_no_earlier(day: int, more: int, months: int, rounding: Rounding) -> None:
    assert add_months(day, months, rounding) <= add_months(day + more, months, rounding)
