"""Comparisons and readings: two values of one type, or an ambiguity and one of its readings."""

from __future__ import annotations

from typing import cast

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import did_you_mean
from policy_dsl.model import Expr
from policy_dsl.resolve_base import Context, ResolverBase, type_of_expression
from policy_dsl.source import Place
from policy_dsl.symbols import Unit
from policy_dsl.types import Integer, SetOf, YesNo


class ComparisonResolver(ResolverBase):
    """Resolves comparisons."""

    def _comparison(self, unit: Unit, node: ast.Comparison, context: Context) -> Expr:
        reading = self._reading(unit, node, context)
        if reading is not None:
            return reading
        left = self._expr(unit, node.left, context)
        type_ = type_of_expression(left)
        right = self._against(unit, node.right, context, type_)
        return self.compare(unit, node, node.sign, left, right)

    def compare(self, unit: Unit, node: ast.Node, sign: str, left: Expr, right: Expr) -> Expr:
        """A comparison of two resolved values, after their types were found to fit."""
        type_ = type_of_expression(left)
        place = Place(unit.source, node.span)
        bounds = Integer(unit=type_.unit) if isinstance(type_, Integer) else type_
        self._same_type(unit, node, right, bounds)
        if isinstance(type_, SetOf):
            raise self._fail(
                unit,
                node,
                "Sets are not compared with each other.",
                "Write 'SET includes VALUE', 'SET includes any of (...)' or 'SET is empty'.",
            )
        exact = cast(model.CompareSign, {"is": "=", "is not": "!="}.get(sign, sign))
        if exact not in ("=", "!=") and not isinstance(type_, Integer):
            raise self._fail(
                unit, node, f"'{sign}' compares numbers, and this is {type_}.", "Write 'is'."
            )
        if isinstance(type_, YesNo):
            optional = isinstance(left, model.FactValue) and left.optional
            if not _plain(left) or not _plain(right):
                raise self._fail(
                    unit,
                    node,
                    "Conditions are not compared with 'is'.",
                    "Write the condition itself, or 'not' before it.",
                )
            if isinstance(right, model.Literal_) and not optional:
                holds = bool(right.value) == (exact == "=")
                return left if holds else model.Negation(operand=left, place=place)
        return model.Compare(sign=exact, left=left, right=right, place=place)

    def _reading(self, unit: Unit, node: ast.Comparison, context: Context) -> Expr | None:
        if not isinstance(node.left, ast.Name) or node.left.text not in self.readings:
            return None
        name = node.left.text
        if not context.readings:
            raise self._fail(
                unit,
                node,
                f"'{name}' is an ambiguity; readings stand only after 'under'.",
                f"Write 'under {name} is ...' on a line of its own.",
            )
        known = self.readings[name]
        reading = node.right.text if isinstance(node.right, ast.Name) else ""
        if node.sign not in ("is", "is not") or reading not in known:
            near = did_you_mean(reading, known)
            raise self._fail(
                unit,
                node.right,
                f"'{self._words(unit, node.right)}' is not a reading of '{name}'.",
                f"Did you mean '{near}'?" if near else "Its readings are: " + ", ".join(known),
                "L03",
            )
        place = Place(unit.source, node.span)
        chosen = model.ReadingIs(ambiguity=name, reading=reading, place=place)
        return chosen if node.sign == "is" else model.Negation(operand=chosen, place=place)

    def _one_of(self, unit: Unit, node: ast.OneOf, context: Context) -> Expr:
        sign = "is not" if node.negated else "is"
        limbs = tuple(
            self._comparison(
                unit,
                ast.Comparison(
                    sign=cast(ast.ComparisonSign, sign),
                    left=node.operand,
                    right=value,
                    span=node.operand.span.to(value.span),
                ),
                context,
            )
            for value in node.values
        )
        place = Place(unit.source, node.span)
        if node.negated:
            return model.AllOf(operands=limbs, place=place)
        return model.AnyOf(operands=limbs, place=place)


def _plain(expr: Expr) -> bool:
    return isinstance(
        expr,
        model.Literal_
        | model.FactValue
        | model.ParameterValue
        | model.DefinitionValue
        | model.OutputValue,
    )
