"""Time in the resolved model: events, and the limits of time that norms have."""

from __future__ import annotations

from dataclasses import dataclass
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

    @property
    def is_latest(self) -> bool:
        """Whether it says up to when, and not from when on."""
        return self.word in ("within", "before")

    @property
    def shift(self) -> int:
        """The last (or first) minute that keeps it, counted from the event."""
        match self.word:
            case "before":
                return -1
            case "after":
                return 1
            case _:
                return self.minutes


@dataclass(frozen=True, kw_only=True)
class Event:
    """A point in time; ``timing`` is what is so of it in any case."""

    name: str
    phrase: str
    timing: tuple[Timing, ...] = ()
    place: Place
