"""The encoding of values: facts, terms and definitions as a solver's constants and numbers.

INVARIANT: for every case, an encoded value is the value that ``policy_dsl.conditions`` gives, and
it is known exactly when that is established. Enumerations and sets are one yes/no constant a
value.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from policy_dsl import model
from policy_dsl.model import Expr, Policy
from policy_dsl.types import (
    Date,
    DecimalNumber,
    Duration,
    Enumeration,
    Integer,
    Money,
    SetOf,
    Type,
    YesNo,
    is_number,
)
from verifier import names
from verifier.encode_dates import MonthEncoder, Months
from verifier.linear import Linear, linear, reach
from verifier.solvers.backend import Backend, Term


@dataclass(frozen=True, kw_only=True)
class Encoded:
    """An encoded value: exactly one of the four forms, by its type.

    ``known`` are conditions for the value to be established; with none it always is. ``form`` is
    the linear form of a number that is an argument, if it has one.
    """

    yes: Term | None = None
    options: Mapping[str, Term] | None = None
    members: Mapping[str, Term] | None = None
    number: Term | None = None
    known: tuple[Term, ...] = ()
    form: Linear | None = None


Arguments = Mapping[str, Encoded]
NO_ARGUMENTS: Arguments = {}

MOST_LISTED = 100
"""How many sums of a date and a number of months are listed one by one."""


@dataclass
class ValueEncoder(ABC):
    """Encodes values of one policy into one backend."""

    policy: Policy
    backend: Backend
    _facts: dict[str, Encoded] = field(default_factory=dict)
    _calls: dict[tuple[str, tuple[Expr, ...]], Encoded] = field(default_factory=dict)
    months: Months = field(default_factory=Months)
    prefix: str = "unnamed "
    _later: MonthEncoder = field(init=False)

    def __post_init__(self) -> None:
        self._later = MonthEncoder(self.backend, self.months, self.prefix)

    @abstractmethod
    def condition(self, expr: Expr, arguments: Arguments = NO_ARGUMENTS) -> Term:
        """The term of a condition."""

    # --- facts ----------------------------------------------------------------------------

    def fact(self, name: str) -> Encoded:
        """The value of a fact."""
        found = self._facts.get(name)
        if found is None:
            found = self._facts[name] = self._encode_fact(self.policy.facts[name])
        return found

    def _encode_fact(self, fact: model.Fact) -> Encoded:
        b = self.backend
        known = (b.boolean(names.established(fact.name)),) if fact.optional else ()
        match fact.type:
            case YesNo():
                return Encoded(yes=b.boolean(names.fact(fact.name)), known=known)
            case Enumeration():
                options = {v: b.boolean(names.option(fact.name, v)) for v in fact.type.values}
                return Encoded(options=options, known=known)
            case SetOf():
                values = fact.type.element.values
                members = {v: b.boolean(names.option(fact.name, v)) for v in values}
                return Encoded(members=members, known=known)
            case Integer() | DecimalNumber() | Money() | Date() | Duration():
                return Encoded(number=b.integer(names.fact(fact.name)), known=known)

    def range_of(self, fact: model.Fact) -> Term | None:
        """What the fact's type demands of its value, or None where it demands nothing."""
        b = self.backend
        value = self.fact(fact.name)
        match fact.type:
            case YesNo() | SetOf():
                return None
            case Enumeration():
                options = list(cast(Mapping[str, Term], value.options).values())
                return self.exactly_one(options)
            case Integer() | DecimalNumber() | Money() | Date() | Duration():
                number = cast(Term, value.number)
                bounds = []
                if fact.type.low is not None:
                    bounds.append(b.neg(b.less(number, b.number(fact.type.low))))
                if fact.type.high is not None:
                    bounds.append(b.neg(b.less(b.number(fact.type.high), number)))
                return b.conj(bounds) if bounds else None

    def exactly_one(self, terms: Sequence[Term]) -> Term:
        """Exactly one of the formulas is true."""
        b = self.backend
        if len(terms) > 6:
            return b.conj([b.disj(terms), b.at_most(1, terms)])
        pairs = [
            b.disj([b.neg(one), b.neg(two)])
            for i, one in enumerate(terms)
            for two in terms[i + 1 :]
        ]
        return b.conj([b.disj(terms), *pairs])

    # --- values ---------------------------------------------------------------------------

    def value(self, expr: Expr, arguments: Arguments = NO_ARGUMENTS) -> Encoded:
        """The value of an expression of any type."""
        b = self.backend
        match expr:
            case model.Literal_():
                return self._literal(expr)
            case model.FactValue():
                return self.fact(expr.fact)
            case model.ParameterValue():
                return arguments[expr.parameter]
            case model.DefinitionValue():
                return self._definition(expr, arguments)
            case model.Sum():
                left, right = self.value(expr.left, arguments), self.value(expr.right, arguments)
                other = cast(Term, right.number)
                other = other if expr.sign == "+" else b.times(-1, other)
                total = b.plus(cast(Term, left.number), other)
                return Encoded(number=total, known=left.known + right.known)
            case model.Product():
                inner = self.value(expr.operand, arguments)
                return replace(inner, number=b.times(expr.factor, cast(Term, inner.number)))
            case model.AddMonths():
                return self._months_later(expr, arguments)
            case model.SizeOfSet():
                inner = self.value(expr.operand, arguments)
                members = list(cast(Mapping[str, Term], inner.members).values())
                return Encoded(number=b.size(members), known=inner.known)
            case _:
                return Encoded(yes=self.condition(expr, arguments))

    def _months_later(self, expr: model.AddMonths, arguments: Arguments) -> Encoded:
        date, months = self.value(expr.operand, arguments), self.value(expr.months, arguments)
        forms = {name: each.form for name, each in arguments.items()}
        start = linear(self.policy, expr.operand, forms)
        count = linear(self.policy, expr.months, forms)
        later = self._later.later(
            cast(Term, date.number),
            start,
            cast(Term, months.number),
            count,
            expr.rounding,
            self._few(start, count),
        )
        return Encoded(number=later, known=date.known + months.known)

    def _few(self, start: Linear | None, count: Linear | None) -> list[tuple[int, int]] | None:
        """All pairs of values of two forms, where these are few."""
        days = None if start is None else reach(self.policy, start)
        counts = None if count is None else reach(self.policy, count)
        if days is None or counts is None:
            return None
        if (days.stop - days.start) * (counts.stop - counts.start) > MOST_LISTED:
            return None
        return [(day, each) for day in days for each in counts]

    def _argument(self, expr: Expr, type_: Type, arguments: Arguments) -> Encoded:
        value = self.value(expr, arguments)
        if not is_number(type_):
            return value
        forms = {name: each.form for name, each in arguments.items()}
        return replace(value, form=linear(self.policy, expr, forms))

    def _literal(self, expr: model.Literal_) -> Encoded:
        b = self.backend
        match expr.type:
            case YesNo():
                return Encoded(yes=b.truth(bool(expr.value)))
            case Enumeration():
                options = {v: b.truth(v == expr.value) for v in expr.type.values}
                return Encoded(options=options)
            case SetOf():
                chosen = cast(frozenset[str], expr.value)
                values = expr.type.element.values
                return Encoded(members={v: b.truth(v in chosen) for v in values})
            case Integer() | DecimalNumber() | Money() | Date() | Duration():
                return Encoded(number=b.number(cast(int, expr.value)))

    def _definition(self, expr: model.DefinitionValue, arguments: Arguments) -> Encoded:
        definition = self.policy.definitions[expr.definition]
        key = (expr.definition, expr.arguments)
        closed = not any(
            isinstance(part, model.ParameterValue)
            for argument in expr.arguments
            for part in model.walk(argument)
        )
        if closed and key in self._calls:
            return self._calls[key]
        inner = {
            name: self._argument(argument, type_, arguments)
            for (name, type_), argument in zip(definition.parameters, expr.arguments, strict=True)
        }
        value = self._merge(definition, inner)
        if not definition.parameters and value.yes is not None and not value.known:
            named = self.backend.boolean(names.definition(definition.name))
            self.backend.require(self.backend.iff(named, value.yes))
            value = Encoded(yes=named)
        if closed:
            self._calls[key] = value
        return value

    def _merge(self, definition: model.Definition, arguments: Arguments) -> Encoded:
        """The value of whichever case of a definition counts under the readings."""
        cases = [(case.under, self.value(case.body, arguments)) for case in definition.cases]
        if len(cases) == 1 and cases[0][0] is None:
            return cases[0][1]
        b = self.backend
        guards = [b.truth(True) if u is None else self.condition(u) for u, _ in cases]
        values = [value for _, value in cases]

        def choose(pick: Callable[[Encoded], Term]) -> Term:
            limbs = zip(guards, values, strict=True)
            return b.disj([b.conj([guard, pick(value)]) for guard, value in limbs])

        known: tuple[Term, ...] = ()
        if any(value.known for value in values):
            known = (choose(lambda value: b.conj(value.known)),)
        match definition.type:
            case YesNo():
                return Encoded(yes=choose(lambda value: cast(Term, value.yes)), known=known)
            case Enumeration():
                return Encoded(options=self._choose_each(values, choose, False), known=known)
            case SetOf():
                return Encoded(members=self._choose_each(values, choose, True), known=known)
            case Integer() | DecimalNumber() | Money() | Date() | Duration():
                number = cast(Term, values[-1].number)
                for guard, value in zip(guards[:-1], values[:-1], strict=True):
                    number = b.choose(guard, cast(Term, value.number), number)
                return Encoded(number=number, known=known)

    @staticmethod
    def _choose_each(
        values: list[Encoded], choose: Callable[[Callable[[Encoded], Term]], Term], sets: bool
    ) -> dict[str, Term]:
        def part(value: Encoded) -> Mapping[str, Term]:
            return cast(Mapping[str, Term], value.members if sets else value.options)

        return {key: choose(lambda value, k=key: part(value)[k]) for key in part(values[0])}  # type: ignore[misc]
