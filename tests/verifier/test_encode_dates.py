"""Month arithmetic in the solver is that of the calendar, and comparisons are solved exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.calendar import LAST_DAY, Rounding, add_months, day_of
from tests.strategies.quantities import UNEVEN
from verifier.encode_dates import MonthEncoder, Months, spread
from verifier.linear import Linear, before
from verifier.solvers.backend import Answer, Term
from verifier.solvers.z3_backend import Z3Backend

days = st.integers(1, LAST_DAY) | st.builds(
    int.__add__, st.sampled_from(UNEVEN), st.integers(-3, 3)
)
shifts = st.integers(-14, 14) | st.sampled_from([-1200, -48, 48, 1199, 4800])
ways: st.SearchStrategy[Rounding] = st.sampled_from(["down", "up"])


class Later:
    """A date and a number of months, both open, and the day so many months later."""

    def __init__(self, named: bool) -> None:
        self.backend = b = Z3Backend()
        self.date, self.months = b.integer("d"), b.integer("m")
        encoder = MonthEncoder(b, Months(), "no name ")
        day = Linear({"d": 1}, 0) if named else None
        by = Linear({"m": 1}, 0) if named else None
        ways_: tuple[Rounding, Rounding] = ("down", "up")
        self.ends = {w: encoder.later(self.date, day, self.months, by, w) for w in ways_}
        self.count = 0

    def fixed(self, day: int, months: int) -> Term:
        """An assumption about both."""
        b = self.backend
        return self.literal(
            b.conj([b.equal(self.date, b.number(day)), b.equal(self.months, b.number(months))])
        )

    def literal(self, term: Term) -> Term:
        """A constant that means the same."""
        self.count += 1
        made = self.backend.boolean(f"literal {self.count}")
        self.backend.require(self.backend.iff(made, term))
        return made


LATER = {named: Later(named) for named in (True, False)}


@pytest.mark.parametrize("named", [True, False])
@given(day=days, months=shifts)
def test_a_day_has_exactly_the_day_of_the_calendar(named: bool, day: int, months: int) -> None:
    later = LATER[named]
    b, fixed = later.backend, later.fixed(day, months)
    same = later.literal(
        b.conj(
            [b.equal(end, b.number(add_months(day, months, w))) for w, end in later.ends.items()]
        )
    )
    assert b.check([fixed, same]) is Answer.SAT
    assert b.check([fixed, b.neg(same)]) is Answer.UNSAT


@given(low=days, size=st.integers(-1, 40), months=shifts, way=ways)
def test_intervals_are_solved_exactly(low: int, size: int, months: int, way: Rounding) -> None:
    first, last = before((low, low + size), months, way)
    start = add_months(low, -months, "down")
    for day in range(start - 5, start + size + 6):
        assert (first <= day <= last) == (low <= add_months(day, months, way) <= low + size)


@given(day=days, months=shifts, way=ways)
def test_the_spread_holds_everywhere(day: int, months: int, way: Rounding) -> None:
    least, most = spread(months, way)
    assert least <= add_months(day, months, way) - day <= most


def test_the_spread_is_tight() -> None:
    assert (spread(1, "down"), spread(1, "up")) == ((28, 31), (28, 31))
    assert (spread(12, "down"), spread(-1, "up"), spread(0, "up")) == (
        (365, 366),
        (-31, -28),
        (0, 0),
    )


def proved(goal: list[Term], b: Z3Backend) -> bool:
    """Whether the solver proves, well within its bound, that not all of the terms hold."""
    literals = []
    for index, each in enumerate(goal):
        literals.append(b.boolean(f"goal {index}"))
        b.require(b.iff(literals[-1], each))
    return b.check(literals, 2_000_000) is Answer.UNSAT


def test_what_follows_from_the_calendar_is_proved() -> None:
    def both(first: int, second: int, ways_: tuple[Rounding, Rounding]) -> tuple[Z3Backend, Term]:
        b = Z3Backend()
        encoder = MonthEncoder(b, Months(), "no name ")
        one, two = b.integer("one"), b.integer("two")
        ends = [
            encoder.later(each, Linear({name: 1}, 0), b.number(by), Linear({}, by), way)
            for each, name, by, way in (
                (one, "one", first, ways_[0]),
                (two, "two", second, ways_[1]),
            )
        ]
        b.require(b.neg(b.less(two, one)))
        return b, b.less(ends[1], ends[0])

    for way in ("down", "up"):
        b, turned = both(3, 3, (way, way))  # a later day never comes to lie before an earlier one
        assert proved([turned], b)
        b, turned = both(11, 12, (way, way))
        assert proved([turned], b)
    b, turned = both(1, 1, ("down", "up"))
    assert proved([turned], b)


def test_a_sum_of_sums_may_differ_from_one_sum() -> None:
    b = Z3Backend()
    encoder = MonthEncoder(b, Months(), "no name ")
    day, one, two = b.integer("d"), b.number(1), b.number(2)
    single = encoder.later(day, Linear({"d": 1}, 0), two, Linear({}, 2), "down")
    first = encoder.later(day, Linear({"d": 1}, 0), one, Linear({}, 1), "down")
    second = encoder.later(first, Linear({"first": 1}, 0), one, Linear({}, 1), "down")
    b.require(b.conj([b.less(b.number(day_of(2000, 1, 1)), day), b.less(day, b.number(LAST_DAY))]))
    b.require(b.less(second, single))
    assert b.check([]) is Answer.SAT
