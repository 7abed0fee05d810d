"""When things can be done: the limits of time in force, and whether a schedule keeps them all.

Time is dense and has no beginning. A *schedule* gives a time to every event and to every action
that must be done. A duty with limits is kept when its action is done within them; a ban with a
limit is kept when its action is done outside it, or not at all. A permission with limits bounds
an action that must be done where it is the only permission for it in force. A limit counted from
an action binds only where that action must be done too: whoever need not do it can leave it.

``within D of E``: no later than D after E; ``not before D after E``: no earlier; ``before`` and
``after E``: strictly. What is declared of an event always holds.

Every limit is an edge: the time of its target is at most that of its source plus a weight, less
than that where it is strict. Limits can be kept together exactly if no circle of edges has a sum
below zero, or of zero with a strict edge on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from policy_dsl.model import (
    SHOULD,
    Effect,
    Event,
    NormEffect,
    Policy,
    RankEffect,
    SetEffect,
    Strength,
    TimedBan,
    Timing,
)


@dataclass(frozen=True, kw_only=True)
class Edge:
    """``target`` comes at most ``minutes`` after ``source``, which may be below zero.

    ``clause`` and ``effect`` are behind it; None for what is declared of an event.
    """

    source: str
    target: str
    minutes: int
    strict: bool = False
    clause: str | None = None
    effect: NormEffect | TimedBan | None = None


def limits(node: str, timing: Timing, clause: str | None, effect: Effect | None) -> Edge:
    """The edge of one limit of the time of an action or event."""
    assert timing.event is not None
    ban = isinstance(effect, TimedBan)
    latest = timing.word in ("within", "before")
    exact = timing.word in ("before", "after")
    length = timing.minutes if latest else -timing.minutes
    backwards = latest == ban  # a ban up to a time allows what comes later, and no sooner
    return Edge(
        source=node if backwards else timing.event,
        target=timing.event if backwards else node,
        minutes=-length if ban else length,
        strict=exact != ban,
        clause=clause,
        effect=effect if isinstance(effect, NormEffect | TimedBan) else None,
    )


def edges_of(clause: str, effect: Effect) -> tuple[Edge, ...]:
    """The edges of the limits that an effect of a clause has."""
    match effect:
        case TimedBan():
            return (limits(effect.action, effect.limit, clause, effect),)
        case NormEffect():
            named = (each for each in effect.timing if each.is_limit)
            return tuple(limits(effect.action, each, clause, effect) for each in named)
        case SetEffect() | RankEffect():
            return ()


def declared(events: Mapping[str, Event]) -> tuple[Edge, ...]:
    """What is declared of the order of events."""
    return tuple(
        limits(event.name, each, None, None) for event in events.values() for each in event.timing
    )


def in_force(
    policy: Policy, clauses: Sequence[str], readings: Mapping[str, str], strength: Strength
) -> tuple[Edge, ...]:
    """The limits that count where these clauses are in force, for the duties of a strength: at
    ``should``, all of them. What is declared of events is among them."""
    binding = readings[SHOULD] == "binding"

    def counts(effect: NormEffect | TimedBan) -> bool:
        return strength == "should" or binding or effect.strength == "must"

    norms = [
        (name, effect)
        for name in clauses
        for effect in policy.clauses[name].effects
        if isinstance(effect, NormEffect | TimedBan)
    ]
    obliged = {
        effect.action
        for _, effect in norms
        if isinstance(effect, NormEffect) and effect.force == "oblige" and counts(effect)
    }
    permits = [e.action for _, e in norms if isinstance(e, NormEffect) and e.force == "permit"]
    found = list(declared(policy.events))
    for name, effect in norms:
        permit = isinstance(effect, NormEffect) and effect.force == "permit"
        if permits.count(effect.action) == 1 if permit else counts(effect):
            found += edges_of(name, effect)
    done = obliged | policy.events.keys()
    return tuple(each for each in found if {each.source, each.target} <= done)


def can_be_kept(edges: Sequence[Edge], events: Mapping[str, int]) -> bool:
    """Whether there are times for all actions with which all limits are kept, where the events
    happen at the given minutes."""
    fixed = [
        Edge(source=one, target=other, minutes=events[other] - events[one])
        for one in events
        for other in events
        if one != other
    ]
    return times([*edges, *fixed]) is not None


def times(edges: Sequence[Edge], whole: bool = False) -> Mapping[str, int] | None:
    """A time for every node of some edges with which all of them are kept, or None.

    It counts in parts of a minute, so many that none is missed; in minutes with ``whole``, where
    strict then means by a minute.
    """
    nodes = dict.fromkeys(name for each in edges for name in (each.source, each.target))
    ticks = 1 if whole else len(edges) + 1
    found = dict.fromkeys(nodes, 0)
    for _ in range(len(nodes) + 1):
        changed = False
        for each in edges:
            latest = found[each.source] + each.minutes * ticks - each.strict
            if found[each.target] > latest:
                found[each.target], changed = latest, True
        if not changed:
            return found
    return None


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Limits that cannot be kept together: edges end to end, through actions that must be done.

    They lead from an event to an event, the same or another, or in a circle through actions. Where
    they can be kept at some times of the two events, and not at others, ``against`` is what has to
    be so of the events for it to be a conflict.
    """

    edges: tuple[Edge, ...]
    actions: tuple[str, ...]
    against: Edge | None = None

    @property
    def minutes(self) -> int:
        """The sum of the edges."""
        return sum(each.minutes for each in self.edges)

    @property
    def strict(self) -> bool:
        """Whether an edge is strict."""
        return any(each.strict for each in self.edges)


