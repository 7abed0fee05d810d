"""What is compared: of each action, output, decision and expectation of an answer what each of two
versions says of it, by the evaluator and as the solver sees it.

An *aspect* of a subject is one yes/no question about one version: "is it obliged?". Two versions
say the same of a subject in a case where they agree in all of its aspects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator, Outcome
from policy_dsl.model import Literal_, NormEffect, Policy, SetEffect
from policy_dsl.norms import SILENT, NormativeState
from policy_dsl.types import Value

SubjectKind: TypeAlias = Literal["action", "output", "decision", "answer", "compliance"]
"""``answer``: some clause is expected to speak about an action (``settle``). ``compliance``: all
duties can be kept together."""


@dataclass(frozen=True)
class Subject:
    """One thing of which the versions may say something else. ``names`` are the actions of an
    answer; of all others the one name."""

    kind: SubjectKind
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What one version says of a subject in one case.

    ``opposed``: what it says cannot be followed; ``barred``: because it is in nobody's power.
    ``gap``: it is expected to say something and does not. ``bounds``: how many of a decision's
    actions are done, at least and at most. ``values`` are in one fixed order.
    """

    state: NormativeState | None = None
    values: tuple[Value, ...] = ()
    bounds: tuple[int, int] | None = None
    opposed: bool = False
    barred: bool = False
    gap: bool = False


def state_opposed(state: NormativeState) -> bool:
    """Whether a state cannot be followed, or made use of: a duty and a ban, a permission beside a
    ban, a release beside a duty."""
    obliged, forbidden = state.obliged is not None, state.forbidden is not None
    return (
        (obliged and forbidden) or (forbidden and state.permitted) or (obliged and state.released)
    )


@dataclass(frozen=True)
class Reader:
    """What one version says of subjects, by the evaluator. ``policy`` is in the vocabulary of
    both versions, and cases are of both."""

    policy: Policy
    evaluator: Evaluator

    def outcome(self, case: Case) -> Outcome:
        """What the version says about a case."""
        return self.evaluator.outcome(case)

    def standing(self, subject: Subject, case: Case) -> Standing:
        """What the version says of a subject in a case."""
        outcome = self.outcome(case)
        match subject.kind:
            case "action":
                name = subject.names[0]
                state = outcome.states.get(name, SILENT)
                impossible = any(each.action == name for each in outcome.incapacities)
                barred = state.obliged == "must" and impossible
                return Standing(state=state, opposed=state_opposed(state), barred=barred)
            case "output":
                return self._output(subject.names[0], outcome, case)
            case "decision":
                return self._decision(subject.names[0], outcome)
            case "answer":
                return Standing(gap=self._unanswered(subject.names, outcome, case))
            case "compliance":
                return Standing(opposed=not outcome.compliable["must"])

    def _output(self, name: str, outcome: Outcome, case: Case) -> Standing:
        output = self.policy.outputs.get(name)
        if output is None:
            return Standing()
        values = tuple(dict.fromkeys(value for _, value in outcome.outputs[name]))
        wanted = bool(self.policy.documents) and self.evaluator.holds(output.when, case)
        ordered = tuple(sorted(values, key=_in_order))
        return Standing(values=ordered, opposed=len(values) > 1, gap=wanted and not values)

    def _decision(self, name: str, outcome: Outcome) -> Standing:
        if name not in outcome.decisions:
            return Standing()
        decision = self.policy.decisions[name]
        silent = all(outcome.states[each].silent for each in decision.actions)
        gap = bool(self.policy.documents) and decision.low > 0 and silent
        return Standing(bounds=(decision.low, decision.high), gap=gap)

    def _unanswered(self, actions: tuple[str, ...], outcome: Outcome, case: Case) -> bool:
        if not self.policy.documents:
            return False
        if not all(outcome.states.get(each, SILENT).silent for each in actions):
            return False
        return any(
            self.evaluator.holds(each.when, case)
            for each in self.policy.settlements
            if tuple(sorted(each.actions)) == actions
        )

    def direct(self, case: Case) -> bool:
        """Whether some action must be done and must not, or is in nobody's power and must be."""
        outcome = self.outcome(case)
        impossible = {each.action for each in outcome.incapacities}
        return any(
            state.obliged == "must" and (state.forbidden == "must" or name in impossible)
            for name, state in outcome.states.items()
        )

    def in_force(self, subject: Subject, case: Case) -> tuple[str, ...]:
        """The clauses in force that speak about a subject."""
        speaking = set(speakers(self.policy, subject))
        return tuple(each for each in self.outcome(case).in_force if each in speaking)


def _in_order(value: Value) -> tuple[str, int]:
    """By what values are put in one order; those of one output are of one type."""
    if isinstance(value, int):
        return "", int(value)
    return (" ".join(sorted(value)) if isinstance(value, frozenset) else str(value)), 0


def speakers(policy: Policy, subject: Subject) -> list[str]:
    """The clauses of a version that have an effect on a subject."""
    match subject.kind:
        case "output":
            return [
                clause.name
                for clause in policy.clauses.values()
                if any(
                    isinstance(e, SetEffect) and e.output in subject.names for e in clause.effects
                )
            ]
        case "decision" | "compliance" | "action" | "answer":
            actions = set(subject_actions(policy, subject))
            return [
                clause.name
                for clause in policy.clauses.values()
                if any(isinstance(e, NormEffect) and e.action in actions for e in clause.effects)
            ]


def subject_actions(policy: Policy, subject: Subject) -> tuple[str, ...]:
    """The actions that a subject is about."""
    match subject.kind:
        case "action" | "answer":
            return subject.names
        case "decision":
            found = policy.decisions.get(subject.names[0])
            return () if found is None else found.actions
        case "compliance":
            return tuple(policy.actions)
        case "output":
            return ()


OPPOSED, SCOPE = 6, 8
"""Where two aspects stand among those of ``bits``: that it cannot be followed, and that a decision
is in scope."""


def bits(standing: Standing, values: tuple[Value, ...]) -> tuple[bool, ...]:
    """The aspects of what a version says, in the order of ``Questions.aspects``; ``values`` are
    those that an output can have, none where they are not listed."""
    state = standing.state or SILENT
    return (
        state.obliged is not None,
        state.obliged == "must",
        state.forbidden is not None,
        state.forbidden == "must",
        state.permitted,
        state.released,
        standing.opposed,
        standing.gap,
        standing.bounds is not None,
        bool(standing.values),
        standing.barred,
        *(value in standing.values for value in values),
    )


def constant_values(policy: Policy, output: str) -> tuple[Value, ...] | None:
    """The values that clauses can set an output to; None where one of them is worked out."""
    found: dict[Value, None] = {}
    for clause in policy.clauses.values():
        for effect in clause.effects:
            if isinstance(effect, SetEffect) and effect.output == output:
                if not isinstance(effect.value, Literal_):
                    return None
                found[effect.value.value] = None
    return tuple(found)
