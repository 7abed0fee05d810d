"""Clashes of norms by brute force: which sets of clauses cannot be honoured in which case.

This works from the definitions alone: all subsets of needs and decisions, all choices of actions,
all cases. It shares no code with ``verifier.clashes``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations, product

from policy_dsl.case import Case
from policy_dsl.model import Incapacity, NormEffect, Policy, Strength
from tests.verifier.world import Point, Read, Shown, World

Need = tuple[str, bool]
"""An action, and whether it is to be done."""


Parts = frozenset[tuple[str | None, int]]
"""Clauses, and incapacities by their index."""


@dataclass(frozen=True)
class Shape:
    """Needs and decisions that cannot hold together, while every part of them can. One need may
    be that of a permission or release (``liberty``, its index)."""

    needs: tuple[Need, ...]
    decisions: tuple[str, ...]
    liberty: int | None = None


@dataclass(frozen=True)
class Origin:
    """What a need comes from: a clause's effect, or an incapacity by its index."""

    clause: str | None
    effect: NormEffect | None
    incapacity: int = -1

    @property
    def part(self) -> tuple[str | None, int]:
        return self.clause, self.incapacity


@dataclass(frozen=True)
class Clash:
    """A smallest set of clauses and incapacities that fills a shape in some case."""

    code: str
    shape: Shape
    parts: Parts
    strength: Strength

    def present(self, world: World) -> Shown:
        """Whether all of it is in force and in scope in a case."""
        clauses = [clause for clause, _ in self.parts if clause is not None]
        barred = [world.policy.incapacities[i] for clause, i in self.parts if clause is None]

        def shown(point: Point) -> bool:
            return (
                all(map(point.in_force, clauses))
                and all(_among(each, point.outcome.incapacities) for each in barred)
                and all(each in point.outcome.decisions for each in self.shape.decisions)
                and (not self.shape.decisions or any(self._counts(world, point)))
            )

        return shown

    def _counts(self, world: World, point: Point) -> Iterator[bool]:
        """Whether each way in which these parts fill the shape counts in a case."""
        pools = [origins(world, self.shape, i, point) for i in range(len(self.shape.needs))]
        for chosen in product(*pools):
            if frozenset(each.part for each in chosen) == self.parts:
                yield counts(world, self.shape, chosen, point)


def counts(world: World, shape: Shape, chosen: tuple[Origin, ...], point: Point) -> bool:
    """Whether all of it would be there, too, in the cases in which one of the needs that are not
    met in fact is met; the origin of that need itself left out."""
    for index, (action, done) in enumerate(shape.needs if shape.decisions else ()):
        fact = f"{action} is done"
        if index == shape.liberty or point.case.facts.get(fact, done) is done:
            continue
        facts = {**point.case.facts, fact: done}
        outcome = world.evaluator.outcome(Case(facts, point.case.readings))
        if not all(each in outcome.decisions for each in shape.decisions):
            return False
        for other, origin in enumerate(chosen):
            if other == index:
                continue
            if origin.clause is not None:
                there = outcome.clauses[origin.clause].in_force
            else:
                barred = world.policy.incapacities[origin.incapacity]
                there = _among(barred, outcome.incapacities)
            if not there:
                return False
    return True


def shapes(policy: Policy) -> Iterator[Shape]:
    """Every smallest set of needs and decisions that no choice of actions meets."""
    needs = [(action, done) for action in policy.actions for done in (True, False)]
    parts: list[Need | str] = [*needs, *policy.decisions]
    choices = [
        dict(zip(policy.actions, done, strict=True))
        for done in product((True, False), repeat=len(policy.actions))
    ]

    def kept(part: Need | str, choice: dict[str, bool]) -> bool:
        if isinstance(part, tuple):
            return choice[part[0]] == part[1]
        decision = policy.decisions[part]
        return decision.low <= sum(choice[each] for each in decision.actions) <= decision.high

    keeping = {part: {i for i, c in enumerate(choices) if kept(part, c)} for part in parts}
    found: list[frozenset[Need | str]] = []
    for subset in chain.from_iterable(combinations(parts, n) for n in range(1, len(parts) + 1)):
        chosen = frozenset(subset)
        if any(smaller <= chosen for smaller in found):
            continue
        if not set.intersection(*(keeping[each] for each in chosen)):
            found.append(chosen)
            mine = tuple(each for each in subset if isinstance(each, tuple))
            decisions = tuple(sorted(each for each in subset if isinstance(each, str)))
            for liberty in (None, *range(len(mine))):
                yield Shape(mine, decisions, liberty)


