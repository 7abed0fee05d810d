"""Nodes of processes: what can happen after what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policy_dsl.syntax.expressions import Expression, Name, Node, Text


@dataclass(frozen=True, kw_only=True)
class Process(Node):
    """``process NAME "title" when CONDITION``; the states and steps after it belong to it."""

    name: Name
    title: Text | None = None
    when: Expression | None = None


@dataclass(frozen=True, kw_only=True)
class State(Node):
    """``state NAME "sentence" start end``."""

    name: Name
    phrase: Text | None = None
    start: bool = False
    end: bool = False


@dataclass(frozen=True, kw_only=True)
class Change(Node):
    """``FACT to VALUE``, ``FACT to any`` or ``FACT to not established``."""

    fact: Name
    value: Expression | Literal["any", "not established"]


@dataclass(frozen=True, kw_only=True)
class Step(Node):
    """``step NAME "sentence" by ROLE from STATES to STATE does ACTION when CONDITION sets ...``."""

    name: Name
    phrase: Text | None = None
    by: Name | None = None
    sources: tuple[Name, ...]
    target: Name
    action: Name | None = None
    when: Expression | None = None
    changes: tuple[Change, ...] = ()