LONGEST_WAY = 60
"""Through how many limits a conflict is looked for."""

_MOST_OF_TWO = 1000
"""More steps than there are ways through the limits of two effects."""


class TooMany(Exception):
    """There are more ways through the limits than are looked at."""


def conflicts(
    edges: Iterable[Edge], events: Iterable[str], order: Sequence[Edge], most: int
) -> list[Conflict]:
    """The ways through limits that conflict, at whatever times of events that keep ``order`` or at
    some of them. Raises ``TooMany`` after ``most`` steps."""
    leaving: dict[str, list[Edge]] = {}
    for each in edges:
        leaving.setdefault(each.source, []).append(each)
    known = set(events)
    found: list[Conflict] = []
    steps = 0

    def go(path: tuple[Edge, ...], start: str) -> None:
        nonlocal steps
        for each in leaving.get(path[-1].target if path else start, ()):
            steps += 1
            if steps > most or len(path) > LONGEST_WAY:
                raise TooMany
            way = (*path, each)
            if each.target in known or each.target == start:
                ended = _conflict(way, start in known, order)
                found.extend([] if ended is None else [ended])
            elif any(each.target == before.target for before in path):
                continue
            elif start in known or each.target > start:  # a circle is found from its first action
                go(way, start)

    for start in sorted(leaving):
        go((), start)
    return found


def _conflict(way: tuple[Edge, ...], from_event: bool, order: Sequence[Edge]) -> Conflict | None:
    first, last = way[0].source, way[-1].target
    total, strict = sum(each.minutes for each in way), any(each.strict for each in way)
    between = tuple(each.source for each in way[from_event:])
    if first == last:
        bad = total < 0 or (total == 0 and strict)
        return Conflict(edges=way, actions=between) if bad else None
    if not from_event:
        return None
    against = Edge(source=last, target=first, minutes=-total, strict=not strict)
    if times([*order, against]) is None:
        return None
    kept = Edge(source=first, target=last, minutes=total, strict=strict)
    sometimes = times([*order, kept]) is not None
    return Conflict(edges=way, actions=between, against=against if sometimes else None)


def pull_apart(policy: Policy, one: Effect, other: Effect) -> bool:
    """Whether two effects have limits that cannot be kept together, at least at some times."""
    if not any(isinstance(each, NormEffect) and each.force == "oblige" for each in (one, other)):
        return False
    edges = [*edges_of("one", one), *edges_of("other", other)]
    if len({each.clause for each in edges}) < 2:
        return False
    found = conflicts(edges, policy.events, declared(policy.events), _MOST_OF_TWO)
    return any(len({edge.clause for edge in each.edges}) == 2 for each in found)
