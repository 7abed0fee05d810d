"""G04: a duty that does not say by whom, by when, or what follows a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from policy_dsl import phrases
from policy_dsl.model import Clause, FactValue, NormEffect, Policy
from policy_dsl.polarity import counts, counts_for
from policy_dsl.wording import joined
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity

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


def _items(ctx: Context) -> Iterable[Lack]:
    policy = ctx.policy
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


def _examine(ctx: Context, lack: Lack) -> Iterator[Finding]:
    related: tuple[Related, ...] = ()
    if lack.what == "refusal":
        related = (
            Related(label=f"the grant {lack.name}", place=ctx.policy.facts[lack.name].place),
        )
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=_title(ctx.policy, lack),
        sides=tuple(ctx.side(each) for each in lack.clauses),
        related=related,
        consequence=_CONSEQUENCE[lack.what],
        key=(lack.what, lack.name),
    )


_CONSEQUENCE = {
    "actor": "Nobody can be held to it.",
    "time": "When it is too late cannot be said.",
    "refusal": "What then happens is left open.",
}


def _title(policy: Policy, lack: Lack) -> str:
    named = joined(list(lack.clauses), "and")
    match lack.what:
        case "actor":
            phrase = policy.actions[lack.name].phrase
            return f"{named} {_verb(lack, 'demand')} to {phrase}, and nothing says by whom"
        case "time":
            return f"{named} says '{lack.words}', and names no time"
        case "refusal":
            fact = policy.facts[lack.name]
            by = (fact.by or "somebody").replace("_", " ")
            granted = phrases.say(policy, FactValue(fact=lack.name, type=fact.type))
            rest = f"{named} {_verb(lack, 'rest')} on what {by} grants ({granted})"
            return f"{rest}, and nothing says what follows a refusal"


def _verb(lack: Lack, verb: str) -> str:
    return verb if len(lack.clauses) > 1 else f"{verb}s"


CHECK: Check[Lack] = Check(
    code="G04",
    name="incomplete-duty",
    severity=Severity.WARNING,
    polarity="structural",
    question="Does every duty say by whom and, where haste is asked for, by when? Does something "
    "follow a refusal?",
    documentation="""
Three things that whoever has to act will ask, and that the policy does not say.

- **By whom.** A clause obliges to an action that has no `by`. This is told only in a policy that
  says of other actions by whom they are done.
- **By when.** A duty is to be kept `promptly`, or its quote asks for haste ("as expeditiously as
  possible", "without delay", "immediately", "promptly"), and no time limit is named. "Effective
  immediately" is not taken for haste: it says from when on a rule is in force.
- **After a refusal.** A clause rests on somebody's approval (`grant`), and no clause can come to be
  in force because it is refused: not by its conditions, not by an exception, and not because a
  clause that rests on the approval would otherwise prevail or come first in a list.

These are read off the policy as written; no case is looked for.

How to mend it: add the actor to the action (`by`), a limit to the duty (`within 72 hours of
EVENT`), or a clause for the case of refusal.
""",
    items=_items,
    examine=_examine,
    describe=lambda lack: f"what is lacking of {lack.name}",
)
