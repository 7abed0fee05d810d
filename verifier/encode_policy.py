"""The encoding of a whole policy: assumptions, applicability, defeat, effects.

INVARIANT: for every case, each constant named in ``names.py`` is true exactly when the evaluator
(``policy_dsl.evaluate``) says so of the clause, action, output, decision or incapacity.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from policy_dsl import model
from policy_dsl.calendar import FIRST_DAY, LAST_DAY
from policy_dsl.model import Clause, Fact, Policy
from policy_dsl.types import Date
from verifier import names
from verifier.encode import ConditionEncoder
from verifier.encode_force import ForceEncoder, define
from verifier.solvers.backend import Backend, Term


@dataclass
class PolicyEncoder:
    """Defines every named constant of a policy in a backend.

    Ranges, readings and assumptions are defined here but not yet required: ``hard`` lists the
    names that must hold in every case.
    """

    policy: Policy
    backend: Backend
    conditions: ConditionEncoder = field(init=False)
    hard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.conditions = ConditionEncoder(self.policy, self.backend)
        self._cases()
        for clause in self.policy.clauses.values():
            self._applicability(clause)
        self._decisions()
        ForceEncoder(self.policy, self.backend, self.conditions).run()

    def _define(self, name: str, term: Term) -> Term:
        return define(self.backend, name, term)

    def _under(self, under: model.Expr | None) -> list[Term]:
        return [] if under is None else [self.conditions.condition(under)]

    # --- what every case satisfies --------------------------------------------------------

    def _cases(self) -> None:
        b = self.backend
        for fact in self.policy.facts.values():
            if isinstance(fact.type, Date):
                self._calendar(fact)
            term = self.conditions.range_of(fact)
            if term is not None:
                self._hard(names.type_range(fact.name), term)
        for ambiguity in self.policy.ambiguities.values():
            options = [b.boolean(names.reading(ambiguity.name, r.name)) for r in ambiguity.readings]
            term = self.conditions.exactly_one(options)
            if ambiguity.settled is not None:
                chosen = b.boolean(names.reading(ambiguity.name, ambiguity.settled))
                term = b.conj([term, chosen])
            self._hard(names.settled(ambiguity.name), term)
        for index, assumption in enumerate(self.policy.assumptions):
            limbs = [b.neg(each) for each in self._under(assumption.under)]
            limbs.append(self.conditions.condition(assumption.condition))
            self._hard(names.assumption(index), b.disj(limbs))

    def _calendar(self, fact: Fact) -> None:
        """A date is one that can be written. The range of every date fact says so too; without
        this the solver would look among all numbers where ranges are not required yet."""
        b, day = self.backend, self.backend.integer(names.fact(fact.name))
        b.require(b.neg(b.less(day, b.number(FIRST_DAY))))
        b.require(b.neg(b.less(b.number(LAST_DAY), day)))

    def _hard(self, name: str, term: Term) -> None:
        self._define(name, term)
        self.hard.append(name)

    # --- clauses --------------------------------------------------------------------------

    def _applicability(self, clause: Clause) -> None:
        b = self.backend
        needed = [self.conditions.condition(each.condition) for each in clause.requirements]
        scope = self._define(
            names.in_scope(clause.name), b.conj([*needed, *self._under(clause.under)])
        )
        barred = [b.neg(self.conditions.condition(each.condition)) for each in clause.exceptions]
        self._define(names.applies(clause.name), b.conj([scope, *barred]))

    def _decisions(self) -> None:
        b = self.backend
        for decision in self.policy.decisions.values():
            when = self.conditions.condition(decision.when)
            term = b.conj([when, *self._under(decision.under)])
            self._define(names.decision(decision.name), term)
        excluded: dict[str, list[Term]] = {name: [] for name in self.policy.actions}
        for index, each in enumerate(self.policy.incapacities):
            when = self.conditions.condition(each.when)
            term = b.conj([when, *self._under(each.under)])
            excluded[each.action].append(self._define(names.incapacity(index), term))
        for action, terms in excluded.items():
            self._define(names.impossible(action), b.disj(terms))
