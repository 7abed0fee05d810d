"""Terms that say that numbers lie in plausible ranges."""

from __future__ import annotations

from policy_dsl.model import Fact
from policy_dsl.types import Date
from verifier import names
from verifier.plain import Plain
from verifier.solvers.backend import Backend, Term

NEAR = 2_000_000
"""Solver steps for the question whether there is a case with plausible dates."""


def within(backend: Backend, fact: Fact, low: int, high: int) -> Term:
    """The number of a fact lies between two bounds, both included."""
    number = backend.integer(names.fact(fact.name))
    above = backend.neg(backend.less(number, backend.number(low)))
    return backend.conj([above, backend.neg(backend.less(backend.number(high), number))])


def near_dates(backend: Backend, plain: Plain) -> Term:
    """All dates of a case lie within a few years of the days that the policy names, and within
    the ranges of their facts where these reach there."""
    first, last = plain.near_days()
    ranges = []
    for fact in plain.policy.facts.values():
        if isinstance(fact.type, Date) and fact.type.low is not None and fact.type.high is not None:
            low, high = max(first, fact.type.low), min(last, fact.type.high)
            if low > high:
                low, high = fact.type.low, fact.type.high
            ranges.append(within(backend, fact, low, high))
    return backend.conj(ranges)
