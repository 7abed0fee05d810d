"""What is in fact done: facts of a case that no author declares, and duties broken by them.

A condition may ask whether an action ``is done``, or whether a clause ``is broken``. Each action so
asked about, and each action of a duty of a clause so asked about, then has a *deed*: a yes/no fact
of every case. It is decided by whoever does the action, if the action says so.

A duty is *broken* in a case where it is in force, its action has a deed, and the deed is not what
the duty demands. A clause is broken where one of its duties is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace

from policy_dsl.model import (
    YES_NO,
    Action,
    AnyOf,
    ClauseBroken,
    Expr,
    Fact,
    FactValue,
    Negation,
    NormEffect,
    Policy,
)
from policy_dsl.source import Place, Source

_SUFFIX = " is done"

_SEVERAL = re.compile(r",|\b(and|or)\b")
"""Marks of a phrase in which more than its first word may be a verb."""


def deed(action: str) -> str:
    """The name of the fact that an action is done; no declared name can be like it."""
    return f"{action}{_SUFFIX}"


def is_deed(fact: str) -> bool:
    """Whether a fact is one that says that an action is done."""
    return fact.endswith(_SUFFIX)


def duties(policy: Policy, clause: str) -> list[NormEffect]:
    """The duties of a clause."""
    effects = policy.clauses[clause].effects
    return [each for each in effects if isinstance(each, NormEffect) and each.is_duty]


def breach(policy: Policy, clause: str) -> Expr:
    """That what a clause demands is not what is done, whether or not the clause is in force."""
    limbs: list[Expr] = []
    for duty in duties(policy, clause):
        if deed(duty.action) in policy.facts:
            done = FactValue(fact=deed(duty.action), type=YES_NO)
            limbs.append(Negation(operand=done) if duty.wants_done else done)
    return AnyOf(operands=tuple(limbs))


def asked_about(policy: Policy) -> set[str]:
    """The clauses of which some condition asks whether they are broken."""
    return {each.clause for each in nodes(policy) if isinstance(each, ClauseBroken)}


def with_deeds(policy: Policy) -> Policy:
    """A policy with the facts that its conditions about what is done ask for; in the order of its
    actions, after all others."""
    wanted: set[str] = set()
    for each in nodes(policy):
        match each:
            case FactValue(fact=name) if is_deed(name):
                wanted.add(name)
            case ClauseBroken(clause=clause) if clause in policy.clauses:
                wanted.update(deed(duty.action) for duty in duties(policy, clause))
    found = [each for each in policy.actions.values() if deed(each.name) in wanted]
    if not found:
        return policy
    made = {deed(each.name): _fact(policy, each) for each in found}
    return replace(policy, facts={**policy.facts, **made})


def _fact(policy: Policy, action: Action) -> Fact:
    positive, negative = _said(action.phrase)
    return Fact(
        name=deed(action.name),
        kind="fact" if action.by is None else "choice",
        type=YES_NO,
        by=action.by,
        phrase=positive,
        negative=negative,
        subject=policy.subject,
        place=action.place,
        action=action.name,
    )


def _said(phrase: str) -> tuple[str, str]:
    """How it is said of somebody that they do what a phrase says, and that they do not."""
    verb, _, rest = phrase.partition(" ")
    if verb == "be":
        return f"is {rest}", f"is not {rest}"
    negative = f"does not {phrase}"
    if _SEVERAL.search(phrase) or not verb.isalpha():
        return f"does {phrase}", negative
    return f"{_third_person(verb)} {rest}".rstrip(), negative


def _third_person(verb: str) -> str:
    if verb == "have":
        return "has"
    if re.search(r"(s|sh|ch|x|z|o)$", verb):
        return f"{verb}es"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def nodes(part: object) -> Iterator[object]:
    """A part of a model and every dataclass below it; places are left out."""
    if isinstance(part, Place | Source):
        return
    if isinstance(part, Mapping):
        for value in part.values():
            yield from nodes(value)
    elif isinstance(part, tuple):
        for item in part:
            yield from nodes(item)
    elif is_dataclass(part):
        yield part
        for each in fields(part):
            yield from nodes(getattr(part, each.name))
