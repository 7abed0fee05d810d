"""Many persons and one resource: how much of it a person needs, and when a group needs too much.

*Person.* A person of a group is a pair of cases with the same readings: the case of one who is
``supplied``, and the case of the same one for whom nothing is left (``short``). Where the resource
declares ``short when C``, C fails in the first and holds in the second, and every fact that C is
not about has one value in both. Otherwise the two are one case.

*Assignment.* Each person of a group either gets the units that what is done in their case uses,
and then is in the case of one who is supplied; or gets none, and then is in the case of one who
is short, in which nothing is done that uses the resource. All units together are at most the
capacity.

*Complies.* An assignment complies at a strength when in each person's case what is done meets
every duty in force of that strength, keeps every decision in scope, and is in somebody's power
(``policy_dsl.compliance``).

*Needs.* The units that a person needs are the fewest with which what is done in their case can
comply. A person who cannot comply with any number of units is not one of a group: no capacity
would help them, and that is a fault of another kind.

*Too much.* A group needs too much of a capacity when no assignment complies: when the units that
its persons need are together more than there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from policy_dsl.case import Case
from policy_dsl.compliance import Constraint, choice, incapacity_constraint
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import TRUE, Incapacity, Policy, Strength
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


def short_facts(policy: Policy, resource: str) -> frozenset[str]:
    """The facts that may differ between one who is supplied and one who is short."""
    short = policy.resources[resource].short
    return frozenset() if short is None else frozenset(facts_behind(policy, [short]))


def bar(policy: Policy, action: str) -> Incapacity:
    """That an action is out of reach of one for whom nothing of what it uses is left."""
    return Incapacity(action=action, when=TRUE, place=policy.actions[action].place)


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
        self._bars = {each: incapacity_constraint(bar(policy, each)) for each in self.uses}

    def is_person(self, person: Person) -> bool:
        """Whether two cases are those of one person: valid, and alike as they have to be."""
        one, two = person.supplied, person.short
        if one.readings != two.readings:
            return False
        if not all(map(self._evaluator.is_valid, (one, two))):
            return False
        if any(v != two.facts[n] for n, v in one.facts.items() if n not in self._may_differ):
            return False
        if self._short is None:
            return True
        return not self._evaluator.holds(self._short, one) and self._evaluator.holds(
            self._short, two
        )

    def enough(self, person: Person, strength: Strength) -> frozenset[str] | None:
        """The actions, of those that use the resource, that are done where there is as much of it
        as it takes; None where even then nothing complies."""
        constraints = self._evaluator.outcome(person.supplied).constraints[strength]
        return self._done(constraints, frozenset(self.uses))

    def least_use(self, person: Person, strength: Strength, most: int) -> frozenset[str] | None:
        """The same where a person gets by with the fewest units; None where so many at most are
        not enough. Raises ``TooManyWays``."""
        without = self._evaluator.outcome(person.short).constraints[strength]
        if self._done(without, frozenset()) is not None:
            return frozenset()
        constraints = self._evaluator.outcome(person.supplied).constraints[strength]
        units: int | None = 0
        while units is not None and units <= most:
            for within_reach in affordable(self.uses, units):
                done = self._done(constraints, within_reach)
                if done is not None:
                    return done
            units = next_level(self.uses, units) if units < most else None
        return None

    def _done(
        self, constraints: Sequence[Constraint], within_reach: frozenset[str]
    ) -> frozenset[str] | None:
        bars = [each for action, each in self._bars.items() if action not in within_reach]
        found = choice([*constraints, *bars])
        if found is None:
            return None
        return frozenset(action for action in within_reach if found.get(action))

    def needs(self, person: Person, strength: Strength, most: int) -> int | None:
        """How many units a person needs; None where so many at most are not enough. Raises
        ``TooManyWays``."""
        used = self.least_use(person, strength, most)
        return None if used is None else sum(self.uses[each] for each in used)

    def too_much(self, persons: Sequence[Person], capacity: int, strength: Strength) -> bool:
        """Whether no assignment of so many units to the persons complies, though each of them
        could comply with enough. Raises ``TooManyWays``."""
        needed = [self.needs(each, strength, capacity) for each in persons]
        known = [each for each in needed if each is not None]
        lacking = len(known) < len(needed) or sum(known) > capacity
        return lacking and all(
            need is not None or self.enough(each, strength) is not None
            for each, need in zip(persons, needed, strict=True)
        )
