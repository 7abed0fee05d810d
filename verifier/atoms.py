"""The conditions a policy is written in: what a case is described with.

A clause that says "unless any of B.1, B.2" is about B.1 and B.2, and a reader should be told
"B.1 does not apply", not the facts behind it. So a case is first described by the conditions as
they are written in the clauses concerned, and by plain facts only where these do not suffice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from policy_dsl import model
from policy_dsl.case import Case
from policy_dsl.model import Expr, Policy
from policy_dsl.references import behind_force, facts_behind, named_by, over_each, rivals
from policy_dsl.types import SetOf, YesNo

_JUNCTIONS = (model.Negation, model.AllOf, model.AnyOf, model.Implication, model.Counted)


def leaves(expr: Expr) -> Iterator[Expr]:
    """The conditions that an expression joins with and, or, not and counting, as written."""
    if isinstance(expr, _JUNCTIONS):
        for child in expr.children():
            yield from leaves(child)
    elif not isinstance(expr, model.ReadingIs | model.NormIs | model.Literal_) and not any(
        isinstance(part, model.NormIs | model.OutputValue | model.ParameterValue)
        for part in model.walk(expr)
    ):
        yield expr


def norms_in(expr: Expr) -> Iterator[model.NormIs | model.OutputValue]:
    """The statements about the outcome inside an expectation."""
    for part in model.walk(expr):
        if isinstance(part, model.NormIs | model.OutputValue):
            yield part


def values_as_conditions(policy: Policy, case: Case) -> Iterator[Expr]:
    """Conditions that together say what the value of every fact is in a case."""
    for fact in policy.facts.values():
        value = case.facts[fact.name]
        node = model.FactValue(fact=fact.name, type=fact.type, optional=fact.optional)
        if fact.optional:
            yield model.Established(fact=fact.name)
        if value is None:
            continue
        match fact.type:
            case SetOf(element=element):
                for each in element.values:
                    yield model.Member(operand=node, values=(each,), quantity="all")
            case YesNo() if not fact.optional:
                yield node
            case _:
                literal = model.Literal_(value=value, type=fact.type)
                yield model.Compare(sign="=", left=node, right=literal)


@dataclass
class Atoms:
    """The atoms of one policy: of its clauses, and of all its conditions down to facts."""

    policy: Policy
    _base: tuple[Expr, ...] | None = None
    _over: Mapping[str, Sequence[model.Priority]] = field(init=False)

    def __post_init__(self) -> None:
        self._over = over_each(self.policy)

    def base(self) -> tuple[Expr, ...]:
        """Every condition on facts that stands anywhere in the policy."""
        if self._base is None:
            found: dict[Expr, None] = {}
            for condition in self._everywhere():
                for leaf in leaves(condition):
                    if not isinstance(leaf, model.ClauseApplies | model.ClauseInScope):
                        found[leaf] = None
            self._base = tuple(found)
        return self._base

    def _everywhere(self) -> Iterator[Expr]:
        policy = self.policy
        for definition in policy.definitions.values():
            yield from (case.body for case in definition.cases if model.is_condition(case.body))
        yield from (each.condition for each in policy.assumptions)
        for clause in policy.clauses.values():
            yield from clause.conditions
        yield from (each.when for each in policy.decisions.values())
        yield from (each.when for each in policy.outputs.values())
        yield from (each.when for each in policy.incapacities)
        yield from (each.when for each in policy.settlements)
        for process in policy.processes.values():
            yield process.when
            yield from (each.when for each in process.steps.values())
        for expectation in policy.expectations:
            yield expectation.condition
            if expectation.premise is not None:
                yield expectation.premise

    def of_clauses(self, clauses: Iterable[str]) -> tuple[Expr, ...]:
        """What decides whether clauses are in force: their own conditions as written, then
        whether the clauses that could defeat them apply."""
        found: dict[Expr, None] = {}
        pending = list(clauses)
        for name in pending:
            for condition in self.policy.clauses[name].conditions:
                found.update(dict.fromkeys(leaves(condition)))
        for name in self.rivals(pending):
            found[model.ClauseApplies(clause=name)] = None
        for decision in self.policy.decisions.values() if len(found) else ():
            if self._over:
                found.update(dict.fromkeys(leaves(decision.when)))
        return tuple(found)

    @staticmethod
    def of_condition(condition: Expr) -> tuple[Expr, ...]:
        """The conditions as written inside one condition."""
        return tuple(dict.fromkeys(leaves(condition)))

    def rivals(self, clauses: Iterable[str]) -> list[str]:
        """The clauses that have priority, directly or through others, over some clauses, or
        stand before them in an ordered list; not the clauses themselves."""
        return rivals(self.policy, clauses, self._over)

    def of_actions(self, actions: Iterable[str]) -> tuple[Expr, ...]:
        """What decides whether any clause speaks about some actions: the conditions of every
        clause that could."""
        return self.of_clauses(self._speaking(actions))

    def speaking(self, actions: Iterable[str]) -> tuple[Expr, ...]:
        """The same, told by whole clauses: whether each that could speak applies."""
        return self.applying(self._speaking(actions))

    def applying(self, clauses: Iterable[str]) -> tuple[Expr, ...]:
        """Whether some clauses, and those that could defeat them, apply."""
        names = list(clauses)
        return tuple(model.ClauseApplies(clause=n) for n in (*names, *self.rivals(names)))

    def _speaking(self, actions: Iterable[str]) -> list[str]:
        wanted = set(actions)
        return [
            clause.name
            for clause in self.policy.clauses.values()
            if any(isinstance(e, model.NormEffect) and e.action in wanted for e in clause.effects)
        ]

    def of_outputs(self, outputs: Iterable[str]) -> tuple[Expr, ...]:
        """What decides whether any clause sets some outputs."""
        wanted = set(outputs)
        setting = [
            clause.name
            for clause in self.policy.clauses.values()
            if any(isinstance(e, model.SetEffect) and e.output in wanted for e in clause.effects)
        ]
        return self.of_clauses(setting)

    def of_expectation(self, expr: Expr) -> tuple[Expr, ...]:
        """What decides a condition that may speak about outcomes."""
        found = dict.fromkeys(leaves(expr))
        norms = list(norms_in(expr))
        actions = [each.action for each in norms if isinstance(each, model.NormIs)]
        outputs = [each.output for each in norms if isinstance(each, model.OutputValue)]
        found.update(dict.fromkeys(self.of_actions(actions)))
        found.update(dict.fromkeys(self.of_outputs(outputs)))
        return tuple(found)

    def facts_behind(self, exprs: Iterable[Expr]) -> set[str]:
        """The facts on which conditions rest, through definitions and clauses."""
        return facts_behind(self.policy, exprs)

    def facts_of_force(self, clause: str) -> set[str]:
        """The facts on which it can depend whether a clause is in force."""
        return facts_behind(self.policy, behind_force(self.policy, clause))

    def force_behind(self, exprs: Iterable[Expr]) -> list[str]:
        """The clauses on whose being in force conditions rest: those of which it is asked whether
        they are broken, with what could defeat them, through definitions and clauses."""
        found: dict[str, None] = {}
        seen: set[str] = set()
        queue = list(exprs)
        while queue:
            for part in model.walk(queue.pop()):
                for name in named_by(self.policy, part):
                    if isinstance(part, model.ClauseBroken):
                        found[name] = None
                    if name in seen:
                        continue
                    seen.add(name)
                    if name in self.policy.clauses:
                        queue += self.policy.clauses[name].conditions
                    else:
                        queue += [case.body for case in self.policy.definitions[name].cases]
        return list(found)
