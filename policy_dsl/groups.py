"""Many persons and one resource: how much of it a person needs, and when a group needs too much.

*Person.* A person of a group is a pair of cases with the same readings: the case of one who is
``supplied``, and the case of the same one for whom nothing is left (``short``). Where the resource
declares ``short when C``, C fails in the first and holds in the second. Where cases say what is
done in fact (``policy_dsl.deeds``), nothing that uses the resource is done in the second. Every
fact that none of this is about has one value in both.

*Assignment.* Each person of a group either gets the units that what is done in their case uses,
and then is in the case of one who is supplied; or gets none, and then is in the case of one who
is short, in which nothing is done that uses the resource. All units together are at most the
capacity.

*Complies.* An assignment complies at a strength when in each person's case it can: with what is
then out of reach added to what is in nobody's power, the case is compliable
(``policy_dsl.evaluate``).

*Needs.* The units that a person needs are the fewest with which what is done in their case can
comply. A person who cannot comply with any number of units is not one of a group: no capacity
would help them, and that is a fault of another kind.

*Too much.* A group needs too much of a capacity when no assignment complies: when the units that
its persons need are together more than there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policy_dsl.case import Case
from policy_dsl.compliance import choice
from policy_dsl.deeds import deed
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import (
    TRUE,
    YES_NO,
    Expr,
    FactValue,
    Incapacity,
    Negation,
    Policy,
    Strength,
)
from policy_dsl.references import facts_behind

MOST_WAYS = 500
"""How many sets of actions that use a resource are told apart for one number of units."""


class TooManyWays(Exception):
    """So many actions use a resource that the ways to spend its units are not told apart."""


@dataclass(frozen=True)
class Person:
    """The case of one who is supplied, and of the same one for whom nothing is left."""

    supplied: Case
    short: Case


def uses_of(policy: Policy, resource: str) -> dict[str, int]:
    """The actions that use a resource, each with how many units it takes; in the policy's order."""
    found = {
        action.name: sum(use.count for use in action.uses if use.resource == resource)
        for action in policy.actions.values()
    }
    return {action: count for action, count in found.items() if count}


def without(policy: Policy, resource: str) -> tuple[Expr, ...]:
    """What holds of one for whom nothing is left: what the resource declares, and that what uses
    it is not done in fact."""
    short = policy.resources[resource].short
    deeds = [
        Negation(operand=FactValue(fact=deed(action), type=YES_NO))
        for action in uses_of(policy, resource)
        if deed(action) in policy.facts
    ]
    return (*([] if short is None else [short]), *deeds)


def short_facts(policy: Policy, resource: str) -> frozenset[str]:
    """The facts that may differ between one who is supplied and one who is short."""
    return frozenset(facts_behind(policy, without(policy, resource)))


def out_of_reach(policy: Policy, actions: Collection[str]) -> Policy:
    """The policy where some actions are in nobody's power."""
    bars = tuple(
        Incapacity(action=name, when=TRUE, place=action.place)
        for name, action in policy.actions.items()
        if name in actions
    )
    return replace(policy, incapacities=(*policy.incapacities, *bars))


def affordable(uses: Mapping[str, int], units: int) -> list[frozenset[str]]:
    """The largest sets of actions that use so many units at most. Raises ``TooManyWays``."""
    found: list[frozenset[str]] = []
    for chosen in _within(uses, units):
        left = units - sum(uses[each] for each in chosen)
        if all(count > left for action, count in uses.items() if action not in chosen):
            found.append(chosen)
    return found


def next_level(uses: Mapping[str, int], units: int) -> int | None:
    """The least number of units, above a given one, that some actions together use; None where
    no more can be used. Raises ``TooManyWays``."""
    sums = (
        sum(uses[each] for each in chosen) + count
        for chosen in _within(uses, units)
        for action, count in uses.items()
        if action not in chosen
    )
    return min((each for each in sums if each > units), default=None)


def _within(uses: Mapping[str, int], units: int) -> Iterator[frozenset[str]]:
    """Every set of actions that together use so many units at most."""
    actions = list(uses)
    pending: list[tuple[frozenset[str], int, int]] = [(frozenset(), 0, units)]
    ways = 0
    while pending:
        chosen, start, left = pending.pop()
        ways += 1
        if ways > MOST_WAYS:
            raise TooManyWays(f"there are more than {MOST_WAYS} ways to use {units} of it")
        yield chosen
        for index in range(start, len(actions)):
            count = uses[actions[index]]
            if count <= left:
                pending.append((chosen | {actions[index]}, index + 1, left - count))


class Groups:
    """Persons who may need one resource of a policy."""

    def __init__(self, evaluator: Evaluator, resource: str) -> None:
        self._evaluator = evaluator
        policy = evaluator.policy
        self.uses = uses_of(policy, resource)
        self._may_differ = short_facts(policy, resource)
        self._short = policy.resources[resource].short
        self._without = without(policy, resource)
        self._within_reach: dict[frozenset[str], Evaluator] = {frozenset(self.uses): evaluator}

    def is_person(self, person: Person) -> bool:
        """Whether two cases are those of one person: valid, and alike as they have to be."""
        one, two = person.supplied, person.short
        if one.readings != two.readings:
            return False
        if not all(map(self._evaluator.is_valid, (one, two))):
            return False
        if any(v != two.facts[n] for n, v in one.facts.items() if n not in self._may_differ):
            return False
        holds = self._evaluator.holds
        if self._short is not None and holds(self._short, one):
            return False
        return all(holds(each, two) for each in self._without)

    def done(
        self, case: Case, within_reach: frozenset[str], strength: Strength
    ) -> frozenset[str] | None:
        """The actions that use the resource, and are done where what is done in a case complies
        and only some of them are within reach; None where nothing complies."""
        evaluator = self._within_reach.get(within_reach)
        if evaluator is None:
            barred = out_of_reach(self._evaluator.policy, set(self.uses) - within_reach)
            evaluator = self._within_reach[within_reach] = Evaluator(barred)
        outcome = evaluator.outcome(case)
        if not outcome.compliable[strength]:
            return None
        found = choice(outcome.constraints[strength])
        return frozenset(each for each in within_reach if found is None or found.get(each))

    def enough(self, person: Person, strength: Strength) -> frozenset[str] | None:
        """What uses the resource where there is as much of it as it takes; None where even then
        nothing complies."""
        return self.done(person.supplied, frozenset(self.uses), strength)

    def least(
        self, person: Person, strength: Strength, most: int
    ) -> tuple[int, frozenset[str]] | None:
        """How many units a person needs, and what then uses them; None where so many at most are
        not enough. Raises ``TooManyWays``."""
        if self.done(person.short, frozenset(), strength) is not None:
            return 0, frozenset()
        units: int | None = 0
        while units is not None and units <= most:
            for within_reach in affordable(self.uses, units):
                done = self.done(person.supplied, within_reach, strength)
                if done is not None:
                    return units, done
            units = next_level(self.uses, units) if units < most else None
        return None

    def too_much(self, persons: Sequence[Person], capacity: int, strength: Strength) -> bool:
        """Whether no assignment of so many units to the persons complies, though each of them
        could comply with enough. Raises ``TooManyWays``."""
        needed = [self.least(each, strength, capacity) for each in persons]
        known = [each[0] for each in needed if each is not None]
        lacking = len(known) < len(needed) or sum(known) > capacity
        return lacking and all(
            need is not None or self.enough(each, strength) is not None
            for each, need in zip(persons, needed, strict=True)
        )
