"""Duties that no schedule keeps: which limits of time exclude each other, in which case.

Limits first: the ways through limits that conflict are found without looking at a case. Then
cases: one question for each set of clauses, whether they can be in force together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from policy_dsl.model import Effect, NormEffect, Policy, Strength, TimedBan
from policy_dsl.schedules import Conflict, TooMany, conflicts, declared, edges_of
from verifier.session import NotSettled

MOST_STEPS = 20_000
"""How many steps through limits are looked at."""

MOST_SETS = 300
"""How many sets of clauses with conflicting limits are asked about."""

Part = tuple[str, NormEffect | TimedBan]
"""A clause and its effect."""


@dataclass(frozen=True)
class Timed:
    """A conflict of limits, the clauses and effects it takes, and the other clauses that permit an
    action that one of them permits: none of these must be in force."""

    conflict: Conflict
    parts: tuple[Part, ...]
    apart: tuple[str, ...] = ()

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that have to be in force."""
        return tuple(dict.fromkeys(name for name, _ in self.parts))

    @property
    def strength(self) -> Strength:
        """As strong as the weakest duty in it."""
        duties = [e for _, e in self.parts if isinstance(e, TimedBan) or e.is_duty]
        return "should" if any(each.strength == "should" for each in duties) else "must"

    def effects(self, clause: str) -> list[Effect]:
        """What a clause says in it."""
        return list(dict.fromkeys(effect for name, effect in self.parts if name == clause))


def timed_conflicts(policy: Policy) -> list[Timed]:
    """Every smallest set of effects whose limits conflict. Raises ``NotSettled``."""
    norms = [
        (name, effect)
        for name, clause in policy.clauses.items()
        for effect in clause.effects
        if isinstance(effect, NormEffect | TimedBan)
    ]
    edges = [edge for name, effect in norms for edge in edges_of(name, effect)]
    try:
        found = conflicts(edges, policy.events, declared(policy.events), MOST_STEPS)
    except TooMany:
        raise NotSettled(f"there are more than {MOST_STEPS} ways through the limits") from None
    sets: dict[frozenset[Part], Timed] = {}
    # Those that conflict at whatever times come first, and so stand for the same set.
    for conflict in sorted(found, key=lambda each: each.against is not None):
        for timed in _complete(policy, conflict, norms):
            sets.setdefault(frozenset(timed.parts), timed)
            if len(sets) > MOST_SETS * 4:
                raise NotSettled(f"more than {MOST_SETS * 4} sets of clauses have such limits")
    smallest = [timed for key, timed in sets.items() if not any(other < key for other in sets)]
    if len(smallest) > MOST_SETS:
        raise NotSettled(f"more than {MOST_SETS} sets of clauses have such limits")
    rank = {name: index for index, name in enumerate(policy.clauses)}
    return sorted(smallest, key=lambda each: [rank[name] for name in each.clauses])


def _complete(policy: Policy, conflict: Conflict, norms: Sequence[Part]) -> Iterator[Timed]:
    """A conflict with clauses that oblige each action in it, in every way."""
    parts = [(e.clause, e.effect) for e in conflict.edges if e.clause and e.effect]
    permits = {p for p in parts if isinstance(p[1], NormEffect) and p[1].force == "permit"}
    if len({effect.action for _, effect in permits}) < len(permits):
        return  # of two permissions for an action neither bounds it
    obliged = {e.action for _, e in parts if isinstance(e, NormEffect) and e.force == "oblige"}
    choices = [
        [(n, e) for n, e in norms if e.action == action and _obliges(e)]
        for action in conflict.actions
        if action not in obliged
    ]
    apart = tuple(
        name
        for name, clause in policy.clauses.items()
        if any(
            isinstance(e, NormEffect) and e.force == "permit" and e.action == permitted.action
            for owner, permitted in permits
            for e in clause.effects
            if owner != name
        )
    )
    for count, extra in enumerate(product(*choices)):
        if count > MOST_SETS:
            raise NotSettled(f"more than {MOST_SETS} sets of clauses have such limits")
        chosen = tuple(dict.fromkeys([*parts, *extra]))
        if not {name for name, _ in chosen} & set(apart):
            yield Timed(conflict, chosen, apart)


def _obliges(effect: NormEffect | TimedBan) -> bool:
    return isinstance(effect, NormEffect) and effect.force == "oblige"
