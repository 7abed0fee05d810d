"""What all parts of the expression resolver share: tables, errors, types of expressions."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Code, did_you_mean
from policy_dsl.model import Expr
from policy_dsl.source import Place
from policy_dsl.symbols import Symbols, Unit
from policy_dsl.types import Enumeration, Integer, Type, YesNo, contains


@dataclass(frozen=True)
class Signature:
    """What the resolver needs to know of a definition before its body is resolved."""

    parameters: tuple[tuple[str, Type], ...]
    type: Type


@dataclass(frozen=True, kw_only=True)
class Context:
    """Which names may stand in an expression besides facts, definitions and clauses."""

    parameters: Mapping[str, Type] = field(default_factory=dict)
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
    define: Callable[[str, Unit, ast.Node], Signature | None] = field(
        default=lambda _name, _unit, _node: None
    )

    @abstractmethod
    def _expr(self, unit: Unit, node: ast.Expression, context: Context) -> Expr:
        """Any expression. Raises ``Failed`` once its error is recorded."""

    @abstractmethod
    def _conditions(
        self, unit: Unit, nodes: tuple[ast.Expression, ...], context: Context
    ) -> tuple[Expr, ...]:
        """Several conditions; all of them are looked at before ``Failed`` is raised."""

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
            declared = node.text in self.symbols.table or node.text in context.parameters
            if not declared and node.text not in self.symbols.broken:
                near = did_you_mean(node.text, type_.values)
                remedy = (
                    f"Did you mean '{near}'?"
                    if near
                    else ("Its values are: " + ", ".join(type_.values[:12]) + ".")
                )
                raise self._fail(
                    unit, node, f"'{node.text}' is not a value of {type_}.", remedy, "L03"
                )
        return self._expr(unit, node, context)

    def _same_type(self, unit: Unit, node: ast.Node, expr: Expr, wanted: Type) -> None:
        found = type_of_expression(expr)
        match wanted, found:
            case Integer(), Integer():
                if wanted.unit and found.unit and wanted.unit != found.unit:
                    raise self._fail(
                        unit,
                        node,
                        f"This is in {found.unit}; here {wanted.unit} are needed.",
                        "Use one unit on both sides.",
                    )
                value = expr.value if isinstance(expr, model.Literal_) else None
                if value is not None and not contains(wanted, value):
                    raise self._fail(
                        unit,
                        node,
                        f"{value} lies outside {wanted}.",
                        "Choose a number inside the range, or widen the range.",
                        "L12",
                    )
            case _ if wanted != found:
                raise self._fail(
                    unit, node, f"This is {found}; here {wanted} is needed.", "Mend the type."
                )


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
            assert isinstance(left, Integer)
            assert isinstance(right, Integer)
            return Integer(unit=left.unit or right.unit)
        case model.Product():
            inner = type_of_expression(expr.operand)
            assert isinstance(inner, Integer)
            return Integer(unit=inner.unit)
        case model.SizeOfSet():
            return Integer(low=0)
    return YesNo()
