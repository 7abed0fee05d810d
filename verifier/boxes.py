"""Which clauses can never apply together, by their own plain conditions, without a solver.

Every clause gets a box: for some facts, an interval or a set of values outside which the clause
certainly does not apply. Boxes that do not meet settle a pair of clauses by arithmetic alone; for
a table of a thousand disjoint rules that is every pair. What boxes cannot tell is left to the
solver.

INVARIANT: a box is never too small: every case in which the conditions hold lies inside it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from policy_dsl import model
from policy_dsl.model import Expr, Policy
from policy_dsl.types import Enumeration, Integer

Interval: TypeAlias = tuple[float, float]
"""Bounds of a number, both included; infinite where there is none."""

Range: TypeAlias = Interval | int
"""What a box says of one fact or ambiguity: an interval, or a set of values as bits."""

Box: TypeAlias = Mapping[str, Range]
"""What must hold of some facts and ambiguities; those not named are free."""

_FREE: Interval = (float("-inf"), float("inf"))


@dataclass
class Boxes:
    """Makes the boxes of one policy's conditions."""

    policy: Policy
    _known: dict[int, tuple[Expr, Box]] = field(default_factory=dict)

    def of(self, conditions: Iterable[Expr]) -> Box:
        """The box of several conditions that all have to hold."""
        box: dict[str, Range] = {}
        for condition in conditions:
            for key, value in self._box(condition).items():
                _narrow(box, key, value)
        return box

    def _box(self, expr: Expr) -> Box:
        found = self._known.get(id(expr))
        if found is None:
            found = self._known[id(expr)] = (expr, self._made(expr))
        return found[1]

    def _made(self, expr: Expr) -> Box:
        match expr:
            case model.AllOf():
                return self.of(expr.operands)
            case model.AnyOf(operands=(first, *rest)):
                return _around([self._box(first), *(self._box(each) for each in rest)])
            case model.FactValue(optional=False):
                return {expr.fact: 2}
            case model.Negation(operand=model.FactValue(optional=False) as inner):
                return {inner.fact: 1}
            case model.ReadingIs():
                readings = self.policy.ambiguities[expr.ambiguity].readings
                index = [each.name for each in readings].index(expr.reading)
                return {f"reading {expr.ambiguity}": 1 << index}
            case model.Compare(left=model.FactValue() as fact, right=model.Literal_() as literal):
                return _compared(expr.sign, fact, literal)
            case model.DefinitionValue(arguments=()):
                cases = self.policy.definitions[expr.definition].cases
                if len(cases) == 1 and model.is_condition(cases[0].body):
                    return self._box(cases[0].body)
        return {}


def _compared(
    sign: model.CompareSign, fact: model.FactValue, literal: model.Literal_
) -> dict[str, Range]:
    match fact.type, literal.value:
        case Integer(), int() as value:
            low, high = _FREE
            bounds: dict[model.CompareSign, Interval] = {
                "=": (value, value),
                "<": (low, value - 1),
                "<=": (low, value),
                ">": (value + 1, high),
                ">=": (value, high),
            }
            return {fact.fact: bounds[sign]} if sign in bounds else {}
        case Enumeration(values=values), str() as value:
            bit = 1 << values.index(value)
            every = (1 << len(values)) - 1
            return {fact.fact: bit if sign == "=" else every & ~bit}
    return {}


def _narrow(box: dict[str, Range], key: str, value: Range) -> None:
    known = box.get(key)
    if known is None:
        box[key] = value
    elif isinstance(known, int) and isinstance(value, int):
        box[key] = known & value
    elif isinstance(known, tuple) and isinstance(value, tuple):
        box[key] = (max(known[0], value[0]), min(known[1], value[1]))


def _around(boxes: Sequence[Box]) -> dict[str, Range]:
    """The smallest box around some boxes; it speaks only of what all of them speak of."""
    around: dict[str, Range] = {}
    for key, first in boxes[0].items():
        values = [box.get(key) for box in boxes]
        if isinstance(first, int):
            bits = [each for each in values if isinstance(each, int)]
            if len(bits) == len(boxes):
                union = 0
                for each in bits:
                    union |= each
                around[key] = union
        else:
            spans = [each for each in values if isinstance(each, tuple)]
            if len(spans) == len(boxes):
                around[key] = (min(s[0] for s in spans), max(s[1] for s in spans))
    return around


def meeting(groups: Sequence[Sequence[Box]]) -> list[list[int]]:
    """For each group, the positions of the boxes that meet some box of every other group."""
    kept = [set(range(len(group))) for group in groups]
    for i, ones in enumerate(groups):
        for j in range(i + 1, len(groups)):
            partners = _partners(ones, groups[j])
            reached = 0
            for bits in partners:
                reached |= bits
            kept[i] &= {at for at in range(len(ones)) if reached >> at & 1}
            kept[j] &= {at for at, bits in enumerate(partners) if bits}
    return [sorted(each) for each in kept]


def _partners(ones: Sequence[Box], twos: Sequence[Box]) -> list[int]:
    """For each box of the second group, the boxes of the first that it meets, as bits."""
    everyone = (1 << len(ones)) - 1
    partners = [everyone] * len(twos)
    for key in dict.fromkeys(key for box in ones for key in box):
        asking = [(at, box[key]) for at, box in enumerate(twos) if key in box]
        if not asking:
            continue
        free = sum(1 << at for at, box in enumerate(ones) if key not in box)
        named = [(at, box[key]) for at, box in enumerate(ones) if key in box]
        if isinstance(asking[0][1], int):
            _meet_values(partners, asking, named, free)
        else:
            _meet_intervals(partners, asking, named, free)
    return partners


def _meet_values(
    partners: list[int],
    asking: Sequence[tuple[int, Range]],
    named: Sequence[tuple[int, Range]],
    free: int,
) -> None:
    known: dict[int, int] = {}
    for at, bits in asking:
        if not isinstance(bits, int):
            continue
        if bits not in known:
            met = [i for i, other in named if isinstance(other, int) and other & bits]
            known[bits] = free | sum(1 << i for i in met)
        partners[at] &= known[bits]


def _meet_intervals(
    partners: list[int],
    asking: Sequence[tuple[int, Range]],
    named: Sequence[tuple[int, Range]],
    free: int,
) -> None:
    """Two intervals meet when each begins before the other ends: two sorted lists tell which."""
    spans = [(i, value) for i, value in named if isinstance(value, tuple)]
    by_low = sorted((low, i) for i, (low, _) in spans)
    by_high = sorted((high, i) for i, (_, high) in spans)
    begun = [0]
    for _, i in by_low:
        begun.append(begun[-1] | 1 << i)
    going = [0]
    for _, i in reversed(by_high):
        going.append(going[-1] | 1 << i)
    going.reverse()
    lows, highs = [low for low, _ in by_low], [high for high, _ in by_high]
    for at, value in asking:
        if isinstance(value, tuple):
            low, high = value
            met = begun[bisect_right(lows, high)] & going[bisect_left(highs, low)]
            partners[at] &= free | met
