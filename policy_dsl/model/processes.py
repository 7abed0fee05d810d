"""Processes of the resolved model: states, and the steps that lead from one to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policy_dsl.model.expressions import Expr
from policy_dsl.source import Place
from policy_dsl.types import Value


@dataclass(frozen=True, kw_only=True)
class State:
    """A state of a process; ``phrase`` is a sentence that says what is so in it."""

    name: str
    phrase: str
    start: bool = False
    end: bool = False
    place: Place


@dataclass(frozen=True, kw_only=True)
class Change:
    """A step gives a fact one of ``values``: one, or where it is open (``any``) each that the
    fact can have; ``None`` among them is "not established"."""

    fact: str
    values: tuple[Value, ...]


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step from one of ``sources`` to ``target``; ``phrase`` is a sentence that tells it.

    It can be taken where ``when`` holds and its action, if it has one, is lawful. All facts that
    are not in ``changes`` stay as they are.
    """

    name: str
    phrase: str
    by: str | None = None
    sources: tuple[str, ...]
    target: str
    action: str | None = None
    when: Expr
    changes: tuple[Change, ...] = ()
    place: Place


@dataclass(frozen=True, kw_only=True)
class Process:
    """What can happen after what. It begins in a start state, in a case of which ``when`` holds.

    INVARIANT: every source and target of a step is one of the states.
    """

    name: str
    title: str
    when: Expr
    states: Mapping[str, State]
    steps: Mapping[str, Step]
    place: Place

    @property
    def changing(self) -> tuple[str, ...]:
        """The facts that some step changes, in the order in which steps name them."""
        found = (each.fact for step in self.steps.values() for each in step.changes)
        return tuple(dict.fromkeys(found))
