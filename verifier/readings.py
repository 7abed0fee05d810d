"""Under which readings something stands, said with as few conditions as will do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from policy_dsl.force import say_periods
from policy_dsl.model import PERIOD, SHOULD, Policy
from policy_dsl.wording import joined

MOST_COMBINATIONS = 2048
"""How many combinations of readings are told apart; beyond, cubes are shown as found."""

Cube = tuple[tuple[str, tuple[str, ...]], ...]
"""Ambiguities, each with the readings that will do; an ambiguity not named does not matter."""


@dataclass(frozen=True)
class ReadingSet:
    """The readings under which something stands: under any one of the cubes."""

    cubes: tuple[Cube, ...]

    @property
    def always(self) -> bool:
        """It stands under every reading."""
        return self.cubes == ((),)

    @property
    def never(self) -> bool:
        """It stands under no reading."""
        return not self.cubes

    @property
    def ambiguities(self) -> tuple[str, ...]:
        """The ambiguities on which it depends, in the order in which they are first named."""
        return tuple(dict.fromkeys(name for cube in self.cubes for name, _ in cube))

    def contains(self, readings: Mapping[str, str]) -> bool:
        """Whether it stands under these readings (of at least the ambiguities it names)."""
        return any(all(readings[name] in values for name, values in cube) for cube in self.cubes)

    def possible_with(self, ambiguity: str, reading: str) -> bool:
        """Whether it stands under some readings that read this ambiguity this way."""
        return any(
            all(name != ambiguity or reading in values for name, values in cube)
            for cube in self.cubes
        )


ALWAYS = ReadingSet(((),))


def options(policy: Policy, ambiguity: str) -> tuple[str, ...]:
    """The readings of an ambiguity that are open: all, or the settled one."""
    found = policy.ambiguities[ambiguity]
    return (found.settled,) if found.settled else tuple(r.name for r in found.readings)


def combinations(policy: Policy, ambiguities: Iterable[str]) -> list[dict[str, str]]:
    """Every combination of open readings of some ambiguities; at most ``MOST_COMBINATIONS``."""
    ordered = ordered_ambiguities(policy, ambiguities)
    choices = [options(policy, name) for name in ordered]
    found = []
    for combination in product(*choices):
        found.append(dict(zip(ordered, combination, strict=True)))
        if len(found) > MOST_COMBINATIONS:
            break
    return found


def covers(policy: Policy, wide: ReadingSet, narrow: ReadingSet) -> bool:
    """Whether a set holds every reading of another; False where there are too many to tell."""
    if wide.always:
        return True
    known = combinations(policy, {*wide.ambiguities, *narrow.ambiguities})
    if len(known) > MOST_COMBINATIONS:
        return False
    return all(wide.contains(each) for each in known if narrow.contains(each))


def apart(policy: Policy, inside: ReadingSet, outside: ReadingSet) -> ReadingSet | None:
    """The readings of one set that another does not hold; None where there are too many to
    tell."""
    ambiguities = ordered_ambiguities(policy, {*inside.ambiguities, *outside.ambiguities})
    known = combinations(policy, ambiguities)
    if len(known) > MOST_COMBINATIONS:
        return None
    kept = [each for each in known if inside.contains(each) and not outside.contains(each)]
    return minimal(policy, kept, ambiguities)


def united(policy: Policy, sets: Iterable[ReadingSet]) -> ReadingSet:
    """The readings of any of some sets; not told with the fewest words where there are many."""
    cubes = tuple(dict.fromkeys(cube for each in sets for cube in each.cubes))
    ambiguities = ordered_ambiguities(policy, ReadingSet(cubes).ambiguities)
    known = combinations(policy, ambiguities)
    if len(known) > MOST_COMBINATIONS:
        return ReadingSet(cubes)
    kept = [each for each in known if ReadingSet(cubes).contains(each)]
    return minimal(policy, kept, ambiguities)


def both(one: ReadingSet, other: ReadingSet) -> ReadingSet:
    """The readings in both of two sets."""
    cubes = []
    for first in one.cubes:
        for second in other.cubes:
            parts = dict(first)
            for name, values in second:
                parts[name] = tuple(v for v in parts.get(name, values) if v in values)
            if all(parts.values()):
                cubes.append(tuple(parts.items()))
    if any(not each for each in cubes):
        return ALWAYS
    return ReadingSet(tuple(dict.fromkeys(cubes)))


def ordered_ambiguities(policy: Policy, ambiguities: Iterable[str]) -> list[str]:
    """Ambiguities in the order of the policy."""
    wanted = set(ambiguities)
    return [name for name in policy.ambiguities if name in wanted]


def minimal(policy: Policy, wanted: list[dict[str, str]], ambiguities: list[str]) -> ReadingSet:
    """The shortest description found for a set of combinations of some ambiguities.

    Combinations are grown to cubes as large as the set allows, in several orders; then the
    cubes that add most are taken until all is covered, and needless ones left out. Exact: the
    cubes cover the wanted combinations and no others.
    """
    inside = {tuple(each[name] for name in ambiguities) for each in wanted}
    everything = [options(policy, name) for name in ambiguities]
    grown: dict[_Box, set[tuple[str, ...]]] = {}
    covered: set[tuple[str, ...]] = set()
    for combination in sorted(inside):
        if combination in covered:
            continue
        for first in range(len(ambiguities)):
            order = [*range(first, len(ambiguities)), *range(first)]
            box = _grow(combination, order, everything, inside)
            if box not in grown:
                grown[box] = set(product(*box))
                covered |= grown[box]
    if inside and not ambiguities:
        return ALWAYS
    cubes: list[_Box] = []
    left = set(inside)
    while left:
        best = max(grown, key=lambda box: (len(grown[box] & left), len(grown[box])))
        cubes.append(best)
        left -= grown[best]
    for box in list(cubes):  # later ones may have made an earlier one needless
        others = [grown[each] for each in cubes if each != box]
        if others and inside == set().union(*others):
            cubes.remove(box)
    return ReadingSet(tuple(_cube(box, ambiguities, everything) for box in cubes))


_Box = tuple[tuple[str, ...], ...]


def _grow(
    combination: tuple[str, ...],
    order: list[int],
    everything: list[tuple[str, ...]],
    inside: set[tuple[str, ...]],
) -> _Box:
    """A largest box around a combination inside a set, widened in the given order."""
    box: list[tuple[str, ...]] = [(value,) for value in combination]
    for index in order:
        for value in everything[index]:
            if value in box[index]:
                continue
            added = [*box[:index], (value,), *box[index + 1 :]]
            if all(each in inside for each in product(*added)):
                box[index] = tuple(v for v in everything[index] if v in (*box[index], value))
    return tuple(box)


def _cube(box: _Box, ambiguities: list[str], everything: list[tuple[str, ...]]) -> Cube:
    parts = zip(ambiguities, box, everything, strict=True)
    return tuple((name, part) for name, part, all_values in parts if part != all_values)


def from_cubes(policy: Policy, cubes: list[Mapping[str, str]]) -> ReadingSet:
    """The reading set that a list of partial readings describes."""
    if any(not cube for cube in cubes):
        return ALWAYS
    ambiguities = ordered_ambiguities(policy, {name for cube in cubes for name in cube})
    known = combinations(policy, ambiguities)
    if len(known) > MOST_COMBINATIONS:
        return ReadingSet(
            tuple(tuple((n, (cube[n],)) for n in ambiguities if n in cube) for cube in cubes)
        )
    wanted = [
        each
        for each in known
        if any(all(each[name] == value for name, value in cube.items()) for cube in cubes)
    ]
    return minimal(policy, wanted, ambiguities)


MOST_SAID = 3
"""How many alternatives a reading set is told in; beyond, it is told by what it depends on."""


def describe(policy: Policy, readings: ReadingSet) -> str:
    """A reading set in words: what it needs, or, where that is shorter, what it excludes."""
    if readings.always:
        return "under every reading"
    if readings.never:
        return "under no reading"
    if len(readings.cubes) == 1:
        return f"only if {_describe_cube(policy, readings.cubes[0])}"
    ambiguities = ordered_ambiguities(policy, readings.ambiguities)
    known = combinations(policy, ambiguities)
    if len(known) > MOST_COMBINATIONS:
        shortest = min(readings.cubes, key=len)
        example = f"for instance if {_describe_cube(policy, shortest)}"
        return f"under some readings of {joined(ambiguities, 'and')}, {example}"
    inside = [each for each in known if readings.contains(each)]
    shared = _shared(policy, inside, ambiguities)
    start = f"only if {_describe_cube(policy, shared)}" if shared else "under every reading"
    outside = [e for e in known if _within(e, shared) and not readings.contains(e)]
    missing = minimal(policy, outside, ambiguities)
    if len(missing.cubes) < len(readings.cubes) and len(missing.cubes) <= MOST_SAID:
        parts = dict(shared)
        excluded = [
            tuple((name, part) for name, part in cube if part != parts.get(name))
            for cube in missing.cubes
        ]
        said = "; or if ".join(_describe_cube(policy, cube) for cube in excluded)
        return f"{start}, but not if {said}"
    if len(readings.cubes) <= MOST_SAID:
        said = "; or if ".join(_describe_cube(policy, cube) for cube in readings.cubes)
        return f"only if {said}"
    free = [name for name in ambiguities if name not in dict(shared) or len(dict(shared)[name]) > 1]
    start = f"{start}, and then " if shared else ""
    count = f"in {len(inside)} of {len(inside) + len(outside)} combinations of the readings of"
    return f"{start}{count} {joined(free, 'and')}"


def _within(readings: Mapping[str, str], cube: Cube) -> bool:
    return all(readings[name] in values for name, values in cube)


def _shared(policy: Policy, inside: list[dict[str, str]], ambiguities: list[str]) -> Cube:
    """What all members of a set share: of each ambiguity the readings that occur in it."""
    shared = []
    for name in ambiguities:
        seen = tuple(v for v in options(policy, name) if any(e[name] == v for e in inside))
        if seen != options(policy, name):
            shared.append((name, seen))
    return tuple(shared)


def _describe_cube(policy: Policy, cube: Cube) -> str:
    return " and ".join(say_chosen(policy, name, values) for name, values in cube)


def say_chosen(policy: Policy, ambiguity: str, values: tuple[str, ...]) -> str:
    """That an ambiguity is read in one of some ways, or that it is asked about some periods."""
    if ambiguity == PERIOD:
        return f"the time is {say_periods(policy, values)}"
    listed = joined([f"'{value}'" for value in values], "or")
    name = "'should'" if ambiguity == SHOULD else ambiguity
    return f"{name} is read as {listed}"
