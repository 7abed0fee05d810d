"""Expressions of the resolved model: every name looked up, every part typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Literal, TypeAlias

from policy_dsl.calendar import Rounding
from policy_dsl.source import Place
from policy_dsl.types import Number, Type, Value, YesNo

_FIELDS: dict[str, tuple[str, ...]] = {}
"""The fields of each kind of expression that may hold others, by the kind's name."""


@dataclass(frozen=True, kw_only=True)
class Expr:
    """What every expression has: where it was written. A place never counts in equality."""

    place: Place | None = field(default=None, compare=False, repr=False)

    def children(self) -> Iterator[Expr]:
        """The expressions directly below this one."""
        kind = type(self).__name__
        if kind not in _FIELDS:
            _FIELDS[kind] = tuple(each.name for each in fields(self) if each.name != "place")
        for name in _FIELDS[kind]:
            value = getattr(self, name)
            if isinstance(value, Expr):
                yield value
            elif isinstance(value, tuple):
                yield from (item for item in value if isinstance(item, Expr))


@dataclass(frozen=True, kw_only=True)
class Literal_(Expr):
    """A value of a type."""

    value: Value
    type: Type


@dataclass(frozen=True, kw_only=True)
class FactValue(Expr):
    """The value of a fact in the case. A yes/no fact by itself is a condition."""

    fact: str
    type: Type
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class ParameterValue(Expr):
    """The value of a parameter inside a definition's body."""

    parameter: str
    type: Type


@dataclass(frozen=True, kw_only=True)
class DefinitionValue(Expr):
    """A definition, with arguments for its parameters."""

    definition: str
    arguments: tuple[Expr, ...] = ()
    type: Type


@dataclass(frozen=True, kw_only=True)
class OutputValue(Expr):
    """The value a policy gives to an output; stands only in expectations."""

    output: str
    type: Type


@dataclass(frozen=True, kw_only=True)
class ClauseApplies(Expr):
    """The named clause is applicable."""

    clause: str


@dataclass(frozen=True, kw_only=True)
class ClauseInScope(Expr):
    """What the named clause requires holds, whatever its exceptions (``as scope``)."""

    clause: str


@dataclass(frozen=True, kw_only=True)
class ClauseBroken(Expr):
    """The named clause is in force and what is done is not what it demands."""

    clause: str


@dataclass(frozen=True, kw_only=True)
class Negation(Expr):
    """Not the operand."""

    operand: Expr


@dataclass(frozen=True, kw_only=True)
class AllOf(Expr):
    """Every operand; with none, it holds."""

    operands: tuple[Expr, ...]


@dataclass(frozen=True, kw_only=True)
class AnyOf(Expr):
    """At least one operand; with none, it fails."""

    operands: tuple[Expr, ...]


@dataclass(frozen=True, kw_only=True)
class Implication(Expr):
    """The premise fails or the conclusion holds."""

    premise: Expr
    conclusion: Expr


@dataclass(frozen=True, kw_only=True)
class Counted(Expr):
    """At least, at most or exactly ``count`` of the operands hold."""

    bound: Literal["at least", "at most", "exactly"]
    count: int
    operands: tuple[Expr, ...]


CompareSign: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, kw_only=True)
class Compare(Expr):
    """Compares two values of one type. Numbers have one unit and one scale on both sides, and the
    values of an ordered enumeration are compared by their places in its list.

    INVARIANT: it does not hold when a part of it is an optional fact that is not established,
    whatever the sign.
    """

    sign: CompareSign
    left: Expr
    right: Expr


@dataclass(frozen=True, kw_only=True)
class Member(Expr):
    """A set includes all (or any) of the named values. Like every comparison, it does not hold
    of a set that is not established."""

    operand: Expr
    values: tuple[str, ...]
    quantity: Literal["any", "all", "none"]


@dataclass(frozen=True, kw_only=True)
class IsEmpty(Expr):
    """An established set has no members."""

    operand: Expr


@dataclass(frozen=True, kw_only=True)
class Established(Expr):
    """An optional fact is established."""

    fact: str


@dataclass(frozen=True, kw_only=True)
class Sum(Expr):
    """``left + right`` or ``left - right``, whole numbers of one unit and one scale.

    With a date on the left and days on the right it is a date, with two dates a number of days.
    """

    sign: Literal["+", "-"]
    left: Expr
    right: Expr


@dataclass(frozen=True, kw_only=True)
class Product(Expr):
    """A whole number times an expression; always linear.

    Where the author multiplies, ``places`` are the digits behind the point of the factor, so many
    more than the operand has are those of the product: ``0.35 * income`` has the factor 35 and
    two places. Where ``to`` is given, the product is the operand itself, brought to that type's
    unit and scale: years in months, with the factor 12.
    """

    factor: int
    operand: Expr
    places: int = 0
    to: Number | None = None


@dataclass(frozen=True, kw_only=True)
class AddMonths(Expr):
    """A date and a number of months: the same day of another month.

    ``rounding`` says what is taken where that month is too short for the day: its last day
    (``down``) or the first of the next one (``up``). See ``policy_dsl.calendar.add_months``.
    """

    operand: Expr
    months: Expr
    rounding: Rounding


@dataclass(frozen=True, kw_only=True)
class SizeOfSet(Expr):
    """How many members a set has."""

    operand: Expr


@dataclass(frozen=True, kw_only=True)
class ReadingIs(Expr):
    """The ambiguity is read this way."""

    ambiguity: str
    reading: str


NormState: TypeAlias = Literal[
    "must", "must not", "may", "need not", "should", "should not", "silent on"
]


@dataclass(frozen=True, kw_only=True)
class NormIs(Expr):
    """The policy says this of the action in the case; stands only in expectations.

    ``must`` is met by duties of must strength, ``should`` by duties of either strength.
    """

    state: NormState
    action: str


TRUE = AllOf(operands=())
"""The condition that always holds."""

YES_NO = YesNo()


def is_condition(expr: Expr) -> bool:
    """Whether an expression is true or false in a case."""
    match expr:
        case Literal_() | FactValue() | ParameterValue() | DefinitionValue() | OutputValue():
            return isinstance(expr.type, YesNo)
        case Sum() | Product() | AddMonths() | SizeOfSet():
            return False
        case _:
            return True


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression and everything below it, parents first."""
    yield expr
    for child in expr.children():
        yield from walk(child)
