"""Which names of the old version are which names of the new one.

The same name of the same kind is the same thing (a fact also has to have a type that can be
compared). Another name is taken for the same thing only where nothing else it could be is left: it
is declared alike, or it stands alike in all that names it, and no other name does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from policy_dsl import model
from policy_dsl.diagnostics import did_you_mean
from policy_dsl.model import Policy
from verifier.difference.model import Match
from verifier.difference.rewrite import DECLARED, Names, applicability, bare, declared
from verifier.difference.values import comparable

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
                if name in known and _alike(each, known[name])
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
            one = {n: _sign(names.apply(each)) for n, each in gone.items()}
            other = {n: _sign(each) for n, each in fresh.items()}
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
                if _alike(before, after, as_renamed=True)
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
                able = [n for n, after in fresh.items() if _alike(before, after, as_renamed=True)]
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
                near = _successor(kind, name, names.apply(each), fresh)
                if near is not None:
                    yield (
                        f"The {kind} '{name}' is gone and the {kind} '{near}' is new. It is not "
                        "sure that this is the same one under another name, so they are taken as "
                        "two. If it is only renamed, rename it in a change of its own that leaves "
                        "all else as it is."
                    )


def _alike(one: object, other: object, as_renamed: bool = False) -> bool:
    """Whether two declarations of a name can be about the same thing."""
    match one, other:
        case model.Fact(), model.Fact():
            if as_renamed:
                return one.type == other.type and one.optional == other.optional
            return comparable(one.type, other.type)
        case model.Output(), model.Output():
            return comparable(one.type, other.type)
        case model.Ambiguity(), model.Ambiguity():
            return not as_renamed or bare(replace(one, name=other.name)) == bare(other)
        case _:
            return True


def _sign(part: object) -> Hashable:
    """What a renamed declaration has in common with itself; None where it says too little."""
    match part:
        case model.Fact(phrase=str()):
            return (bare(replace(part, name="")), part.phrase, part.negative)
        case model.Ambiguity(question=str(question)) if question:
            return (question, bare(replace(part, name="")))
        case model.Action() if part.phrase != part.name.replace("_", " "):
            return (part.phrase, part.by)
        case model.Output(phrase=str()):
            return (part.type, part.phrase)
        case model.Resource():
            return (part.phrase, bare(replace(part, name="")))
        case model.Event():
            return (part.phrase, bare(replace(part, name="")))
        case model.Definition():
            return (part.phrase, part.negative, bare(replace(part, name="")))
        case model.Decision():
            return bare(replace(part, name=""))
        case model.Clause() if part.effects:
            return (part.quotes, bare(replace(part, name="", group=None)))
        case model.Document() if part.title:
            return (part.title, part.issued, part.effective)
        case model.Group():
            return part.clauses
        case model.Process():
            return bare(replace(part, name=""))
        case model.Note() if part.quotes:
            return (part.quotes, part.kind)
        case _:
            return None


def _unique(
    one: Mapping[str, Hashable], other: Mapping[str, Hashable]
) -> Iterator[tuple[str, str]]:
    """Names that have one and the same sign, which no other name has on either side."""
    olds, news = Counter(one.values()), Counter(other.values())
    by_sign = {sign: name for name, sign in other.items()}
    for name, sign in one.items():
        if sign is not None and olds[sign] == 1 and news[sign] == 1:
            yield name, by_sign[sign]


def _successor(kind: str, name: str, part: object, fresh: Mapping[str, object]) -> str | None:
    """The new name that an old one may have become."""
    match part:
        case model.Fact():
            able = [
                n
                for n, each in fresh.items()
                if isinstance(each, model.Fact) and comparable(part.type, each.type)
            ]
            same = [n for n in able if _phrase(fresh[n]) == part.phrase and part.phrase]
            return same[0] if same else did_you_mean(name, able) or _only(able)
        case model.Clause():
            able = [
                n
                for n, each in fresh.items()
                if isinstance(each, model.Clause)
                and (set(each.quotes) & set(part.quotes) or _same_rule(each, part))
            ]
            return did_you_mean(name, able) or _only(able)
        case model.Action():
            same = [n for n in fresh if _phrase(fresh[n]) == part.phrase]
            return same[0] if same else did_you_mean(name, fresh)
        case _:
            return did_you_mean(name, fresh) if kind != "note" else None


def _same_rule(one: model.Clause, other: model.Clause) -> bool:
    effects = [frozenset(map(bare, each.effects)) for each in (one, other)]
    return effects[0] == effects[1] and applicability(one) == applicability(other)


def _phrase(part: object) -> str | None:
    return part.phrase if isinstance(part, model.Fact | model.Action) else None


def _only(names: Sequence[str]) -> str | None:
    return names[0] if len(names) == 1 else None


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
