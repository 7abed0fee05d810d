"""Which of two conditions asks for more, as their words show it: the same, or a narrower bound."""

from __future__ import annotations

from policy_dsl.model import Compare, CompareSign, Expr, Literal_

Part = tuple[Expr, bool]
"""A condition, and whether it has to hold or to fail."""

Parts = frozenset[Part]


def covers(narrow: Parts, wide: Parts) -> bool:
    """Whether everything that ``wide`` asks for is asked for by some part of ``narrow``.

    Exact for what it says: where it is so, every case that has all of ``narrow`` has all of
    ``wide``. It may be so in fact and not be seen here.
    """
    return all(each in narrow or any(_implies(other, each) for other in narrow) for each in wide)


def _implies(one: Part, other: Part) -> bool:
    """Whether a bound of a number or a date lies within another bound of the same."""
    (first, holds), (second, also) = one, other
    if not (holds and also and isinstance(first, Compare) and isinstance(second, Compare)):
        return False
    if first.left != second.left:
        return False
    match first.right, second.right:
        # Beside one and the same left side, both values have its unit and its scale.
        case Literal_(value=int(value)), Literal_(value=int(bound)):
            return _within(first.sign, value, second.sign, bound)
        case _:
            return False


def _within(sign: CompareSign, value: int, other: CompareSign, bound: int) -> bool:
    """Whether every number that is in one relation to a value is in another to a bound."""
    match sign, other:
        case ("=", ">") | (">=", ">"):
            return value > bound
        case ("=" | ">" | ">=", ">=") | (">", ">"):
            return value >= bound
        case ("=", "<") | ("<=", "<"):
            return value < bound
        case ("=" | "<" | "<=", "<=") | ("<", "<"):
            return value <= bound
        case ("=", "!="):
            return value != bound
        case (">", "!="):
            return value >= bound
        case ("<", "!="):
            return value <= bound
        case (">=", "!="):
            return value > bound
        case ("<=", "!="):
            return value < bound
        case _:
            return False
