"""Nodes of conditions and terms.

Nodes are frozen and keyword-only. A node's ``span`` never counts in equality, so two trees
are equal when they say the same, wherever it stands in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Literal, TypeAlias

from policy_dsl.source import Span

NOWHERE = Span(0, 0)


@dataclass(frozen=True, kw_only=True)
class Node:
    """What every node has: the span of its text."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)

    def children(self) -> Iterator[Node]:
        """The nodes directly below this one, in the order of their fields."""
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, Node):
                yield value
            elif isinstance(value, tuple):
                yield from (item for item in value if isinstance(item, Node))


# --- expressions -------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Name(Node):
    """A name as written: a fact, value, definition, clause, parameter, output or reading."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Text(Node):
    """A quoted text, its white space folded to single blanks."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Number(Node):
    """A number, with the unit the author wrote after it, if any.

    ``value`` counts steps of ``10 ** -places``: 12.50 is 1250 with two places.
    """

    value: int
    places: int = 0
    unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class DateValue(Node):
    """A calendar date, ``2017-02-21``."""

    value: date


@dataclass(frozen=True, kw_only=True)
class YesOrNo(Node):
    """The word ``yes`` or ``no`` as a value."""

    value: bool


@dataclass(frozen=True, kw_only=True)
class Call(Node):
    """A definition with arguments, ``older_than(18 years)``."""

    name: Name
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, kw_only=True)
class Not(Node):
    """``not X``."""

    operand: Expression


@dataclass(frozen=True, kw_only=True)
class And(Node):
    """``X and Y and ...``; at least two operands, none of them an ``And``."""

    operands: tuple[Expression, ...]


@dataclass(frozen=True, kw_only=True)
class Or(Node):
    """``X or Y or ...``; at least two operands, none of them an ``Or``."""

    operands: tuple[Expression, ...]


@dataclass(frozen=True, kw_only=True)
class Implies(Node):
    """``X implies Y``."""

    premise: Expression
    conclusion: Expression


Quantity: TypeAlias = Literal["any", "all", "none", "at least", "at most", "exactly"]


@dataclass(frozen=True, kw_only=True)
class Quantified(Node):
    """``any of X, Y`` and its kin; ``count`` is given with the three counting words only."""

    quantity: Quantity
    count: int | None = None
    operands: tuple[Expression, ...]


ComparisonSign: TypeAlias = Literal[
    "is",
    "is not",
    "=",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "is before",
    "is after",
    "is on or before",
    "is on or after",
]


@dataclass(frozen=True, kw_only=True)
class Comparison(Node):
    """``LEFT sign RIGHT``."""

    sign: ComparisonSign
    left: Expression
    right: Expression


@dataclass(frozen=True, kw_only=True)
class OneOf(Node):
    """``X is one of (V, W)``, or ``is not one of``."""

    operand: Expression
    values: tuple[Expression, ...]
    negated: bool = False


@dataclass(frozen=True, kw_only=True)
class Includes(Node):
    """``SET includes V``, ``includes any of (V, W)``, ``all of``, ``none of``."""

    operand: Expression
    quantity: Literal["any", "all", "none"] | None = None
    values: tuple[Name, ...]


StateTest: TypeAlias = Literal["established", "empty", "done", "broken"]


@dataclass(frozen=True, kw_only=True)
class IsTest(Node):
    """``X is established``, ``SET is empty``, ``ACTION is done``, ``CLAUSE is broken``, or its
    negation."""

    operand: Expression
    test: StateTest
    negated: bool = False


@dataclass(frozen=True, kw_only=True)
class Arithmetic(Node):
    """``LEFT + RIGHT``, with ``-`` and ``*`` likewise."""

    sign: Literal["+", "-", "*"]
    left: Expression
    right: Expression


@dataclass(frozen=True, kw_only=True)
class Negative(Node):
    """``- X`` for a number."""

    operand: Expression


@dataclass(frozen=True, kw_only=True)
class SizeOf(Node):
    """``number of SET``: how many members a set has."""

    operand: Expression


Modality: TypeAlias = Literal["must", "must not", "may", "need not", "should", "should not"]


@dataclass(frozen=True, kw_only=True)
class NormHolds(Node):
    """``must release`` as a statement about the outcome; only in ``expect``."""

    modality: Modality | Literal["silent on"]
    action: Name


Expression: TypeAlias = (
    Name
    | Number
    | DateValue
    | YesOrNo
    | Call
    | Not
    | And
    | Or
    | Implies
    | Quantified
    | Comparison
    | OneOf
    | Includes
    | IsTest
    | Arithmetic
    | Negative
    | SizeOf
    | NormHolds
)