def origins(world: World, shape: Shape, index: int, point: Point) -> list[Origin]:
    """What in a case gives rise to one need of a shape."""
    action, done = shape.needs[index]
    force = {
        (True, False): "oblige",
        (False, False): "forbid",
        (True, True): "permit",
        (False, True): "release",
    }[done, index == shape.liberty]
    found = [
        Origin(clause.name, effect)
        for clause in world.policy.clauses.values()
        if point.in_force(clause.name)
        for effect in clause.effects
        if isinstance(effect, NormEffect) and (effect.force, effect.action) == (force, action)
    ]
    if force == "forbid":
        found += [
            Origin(None, None, place)
            for place, each in enumerate(world.policy.incapacities)
            if each.action == action and _among(each, point.outcome.incapacities)
        ]
    return found


def _among(one: Incapacity, several: tuple[Incapacity, ...]) -> bool:
    return any(each is one for each in several)


def code_of(shape: Shape, chosen: tuple[Origin, ...]) -> str | None:
    """Which check has to say it; None where there is nothing to be said."""
    duties = [each for i, each in enumerate(chosen) if i != shape.liberty]
    if shape.liberty is not None:
        if not any(each.clause for each in duties):
            return None
        return "C02"
    if not shape.decisions:
        return "C01" if all(each.clause for each in chosen) else "C03"
    return "C03" if any(done for _, done in shape.needs) else "C04"


def clashes(world: World) -> dict[Clash, frozenset[Read]]:
    """Every clash, with the readings under which it has a case."""
    found: dict[Clash, set[Read]] = {}
    for shape in shapes(world.policy):
        mine: dict[Parts, set[Read]] = {}
        codes: dict[Parts, tuple[str, Strength]] = {}
        for point in world.points:
            if not all(each in point.outcome.decisions for each in shape.decisions):
                continue
            pools = [origins(world, shape, i, point) for i in range(len(shape.needs))]
            for chosen in product(*pools):
                code = code_of(shape, chosen)
                if code is None or not counts(world, shape, chosen, point):
                    continue
                parts = frozenset(each.part for each in chosen)
                mine.setdefault(parts, set()).add(point.read)
                if codes.get(parts, (code, "should"))[1] == "should":  # the strongest is told
                    codes[parts] = code, strength(chosen)
        for parts, reads in mine.items():
            code, strong = codes[parts]
            smaller = (codes[other] for other in mine if other < parts)
            if not any(theirs == code and hard in (strong, "must") for theirs, hard in smaller):
                found[Clash(code, shape, parts, strong)] = reads
    return {clash: frozenset(reads) for clash, reads in found.items()}


def strength(chosen: tuple[Origin, ...]) -> Strength:
    """A clash is as strong as its weakest side."""
    soft = any(each.effect is not None and each.effect.strength == "should" for each in chosen)
    return "should" if soft else "must"


def identity(world: World, clash: Clash) -> tuple[object, ...]:
    """What tells a clash apart from all others, in the terms of a finding."""
    clauses = sorted(clause for clause, _ in clash.parts if clause is not None)
    needs = sorted(
        f"{action}:{done}:{index == clash.shape.liberty}"
        for index, (action, done) in enumerate(clash.shape.needs)
    )
    barred = [world.policy.incapacities[i] for clause, i in clash.parts if clause is None]
    places = sorted((f"cannot {each.action}", each.place.span.start) for each in barred)
    return (
        clash.code,
        tuple(clauses),
        tuple(needs),
        clash.shape.decisions,
        tuple(places),
        clash.strength,
    )
