"""Cases: values for the facts of a policy and readings for its ambiguities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policy_dsl.model import SHOULD, Ambiguity, Fact, Policy
from policy_dsl.types import Enumeration, Integer, SetOf, Type, Value, YesNo


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

    Not established if it is optional; else no, the first value, the empty set, or the whole
    number within its bounds that is nearest to 0.
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
        case Integer(low=low, high=high):
            if low is not None and low > 0:
                return low
            return high if high is not None and high < 0 else 0


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
        case _:
            return value
