"""What is said of an expectation that is not met, and which clauses bring that about."""

from __future__ import annotations

from collections.abc import Mapping

from policy_dsl import model, phrases
from policy_dsl.case import Case
from policy_dsl.model import ClauseApplies, Expectation, Force, NormEffect, NormState, Policy
from verifier.check import Context

_FORCES: Mapping[NormState, Force] = {
    "must": "oblige",
    "must not": "forbid",
    "should": "oblige",
    "should not": "forbid",
    "may": "permit",
    "need not": "release",
}


def telling(ctx: Context, expected: Expectation, case: Case, speaking: list[str]) -> list[str]:
    """Of the clauses that speak of the actions, those that bring about what was not expected;
    all of them where it is a silence that was not."""
    held = {
        (_FORCES[each.state], each.action)
        for each in model.walk(expected.condition)
        if isinstance(each, model.NormIs)
        and each.state in _FORCES
        and ctx.shared.evaluator.holds(each, case)
    }
    if expected.form != "never" or not held:
        return speaking
    return [
        name
        for name in speaking
        if any(
            (e.force, e.action) in held for a in {a for _, a in held} for e in _norms(ctx, name, a)
        )
    ]


def _norms(ctx: Context, clause: str, action: str) -> list[NormEffect]:
    return [e for e in ctx.effects_on(clause, action) if isinstance(e, NormEffect)]


def title(policy: Policy, expected: Expectation) -> str:
    """What is the case although the author rules it out, or is not although one is expected."""
    if expected.form in ("reachable", "unreachable"):
        clause = next(
            e.clause for e in model.walk(expected.condition) if isinstance(e, ClauseApplies)
        )
        never = "never" if expected.form == "reachable" else "sometimes"
        return f"Against what is expected, {clause} is {never} in force"
    said = phrases.after_that(policy, expected.condition, expected.form != "always")
    if expected.premise is not None:
        said = f"{phrases.after_that(policy, expected.premise)}, and {said}"
    there_is = "no case" if expected.form == "sometimes" else "a case"
    return f"Against what is expected, there is {there_is} in which {said}"
