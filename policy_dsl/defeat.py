"""Which applicable clauses are defeated in a case, by which others, and by whose word.

*Clash.* Two clauses clash in a case when some effect of one and some effect of the other

a. are about the same action, one wants it done, the other wants it not done, and at least one
   of the two is a duty; or
b. are about different actions of one decision that is in scope in the case, at least one is a
   duty, and the decision by itself rules both out together: both want done and at most one may
   be, or both want not done and then fewer remain than must be done; or
c. set one output to different values; or
d. have limits of time that cannot be kept together, at least at some times of events, and at least
   one of the two obliges (``policy_dsl.schedules``).

*Defeat.* An applicable clause ``c`` is defeated

1. by order: an earlier clause of its ordered group is applicable, whether or not they clash;
2. by a priority whose loser is ``c``, where the clause that declares it is applicable, winner and
   ``c`` clash in the case, and the winner is in force. For a ``savings`` priority it is enough
   that the winner is applicable.

*Cycles.* Take, in the case, the priorities other than ``savings`` whose winner, loser and
declaring clause are all applicable, whether or not winner and loser clash. A priority whose
winner and loser lie in one strongly connected component of the graph they form settles nothing.
Group order is no part of that graph, and ``savings`` needs none, as it asks for no clause in
force. What is left has no cycles, so "in force" is well defined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from policy_dsl.closures import Code, Run, Test
from policy_dsl.conditions import Compiler
from policy_dsl.graph import components
from policy_dsl.model import (
    AllOf,
    Clause,
    Decision,
    Effect,
    Group,
    Literal_,
    NormEffect,
    Policy,
    Priority,
    RankEffect,
    SetEffect,
)
from policy_dsl.references import rivals
from policy_dsl.schedules import pull_apart


@dataclass(frozen=True, slots=True)
class Defeat:
    """The clause that defeats, and the declaration by which it does."""

    clause: str
    reason: Priority | Group


Defeats: TypeAlias = Mapping[str, tuple[Defeat, ...]]


@dataclass(frozen=True, slots=True)
class _ClashPlan:
    """When two clauses clash: always, in the scope of a decision, or where two values differ."""

    always: bool
    decisions: tuple[str, ...]
    values: tuple[tuple[Code, Code], ...]


@dataclass(frozen=True, slots=True)
class ClashGrounds:
    """Why two clauses may clash, whatever the case: ``always``; in the scope of one of some
    ``decisions``; or where the values that a pair of effects sets differ."""

    always: bool
    decisions: tuple[str, ...]
    values: tuple[tuple[SetEffect, SetEffect], ...]


def clash_grounds(policy: Policy, first: Clause, second: Clause) -> ClashGrounds:
    """The grounds on which two clauses of a policy clash."""
    pairs = [(one, other) for one in first.effects for other in second.effects]
    decisions = tuple(
        decision.name
        for decision in policy.decisions.values()
        if any(_exclude(decision, one, other) for one, other in pairs)
    )
    values = tuple(
        (one, other)
        for one, other in pairs
        if isinstance(one, SetEffect) and isinstance(other, SetEffect)
        if one.output == other.output
    )
    always = any(_oppose(one, other) or pull_apart(policy, one, other) for one, other in pairs)
    return ClashGrounds(always, decisions, values)


class DefeatRules:
    """The defeats of one policy, with what does not depend on the case worked out before."""

    def __init__(self, policy: Policy, compiler: Compiler) -> None:
        self._policy = policy
        self._compiler = compiler
        self._in_scope: dict[str, Test] = {}
        for name, decision in policy.decisions.items():
            under = (decision.under,) if decision.under else ()
            self._in_scope[name] = compiler.test(AllOf(operands=(*under, decision.when)))
        self._alone: dict[str, DefeatRules] = {}
        self._plans: dict[tuple[str, str], _ClashPlan] = {}
        self._groups = [
            (group, sorted(group.clauses, key=lambda name: policy.clauses[name].rank))
            for group in policy.groups.values()
        ]
        self._against: dict[str, list[Priority]] = {}
        for priority in policy.priorities:
            self._against.setdefault(priority.loser, []).append(priority)
        self._components = components(policy.clauses, losers_to_winners(policy.priorities))

    def decision_in_scope(self, decision: str, run: Run) -> bool:
        """Whether a decision's condition holds in the case, under its readings."""
        return self._in_scope[decision](run, ())

    def clash(self, first: str, second: str, run: Run) -> bool:
        """Whether two clauses clash in the case, applicable or not (see the module's text)."""
        plan = self._plans.get((first, second))
        if plan is None:
            clauses = self._policy.clauses
            plan = self._plans[first, second] = self._plan(clauses[first], clauses[second])
        if plan.always or any(self.decision_in_scope(name, run) for name in plan.decisions):
            return True
        pairs = ((one(run, ()), other(run, ())) for one, other in plan.values)
        return any(one != other and None not in (one, other) for one, other in pairs)

    def _plan(self, first: Clause, second: Clause) -> _ClashPlan:
        grounds = clash_grounds(self._policy, first, second)
        values = tuple(
            (self._compiler.value(one.value), self._compiler.value(other.value))
            for one, other in grounds.values
        )
        return _ClashPlan(grounds.always, grounds.decisions, values)

    def defeats(self, run: Run) -> Defeats:
        """Every defeated clause with all that defeats it: order first, then as declared."""
        applies = run.applies
        found: dict[str, list[Defeat]] = {}
        for group, names in self._groups:
            applicable = [name for name in names if applies[name]]
            for name in applicable[1:]:
                found.setdefault(name, []).append(Defeat(applicable[0], group))
        for component in self._components:
            if len(component) == 1 and component[0] not in self._against:
                continue
            for settled in self._acyclic(component, run):
                for name in settled:
                    for priority in self._against.get(name, ()):
                        if self._prevails(priority, settled, found, run):
                            found.setdefault(name, []).append(Defeat(priority.winner, priority))
        return {name: tuple(each) for name, each in found.items()}

    def in_force(self, clause: str, run: Run) -> bool:
        """Whether a clause is in force in a case of which not everything is worked out yet: only
        the clause and what could defeat it are looked at."""
        if not self._compiler.applies(clause, run):
            return False
        alone = self._alone.get(clause)
        if alone is None:
            part = part_for(self._policy, clause)
            alone = self._alone[clause] = DefeatRules(part, self._compiler)
        for name in alone._policy.clauses:
            self._compiler.applies(name, run)
        return clause not in alone.defeats(run)

    def _acyclic(self, component: tuple[str, ...], run: Run) -> list[tuple[str, ...]]:
        """A component of all declared priorities, by the components of those that count here."""
        if len(component) == 1:
            return [component]
        within = [each for name in component for each in self._against.get(name, ())]
        return components(
            component, losers_to_winners(each for each in within if _counts(each, run))
        )

    def _prevails(
        self, priority: Priority, settled: tuple[str, ...], found: Mapping[str, object], run: Run
    ) -> bool:
        if not _counts(priority, run):
            return False
        if priority.kind != "savings" and (priority.winner in settled or priority.winner in found):
            return False
        return self.clash(priority.winner, priority.loser, run)


