"""Conflicts of limits of time in words, and on a line of time."""

from __future__ import annotations

from collections.abc import Mapping

from policy_dsl.model import Policy
from policy_dsl.phrases import say_norm, when_it_is
from policy_dsl.schedules import Conflict, Edge, declared, times
from policy_dsl.types import CLOCK
from policy_dsl.wording import joined
from verifier.deadlines import Timed
from verifier.exhibits import Mark, Timeline
from verifier.witness import Witness


def duration(minutes: int) -> str:
    """A length of time in the largest unit that makes it whole; up to three days in hours, up to
    two weeks in days."""
    for unit in ("weeks", "days", "hours", "minutes"):
        count, rest = divmod(minutes, CLOCK[unit])
        if rest == 0 and count > {"weeks": 2, "days": 3}.get(unit, 0):
            return f"{count} {unit[:-1] if count == 1 else unit}"
    return "no time"


def events_against(policy: Policy, conflict: Conflict) -> Mapping[str, int] | None:
    """Minutes for the events at which a conflict cannot be kept; None where there are none in
    whole minutes."""
    order = list(declared(policy.events))
    found = times([*order, *([] if conflict.against is None else [conflict.against])], whole=True)
    if found is None:
        return None
    return {name: found.get(name, 0) for name in policy.events}


def title(policy: Policy, timed: Timed) -> str:
    """One sentence: which clauses, what they say, and at which times of events."""
    said = [
        f"{clause} ({'; '.join(say_norm(policy, each) for each in timed.effects(clause))})"
        for clause in timed.clauses
    ]
    some = "" if timed.conflict.against is None else ", " + _where(policy, timed.conflict.against)
    if len(said) == 1:
        return f"{said[0]} cannot be kept in time{some}"
    every = "both" if len(said) == 2 else "all"
    return f"{joined(said, 'and')} cannot {every} be kept in time{some}"


def _where(policy: Policy, against: Edge) -> str:
    """At which times of two events it is so: ``against.target`` comes at most ``minutes`` after
    ``against.source``, or earlier than that where it is strict."""
    one, other = when_it_is(policy, against.target), when_it_is(policy, against.source)
    length = against.minutes
    if length == 0:
        return f"where {one} before {other}" if against.strict else f"unless {other} before {one}"
    if length < 0:
        more = "more than " if against.strict else "at least "
        return f"where {other} {more}{duration(-length)} after {one}"
    less = "at least " if against.strict else "more than "
    return f"unless {one} {less}{duration(length)} after {other}"


def consequence(policy: Policy, timed: Timed) -> str:
    """What it means for whoever has to act."""
    actions = joined([policy.actions[each].phrase for each in timed.conflict.actions], "and")
    whenever = "whenever" if len(timed.conflict.actions) == 1 else "in whatever order and whenever"
    return f"Whoever has to {actions} goes against one of them, {whenever} it is done."


def chain(policy: Policy, timed: Timed) -> tuple[str, ...]:
    """The limits one after the other, in sentences."""
    return tuple(_limit(policy, each) for each in timed.conflict.edges)


def _limit(policy: Policy, edge: Edge) -> str:
    """``edge.target`` comes at most ``minutes`` after ``edge.source``."""
    source, target = when_it_is(policy, edge.source), when_it_is(policy, edge.target)
    if edge.minutes == 0:
        said = f"{target} comes {'before' if edge.strict else 'no later than'} {source}"
    elif edge.minutes > 0:
        most = "less than" if edge.strict else "at most"
        said = f"{target} comes {most} {duration(edge.minutes)} after {source}"
    else:
        least = "more than" if edge.strict else "at least"
        said = f"{source} comes {least} {duration(-edge.minutes)} after {target}"
    return f"By {edge.clause}, {said}."


def timeline(policy: Policy, timed: Timed, events: Mapping[str, int], witness: Witness) -> Timeline:
    """The conflict on a line of time: each act as late as the limits before it allow, and the
    earliest time of the last one."""
    edges = timed.conflict.edges
    first, last = edges[0].source, edges[-1].target
    now = events.get(first, 0)
    marks = [Mark(minutes=now, label=_happens(policy, first))]
    for each in edges[:-1]:
        now += each.minutes
        label = f"the latest time to {_act(policy, each.target)}"
        marks.append(Mark(minutes=now, label=label, clause=each.clause, kind="latest"))
    end, final = events.get(last, marks[0].minutes), edges[-1]
    if last != first:
        marks.append(Mark(minutes=end, label=_happens(policy, last)))
    if final.source in policy.actions:
        label = f"the earliest time to {_act(policy, final.source)}"
        earliest = end - final.minutes
        marks.append(Mark(minutes=earliest, label=label, clause=final.clause, kind="earliest"))
    start = min(each.minutes for each in marks)
    placed = [
        Mark(minutes=m.minutes - start, label=m.label, clause=m.clause, kind=m.kind) for m in marks
    ]
    placed.sort(key=lambda each: each.minutes)
    return Timeline(marks=tuple(placed), witness=witness, said=_said(policy, timed))


def _said(policy: Policy, timed: Timed) -> str:
    final = timed.conflict.edges[-1].source
    at = f"to {_act(policy, final)}" if final in policy.actions else "to act"
    return f"At these times the latest time {at} comes before the earliest, or at the same time."


def _act(policy: Policy, name: str) -> str:
    return policy.actions[name].phrase if name in policy.actions else when_it_is(policy, name)


def _happens(policy: Policy, name: str) -> str:
    if name in policy.events:
        return policy.events[name].phrase
    return f"suppose that this is the time to {policy.actions[name].phrase}"
