"""Sets, counted lists and arithmetic."""

from __future__ import annotations

from typing import cast

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.model import Expr
from policy_dsl.resolve_base import Context, ResolverBase, type_of_expression
from policy_dsl.source import Place
from policy_dsl.symbols import Unit
from policy_dsl.types import Integer, SetOf


class SetAndNumberResolver(ResolverBase):
    """Resolves what is said of sets and numbers."""

    def _is_test(self, unit: Unit, node: ast.IsTest, context: Context) -> Expr:
        operand = self._expr(unit, node.operand, context)
        place = Place(unit.source, node.span)
        if node.test == "empty":
            empty = model.IsEmpty(operand=self._a_set(unit, node, operand), place=place)
            if not node.negated:
                return empty
            some = model.Negation(operand=empty, place=place)
            if isinstance(operand, model.FactValue) and operand.optional:
                known = model.Established(fact=operand.fact, place=place)
                return model.AllOf(operands=(known, some), place=place)
            return some
        if not isinstance(operand, model.FactValue) or not operand.optional:
            raise self._fail(
                unit,
                node,
                f"'{self._words(unit, node.operand)}' is always established.",
                "Only facts declared 'optional' can be not established.",
            )
        known = model.Established(fact=operand.fact, place=place)
        return model.Negation(operand=known, place=place) if node.negated else known

    def _a_set(self, unit: Unit, node: ast.Node, operand: Expr) -> Expr:
        if not isinstance(type_of_expression(operand), SetOf):
            found = type_of_expression(operand)
            remedy = "Use 'is' to compare it."
            raise self._fail(unit, node, f"This is {found}, not a set.", remedy)
        return operand

    def _set(self, unit: Unit, node: ast.Includes | ast.SizeOf, context: Context) -> Expr:
        operand = self._a_set(unit, node, self._expr(unit, node.operand, context))
        place = Place(unit.source, node.span)
        if isinstance(node, ast.SizeOf):
            return model.SizeOfSet(operand=operand, place=place)
        element = cast(SetOf, type_of_expression(operand)).element
        values = []
        for name in node.values:
            literal = self._against(unit, name, context, element)
            if not isinstance(literal, model.Literal_):
                raise self._fail(
                    unit,
                    name,
                    f"'{name.text}' is not a value of {element}.",
                    "Its values are: " + ", ".join(element.values[:12]) + ".",
                )
            values.append(name.text)
        return model.Member(
            operand=operand, values=tuple(values), quantity=node.quantity or "all", place=place
        )

    def _quantified(self, unit: Unit, node: ast.Quantified, context: Context) -> Expr:
        operands = self._conditions(unit, node.operands, context)
        place = Place(unit.source, node.span)
        if node.count is not None and node.count > len(operands):
            raise self._fail(
                unit,
                node,
                f"The list has {len(operands)} member(s), so '{node.quantity} {node.count}' says "
                "nothing.",
                f"Choose a number up to {len(operands)}.",
                "L12",
            )
        match node.quantity:
            case "any":
                return model.AnyOf(operands=operands, place=place)
            case "all":
                return model.AllOf(operands=operands, place=place)
            case "none":
                some = model.AnyOf(operands=operands, place=place)
                return model.Negation(operand=some, place=place)
            case "at least" | "at most" | "exactly":
                return model.Counted(
                    bound=node.quantity, count=node.count or 0, operands=operands, place=place
                )

    def _arithmetic(
        self, unit: Unit, node: ast.Arithmetic | ast.Negative, context: Context
    ) -> Expr:
        place = Place(unit.source, node.span)
        if isinstance(node, ast.Negative):
            operand = self._number(unit, node.operand, context)
            if isinstance(operand, model.Literal_):
                value = -cast(int, operand.value)
                unit_ = cast(Integer, operand.type).unit
                return model.Literal_(value=value, type=Integer(value, value, unit_), place=place)
            return model.Product(factor=-1, operand=operand, place=place)
        left = self._number(unit, node.left, context)
        right = self._number(unit, node.right, context)
        if node.sign == "*":
            for factor, operand in ((left, right), (right, left)):
                if isinstance(factor, model.Literal_):
                    by = cast(int, factor.value)
                    return model.Product(factor=by, operand=operand, place=place)
            raise self._fail(
                unit,
                node,
                "Two values of a case cannot be multiplied with each other.",
                "One side of '*' must be a plain number.",
            )
        mine = cast(Integer, type_of_expression(left)).unit
        other = cast(Integer, type_of_expression(right)).unit
        if mine and other and mine != other:
            raise self._fail(
                unit, node, f"{mine} and {other} cannot be added.", "Use one unit on both sides."
            )
        return model.Sum(sign=node.sign, left=left, right=right, place=place)

    def _number(self, unit: Unit, node: ast.Expression, context: Context) -> Expr:
        expr = self._expr(unit, node, context)
        if not isinstance(type_of_expression(expr), Integer):
            raise self._fail(
                unit,
                node,
                f"'{self._words(unit, node)}' is {type_of_expression(expr)}, not a number.",
                "Only numbers can be added, subtracted or multiplied.",
            )
        return expr
