"""Two versions in one vocabulary: the same facts, types and readings, by the names of the new one.

What both know is one fact; what only one knows is a fact of its own. Where one version allows
fewer values or readings than the other, that is one more thing of which its cases must be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from policy_dsl.case import Case
from policy_dsl.deeds import is_deed
from policy_dsl.model import (
    PERIOD,
    Ambiguity,
    AnyOf,
    Assumption,
    Established,
    Expr,
    Fact,
    FactValue,
    Negation,
    Period,
    Policy,
    Reading,
    ReadingIs,
)
from policy_dsl.source import Place
from policy_dsl.types import Type, is_number
from verifier.difference.model import Match
from verifier.difference.periods import Periods
from verifier.difference.rewrite import Names
from verifier.difference.values import common_types, within

BEFORE = " (before)"
"""Ends the names of what belongs to the old version alone; no declared name is like it."""


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version in the common vocabulary.

    ``original`` is the version as it was read. ``facts`` gives the common name of each of its
    facts, ``periods`` the common periods that lie in each of its own. ``allowed`` is what its cases
    must be besides what its assumptions say: within its own values and readings.
    """

    original: Policy
    policy: Policy
    facts: Mapping[str, str]
    periods: Mapping[str, tuple[str, ...]]
    allowed: tuple[Assumption, ...]
    ambiguities: Mapping[str, str] = field(default_factory=dict)

    def case(self, case: Case) -> Case:
        """A case of both versions as one of this version."""
        readings: dict[str, str] = {}
        for name, each in self.original.ambiguities.items():
            common = self.ambiguities.get(name, name)
            found = case.readings.get(common, "")
            if name == PERIOD:
                found = next((own for own, parts in self.periods.items() if found in parts), found)
            known = [reading.name for reading in each.readings]
            readings[name] = found if found in known else known[0]
        return Case({name: case.facts[common] for name, common in self.facts.items()}, readings)


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """Both versions in one vocabulary: all facts and ambiguities of both."""

    old: Version
    new: Version
    facts: Mapping[str, Fact]
    ambiguities: Mapping[str, Ambiguity]
    periods: tuple[Period, ...]
    only: Mapping[str, str]
    """The facts that only one version knows: "old" or "new"."""


def common(old: Policy, new: Policy, match: Match) -> Vocabulary:
    """Both versions in the vocabulary of the new one."""
    maps = {kind: dict(names) for kind, names in match.same.items()}
    taken = {*new.facts, *new.definitions, *new.outputs, *new.actions}
    for kind, own in (
        ("fact", [name for name in old.facts if not is_deed(name)]),
        ("output", list(old.outputs)),
        ("ambiguity", [n for n, each in old.ambiguities.items() if each.place is not None]),
    ):
        names = maps.setdefault(kind, {})
        for name in own:
            if name not in names and (name in taken or name in new.ambiguities):
                names[name] = name + BEFORE
    named = Names(maps=maps)
    olds, news = common_types(named.apply(old), new)
    periods = Periods.of(old, new)
    facts = _facts(new, Names(), news)
    facts |= {n: each for n, each in _facts(old, named, olds).items() if n not in facts}
    facts = {name: _joined(old, new, named, each) for name, each in facts.items()}
    typed = {name: (each.type, each.optional) for name, each in facts.items()}
    one = Names(maps=maps, types=olds, facts=typed, reading=_read(maps, periods.olds))
    other = Names(types=news, facts=typed, reading=_read({}, periods.news))
    ambiguities = _ambiguities(named.apply(old), new, periods)

    def version(policy: Policy, names: Names, parts: Mapping[str, tuple[str, ...]]) -> Version:
        made = replace(
            names.apply(replace(policy, facts={}, ambiguities={})),
            facts=facts,
            ambiguities=ambiguities,
            periods=periods.all,
        )
        own = {name: names.of("fact", name) for name in policy.facts}
        place = next(iter(policy.clauses.values())).place if policy.clauses else None
        return Version(
            original=policy,
            policy=made,
            facts=own,
            periods=parts,
            allowed=tuple(
                Assumption(condition=each, place=cast(Place, place))
                for each in _allowed(policy, names, facts, ambiguities, periods, parts)
            ),
            ambiguities={name: names.of("ambiguity", name) for name in policy.ambiguities},
        )

    before = version(old, one, periods.olds)
    after = version(new, other, periods.news)
    known = set(before.facts.values())
    only = {name: "new" for name in after.facts.values() if name not in known}
    only |= dict.fromkeys(known - set(after.facts.values()), "old")
    return Vocabulary(
        old=before,
        new=after,
        facts=facts,
        ambiguities=ambiguities,
        periods=periods.all,
        only={name: only[name] for name in facts if name in only},
    )


