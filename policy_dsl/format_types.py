"""Types on one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from policy_dsl import syntax as ast
from policy_dsl.format_flat import quoted
from policy_dsl.types import in_digits


def flat_type(node: ast.TypeExpression) -> str:
    """A type on one line."""
    match node:
        case ast.YesNoType():
            return "yes/no"
        case ast.NamedType():
            return node.name.text
        case ast.InlineEnum():
            return f"one of ({flat_values(node.values, node.ordered)})"
        case ast.SetType():
            return f"set of {node.name.text}"
        case ast.IntegerType():
            bounds = _range(node.low, node.high, 0) or "integer"
            return f"{bounds} {node.unit}" if node.unit else bounds
        case ast.DecimalType():
            bounds = _range(node.low, node.high, node.places)
            bounds = bounds or f"decimal in steps of {in_digits(1, node.places)}"
            return f"{bounds} {node.unit}" if node.unit else bounds
        case ast.MoneyType():
            bounds = _range(node.low, node.high, node.places)
            return " ".join(each for each in ("money", bounds, node.currency.text) if each)
        case ast.DateType():
            if node.low is None and node.high is None:
                return "date"
            ends = [
                "" if each is None else each.value.isoformat() for each in (node.low, node.high)
            ]
            return " .. ".join(ends).strip()
        case _:
            assert_never(node)


def flat_values(values: Sequence[ast.EnumValue], ordered: bool) -> str:
    """The values of an enumeration on one line."""
    texts = [f"{v.name.text} {quoted(v.phrase)}" if v.phrase else v.name.text for v in values]
    return (" < " if ordered else ", ").join(texts)


def _range(low: int | None, high: int | None, places: int) -> str:
    """A range; empty where it has no ends."""
    if low is None and high is None:
        return ""
    ends = ["" if each is None else in_digits(each, places) for each in (low, high)]
    return " .. ".join(ends).strip()
