"""Nodes of types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from policy_dsl.syntax.expressions import DateValue, Name, Node, Text


@dataclass(frozen=True, kw_only=True)
class EnumValue(Node):
    """A value of an enumeration, with how it is said of the subject."""

    name: Name
    phrase: Text | None = None


@dataclass(frozen=True, kw_only=True)
class YesNoType(Node):
    """``yes/no``."""


@dataclass(frozen=True, kw_only=True)
class NamedType(Node):
    """An enumeration by its name."""

    name: Name


@dataclass(frozen=True, kw_only=True)
class InlineEnum(Node):
    """``one of (a, b, c)``, or ``one of (a < b < c)``: an enumeration for one fact alone."""

    values: tuple[EnumValue, ...]
    ordered: bool = False


@dataclass(frozen=True, kw_only=True)
class SetType(Node):
    """``set of TYPE``."""

    name: Name


@dataclass(frozen=True, kw_only=True)
class IntegerType(Node):
    """``0 .. 120 years``; either bound may be missing; ``integer`` has neither."""

    low: int | None = None
    high: int | None = None
    unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class DecimalType(Node):
    """``0.00 .. 99.99 percent``; either bound may be missing, or both, as in
    ``decimal in steps of 0.01``. Bounds count steps of ``10 ** -places``."""

    low: int | None = None
    high: int | None = None
    unit: str | None = None
    places: int


@dataclass(frozen=True, kw_only=True)
class MoneyType(Node):
    """``money 0 .. 5000 USD``; either bound or both may be missing. Bounds count steps of
    ``10 ** -places``, where ``places`` are the digits that the author wrote."""

    low: int | None = None
    high: int | None = None
    currency: Name
    places: int = 0


@dataclass(frozen=True, kw_only=True)
class DateType(Node):
    """``date``, or ``2000-01-01 .. 2030-12-31``; either bound may be missing."""

    low: DateValue | None = None
    high: DateValue | None = None


TypeExpression: TypeAlias = (
    YesNoType | NamedType | InlineEnum | SetType | IntegerType | DecimalType | MoneyType | DateType
)
