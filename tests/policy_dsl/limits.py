"""Specs that are at a limit of the resolver, and just beyond it."""

from __future__ import annotations

from math import isqrt

from policy_dsl.resolve_breaches import MOST_DEEDS
from policy_dsl.resolve_depth import DEEPEST_IN_ALL
from policy_dsl.resolve_graph import LARGEST_CIRCLE, LONGEST_CHAIN
from policy_dsl.resolve_times import MOST_EVENTS, MOST_LIMITS
from policy_dsl.rules import MOST_SETTLED


def chain(length: int, downwards: bool = False) -> str:
    """Definitions that rest on each other in a chain; the one that rests on all stands first
    where it goes downwards."""
    lines = [f"define d{i} is {f'd{i - 1}' if i else 'badge'}" for i in range(length)]
    return "\n".join(reversed(lines) if downwards else lines)


def clause_chain(length: int) -> str:
    """Clauses that refer to each other in a chain."""
    return "\n".join(
        f"clause K.{i} must admit when {f'K.{i - 1}' if i else 'badge'}" for i in range(length)
    )


def priority_circle(length: int) -> str:
    """Clauses each of which overrides the next, the last one the first."""
    return "\n".join(
        f"clause K.{i} must admit overrides K.{(i + 1) % length}" for i in range(length)
    )


def readings(ambiguities: int) -> str:
    """A definition that depends on so many ambiguities of two readings each."""
    names = [f"am{i}" for i in range(ambiguities)]
    lines = [f'ambiguity {name} "?"\n  reading one_\n  reading other' for name in names]
    every = " and ".join(f"{name} is one_" for name in names)
    return "\n".join(
        [*lines, f"define d is yes under {every}", f"define d is no under not ({every})"]
    )


def nested(levels: int, what: str = "badge") -> str:
    """A condition of so many levels."""
    return "not (" * (levels - 1) + what + ")" * (levels - 1)


def deep(levels: int, each: int = 50) -> str:
    """Definitions of which the last, together with all that it refers to, has so many levels."""
    lines = [f"define d0 is {nested(levels % each or each)}"]
    for index in range(1, -(-levels // each)):
        lines.append(f"define d{index} is {nested(each, f'd{index - 1}')}")
    return "\n".join(lines)


def opposed(clauses: int) -> str:
    """Clauses of which each of one half can clash with each of the other, and a rule for that."""
    lines = ["resolve by specificity"]
    lines += [f"clause K.{i} must admit when badge" for i in range(clauses)]
    lines += [f"clause L.{i} must not admit when badge and adult" for i in range(clauses)]
    return "\n".join(lines)


AT_THE_LIMIT = {
    "chain": chain(LONGEST_CHAIN),
    "chain downwards": chain(LONGEST_CHAIN, downwards=True),
    "chain of clauses": clause_chain(LONGEST_CHAIN),
    "circle of priorities": priority_circle(LARGEST_CIRCLE),
    "readings": readings(12),
    "pairs that a rule settles": opposed(isqrt(MOST_SETTLED) // 4),
    "depth": deep(DEEPEST_IN_ALL),
    "depth of an expectation": f"{deep(DEEPEST_IN_ALL - 1)}\nexpect d2",
}


def done(count: int) -> str:
    """A decision about so many actions, and conditions that ask of each whether it is done."""
    names = [f"a{index}" for index in range(count)]
    actions = "\n".join(f"action {each}" for each in names)
    asked = " or ".join(f"{each} is done" for each in names)
    return f"{actions}\ndecision d is at most one of {', '.join(names)}\nassume {asked}"


TOO_LARGE = {
    "chain": chain(LONGEST_CHAIN + 1),
    "chain downwards": chain(LONGEST_CHAIN + 1, downwards=True),
    "chain of clauses": clause_chain(LONGEST_CHAIN + 1),
    "circle of priorities": priority_circle(LARGEST_CIRCLE + 1),
    "readings": readings(13),
    "events": "\n".join(f"event e{i}" for i in range(MOST_EVENTS + 1)),
    "limits of time": f"event e\nclause K must admit{' after e' * (MOST_LIMITS + 1)}",
    "pairs that a rule settles": opposed(isqrt(MOST_SETTLED) + 1),
    "depth": deep(DEEPEST_IN_ALL + 1),
    "depth of an expectation": f"{deep(DEEPEST_IN_ALL)}\nexpect d2",
    "actions that may be done": done(MOST_DEEDS + 1),
}
