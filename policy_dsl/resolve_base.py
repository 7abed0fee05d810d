"""What all parts of the expression resolver share: tables, errors, types of expressions."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Code, did_you_mean
from policy_dsl.model import Expr
from policy_dsl.quantities import places_of, sum_type, unbounded
from policy_dsl.resolve_types import described, listed, same_kind
from policy_dsl.source import Place
from policy_dsl.symbols import Symbols, Unit
from policy_dsl.types import (
    Date,
    DecimalNumber,
    Duration,
    Enumeration,
    Integer,
    Money,
    Number,
    SetOf,
    Type,
    YesNo,
    is_number,
)


@dataclass(frozen=True)
class Signature:
    """What the resolver needs to know of a definition before its body is resolved."""

    parameters: tuple[tuple[str, Type], ...]
    type: Type


@dataclass(frozen=True, kw_only=True)
class Context:
    """Which names may stand in an expression besides facts, definitions and clauses. The type of
    a parameter is None after an error in it."""

    parameters: Mapping[str, Type | None] = field(default_factory=dict)
    outcomes: bool = False
    readings: bool = False


class Failed(Exception):
    """An expression could not be resolved; its error is already recorded."""


@dataclass
class ResolverBase:
    """The tables of one policy, and what is said when an expression is wrong."""

    symbols: Symbols
    facts: dict[str, model.Fact] = field(default_factory=dict)
    outputs: dict[str, Type] = field(default_factory=dict)
    signatures: dict[str, Signature] = field(default_factory=dict)
    readings: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @abstractmethod
    def _expr(self, unit: Unit, node: ast.Expression, context: Context) -> Expr:
        """Any expression. Raises ``Failed`` once its error is recorded."""

    @abstractmethod
    def _conditions(
        self, unit: Unit, nodes: tuple[ast.Expression, ...], context: Context
    ) -> tuple[Expr, ...]:
        """Several conditions; all of them are looked at before ``Failed`` is raised."""

    def _both(
        self, unit: Unit, left: ast.Expression, right: ast.Expression, context: Context
    ) -> tuple[Expr, Expr]:
        """Two expressions; both are looked at before ``Failed`` is raised."""
        found = [self.term(unit, each, context) for each in (left, right)]
        one, other = found
        if one is None or other is None:
            raise Failed
        return one, other

    def term(self, unit: Unit, node: ast.Expression, context: Context) -> Expr | None:
        """An expression of any type; None after an error."""
        try:
            return self._expr(unit, node, context)
        except Failed:
            return None

    def _fail(
        self, unit: Unit, node: ast.Node, message: str, remedy: str, code: Code = "L05"
    ) -> Failed:
        self.symbols.problem(code, unit.source, node.span, message, remedy)
        return Failed()

    @staticmethod
    def _words(unit: Unit, node: ast.Node) -> str:
        words = " ".join(unit.source.text[node.span.start : node.span.end].split())
        return words if len(words) <= 60 else words[:57] + "..."

    def _against(self, unit: Unit, node: ast.Expression, context: Context, type_: Type) -> Expr:
        """Resolve an expression where a value of a type is expected: a bare name may then be
        one of the values of an enumeration."""
        if isinstance(node, ast.Name) and isinstance(type_, Enumeration):
            place = Place(unit.source, node.span)
            if node.text in type_.values:
                return model.Literal_(value=node.text, type=type_, place=place)
            known = self.symbols.meant(unit, node).text in self.symbols.table
            declared = known or node.text in context.parameters
            if not declared:
                raise self._not_a_value(unit, node, type_)
        return self._expr(unit, node, context)

    def _not_a_value(self, unit: Unit, node: ast.Name, type_: Enumeration) -> Failed:
        near = did_you_mean(node.text, type_.values)
        hidden = near is None and self.symbols.incomplete
        if hidden or node.text in self.symbols.doubtful:
            return Failed()
        what = f"of the values of {type_.name}" if type_.name else "of the values of that fact"
        remedy = f"Did you mean '{near}'?" if near else f"Its values are: {listed(type_)}"
        return self._fail(unit, node, f"'{node.text}' is not one {what}.", remedy, "L03")

    def _argument(self, unit: Unit, node: ast.Expression, context: Context, wanted: Type) -> Expr:
        """An expression whose value goes to something of a type: an output or a parameter."""
        expr = self._against(unit, node, context, wanted)
        found, words = type_of_expression(expr), self._words(unit, node)
        if not same_kind(found, wanted):
            raise self._fail(
                unit,
                node,
                f"'{words}' is {described(found)}; here {described(wanted)} is needed.",
                example_of(wanted),
            )
        if is_number(wanted) and is_number(found):
            return self._fitted(unit, node, expr, wanted)
        return expr

    @abstractmethod
    def _fitted(self, unit: Unit, node: ast.Expression, expr: Expr, wanted: Number) -> Expr:
        """A number in the unit and scale of a type. Raises ``Failed`` if it cannot be."""

    def _arguments(
        self,
        unit: Unit,
        nodes: Sequence[ast.Expression],
        context: Context,
        wanted: Sequence[Type],
    ) -> tuple[Expr, ...]:
        """As many arguments as types; all are looked at before ``Failed`` is raised."""
        found = []
        for node, type_ in zip(nodes, wanted, strict=True):
            try:
                found.append(self._argument(unit, node, context, type_))
            except Failed:
                continue
        if len(found) < len(wanted):
            raise Failed
        return tuple(found)


def example_of(wanted: Type) -> str:
    """How a value of a type is given."""
    match wanted:
        case YesNo():
            return "Write yes, no, or a condition in brackets."
        case Date():
            return "Write a date, such as 2020-12-31, or a fact that is one."
        case Integer() | DecimalNumber() | Money() | Duration():
            return "Write a number, or a sum of numbers."
        case Enumeration():
            return f"Write one of: {listed(wanted)}"
        case SetOf():
            return "Name a fact that is such a set."


def type_of_expression(expr: Expr) -> Type:
    """The type of a resolved expression; conditions are yes/no."""
    match expr:
        case (
            model.Literal_()
            | model.FactValue()
            | model.ParameterValue()
            | model.DefinitionValue()
            | model.OutputValue()
        ):
            return expr.type
        case model.Sum():
            left, right = type_of_expression(expr.left), type_of_expression(expr.right)
            assert is_number(left)
            assert is_number(right)
            return sum_type(left, right)
        case model.Product():
            inner = type_of_expression(expr.operand)
            assert is_number(inner)
            return expr.to or unbounded(inner, places_of(inner) + expr.places)
        case model.AddMonths():
            return Date()
        case model.SizeOfSet():
            return Integer(low=0)
    return YesNo()
