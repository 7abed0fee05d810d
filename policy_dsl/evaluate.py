"""The reference meaning of a policy: what it says about one case, in plain Python.

Whatever else is claimed about a policy is checked against this evaluator. How conditions are
understood stands in ``policy_dsl.conditions``, clash and defeat in ``policy_dsl.defeat``.

*Applicable*: all requirements hold, no exception does, and ``under`` holds under the case's
readings. *In force*: applicable and not defeated.

*Normative state*: per action, the strongest duty to do it and not to do it, and whether it is
permitted and released from, by the clauses in force. A should-norm counts as a must-norm where
the case reads "should" as binding.

*Outputs*: the values set by the clauses in force. A value that rests on a fact that is not
established is not set.

*Compliable*: some choice of actions meets every duty in force of the strength asked for (at
``should``, all of them), keeps every decision in scope, and does nothing that an incapacity in
force excludes; duties apart that are owed only because another is broken in fact (see
``policy_dsl.second_best``; for *broken*, ``policy_dsl.deeds``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from policy_dsl.case import Case
from policy_dsl.closures import Code, Run, Test
from policy_dsl.compliance import (
    Constraint,
    Duty,
    decision_constraint,
    duty_constraint,
    incapacity_constraint,
)
from policy_dsl.conditions import Compiler
from policy_dsl.defeat import Defeat, DefeatRules
from policy_dsl.model import (
    SHOULD,
    AllOf,
    Assumption,
    Decision,
    Expr,
    Fact,
    Incapacity,
    Negation,
    NormEffect,
    NormIs,
    OutputValue,
    Policy,
    SetEffect,
    Strength,
    walk,
)
from policy_dsl.norms import SILENT, NormativeState
from policy_dsl.references import evaluation_order
from policy_dsl.second_best import Deeds
from policy_dsl.types import Value, contains


@dataclass(frozen=True, slots=True)
class ClauseStatus:
    """How a clause stands in a case. Only an applicable clause is ever said to be defeated."""

    applicable: bool
    in_force: bool
    defeated_by: tuple[Defeat, ...] = ()


@dataclass(frozen=True, slots=True)
class OutOfRange:
    """A fact whose value does not belong to its type, or is missing (``None``)."""

    fact: str
    value: Value


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a policy says about a case: one entry for every clause, action and output.

    ``outputs`` pairs each value with the clause that sets it. ``decisions`` are those in scope,
    ``incapacities`` those in force. ``constraints`` holds, per strength, all that has to be kept
    together; ``compliable`` whether it can be. ``broken`` are the clauses in force that are broken
    by what is done.
    """

    clauses: Mapping[str, ClauseStatus]
    states: Mapping[str, NormativeState]
    outputs: Mapping[str, tuple[tuple[str, Value], ...]]
    decisions: tuple[str, ...]
    incapacities: tuple[Incapacity, ...]
    constraints: Mapping[Strength, tuple[Constraint, ...]]
    compliable: Mapping[Strength, bool]
    broken: tuple[str, ...] = ()

    @property
    def in_force(self) -> tuple[str, ...]:
        """The clauses in force, in the policy's order."""
        return tuple(name for name, status in self.clauses.items() if status.in_force)


_NOT_APPLICABLE = ClauseStatus(False, False)
_IN_FORCE = ClauseStatus(True, True)


