"""Cases of a policy: all of them where they are few enough, or random ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from policy_dsl.calendar import FIRST_DAY, LAST_DAY
from policy_dsl.case import Case
from policy_dsl.model import AddMonths, Literal_, Policy
from policy_dsl.quantities import places_of, unit_of
from policy_dsl.types import (
    Date,
    Enumeration,
    Integer,
    Number,
    SetOf,
    Type,
    Value,
    YesNo,
    is_number,
)
from tests.strategies.dice import Dice
from tests.strategies.everywhere import expressions
from tests.strategies.quantities import UNEVEN
from verifier.readings import options


def values(type_: Type) -> list[Value]:
    """Every value of a type. Raises ``ValueError`` for numbers without bounds."""
    match type_:
        case YesNo():
            return [False, True]
        case Enumeration():
            return list(type_.values)
        case SetOf(element=element):
            sizes = range(len(element.values) + 1)
            return [frozenset(s) for n in sizes for s in combinations(element.values, n)]
        case _ if is_number(type_) and type_.low is not None and type_.high is not None:
            return list(range(type_.low, type_.high + 1))
        case _:
            raise ValueError(f"{type_} has no end")


def all_readings(policy: Policy) -> Iterator[dict[str, str]]:
    """Every combination of open readings."""
    names = list(policy.ambiguities)
    for combination in product(*(options(policy, name) for name in names)):
        yield dict(zip(names, combination, strict=True))


def all_facts(policy: Policy) -> Iterator[dict[str, Value]]:
    """Every combination of values of the facts, whether assumptions allow it or not."""
    facts = policy.facts.values()
    pools = [[*([None] if each.optional else []), *values(each.type)] for each in facts]
    for combination in product(*pools):
        yield dict(zip(policy.facts, combination, strict=True))


def numbers_of(policy: Policy) -> list[int]:
    """Numbers at which something may change in a policy, and some that are far from all."""
    found = {0, 1, 10**15, -(10**15)}
    for expr in expressions(policy):
        if isinstance(expr, Literal_) and isinstance(expr.type, Integer):
            found.add(int(str(expr.value)))
    for fact in policy.facts.values():
        if isinstance(fact.type, Integer):
            found |= {bound for bound in (fact.type.low, fact.type.high) if bound is not None}
    return sorted(near for each in found for near in (each - 1, each, each + 1))


def random_case(policy: Policy, dice: Dice, numbers: list[int]) -> Case:
    """A case; numbers may lie outside their range, but for those of a policy that adds months to
    dates, and assumptions may be broken. Readings may differ from the settled ones."""
    ranged = any(isinstance(each, AddMonths) for each in expressions(policy))

    def value(type_: Type) -> Value:
        found = any_value(type_)
        return _inside(type_, found) if ranged and isinstance(found, int) else found

    def any_value(type_: Type) -> Value:
        match type_:
            case YesNo():
                return dice.chance(50)
            case Enumeration():
                return dice.choice(type_.values)
            case SetOf(element=element):
                return frozenset(dice.some(element.values, 0, len(element.values)))
            case Integer():
                return dice.choice(numbers)
            case _:
                return dice.choice(fine[_scale(type_)])

    fine = _fine_numbers(policy)
    return Case(
        facts={
            name: None if fact.optional and dice.chance(25) else value(fact.type)
            for name, fact in policy.facts.items()
        },
        readings={
            name: dice.choice(each.readings).name for name, each in policy.ambiguities.items()
        },
    )


def _inside(type_: Type, number: int) -> int:
    """The number of a type that is nearest to a number."""
    low, high = (type_.low, type_.high) if is_number(type_) else (None, None)
    number = number if low is None else max(low, number)
    return number if high is None else min(high, number)


_Scale = tuple[type, str | None, int]


def _scale(type_: Number) -> _Scale:
    return type(type_), unit_of(type_), places_of(type_)


def _fine_numbers(policy: Policy) -> dict[_Scale, list[int]]:
    """Values at which something may change, for each kind and scale of the numbers in a policy;
    dates also where the calendar is uneven. Every date is one that can be written."""
    found: dict[_Scale, set[int]] = {}
    types: list[tuple[Type, Value]] = [(fact.type, None) for fact in policy.facts.values()]
    types += [(each.type, each.value) for each in expressions(policy) if isinstance(each, Literal_)]
    for type_, value in types:
        if is_number(type_):
            named = found.setdefault(_scale(type_), set())
            named |= {each for each in (type_.low, type_.high, value) if isinstance(each, int)}
            named |= set(UNEVEN) if isinstance(type_, Date) else {0, 1}
    near = {
        scale: sorted(value + way for value in named for way in (-1, 0, 1))
        for scale, named in found.items()
    }
    dates = _scale(Date())
    if dates in near:
        near[dates] = [each for each in near[dates] if FIRST_DAY <= each <= LAST_DAY]
    return near
