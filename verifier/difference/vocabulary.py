"""Two versions in one vocabulary: the same facts, types and readings, by the names of the new one.

What both know is one fact; what only one knows is a fact of its own. Where one version allows
fewer values or readings than the other, that is one more thing of which its cases must be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

from policy_dsl.case import Case
from policy_dsl.deeds import is_deed
from policy_dsl.force import Span, asked, say_span
from policy_dsl.model import (
    PERIOD,
    Ambiguity,
    AnyOf,
    Assumption,
    Compare,
    Established,
    Expr,
    Fact,
    FactValue,
    Literal_,
    Member,
    Negation,
    Period,
    Policy,
    Reading,
    ReadingIs,
)
from policy_dsl.source import Place
from policy_dsl.types import Enumeration, SetOf, Type, is_number
from verifier.difference.matching import merged_order
from verifier.difference.model import Match
from verifier.difference.rewrite import Names

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
    olds, news = _types(named.apply(old), new)
    periods = _Periods.of(old, new)
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


# --- types --------------------------------------------------------------------------------


def _types(old: Policy, new: Policy) -> tuple[dict[Type, Type], dict[Type, Type]]:
    """The common types of lists of values, by those of either version."""
    linked: list[tuple[Enumeration, Enumeration]] = []
    for name, each in old.facts.items():
        if name in new.facts:
            linked += _lists(each.type, new.facts[name].type)
    for name, output in old.outputs.items():
        if name in new.outputs:
            linked += _lists(output.type, new.outputs[name].type)
    groups: list[tuple[set[Enumeration], set[Enumeration]]] = []
    for one, other in linked:
        lefts, rights = {one}, {other}
        for group in [g for g in groups if one in g[0] or other in g[1]]:
            groups.remove(group)
            lefts, rights = lefts | group[0], rights | group[1]
        groups.append((lefts, rights))
    olds: dict[Type, Type] = {}
    news: dict[Type, Type] = {}
    for lefts, rights in groups:
        if lefts == rights and len(lefts) == 1:
            continue
        made = _united([*sorted(lefts, key=str), *sorted(rights, key=str)])
        olds |= dict.fromkeys(lefts, made)
        news |= dict.fromkeys(rights, made)
    return olds, news


def _lists(one: Type, other: Type) -> list[tuple[Enumeration, Enumeration]]:
    if isinstance(one, SetOf) and isinstance(other, SetOf):
        return [(one.element, other.element)]
    if isinstance(one, Enumeration) and isinstance(other, Enumeration):
        return [(one, other)]
    return []


def _united(types: Sequence[Enumeration]) -> Enumeration:
    """One list that holds the values of several, with the words of the last that has them."""
    last = types[-1]
    values: tuple[str, ...] = ()
    for each in types:
        merged = merged_order(values, each.values) if last.ordered else None
        if merged is None:
            extra = tuple(v for v in values if v not in each.values)
            merged = (*each.values, *extra)
        values = merged
    said = {
        v: phrase for each in types for v, phrase in zip(each.values, each.phrases, strict=False)
    }
    return Enumeration(last.name, values, tuple(said.get(v) for v in values), last.ordered)


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
    periods: _Periods,
    parts: Mapping[str, tuple[str, ...]],
) -> Iterator[Expr]:
    """What the cases of one version are, among those of both."""
    for own in policy.facts.values():
        fact = facts[names.of("fact", own.name)]
        node = FactValue(fact=fact.name, type=fact.type, optional=fact.optional)
        if fact.optional and not own.optional:
            yield Established(fact=fact.name)
        limbs = list(_within(own.type, fact.type, node))
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


def _within(own: Type, type_: Type, node: FactValue) -> Iterator[Expr]:
    """That a value is one of a version's own type."""
    match own, type_:
        case Enumeration(values=values), Enumeration() if set(values) != set(type_.values):
            yield AnyOf(
                operands=tuple(
                    Compare(sign="=", left=node, right=Literal_(value=each, type=type_))
                    for each in values
                )
            )
        case SetOf(element=element), SetOf(element=wide):
            extra = tuple(each for each in wide.values if each not in element.values)
            if extra:
                yield Member(operand=node, values=extra, quantity="none")
        case _ if is_number(own) and is_number(type_):
            if own.low is not None and own.low != type_.low:
                yield Compare(sign=">=", left=node, right=Literal_(value=own.low, type=type_))
            if own.high is not None and own.high != type_.high:
                yield Compare(sign="<=", left=node, right=Literal_(value=own.high, type=type_))
        case _:
            return


def _read_as(ambiguity: str, readings: Sequence[str]) -> Expr:
    return AnyOf(operands=tuple(ReadingIs(ambiguity=ambiguity, reading=each) for each in readings))


# --- readings and time --------------------------------------------------------------------


def _ambiguities(old: Policy, new: Policy, periods: _Periods) -> dict[str, Ambiguity]:
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


@dataclass(frozen=True)
class _Periods:
    """Stretches of time in each of which each version is the same or asks about none of it."""

    all: tuple[Period, ...]
    olds: Mapping[str, tuple[str, ...]]
    news: Mapping[str, tuple[str, ...]]

    @staticmethod
    def of(old: Policy, new: Policy) -> _Periods:
        one, other = _spans(old), _spans(new)
        firsts: set[date | None] = {each.first for each in (*one.values(), *other.values())}
        for each in (*one.values(), *other.values()):
            if each.last is not None and each.last < date.max:
                firsts.add(date.fromordinal(each.last.toordinal() + 1))
        starts = sorted(firsts, key=lambda day: date.min if day is None else day)
        found: list[Period] = []
        for index, first in enumerate(starts):
            following = starts[index + 1] if index + 1 < len(starts) else None
            last = None if following is None else date.fromordinal(following.toordinal() - 1)
            span = Span(first, last)
            if any(each.covers(span) for each in (*one.values(), *other.values())):
                name = "earlier" if first is None else first.isoformat()
                found.append(Period(name=name, first=first, last=last, text=say_span(span)))

        def inside(spans: Mapping[str, Span]) -> dict[str, tuple[str, ...]]:
            return {
                name: tuple(p.name for p in found if span.covers(Span(p.first, p.last)))
                for name, span in spans.items()
            }

        if len(found) < 2:
            return _Periods((), {}, {})
        return _Periods(tuple(found), inside(one), inside(other))


def _spans(policy: Policy) -> dict[str, Span]:
    """The stretches of time that a version asks about; one without a name where it is one."""
    if policy.periods:
        return {each.name: Span(each.first, each.last) for each in policy.periods}
    return {"": asked(policy)}
