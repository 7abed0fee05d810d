"""Which names of the old version are which names of the new one.

The same name of the same kind is the same thing (a fact also has to have a type that can be
compared). Another name is taken for the same thing only where nothing else it could be is left: it
is declared alike, or it stands alike in all that names it, and no other name does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from policy_dsl.model import Policy
from verifier.difference.model import Match
from verifier.difference.rewrite import DECLARED, Names, bare, declared
from verifier.difference.signs import alike, sign, successor

MOST_TRIED = 60
"""How many pairs of names of a kind are tried in all places where they stand."""

_BY_USE = ("fact", "action", "output", "ambiguity", "resource", "event")
"""Kinds of which a name says nothing by itself, and is known by where it stands."""


def match(old: Policy, new: Policy) -> Match:
    """The names of two versions."""
    matcher = _Matcher(old, new)
    matcher.run()
    return Match(
        same=matcher.maps,
        renamed=tuple(
            (kind, one, other)
            for kind, names in matcher.maps.items()
            for one, other in names.items()
            if one != other
        ),
        unsure=tuple(matcher.unsure()),
    )


@dataclass
class _Matcher:
    old: Policy
    new: Policy
    maps: dict[str, dict[str, str]] = field(default_factory=dict)

    def run(self) -> None:
        for kind in DECLARED:
            known = declared(self.new, kind)
            self.maps[kind] = {
                name: name
                for name, each in declared(self.old, kind).items()
                if name in known and alike(each, known[name])
            }
        while self._by_content() or self._by_use() or self._together():
            pass

    def _left(self, kind: str) -> tuple[dict[str, object], dict[str, object]]:
        """What of a kind is gone and what is new, as matched so far."""
        taken, matched = set(self.maps[kind].values()), self.maps[kind]
        gone = {n: d for n, d in declared(self.old, kind).items() if n not in matched}
        fresh = {n: d for n, d in declared(self.new, kind).items() if n not in taken}
        # A name that stands in both versions and could not be matched is no renamed one.
        both = gone.keys() & fresh.keys()
        return (
            {name: each for name, each in gone.items() if name not in both},
            {name: each for name, each in fresh.items() if name not in both},
        )

    # --- declared alike -------------------------------------------------------------------

    def _by_content(self) -> bool:
        found = False
        for kind in DECLARED:
            gone, fresh = self._left(kind)
            if not gone or not fresh:
                continue
            names = Names(maps=self.maps)
            one = {n: sign(names.apply(each)) for n, each in gone.items()}
            other = {n: sign(each) for n, each in fresh.items()}
            for name, new_name in _unique(one, other):
                self.maps[kind][name] = new_name
                found = True
        return found

    # --- standing alike -------------------------------------------------------------------

    def _by_use(self) -> bool:
        for kind in _BY_USE:
            gone, fresh = self._left(kind)
            able = [
                (one, other)
                for one, before in gone.items()
                for other, after in fresh.items()
                if alike(before, after, as_renamed=True)
            ]
            if len(able) > MOST_TRIED:
                continue
            pairs = [each for each in able if self._stands_alike(kind, *each)]
            olds, news = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
            safe = [(one, other) for one, other in pairs if olds[one] == news[other] == 1]
            for one, other in safe:
                self.maps[kind][one] = other
            if safe:
                return True
        return False

    def _together(self) -> bool:
        """Several names at once: of each type as many are gone as are new, and with all of them
        taken in their order everything stands as it did."""
        tried: dict[str, dict[str, str]] = {}
        for kind in _BY_USE:
            gone, fresh = self._left(kind)
            for one, before in gone.items():
                able = [n for n, after in fresh.items() if alike(before, after, as_renamed=True)]
                free = [each for each in able if each not in tried.get(kind, {}).values()]
                if free:
                    tried.setdefault(kind, {})[one] = free[0]
        if sum(map(len, tried.values())) < 2 or not self._all_stand_alike(tried):
            return False
        for kind, names in tried.items():
            self.maps[kind] |= names
        return True

    def _stands_alike(self, kind: str, one: str, other: str) -> bool:
        """Whether all that names the old name is there in the new version with the other name."""
        return self._all_stand_alike({kind: {one: other}})

    def _all_stand_alike(self, renamed: Mapping[str, Mapping[str, str]]) -> bool:
        """The same for several names at once; each of them has to be named somewhere."""
        plain = Names(maps=self.maps)
        tried = Names(
            maps={kind: {**names, **renamed.get(kind, {})} for kind, names in self.maps.items()}
        )
        unused = {(kind, one) for kind, names in renamed.items() for one in names}
        alone = {
            (kind, one): Names(maps={kind: {one: other}})
            for kind, names in renamed.items()
            for one, other in names.items()
        }
        for (kind, name), before in _parts(self.old):
            if isinstance(name, str) and name in renamed.get(kind, {}):
                continue
            changed = tried.apply(before)
            if plain.apply(before) == changed:
                continue
            called = plain.of(kind, name) if isinstance(name, str) else None
            if bare(changed) not in self._new_parts.get((kind, called), ()):
                return False
            unused = {each for each in unused if alone[each].apply(before) == before}
        return not unused

    @property
    def _new_parts(self) -> Mapping[tuple[str, object], set[Hashable]]:
        if not self._indexed:
            for key, each in _parts(self.new):
                self._indexed.setdefault(key, set()).add(bare(each))
        return self._indexed

    _indexed: dict[tuple[str, object], set[Hashable]] = field(default_factory=dict)

    # --- what was not taken as renamed ----------------------------------------------------

    def unsure(self) -> Iterator[str]:
        """Sentences about names that may have been renamed, and are not taken as such."""
        for kind in DECLARED:
            known = declared(self.new, kind)
            for name in declared(self.old, kind):
                if name in known and name not in self.maps[kind]:
                    yield (
                        f"The {kind} '{name}' is in both versions, but is of another type in the "
                        "new one. Its old and its new values are not compared. Change the type and "
                        "the clauses that rest on it in changes of their own."
                    )
            gone, fresh = self._left(kind)
            names = Names(maps=self.maps)
            for name, each in gone.items():
                near = successor(kind, name, names.apply(each), fresh)
                if near is not None:
                    yield (
                        f"The {kind} '{name}' is gone and the {kind} '{near}' is new. It is not "
                        "sure that this is the same one under another name, so they are taken as "
                        "two. If it is only renamed, rename it in a change of its own that leaves "
                        "all else as it is."
                    )


def _unique(
    one: Mapping[str, Hashable], other: Mapping[str, Hashable]
) -> Iterator[tuple[str, str]]:
    """Names that have one and the same sign, which no other name has on either side."""
    olds, news = Counter(one.values()), Counter(other.values())
    by_mark = {mark: name for name, mark in other.items()}
    for name, mark in one.items():
        if mark is not None and olds[mark] == 1 and news[mark] == 1:
            yield name, by_mark[mark]


def _parts(policy: Policy) -> Iterator[tuple[tuple[str, object], object]]:
    """Every declaration, with its kind and name; of those without a name its kind alone."""
    for kind in DECLARED:
        for name, each in declared(policy, kind).items():
            yield (kind, name), each
    unnamed: Sequence[tuple[str, Sequence[object]]] = (
        ("assumption", policy.assumptions),
        ("incapacity", policy.incapacities),
        ("settlement", policy.settlements),
        ("priority", [each for each in policy.priorities if each.rule is None]),
        ("expectation", policy.expectations),
    )
    for kind, parts in unnamed:
        for part in parts:
            yield (kind, None), part
