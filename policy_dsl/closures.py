"""The functions that conditions are compiled to, and the state that they read."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from policy_dsl.model import Counted, Member
from policy_dsl.norms import NormativeState
from policy_dsl.types import Value


class Run:
    """One case, and what has been worked out about it so far.

    ``states`` and ``outputs`` are what the policy says in the case; they are empty until its
    clauses in force are known. ``outputs`` holds each output's values with the clause first.
    """

    __slots__ = ("applies", "chosen", "definitions", "facts", "outputs", "readings", "states")

    def __init__(self, facts: Mapping[str, Value], readings: Mapping[str, str]) -> None:
        self.facts = facts
        self.readings = readings
        self.applies: dict[str, bool] = {}
        self.definitions: dict[object, Value] = {}
        self.states: Mapping[str, NormativeState] = {}
        self.outputs: Mapping[str, Sequence[tuple[str, Value]]] = {}
        self.chosen: dict[str, Value] = {}


Arguments: TypeAlias = tuple[Value, ...]
Code: TypeAlias = Callable[[Run, Arguments], Value]
Test: TypeAlias = Callable[[Run, Arguments], bool]


def all_of(tests: Sequence[Test]) -> Test:
    """Every test."""
    if len(tests) == 1:
        return tests[0]

    def inner(run: Run, args: Arguments) -> bool:
        for test in tests:  # noqa: SIM110 - a generator costs twice the time here
            if not test(run, args):
                return False
        return True

    return inner


def any_of(tests: Sequence[Test]) -> Test:
    """At least one test."""
    if len(tests) == 1:
        return tests[0]

    def inner(run: Run, args: Arguments) -> bool:
        for test in tests:  # noqa: SIM110 - a generator costs twice the time here
            if test(run, args):
                return True
        return False

    return inner


def counted(expr: Counted, tests: Sequence[Test]) -> Test:
    """As many of the tests as the expression says."""
    bound = {"at least": operator.ge, "at most": operator.le, "exactly": operator.eq}[expr.bound]
    return lambda run, args: bool(bound(sum(test(run, args) for test in tests), expr.count))


def member(expr: Member, operand: Code) -> Test:
    """What an expression says of the members of an established set."""
    values = frozenset(expr.values)

    def inner(run: Run, args: Arguments) -> bool:
        found = operand(run, args)
        if not isinstance(found, frozenset):
            return False
        match expr.quantity:
            case "any":
                return not values.isdisjoint(found)
            case "all":
                return values <= found
            case "none":
                return values.isdisjoint(found)

    return inner


def apply(function: Callable[[Any], int], operand: Code) -> Code:
    """A function of an established value."""

    def inner(run: Run, args: Arguments) -> Value:
        found = operand(run, args)
        return None if found is None else function(found)

    return inner


def sum_(sign: Callable[[Any, Any], int], left: Code, right: Code) -> Code:
    """A sum or difference of established numbers."""

    def total(run: Run, args: Arguments) -> Value:
        first, second = left(run, args), right(run, args)
        return None if first is None or second is None else sign(first, second)

    return total
