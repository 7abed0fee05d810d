"""Cases of a policy: all of them where they are few enough, or random ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from policy_dsl.case import Case
from policy_dsl.model import Literal_, Policy
from policy_dsl.types import Enumeration, Integer, SetOf, Type, Value, YesNo
from tests.strategies.dice import Dice
from tests.strategies.everywhere import expressions
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
        case Integer(low=int() as low, high=int() as high):
            return list(range(low, high + 1))
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
    """A case; numbers may lie outside their range, and assumptions may be broken. Readings may
    differ from the settled ones."""

    def value(type_: Type) -> Value:
        match type_:
            case YesNo():
                return dice.chance(50)
            case Enumeration():
                return dice.choice(type_.values)
            case SetOf(element=element):
                return frozenset(dice.some(element.values, 0, len(element.values)))
            case Integer():
                return dice.choice(numbers)

    return Case(
        facts={
            name: None if fact.optional and dice.chance(25) else value(fact.type)
            for name, fact in policy.facts.items()
        },
        readings={
            name: dice.choice(each.readings).name for name, each in policy.ambiguities.items()
        },
    )
