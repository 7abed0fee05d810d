"""Force in time: on which days each clause is in force, and the periods that are asked about.

A clause is in force from the day on which its document takes effect, or its own first day if
that is later, up to the last day of its document or its own, whichever is earlier, and never from
the day on which a document that supersedes its own takes effect. A document that lapses does not
bring back what it superseded.

What is asked about is the time in which the main document is in force, or one day. Where clauses
begin or end to be in force in between, the stretches between these days are the readings of the
built-in ``PERIOD``, and a clause holds under those in which it is in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from policy_dsl.calendar import MONTHS
from policy_dsl.diagnostics import Code, Diagnostic, SpecError
from policy_dsl.model import (
    PERIOD,
    AllOf,
    Ambiguity,
    AnyOf,
    Clause,
    Document,
    Expr,
    Period,
    Policy,
    Reading,
    ReadingIs,
)
from policy_dsl.source import Place

MOST_PERIODS = 64
"""How many periods can be told apart."""


@dataclass(frozen=True)
class Span:
    """A stretch of days, both ends included; None where it has no end. ``never`` holds no day."""

    first: date | None = None
    last: date | None = None

    @property
    def never(self) -> bool:
        """Whether it holds no day."""
        return self.first is not None and self.last is not None and self.last < self.first

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return (self.first or date.min) <= day <= (self.last or date.max)

    def both(self, other: Span) -> Span:
        """The days that lie in both."""
        starts = [each for each in (self.first, other.first) if each is not None]
        ends = [each for each in (self.last, other.last) if each is not None]
        return Span(max(starts, default=None), min(ends, default=None))

    def covers(self, other: Span) -> bool:
        """Whether all days of the other lie in it."""
        return self.both(other) == other


def spans(policy: Policy) -> dict[str, Span]:
    """On which days each clause is in force."""
    ends: dict[str, list[tuple[date, tuple[str, ...]]]] = {}
    for document in policy.documents.values():
        for each in document.supersedes:
            if document.effective is not None:
                ends.setdefault(each.document, []).append((document.effective, each.kept))
    found = {}
    for clause in policy.clauses.values():
        own = Span(clause.first_day, clause.last_day)
        span = own.both(_in_effect(policy.documents.get(clause.document)))
        for day, kept in ends.get(clause.document, ()):
            if clause.name not in kept:
                span = span.both(Span(None, _before(day)))
        found[clause.name] = _open(span)
    return found


def _in_effect(document: Document | None) -> Span:
    return Span() if document is None else Span(document.effective, document.until)


def _open(span: Span) -> Span:
    """The span with no end where it ends with the calendar."""
    first = None if span.first == date.min else span.first
    return Span(first, None if span.last == date.max else span.last)


def _before(day: date) -> date:
    """The day before; the first of all days is its own."""
    return date.fromordinal(max(1, day.toordinal() - 1))


def asked(policy: Policy) -> Span:
    """The time that is asked about: one day, or that in which the main document is in force."""
    if policy.as_of is not None:
        return Span(policy.as_of, policy.as_of)
    return _open(_in_effect(next(iter(policy.documents.values()), None)))


def in_time(policy: Policy, as_of: date | None = None) -> Policy:
    """The policy with its clauses held to the days on which they are in force.

    Raises ``SpecError`` where there are too many periods, or their name is taken.
    """
    policy = replace(policy, as_of=as_of)
    force = spans(policy)
    window = asked(policy)
    if all(each.covers(window) for each in force.values()):
        return policy
    periods = _periods(window, force)
    if len(periods) > MOST_PERIODS:
        raise _wrong(
            "L13",
            next(iter(policy.documents.values())).place,
            f"Clauses begin or end to be in force on {MOST_PERIODS} days or more.",
            "Ask about one day at a time, with '--as-of'.",
        )
    if len(periods) < 2:
        window = periods[0] if periods else window
        clauses = {
            name: each if force[name].covers(window) else _under(each, AnyOf(operands=()))
            for name, each in policy.clauses.items()
        }
        return replace(policy, clauses=clauses)
    taken = policy.ambiguities.get(PERIOD)
    if taken is not None and taken.place is not None:
        raise _wrong(
            "L04",
            taken.place,
            f"Clauses begin or end to be in force on some day, so '{PERIOD}' is the name of "
            "the time that is asked about.",
            "Give the ambiguity another name.",
        )
    named = tuple(
        Period(name=_name(each), first=each.first, last=each.last, text=say_span(each))
        for each in periods
    )
    clauses = {name: _within(each, force[name], named) for name, each in policy.clauses.items()}
    ambiguities = {**policy.ambiguities, PERIOD: _dimension(named)}
    return replace(policy, clauses=clauses, ambiguities=ambiguities, periods=named)


def _wrong(code: Code, place: Place, message: str, remedy: str) -> SpecError:
    return SpecError([Diagnostic(code=code, place=place, message=message, remedy=remedy)])


def _periods(window: Span, force: Mapping[str, Span]) -> list[Span]:
    """The stretches of a time between the days on which force changes; those in which nothing is
    in force are left out."""
    starts = {each.first for each in force.values() if each.first is not None}
    starts |= {
        date.fromordinal(each.last.toordinal() + 1)
        for each in force.values()
        if each.last is not None and each.last < date.max
    }
    inside = sorted(
        each for each in starts if window.holds(each) and each != (window.first or date.min)
    )
    firsts = [window.first, *inside]
    lasts = [*(_before(each) for each in inside), window.last]
    found: list[tuple[Span, frozenset[str]]] = []
    for first, last in zip(firsts, lasts, strict=True):
        span = Span(first, last)
        active = frozenset(name for name, each in force.items() if each.covers(span))
        if found and found[-1][1] == active:
            span = Span(found.pop()[0].first, last)
        found.append((span, active))
    return [span for span, active in found if active]


def _within(clause: Clause, span: Span, periods: tuple[Period, ...]) -> Clause:
    held = [each.name for each in periods if span.covers(Span(each.first, each.last))]
    if len(held) == len(periods):
        return clause
    parts = tuple(ReadingIs(ambiguity=PERIOD, reading=each, place=clause.place) for each in held)
    return _under(clause, parts[0] if len(parts) == 1 else AnyOf(operands=parts))


def _under(clause: Clause, condition: Expr) -> Clause:
    parts = (condition,) if clause.under is None else (clause.under, condition)
    return replace(clause, under=parts[0] if len(parts) == 1 else AllOf(operands=parts))


def _dimension(periods: tuple[Period, ...]) -> Ambiguity:
    return Ambiguity(
        name=PERIOD,
        question="At what time?",
        readings=tuple(Reading(name=each.name, text=each.text) for each in periods),
        place=None,
    )


def _name(span: Span) -> str:
    return "earlier" if span.first is None else span.first.isoformat()


# --- in words -----------------------------------------------------------------------------


def say_span(span: Span) -> str:
    """A stretch of days in words."""
    first, last = span.first, span.last
    if first is None and last is None:
        return "at any time"
    if first is None and last is not None:
        return f"up to {_say(last)}"
    assert first is not None
    if last is None:
        return f"from {_say(first)} on"
    return f"on {_say(first)}" if first == last else f"from {_say(first)} to {_say(last)}"


def say_periods(policy: Policy, chosen: tuple[str, ...]) -> str:
    """Some of the periods asked about, neighbours taken together."""
    runs: list[list[Period]] = []
    previous = -2
    for index, each in enumerate(policy.periods):
        if each.name not in chosen:
            continue
        if index == previous + 1 and _touch(policy.periods[index - 1], each):
            runs[-1].append(each)
        else:
            runs.append([each])
        previous = index
    said = [say_span(Span(run[0].first, run[-1].last)) for run in runs]
    return " or ".join(said)


def _touch(one: Period, other: Period) -> bool:
    return other.first is not None and one.last == _before(other.first)


def _say(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
