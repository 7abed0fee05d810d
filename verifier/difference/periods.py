"""The time that two versions ask about, in stretches in each of which both are what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from policy_dsl.force import Span, asked, say_span
from policy_dsl.model import Period, Policy


@dataclass(frozen=True)
class Periods:
    """Stretches of time in each of which each version is the same or asks about none of it."""

    all: tuple[Period, ...]
    olds: Mapping[str, tuple[str, ...]]
    news: Mapping[str, tuple[str, ...]]

    @staticmethod
    def of(old: Policy, new: Policy) -> Periods:
        """The stretches of two versions; none where one will do."""
        one, other = _spans(old), _spans(new)
        firsts: set[date | None] = {each.first for each in (*one.values(), *other.values())}
        for each in (*one.values(), *other.values()):
            if each.last is not None and each.last < date.max:
                firsts.add(date.fromordinal(each.last.toordinal() + 1))
        starts = sorted(firsts, key=lambda day: date.min if day is None else day)
        found: list[Period] = []
        for index, first in enumerate(starts):
            following = starts[index + 1] if index + 1 < len(starts) else None
            last = None if following is None else date.fromordinal(following.toordinal() - 1)
            span = Span(first, last)
            if any(each.covers(span) for each in (*one.values(), *other.values())):
                name = "earlier" if first is None else first.isoformat()
                found.append(Period(name=name, first=first, last=last, text=say_span(span)))

        def inside(spans: Mapping[str, Span]) -> dict[str, tuple[str, ...]]:
            return {
                name: tuple(p.name for p in found if span.covers(Span(p.first, p.last)))
                for name, span in spans.items()
            }

        if len(found) < 2:
            return Periods((), {}, {})
        return Periods(tuple(found), inside(one), inside(other))


def _spans(policy: Policy) -> dict[str, Span]:
    """The stretches of time that a version asks about; one without a name where it is one."""
    if policy.periods:
        return {each.name: Span(each.first, each.last) for each in policy.periods}
    return {"": asked(policy)}
