"""Sums and products, also of dates and lengths of time."""

from __future__ import annotations

from dataclasses import dataclass, field

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.calendar import SURE_DAY, Rounding, add_months, civil, has_same_day
from policy_dsl.model import Expr
from policy_dsl.quantities import MOST_PLACES, is_plain, places_of, steps, unit_of
from policy_dsl.resolve_base import Context, Failed, type_of_expression
from policy_dsl.resolve_quantities import QuantityResolver, Written, literal_of
from policy_dsl.resolve_types import described
from policy_dsl.source import Place
from policy_dsl.symbols import Unit
from policy_dsl.types import MONTHLY, Date, Duration, Number, is_number

_ROUNDING: dict[str, Rounding] = {"before": "down", "after": "up"}


@dataclass
class ArithmeticResolver(QuantityResolver):
    """Resolves arithmetic. ``missing_day`` is filled by the caller: by the name of a file, what
    its document takes for a day that a month lacks."""

    missing_day: dict[str, model.MissingDay] = field(default_factory=dict)

    def _arithmetic(
        self, unit: Unit, node: ast.Arithmetic | ast.Negative, context: Context
    ) -> Expr:
        if isinstance(node, ast.Negative):
            operand = self._expr(unit, node.operand, context)
            self._check_numbers(unit, [(node.operand, operand)])
            return self._negative(unit, node, operand)
        left, right = self._both(unit, node.left, node.right, context)
        self._check_numbers(unit, [(node.left, left), (node.right, right)])
        one, other = (node.left, left), (node.right, right)
        if node.sign == "*":
            return self._product(unit, node, left, right)
        if any(isinstance(type_of_expression(each), Date) for each in (left, right)):
            return self._dates(unit, node, node.sign, one, other)
        left, right = self._aligned(unit, node, one, other)
        return model.Sum(
            sign=node.sign, left=left, right=right, place=Place(unit.source, node.span)
        )

    def _negative(self, unit: Unit, node: ast.Node, operand: Expr) -> Expr:
        type_ = _number(operand)
        place = Place(unit.source, node.span)
        if isinstance(type_, Date):
            raise self._fail(
                unit,
                node,
                "A date has no negative.",
                "Days are counted between two dates: LATER - EARLIER",
            )
        if isinstance(operand, model.Literal_) and isinstance(operand.value, int):
            return literal_of(-operand.value, type_, place)
        return model.Product(factor=-1, operand=operand, place=place)

    # --- dates ----------------------------------------------------------------------------

    def _dates(
        self, unit: Unit, node: ast.Arithmetic, sign: str, left: Written, right: Written
    ) -> Expr:
        """A sum or difference with a date in it."""
        place = Place(unit.source, node.span)
        if sign == "+" and not isinstance(type_of_expression(left[1]), Date):
            left, right = right, left
        first, second = _number(left[1]), _number(right[1])
        if isinstance(first, Date) and isinstance(second, Date):
            if sign == "-":
                return model.Sum(sign="-", left=left[1], right=right[1], place=place)
            raise self._fail(
                unit,
                node,
                "Two dates cannot be added.",
                "Subtract them to count the days between them, or add a length of time: "
                "DATE + 30 days",
            )
        words = self._words(unit, right[0])
        if not isinstance(first, Date) or not isinstance(second, Duration):
            what = self._words(unit, left[0]) if isinstance(second, Date) else words
            found = first if isinstance(second, Date) else second
            raise self._fail(
                unit,
                node,
                f"'{what}' is {described(found)}, which does not go with a date here.",
                "Only a length of time is added to a date or taken from it, with its unit: "
                "DATE + 30 days",
            )
        if second.unit in MONTHLY:
            return self._months(unit, node, "-" if sign == "-" else "+", left, right)
        days = Duration(unit="days")
        times, by = steps(second, days)
        value = right[1].value if isinstance(right[1], model.Literal_) else None
        exact = isinstance(value, int) and value * times % by == 0
        if by != 1 and not exact:
            raise self._fail(
                unit,
                node,
                f"'{words}' is in {second.unit}, and a date has no time of day.",
                "Add whole days or weeks to a date: DATE + 3 days",
            )
        added = self._bring(unit, right, days)
        return model.Sum(sign="-" if sign == "-" else "+", left=left[1], right=added, place=place)

    def _months(
        self, unit: Unit, node: ast.Arithmetic, sign: str, left: Written, right: Written
    ) -> Expr:
        """A date some months or years later or earlier."""
        place = Place(unit.source, node.span)
        date, months = left[1], self._whole_months(unit, right)
        if sign == "-":
            months = self._negative(unit, right[0], months)
        chosen = self.missing_day.get(unit.source.name)
        rounding = _ROUNDING[chosen] if chosen else None
        day = date.value if isinstance(date, model.Literal_) else None
        count = months.value if isinstance(months, model.Literal_) else None
        if isinstance(day, int):
            if isinstance(count, int) and (rounding or has_same_day(day, count)):
                return literal_of(add_months(day, count, rounding or "down"), Date(), place)
            if civil(day)[2] <= SURE_DAY:
                return model.AddMonths(operand=date, months=months, rounding="down", place=place)
        if rounding is None:
            raise self._fail(
                unit,
                node,
                f"'{self._words(unit, node)}' can be a day that does not exist, as 31 January and "
                "1 month would be 31 February.",
                "Say in the document's header, under 'policy', which day counts then: missing_day "
                "before (the last day before it) or missing_day after (the first day after it).",
                "L08",
            )
        return model.AddMonths(operand=date, months=months, rounding=rounding, place=place)

    def _whole_months(self, unit: Unit, part: Written) -> Expr:
        node, expr = part
        months = Duration(unit="months")
        times, by = steps(_number(expr), months)
        value = expr.value if isinstance(expr, model.Literal_) else None
        if by != 1 and (not isinstance(value, int) or value * times % by):
            raise self._fail(
                unit,
                node,
                f"'{self._words(unit, node)}' is not a whole number of months.",
                "Add whole months or years to a date.",
            )
        return self._bring(unit, part, months)

    # --- products -------------------------------------------------------------------------

    def _product(self, unit: Unit, node: ast.Arithmetic, left: Expr, right: Expr) -> Expr:
        place = Place(unit.source, node.span)
        plain = [(left, right), (right, left)]
        if any(isinstance(_number(each), Date) for each in (left, right)):
            raise self._fail(
                unit,
                node,
                "A date cannot be multiplied.",
                "Add a length of time to it: DATE + 30 days",
            )
        for factor, operand in plain:
            by = _constant(factor)
            if by is not None and is_plain(_number(factor)):
                places = places_of(_number(factor))
                if places + places_of(_number(operand)) > MOST_PLACES:
                    raise self._too_fine(unit, node)
                return model.Product(factor=by, operand=operand, places=places, place=place)
        for (factor, _), written in zip(plain, (node.left, node.right), strict=True):
            if _constant(factor) is not None:
                raise self._fail(
                    unit,
                    node,
                    f"'{self._words(unit, written)}' has a unit; what multiplies must be a plain "
                    "number.",
                    f"Leave out '{unit_of(_number(factor))}'.",
                )
        raise self._fail(
            unit,
            node,
            "Two values of a case cannot be multiplied with each other.",
            "One side of '*' must be a plain number.",
        )

    def _check_numbers(self, unit: Unit, parts: list[Written]) -> None:
        """Report what is no number. Raises ``Failed`` if anything is not."""
        wrong = [each for each in parts if not is_number(type_of_expression(each[1]))]
        for node, expr in wrong:
            self._fail(
                unit,
                node,
                f"'{self._words(unit, node)}' is {described(type_of_expression(expr))}, not a "
                "number.",
                "Only numbers can be added, subtracted or multiplied.",
            )
        if wrong:
            raise Failed


def _number(expr: Expr) -> Number:
    type_ = type_of_expression(expr)
    assert is_number(type_)
    return type_


def _constant(expr: Expr) -> int | None:
    """The value of a number that is the same in every case, as far as can be seen."""
    match expr:
        case model.Literal_(value=int() as value):
            return value
        case model.Product():
            inner = _constant(expr.operand)
            return None if inner is None else expr.factor * inner
        case model.Sum():
            left, right = _constant(expr.left), _constant(expr.right)
            if left is None or right is None:
                return None
            return left + right if expr.sign == "+" else left - right
    return None
