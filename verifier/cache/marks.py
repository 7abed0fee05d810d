"""Places told by what stands at them, so that they are right when lines have moved.

A place of a policy is written as the part of the policy in which it is, and the how many-th of
that part's places it is. Policies with one digest have the same places in this sense.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TypeAlias

from policy_dsl.digests import places
from policy_dsl.model import Policy
from policy_dsl.source import Place

_Reference: TypeAlias = tuple[str, str | int, int]
"""A field of the policy, the name or number of a part in it, and a number of a place in that."""

_ITEMS = "asked"
"""In place of a field: what is asked about."""


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
    """The places of one policy or slice, as they are written and read. ``items`` are what is asked
    about; what stands in these may be no part of the slice."""

    policy: Policy
    places: Places
    items: tuple[object, ...] = ()

    def beside(self, items: tuple[object, ...]) -> Marks:
        """The same places, and those of what is asked about."""
        beside = Marks(self.policy, self.places, items)
        beside.__dict__["_declared"] = self._declared
        return beside

    def written(self, place: Place) -> list[object]:
        """All that stands at a place, as lists of a field of the policy, a name or number in it,
        and a number. Raises ``NoSuchPlace``."""
        found = [*self._declared.known.get(place, ()), *self._asked.get(place, ())]
        if not found:
            raise NoSuchPlace
        return [list(each) for each in found]

    def read(self, written: list[object]) -> Place:
        """The place that is meant. Raises ``NoSuchPlace``, also where what stood at one place now
        stands at several."""
        if not written:
            raise NoSuchPlace
        found = self._one(written[0])
        if any(self._one(each) != found for each in written[1:]):
            raise NoSuchPlace
        return found

    def _one(self, written: object) -> Place:
        match written:
            case [str(name), str() | int() as key, int(number)] if name in _NAMES:
                declared = self.items if name == _ITEMS else getattr(self.policy, name)
                part = self._part(declared, key)
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
    def _declared(self) -> _Declared:
        return _Declared(self)

    @cached_property
    def _asked(self) -> Mapping[Place, list[_Reference]]:
        return self.referred((_ITEMS, index, each) for index, each in enumerate(self.items))

    def referred(
        self, parts: Iterable[tuple[str, str | int, object]]
    ) -> dict[Place, list[_Reference]]:
        """By place, how what stands there is referred to."""
        found: dict[Place, list[_Reference]] = {}
        for name, key, part in parts:
            for number, place in enumerate(self.places.of(part)):
                found.setdefault(place, []).append((name, key, number))
        return found


class _Declared:
    """The places in the declarations of a policy; gone through when first asked for."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks

    @cached_property
    def known(self) -> Mapping[Place, list[_Reference]]:
        return self._marks.referred(_parts(self._marks.policy))


_NAMES = frozenset((_ITEMS, *(each.name for each in fields(Policy))))


def _parts(policy: Policy) -> Iterator[tuple[str, str | int, object]]:
    """Every declaration of a policy, with the field and the name or number by which it is
    reached."""
    for each in fields(policy):
        declared = getattr(policy, each.name)
        if isinstance(declared, Mapping):
            yield from ((each.name, str(key), part) for key, part in declared.items())
        elif isinstance(declared, tuple):
            yield from ((each.name, index, part) for index, part in enumerate(declared))
