"""Values of two versions: which types can be compared, and what is common to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from policy_dsl.model import AnyOf, Compare, Expr, FactValue, Literal_, Member, Negation, Policy
from policy_dsl.types import Enumeration, SetOf, Type, is_number


def comparable(one: Type, other: Type) -> bool:
    """Whether values of two types can be the value of one and the same fact: numbers of one unit
    and one scale, or lists that have their common values in one order where this counts."""
    if isinstance(one, SetOf) and isinstance(other, SetOf):
        return comparable(one.element, other.element)
    if isinstance(one, Enumeration) and isinstance(other, Enumeration):
        return one.ordered == other.ordered and (
            not one.ordered or merged_order(one.values, other.values) is not None
        )
    if is_number(one) and is_number(other):
        return replace(one, low=None, high=None) == replace(other, low=None, high=None)
    return one == other


def merged_order(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...] | None:
    """Two lists in one that keeps the order of both, or None where there is none. The values of
    the second list come first where the order leaves that open."""
    left, right, found = list(one), list(other), list[str]()
    while left or right:
        if right and (right[0] not in left or right[0] == left[0]):
            taken = right[0]
        elif left and left[0] not in right:
            taken = left[0]
        else:
            return None
        found.append(taken)
        left = [each for each in left if each != taken]
        right = [each for each in right if each != taken]
    return tuple(found)


def common_types(old: Policy, new: Policy) -> tuple[dict[Type, Type], dict[Type, Type]]:
    """The common types of lists of values, by those of either version."""
    linked: list[tuple[Enumeration, Enumeration]] = []
    for name, each in old.facts.items():
        if name in new.facts:
            linked += _lists(each.type, new.facts[name].type)
    for name, output in old.outputs.items():
        if name in new.outputs:
            linked += _lists(output.type, new.outputs[name].type)
    groups: list[tuple[set[Enumeration], set[Enumeration]]] = []
    for one, other in linked:
        lefts, rights = {one}, {other}
        for group in [g for g in groups if one in g[0] or other in g[1]]:
            groups.remove(group)
            lefts, rights = lefts | group[0], rights | group[1]
        groups.append((lefts, rights))
    olds: dict[Type, Type] = {}
    news: dict[Type, Type] = {}
    for lefts, rights in groups:
        if lefts == rights and len(lefts) == 1:
            continue
        made = _united([*sorted(lefts, key=str), *sorted(rights, key=str)])
        olds |= dict.fromkeys(lefts, made)
        news |= dict.fromkeys(rights, made)
    return olds, news


def _lists(one: Type, other: Type) -> list[tuple[Enumeration, Enumeration]]:
    if isinstance(one, SetOf) and isinstance(other, SetOf):
        return [(one.element, other.element)]
    if isinstance(one, Enumeration) and isinstance(other, Enumeration):
        return [(one, other)]
    return []


def _united(types: Sequence[Enumeration]) -> Enumeration:
    """One list that holds the values of several, with the words of the last that has them."""
    last = types[-1]
    values: tuple[str, ...] = ()
    for each in types:
        merged = merged_order(values, each.values) if last.ordered else None
        if merged is None:
            extra = tuple(v for v in values if v not in each.values)
            merged = (*each.values, *extra)
        values = merged
    said = {
        v: phrase for each in types for v, phrase in zip(each.values, each.phrases, strict=False)
    }
    return Enumeration(last.name, values, tuple(said.get(v) for v in values), last.ordered)


def within(own: Type, type_: Type, node: FactValue) -> Iterator[Expr]:
    """That a value is one of a version's own type."""
    match own, type_:
        case Enumeration(values=values), Enumeration() if set(values) != set(type_.values):
            others = [each for each in type_.values if each not in values]
            yield Negation(
                operand=AnyOf(
                    operands=tuple(
                        Compare(sign="=", left=node, right=Literal_(value=each, type=type_))
                        for each in others
                    )
                )
            )
        case SetOf(element=element), SetOf(element=wide):
            extra = tuple(each for each in wide.values if each not in element.values)
            if extra:
                yield Member(operand=node, values=extra, quantity="none")
        case _ if is_number(own) and is_number(type_):
            if own.low is not None and own.low != type_.low:
                yield Compare(sign=">=", left=node, right=Literal_(value=own.low, type=type_))
            if own.high is not None and own.high != type_.high:
                yield Compare(sign="<=", left=node, right=Literal_(value=own.high, type=type_))
        case _:
            return
