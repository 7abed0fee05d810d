"""Time in the resolved model: events, and the limits of time that norms have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from policy_dsl.source import Place

TimingWord: TypeAlias = Literal["within", "not before", "before", "after", "promptly"]


@dataclass(frozen=True, kw_only=True)
class Timing:
    """One limit of the time at which something is done or happens.

    ``event`` names the event or action from which it counts, None for ``promptly``, which names
    no time. ``count`` and ``unit`` are as written, ``minutes`` is the same in minutes; they are
    given for ``within`` and ``not before``.
    """

    word: TimingWord
    event: str | None = None
    count: int = 0
    unit: str | None = None
    minutes: int = 0

    @property
    def is_limit(self) -> bool:
        """Whether it names a time at all."""
        return self.event is not None


@dataclass(frozen=True, kw_only=True)
class Event:
    """A point in time; ``timing`` is what is so of it in any case."""

    name: str
    phrase: str
    timing: tuple[Timing, ...] = ()
    place: Place


PERIOD = "period"
"""The built-in dimension of readings that says at what time is asked; only where clauses begin
or end to be in force in between."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """A stretch of days in which the same clauses are in force; None where it has no end.

    ``name`` is the name of its reading, ``text`` says it in words: "from 1 May 2017 on".
    """

    name: str
    first: date | None
    last: date | None
    text: str
