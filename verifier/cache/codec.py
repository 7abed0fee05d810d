"""Results as plain JSON and back.

What can be kept is a closed list of classes, ``KNOWN``. Writing goes by what a value is, reading
by what the class says that its fields hold: what does not fit is refused, whatever it says of
itself. A place is not written: a reference to what stands there is, which is looked up in the
policy as it now is (``verifier.cache.marks``).
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import IntEnum
from functools import cache
from typing import Literal, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from policy_dsl import types as values
from policy_dsl.case import Case
from policy_dsl.model import expressions
from policy_dsl.source import Place
from verifier import exhibits, findings
from verifier.cache.marks import Marks, NoSuchPlace
from verifier.control import Controlled, Say
from verifier.margins import Margin, MarginOutcome
from verifier.ran import Controls, Margins, Overview, Profiles, Ran
from verifier.readings import ReadingSet
from verifier.slice_runs import Found
from verifier.swing import Secured
from verifier.witness import Witness

T = TypeVar("T")


class NotKept(Exception):
    """A value that cannot be written; the message says why."""


class Unreadable(Exception):
    """What was read is no such value."""


def _expressions() -> tuple[type, ...]:
    found = (each for each in vars(expressions).values() if isinstance(each, type))
    return tuple(each for each in found if issubclass(each, expressions.Expr))


_CLASSES: tuple[type, ...] = (
    findings.Finding,
    findings.Side,
    findings.Related,
    findings.ProfileEntry,
    findings.ActionProfile,
    Margin,
    MarginOutcome,
    Ran,
    Found,
    Profiles,
    Controls,
    Controlled,
    Say,
    Secured,
    Overview,
    Margins,
    ReadingSet,
    Witness,
    Case,
    exhibits.Person,
    exhibits.Persons,
    exhibits.Stage,
    exhibits.Run,
    exhibits.Mark,
    exhibits.Timeline,
    exhibits.ProcessState,
    exhibits.ProcessStep,
    exhibits.ProcessMap,
    exhibits.Control,
    exhibits.ControlRow,
    values.YesNo,
    values.Enumeration,
    values.SetOf,
    values.Integer,
    values.DecimalNumber,
    values.Money,
    values.Date,
    values.Duration,
    *_expressions(),
)

KNOWN: Mapping[str, type] = {each.__name__: each for each in _CLASSES}
"""The classes that can be kept, by their names."""

_Reader: TypeAlias = Callable[[object, Marks], object]


def encode(value: object, marks: Marks) -> object:
    """A value as plain JSON. Raises ``NotKept``."""
    match value:
        case None | bool() | str():
            return value
        case int():
            return int(value)
        case tuple():
            return [encode(each, marks) for each in value]
        case frozenset():
            return {"set": sorted(str(each) for each in value)}
        case Place():
            try:
                return {"place": marks.written(value)}
            except NoSuchPlace:
                raise NotKept("it stands at a place of no declaration") from None
        case Mapping():
            return {"map": [[str(name), encode(each, marks)] for name, each in value.items()]}
        case _ if is_dataclass(value) and KNOWN.get(type(value).__name__) is type(value):
            name = type(value).__name__
            parts = [encode(getattr(value, each), marks) for each, _ in _fields(name)]
            return {"is": name, "of": parts}
        case _:
            raise NotKept(f"nothing is known of {type(value).__name__}")


def decode(kind: type[T], data: object, marks: Marks) -> T:
    """The value of some kind that plain JSON says. Raises ``Unreadable``."""
    return cast(T, _object(kind)(data, marks))


@cache
def _reader(hint: object) -> _Reader:
    """What reads values of a type, as it stands behind the name of a field."""
    origin, inside = get_origin(hint), get_args(hint)
    if hint is None or hint is type(None):
        return _one_of((None,))
    if hint in (str, int, bool):
        return _plain(cast(type, hint))
    if hint is Place:
        return _place
    if origin is Literal:
        return _one_of(inside)
    if origin in (Union, types.UnionType):
        return _any([_reader(each) for each in inside])
    if origin is tuple:
        return _list(inside)
    if origin is frozenset:
        return _set
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(_reader(inside[1]))
    if isinstance(hint, type) and issubclass(hint, IntEnum):
        return _member(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _object(hint)
    raise TypeError(f"no reader for {hint}")


def _plain(kind: type) -> _Reader:
    def read(data: object, _marks: Marks) -> object:
        if type(data) is not kind:
            raise Unreadable
        return data

    return read


def _one_of(known: tuple[object, ...]) -> _Reader:
    def read(data: object, _marks: Marks) -> object:
        for each in known:
            if type(data) is type(each) and data == each:
                return each
        raise Unreadable

    return read


def _any(readers: list[_Reader]) -> _Reader:
    def read(data: object, marks: Marks) -> object:
        for each in readers:
            try:
                return each(data, marks)
            except Unreadable:
                continue
        raise Unreadable

    return read


def _list(inside: tuple[object, ...]) -> _Reader:
    def same(data: object, marks: Marks) -> object:
        if not isinstance(data, list):
            raise Unreadable
        return tuple(every(each, marks) for each in data)

    def each_its_own(data: object, marks: Marks) -> object:
        if not isinstance(data, list) or len(data) != len(readers):
            raise Unreadable
        return tuple(read(each, marks) for read, each in zip(readers, data, strict=True))

    if len(inside) == 2 and inside[1] is Ellipsis:
        every = _reader(inside[0])
        return same
    readers = [_reader(each) for each in inside]
    return each_its_own


def _wrapped(data: object, word: str) -> list[object]:
    if not isinstance(data, dict) or set(data) != {word} or not isinstance(data[word], list):
        raise Unreadable
    return cast(list[object], data[word])


def _set(data: object, _marks: Marks) -> object:
    found = _wrapped(data, "set")
    if not all(isinstance(each, str) for each in found):
        raise Unreadable
    return frozenset(found)


def _mapping(value: _Reader) -> _Reader:
    def read(data: object, marks: Marks) -> object:
        found: dict[str, object] = {}
        for pair in _wrapped(data, "map"):
            if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], str):
                raise Unreadable
            found[pair[0]] = value(pair[1], marks)
        return found

    return read


def _place(data: object, marks: Marks) -> object:
    try:
        return marks.read(_wrapped(data, "place"))
    except NoSuchPlace:
        raise Unreadable from None


def _member(kind: type[IntEnum]) -> _Reader:
    def read(data: object, marks: Marks) -> object:
        try:
            return members[_plain(int)(data, marks)]
        except KeyError:
            raise Unreadable from None

    members: dict[object, IntEnum] = {int(each): each for each in kind}
    return read


def _object(base: type) -> _Reader:
    def read(data: object, marks: Marks) -> object:
        if not isinstance(data, dict) or set(data) != {"is", "of"}:
            raise Unreadable
        kind, parts = KNOWN.get(str(data["is"])), data["of"]
        if kind is None or not issubclass(kind, base) or not isinstance(parts, list):
            raise Unreadable
        readers = _fields(kind.__name__)
        if len(parts) != len(readers):
            raise Unreadable
        given = zip(readers, parts, strict=True)
        return kind(**{name: read_one(part, marks) for (name, read_one), part in given})

    return read


@cache
def _fields(name: str) -> tuple[tuple[str, _Reader], ...]:
    """The fields of a known class, and what reads each."""
    kind = KNOWN[name]
    hints = get_type_hints(kind)
    own = (each.name for each in fields(kind) if each.init)
    return tuple((each, _reader(hints[each])) for each in own)