class Evaluator:
    """Evaluates cases under one policy.

    Every method takes full cases: a value for each fact, a reading for each ambiguity. On
    others it raises ``KeyError``; ``violated_assumptions`` and ``is_valid`` only for readings.

    INVARIANT: the mappings of a case are not changed while it is in use here.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._compiler = compiler = Compiler(policy)
        self._rules = DefeatRules(policy, compiler)
        compiler.in_force = self._rules.in_force
        self._order = [compiler.value(each) for each in evaluation_order(policy)]
        self._norms: dict[str, list[tuple[NormEffect, Constraint | None]]] = {}
        self._sets: dict[str, list[tuple[str, Code]]] = {}
        for name, clause in policy.clauses.items():
            self._norms[name] = [
                (effect, duty_constraint(name, effect) if effect.is_duty else None)
                for effect in clause.effects
                if isinstance(effect, NormEffect)
            ]
            self._sets[name] = [
                (effect.output, compiler.value(effect.value))
                for effect in clause.effects
                if isinstance(effect, SetEffect)
            ]
        self._decisions = {
            name: decision_constraint(each) for name, each in policy.decisions.items()
        }
        self._incapacities: list[tuple[Incapacity, Test, Constraint]] = [
            (each, compiler.test(_where(each.under, each.when)), incapacity_constraint(each))
            for each in policy.incapacities
        ]
        self._broken: list[tuple[Assumption, Test]] = [
            (each, compiler.test(_where(each.under, Negation(operand=each.condition))))
            for each in policy.assumptions
        ]
        self._deeds = Deeds(policy, self._standing)
        self._last: tuple[Case, Run] | None = None

    def applicable(self, clause: str, case: Case) -> bool:
        """Whether a clause is applicable in the case."""
        return self._compiler.applies(clause, self._run(case))

    def in_scope(self, clause: str, case: Case) -> bool:
        """Whether a clause's requirements and ``under`` hold, whatever its exceptions."""
        return self._compiler.in_scope(clause, self._run(case))

    def clash(self, first: str, second: str, case: Case) -> bool:
        """Whether two clauses, were both in force in the case, would clash."""
        return self._rules.clash(first, second, self._run(case))

    def violated_assumptions(self, case: Case) -> tuple[Assumption | OutOfRange, ...]:
        """The types of facts that the case breaks, or else the assumptions it breaks."""
        outside = tuple(
            OutOfRange(name, case.facts.get(name))
            for name, fact in self.policy.facts.items()
            if name not in case.facts or not _belongs(fact, case.facts[name])
        )
        if outside:
            return outside
        run = self._run(case)
        return tuple(each for each, broken in self._broken if broken(run, ()))

    def is_valid(self, case: Case) -> bool:
        """Whether the case keeps to all types and assumptions."""
        return not self.violated_assumptions(case)

    def condition(self, expr: Expr) -> Callable[[Case], bool]:
        """A condition as a function of a case, for repeated use; norms and outputs allowed.

        Raises ``TypeError`` for an expression that is not a condition.
        """
        test = self._compiler.test(expr)
        if not any(isinstance(each, NormIs | OutputValue) for each in walk(expr)):
            return lambda case: test(self._run(case), ())

        def holds(case: Case) -> bool:
            run = self._run(case)
            if not run.states:
                self._outcome(run)
            return test(run, ())

        return holds

    def holds(self, expr: Expr, case: Case) -> bool:
        """Whether a condition holds in the case. Raises ``TypeError`` like ``condition``."""
        return self.condition(expr)(case)

    def value(self, expr: Expr, case: Case) -> Value:
        """The value of an expression without outputs; ``None`` if not established."""
        return self._compiler.value(expr)(self._run(case), ())

    def outcome(self, case: Case) -> Outcome:
        """What the policy says about the case, whether or not the case is valid."""
        return self._outcome(self._run(case))

    def conflict(self, case: Case, strength: Strength) -> tuple[Constraint, ...]:
        """A smallest part of what cannot be kept together in a case; nothing if it can be."""
        return self._deeds.conflict(self.outcome(case).constraints[strength], self._run(case))

    def _run(self, case: Case) -> Run:
        if self._last is None or self._last[0] is not case:
            self._last = (case, Run(case.facts, case.readings))
        return self._last[1]

    def _outcome(self, run: Run) -> Outcome:
        for prepare in self._order:
            prepare(run, ())
        defeats = self._rules.defeats(run)
        clauses = {
            name: (ClauseStatus(True, False, defeats[name]) if name in defeats else _IN_FORCE)
            if run.applies[name]
            else _NOT_APPLICABLE
            for name in self.policy.clauses
        }
        in_force = [name for name, status in clauses.items() if status.in_force]
        run.states, duties = self._states(in_force, run)
        run.outputs = self._outputs(in_force, run)
        decisions, incapacities = self._frame(run)
        frame = [self._decisions[name] for name in decisions]
        frame += [constraint for _, _, constraint in incapacities]
        strongest = [duty for duty, is_must in duties if is_must]
        compliable = not self._deeds.conflict([*strongest, *frame], run)
        everything = [*(duty for duty, _ in duties), *frame]
        more = compliable and len(strongest) < len(duties)
        all_compliable = compliable and not (more and self._deeds.conflict(everything, run))
        return Outcome(
            clauses=clauses,
            states=run.states,
            outputs=run.outputs,
            decisions=decisions,
            incapacities=tuple(each for each, _, _ in incapacities),
            constraints={"must": (*strongest, *frame), "should": tuple(everything)},
            compliable={"must": compliable, "should": all_compliable},
            broken=self._deeds.broken(in_force, run),
        )

    def _frame(self, run: Run) -> tuple[tuple[str, ...], list[tuple[Incapacity, Test, Constraint]]]:
        """The decisions in scope, and the incapacities in force."""
        in_scope = self._rules.decision_in_scope
        decisions = tuple(name for name in self._decisions if in_scope(name, run))
        return decisions, [each for each in self._incapacities if each[1](run, ())]

    def _standing(self, run: Run) -> Callable[[Constraint], bool]:
        """Whether a constraint is there in a case: its clause in force, its decision in scope."""
        for prepare in self._order:
            prepare(run, ())
        defeated = self._rules.defeats(run)
        decisions, incapacities = self._frame(run)

        def there(constraint: Constraint) -> bool:
            origin = constraint.origin
            if isinstance(origin, Duty):
                return run.applies[origin.clause] and origin.clause not in defeated
            if isinstance(origin, Decision):
                return origin.name in decisions
            return any(each is origin for each, _, _ in incapacities)

        return there

    def _states(
        self, in_force: list[str], run: Run
    ) -> tuple[dict[str, NormativeState], list[tuple[Constraint, bool]]]:
        """The state of every action; and the duties in force, with whether each is a must."""
        binding = run.readings.get(SHOULD) == "binding"
        states = dict.fromkeys(self.policy.actions, SILENT)
        duties = []
        for name in in_force:
            for effect, duty in self._norms[name]:
                strength: Strength = "must" if binding else effect.strength
                states[effect.action] = states[effect.action].with_norm(effect.force, strength)
                if duty is not None:
                    duties.append((duty, strength == "must"))
        return states, duties

    def _outputs(self, in_force: list[str], run: Run) -> dict[str, tuple[tuple[str, Value], ...]]:
        found: dict[str, tuple[tuple[str, Value], ...]] = dict.fromkeys(self.policy.outputs, ())
        for name in in_force:
            for output, code in self._sets[name]:
                value = code(run, ())
                if value is not None:
                    found[output] += ((name, value),)
        return found


def _where(under: Expr | None, condition: Expr) -> Expr:
    return condition if under is None else AllOf(operands=(under, condition))


def _belongs(fact: Fact, value: Value) -> bool:
    return fact.optional if value is None else contains(fact.type, value)
