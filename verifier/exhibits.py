"""What shows a fault that no single case can show: several persons, a run, a timeline, a table.

Everything here is read by renderers and was replayed by the evaluator before it was made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from policy_dsl.case import Case
from verifier.witness import Witness


@dataclass(frozen=True, kw_only=True)
class Person:
    """One of several persons, or of whatever the policy's subject is.

    ``witness`` is that person's case; ``said`` says in a sentence what follows for this person
    in the finding. ``count`` is how many such persons there are.
    """

    label: str
    witness: Witness
    said: str = ""
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Persons:
    """Two persons whom clauses rank, or a group that needs more of a resource than there is.

    All cases have the same readings. ``resource`` is the resource's phrase, ``capacity`` how many
    units of it there are, where that matters.
    """

    resource: str
    members: tuple[Person, ...]
    capacity: int | None = None


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Where a run stands, and the step that is taken next.

    ``state`` is the state's name and ``phrase`` its words; ``case`` holds while it lasts. ``step``
    is the name of the step taken, empty at the end of the run, with its words, who takes it, and
    in sentences what it changes.
    """

    state: str
    phrase: str
    case: Case
    step: str = ""
    step_phrase: str = ""
    by: str | None = None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run of a process from its start: its stages in order, and in a sentence what is so at the
    last. ``start`` says what matters of the case in which it begins."""

    process: str
    start: Witness
    stages: tuple[Stage, ...]
    said: str


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A point in time: minutes after the first one, what happens or is due, by which clause."""

    minutes: int
    label: str
    clause: str | None = None
    kind: Literal["event", "earliest", "latest"] = "event"


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """Points in time, in their order, and the case in which the clauses on it are in force."""

    marks: tuple[Mark, ...]
    witness: Witness
    said: str


Exhibit: TypeAlias = Persons | Run | Timeline


@dataclass(frozen=True, kw_only=True)
class ProcessState:
    """A state of a process in its diagram; ``reached`` is None where that was not settled."""

    name: str
    phrase: str
    start: bool
    end: bool
    reached: bool | None


@dataclass(frozen=True, kw_only=True)
class ProcessStep:
    """A step of a process in its diagram: one arrow for each pair of ``sources`` and ``target``."""

    name: str
    phrase: str
    by: str | None
    sources: tuple[str, ...]
    target: str
    action: str | None
    reached: bool | None


@dataclass(frozen=True, kw_only=True)
class ProcessMap:
    """A process, ready to be drawn."""

    name: str
    title: str
    states: tuple[ProcessState, ...]
    steps: tuple[ProcessStep, ...]


@dataclass(frozen=True, kw_only=True)
class Control:
    """One role and a clause: by which facts the role has a say in the clause's conditions, and
    whether it can keep the clause from being in force whatever everybody else does (``blocks``),
    or bring it about whatever everybody else does where the facts allow it (``brings``). None
    where it was not settled. Where that needs certain readings, ``blocks_when`` and
    ``brings_when`` say which, in words; empty where any reading will do, or none does."""

    role: str
    facts: tuple[str, ...]
    blocks: bool | None
    brings: bool | None
    blocks_when: str = ""
    brings_when: str = ""


@dataclass(frozen=True, kw_only=True)
class ControlRow:
    """Who controls a permission or release: whether it can be in force at all, and what each role
    can do about it. ``says`` is the clause's word in the policy's phrases; ``reason`` says why
    something was not settled."""

    clause: str
    title: str
    says: str
    occurs: bool | None
    roles: tuple[Control, ...]
    reason: str | None = None
