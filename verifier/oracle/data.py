"""What a compiled policy knows beside its conditions, as plain data."""

from __future__ import annotations

from collections.abc import Sequence

from policy_dsl import phrases
from policy_dsl.case import case_to_json, default_reading, defaults
from policy_dsl.defeat import clash_grounds, losers_to_winners, part_for
from policy_dsl.graph import components
from policy_dsl.model import Fact, NormEffect, Policy, Priority, SetEffect
from policy_dsl.quantities import places_of
from policy_dsl.types import Date, Enumeration, Integer, Money, SetOf, Type, YesNo, is_number

Plain = dict[str, object]


def data_of(policy: Policy, parts: Sequence[str]) -> Plain:
    """All of it. ``parts`` are the clauses of which it is asked whether they are broken: for each,
    the rules are needed by which it can be defeated."""
    actions = list(policy.actions)
    plain = case_to_json(policy, defaults(policy))["facts"]
    return {
        "name": policy.name,
        "facts": [_fact(each) for each in policy.facts.values()],
        "usual": plain,
        "readings": {
            name: [each.name for each in found.readings]
            for name, found in policy.ambiguities.items()
        },
        "defaults": {name: default_reading(each) for name, each in policy.ambiguities.items()},
        "assumptions": [
            f"it is assumed: {phrases.sentence(policy, each.condition)}"
            for each in policy.assumptions
        ],
        "clauses": list(policy.clauses),
        "actions": actions,
        "effects": [
            [
                (each.force, actions.index(each.action), each.strength)
                for each in clause.effects
                if isinstance(each, NormEffect)
            ]
            for clause in policy.clauses.values()
        ],
        "sets": _sets(policy),
        "outputs": [(name, *_number(each.type)) for name, each in policy.outputs.items()],
        "decisions": [
            (each.name, [actions.index(a) for a in each.actions], each.low, each.high)
            for each in policy.decisions.values()
        ],
        "incapacities": [actions.index(each.action) for each in policy.incapacities],
        "rules": rules_of(policy, policy),
        "parts": [rules_of(policy, part_for(policy, each)) for each in parts],
        "deeds": {
            actions.index(fact.action): name
            for name, fact in policy.facts.items()
            if fact.action is not None
        },
    }


def slots(policy: Policy) -> dict[tuple[str, int], int]:
    """The place among all values that clauses set, by clause and number of its effect."""
    found: dict[tuple[str, int], int] = {}
    for clause in policy.clauses.values():
        for number, effect in enumerate(clause.effects):
            if isinstance(effect, SetEffect):
                found[clause.name, number] = len(found)
    return found


def rules_of(policy: Policy, part: Policy) -> Plain:
    """The rules by which clauses of a part of the policy are defeated, by the numbers that clauses,
    decisions and values have in the whole."""
    order = {name: at for at, name in enumerate(policy.clauses)}
    against: dict[int, list[object]] = {}
    for priority in part.priorities:
        against.setdefault(order[priority.loser], []).append(_priority(policy, priority, order))
    grouped = [
        sorted(group.clauses, key=lambda name: policy.clauses[name].rank)
        for group in part.groups.values()
    ]
    losers = {order[name] for group in grouped for name in group[1:]} | set(against)
    together = components(part.clauses, losers_to_winners(part.priorities))
    return {
        "any": sum(1 << each for each in losers),
        "groups": [[order[name] for name in group] for group in grouped],
        "components": [
            [order[name] for name in each]
            for each in together
            if len(each) > 1 or order[each[0]] in against
        ],
        "against": against,
    }


def _priority(policy: Policy, priority: Priority, order: dict[str, int]) -> object:
    """Winner, loser, whether by savings, who declares it, whether they clash in every case, in the
    scope of which decisions, or where which values differ."""
    winner, loser = policy.clauses[priority.winner], policy.clauses[priority.loser]
    grounds = clash_grounds(policy, winner, loser)
    decisions, places = list(policy.decisions), slots(policy)
    pairs = [
        (places[winner.name, at], places[loser.name, other])
        for at, one in enumerate(winner.effects)
        for other, two in enumerate(loser.effects)
        if any(one is first and two is second for first, second in grounds.values)
    ]
    return (
        order[priority.winner],
        order[priority.loser],
        priority.kind == "savings",
        order[priority.declared_by],
        grounds.always,
        [decisions.index(each) for each in grounds.decisions],
        pairs,
    )


def _sets(policy: Policy) -> list[list[tuple[str, int]]]:
    places = slots(policy)
    return [
        [
            (each.output, places[clause.name, at])
            for at, each in enumerate(clause.effects)
            if isinstance(each, SetEffect)
        ]
        for clause in policy.clauses.values()
    ]


def _number(type_: Type) -> tuple[str, int]:
    """How a value is read and shown, and how many digits it has behind the point."""
    match type_:
        case YesNo():
            return "yesno", 0
        case Enumeration():
            return "enum", 0
        case SetOf():
            return "set", 0
        case Date():
            return "day", 0
        case Integer():
            return "integer", 0
        case _:
            places = places_of(type_)
            steps = places or isinstance(type_, Money)
            return ("steps" if steps else "integer"), places


def _fact(fact: Fact) -> object:
    """Name, kind, whether it is optional, digits behind the point, bounds, and named values."""
    kind, places = _number(fact.type)
    low = high = None
    values: list[str] = []
    match fact.type:
        case Enumeration():
            values = list(fact.type.values)
        case SetOf(element=element):
            values = list(element.values)
        case type_ if is_number(type_):
            low, high = type_.low, type_.high
    return (fact.name, kind, fact.optional, places, low, high, values)
