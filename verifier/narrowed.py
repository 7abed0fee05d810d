"""Conditions that leave a number, a day or a rank just one value, said as that value.

"31 December 2020 or later" and "31 December 2020 or earlier" is said as "31 December 2020".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from policy_dsl import model
from policy_dsl.model import Expr, Policy
from policy_dsl.terms import is_optional
from policy_dsl.types import Enumeration, Value, is_number
from policy_dsl.wording import FLIPPED, OPPOSITE
from verifier.linear import FREE, Interval, interval

Statement = Sequence[tuple[Expr, bool]]


def narrowed(policy: Policy, statement: Iterable[tuple[Expr, bool]]) -> Statement:
    """A statement in which bounds that together allow one value are a single condition, in the
    place of the first of them. It says the same."""
    said = list(statement)
    groups: dict[tuple[Expr, ...], list[tuple[int, _Bound]]] = {}
    for place, (expr, truth) in enumerate(said):
        bound = _bound(policy, expr, truth)
        if bound is not None:
            groups.setdefault(bound.key, []).append((place, bound))
    gone: set[int] = set()
    for members in groups.values():
        low = max(bound.span[0] for _, bound in members)
        high = min(bound.span[1] for _, bound in members)
        if len(members) > 1 and low == high:
            first, bound = members[0]
            said[first] = (bound.exactly(int(low)), True)
            gone.update(place for place, _ in members[1:])
    return [each for place, each in enumerate(said) if place not in gone]


@dataclass(frozen=True)
class _Bound:
    """Where a condition puts what ``key`` stands for, and how to say that it is one value."""

    key: tuple[Expr, ...]
    span: Interval
    exactly: Callable[[int], Expr]


def _bound(policy: Policy, expr: Expr, truth: bool) -> _Bound | None:
    """What a condition says about one quantity; None where it is no such condition, or where it
    may also hold of what is not established."""
    match expr:
        case model.Counted():
            return _counted(expr, truth)
        case model.Compare() if truth or not is_optional(policy, expr):
            return _compared(expr, truth)
    return None


def _counted(expr: model.Counted, truth: bool) -> _Bound | None:
    """How many of some conditions hold."""
    match expr.bound, truth:
        case "at least", _:
            span = interval(">=" if truth else "<", expr.count)
        case "at most", _:
            span = interval("<=" if truth else ">", expr.count)
        case "exactly", True:
            span = interval("=", expr.count)
        case _:
            return None
    return _Bound(
        expr.operands, span, lambda count: replace(expr, bound="exactly", count=max(count, 0))
    )


def _compared(expr: model.Compare, truth: bool) -> _Bound | None:
    """A comparison with a fixed value, or with another term: then the difference is bounded."""
    left, sign, right = expr.left, expr.sign, expr.right
    if isinstance(left, model.Literal_):
        left, sign, right = right, FLIPPED[sign], left
    if not truth:
        sign = OPPOSITE[sign]
    if isinstance(left, model.Literal_):
        return None
    type_ = right.type if isinstance(right, model.Literal_) else None
    place = _place(right) if isinstance(right, model.Literal_) else 0
    span = FREE if place is None else interval(sign, place)
    if span == FREE:
        return None
    if type_ is None:
        same = model.Compare(sign="=", left=left, right=right)
        return _Bound((left, right), span, lambda _: same)

    def exactly(place: int) -> Expr:
        value: Value = type_.values[place] if isinstance(type_, Enumeration) else place
        return model.Compare(sign="=", left=left, right=model.Literal_(value=value, type=type_))

    return _Bound((left,), span, exactly)


def _place(literal: model.Literal_) -> int | None:
    """A number itself, or the place of a value in the list of an ordered enumeration."""
    type_, value = literal.type, literal.value
    if is_number(type_) and isinstance(value, int):
        return value
    if isinstance(type_, Enumeration) and type_.ordered and isinstance(value, str):
        return type_.values.index(value)
    return None
