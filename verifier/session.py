"""Asking questions about one policy.

A policy is encoded once (``Encoding``). Every check then asks in a ``Session`` of its own, a fork
that shares nothing with the others: an answer depends on the policy and the check alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from policy_dsl.case import Case
from policy_dsl.model import Expr, Fact, Policy
from policy_dsl.references import rests_on_readings
from policy_dsl.types import (
    Date,
    DecimalNumber,
    Duration,
    Enumeration,
    Integer,
    Money,
    SetOf,
    Value,
    YesNo,
)
from verifier import names
from verifier.atoms import Atoms
from verifier.encode import ConditionEncoder
from verifier.encode_dates import Months
from verifier.encode_policy import PolicyEncoder
from verifier.near import NEAR, near_dates
from verifier.plain import Plain
from verifier.solvers.backend import Answer, Backend, Term


class NotSettled(Exception):
    """A question that could not be settled; the message says why."""


@dataclass(frozen=True)
class Encoding:
    """A policy's encoding in a solver, before anything is asked."""

    policy: Policy
    backend: Backend
    hard: tuple[str, ...]
    months: Months

    @staticmethod
    def of(policy: Policy, backend: Backend) -> Encoding:
        """Encode a policy into an empty backend."""
        encoder = PolicyEncoder(policy, backend)
        return Encoding(policy, backend, tuple(encoder.hard), encoder.conditions.months)


