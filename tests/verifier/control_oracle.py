"""Who controls what, by brute force: every case, and every case that differs in some facts only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from policy_dsl.model import NormEffect
from tests.verifier.world import Found, Point, Read, World

CONTROLLED = ("judgment", "grant", "choice")


@dataclass
class Deciders:
    """The valid cases of a world, and who decides which of its facts."""

    world: World

    def roles(self) -> dict[str, set[str]]:
        """The roles, and the facts that each controls."""
        found: dict[str, set[str]] = {}
        for fact in self.world.policy.facts.values():
            if fact.kind in CONTROLLED:
                assert fact.by is not None
                found.setdefault(fact.by, set()).add(fact.name)
        return found

    def clauses(self) -> list[str]:
        """The clauses that permit or release."""
        words = ("may", "need not")
        return [
            clause.name
            for clause in self.world.policy.clauses.values()
            if any(isinstance(e, NormEffect) and e.modality in words for e in clause.effects)
        ]

    def alike(self, facts: Collection[str]) -> dict[Point, list[Point]]:
        """Each case with those that differ from it in these facts only."""
        groups: dict[tuple[object, ...], list[Point]] = {}
        for point in self.world.points:
            kept = (value for name, value in point.case.facts.items() if name not in facts)
            groups.setdefault((point.read, *kept), []).append(point)
        return {point: group for group in groups.values() for point in group}

    def blocks(self, clause: str, role: str) -> frozenset[Read]:
        """The readings under which a role blocks a clause."""
        alike = self.alike(self.roles()[role])
        forced = [point for point in self.world.points if point.in_force(clause)]
        certain = {p.read for p in forced if all(each.in_force(clause) for each in alike[p])}
        return frozenset(point.read for point in forced) - certain

    def brings(self, clause: str, role: str) -> frozenset[Read]:
        """The readings under which a role brings a clause about."""
        return frozenset(point.read for point in self.securing(clause, role))

    def securing(self, clause: str, role: str) -> Iterator[Point]:
        """The cases in which a role secures a clause."""
        own = self.alike(self.roles()[role])
        rest = self.alike(self._of(name for name in self.roles() if name != role))
        for point in self.world.points:
            stays = all(each.in_force(clause) for each in rest[point])
            if stays and not all(each.in_force(clause) for each in own[point]):
                yield point

    def nobody(self, clause: str) -> frozenset[Read]:
        """The readings under which it is in nobody's hands whether a clause is in force."""
        everybody = self.alike(self._of(self.roles()))
        forced = [point for point in self.world.points if point.in_force(clause)]
        moved = {p.read for p in forced if not all(e.in_force(clause) for e in everybody[p])}
        fails = {point.read for point in self.world.points if not point.in_force(clause)}
        return frozenset(point.read for point in forced if point.read in fails) - moved

    def _of(self, roles: Iterable[str]) -> set[str]:
        known = self.roles()
        return {fact for role in roles for fact in known[role]}


def out_of_hands(world: World) -> Found:
    """U06: whose hands some clauses are in, and nobody's."""
    mine, subject = Deciders(world), world.policy.subject
    roles, clauses = mine.roles(), mine.clauses()
    found: Found = {}
    if not roles:
        return found
    for role in roles:
        blocks = {clause: mine.blocks(clause, role) for clause in clauses}
        brings = {clause: mine.brings(clause, role) for clause in clauses}
        if role == subject:
            continue
        key = [each for each in clauses if blocks[each]]
        made = [each for each in clauses if brings[each]]
        reads = [*(blocks[each] for each in key), *(brings[each] for each in made)]
        found[(role, "blocks", *key, "brings", *made)] = frozenset().union(*reads)
    nobody = {clause: mine.nobody(clause) for clause in clauses}
    idle = [each for each in clauses if nobody[each]]
    found[("nobody", *idle)] = frozenset().union(*(nobody[each] for each in idle))
    return {key: reads for key, reads in found.items() if reads}
