"""Everything that is said about one case, before it is put into a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_dsl.case import Case
from policy_dsl.compliance import Constraint, choice
from policy_dsl.evaluate import Evaluator, Outcome
from policy_dsl.model import Policy, Strength
from policy_dsl.why import Why, why


@dataclass(frozen=True)
class Change:
    """What another reading of one ambiguity would change: clauses that come into force, and
    clauses that no longer are. Both are empty where it changes nothing."""

    ambiguity: str
    reading: str
    come: tuple[str, ...]
    go: tuple[str, ...]
    binds: bool
    """Whether it also makes norms stronger or weaker."""


@dataclass(frozen=True)
class Answer:
    """What a policy says about a case.

    ``filled`` are the facts and ambiguities that the case left open, and ``changes`` what other
    readings of these ambiguities would do, one at a time. ``conflict`` is a smallest part of what
    is to be kept at the strength ``broken`` that cannot be, or empty. ``whys`` are the reasons
    that were asked for. ``second_best``: all can be kept together only because what is owed for
    another duty's breach is left apart.
    """

    policy: Policy
    case: Case
    outcome: Outcome
    filled: tuple[str, ...]
    changes: tuple[Change, ...]
    broken: Strength | None
    conflict: tuple[Constraint, ...]
    whys: tuple[Why, ...]
    second_best: bool = False


def answer(evaluator: Evaluator, case: Case, filled: Sequence[str], asked: Sequence[str]) -> Answer:
    """Evaluate a full case. ``asked`` are the clauses to give reasons for; if there are none,
    reasons are given for all clauses in force."""
    policy = evaluator.policy
    outcome = evaluator.outcome(case)
    broken: Strength | None = None
    if not outcome.compliable["must"]:
        broken = "must"
    elif not outcome.compliable["should"]:
        broken = "should"
    return Answer(
        policy=policy,
        case=case,
        outcome=outcome,
        filled=tuple(filled),
        changes=tuple(_changes(evaluator, case, outcome, filled)),
        broken=broken,
        conflict=() if broken is None else evaluator.conflict(case, broken),
        second_best=broken is None and choice(outcome.constraints["should"]) is None,
        whys=tuple(why(evaluator, clause, case) for clause in asked or outcome.in_force),
    )


def _changes(
    evaluator: Evaluator, case: Case, outcome: Outcome, filled: Sequence[str]
) -> list[Change]:
    found = []
    for ambiguity in evaluator.policy.ambiguities.values():
        if ambiguity.name not in filled:
            continue
        for reading in ambiguity.readings:
            if reading.name == case.readings[ambiguity.name]:
                continue
            other = Case(case.facts, {**case.readings, ambiguity.name: reading.name})
            changed = evaluator.outcome(other)
            found.append(
                Change(
                    ambiguity=ambiguity.name,
                    reading=reading.name,
                    come=tuple(n for n in changed.in_force if n not in outcome.in_force),
                    go=tuple(n for n in outcome.in_force if n not in changed.in_force),
                    binds=changed.in_force == outcome.in_force
                    and (changed.states, changed.compliable)
                    != (outcome.states, outcome.compliable),
                )
            )
    return found
