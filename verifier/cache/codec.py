"""Results as plain JSON and back.

Only the classes of a closed list can be kept (``verifier.cache.known``). Writing goes by what a
value is, reading by what the class says that its fields hold: what does not fit is refused,
whatever it says of itself. A place is not written: a reference to what stands there is, which is
looked up in the policy as it now is (``verifier.cache.marks``).
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import IntEnum
from functools import cache
from typing import Literal, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from policy_dsl.case import Case
from policy_dsl.model import Expr
from policy_dsl.source import Place
from policy_dsl.types import Value
from verifier.cache.known import KNOWN
from verifier.cache.marks import Marks, NoSuchPlace

T = TypeVar("T")


class NotKept(Exception):
    """A value that cannot be written; the message says why."""


class Unreadable(Exception):
    """What was read is no such value."""


_Reader: TypeAlias = "Callable[[object, _Reading], object]"


def encode(value: object, marks: Marks) -> object:
    """A value as plain JSON. Raises ``NotKept``."""
    writer = _Writer(marks)
    said = writer.said(value)
    return {"expressions": writer.expressions, "pairs": writer.pairs, "value": said}


def decode(kind: type[T], data: object, marks: Marks) -> T:
    """The value of some kind that plain JSON says. Raises ``Unreadable``."""
    match data:
        case {"expressions": list(expressions), "pairs": list(pairs), "value": said, **rest}:
            if not rest:
                return cast(T, _object(kind)(said, _Reading(marks, expressions, pairs)))
    raise Unreadable


class _Writer:
    """Writes one value. What occurs in it again and again, the expressions that tell cases and
    the values of facts, is written once and numbered."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self.expressions: list[object] = []
        self.pairs: list[object] = []
        # By the number of an object: the value that is written keeps it.
        self._expressions: dict[int, int] = {}
        self._pairs: dict[tuple[str, type, object], int] = {}

    def said(self, value: object) -> object:
        """A value as plain JSON."""
        match value:
            case None | bool() | str():
                return value
            case int():
                return int(value)
            case tuple():
                return [self.said(each) for each in value]
            case frozenset():
                return {"set": sorted(str(each) for each in value)}
            case Place():
                try:
                    return {"place": self._marks.written(value)}
                except NoSuchPlace:
                    raise NotKept("it stands at a place of no declaration") from None
            case Case():
                facts = [self._pair(name, each) for name, each in value.facts.items()]
                return {"case": [facts, [self._pair(*each) for each in value.readings.items()]]}
            case Expr():
                return {"expression": self._expression(value)}
            case _:
                return self._object(value)

    def _object(self, value: object) -> object:
        name = type(value).__name__
        if KNOWN.get(name) is not type(value):
            raise NotKept(f"nothing is known of {name}")
        parts = [self.said(getattr(value, each)) for each, _ in _fields(name)]
        return {"is": name, "of": parts}

    def _expression(self, value: Expr) -> int:
        number = self._expressions.get(id(value))
        if number is None:
            said = self._object(value)
            number = self._expressions[id(value)] = len(self.expressions)
            self.expressions.append(said)
        return number

    def _pair(self, name: str, value: Value) -> int:
        key = name, type(value), value
        if key not in self._pairs:
            self._pairs[key] = len(self.pairs)
            self.pairs.append([name, self.said(value)])
        return self._pairs[key]


class _Reading:
    """Reads one value: its numbered parts are read once, when they are first needed."""

    def __init__(self, marks: Marks, expressions: list[object], pairs: list[object]) -> None:
        self.marks = marks
        self._written = expressions
        self._expressions: dict[int, object] = {}
        self._pairs = [self._pair(each) for each in pairs]

    def expression(self, number: object) -> object:
        """The expression with a number. One stands behind those that are in it."""
        if type(number) is not int or not 0 <= number < len(self._written):
            raise Unreadable
        if number not in self._expressions:
            said, self._written[number] = self._written[number], None  # none is in itself
            self._expressions[number] = _object(Expr)(said, self)
        return self._expressions[number]

    def values(self, numbers: object) -> dict[str, Value]:
        """The values with some numbers, by their names."""
        if not isinstance(numbers, list) or not all(type(each) is int for each in numbers):
            raise Unreadable
        if not all(0 <= each < len(self._pairs) for each in numbers):
            raise Unreadable
        return dict(self._pairs[each] for each in numbers)

    def _pair(self, data: object) -> tuple[str, Value]:
        match data:
            case [str(name), said]:
                return name, cast(Value, _reader(Value)(said, self))
        raise Unreadable


