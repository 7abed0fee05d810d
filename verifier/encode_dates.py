"""The encoding of month arithmetic: a date some months later, as whole numbers.

A month has an index (12 for each year) and starts on a day. The index is taken apart into the
cycles of the Gregorian calendar, counted from March, so that a leap day is the last day of
its cycle: 400 years, 100 years, 4 years, a year, a month. Each part is bounded except the first,
so every day of every year has exactly one month, and everything here is linear.

INVARIANT: what is required here has exactly one solution for every value of the dates and
months it is about that the types of the facts allow, and at least one for every other: it never
excludes a case, and never leaves a value of one open.

Facts about months that follow from this (a later month begins after an earlier one has
ended) are required as well: the solver would not come to them by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from policy_dsl.calendar import Rounding, add_months, day_of
from verifier import names
from verifier.linear import Linear, name_of
from verifier.solvers.backend import Backend, Term

_START = day_of(0, 3, 1)
"""The first day of the month with index 0: March of the year 0."""

_LENGTHS = (31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31)
"""The days of the months from March to January."""


@dataclass(frozen=True)
class _Cycle:
    """A number of years: its months and days, and the most of it in the next longer one.

    ``steps`` are the counts at which it is said twice where a month lies, by its index and by
    its first day. They follow from the rest; these ones make it fastest on the policies tried,
    and reach from the year -400 to beyond the year 9999.
    """

    name: str
    months: int
    days: int
    most: int | None
    steps: range


_CYCLES = (
    _Cycle("400 years", 4800, 146_097, None, range(-1, 28)),
    _Cycle("centuries", 1200, 36_524, 3, range(1, 4)),
    _Cycle("fours", 48, 1_461, 24, range(0)),
    _Cycle("years", 12, 365, 3, range(1, 4)),
)

MOST_COMPARED = 60
"""With how many others each month is compared; more would cost more than it helps."""


@dataclass
class Months:
    """What has been required of months so far, by name: it holds in every fork of the backend
    too, and need not be required there again."""

    months: dict[str, None] = field(default_factory=dict)
    sums: dict[str, None] = field(default_factory=dict)

    def copy(self) -> Months:
        """The same, to be added to elsewhere."""
        return Months(dict(self.months), dict(self.sums))


@dataclass
class MonthEncoder:
    """Encodes months of one backend. ``unnamed`` counts dates that have no linear form, and
    ``prefix`` keeps their names apart from those of other encoders of the same policy."""

    backend: Backend
    done: Months
    prefix: str
    _unnamed: int = 0

    def later(
        self,
        date: Term,
        date_form: Linear | None,
        months: Term,
        by: Linear | None,
        way: Rounding,
        known: Sequence[tuple[int, int]] | None = None,
    ) -> Term:
        """The number of the day ``months`` months after a date.

        The linear forms are those of the date and of the number of months. Equal forms share
        what is required; without a form nothing is shared. ``known`` are all pairs of values that
        the two can have while facts keep to their types, where these are few: then the sums are
        simply listed, which is far easier for the solver than the calendar.
        """
        b = self.backend
        if by is not None and not by.factors and by.constant == 0:
            return date
        if date_form is None or by is None:
            self._unnamed += 1
            start, shift = f"{self.prefix}{self._unnamed}", "some"
        else:
            start, shift = name_of(date_form), name_of(by)
        target = f"{start} + {shift} months"
        total = b.integer(names.date_sum(target, way))
        if f"{target} {way}" in self.done.sums:
            return total
        self.done.sums[f"{target} {way}"] = None
        if known is not None:
            for day, count in known:
                here = b.conj([b.equal(date, b.number(day)), b.equal(months, b.number(count))])
                listed = b.equal(total, b.number(add_months(day, count, way)))
                b.require(b.disj([b.neg(here), listed]))
            return total
        behind = self._day_in_month(start, date)
        if self._month(target):
            shifted = b.plus(self._part(start, "index"), months)
            b.require(b.equal(self._part(target, "index"), shifted))
        first, length = self._part(target, "first"), self._part(target, "length")
        fits = b.less(behind, length)
        last = b.plus(b.plus(first, length), b.number(-1 if way == "down" else 0))
        b.require(b.disj([b.neg(fits), b.equal(total, b.plus(first, behind))]))
        b.require(b.disj([fits, b.equal(total, last)]))
        if by is not None and not by.factors:
            least, most = spread(by.constant, way)
            b.require(b.neg(b.less(total, b.plus(date, b.number(least)))))
            b.require(b.neg(b.less(b.plus(date, b.number(most)), total)))
        return total

    def _part(self, month: str, part: str) -> Term:
        return self.backend.integer(names.month(month, part))

    def _day_in_month(self, month: str, date: Term) -> Term:
        """How many days of its month have gone by before a date. Its month gets the name of the
        date itself."""
        b = self.backend
        behind = self._part(month, "behind")
        if self._month(month):
            b.require(b.equal(date, b.plus(self._part(month, "first"), behind)))
            b.require(b.neg(b.less(behind, b.number(0))))
            b.require(b.less(behind, self._part(month, "length")))
        return behind

    def _month(self, month: str) -> bool:
        """Require of a month what is true of every month, unless that was done already."""
        if month in self.done.months:
            return False
        b = self.backend
        index, first = self._part(month, "index"), self._part(month, "first")
        index_left, days_left = index, b.plus(first, b.number(-_START))
        for cycle in _CYCLES:
            count = self._part(month, cycle.name)
            for step in cycle.steps:
                enough = b.neg(b.less(count, b.number(step)))
                b.require(b.iff(enough, self._at_least(index_left, step * cycle.months)))
                b.require(b.iff(enough, self._at_least(days_left, step * cycle.days)))
            if cycle.most is not None:
                b.require(self._at_least(count, 0))
                b.require(b.neg(self._at_least(count, cycle.most + 1)))
            left = self._part(month, f"index in {cycle.name}")
            b.require(b.equal(index_left, b.plus(left, b.times(cycle.months, count))))
            index_left = left
            left = self._part(month, f"days in {cycle.name}")
            b.require(b.equal(days_left, b.plus(left, b.times(cycle.days, count))))
            days_left = left
            b.require(self._at_least(index_left, 0))
            b.require(b.less(index_left, b.number(cycle.months)))
            b.require(self._at_least(days_left, 0))
        self._in_its_year(month, index_left, days_left)
        for other in list(self.done.months)[-MOST_COMPARED:]:
            self._in_order(month, other)
        self.done.months[month] = None
        return True

    def _in_its_year(self, month: str, index_left: Term, days_left: Term) -> None:
        """The place of a month in its year, which begins in March; and its length."""
        b = self.backend
        years, fours, centuries = (
            self._part(month, each) for each in ("years", "fours", "centuries")
        )
        ordinary_four = b.neg(self._at_least(fours, 24))
        ends_cycle = b.disj([ordinary_four, self._at_least(centuries, 3)])
        leap = b.conj([self._at_least(years, 3), ends_cycle])
        length = self._part(month, "length")
        days = 0
        for place in range(12):
            other = b.neg(b.equal(index_left, b.number(place)))
            b.require(b.disj([other, b.equal(days_left, b.number(days))]))
            b.require(b.iff(self._at_least(index_left, place), self._at_least(days_left, days)))
            if place < len(_LENGTHS):
                b.require(b.disj([other, b.equal(length, b.number(_LENGTHS[place]))]))
                days += _LENGTHS[place]
        february = b.neg(b.equal(index_left, b.number(11)))
        b.require(b.disj([february, b.neg(leap), b.equal(length, b.number(29))]))
        b.require(b.disj([february, leap, b.equal(length, b.number(28))]))

    def _at_least(self, number: Term, least: int) -> Term:
        """A number is at least so large."""
        b = self.backend
        return b.neg(b.less(number, b.number(least)))

    def _in_order(self, one: str, other: str) -> None:
        """Of two months, the later one begins when the earlier one has ended."""
        b = self.backend
        index, first = (self._part(one, each) for each in ("index", "first"))
        others, start = (self._part(other, each) for each in ("index", "first"))
        length, lasts = self._part(one, "length"), self._part(other, "length")
        earlier, later = b.less(index, others), b.less(others, index)
        same = b.conj([b.equal(first, start), b.equal(length, lasts)])
        b.require(b.disj([b.neg(earlier), b.neg(b.less(start, b.plus(first, length)))]))
        b.require(b.disj([b.neg(later), b.neg(b.less(first, b.plus(start, lasts)))]))
        b.require(b.disj([earlier, later, same]))


@lru_cache(maxsize=256)
def spread(months: int, way: Rounding) -> tuple[int, int]:
    """The fewest and the most days that so many months can be, over the whole calendar."""
    starts = [day_of(year, place, 1) for year in range(400) for place in range(1, 13)]
    whole = _CYCLES[0].days

    def first(index: int) -> int:
        cycles, place = divmod(index, len(starts))
        return starts[place] + cycles * whole

    least = most = first(months) - first(0)
    for index in range(len(starts)):
        start, target = first(index), first(index + months)
        most = max(most, target - start)
        ends, target_ends = first(index + 1), first(index + months + 1)
        beyond = target_ends - (1 if way == "down" else 0)
        last = min(target + (ends - 1 - start), beyond)  # where the last day of the month goes
        least = min(least, target - start, last - (ends - 1))
    return least, most