@dataclass
class Session:
    """Questions to one solver. With ``soft``, what every case must satisfy is not required
    yet: it is then passed with each question, so that the core of an unsat answer names it.
    A session that is not ``alone`` asks the encoding's own solver, which others ask too."""

    encoding: Encoding
    soft: bool = False
    alone: bool = True
    backend: Backend = field(init=False)
    conditions: ConditionEncoder = field(init=False)
    varying: tuple[Term, ...] = ()
    """Assumptions whose truth depends on readings. They are passed with every question, so that
    ``everywhere`` can ask about cases that only other readings allow."""
    asked: int = 0
    _known: dict[str, list[Term]] = field(default_factory=dict)
    _fresh: int = 0
    _near: Term | None = None

    def __post_init__(self) -> None:
        self.backend = self.encoding.backend.fork() if self.alone else self.encoding.backend
        months = self.encoding.months.copy()
        self.conditions = ConditionEncoder(
            self.policy, self.backend, months=months, prefix="unnamed here "
        )
        if not self.soft:
            varying = {
                names.assumption(index)
                for index, each in enumerate(self.policy.assumptions)
                if each.under is not None or rests_on_readings(self.policy, each.condition)
            }
            for name in self.encoding.hard:
                if name not in varying:
                    self.backend.require(self.named(name))
            self.varying = tuple(self.named(each) for each in self.encoding.hard if each in varying)

    @property
    def policy(self) -> Policy:
        """The policy that is asked about."""
        return self.encoding.policy

    @cached_property
    def plain(self) -> Plain:
        """The plausible values of facts."""
        return Plain(self.policy, Atoms(self.policy).base())

    # --- terms ----------------------------------------------------------------------------

    def named(self, name: str) -> Term:
        """The yes/no constant of one of the names in ``names.py``."""
        return self.backend.boolean(name)

    def unless(self, term: Term) -> Term:
        """The negation of a term."""
        return self.backend.neg(term)

    def fresh(self) -> Term:
        """A yes/no constant that nothing else uses."""
        self._fresh += 1
        return self.backend.boolean(f"fresh:{self._fresh}")

    def fresh_number(self) -> Term:
        """A number constant that nothing else uses."""
        self._fresh += 1
        return self.backend.integer(f"fresh:{self._fresh}")

    def literal(self, term: Term) -> Term:
        """A fresh constant that is true exactly when the term is; fit to be an assumption."""
        constant = self.fresh()
        self.backend.require(self.backend.iff(constant, term))
        return constant

    def holds(self, expr: Expr) -> Term:
        """An assumption that says that a condition holds."""
        return self.literal(self.conditions.condition(expr))

    def refuting(self, goal: Sequence[Term]) -> Term:
        """An assumption that says that not all of the terms hold, or that there is no such case."""
        constant = self.fresh()
        limbs = [self.backend.neg(each) for each in (constant, *goal, *self.varying)]
        self.backend.require(self.backend.disj(limbs))
        return constant

    def guarded(self, limbs: Sequence[Term]) -> Term:
        """An assumption that says that at least one of the terms holds."""
        constant = self.fresh()
        self.backend.require(self.backend.disj([self.backend.neg(constant), *limbs]))
        return constant

    def quickly(self, assumptions: Sequence[Term], bound: int) -> bool | None:
        """Like ``possible``, within a small bound; None where that does not suffice."""
        self.asked += 1
        answer = self.backend.check([*assumptions, *self.varying], bound)
        return None if answer is Answer.UNKNOWN else answer is Answer.SAT

    def chosen(self, options: Sequence[Term]) -> tuple[Term, list[Term]]:
        """An assumption that one of the terms is picked, and for each term the constant that
        says that it is: a picked term holds, and a term that holds need not be picked."""
        picks = []
        for option in options:
            pick = self.fresh()
            self.backend.require(self.backend.disj([self.backend.neg(pick), option]))
            picks.append(pick)
        return self.guarded(picks), picks

    # --- questions ------------------------------------------------------------------------

    def possible(self, assumptions: Sequence[Term], everywhere: bool = False) -> bool:
        """Can the assumptions hold together in some case? Raises ``NotSettled``.

        With ``everywhere``, cases count that the readings do not allow.
        """
        self.asked += 1
        needed = assumptions if everywhere else [*assumptions, *self.varying]
        if self.conditions.months.months and self._has_near_dates(needed):
            return True
        match self.backend.check(needed):
            case Answer.SAT:
                return True
            case Answer.UNSAT:
                return False
            case Answer.UNKNOWN:
                raise NotSettled(self.backend.reason())

    def _has_near_dates(self, needed: Sequence[Term]) -> bool:
        """Whether the assumptions are found to hold together in a case with plausible dates.

        Among the dates of a few years the solver finds a case far sooner than among all. Where
        it finds none, nothing follows.
        """
        if self._near is None:
            self._near = self.literal(near_dates(self.backend, self.plain))
        return self.backend.check([*needed, self._near], NEAR) is Answer.SAT

    def smallest_core(
        self, kept: Sequence[Term], droppable: Sequence[Term], everywhere: bool = False
    ) -> list[int]:
        """Positions in ``droppable`` of a set that, with ``kept``, cannot hold; minimal.

        Earlier ones are dropped by preference: the order says what a reader would rather not
        see. Raises ``NotSettled`` if all of them together can hold, which a caller has excluded.
        """
        core = self.core_if_any(kept, droppable, everywhere)
        if core is None:
            raise NotSettled("what was proved could not be proved again (a fault in the checker)")
        return core

    def core_if_any(
        self, kept: Sequence[Term], droppable: Sequence[Term], everywhere: bool = False
    ) -> list[int] | None:
        """Like ``smallest_core``; None if all of them together can hold."""
        current = self._core(kept, droppable, list(range(len(droppable))), everywhere)
        for candidate in list(current or ()):
            if current is not None and candidate in current:
                fewer = [i for i in current if i != candidate]
                smaller = self._core(kept, droppable, fewer, everywhere)
                current = current if smaller is None else smaller
        return current

    def _core(
        self,
        kept: Sequence[Term],
        droppable: Sequence[Term],
        chosen: list[int],
        everywhere: bool,
    ) -> list[int] | None:
        if self.possible([*kept, *(droppable[i] for i in chosen)], everywhere):
            return None
        core = self.backend.core()
        return [i for at, i in enumerate(chosen) if at + len(kept) in core]

    def picked(self, picks: Sequence[Term]) -> int:
        """Which of the constants of ``chosen`` is true in the last possible answer."""
        return next(i for i, pick in enumerate(picks) if self.backend.is_true(pick))

    # --- cases ----------------------------------------------------------------------------

    def case(self) -> Case:
        """The case of the last question that was possible. Values that do not matter to the
        solver come out as plain ones."""
        facts = {name: self._value(fact) for name, fact in self.policy.facts.items()}
        readings = {}
        for ambiguity in self.policy.ambiguities.values():
            options = [each.name for each in ambiguity.readings]
            readings[ambiguity.name] = self._first(options, self._terms(ambiguity.name, options))
        return Case(facts=facts, readings=readings)

    def _terms(self, name: str, options: Sequence[str]) -> list[Term]:
        """The constants of an ambiguity's readings."""
        found = self._known.get(name)
        if found is None:
            found = [self.named(names.reading(name, each)) for each in options]
            self._known[name] = found
        return found

    def _first(self, options: Sequence[str], terms: Sequence[Term]) -> str:
        """The first option whose constant is true in the model; the first of all if none is."""
        for option, term in zip(options, terms, strict=True):
            if self.backend.is_true(term):
                return option
        return options[0]

    def _value(self, fact: Fact) -> Value:
        b, encoded = self.backend, self.conditions.fact(fact.name)
        if encoded.known and not b.is_true(encoded.known[0]):
            return None
        match fact.type:
            case YesNo():
                return bool(b.is_true(cast(Term, encoded.yes)))
            case Enumeration(values=values):
                options = cast(Mapping[str, Term], encoded.options)
                return self._first(values, list(options.values()))
            case SetOf():
                members = cast(Mapping[str, Term], encoded.members)
                return frozenset(value for value, term in members.items() if b.is_true(term))
            case Integer() | DecimalNumber() | Money() | Date() | Duration():
                found = b.value(cast(Term, encoded.number))
                return self.plain.value(fact.type) if found is None else found

    def fact_is(self, fact: Fact, value: Value) -> list[Term]:
        """Assumptions that say that a fact has a value."""
        b = self.backend
        terms = []
        if fact.optional:
            known = self.named(names.established(fact.name))
            if value is None:
                return [b.neg(known)]
            terms = [known]
        match fact.type:
            case YesNo():
                constant = self.named(names.fact(fact.name))
                terms.append(constant if value else b.neg(constant))
            case Enumeration():
                terms.append(self.named(names.option(fact.name, cast(str, value))))
            case SetOf(element=element):
                for each in element.values:
                    constant = self.named(names.option(fact.name, each))
                    inside = each in cast(frozenset[str], value)
                    terms.append(constant if inside else b.neg(constant))
            case Integer() | DecimalNumber() | Money() | Date() | Duration():
                number = b.integer(names.fact(fact.name))
                terms.append(self.literal(b.equal(number, b.number(cast(int, value)))))
        return terms
