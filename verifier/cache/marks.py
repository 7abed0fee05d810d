"""Places told by what stands at them, so that they are right when lines have moved.

A place of a policy is written as the part of the policy in which it is, and the how many-th of
that part's places it is. Policies with one digest have the same places in this sense.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property

from policy_dsl.digests import places
from policy_dsl.model import Policy
from policy_dsl.source import Place


class NoSuchPlace(Exception):
    """A place of no part of the policy, or no place at all."""


@dataclass
class Places:
    """The places in parts of policies; each part is gone through once, however many slices
    have it."""

    # By the number of an object, with the object: while it is kept, no other has its number.
    _known: dict[int, tuple[object, tuple[Place, ...]]] = field(default_factory=dict)

    def of(self, part: object) -> tuple[Place, ...]:
        """The places in a part, in their order."""
        found = self._known.get(id(part))
        if found is None:
            found = self._known[id(part)] = part, tuple(places(part))
        return found[1]


@dataclass
class Marks:
    """The places of one policy or slice, as they are written and read."""

    policy: Policy
    places: Places

    def written(self, place: Place) -> list[object]:
        """All that stands at a place, as lists of a field of the policy, a name or number in it,
        and a number. Raises ``NoSuchPlace``."""
        try:
            return [list(each) for each in self._found[place]]
        except KeyError:
            raise NoSuchPlace from None

    def read(self, written: list[object]) -> Place:
        """The place that is meant. Raises ``NoSuchPlace``, also where what stood at one place now
        stands at several."""
        found = {self._one(each) for each in written}
        if len(found) != 1:
            raise NoSuchPlace
        return found.pop()

    def _one(self, written: object) -> Place:
        match written:
            case [str(name), str() | int() as key, int(number)] if name in _NAMES:
                part = self._part(getattr(self.policy, name), key)
                known = () if part is None else self.places.of(part)
                if 0 <= number < len(known):
                    return known[number]
        raise NoSuchPlace

    @staticmethod
    def _part(declared: object, key: str | int) -> object:
        if isinstance(declared, Mapping):
            return declared.get(key)
        if isinstance(declared, tuple) and isinstance(key, int) and 0 <= key < len(declared):
            found: object = declared[key]
            return found
        return None

    @cached_property
    def _found(self) -> Mapping[Place, list[tuple[str, str | int, int]]]:
        found: dict[Place, list[tuple[str, str | int, int]]] = {}
        for name, key, part in _parts(self.policy):
            for number, place in enumerate(self.places.of(part)):
                found.setdefault(place, []).append((name, key, number))
        return found


_NAMES = frozenset(each.name for each in fields(Policy))


def _parts(policy: Policy) -> Iterator[tuple[str, str | int, object]]:
    """Every declaration of a policy, with the field and the name or number by which it is
    reached."""
    for each in fields(policy):
        declared = getattr(policy, each.name)
        if isinstance(declared, Mapping):
            yield from ((each.name, str(key), part) for key, part in declared.items())
        elif isinstance(declared, tuple):
            yield from ((each.name, index, part) for index, part in enumerate(declared))
