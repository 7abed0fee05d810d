"""Units and scales, and numbers as they are shown and read."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.calendar import LAST_DAY
from policy_dsl.currencies import CURRENCIES
from policy_dsl.quantities import common, convert, places_of, steps, sum_type
from policy_dsl.types import (
    CLOCK,
    MONTHLY,
    Date,
    DecimalNumber,
    Duration,
    Integer,
    Money,
    Number,
)
from policy_dsl.values import from_json, spoken, to_json, written

DAY = date(2020, 12, 31).toordinal()
_places = st.integers(0, 6)
_units = st.sampled_from([*CLOCK, *MONTHLY])
numbers: st.SearchStrategy[Number] = st.one_of(
    st.builds(Integer, unit=st.sampled_from([None, "kg"])),
    st.builds(DecimalNumber, unit=st.sampled_from([None, "kg"]), places=st.integers(1, 6)),
    st.builds(Money, currency=st.sampled_from(["USD", "JPY", "KWD"])),
    st.builds(Money, currency=st.just("USD"), places=st.integers(2, 6)),
    st.builds(Duration, unit=_units, places=_places),
    st.just(Date()),
)


def test_currencies() -> None:
    assert {code: CURRENCIES[code] for code in ("USD", "JPY", "KWD", "CLF")} == {
        "USD": 2,
        "JPY": 0,
        "KWD": 3,
        "CLF": 4,
    }
    assert all(len(code) == 3 and code.isupper() and code.isalpha() for code in CURRENCIES)
    assert Money(currency="JPY").places == 0


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (Integer(), Integer(0, 9, "kg"), Integer(unit="kg")),
        (Integer(unit="m"), Integer(unit="kg"), None),
        (
            Integer(unit="kg"),
            DecimalNumber(unit="kg", places=3),
            DecimalNumber(unit="kg", places=3),
        ),
        (Integer(), Money(currency="EUR"), Money(currency="EUR")),
        (DecimalNumber(places=4), Money(currency="EUR"), Money(currency="EUR", places=4)),
        (Money(currency="EUR"), Money(currency="USD"), None),
        (
            Duration(unit="weeks"),
            Duration(unit="hours", places=1),
            Duration(unit="hours", places=1),
        ),
        (Duration(unit="years"), Duration(unit="months"), Duration(unit="months")),
        (Duration(unit="months"), Duration(unit="days"), None),
        (Duration(unit="days"), Integer(unit="kg"), None),
        (Date(1, 5), Date(), Date()),
        (Date(), Integer(), None),
        (Date(), Duration(), None),
    ],
)
def test_what_goes_together(one: Number, other: Number, both: Number | None) -> None:
    assert common(one, other) == both
    assert common(other, one) == both


@given(numbers, numbers, st.integers(-(10**6), 10**6))
def test_the_common_type_is_exact_for_both(one: Number, other: Number, value: int) -> None:
    both = common(one, other)
    if both is None:
        return
    for each in (one, other):
        times, by = steps(each, both)
        assert by == 1
        assert convert(value, each, both) == value * times
        assert convert(value * times, both, each) == value
    assert places_of(both) == max(places_of(one), places_of(other))


def test_conversions_are_exact_or_refused() -> None:
    weeks, days, hours = (Duration(unit=each) for each in ("weeks", "days", "hours"))
    assert convert(2, weeks, hours) == 336
    assert convert(48, hours, days) == 2
    assert convert(47, hours, days) is None
    assert convert(15, Duration(unit="days", places=1), hours) == 36
    assert convert(5, Money(currency="USD", places=3), Money(currency="USD")) is None


def test_sums() -> None:
    assert sum_type(Date(), Date()) == Duration(unit="days")
    assert sum_type(Date(), Duration(unit="days")) == Date()
    assert sum_type(Integer(unit="kg"), Integer()) == Integer(unit="kg")


@pytest.mark.parametrize(
    ("type_", "value", "code", "words"),
    [
        (Integer(unit="persons"), 1, "1 persons", "1 person"),
        (Integer(), -3, "-3", "-3"),
        (DecimalNumber(unit="percent"), 1250, "12.50 percent", "12.50 percent"),
        (DecimalNumber(places=1), -5, "-0.5", "-0.5"),
        (Money(currency="USD"), -1205, "-12.05 USD", "-12.05 USD"),
        (Money(currency="JPY"), 500, "500 JPY", "500 JPY"),
        (Duration(unit="years"), 1, "1 year", "1 year"),
        (Duration(unit="hours", places=1), 15, "1.5 hours", "1.5 hours"),
        (Date(), DAY, "2020-12-31", "31 December 2020"),
        (Date(), LAST_DAY + 1, "10000-01-01", "1 January 10000"),
        (Date(), 0, "0000-12-31", "31 December 0"),
        (Date(), -366, "-0001-12-31", "31 December -1"),
    ],
)
def test_numbers_are_shown(type_: Number, value: int, code: str, words: str) -> None:
    assert (written(type_, value), spoken(type_, value)) == (code, words)


@given(numbers, st.integers() | st.integers(-(2**1200), 2**1200))
def test_any_number_can_be_shown(type_: Number, value: int) -> None:
    assert written(type_, value)
    assert spoken(type_, value)


@given(numbers, st.integers(1, LAST_DAY))
def test_json_is_read_back(type_: Number, value: int) -> None:
    assert from_json(type_, json.loads(json.dumps(to_json(type_, value)))) == value


@given(st.integers(1, 9), st.integers(-(10**6), 10**6))
def test_fractions_are_read_exactly(places: int, value: int) -> None:
    type_ = DecimalNumber(places=places)
    assert from_json(type_, float(Fraction(value, 10**places))) == value


@pytest.mark.parametrize(
    ("type_", "data", "value"),
    [
        (Money(currency="USD"), "12.5", 1250),
        (Money(currency="USD"), 12, 1200),
        (Money(currency="USD"), 12.1, 1210),
        (Money(currency="USD"), "-0.10", -10),
        (Money(currency="USD"), "12.500", 1250),
        (Money(currency="JPY"), "500", 500),
        (Duration(unit="hours", places=1), 1.5, 15),
        (Date(), "2020-12-31", DAY),
    ],
)
def test_json_is_read(type_: Number, data: object, value: int) -> None:
    assert from_json(type_, data) == value


@pytest.mark.parametrize(
    ("type_", "data", "message"),
    [
        (Money(currency="USD"), "12.505", "has more than 2 digits behind the point"),
        (DecimalNumber(places=1), 0.25, "has more than 1 digit behind the point"),
        (Money(currency="JPY"), "1.5", "is not whole"),
        (Date(), "2021-02-29", "is a day that does not exist"),
        (Date(), "2021-13-01", "is a day that does not exist"),
        (Date(), "0000-01-01", "is a day that does not exist"),
    ],
)
def test_what_is_wrong_with_json_is_said(type_: Number, data: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        from_json(type_, data)


@pytest.mark.parametrize("data", [True, None, [], {}, "x", "", "1e3", float("nan"), float("inf")])
@pytest.mark.parametrize("type_", [Money(), DecimalNumber(), Date(), Duration(), Integer()])
def test_what_is_no_number_is_refused(type_: Number, data: object) -> None:
    with pytest.raises(TypeError):
        from_json(type_, data)
