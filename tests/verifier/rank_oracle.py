"""How persons are ranked, by brute force over every two cases; written from the documentation of
``policy_dsl.rankings`` a second time, so that it is a test of that module too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from policy_dsl.model import RankEffect
from policy_dsl.terms import value_type
from policy_dsl.types import Enumeration, Value
from tests.verifier.world import Found, Point, Read, World

Way = tuple[str, bool]
"""A clause, and whether it puts the first of two persons first."""


@dataclass(frozen=True)
class Row:
    """All that counts of a person: of each ranking clause whether it is in force, applies, and
    gives priority over this person, and the place in its order."""

    standing: tuple[tuple[bool, bool, bool, int | None], ...]


class Ranker:
    """One resource of a policy, and everybody who is ranked for it."""

    def __init__(self, world: World, resource: str) -> None:
        self.world, self.resource = world, resource
        policy = world.policy
        self.effects = {
            name: effect
            for name, clause in policy.clauses.items()
            for effect in clause.effects
            if isinstance(effect, RankEffect) and effect.resource == resource
        }
        self.names = list(self.effects)
        self.rows: dict[Read, dict[Row, None]] = {}
        self.row_of: dict[int, Row] = {}
        for point in world.points:
            if world.holds(policy.resources[resource].scope, point):
                row = Row(tuple(self._standing(name, point) for name in self.names))
                self.rows.setdefault(point.read, {})[row] = None
                self.row_of[id(point)] = row

    def _standing(self, name: str, point: Point) -> tuple[bool, bool, bool, int | None]:
        effect = self.effects[name]
        place = None
        if effect.term is not None:
            place = _place(effect, self.world.evaluator.value(effect.term, point.case))
        over = self.world.holds(effect.over, point)
        return point.in_force(name), point.applies(name), over, place

    def pairs(self) -> Iterator[tuple[Read, Row, Row]]:
        """Every two persons, as far as they differ in what counts, under every reading."""
        for read, rows in self.rows.items():
            yield from ((read, one, other) for one in rows for other in rows)

    def list_of(self, name: str) -> list[str]:
        """The clauses that are one list of priorities with a clause."""
        clauses, effect = self.world.policy.clauses, self.effects[name]
        return [
            other
            for other, its in self.effects.items()
            if other == name
            or (
                effect.over is not None
                and (its.over, its.modality) == (effect.over, effect.modality)
                and clauses[other].document == clauses[name].document
            )
        ]

    def ways(self, one: Row, other: Row) -> set[Way]:
        """The clauses that rank a pair, and which way."""
        found = set()
        for at, name in enumerate(self.names):
            if self._before(at, name, one, other):
                found.add((name, True))
            if self._before(at, name, other, one):
                found.add((name, False))
        return found

    def _before(self, at: int, name: str, one: Row, other: Row) -> bool:
        force, _, _, first = one.standing[at]
        other_force, other_applies, over, second = other.standing[at]
        effect = self.effects[name]
        if effect.term is None:
            return force and not other_applies and over
        if not force or not other_force or first is None or second is None:
            return False
        return first > second if effect.highest else second > first

    def defeats(self, ways: set[Way]) -> set[tuple[str, str, bool]]:
        """Which clause defeats which of those that rank a pair, and whether by a priority."""
        policy, way = self.world.policy, dict(ways)
        found: set[tuple[str, str, bool]] = set()
        opposed = [(a, b) for a in way for b in way if way[a] != way[b]]
        for winner, loser in opposed:
            one, two = policy.clauses[winner], policy.clauses[loser]
            if one.group is not None and one.group == two.group and one.rank < two.rank:
                found.add((winner, loser, False))
        declared = {
            (p.winner, p.loser, p.kind == "savings")
            for p in policy.priorities
            if p.winner in way and p.loser in way
        }
        edges = {(winner, loser) for winner, loser, savings in declared if not savings}
        settled: set[str] = set()
        while len(settled) < len(way):  # circles are settled together, after all that beats them
            for name in way:
                circle = {e for e in way if _leads(edges, name, e) and _leads(edges, e, name)}
                circle.add(name)
                beating = {winner for winner, loser in edges if loser in circle} - circle
                if name in settled or not beating <= settled:
                    continue
                for loser in circle:
                    for winner, beaten, savings in declared:
                        if beaten != loser or (winner, loser) not in opposed:
                            continue
                        beat = {each for _, each, _ in found}
                        if savings or (winner not in circle and winner not in beat):
                            found.add((winner, loser, True))
                settled |= circle
        return found

    def standing(self, one: Row, other: Row) -> set[Way]:
        """The undefeated of the clauses that rank a pair."""
        ways = self.ways(one, other)
        beaten = {loser for _, loser, _ in self.defeats(ways)}
        return {each for each in ways if each[0] not in beaten}


def _leads(edges: set[tuple[str, str]], start: str, end: str) -> bool:
    reached = {two for one, two in edges if one == start}
    while True:
        more = reached | {two for one, two in edges if one in reached}
        if more == reached:
            return end in reached
        reached = more


def _place(effect: RankEffect, value: Value) -> int | None:
    assert effect.term is not None
    type_ = value_type(effect.term)
    if isinstance(type_, Enumeration) and isinstance(value, str):
        return type_.values.index(value)
    return value if isinstance(value, int) else None


def rankers(world: World) -> list[Ranker]:
    """The resources for which some clause ranks persons."""
    found = [Ranker(world, name) for name in world.policy.resources]
    return [each for each in found if each.names]


# --- what each check must find ----------------------------------------------------------------


def opposed_ranks(world: World) -> Found:
    """C06: pairs of clauses that put two persons in opposite orders; those of one list together."""
    found: dict[object, set[Read]] = {}
    for ranker in rankers(world):
        for read, one, other in ranker.pairs():
            standing = ranker.standing(one, other)
            for (first, way), (second, back) in combinations(sorted(standing), 2):
                if way != back:
                    lists = {*ranker.list_of(first), *ranker.list_of(second)}
                    found.setdefault((ranker.resource, *sorted(lists)), set()).add(read)
    return {key: frozenset(reads) for key, reads in found.items()}


def opposed_clauses(ranker: Ranker, listed: list[str]) -> Iterator[str]:
    """Those of some clauses, all of one list or of two, that put two in opposite orders."""
    for _, one, other in ranker.pairs():
        standing = [each for each in ranker.standing(one, other) if each[0] in listed]
        for (first, way), (second, back) in combinations(standing, 2):
            both = {*ranker.list_of(first), *ranker.list_of(second)}
            if way != back and both == set(listed):
                yield from (first, second)


def empty_rankings(world: World) -> list[tuple[str, str]]:
    """R04: ranking clauses that are in force for somebody and put nobody first."""
    found = []
    for ranker in rankers(world):
        used = {name for _, one, other in ranker.pairs() for name, _ in ranker.ways(one, other)}
        for name in ranker.names:
            if name not in used and any(point.in_force(name) for point in world.points):
                found.append((ranker.resource, name))
    return found


def used_priorities(world: World) -> set[tuple[str, str]]:
    """Priorities, by winner and loser, that settle how some two persons are ranked."""
    return {
        (winner, loser)
        for ranker in rankers(world)
        for _, one, other in ranker.pairs()
        for winner, loser, priority in ranker.defeats(ranker.ways(one, other))
        if priority
    }


def unordered(world: World) -> dict[str, dict[tuple[str, str], frozenset[Read]]]:
    """G03 of each resource: the pairs of clauses that give priority to two persons whom nothing
    orders, in the policy's order, with the readings."""
    found: dict[str, dict[tuple[str, str], set[Read]]] = {}
    for ranker in rankers(world):
        for read, one, other in ranker.pairs():
            if not ranker.ways(one, other):
                for pair in _only(ranker, one, other):
                    found.setdefault(ranker.resource, {}).setdefault(pair, set()).add(read)
    return {
        resource: {pair: frozenset(reads) for pair, reads in pairs.items()}
        for resource, pairs in found.items()
    }


def _only(ranker: Ranker, one: Row, other: Row) -> Iterator[tuple[str, str]]:
    """The clauses of which each gives priority to one of two, and does not apply to the other."""
    for at, first in enumerate(ranker.names):
        for index, second in enumerate(ranker.names):
            mine = one.standing[at][0] and not other.standing[at][1]
            theirs = other.standing[index][0] and not one.standing[index][1]
            listed = all(ranker.effects[each].term is None for each in (first, second))
            if mine and theirs and listed:
                yield (first, second) if at < index else (second, first)


PairShown = Callable[[Ranker, Row, Row], bool]
"""Whether two persons show something."""