@cache
def _reader(hint: object) -> _Reader:
    """What reads values of a type, as it stands behind the name of a field."""
    origin, inside = get_origin(hint), get_args(hint)
    if hint is None or hint is type(None):
        return _one_of((None,))
    if hint in (str, int, bool):
        return _plain(cast(type, hint))
    if hint in _SPECIAL:
        return _SPECIAL[cast(type, hint)]
    if origin is Literal:
        return _one_of(inside)
    if origin in (Union, types.UnionType):
        return _any([_reader(each) for each in inside])
    if origin is tuple:
        return _list(inside)
    if origin is frozenset:
        return _set
    if isinstance(hint, type) and issubclass(hint, IntEnum):
        return _member(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _object(hint)
    raise TypeError(f"no reader for {hint}")


def _plain(kind: type) -> _Reader:
    def read(data: object, _reading: _Reading) -> object:
        if type(data) is not kind:
            raise Unreadable
        return data

    return read


def _one_of(known: tuple[object, ...]) -> _Reader:
    def read(data: object, _reading: _Reading) -> object:
        for each in known:
            if type(data) is type(each) and data == each:
                return each
        raise Unreadable

    return read


def _any(readers: list[_Reader]) -> _Reader:
    def read(data: object, reading: _Reading) -> object:
        for each in readers:
            try:
                return each(data, reading)
            except Unreadable:
                continue
        raise Unreadable

    return read


def _list(inside: tuple[object, ...]) -> _Reader:
    def same(data: object, reading: _Reading) -> object:
        if not isinstance(data, list):
            raise Unreadable
        return tuple(every(each, reading) for each in data)

    def each_its_own(data: object, reading: _Reading) -> object:
        if not isinstance(data, list) or len(data) != len(readers):
            raise Unreadable
        return tuple(read(each, reading) for read, each in zip(readers, data, strict=True))

    if len(inside) == 2 and inside[1] is Ellipsis:
        every = _reader(inside[0])
        return same
    readers = [_reader(each) for each in inside]
    return each_its_own


def _wrapped(data: object, word: str) -> list[object]:
    if not isinstance(data, dict) or set(data) != {word} or not isinstance(data[word], list):
        raise Unreadable
    return cast(list[object], data[word])


def _set(data: object, _reading: _Reading) -> object:
    found = _wrapped(data, "set")
    if not all(isinstance(each, str) for each in found):
        raise Unreadable
    return frozenset(found)


def _case(data: object, reading: _Reading) -> object:
    found = _wrapped(data, "case")
    if len(found) != 2:
        raise Unreadable
    facts, readings = reading.values(found[0]), reading.values(found[1])
    if not all(isinstance(each, str) for each in readings.values()):
        raise Unreadable
    return Case(facts=facts, readings=cast(Mapping[str, str], readings))


def _expression(data: object, reading: _Reading) -> object:
    if not isinstance(data, dict) or set(data) != {"expression"}:
        raise Unreadable
    return reading.expression(data["expression"])


def _place(data: object, reading: _Reading) -> object:
    try:
        return reading.marks.read(_wrapped(data, "place"))
    except NoSuchPlace:
        raise Unreadable from None


def _member(kind: type[IntEnum]) -> _Reader:
    def read(data: object, reading: _Reading) -> object:
        try:
            return members[_plain(int)(data, reading)]
        except KeyError:
            raise Unreadable from None

    members: dict[object, IntEnum] = {int(each): each for each in kind}
    return read


def _object(base: type) -> _Reader:
    def read(data: object, reading: _Reading) -> object:
        if not isinstance(data, dict) or set(data) != {"is", "of"}:
            raise Unreadable
        kind, parts = KNOWN.get(str(data["is"])), data["of"]
        if kind is None or not issubclass(kind, base) or not isinstance(parts, list):
            raise Unreadable
        readers = _fields(kind.__name__)
        if len(parts) != len(readers):
            raise Unreadable
        given = zip(readers, parts, strict=True)
        return kind(**{name: read_one(part, reading) for (name, read_one), part in given})

    return read


@cache
def _fields(name: str) -> tuple[tuple[str, _Reader], ...]:
    """The fields of a known class, and what reads each."""
    kind = KNOWN[name]
    hints = get_type_hints(kind)
    own = (each.name for each in fields(kind) if each.init)
    return tuple((each, _reader(hints[each])) for each in own)


_SPECIAL: Mapping[type, _Reader] = {Place: _place, Case: _case, Expr: _expression}
