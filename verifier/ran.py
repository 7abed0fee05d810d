"""What came of a part of a run, before it is put together in a report."""

from __future__ import annotations

from dataclasses import dataclass

from verifier.control import Controlled
from verifier.exhibits import ControlRow, ProcessMap
from verifier.findings import ActionProfile, Finding
from verifier.margins import Margin


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What a check found, at how many items it looked, how many of them were proved clean, and
    how many questions were asked of the solver."""

    findings: tuple[Finding, ...]
    asked: int = 0
    clean: int = 0
    questions: int = 0


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What is said of a whole policy beside findings: the profile of every action, who controls
    what, and the processes; and how many questions were asked for it."""

    profiles: tuple[ActionProfile, ...] = ()
    control: tuple[ControlRow, ...] = ()
    processes: tuple[ProcessMap, ...] = ()
    questions: int = 0


NO_OVERVIEW = Overview()
"""Nothing is said of the whole policy."""


@dataclass(frozen=True, kw_only=True)
class Profiles:
    """The profiles of some actions, and how many questions were asked for them."""

    rows: tuple[ActionProfile, ...]
    questions: int


@dataclass(frozen=True, kw_only=True)
class Controls:
    """Who controls some clauses, and how many questions were asked for it."""

    rows: tuple[Controlled, ...]
    questions: int


@dataclass(frozen=True, kw_only=True)
class Margins:
    """The margins of a policy's clauses."""

    rows: tuple[Margin, ...] = ()