def part_for(policy: Policy, clause: str) -> Policy:
    """A policy with no more clauses than those on which it depends whether one is defeated."""
    kept = {clause, *rivals(policy, [clause])}
    groups = {
        name: replace(group, clauses=tuple(each for each in group.clauses if each in kept))
        for name, group in policy.groups.items()
    }
    return replace(
        policy,
        clauses={name: each for name, each in policy.clauses.items() if name in kept},
        groups=groups,
        priorities=tuple(p for p in policy.priorities if p.winner in kept and p.loser in kept),
    )


def may_clash(policy: Policy, one: Clause, two: Clause) -> bool:
    """Whether two clauses can clash, rank two persons in opposite orders or set limits of time
    that exclude each other, as far as their effects tell, whatever the case."""
    pairs = [(first, second) for first in one.effects for second in two.effects]
    return any(
        _oppose(*pair) or _may_differ(*pair) or pull_apart(policy, *pair) for pair in pairs
    ) or any(_exclude(each, *pair) for each in policy.decisions.values() for pair in pairs)


def _may_differ(one: Effect, other: Effect) -> bool:
    match one, other:
        case SetEffect(), SetEffect():
            plain = isinstance(one.value, Literal_) and one.value == other.value
            return one.output == other.output and not plain
        case RankEffect(), RankEffect():
            return one.resource == other.resource
        case _:
            return False


def _counts(priority: Priority, run: Run) -> bool:
    applies = run.applies
    return applies[priority.winner] and applies[priority.loser] and applies[priority.declared_by]


def losers_to_winners(priorities: Iterable[Priority]) -> dict[str, list[str]]:
    """From each loser to its winners, leaving out savings."""
    edges: dict[str, list[str]] = {}
    for each in priorities:
        if each.kind != "savings":
            edges.setdefault(each.loser, []).append(each.winner)
    return edges


def _oppose(one: Effect, other: Effect) -> bool:
    match one, other:
        case NormEffect(), NormEffect():
            same = one.action == other.action and one.wants_done != other.wants_done
            return same and (one.is_duty or other.is_duty)
        case _:
            return False


def _exclude(decision: Decision, one: Effect, other: Effect) -> bool:
    """Whether a decision by itself rules out that both effects have what they want."""
    match one, other:
        case NormEffect(), NormEffect():
            apart = one.action != other.action and {one.action, other.action} <= set(
                decision.actions
            )
            if not apart or not (one.is_duty or other.is_duty):
                return False
            if one.wants_done and other.wants_done:
                return decision.high == 1
            neither = not one.wants_done and not other.wants_done
            return neither and len(decision.actions) - 2 < decision.low
        case _:
            return False
