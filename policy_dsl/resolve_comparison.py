"""Comparisons and readings: two values of one type, or an ambiguity and one of its readings."""

from __future__ import annotations

from typing import cast

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import did_you_mean
from policy_dsl.model import Expr
from policy_dsl.resolve_base import Context, Failed, type_of_expression
from policy_dsl.resolve_quantities import QuantityResolver
from policy_dsl.resolve_types import described, listed, same_kind
from policy_dsl.resolve_unknown import unknown
from policy_dsl.source import Place
from policy_dsl.symbols import Unit
from policy_dsl.types import Date, Enumeration, SetOf, Type, YesNo, is_number

OF_READINGS = (
    ast.Not,
    ast.And,
    ast.Or,
    ast.Implies,
    ast.Quantified,
    ast.Comparison,
    ast.OneOf,
)
"""What a condition on readings is made of."""


_DATED = {
    "is before": "<",
    "is after": ">",
    "is on or before": "<=",
    "is on or after": ">=",
}
_EXACT = {"is": "=", "is not": "!=", **_DATED}
"""The sign that each word of comparison stands for."""


class ComparisonResolver(QuantityResolver):
    """Resolves comparisons."""

    def _comparison(self, unit: Unit, node: ast.Comparison, context: Context) -> Expr:
        ambiguity = self._ambiguity(unit, node.left)
        if ambiguity is not None:
            return self._reading(unit, node, ambiguity, context)
        if context.readings:
            raise self._not_a_reading(unit, node.left)
        left = self.term(unit, node.left, context)
        if left is None:
            if not isinstance(node.right, ast.Name):  # a name could be a value of what failed
                self.term(unit, node.right, context)
            raise Failed
        if isinstance(type_of_expression(left), SetOf):
            raise self._set_compared(unit, node, (node.right,), left)
        return self._compared(unit, node, left, context)

    def _ambiguity(self, unit: Unit, node: ast.Expression) -> str | None:
        """The ambiguity that an expression names, if it does."""
        found = self.symbols.meant(unit, node).text if isinstance(node, ast.Name) else None
        return found if found in self.readings else None

    def _compared(self, unit: Unit, node: ast.Comparison, left: Expr, context: Context) -> Expr:
        """A comparison of which the left side is resolved."""
        type_ = type_of_expression(left)
        right = self._against(unit, node.right, context, type_)
        self._check_types(unit, node, type_, type_of_expression(right))
        left, right = self._aligned(unit, node, (node.left, left), (node.right, right))
        exact = cast(model.CompareSign, _EXACT.get(node.sign, node.sign))
        place = Place(unit.source, node.span)
        if isinstance(type_, YesNo):
            self._check_plain(unit, node, left, right)
            if isinstance(right, model.Literal_):
                holds = bool(right.value) == (exact == "=")
                short = _shortened(left, holds, place)
                if short is not None:
                    return short
        return model.Compare(sign=exact, left=left, right=right, place=place)

    def _set_compared(
        self,
        unit: Unit,
        node: ast.Comparison | ast.OneOf,
        others: tuple[ast.Expression, ...],
        left: Expr,
    ) -> Failed:
        words = self._words(unit, node.left if isinstance(node, ast.Comparison) else node.operand)
        sign = "is not one of" if isinstance(node, ast.OneOf) and node.negated else "is one of"
        sign = node.sign if isinstance(node, ast.Comparison) else sign
        element = cast(SetOf, type_of_expression(left)).element
        named = [each.text for each in others if isinstance(each, ast.Name)]
        listed_ = f"any of ({', '.join(named)})" if len(named) > 1 else "".join(named)
        return self._fail(
            unit,
            node,
            f"'{words}' is a set, which '{sign}' cannot compare.",
            f"Write '{words} includes {listed_}'."
            if named and set(named) <= set(element.values)
            else f"Write '{words} includes VALUE', '{words} includes any of (...)', "
            f"'{words} is empty' or 'number of {words} >= 1'.",
        )

    def _check_types(self, unit: Unit, node: ast.Comparison, left: Type, right: Type) -> None:
        one, other = self._words(unit, node.left), self._words(unit, node.right)
        if not same_kind(left, right):
            raise self._fail(
                unit,
                node,
                f"'{one}' is {described(left)}, '{other}' is {described(right)}: the two cannot "
                "be compared.",
                f"Compare '{one}' with one of: {listed(left)}"
                if isinstance(left, Enumeration)
                else f"Compare '{one}' with {described(left)}.",
            )
        if node.sign in _DATED and not isinstance(left, Date):
            raise self._fail(
                unit,
                node,
                f"'{node.sign}' compares dates, and '{one}' is {described(left)}.",
                f"Write '{_EXACT[node.sign]}' instead.",
            )
        if node.sign in ("is", "is not", "=", "!=") or is_number(left):
            return
        if isinstance(left, Enumeration) and not left.ordered:
            shown = listed(left).replace(", ", " < ")
            raise self._fail(
                unit,
                node,
                f"'{node.sign}' compares things that have an order, and '{one}' is "
                f"{described(left)}, whose values have none.",
                f"Write 'is' or 'is not', or declare the values from the lowest to the highest: "
                f"one of {shown}",
            )
        if not isinstance(left, Enumeration):
            raise self._fail(
                unit,
                node,
                f"'{node.sign}' compares numbers, and '{one}' is {described(left)}.",
                "Write 'is' or 'is not'.",
            )

    def _check_plain(self, unit: Unit, node: ast.Comparison, left: Expr, right: Expr) -> None:
        """Refuse conditions as sides, where 'is' is most often one word too many."""
        if _plain(left) and _plain(right):
            return
        one = self._words(unit, node.left)
        literal = isinstance(right, model.Literal_)
        raise self._fail(
            unit,
            node,
            f"'{node.sign}' compares values, and "
            f"'{one if not _plain(left) else self._words(unit, node.right)}' is a condition.",
            f"Write '{one}' alone, or 'not' before it."
            if literal
            else "Give the condition a name with 'define', and compare the name.",
        )

    def _reading(self, unit: Unit, node: ast.Comparison, name: str, context: Context) -> Expr:
        words = self._words(unit, node)
        if not context.readings:
            raise self._fail(
                unit,
                node,
                f"'{name}' is an ambiguity; readings stand only after 'under'.",
                f"Write 'under {words}' as a part of its own.",
            )
        known = self.readings[name]
        reading = node.right.text if isinstance(node.right, ast.Name) else ""
        if name in self.symbols.doubtful:
            raise Failed
        if reading not in known:
            near = did_you_mean(reading, known)
            raise self._fail(
                unit,
                node.right,
                f"'{self._words(unit, node.right)}' is not a reading of '{name}'.",
                f"Did you mean '{near}'?" if near else "Its readings are: " + ", ".join(known),
                "L03",
            )
        if node.sign not in ("is", "is not"):
            raise self._fail(
                unit,
                node,
                f"'{node.sign}' does not go with a reading.",
                f"Write '{name} is {reading}' or '{name} is not {reading}'.",
            )
        place = Place(unit.source, node.span)
        chosen = model.ReadingIs(ambiguity=name, reading=reading, place=place)
        return chosen if node.sign == "is" else model.Negation(operand=chosen, place=place)

    def _not_a_reading(self, unit: Unit, node: ast.Expression) -> Failed:
        """What is said of something else where only readings may stand."""
        if not isinstance(node, ast.Name):
            return self._fail(
                unit,
                node,
                "Only readings of ambiguities stand behind 'under'.",
                "Write it behind 'when' instead.",
            )
        ambiguity = self._ambiguity(unit, node)
        if ambiguity is not None:
            first = self.readings[ambiguity][0]
            return self._fail(
                unit,
                node,
                f"'{node.text}' is an ambiguity: say which reading.",
                f"Write '{node.text} is {first}'.",
            )
        for name, readings in self.readings.items():
            if node.text in readings and node.text not in self.symbols.table:
                return self._fail(
                    unit,
                    node,
                    f"'{node.text}' is a reading; say of which ambiguity.",
                    f"Write '{name} is {node.text}'.",
                )
        unknown(self.symbols, unit.source, node, "an ambiguity", self.readings)
        return Failed()

    def _one_of(self, unit: Unit, node: ast.OneOf, context: Context) -> Expr:
        reading = self._ambiguity(unit, node.operand) is not None
        left = None if reading or context.readings else self._expr(unit, node.operand, context)
        if left is not None and isinstance(type_of_expression(left), SetOf):
            raise self._set_compared(unit, node, node.values, left)
        limbs = []
        for value in node.values:  # every value is looked at, so that all errors are reported
            limb = ast.Comparison(
                sign="is not" if node.negated else "is",
                left=node.operand,
                right=value,
                span=node.operand.span.to(value.span),
            )
            try:
                limbs.append(
                    self._comparison(unit, limb, context)
                    if left is None
                    else self._compared(unit, limb, left, context)
                )
            except Failed:
                continue
        if len(limbs) < len(node.values):
            raise Failed
        place = Place(unit.source, node.span)
        if node.negated:
            return model.AllOf(operands=tuple(limbs), place=place)
        return model.AnyOf(operands=tuple(limbs), place=place)


def _shortened(left: Expr, holds: bool, place: Place) -> Expr | None:
    """``badge is yes`` as ``badge``, and ``badge is no`` as ``not badge``.

    INVARIANT: only where both mean the same. A denial does not where the value can be not
    established, or where the question is which value was set.
    """
    match left:
        case model.FactValue(optional=True):
            return None
        case model.FactValue() | model.Literal_() if not holds:
            return model.Negation(operand=left, place=place)
    return left if holds else None


def _plain(expr: Expr) -> bool:
    return isinstance(
        expr,
        model.Literal_
        | model.FactValue
        | model.ParameterValue
        | model.DefinitionValue
        | model.OutputValue,
    )
