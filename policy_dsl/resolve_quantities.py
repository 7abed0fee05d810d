"""Two numbers brought to one unit and one scale, or the error that they do not go together."""

from __future__ import annotations

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.build import LARGEST
from policy_dsl.currencies import CURRENCIES
from policy_dsl.model import Expr
from policy_dsl.quantities import (
    MOST_PLACES,
    common,
    convert,
    is_plain,
    places_of,
    steps,
    unbounded,
    unit_of,
)
from policy_dsl.resolve_base import Failed, ResolverBase, example_of, type_of_expression
from policy_dsl.resolve_types import described
from policy_dsl.source import Place
from policy_dsl.symbols import Unit
from policy_dsl.types import (
    TIME_UNITS,
    Date,
    DecimalNumber,
    Duration,
    Integer,
    Money,
    Number,
    contains,
    is_number,
)
from policy_dsl.values import written

Written = tuple[ast.Expression, Expr]
"""An expression as it was written, and what it means."""


class QuantityResolver(ResolverBase):
    """Resolves what is said of two numbers together."""

    def _aligned(
        self, unit: Unit, node: ast.Node, left: Written, right: Written
    ) -> tuple[Expr, Expr]:
        """Two expressions of one kind; numbers in one unit and scale. Raises ``Failed``."""
        one, other = type_of_expression(left[1]), type_of_expression(right[1])
        if not is_number(one) or not is_number(other):
            return left[1], right[1]
        both = common(one, other)
        if both is None:
            raise self._apart(unit, node, left, right)
        if places_of(both) > MOST_PLACES:
            raise self._too_fine(unit, node)
        # A number that is written out takes the unit of the other side, where that is exact.
        for written_, type_, wanted in ((left[1], one, other), (right[1], other, one)):
            value = written_.value if isinstance(written_, model.Literal_) else None
            fits = isinstance(value, int) and convert(value, type_, unbounded(wanted)) is not None
            if fits and not (is_plain(wanted) and not is_plain(type_)):
                both = unbounded(wanted)
                break
        return self._bring(unit, left, both), self._bring(unit, right, both)

    def _bring(self, unit: Unit, part: Written, to: Number) -> Expr:
        """A number in the unit and scale of a type that it goes with, exactly."""
        node, expr = part
        own = type_of_expression(expr)
        assert is_number(own)
        times, by = steps(own, to)
        if isinstance(expr, model.Literal_) and isinstance(expr.value, int):
            if isinstance(own, Integer) and isinstance(to, Integer):
                return expr
            return self._scaled(unit, node, expr, expr.value * times // by, to)
        assert by == 1, "both sides are brought to the finer of their scales"
        if times == 1:
            return expr
        if isinstance(expr, model.Product) and expr.to is not None:
            times, expr = times * expr.factor, expr.operand
        return model.Product(factor=times, operand=expr, to=to, place=expr.place)

    def _scaled(
        self, unit: Unit, node: ast.Node, expr: Expr, value: int, to: Number
    ) -> model.Literal_:
        if not isinstance(to, Date) and abs(value) > LARGEST:
            raise self._fail(
                unit,
                node,
                "This number is too large.",
                f"Numbers go up to {LARGEST}, counted in the smallest step that they are compared "
                "in.",
                "L12",
            )
        return literal_of(value, to, expr.place)

    def _fitted(self, unit: Unit, node: ast.Expression, expr: Expr, wanted: Number) -> Expr:
        words, found = self._words(unit, node), type_of_expression(expr)
        assert is_number(found)
        if common(found, wanted) is None:
            if isinstance(found, Date) or isinstance(wanted, Date):
                message = f"'{words}' is {described(found)}; here {described(wanted)} is needed."
                raise self._fail(unit, node, message, example_of(wanted))
            message = f"'{words}' is in {unit_of(found)}; here {unit_of(wanted)} are needed."
            raise self._fail(unit, node, message, _remedy(found, wanted))
        to = unbounded(wanted)
        times, by = steps(found, to)
        value = expr.value if isinstance(expr, model.Literal_) else None
        if by != 1 and (not isinstance(value, int) or value * times % by):
            raise self._fail(
                unit,
                node,
                f"'{words}' can be a number between two steps of {wanted}.",
                "Nothing is rounded: declare the number with more digits behind the point, or in "
                "a smaller unit.",
            )
        expr = self._bring(unit, (node, expr), to)
        if isinstance(expr, model.Literal_) and not contains(wanted, expr.value):
            shown = written(to, expr.value) if isinstance(expr.value, int) else words
            raise self._fail(
                unit,
                node,
                f"{shown} lies outside {wanted}.",
                "Choose a date inside the range, or declare a wider range."
                if isinstance(wanted, Date)
                else "Choose a number inside the range, or declare a wider range.",
                "L12",
            )
        return expr

    def _apart(self, unit: Unit, node: ast.Node, left: Written, right: Written) -> Failed:
        """What is said of two numbers that do not go together."""
        one, other = self._words(unit, left[0]), self._words(unit, right[0])
        mine, yours = type_of_expression(left[1]), type_of_expression(right[1])
        assert is_number(mine)
        assert is_number(yours)
        if isinstance(mine, Date) or isinstance(yours, Date):
            message = (
                f"'{one}' is {described(mine)}, '{other}' is {described(yours)}: the two do not go "
                "together."
            )
        else:
            message = f"'{one}' is in {unit_of(mine)}, '{other}' in {unit_of(yours)}."
        return self._fail(unit, node, message, _remedy(mine, yours))

    def _too_fine(self, unit: Unit, node: ast.Node) -> Failed:
        return self._fail(
            unit,
            node,
            "This number has too many digits.",
            f"Up to {MOST_PLACES} digits can stand behind the point.",
            "L12",
        )


def _remedy(one: Number, other: Number) -> str:
    if isinstance(one, Date) or isinstance(other, Date):
        return "Compare a date with a date, such as 2020-12-31, or with a sum: DATE + 30 days"
    if isinstance(one, Duration) and isinstance(other, Duration):
        return (
            "A month has no fixed number of days. Give both in days or weeks, or both in months or "
            "years, or compare dates: LATER is on or after EARLIER + 3 months"
        )
    if isinstance(one, Money) and isinstance(other, Money):
        return "Amounts in different currencies are never converted: use one currency."
    return "Use one unit on both sides; such units are never converted."


def literal(node: ast.Number | ast.DateValue, place: Place) -> model.Literal_:
    """A number or date that is written out."""
    if isinstance(node, ast.DateValue):
        return literal_of(node.value.toordinal(), Date(), place)
    if node.unit is None:
        type_: Number = DecimalNumber(places=node.places) if node.places else Integer()
    elif node.unit in TIME_UNITS:
        type_ = Duration(unit=TIME_UNITS[node.unit], places=node.places)
    elif node.unit in CURRENCIES:
        places = max(CURRENCIES[node.unit], node.places)
        value = node.value * int(10 ** (places - node.places))
        return literal_of(value, Money(currency=node.unit, places=places), place)
    elif node.places:
        type_ = DecimalNumber(unit=node.unit, places=node.places)
    else:
        type_ = Integer(unit=node.unit)
    return literal_of(node.value, type_, place)


def literal_of(value: int, type_: Number, place: Place | None) -> model.Literal_:
    """A literal; the type of a number that is written out holds nothing but that number."""
    match type_:
        case Integer():
            exact: Number = Integer(value, value, type_.unit)
        case DecimalNumber():
            exact = DecimalNumber(value, value, type_.unit, type_.places)
        case Money():
            exact = Money(value, value, type_.currency, type_.places)
        case Date():
            exact = Date(value, value)
        case Duration():
            exact = Duration(value, value, type_.unit, type_.places)
    return model.Literal_(value=value, type=exact, place=place)
