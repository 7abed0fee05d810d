"""Under which readings something stands, said with as few conditions as will do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from policy_dsl.model import SHOULD, Policy

MOST_COMBINATIONS = 4096
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


def ordered_ambiguities(policy: Policy, ambiguities: Iterable[str]) -> list[str]:
    """Ambiguities in the order of the policy."""
    wanted = set(ambiguities)
    return [name for name in policy.ambiguities if name in wanted]


def minimal(policy: Policy, wanted: list[dict[str, str]], ambiguities: list[str]) -> ReadingSet:
    """The shortest description found for a set of combinations of some ambiguities.

    Each cube is grown as far as the set allows; then a greedy cover is taken. Exact: the cubes
    cover the wanted combinations and no others.
    """
    inside = {tuple(each[name] for name in ambiguities) for each in wanted}
    everything = [options(policy, name) for name in ambiguities]
    cubes: list[tuple[tuple[str, ...], ...]] = []
    for combination in sorted(inside):
        if any(all(v in part for v, part in zip(combination, c, strict=True)) for c in cubes):
            continue
        cube: list[tuple[str, ...]] = [(value,) for value in combination]
        for index, all_values in enumerate(everything):
            for grown in (all_values, *(_with(cube[index], v, all_values) for v in all_values)):
                trial = [*cube[:index], grown, *cube[index + 1 :]]
                if all(each in inside for each in product(*trial)):
                    cube = trial
        cubes.append(tuple(cube))
    return ReadingSet(
        tuple(
            tuple(
                (name, part)
                for name, part, all_values in zip(ambiguities, cube, everything, strict=True)
                if part != all_values
            )
            for cube in _cover(cubes, inside)
        )
    )


def _with(part: tuple[str, ...], value: str, all_values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in all_values if each in part or each == value)


def _cover(
    cubes: list[tuple[tuple[str, ...], ...]], inside: set[tuple[str, ...]]
) -> list[tuple[tuple[str, ...], ...]]:
    """Leave out cubes that the others cover."""
    kept = list(cubes)
    for cube in cubes:
        others = {each for other in kept if other != cube for each in product(*other)}
        if inside <= others:
            kept.remove(cube)
    return kept


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


def describe(policy: Policy, readings: ReadingSet) -> str:
    """A reading set in words."""
    if readings.always:
        return "under every reading"
    if readings.never:
        return "under no reading"
    limbs = [_describe_cube(policy, cube) for cube in readings.cubes]
    return "only if " + "; or if ".join(limbs)


def _describe_cube(policy: Policy, cube: Cube) -> str:
    parts = []
    for name, values in cube:
        said = [f"'{value}'" for value in values]
        listed = said[0] if len(said) == 1 else ", ".join(said[:-1]) + " or " + said[-1]
        verb = "'should' is" if name == SHOULD else f"{name} is read as"
        parts.append(f"{verb} {listed}")
    return " and ".join(parts)