# --- facts --------------------------------------------------------------------------------


def _facts(policy: Policy, names: Names, types: Mapping[Type, Type]) -> dict[str, Fact]:
    found = {}
    typed = Names(maps=names.maps, types=types)
    for each in policy.facts.values():
        fact = typed.apply(each)
        found[fact.name] = fact
    return found


def _joined(old: Policy, new: Policy, names: Names, fact: Fact) -> Fact:
    """A fact with every value that either version allows."""
    before = next((f for f in old.facts.values() if names.of("fact", f.name) == fact.name), None)
    after = new.facts.get(fact.name)
    if before is None or after is None:
        return fact
    made = replace(fact, optional=before.optional or after.optional)
    one, other = before.type, after.type
    if is_number(one) and is_number(other):
        low = None if one.low is None or other.low is None else min(one.low, other.low)
        high = None if one.high is None or other.high is None else max(one.high, other.high)
        made = replace(made, type=replace(other, low=low, high=high))
    return made


def _allowed(
    policy: Policy,
    names: Names,
    facts: Mapping[str, Fact],
    ambiguities: Mapping[str, Ambiguity],
    periods: Periods,
    parts: Mapping[str, tuple[str, ...]],
) -> Iterator[Expr]:
    """What the cases of one version are, among those of both."""
    for own in policy.facts.values():
        fact = facts[names.of("fact", own.name)]
        node = FactValue(fact=fact.name, type=fact.type, optional=fact.optional)
        if fact.optional and not own.optional:
            yield Established(fact=fact.name)
        limbs = list(within(own.type, fact.type, node))
        if fact.optional and own.optional:
            unknown = Negation(operand=Established(fact=fact.name))
            limbs = [AnyOf(operands=(unknown, each)) for each in limbs]
        yield from limbs
    for ambiguity in policy.ambiguities.values():
        name = names.of("ambiguity", ambiguity.name)
        known = ambiguities.get(name)
        if known is None or name == PERIOD:
            continue
        settled = ambiguity.settled
        able = [settled] if settled else [each.name for each in ambiguity.readings]
        if known.settled is None and set(able) != {each.name for each in known.readings}:
            yield _read_as(name, able)
    if periods.all:
        inside = [each for own in parts.values() for each in own]
        if len(inside) < len(periods.all):
            yield _read_as(PERIOD, inside)


def _read_as(ambiguity: str, readings: Sequence[str]) -> Expr:
    return AnyOf(operands=tuple(ReadingIs(ambiguity=ambiguity, reading=each) for each in readings))


# --- readings and time --------------------------------------------------------------------


def _ambiguities(old: Policy, new: Policy, periods: Periods) -> dict[str, Ambiguity]:
    """The ambiguities of both, each with the readings of both; settled only where both settle it
    alike."""
    found: dict[str, Ambiguity] = {}
    for name in dict.fromkeys([*new.ambiguities, *old.ambiguities]):
        if name == PERIOD:
            continue
        one, other = old.ambiguities.get(name), new.ambiguities.get(name)
        if one is None or other is None:
            found[name] = cast(Ambiguity, other or one)
            continue
        known = {each.name for each in other.readings}
        readings = (*other.readings, *(each for each in one.readings if each.name not in known))
        settled = other.settled if other.settled == one.settled else None
        found[name] = replace(other, readings=readings, settled=settled)
    if periods.all:
        found[PERIOD] = Ambiguity(
            name=PERIOD,
            question="At what time?",
            readings=tuple(Reading(name=each.name, text=each.text) for each in periods.all),
            place=None,
        )
    return found


def _read(
    maps: Mapping[str, Mapping[str, str]], parts: Mapping[str, tuple[str, ...]]
) -> Callable[[ReadingIs], Expr]:
    """What a reading of a version becomes: one of its periods is any of the parts of it."""

    def reading(expr: ReadingIs) -> Expr:
        if expr.ambiguity == PERIOD and expr.reading in parts:
            limbs = [replace(expr, reading=each) for each in parts[expr.reading]]
            return limbs[0] if len(limbs) == 1 else AnyOf(operands=tuple(limbs))
        name = maps.get("ambiguity", {}).get(expr.ambiguity, expr.ambiguity)
        return replace(expr, ambiguity=name)

    return reading
