"""Groups of persons by brute force: every pair of cases, every choice of actions, every assignment.

This works from the definitions alone and shares no code with ``policy_dsl.groups``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, product

from policy_dsl.closures import Run
from policy_dsl.compliance import Constraint, Duty
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import (
    TRUE,
    ClauseApplies,
    ClauseInScope,
    DefinitionValue,
    Established,
    Expr,
    FactValue,
    Incapacity,
    Policy,
    Resource,
    Strength,
    walk,
)
from tests.verifier.world import Point, Read, World

Constraints = tuple[Constraint, ...]

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


def differing_facts(policy: Policy, resource: Resource) -> frozenset[str]:
    """The facts in which one who is supplied may differ from one who is short: those that the
    resource's ``short`` is about, and whether what uses it is done."""
    deeds = {f"{action} is done" for action, count in uses(policy, resource).items() if count}
    declared = set() if resource.short is None else about(policy, resource.short)
    return frozenset(declared | (deeds & set(policy.facts)))


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


def _by_words(constraints: Constraints, strength: Strength) -> Constraints:
    """Of some constraints all but the duties whose words are not strong enough."""
    return tuple(
        each
        for each in constraints
        if not isinstance(each.origin, Duty)
        or strength == "should"
        or each.origin.effect.strength == "must"
    )


class _Costs:
    """With which numbers of units what is done in a case can comply.

    Where cases say what is done in fact, a clash may count for nothing: then each set of actions
    within reach is put to the evaluator. Else each choice of actions is looked at by itself.
    """

    def __init__(self, world: World, resource: Resource) -> None:
        self.policy = policy = world.policy
        self.used = uses(policy, resource)
        using = [action for action, count in self.used.items() if count]
        self.choices = [
            dict(zip(policy.actions, done, strict=True))
            for done in product((True, False), repeat=len(policy.actions))
        ]
        self.evaluators: list[tuple[int, Evaluator]] = []
        if any(fact.endswith(" is done") for fact in policy.facts):
            for done in product((True, False), repeat=len(using)):
                bars = tuple(
                    Incapacity(action=action, when=TRUE, place=policy.actions[action].place)
                    for action, chosen in zip(using, done, strict=True)
                    if not chosen
                )
                barred = replace(policy, incapacities=(*policy.incapacities, *bars))
                cost = sum(self.used[a] for a, chosen in zip(using, done, strict=True) if chosen)
                self.evaluators.append((cost, Evaluator(barred)))

    def of(self, point: Point, pick: Callable[[Constraints], Constraints], name: Strength) -> Costs:
        """The costs by those of a case's constraints that are picked."""
        if not self.evaluators:
            kept = pick(point.outcome.constraints[name])
            return frozenset(
                sum(self.used[action] for action, done in choice.items() if done)
                for choice in self.choices
                if _kept(kept, choice)
            )
        found = set()
        for cost, evaluator in self.evaluators:
            constraints = pick(evaluator.outcome(point.case).constraints[name])
            run = Run(point.case.facts, point.case.readings)
            if not evaluator._deeds.conflict(constraints, run):
                found.add(cost)
        return frozenset(found)


def persons(world: World, resource: Resource, strength: Strength) -> Iterator[Person]:
    """Every person, for one resource."""
    known = _Costs(world, resource)
    words = {
        id(p): known.of(p, lambda given: _by_words(given, strength), "should") for p in world.points
    }
    in_all = {id(p): known.of(p, lambda given: given, strength) for p in world.points}
    for supplied, short in _pairs(world, resource):
        yield Person(
            supplied,
            short,
            costs=in_all[id(supplied)] | (in_all[id(short)] & {0}),
            by_words=words[id(supplied)] | (words[id(short)] & {0}),
            curable=bool(in_all[id(supplied)]),
        )


def _pairs(world: World, resource: Resource) -> Iterator[tuple[Point, Point]]:
    differing = differing_facts(world.policy, resource)
    used = uses(world.policy, resource)
    deeds = [f"{action} is done" for action, count in used.items() if count]
    deeds = [each for each in deeds if each in world.policy.facts]

    def alike(point: Point) -> tuple[object, ...]:
        facts = point.case.facts.items()
        return (point.read, *(value for name, value in facts if name not in differing))

    left_out: dict[tuple[object, ...], list[Point]] = {}
    for point in world.points:
        done = any(point.case.facts[each] for each in deeds)
        if world.holds(resource.short, point) and not done:
            left_out.setdefault(alike(point), []).append(point)
    for point in world.points:
        if resource.short is None or not world.holds(resource.short, point):
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
