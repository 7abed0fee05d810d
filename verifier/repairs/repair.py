"""What a repair is, and what became of the changes that were tried. Renderers only read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from policy_dsl.edit import Edit

RepairKind: TypeAlias = Literal["priority", "exception", "condition", "clause", "reading"]
"""What is changed: who prevails, an exception, a condition, a clause, or a reading settled."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A change that may mend a finding; ``title`` says what it does and what that means."""

    kind: RepairKind
    title: str
    edit: Edit


@dataclass(frozen=True, kw_only=True)
class Change:
    """Some whole lines of a file, and what takes their place.

    ``file`` is its name in messages. ``start`` and ``end`` are a line and a column, both counted
    from 1; ``end`` is behind the last character that goes, and the same as ``start`` where nothing
    goes. ``text`` has the line ends of the file.
    """

    file: str
    start: tuple[int, int]
    end: tuple[int, int]
    text: str


@dataclass(frozen=True, kw_only=True)
class Repair:
    """A change to the spec that removes a finding and adds none: it was made in memory and
    everything was checked again.

    ``title`` says in one sentence what is changed and what that means; ``patch`` is a unified
    diff, paths as the policy is named, and ``changes`` say the same piece by piece; ``removes`` are
    the fingerprints of all findings it removes.
    Nothing here says that the change is right: the checker takes no side.
    """

    fingerprint: str
    kind: RepairKind
    title: str
    patch: str
    removes: tuple[str, ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A change that was tried and is no repair, and why: it leaves the finding, or adds one."""

    title: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Attempts:
    """What was tried for one finding: what was refused, and how many changes were not tried
    because enough had been shown or the limit was reached."""

    fingerprint: str
    refused: tuple[Refused, ...]
    untried: int
