"""Plausible values: what a case that is shown has where nothing else is needed.

A date lies near the day from which the policy has effect, an amount is round and small. What is
plausible is wished for in stages, the narrowest first, so that a case that cannot have the plain
value still has one near it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from policy_dsl import model
from policy_dsl.calendar import add_months, day_of
from policy_dsl.case import Case, default_value
from policy_dsl.model import Expr, Fact, Policy
from policy_dsl.quantities import places_of, unit_of
from policy_dsl.types import Date, Integer, Number, Type, Value, contains, is_number

USUAL_DAY = day_of(2020, 1, 1)
"""The plain date for a policy that names no day at all."""

_NEAR_DAYS = (31, 366, 3_660)
_NEAR_YEARS = 6 * 366
_CENTURIES = (day_of(1900, 1, 1), day_of(2100, 12, 31))
_NEAR_NUMBERS = (100, 10_000, 1_000_000)
_DAYS_AWAY = (0, 1, 2, 7, 14, 30)
_MONTHS_AWAY = (1, 2, 3, 4, 5, 6, 9, 12, 18, *range(24, 1201, 12))

Stage = tuple[int, int]
"""Bounds of a plausible range, both included."""


@dataclass(frozen=True)
class Plain:
    """The plausible values of one policy. ``conditions`` are those that the policy is written in;
    the numbers in them are where its rules change."""

    policy: Policy
    conditions: Sequence[Expr]

    @cached_property
    def usual_day(self) -> int:
        """The day from which the policy has effect, or on which it was issued; else the earliest
        one that its conditions name."""
        first = self.policy.documents.get(self.policy.name)
        documents = [*([] if first is None else [first]), *self.policy.documents.values()]
        for document in documents:
            day = document.effective or document.issued
            if day is not None:
                return day.toordinal()
        return min(self.named(Date()), default=USUAL_DAY)

    def named(self, type_: Number) -> list[int]:
        """The numbers of a type's kind, unit and steps that the conditions name, in order."""
        kind = (type(type_), unit_of(type_), places_of(type_))
        return self._named.get(kind, [])

    @cached_property
    def _named(self) -> Mapping[tuple[type, str | None, int], list[int]]:
        found: dict[tuple[type, str | None, int], set[int]] = {}
        for condition in self.conditions:
            for part in model.walk(condition):
                if isinstance(part, model.Literal_) and is_number(part.type):
                    kind = (type(part.type), unit_of(part.type), places_of(part.type))
                    if isinstance(part.value, int):
                        found.setdefault(kind, set()).add(part.value)
        return {kind: sorted(values) for kind, values in found.items()}

    def near_days(self) -> Stage:
        """A range around the usual day and all days that the conditions name."""
        days = [self.usual_day, *self.named(Date())]
        return min(days) - _NEAR_YEARS, max(days) + _NEAR_YEARS

    def value(self, type_: Number) -> int:
        """The plain value of a type.

        Of whole numbers a quarter of the way up a range, or else near 0; the usual day; of other
        numbers the nearest to 0.
        """
        low, high = type_.low, type_.high
        if isinstance(type_, Integer) and low is not None and high is not None:
            return low + (high - low) // 4
        start = self.usual_day if isinstance(type_, Date) else 0
        start = start if low is None else max(low, start)
        return start if high is None else min(high, start)

    def of_fact(self, fact: Fact) -> Value:
        """The plain value of a fact: its default, but of a number that is always established the
        plain value of its type."""
        if is_number(fact.type) and not fact.optional:
            return self.value(fact.type)
        return default_value(fact)

    def stages(self, type_: Type) -> list[Stage]:
        """Ranges around the plain value, the narrowest first; none for whole numbers."""
        if not is_number(type_) or isinstance(type_, Integer):
            return []
        plain = self.value(type_)
        if isinstance(type_, Date):
            return [*((plain - days, plain + days) for days in _NEAR_DAYS), _CENTURIES]
        one = 10 ** places_of(type_)
        return [(plain - most * one, plain + most * one) for most in _NEAR_NUMBERS]

    def better(self, facts: Mapping[str, Value], name: str) -> Iterator[int]:
        """Values for a fact of a case that would be more plausible than its own, best first."""
        type_ = self.policy.facts[name].type
        now = facts[name]
        if not is_number(type_) or isinstance(type_, Integer) or not isinstance(now, int):
            return
        others = [
            value
            for other, value in facts.items()
            if other != name
            and isinstance(value, int)
            and isinstance(self.policy.facts[other].type, Date)
        ]
        days = isinstance(type_, Date)
        found = self._days(others) if days else self._amounts(type_)
        for each in dict.fromkeys(found):
            if each == now:
                return
            if contains(type_, each):
                yield each

    def rounded(
        self, case: Case, kept: Callable[[Case], bool], names: Iterable[str] | None = None
    ) -> Case:
        """A case with dates nearer to the usual day and with rounder amounts, of all facts or of
        those named; ``kept`` says which cases will do."""
        for name in case.facts if names is None else names:
            for value in self.better(case.facts, name):
                other = Case({**case.facts, name: value}, case.readings)
                if kept(other):
                    case = other
                    break
        return case

    def _days(self, others: Iterable[int]) -> list[int]:
        usual = self.usual_day
        found = [usual + way * days for days in _DAYS_AWAY for way in (1, -1)]
        found += [add_months(usual, w * months, "down") for months in _MONTHS_AWAY for w in (1, -1)]
        for each in (*others, *self.named(Date())):
            found += [each, each + 1, each - 1]
        return sorted(found, key=lambda day: (abs(day - usual), day))

    def _amounts(self, type_: Number) -> list[int]:
        one, named = 10 ** places_of(type_), self.named(type_)
        round_ones = [
            digit * 10**power * one * way
            for power in range(10)
            for digit in (1, 2, 5)
            for way in (1, -1)
        ]
        bounds = [each for each in (type_.low, type_.high) if each is not None]
        near = [each + way for each in named for way in (1, -1)]
        return [self.value(type_), *bounds[:1], *named, *round_ones, *near]
