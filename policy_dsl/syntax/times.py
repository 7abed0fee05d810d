"""Nodes that speak of time: events, limits of time on norms, force from and until a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from policy_dsl.syntax.expressions import DateValue, Name, Node, Text

TimingWord: TypeAlias = Literal["within", "not before", "before", "after", "promptly"]


@dataclass(frozen=True, kw_only=True)
class Timing(Node):
    """``within 72 hours of EVENT``, ``not before 10 days after EVENT``, ``before EVENT``,
    ``after EVENT`` or ``promptly``.

    ``count`` and ``unit`` stand with the first two, ``event`` with all but the last.
    """

    word: TimingWord
    count: int | None = None
    unit: Name | None = None
    event: Name | None = None


@dataclass(frozen=True, kw_only=True)
class EventDeclaration(Node):
    """``event NAME "phrase"``: a point in time; ``timing`` says when it is in any case."""

    name: Name
    phrase: Text | None = None
    timing: tuple[Timing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class InForce(Node):
    """``in force from DATE`` or ``in force until DATE``, as a part of a clause."""

    keyword: Literal["from", "until"]
    day: DateValue


@dataclass(frozen=True, kw_only=True)
class Supersedes(Node):
    """``supersedes DOCUMENT except CLAUSE, ...`` in a header."""

    document: Name
    kept: tuple[Name, ...] = ()
