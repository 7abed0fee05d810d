"""Cases as JSON: whole ones, and those that show a fault with what matters in them."""

from __future__ import annotations

from typing import TypedDict, cast

from policy_dsl.case import Case, case_to_json
from policy_dsl.model import Policy
from verifier.witness import Witness

FactValue = bool | int | str | list[str] | None
"""A value of a fact: null where it is not established; a set is a list of names."""


class ConditionDict(TypedDict):
    """A condition in the language of policies, and whether it holds."""

    condition: str
    holds: bool


class CaseDict(TypedDict):
    """A whole case: a value for each fact, a reading for each ambiguity."""

    facts: dict[str, FactValue]
    readings: dict[str, str]


class WitnessDict(TypedDict):
    """A case that shows a fault.

    Every case that meets the ``conditions`` shows it; ``statements`` say them in words.
    ``left_out`` are the facts that play no part. ``case`` is one such case; ``antinomy eval``
    reads it. ``example`` says one way in which clauses that are told not to apply do not.
    """

    statements: list[str]
    conditions: list[ConditionDict]
    left_out: list[str]
    case: CaseDict
    example: list[str]


def case(policy: Policy, each: Case) -> CaseDict:
    """A case as ``read_case`` reads it back."""
    return cast(CaseDict, case_to_json(policy, each))


def witness(policy: Policy, each: Witness) -> WitnessDict:
    """A case with what matters in it."""
    return {
        "statements": list(each.statements),
        "conditions": [{"condition": code, "holds": truth} for code, truth in each.conditions],
        "left_out": list(each.left_out),
        "case": case(policy, each.case),
        "example": list(each.example),
    }
