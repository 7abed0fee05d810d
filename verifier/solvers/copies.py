"""Copies of a policy's constants in one solver, for questions about several cases or policies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from verifier.solvers.backend import Answer, Backend, Term


@dataclass(frozen=True)
class Copy:
    """A backend in which every constant has a name of its own, but for those that ``shared``
    says all copies have in common. Everything else is the inner backend's. Implements
    ``Backend``."""

    inner: Backend
    label: str
    shared: Callable[[str], bool]

    def _named(self, name: str) -> str:
        return name if self.shared(name) else f"{self.label}|{name}"

    def boolean(self, name: str) -> Term:
        return self.inner.boolean(self._named(name))

    def integer(self, name: str) -> Term:
        return self.inner.integer(self._named(name))

    def number(self, value: int) -> Term:
        return self.inner.number(value)

    def truth(self, value: bool) -> Term:
        return self.inner.truth(value)

    def conj(self, terms: Sequence[Term]) -> Term:
        return self.inner.conj(terms)

    def disj(self, terms: Sequence[Term]) -> Term:
        return self.inner.disj(terms)

    def neg(self, term: Term) -> Term:
        return self.inner.neg(term)

    def iff(self, left: Term, right: Term) -> Term:
        return self.inner.iff(left, right)

    def at_least(self, count: int, terms: Sequence[Term]) -> Term:
        return self.inner.at_least(count, terms)

    def at_most(self, count: int, terms: Sequence[Term]) -> Term:
        return self.inner.at_most(count, terms)

    def plus(self, left: Term, right: Term) -> Term:
        return self.inner.plus(left, right)

    def times(self, factor: int, term: Term) -> Term:
        return self.inner.times(factor, term)

    def size(self, terms: Sequence[Term]) -> Term:
        return self.inner.size(terms)

    def choose(self, condition: Term, yes: Term, no: Term) -> Term:
        return self.inner.choose(condition, yes, no)

    def less(self, left: Term, right: Term) -> Term:
        return self.inner.less(left, right)

    def equal(self, left: Term, right: Term) -> Term:
        return self.inner.equal(left, right)

    def require(self, term: Term) -> None:
        self.inner.require(term)

    def check(self, assumptions: Sequence[Term], bound: int | None = None) -> Answer:
        return self.inner.check(assumptions, bound)

    def core(self) -> frozenset[int]:
        return self.inner.core()

    def is_true(self, term: Term) -> bool | None:
        return self.inner.is_true(term)

    def value(self, term: Term) -> int | None:
        return self.inner.value(term)

    def reason(self) -> str:
        return self.inner.reason()

    def fork(self) -> Backend:
        return Copy(self.inner.fork(), self.label, self.shared)


@dataclass(frozen=True)
class Fixed(Copy):
    """A copy in which some constants are known: yes or no, or a number, by their names. Implements
    ``Backend``."""

    values: Mapping[str, bool | int] = field(default_factory=dict)

    def boolean(self, name: str) -> Term:
        known = self.values.get(name)
        return super().boolean(name) if known is None else self.inner.truth(bool(known))

    def integer(self, name: str) -> Term:
        known = self.values.get(name)
        return super().integer(name) if known is None else self.inner.number(int(known))

    def fork(self) -> Backend:
        return Fixed(self.inner.fork(), self.label, self.shared, self.values)
