"""Conditions, cases and norms in plain English, from the phrases of the policy.

A condition is said of the subject, without naming it: "is held under section 235(b)". Where the
policy has no phrase for a thing, its name is used: "arriving: yes". What cannot be denied with
a "not" is denied as a whole: "it is not so that the person ...".

A phrase may hold ``{}`` where the value belongs ("is held under {}"). The phrase of a fact that
is not yes/no and has no ``{}`` is taken for a noun: "has 3 days as time spent in detention".

Nothing here raises an error on any expression of the model, whatever the policy lacks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from policy_dsl.case import Case
from policy_dsl.model import (
    Effect,
    Expr,
    NormEffect,
    Policy,
    RankEffect,
    ReadingIs,
    SetEffect,
    TimedBan,
    Timing,
)
from policy_dsl.other_values import other_values
from policy_dsl.statements import said
from policy_dsl.terms import (
    action_words,
    fact_statement,
    subject,
    value_type,
    words_of,
)
from policy_dsl.types import Date
from policy_dsl.wording import blank
from policy_dsl.written import code

__all__ = [
    "after_that",
    "code",
    "order_words",
    "resource_words",
    "say",
    "say_case",
    "say_norm",
    "say_timing",
    "sentence",
]


def say(policy: Policy, expr: Expr, truth: bool = True) -> str:
    """What a condition says of the subject, or with ``truth=False`` what its failing says.

    A predicate ("is a child") where the policy's phrases allow it. A condition on an optional
    fact fails also where the fact is not established, and the text says so.
    """
    return said(policy, expr, truth).text


def sentence(policy: Policy, expr: Expr, truth: bool = True) -> str:
    """Like ``say``, as a whole sentence without its full stop: "The person is a child"."""
    text = after_that(policy, expr, truth)
    return text[:1].upper() + text[1:]


def after_that(policy: Policy, expr: Expr, truth: bool = True) -> str:
    """Like ``sentence``, to stand inside one: "(where) the person is a child"."""
    found = other_values(policy, expr, truth) or said(policy, expr, truth)
    return f"{subject(policy)} {found.text}" if found.predicate else found.text


def say_case(policy: Policy, case: Case, names: Iterable[str]) -> list[str]:
    """What is so in a case, one statement for each of the named facts and ambiguities.

    Names that the policy or the case does not know are passed over.
    """
    found = []
    for name in names:
        if name in policy.facts and name in case.facts:
            found.append(fact_statement(policy, policy.facts[name], case.facts[name]).text)
        elif name in policy.ambiguities and name in case.readings:
            found.append(say(policy, ReadingIs(ambiguity=name, reading=case.readings[name])))
    return found


def say_norm(policy: Policy, effect: Effect) -> str:
    """What a clause says: "must not release the person", "sets the level to high"."""
    match effect:
        case NormEffect():
            limits = " and ".join(say_timing(policy, each) for each in effect.timing)
            return f"{effect.modality} {action_words(policy, effect.action)} {limits}".rstrip()
        case TimedBan():
            action = action_words(policy, effect.action)
            return f"{effect.modality} {action} {say_timing(policy, effect.limit)}"
        case SetEffect():
            output = policy.outputs.get(effect.output)
            name = output.phrase if output is not None and output.phrase else blank(effect.output)
            return f"sets {name} to {words_of(policy, effect.value)}"
        case RankEffect():
            return f"{effect.modality} {_ranking(policy, effect)}"
        case _:
            assert_never(effect)


def resource_words(policy: Policy, name: str) -> str:
    """A resource by its phrase."""
    return policy.resources[name].phrase if name in policy.resources else blank(name)


def order_words(term: Expr, highest: bool) -> str:
    """Which end of a ranking comes first: "highest", of dates "latest"."""
    if isinstance(value_type(term), Date):
        return "latest" if highest else "earliest"
    return "highest" if highest else "lowest"


def _ranking(policy: Policy, effect: RankEffect) -> str:
    resource = resource_words(policy, effect.resource)
    if effect.term is not None:
        by = words_of(policy, effect.term)
        return f"rank by {by} for {resource}, {order_words(effect.term, effect.highest)} first"
    over = ""
    if effect.over is not None:
        condition = said(policy, effect.over, True)
        over = f" over one who {condition.text}"
        if not condition.predicate:
            over = f" over one of whom this holds: {condition.text}"
    return f"prioritize {subject(policy)} for {resource}{over}"


def say_timing(policy: Policy, timing: Timing) -> str:
    """A limit of time: "within 72 hours after the person is apprehended"."""
    event = "" if timing.event is None else when_it_is(policy, timing.event)
    unit = (timing.unit or "")[: -1 if timing.count == 1 else None]
    match timing.word:
        case "within":
            return f"within {timing.count} {unit} after {event}"
        case "not before":
            return f"not before {timing.count} {unit} after {event}"
        case "before" | "after":
            return f"{timing.word} {event}"
        case "promptly":
            return "promptly"


def when_it_is(policy: Policy, name: str) -> str:
    """An event, or the doing of an action, behind "after" or "before"."""
    if name in policy.events:
        return policy.events[name].phrase
    return f"the act to {action_words(policy, name)}"
