"""The types of facts, outputs, parameters and values.

A new kind of value (a date, money, a duration) is one more class here, one more member of
``Type``, and then every ``match`` over types that lacks it fails type checking.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = bool | int | str | frozenset[str] | None
"""A value in a case: yes/no, a whole number, the name of an enumeration's value, a set of such
names, or ``None`` for an optional fact that is not established."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no."""

    def __str__(self) -> str:
        return "yes/no"


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Exactly one of a list of named values; the phrases say how each is spoken of."""

    name: str
    values: tuple[str, ...]
    phrases: tuple[str | None, ...] = ()

    def phrase(self, value: str) -> str:
        """How a value is said: its phrase, or else its name with blanks for underscores."""
        index = self.values.index(value)
        said = self.phrases[index] if index < len(self.phrases) else None
        return said if said is not None else value.replace("_", " ")

    def __str__(self) -> str:
        return self.name or "one of " + ", ".join(self.values)


@dataclass(frozen=True, slots=True)
class SetOf:
    """Any number of the values of an enumeration, none included."""

    element: Enumeration

    def __str__(self) -> str:
        return f"set of {self.element}"


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number between two bounds, both included; ``None`` is no bound.

    ``unit`` is a label: numbers with different units are not compared or added.
    """

    low: int | None = None
    high: int | None = None
    unit: str | None = None

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        if self.low is None and self.high is None:
            return f"integer{unit}"
        low = "" if self.low is None else f"{self.low} "
        high = "" if self.high is None else f" {self.high}"
        return f"{low}..{high}{unit}"


Type: TypeAlias = YesNo | Enumeration | SetOf | Integer


def contains(type_: Type, value: Value) -> bool:
    """Whether a value (not ``None``) belongs to a type."""
    match type_:
        case YesNo():
            return isinstance(value, bool)
        case Enumeration():
            return isinstance(value, str) and value in type_.values
        case SetOf():
            return isinstance(value, frozenset) and value <= set(type_.element.values)
        case Integer():
            if isinstance(value, bool) or not isinstance(value, int):
                return False
            above = type_.low is None or type_.low <= value
            return above and (type_.high is None or value <= type_.high)
