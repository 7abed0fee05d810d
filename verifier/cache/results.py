"""Results that are taken up again where nothing on which they depend has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypeVar, cast

from policy_dsl.digests import Digests
from policy_dsl.model import Policy
from verifier.cache.codec import NotKept, Unreadable, decode, encode
from verifier.cache.marks import Marks, Places
from verifier.cache.replay import Replay
from verifier.cache.store import Kept, key_of
from verifier.cache.versions import made_by

T = TypeVar("T")


class Parts(Protocol):
    """What came of the parts of the work on one policy, by their names."""

    def part(
        self, name: str, kind: type[T], make: Callable[[], T], items: tuple[object, ...] = ()
    ) -> T:
        """What came of a part before, or comes of it now. ``name`` tells what is asked from all
        else that is; ``items`` are what it is asked about."""


class Before(Protocol):
    """What came of the work on policies before."""

    def of(self, policy: Policy, ways: str) -> Parts:
        """The parts of the work on one policy, or on a slice of one. ``ways`` says all that they
        depend on beside the policy: the bound, the limits."""


@dataclass
class Tally:
    """What the results of earlier runs were good for: how many parts of this run were taken up,
    how many were made and kept, how many made and not kept, by the reason; and the names of those
    that were made again, to compare, and came out otherwise."""

    taken: int = 0
    kept: int = 0
    not_kept: Counter[str] = field(default_factory=Counter)
    otherwise: list[str] = field(default_factory=list)


@dataclass
class Cache:
    """Results of earlier runs. ``compare`` makes every part again and compares it with what was
    kept: what was made counts."""

    kept: Kept
    compare: bool = False
    tally: Tally = field(default_factory=Tally)
    _places: Places = field(default_factory=Places)
    _digests: Digests = field(default_factory=Digests)

    def of(self, policy: Policy, ways: str) -> Results:
        """The results about one policy, or a slice of one. ``ways`` says all that results depend
        on beside the policy: the bound, the limits."""
        return Results(self, policy, key_of([made_by(), self._digests.of(policy), ways]))

    def marks(self, policy: Policy) -> Marks:
        """The places of a policy, as they are written and read."""
        return Marks(policy, self._places)


@dataclass
class Results:
    """The results about one policy, by their names. ``about`` tells the policy from others."""

    cache: Cache
    policy: Policy
    about: str

    def part(
        self, name: str, kind: type[T], make: Callable[[], T], items: tuple[object, ...] = ()
    ) -> T:
        """A result: one of an earlier run that stands, or one that is made now and kept. ``name``
        tells what is asked from all else that is; ``items`` are what it is asked about."""
        key = key_of([self.about, name])
        marks = self._marks.beside(items)
        found = self._read(key, kind, marks)
        tally = self.cache.tally
        if found is not None and not self.cache.compare:
            tally.taken += 1
            return found
        made = make()
        if found is not None:
            tally.taken += 1
            if found != made:
                tally.otherwise.append(name)
            return made
        try:
            self._write(key, made, marks)
            tally.kept += 1
        except NotKept as reason:
            tally.not_kept[str(reason)] += 1
        return made

    def _read(self, key: str, kind: type[T], marks: Marks) -> T | None:
        data = self.cache.kept.read(key)
        if data is None:
            return None
        try:
            found = decode(kind, data, marks)
            return found if self._replay.stands(found) else None
        except (Unreadable, RecursionError):
            return None

    def _write(self, key: str, made: object, marks: Marks) -> None:
        """Keep a result. That it stands is looked at when it is read. Raises ``NotKept``."""
        try:
            self.cache.kept.write(key, encode(made, marks))
        except RecursionError:
            raise NotKept("it is nested too deeply") from None

    @cached_property
    def _marks(self) -> Marks:
        return self.cache.marks(self.policy)

    @cached_property
    def _replay(self) -> Replay:
        return Replay(self.policy)


@dataclass
class Remembered:
    """What came of the work on policies that differ little, as long as the process lives.

    What is taken up has the places of the policy for which it was made: it is for those who do not
    look at places.
    """

    _known: dict[str, object] = field(default_factory=dict)
    _digests: Digests = field(default_factory=Digests)

    def next(self) -> None:
        """Another policy comes, which shares no declarations with the one before."""
        self._digests = Digests()

    def of(self, policy: Policy, ways: str) -> Parts:
        """The parts of the work on one policy, or on a slice of one."""
        return _RememberedParts(self._known, key_of([self._digests.of(policy), ways]))


@dataclass
class _RememberedParts:
    known: dict[str, object]
    about: str

    def part(
        self, name: str, kind: type[T], make: Callable[[], T], items: tuple[object, ...] = ()
    ) -> T:
        del kind, items
        key = f"{self.about} {name}"
        if key not in self.known:
            self.known[key] = make()
        return cast(T, self.known[key])
