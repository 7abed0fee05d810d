"""What ranking clauses say of two persons, in plain Python: who comes first for a resource.

*Pair.* Two cases with the same readings, of one person and of another. Where the resource is
declared ``for`` a condition, it has to hold of both; else nobody is ranked.

*Ranks.* A clause that prioritizes ranks the one before the other when it is in force for the one
and not applicable to the other; with ``over C``, only if C holds of the other too. A clause that
ranks by a term does so when it is in force for both, the term is established for both, and that
of the one is higher (or lower, for ``lowest first``). So no clause ranks a pair both ways.

*Defeat.* Of two clauses that rank the pair opposite ways, one is defeated

1. by order: the other stands before it in an ordered list; or
2. by a declared priority of the other, if the other is itself undefeated for the pair. For a
   ``savings`` priority it is enough that the other ranks the pair.

Take the priorities other than ``savings`` between clauses that rank the pair, either way. A
priority whose winner and loser lie in one strongly connected component of them settles nothing.

*Opposed.* The pair is ranked both ways when some undefeated clause ranks it the one way and some
undefeated clause the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policy_dsl.case import Case
from policy_dsl.defeat import Defeat, Defeats, losers_to_winners
from policy_dsl.evaluate import Evaluator
from policy_dsl.graph import components
from policy_dsl.model import Expr, Policy, Priority, RankEffect
from policy_dsl.terms import value_type
from policy_dsl.types import Enumeration, Value


def ranking_clauses(policy: Policy, resource: str) -> dict[str, RankEffect]:
    """The clauses that rank persons for a resource, in the policy's order, with how they do."""
    return {
        clause.name: effect
        for clause in policy.clauses.values()
        for effect in clause.effects
        if isinstance(effect, RankEffect) and effect.resource == resource
    }


def rival_priorities(policy: Policy, resource: str) -> list[Priority]:
    """The priorities between two clauses that both rank persons for a resource."""
    known = ranking_clauses(policy, resource)
    return [each for each in policy.priorities if each.winner in known and each.loser in known]


@dataclass(frozen=True)
class PairOrder:
    """How a pair is ranked for one resource: which clauses put the one first and which the other,
    in the policy's order, and which of all these are defeated, by what."""

    one_first: tuple[str, ...]
    other_first: tuple[str, ...]
    defeated: Defeats

    @property
    def for_one(self) -> tuple[str, ...]:
        """The undefeated clauses that put the one first."""
        return tuple(each for each in self.one_first if each not in self.defeated)

    @property
    def for_other(self) -> tuple[str, ...]:
        """The undefeated clauses that put the other first."""
        return tuple(each for each in self.other_first if each not in self.defeated)

    @property
    def opposed(self) -> bool:
        """Whether the pair is ranked both ways."""
        return bool(self.for_one and self.for_other)

    @property
    def open(self) -> bool:
        """Whether no clause ranks the pair."""
        return not self.one_first and not self.other_first


class Rankings:
    """The rankings of one policy, for any two of its cases."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._policy = policy = evaluator.policy
        self._clauses = {name: ranking_clauses(policy, name) for name in policy.resources}
        self._priorities = {name: rival_priorities(policy, name) for name in policy.resources}

    def order(self, resource: str, one: Case, other: Case) -> PairOrder:
        """How two persons are ranked for a resource.

        Raises ``ValueError`` where the two cases do not have the same readings.
        """
        if one.readings != other.readings:
            raise ValueError("two persons are ranked under the same readings")
        if not (self.ranked(resource, one) and self.ranked(resource, other)):
            return PairOrder((), (), {})
        clauses = self._clauses[resource].items()
        first = tuple(n for n, effect in clauses if self._before(n, effect, one, other))
        second = tuple(n for n, effect in clauses if self._before(n, effect, other, one))
        return PairOrder(first, second, self._defeats(resource, first, second))

    def ranked(self, resource: str, case: Case) -> bool:
        """Whether a person is one of those who are ranked for a resource at all."""
        scope = self._policy.resources[resource].scope
        return scope is None or self._evaluator.holds(scope, case)

    def _before(self, clause: str, effect: RankEffect, one: Case, other: Case) -> bool:
        if not self._evaluator.outcome(one).clauses[clause].in_force:
            return False
        found = self._evaluator.outcome(other).clauses[clause]
        if effect.term is None:
            over = effect.over is None or self._evaluator.holds(effect.over, other)
            return over and not found.applicable
        values = [_place(effect.term, self._evaluator.value(effect.term, c)) for c in (one, other)]
        first, second = values
        if not found.in_force or first is None or second is None:
            return False
        return first > second if effect.highest else first < second

    def _defeats(
        self, resource: str, first: tuple[str, ...], second: tuple[str, ...]
    ) -> Mapping[str, tuple[Defeat, ...]]:
        ways = dict.fromkeys(first, True) | dict.fromkeys(second, False)
        found: dict[str, list[Defeat]] = {}
        for name in ways:
            clause = self._policy.clauses[name]
            if clause.group is not None:
                group = self._policy.groups[clause.group]
                for earlier in group.clauses[: clause.rank]:
                    if earlier in ways and ways[earlier] != ways[name]:
                        found.setdefault(name, []).append(Defeat(earlier, group))
        counting = [
            each
            for each in self._priorities[resource]
            if each.winner in ways and each.loser in ways
        ]
        for component in components(ways, losers_to_winners(counting)):
            for each in counting:
                if each.loser not in component or ways[each.winner] == ways[each.loser]:
                    continue
                winner = each.winner
                if each.kind == "savings" or not (winner in component or winner in found):
                    found.setdefault(each.loser, []).append(Defeat(winner, each))
        return {name: tuple(each) for name, each in found.items()}


def _place(term: Expr, value: Value) -> int | None:
    """Where a value stands in the order of its type; None where it is not established."""
    type_ = value_type(term)
    if isinstance(type_, Enumeration) and isinstance(value, str):
        return type_.values.index(value)
    return value if isinstance(value, int) else None
