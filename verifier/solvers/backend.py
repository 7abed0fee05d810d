"""What the checker asks of a solver: terms, requirements, and three possible answers."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NewType, Protocol

Term = NewType("Term", object)
"""A formula or number of one backend. Opaque, and never to be mixed between backends."""

DEFAULT_BOUND = 20_000_000
"""Solver steps allowed to one question; about half a minute of one core on a hard one."""


class Answer(Enum):
    """The answer to a satisfiability question."""

    SAT = "sat"
    UNSAT = "unsat"
    UNKNOWN = "unknown"


class Backend(Protocol):
    """A solver with its own private state.

    INVARIANT: the answers depend on the calls made so far on this object and the one it was
    forked from, never on time, on other objects or on the machine.
    """

    def boolean(self, name: str) -> Term:
        """The yes/no constant of this name; the same name gives the same constant."""

    def integer(self, name: str) -> Term:
        """The whole-number constant of this name."""

    def number(self, value: int) -> Term:
        """A whole number."""

    def truth(self, value: bool) -> Term:
        """The formula that is always true, or always false."""

    def conj(self, terms: Sequence[Term]) -> Term:
        """All of the formulas; true if there are none."""

    def disj(self, terms: Sequence[Term]) -> Term:
        """Any of the formulas; false if there are none."""

    def neg(self, term: Term) -> Term:
        """The formula's negation."""

    def iff(self, left: Term, right: Term) -> Term:
        """The two formulas have the same truth."""

    def at_least(self, count: int, terms: Sequence[Term]) -> Term:
        """At least ``count`` of the formulas are true."""

    def at_most(self, count: int, terms: Sequence[Term]) -> Term:
        """At most ``count`` of the formulas are true."""

    def plus(self, left: Term, right: Term) -> Term:
        """The sum of two numbers."""

    def times(self, factor: int, term: Term) -> Term:
        """A number times a constant."""

    def size(self, terms: Sequence[Term]) -> Term:
        """How many of the formulas are true, as a number."""

    def choose(self, condition: Term, yes: Term, no: Term) -> Term:
        """The first number if the condition holds, else the second."""

    def less(self, left: Term, right: Term) -> Term:
        """The left number is less than the right one."""

    def equal(self, left: Term, right: Term) -> Term:
        """The two numbers are equal."""

    def require(self, term: Term) -> None:
        """From now on the formula must hold."""

    def check(self, assumptions: Sequence[Term], bound: int | None = None) -> Answer:
        """Can all requirements and these formulas hold together, within the bound?

        Assumptions are yes/no constants or their negations. ``bound`` is a smaller bound for
        this question alone, in solver steps.
        """

    def core(self) -> frozenset[int]:
        """After UNSAT: positions of assumptions that by themselves cannot hold together."""

    def is_true(self, term: Term) -> bool | None:
        """After SAT: the value of a yes/no constant, or None where it does not matter."""

    def value(self, term: Term) -> int | None:
        """After SAT: the value of a number constant, or None where it does not matter."""

    def reason(self) -> str:
        """After UNKNOWN: why, in a few words."""

    def fork(self) -> Backend:
        """A new solver with the same requirements and bound and nothing else in common."""
