"""Random conditions and values, as text that keeps to the names and types of a vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from policy_dsl.types import Date, Enumeration, Integer, Number, SetOf, Type, YesNo, is_number
from tests.strategies.quantities import DATE_SIGNS, goes_with, literal, sums
from tests.strategies.vocabulary import BIG, Named, Vocabulary

NORM_STATES = ("must", "must not", "may", "need not", "should", "should not", "silent on")
SIGNS = ("<", "<=", ">", ">=", "=", "!=", "is", "is not")


@dataclass(frozen=True)
class Writer:
    """Writes conditions. ``clauses`` may be named in them; with ``outcomes``, norms and outputs
    may; ``parameters`` are those of the definition whose body is written; ``calls`` of
    definitions may stand in each other."""

    known: Vocabulary
    clauses: Sequence[str] = ()
    outcomes: bool = False
    parameters: tuple[Named, ...] = ()
    calls: int = 2

    # --- conditions -----------------------------------------------------------------------

    def condition(self, depth: int | None = None) -> str:
        """A condition, not in brackets."""
        dice = self.known.dice
        depth = self.known.depth if depth is None else depth
        if depth <= 0 or dice.chance(35):
            return self._leaf()
        match dice.choice(("and", "or", "list", "not", "counted", "implies")):
            case "and" | "or" as word:
                return f" {word} ".join(self._parts(depth))
            case "list":
                quantity = dice.choice(("any", "all", "none"))
                return f"{quantity} of {', '.join(self._parts(depth))}"
            case "counted":
                parts = self._parts(depth)
                bound = dice.choice(("at least", "at most", "exactly"))
                count = dice.between(0, len(parts))
                said = "one" if count == 1 and dice.chance(50) else str(count)
                return f"{bound} {said} of {', '.join(parts)}"
            case "implies":
                premise, conclusion = self._parts(depth, most=2)
                return f"{premise} implies {conclusion}"
            case _:
                return f"not {self._bracketed(depth)}"

    def _parts(self, depth: int, most: int = 3) -> list[str]:
        return [self._bracketed(depth) for _ in range(self.known.dice.between(2, most))]

    def _bracketed(self, depth: int) -> str:
        return f"({self.condition(depth - 1)})"

    def _leaf(self) -> str:
        dice = self.known.dice
        kinds = ["value"] * 12
        if self.clauses:
            kinds += ["clause"] * 3
        if self.outcomes and self.known.actions:
            kinds += ["norm"] * 12
        deeds = self.known.deeds
        if deeds.asks:
            kinds += [*["done"] * 4, *(["broken"] * 6 if deeds.late and deeds.breakable else [])]
        match dice.choice([*kinds, "constant"]):
            case "done" if self.known.may_ask_of([action := dice.choice(self.known.actions)]):
                return deeds.done_or_not(dice, action)
            case "broken" if self.known.may_ask_of(
                deeds.breakable[clause := dice.choice(list(deeds.breakable))]
            ):
                return deeds.broken_or_not(dice, clause)
            case "clause":
                return dice.choice(self.clauses)
            case "norm":
                return f"{dice.choice(NORM_STATES)} {dice.choice(self.known.actions)}"
            case "constant" | "done" | "broken":
                return dice.choice(("yes", "no"))
            case _:
                return self._of(dice.choice(self.values()))

    def values(self) -> list[Named]:
        """Everything with a value that may be named here."""
        known = self.known
        outputs = [Named(name, type_) for name, type_ in known.outputs] if self.outcomes else []
        named = [*self.parameters, *self.parameters, *outputs, *known.facts, *known.definitions]
        return [each for each in named if self.calls or not each.parameters]

    def _of(self, named: Named) -> str:
        """A condition on the value of something named."""
        dice, text = self.known.dice, self._called(named)
        if named.optional and dice.chance(25):
            return f"{named.name} is {dice.choice(('', 'not '))}established"
        match named.type:
            case YesNo():
                return self._yes_no(named, text)
            case Enumeration() as type_:
                return self._enumeration(text, type_)
            case SetOf() as type_:
                return self._set(text, type_)
            case Integer():
                left, right = text, self.number(1)
                if dice.chance(30):
                    left = f"{text} {dice.choice('+-')} {self.number(0)}"
                return f"{left} {dice.choice(SIGNS)} {right}"
            case type_:
                signs = SIGNS + DATE_SIGNS if isinstance(type_, Date) else SIGNS
                apart = [
                    e
                    for e in self.values()
                    if is_number(e.type) and goes_with(type_, e.type) and not e.parameters
                ]
                if apart and dice.chance(40):
                    return f"{text} {dice.choice(SIGNS)} {dice.choice(apart).name}"
                left = text if dice.chance(50) else self.quantity(type_, 1)
                deep = 2 if self.known.sizes.cases is None else 1
                return f"{left} {dice.choice(signs)} {self.quantity(type_, deep)}"

    def _yes_no(self, named: Named, text: str) -> str:
        dice = self.known.dice
        if named.optional or dice.chance(25):
            if dice.chance(30):
                other = self._value_of(YesNo(), lambda each: not each.optional)
                return f"{text} {dice.choice(('is', 'is not'))} {other}"
            return f"{text} is {dice.choice(('yes', 'no', 'not yes', 'not no'))}"
        return text

    def _enumeration(self, text: str, type_: Enumeration) -> str:
        dice = self.known.dice
        no = dice.choice(("", "not "))
        if dice.chance(30):
            values = dice.some(type_.values, 1, 3)
            return f"{text} is {no}one of ({', '.join(values)})"
        if type_.ordered and dice.chance(60):
            return f"{text} {dice.choice(SIGNS)} {self._value_of(type_)}"
        return f"{text} is {no}{self._value_of(type_)}"

    def _set(self, text: str, type_: SetOf) -> str:
        dice, values = self.known.dice, type_.element.values
        match dice.choice(("includes", "list", "empty", "number")):
            case "includes":
                return f"{text} includes {dice.choice(values)}"
            case "list":
                word = dice.choice(("any", "all", "none"))
                return f"{text} includes {word} of ({', '.join(dice.some(values, 1, 3))})"
            case "empty":
                return f"{text} is {dice.choice(('', 'not '))}empty"
            case _:
                return f"number of {text} {dice.choice(SIGNS)} {self.number(0)}"

    # --- values ---------------------------------------------------------------------------

    def _called(self, named: Named) -> str:
        """A name, with arguments where it takes some."""
        if not named.parameters:
            return named.name
        inner = replace(self, calls=self.calls - 1)
        return f"{named.name}({', '.join(inner.argument(each) for each in named.parameters)})"

    def argument(self, type_: Type) -> str:
        """A value for a parameter or output of a type, computed or not."""
        dice = self.known.dice
        match type_:
            case Integer(low=low, high=high):
                if dice.chance(50):
                    return self.number(1, computed=True)
                least = low if low is not None else min(-2, high if high is not None else 0)
                most = high if high is not None else max(7, least)
                return str(dice.between(least, most))
            case YesNo():
                if dice.chance(30):
                    return f"({self.condition(0)})"
                return self._value_of(type_)
            case _ if is_number(type_):
                named = [n for n in self.values() if n.type == type_ and not n.parameters]
                if named and dice.chance(60):
                    return dice.choice(named).name
                return literal(dice, type_, inside=True)
            case _:
                return self._value_of(type_)

    def quantity(self, type_: Number, depth: int) -> str:
        """A date, amount, decimal or length of time of a type's kind and scale."""
        names = [
            (each.name, each.type)
            for each in self.values()
            if not each.parameters and is_number(each.type)
        ]
        return sums(self.known.dice, type_, names, depth)

    def _value_of(self, type_: Type, fit: Callable[[Named], bool] = lambda each: True) -> str:
        """Something named of exactly this type, or else one of its values."""
        dice = self.known.dice
        names = [each for each in self.values() if each.type == type_ and fit(each)]
        plain = [each for each in names if not each.parameters]
        if plain and (dice.chance(35) or isinstance(type_, SetOf)):
            return dice.choice(plain).name
        match type_:
            case Enumeration(values=values):
                return dice.choice(values)
            case SetOf():
                raise AssertionError("a set has no values that can be written")
            case _:
                return dice.choice(("yes", "no"))

    def number(self, depth: int, computed: bool = False) -> str:
        """A number: a sum, product, size or value; with ``computed``, none that could lie
        outside the range of a parameter or output and be an error for that."""
        dice = self.known.dice
        numbers = [each for each in self.values() if isinstance(each.type, Integer)]
        sets = [each for each in self.values() if isinstance(each.type, SetOf)]
        kinds = [] if computed else ["literal"]
        kinds += ["named"] * 2 if numbers else []
        kinds += ["size"] if sets else []
        kinds += ["sum", "product"] if depth > 0 else []
        kinds += ["negative"] if depth > 0 and not computed else []
        match dice.choice(kinds):
            case "named":
                return self._called(dice.choice(numbers))
            case "size":
                return f"number of {dice.choice([e for e in sets if not e.parameters]).name}"
            case "sum":
                parts = self.number(depth - 1), self.number(depth - 1)
                return f"({parts[0]} {dice.choice('+-')} {parts[1]})"
            case "product":
                factor = dice.choice(("2", "0", "3", "(-1)"))
                return f"{factor} * {self.number(depth - 1)}"
            case "negative":
                return f"(-{self.number(depth - 1)})"
            case _:
                bounded = self.known.sizes.cases is not None
                high = 5 if bounded or dice.chance(70) else BIG
                unit = self.known.unit if dice.chance(20) else None
                return str(dice.between(0, high)) + (f" {unit}" if unit else "")

    # --- readings -------------------------------------------------------------------------

    def readings(self, depth: int = 1) -> str:
        """A condition on readings."""
        dice = self.known.dice
        if depth <= 0 or dice.chance(60):
            name = dice.choice(list(self.known.ambiguities))
            value = dice.choice(self.known.ambiguities[name])
            return f"{name} is {dice.choice(('', 'not '))}{value}"
        parts = [f"({self.readings(depth - 1)})" for _ in range(2)]
        match dice.choice(("and", "or", "implies", "not", "any", "exactly", "at most", "at least")):
            case "not":
                return f"not {parts[0]}"
            case "any":
                return f"{dice.choice(('any', 'all', 'none'))} of {', '.join(parts)}"
            case "exactly" | "at most" | "at least" as bound:
                return f"{bound} {dice.between(0, 2)} of {', '.join(parts)}"
            case word:
                return f"{parts[0]} {word} {parts[1]}"
