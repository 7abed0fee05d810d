"""Groups of persons by brute force: every pair of cases, every choice of actions, every assignment.

This works from the definitions alone and shares no code with ``policy_dsl.groups``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement, product

from policy_dsl.compliance import Constraint, Duty
from policy_dsl.model import (
    ClauseApplies,
    ClauseInScope,
    DefinitionValue,
    Established,
    Expr,
    FactValue,
    Policy,
    Resource,
    Strength,
    walk,
)
from tests.verifier.world import Point, Read, World

Costs = frozenset[int]
"""The numbers of units with which what is done in a person's case can comply."""

LARGEST = 3
"""The most persons in a group that is looked at."""


@dataclass(frozen=True)
class Person:
    """A pair of cases of one person, and what it costs to deal with the person at one strength:
    as the evaluator takes it (``costs``), and by duties of which the words are strong enough
    (``by_words``). ``curable``: with enough units, one can comply."""

    supplied: Point
    short: Point
    costs: Costs
    by_words: Costs
    curable: bool

    @property
    def read(self) -> Read:
        """The readings of both cases."""
        return self.supplied.read


def about(policy: Policy, expr: Expr) -> frozenset[str]:
    """The facts that a condition is about."""
    found: set[str] = set()
    for each in walk(expr):
        match each:
            case FactValue() | Established():
                found.add(each.fact)
            case DefinitionValue():
                for case in policy.definitions[each.definition].cases:
                    found |= about(policy, case.body)
            case ClauseApplies() | ClauseInScope():
                for condition in policy.clauses[each.clause].conditions:
                    found |= about(policy, condition)
    return frozenset(found)


def uses(policy: Policy, resource: Resource) -> dict[str, int]:
    """How many units each action uses."""
    return {
        action.name: sum(each.count for each in action.uses if each.resource == resource.name)
        for action in policy.actions.values()
    }


def _kept(constraints: tuple[Constraint, ...], choice: dict[str, bool]) -> bool:
    return all(
        each.low <= sum(choice[action] for action in each.actions) <= each.high
        for each in constraints
    )


def _by_words(point: Point, strength: Strength) -> tuple[Constraint, ...]:
    """All that has to be kept in a case, of the duties those whose words are strong enough."""
    return tuple(
        each
        for each in point.outcome.constraints["should"]
        if not isinstance(each.origin, Duty)
        or strength == "should"
        or each.origin.effect.strength == "must"
    )


def persons(world: World, resource: Resource, strength: Strength) -> Iterator[Person]:
    """Every person, for one resource."""
    policy = world.policy
    used = uses(policy, resource)
    choices = [
        dict(zip(policy.actions, done, strict=True))
        for done in product((True, False), repeat=len(policy.actions))
    ]

    def cost(choice: dict[str, bool]) -> int:
        return sum(used[action] for action, done in choice.items() if done)

    def costs(constraints: tuple[Constraint, ...]) -> Costs:
        return frozenset(cost(each) for each in choices if _kept(constraints, each))

    by_words = {id(p): costs(_by_words(p, strength)) for p in world.points}
    in_all = {id(p): costs(p.outcome.constraints[strength]) for p in world.points}
    for supplied, short in _pairs(world, resource):
        yield Person(
            supplied,
            short,
            costs=in_all[id(supplied)] | (in_all[id(short)] & {0}),
            by_words=by_words[id(supplied)] | (by_words[id(short)] & {0}),
            curable=bool(in_all[id(supplied)]),
        )


def _pairs(world: World, resource: Resource) -> Iterator[tuple[Point, Point]]:
    if resource.short is None:
        yield from ((point, point) for point in world.points)
        return
    differing = about(world.policy, resource.short)

    def alike(point: Point) -> tuple[object, ...]:
        facts = point.case.facts.items()
        return (point.read, *(value for name, value in facts if name not in differing))

    left_out: dict[tuple[object, ...], list[Point]] = {}
    for point in world.points:
        if world.holds(resource.short, point):
            left_out.setdefault(alike(point), []).append(point)
    for point in world.points:
        if not world.holds(resource.short, point):
            yield from ((point, other) for other in left_out.get(alike(point), ()))


def smallest_groups(everybody: list[Person], capacity: int) -> dict[Read, int]:
    """Under each reading the size of the smallest group of persons who could each be dealt with,
    and for whom no assignment of the units complies; groups up to ``LARGEST`` are looked at."""
    kinds: dict[Read, set[Costs]] = {}
    for each in everybody:
        if each.curable:
            kinds.setdefault(each.read, set()).add(each.by_words)
    found: dict[Read, int] = {}
    for read, costs in kinds.items():
        ordered = sorted(costs, key=sorted)
        for size in range(1, LARGEST + 1):
            groups = combinations_with_replacement(ordered, size)
            if any(not any(sum(a) <= capacity for a in product(*group)) for group in groups):
                found[read] = size
                break
    return found
