"""A policy with one clause's norm taken away, beside the policy itself, in one solver.

The clause's conditions stay, so that clauses that refer to it are unchanged; what it says, and
what it defeats by priority or by its place in an ordered list, is gone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from policy_dsl import model
from policy_dsl.model import Effect, NormEffect, Policy, SetEffect, TimedBan
from verifier import names
from verifier.encode import ConditionEncoder
from verifier.encode_force import ForceEncoder
from verifier.outputs import equals, fresh_value
from verifier.session import Session
from verifier.solvers.backend import Backend, Term

_OWN = (
    "force:",
    "defeats:",
    "taken:",
    "reach:",
    "effect:",
    "binding:",
    "spoken:",
    "value:",
    "sets:",
)


@dataclass
class _Renamed:
    """A view of a backend in which what follows from the clauses has names of its own."""

    backend: Backend
    prefix: str

    def boolean(self, name: str) -> Term:
        return self.backend.boolean(self.prefix + name if name.startswith(_OWN) else name)

    def __getattr__(self, name: str) -> object:
        return getattr(self.backend, name)


def without(policy: Policy, clause: str) -> Policy:
    """The policy with the clause's effects, priorities and place in a list taken away."""
    bare = replace(policy.clauses[clause], effects=(), group=None, rank=0)
    groups = {
        name: replace(group, clauses=tuple(c for c in group.clauses if c != clause))
        for name, group in policy.groups.items()
    }
    return replace(
        policy,
        clauses={**policy.clauses, clause: bare},
        groups=groups,
        priorities=tuple(p for p in policy.priorities if clause not in (p.winner, p.loser)),
    )


def difference(session: Session, clause: str) -> Term:
    """An assumption that some normative state or output differs without the clause's norm."""
    policy, b = session.policy, session.backend
    other = without(policy, clause)
    prefix = f"without {clause}:"
    renamed = cast(Backend, _Renamed(b, prefix))
    conditions = ConditionEncoder(
        other, renamed, months=session.conditions.months, prefix=f"unnamed {prefix}"
    )
    ForceEncoder(other, renamed, conditions).run()
    differ: list[Term] = []
    for action in policy.actions:
        for force in model.FORCES:
            for name in (names.effect(force, action), names.binding(force, action)):
                same = b.iff(session.named(name), renamed.boolean(name))
                differ.append(b.neg(same))
    for output in policy.outputs:
        differ.append(_outputs_differ(session, policy, other, output, renamed))
    for effect in _timed(policy):
        same = b.iff(_given(policy, effect, b), _given(other, effect, renamed))
        differ.append(b.neg(same))
    return session.guarded(differ)


def _timed(policy: Policy) -> list[Effect]:
    """The effects that have limits of time."""
    effects = [each for clause in policy.clauses.values() for each in clause.effects]
    timed = (
        e for e in effects if isinstance(e, TimedBan) or (isinstance(e, NormEffect) and e.timing)
    )
    return list(dict.fromkeys(timed))


def _given(which: Policy, effect: Effect, backend: Backend) -> Term:
    """Some clause in force has just this effect."""
    clauses = [each.name for each in which.clauses.values() if effect in each.effects]
    return backend.disj([backend.boolean(names.in_force(each)) for each in clauses])


def _outputs_differ(
    session: Session, policy: Policy, other: Policy, output: str, renamed: Backend
) -> Term:
    """Some value is set with the clause and not without it, or the other way round."""
    b = session.backend
    value = fresh_value(session, policy.outputs[output].type)

    def set_in(which: Policy, backend: Backend) -> Term:
        limbs = [
            b.conj(
                [
                    backend.boolean(names.sets_value(clause.name, output)),
                    equals(session, effect.value, value),
                ]
            )
            for clause in which.clauses.values()
            for effect in clause.effects
            if isinstance(effect, SetEffect) and effect.output == output
        ]
        return b.disj(limbs)

    return b.neg(b.iff(set_in(policy, b), set_in(other, renamed)))
