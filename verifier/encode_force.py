"""The encoding of what follows from the clauses: defeat, force and effects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from policy_dsl import model
from policy_dsl.graph import components
from policy_dsl.model import Clause, NormEffect, Policy, Priority, SetEffect
from policy_dsl.schedules import pull_apart
from verifier import names
from verifier.encode import ConditionEncoder
from verifier.solvers.backend import Backend, Term


def define(backend: Backend, name: str, term: Term) -> Term:
    """Give a term a name; the named constant is true exactly when the term is."""
    named = backend.boolean(name)
    backend.require(backend.iff(named, term))
    return named


def on_circles(
    backend: Backend,
    clauses: Iterable[str],
    priorities: Sequence[Priority],
    counts: Callable[[Priority], Term],
    prefix: str = "",
) -> dict[tuple[str, str], Term]:
    """For each winner and loser that can lie on a circle of priorities: they do, of those other
    than savings that count. Names begin with ``prefix``."""
    b = backend
    edges = [each for each in priorities if each.kind != "savings"]
    graph: dict[str, list[str]] = {name: [] for name in clauses}
    for each in edges:
        graph[each.winner].append(each.loser)
    found: dict[tuple[str, str], Term] = {}
    for component in components(graph, graph):
        members = sorted(component)
        if len(members) < 2:
            continue
        reach: dict[tuple[str, str], Term] = {}
        for one in members:
            for two in members:
                limbs = [counts(each) for each in edges if (each.winner, each.loser) == (one, two)]
                reach[one, two] = b.disj(limbs)
        for middle in members:
            step = dict(reach)
            for one in members:
                for two in members:
                    via = b.conj([step[one, middle], step[middle, two]])
                    name = f"{prefix}reach:{middle}:{one}>{two}"
                    reach[one, two] = define(b, name, b.disj([step[one, two], via]))
        for one in members:
            for two in members:
                if one != two:
                    found[one, two] = b.conj([reach[one, two], reach[two, one]])
    return found


@dataclass
class ForceEncoder:
    """Defines which clauses are in force and what they bring about, given what applies.

    INVARIANT: for every case, each name is true exactly when the evaluator
    (``policy_dsl.evaluate``, ``policy_dsl.defeat``) says so.
    """

    policy: Policy
    backend: Backend
    conditions: ConditionEncoder

    def run(self) -> None:
        """Define every name."""
        self._force()
        self._effects()

    def _define(self, name: str, term: Term) -> Term:
        return define(self.backend, name, term)

    # --- defeat ---------------------------------------------------------------------------

    def _force(self) -> None:
        b = self.backend
        defeaters: dict[str, list[Term]] = {name: [] for name in self.policy.clauses}
        self._groups(defeaters)
        by_pair: dict[tuple[str, str], list[Priority]] = {}
        for priority in self.policy.priorities:
            by_pair.setdefault((priority.winner, priority.loser), []).append(priority)
        circles = on_circles(b, self.policy.clauses, self.policy.priorities, self._counts)
        for (winner, loser), priorities in by_pair.items():
            limbs = []
            clash = self._clash(self.policy.clauses[winner], self.policy.clauses[loser])
            for priority in priorities:
                if priority.kind == "savings":
                    ground = [b.boolean(names.applies(winner))]
                else:
                    ground = [b.boolean(names.in_force(winner))]
                    same = circles.get((winner, loser))
                    ground += [] if same is None else [b.neg(same)]
                declared = b.boolean(names.applies(priority.declared_by))
                limbs.append(b.conj([*ground, declared, clash]))
            term = self._define(names.defeats(winner, loser), b.disj(limbs))
            defeaters[loser].append(term)
        for clause in self.policy.clauses:
            applies = b.boolean(names.applies(clause))
            undefeated = [b.neg(each) for each in defeaters[clause]]
            self._define(names.in_force(clause), b.conj([applies, *undefeated]))

    def _groups(self, defeaters: dict[str, list[Term]]) -> None:
        """An earlier applicable clause of an ordered list defeats every later one."""
        for group in self.policy.groups.values():
            earlier: Term | None = None
            for index, clause in enumerate(group.clauses):
                if earlier is not None:
                    defeaters[clause].append(earlier)
                applies = self.backend.boolean(names.applies(clause))
                limbs = [applies] if earlier is None else [earlier, applies]
                earlier = self._define(f"taken:{group.name}:{index}", self.backend.disj(limbs))

    def _counts(self, priority: Priority) -> Term:
        """The priority is one of those that count in this case."""
        b, involved = self.backend, (priority.winner, priority.loser, priority.declared_by)
        return b.conj([b.boolean(names.applies(each)) for each in involved])

    def _clash(self, one: Clause, two: Clause) -> Term:
        """The two clauses clash in effect in this case."""
        b = self.backend
        limbs: list[Term] = []
        for first in one.effects:
            for second in two.effects:
                if pull_apart(self.policy, first, second):
                    return b.truth(True)
                match first, second:
                    case NormEffect(), NormEffect() if first.is_duty or second.is_duty:
                        if first.action == second.action:
                            if first.wants_done != second.wants_done:
                                return b.truth(True)
                        else:
                            limbs += self._decided(first, second)
                    case SetEffect(), SetEffect() if first.output == second.output:
                        left = self.conditions.value(first.value)
                        right = self.conditions.value(second.value)
                        differ = self.conditions.relate("!=", left, right)
                        limbs.append(b.conj([*left.known, *right.known, differ]))
                    case _:
                        pass
        return b.disj(limbs)

    def _decided(self, first: NormEffect, second: NormEffect) -> list[Term]:
        """The decisions that by themselves rule out two effects on different actions."""
        if first.wants_done != second.wants_done:
            return []
        return [
            self.backend.boolean(names.decision(decision.name))
            for decision in self.policy.decisions.values()
            if {first.action, second.action} <= set(decision.actions)
            and (
                decision.high == 1 if first.wants_done else len(decision.actions) - 2 < decision.low
            )
        ]

    # --- effects --------------------------------------------------------------------------

    def _effects(self) -> None:
        b = self.backend
        effects: dict[tuple[model.Force, str], list[Term]] = {}
        binding: dict[tuple[model.Force, str], list[Term]] = {}
        outputs: dict[str, list[Term]] = {name: [] for name in self.policy.outputs}
        should_binds = b.boolean(names.reading(model.SHOULD, "binding"))
        for action in self.policy.actions:
            for force in model.FORCES:
                effects[force, action], binding[force, action] = [], []
        for clause in self.policy.clauses.values():
            force_term = b.boolean(names.in_force(clause.name))
            for effect in clause.effects:
                if isinstance(effect, NormEffect):
                    key = (effect.force, effect.action)
                    effects[key].append(force_term)
                    soft = effect.strength == "should"
                    binds = b.conj([force_term, should_binds]) if soft else force_term
                    binding[key].append(binds)
                elif isinstance(effect, SetEffect):
                    known = self.conditions.value(effect.value).known
                    name = names.sets_value(clause.name, effect.output)
                    outputs[effect.output].append(self._define(name, b.conj([force_term, *known])))
        for key, terms in effects.items():
            self._define(names.effect(*key), b.disj(terms))
        for key, terms in binding.items():
            self._define(names.binding(*key), b.disj(terms))
        for action in self.policy.actions:
            spoken = [b.boolean(names.effect(force, action)) for force in model.FORCES]
            self._define(names.spoken(action), b.disj(spoken))
        for output, terms in outputs.items():
            self._define(names.has_value(output), b.disj(terms))
