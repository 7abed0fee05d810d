"""What a policy says, as one short text that is the same wherever it is written.

Two policies with one digest differ in nothing but where their parts stand: every word, number and
name that a finding can show or depend on is in it. Places are left out, so lines may move; that
something has a place is in it, and in which order. So the places of two such policies can be told
apart by number (``places``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TypeAlias

from policy_dsl.model import Policy
from policy_dsl.source import Place, Source

DIGEST = "policy 1"
"""What a digest is made by; to be changed with the way in which it is made."""

_Known: TypeAlias = dict[int, tuple[object, str]]


class Digests:
    """Digests of policies that share declarations, such as the slices of one policy."""

    def __init__(self) -> None:
        # By the number of an object, with the object: while it is kept, no other has its number.
        self._known: _Known = {}

    def of(self, policy: Policy) -> str:
        """The digest of a policy: 64 hexadecimal digits."""
        return _hashed([DIGEST, *self._fields(policy)])

    def _fields(self, policy: Policy) -> Iterator[str]:
        for each in fields(policy):
            yield each.name
            value = getattr(policy, each.name)
            if isinstance(value, Mapping):
                for name, item in value.items():
                    yield from ("key", name, self._declared(item))
            elif isinstance(value, tuple):
                for item in value:
                    yield from ("item", self._declared(item))
            else:
                yield from _text(value)

    def _declared(self, part: object) -> str:
        known = self._known.get(id(part))
        if known is None:
            known = self._known[id(part)] = part, _hashed(_text(part))
        return known[1]


def digest(policy: Policy) -> str:
    """The digest of one policy or slice. For many that share declarations use ``Digests``."""
    return Digests().of(policy)


def digest_of(part: object) -> str:
    """The digest of a part of a model, or of anything that is made of such parts: of dataclasses,
    tuples, names and numbers. Raises ``TypeError`` for what is made of other things."""
    return _hashed(list(_text(part)))


def _hashed(words: Iterator[str] | list[str]) -> str:
    found = hashlib.sha256()
    for each in words:
        data = each.encode("utf-8", "surrogatepass")
        found.update(b"%d:" % len(data))
        found.update(data)
    return found.hexdigest()


def _text(part: object) -> Iterator[str]:
    """A part of a model in words, each of which says what it is: no two parts that differ in
    more than places have the same words."""
    match part:
        case Place():
            yield "place"
        case None:
            yield "none"
        case bool() | int() | str() | date():
            yield f"{type(part).__name__} {part}"
        case Source():
            yield from ("source", part.name, part.text)
        case frozenset():
            yield f"set {len(part)}"
            yield from sorted(str(each) for each in part)
        case Mapping():
            yield f"mapping {len(part)}"
            for name, value in part.items():
                yield str(name)
                yield from _text(value)
        case tuple():
            yield f"tuple {len(part)}"
            for each in part:
                yield from _text(each)
        case _ if is_dataclass(part):
            yield type(part).__name__
            for name in _names(type(part)):
                yield name
                yield from _text(getattr(part, name))
        case _:
            raise TypeError(f"no part of a model: {type(part).__name__}")


_NAMES: dict[type, tuple[str, ...]] = {}


def _names(kind: type) -> tuple[str, ...]:
    """The names of a dataclass's fields."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(each.name for each in fields(kind))
    return _NAMES[kind]


def places(part: object) -> Iterator[Place]:
    """The places in a policy, or in a part of one, in a fixed order. Policies with one digest
    have as many, and those with one number belong to the same part."""
    if isinstance(part, Place):
        yield part
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from places(value)
    elif isinstance(part, tuple):
        for each in part:
            yield from places(each)
    elif is_dataclass(part) and not isinstance(part, Source):
        for name in _names(type(part)):
            yield from places(getattr(part, name))
