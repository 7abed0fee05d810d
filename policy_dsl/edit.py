"""What small changes to a spec there are. ``policy_dsl.editor`` makes them.

An edit names what is changed as the resolved model does: by the name of a declaration, or by the
place of a condition.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from policy_dsl.source import Place, Span


@dataclass(frozen=True, kw_only=True)
class AddPart:
    """A clause gets one more part, written in the language: ``overrides B.5``."""

    clause: str
    part: str


@dataclass(frozen=True, kw_only=True)
class TakeOut:
    """What stands at a place is taken out: an operand, a part of a clause, a declaration."""

    file: str
    span: Span

    @staticmethod
    def at(place: Place) -> TakeOut:
        """Take out what stands at a place."""
        return TakeOut(file=place.source.name, span=place.span)


@dataclass(frozen=True, kw_only=True)
class TakeBack:
    """A clause is no longer named in some part of another: in what that overrides, or in what
    it is subject to. ``priority``: the part says who prevails, and nothing else."""

    file: str
    part: Span
    clause: str
    priority: bool = True


@dataclass(frozen=True, kw_only=True)
class SettleReading:
    """An ambiguity is settled."""

    ambiguity: str
    reading: str


@dataclass(frozen=True, kw_only=True)
class AddClause:
    """A clause is added behind the last one of a file. ``text`` is a whole declaration."""

    file: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Except:
    """A ``settle``, ``decision`` or ``output`` no longer reaches the cases of a condition."""

    file: str
    declaration: Span
    condition: str


@dataclass(frozen=True, kw_only=True)
class Retire:
    """A clause loses its force: it becomes a note with its quotes, or goes if it has none."""

    clause: str


@dataclass(frozen=True, kw_only=True)
class MoveUp:
    """A clause of an ordered list moves before another one of it."""

    clause: str
    before: str


Edit: TypeAlias = (
    AddPart | TakeOut | TakeBack | SettleReading | AddClause | Except | Retire | MoveUp
)
