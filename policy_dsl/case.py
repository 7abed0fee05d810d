"""Cases: values for the facts of a policy and readings for its ambiguities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policy_dsl.calendar import day_of
from policy_dsl.model import SHOULD, Ambiguity, Fact, Policy
from policy_dsl.types import (
    Date,
    DecimalNumber,
    Duration,
    Enumeration,
    Integer,
    Money,
    SetOf,
    Type,
    Value,
    YesNo,
    is_number,
)
from policy_dsl.values import to_json

PLAIN_DAY = day_of(2000, 1, 1)
"""The date that nothing is said of, where the bounds of a fact allow it."""


@dataclass(frozen=True)
class Case:
    """A value for each fact and a reading for each ambiguity.

    A full case has all facts of the policy (``None`` for one that is not established) and all
    of its ambiguities, the built-in one about "should" included.
    """

    facts: Mapping[str, Value]
    readings: Mapping[str, str]

    def __hash__(self) -> int:
        return hash((frozenset(self.facts.items()), frozenset(self.readings.items())))


def default_value(fact: Fact) -> Value:
    """What a fact is taken to be where nothing is said of it.

    Not established if it is optional; else no, the first value, the empty set, the number within
    its bounds that is nearest to 0, or the date within them that is nearest to 1 January 2000.
    """
    return None if fact.optional else _default(fact.type)


def _default(type_: Type) -> Value:
    match type_:
        case YesNo():
            return False
        case Enumeration():
            return type_.values[0]
        case SetOf():
            return frozenset()
        case Integer() | DecimalNumber() | Money() | Date() | Duration():
            plain = PLAIN_DAY if isinstance(type_, Date) else 0
            if type_.low is not None and type_.low > plain:
                return type_.low
            return type_.high if type_.high is not None and type_.high < plain else plain


def default_reading(ambiguity: Ambiguity) -> str:
    """The settled reading, or else the first; "should" is advisory unless settled."""
    if ambiguity.settled is not None:
        return ambiguity.settled
    return "advisory" if ambiguity.name == SHOULD else ambiguity.readings[0].name


def defaults(policy: Policy) -> Case:
    """The case in which every fact and reading is the default; it may break assumptions."""
    return Case(
        facts={name: default_value(fact) for name, fact in policy.facts.items()},
        readings={name: default_reading(each) for name, each in policy.ambiguities.items()},
    )


def case_to_json(policy: Policy, case: Case) -> dict[str, object]:
    """The case as ``{"facts": ..., "readings": ...}`` of plain JSON values.

    Facts, readings and the members of sets stand in the policy's order; what the policy does
    not know is left out. ``read_case`` reads it back.
    """
    facts = {
        name: _plain(fact, case.facts[name])
        for name, fact in policy.facts.items()
        if name in case.facts
    }
    readings = {name: case.readings[name] for name in policy.ambiguities if name in case.readings}
    return {"facts": facts, "readings": readings}


def _plain(fact: Fact, value: Value) -> object:
    match value, fact.type:
        case frozenset(), SetOf(element=element):
            return [each for each in element.values if each in value]
        case int(), type_ if not isinstance(value, bool) and is_number(type_):
            return to_json(type_, value)
        case _:
            return value
