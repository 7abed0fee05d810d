"""What clauses leave out: by whom and by when a duty is kept, and what follows a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from policy_dsl.model import Clause, NormEffect, Policy
from policy_dsl.polarity import counts, counts_for

_HASTE = re.compile(
    r"as (?:expeditiously|soon|quickly|promptly) as (?:possible|practicable)"
    r"|without (?:undue |unreasonable )?delay|(?<!effective )\bimmediately|\bpromptly|\bforthwith"
    r"|\bexpeditiously|at the earliest",
    re.IGNORECASE,
)
"""Words that promise haste and name no time. "Effective immediately" is about force."""


@dataclass(frozen=True)
class Lack:
    """What is lacking: of which action, clause or grant, with the clauses concerned."""

    what: Literal["actor", "time", "refusal"]
    name: str
    clauses: tuple[str, ...]
    words: str = ""


def lacks(policy: Policy) -> list[Lack]:
    """All that is lacking, actors first."""
    return [*_no_actor(policy), *_no_time(policy), *_no_refusal(policy)]


def _duties(clause: Clause) -> list[NormEffect]:
    norms = (each for each in clause.effects if isinstance(each, NormEffect))
    return [each for each in norms if each.force == "oblige"]


def _no_actor(policy: Policy) -> Iterator[Lack]:
    """Only where the policy says of other actions by whom they are done."""
    if not any(each.by for each in policy.actions.values()):
        return
    for name, action in policy.actions.items():
        owed = [
            clause.name
            for clause in policy.clauses.values()
            if any(each.action == name for each in _duties(clause))
        ]
        if owed and action.by is None:
            yield Lack("actor", name, tuple(owed))


def _no_time(policy: Policy) -> Iterator[Lack]:
    for clause in policy.clauses.values():
        open_ = [e for e in _duties(clause) if not any(limit.is_limit for limit in e.timing)]
        said = [found.group() for quote in clause.quotes for found in _HASTE.finditer(quote)]
        if open_ and (said or any(each.timing for each in open_)):
            yield Lack("time", clause.name, (clause.name,), said[0] if said else "promptly")


def _no_refusal(policy: Policy) -> Iterator[Lack]:
    """A grant of which nothing can come to hold, to apply or to be in force by its refusal."""
    told = {each for name in policy.clauses for each in counts_for(policy, name)}
    ahead = {each.winner for each in policy.priorities}
    ahead |= {name for group in policy.groups.values() for name in group.clauses[:-1]}
    told |= {(fact, not so) for name in ahead for fact, so in counts_for(policy, name)}
    scopes = [each.when for each in policy.decisions.values()]
    scopes += [each.when for each in policy.settlements]
    scopes += [each.when for each in policy.incapacities]
    scopes += [each.when for each in policy.outputs.values()]
    told |= {each for scope in scopes for each in counts(policy, scope)}
    for name, fact in policy.facts.items():
        if fact.kind == "grant" and (name, False) not in told:
            resting = [c for c in policy.clauses if (name, True) in counts_for(policy, c)]
            if resting:
                yield Lack("refusal", name, tuple(resting))
