"""What the steps of a process depend on, and which facts still matter in a state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from policy_dsl import model
from policy_dsl.model import Clause, Effect, Expr, NormEffect, Policy, Process, SetEffect, Step
from verifier.atoms import Atoms

Part: TypeAlias = tuple[Expr, bool]
"""A condition, and whether it has to hold or to fail."""


@dataclass(frozen=True)
class StepParts:
    """What decides about one step.

    ``before`` is the part of the policy that says whether its action is lawful, and which of the
    clauses that speak of the action are in force; ``reads`` are the changing facts on which that
    and the step's condition rest. ``after`` is the part that holds the assumptions which its
    changes can break, and ``kept`` are the changing facts on which these rest. ``needs`` is the
    step's condition, ``asks`` that of each clause that speaks of its action, part by part.
    """

    step: Step
    before: Policy
    after: Policy
    speaking: tuple[str, ...]
    needs: tuple[Part, ...]
    asks: Mapping[str, tuple[Part, ...]]
    reads: frozenset[str]
    kept: frozenset[str]

    @property
    def sets(self) -> frozenset[str]:
        """The facts it changes."""
        return frozenset(each.fact for each in self.step.changes)


def step_parts(policy: Policy, atoms: Atoms, process: Process) -> dict[str, StepParts]:
    """The parts of every step of a process."""
    changing = frozenset(process.changing)
    behind = [atoms.facts_behind([each.condition]) for each in policy.assumptions]
    found = {}
    for step in process.steps.values():
        speaking = _speaking(policy, step.action)
        rivals = atoms.rivals(speaking)
        asked = [step.when, *_deciding(policy, step.action, speaking, rivals)]
        rivals += [n for n in atoms.force_behind(asked) if n not in {*speaking, *rivals}]
        exprs = [step.when, *_deciding(policy, step.action, speaking, rivals)]
        sets = {each.fact for each in step.changes}
        touched = tuple(
            each for each, facts in zip(policy.assumptions, behind, strict=True) if facts & sets
        )
        demands = [each.condition for each in touched]
        forced = atoms.force_behind(demands)
        demands += _deciding(policy, None, [], forced)
        found[step.name] = StepParts(
            step=step,
            before=_part_of(policy, atoms, exprs, speaking, rivals, step.action),
            after=replace(_part_of(policy, atoms, demands, [], forced, None), assumptions=touched),
            speaking=tuple(speaking),
            needs=tuple(parts_of(step.when)),
            asks={name: tuple(_asked(policy.clauses[name])) for name in speaking},
            reads=frozenset(atoms.facts_behind(exprs)) & changing,
            kept=frozenset(atoms.facts_behind(demands)) & changing,
        )
    return found


def _asked(clause: Clause) -> Iterator[Part]:
    for requirement in clause.requirements:
        yield from parts_of(requirement.condition)
    for exception in clause.exceptions:
        yield from parts_of(exception.condition, truth=False)


def parts_of(expr: Expr, truth: bool = True) -> Iterator[Part]:
    """The conditions that must all hold, or fail, for an expression to hold, or fail."""
    match expr, truth:
        case model.Negation(operand=operand), _:
            yield from parts_of(operand, not truth)
        case (model.AllOf(operands=operands), True) | (model.AnyOf(operands=operands), False):
            for each in operands:
                yield from parts_of(each, truth)
        case _:
            yield expr, truth


def _speaking(policy: Policy, action: str | None) -> list[str]:
    return [
        clause.name
        for clause in policy.clauses.values()
        if any(isinstance(e, NormEffect) and e.action == action for e in clause.effects)
    ]


def _deciding(
    policy: Policy, action: str | None, speaking: list[str], rivals: list[str]
) -> Iterable[Expr]:
    """What decides whether an action is possible, and which clauses about it are in force."""
    yield from (each.when for each in policy.incapacities if each.action == action)
    for name in (*speaking, *rivals):
        clause = policy.clauses[name]
        yield from clause.conditions
        if rivals:
            yield from (e.value for e in clause.effects if isinstance(e, SetEffect))
    if rivals:
        yield from (each.when for each in policy.decisions.values())


def _part_of(
    policy: Policy,
    atoms: Atoms,
    exprs: list[Expr],
    speaking: list[str],
    rivals: list[str],
    action: str | None,
) -> Policy:
    """The policy with no more than some clauses, what conditions refer to, and what makes an
    action impossible. Assumptions and readings are left to those who ask."""
    clauses = {*speaking, *rivals}
    referred = _clauses_behind(policy, exprs) - clauses
    kept = {
        name: replace(clause, effects=() if name in referred else _bearing(clause, action, rivals))
        for name, clause in policy.clauses.items()
        if name in referred or name in clauses
    }
    effects = [each for clause in kept.values() for each in clause.effects]
    actions = {action, *(each.action for each in effects if isinstance(each, NormEffect))}
    outputs = {each.output for each in effects if isinstance(each, SetEffect)}
    facts = atoms.facts_behind(exprs)
    return replace(
        policy,
        actions={name: each for name, each in policy.actions.items() if name in actions},
        outputs={name: each for name, each in policy.outputs.items() if name in outputs},
        facts={name: fact for name, fact in policy.facts.items() if name in facts},
        assumptions=(),
        decisions=policy.decisions if rivals else {},
        incapacities=tuple(each for each in policy.incapacities if each.action == action),
        settlements=(),
        clauses=kept,
        groups={
            name: replace(group, clauses=tuple(c for c in group.clauses if c in kept))
            for name, group in policy.groups.items()
        },
        priorities=tuple(
            each
            for each in policy.priorities
            if {each.winner, each.loser, each.declared_by} <= clauses
        ),
        ambiguities={},
        expectations=(),
    )


def _bearing(clause: Clause, action: str | None, rivals: list[str]) -> tuple[Effect, ...]:
    """The effects that count for an action: where clauses may defeat each other, all of them."""
    if rivals:
        return clause.effects
    norms = (each for each in clause.effects if isinstance(each, NormEffect))
    return tuple(each for each in norms if each.action == action)


def _clauses_behind(policy: Policy, exprs: Iterable[Expr]) -> set[str]:
    """The clauses to which conditions refer, directly or through others."""
    clauses: set[str] = set()
    definitions: set[str] = set()
    queue = list(exprs)
    while queue:
        for part in model.walk(queue.pop()):
            match part:
                case model.ClauseApplies(clause=name) | model.ClauseInScope(clause=name):
                    if name not in clauses:
                        clauses.add(name)
                        queue += policy.clauses[name].conditions
                case model.DefinitionValue(definition=name) if name not in definitions:
                    definitions.add(name)
                    queue += [case.body for case in policy.definitions[name].cases]
                case _:
                    pass
    return clauses


def live_facts(process: Process, parts: Mapping[str, StepParts]) -> dict[str, frozenset[str]]:
    """For each state the changing facts whose values still matter to some step of a run through it,
    and are not changed before."""
    live: dict[str, frozenset[str]] = dict.fromkeys(process.states, frozenset())
    changed = True
    while changed:
        changed = False
        for part in parts.values():
            later = (live[part.step.target] | part.kept) - part.sets
            for state in part.step.sources:
                wider = live[state] | part.reads | later
                changed = changed or wider != live[state]
                live[state] = wider
    return live
