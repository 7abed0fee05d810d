"""What a change is called, and whether it makes the policy stricter or looser.

A change is *stricter* where it only rules out more: a duty or a ban is there that was not, or binds
where it advised, or a permission or a release from a duty is gone; a decision asks for more
actions, or allows fewer. It is *looser* where only the reverse is so. It is *both* where some of
either is so, and *neither* where none is: another value of an output, a gap or a contradiction with
the same duties.
"""

from __future__ import annotations

from collections.abc import Iterable

from policy_dsl.model import Strength
from policy_dsl.norms import SILENT, NormativeState
from verifier.difference.model import Change, ChangeKind, Direction, Verdict
from verifier.difference.subjects import Standing, Subject

_RANK: dict[Strength | None, int] = {None: 0, "should": 1, "must": 2}


def kinds(subject: Subject, old: Standing, new: Standing, size: int = 0) -> tuple[ChangeKind, ...]:
    """What a change is, by what each version says. ``size`` is how many actions a decision has."""
    found: list[ChangeKind] = []
    match subject.kind:
        case "action":
            found += _of_state(old.state or SILENT, new.state or SILENT)
        case "output" if old.values != new.values:
            found.append("value changed")
        case "decision" if old.bounds != new.bounds:
            found += _of_bounds(old.bounds, new.bounds, size)
        case _:
            pass
    if (new.opposed and not old.opposed) or (new.barred and not old.barred):
        found.append("newly contradictory")
    if (old.opposed and not new.opposed) or (old.barred and not new.barred):
        found.append("newly consistent")
    if new.gap and not old.gap:
        found.append("gap opened")
    if old.gap and not new.gap:
        found.append("gap closed")
    return tuple(dict.fromkeys(found))


def _of_state(old: NormativeState, new: NormativeState) -> list[ChangeKind]:
    if new == old:
        return []
    if new.silent:
        return ["became silent"]
    found: list[ChangeKind] = []
    if new.obliged and not old.obliged:
        found.append("became obliged")
    if new.forbidden and not old.forbidden:
        found.append("became forbidden")
    if new.permitted and not old.permitted:
        found.append("became permitted")
    if new.released and not old.released:
        found.append("became released")
    up, down = _moved(old, new)
    if (
        not found
        or _strength_alone(old.obliged, new.obliged)
        or _strength_alone(old.forbidden, new.forbidden)
    ):
        found += _strengths(up, down)
    return found


def _strengths(up: bool, down: bool) -> list[ChangeKind]:
    found: list[ChangeKind] = []
    if up:
        found.append("stronger")
    if down:
        found.append("weaker")
    return found


def _strength_alone(old: Strength | None, new: Strength | None) -> bool:
    return bool(old and new and old != new)


def _of_bounds(
    old: tuple[int, int] | None, new: tuple[int, int] | None, size: int
) -> list[ChangeKind]:
    if old is None and new is not None:
        low: list[ChangeKind] = ["became obliged"] if new[0] > 0 else []
        return low + (["became forbidden"] if new[1] < size else [])
    if new is None:
        return ["became silent"]
    assert old is not None
    up, down = new[0] > old[0] or new[1] < old[1], new[0] < old[0] or new[1] > old[1]
    return _strengths(up, down)


def _moved(old: NormativeState, new: NormativeState) -> tuple[bool, bool]:
    """Whether more is ruled out, and whether less is."""
    pairs = [
        (_RANK[old.obliged], _RANK[new.obliged]),
        (_RANK[old.forbidden], _RANK[new.forbidden]),
        (-int(old.permitted), -int(new.permitted)),
        (-int(old.released), -int(new.released)),
    ]
    return any(one < other for one, other in pairs), any(one > other for one, other in pairs)


def direction(subject: Subject, old: Standing, new: Standing, size: int = 0) -> Direction:
    """Whether more or less is ruled out by what the new version says."""
    up = down = False
    match subject.kind:
        case "action":
            up, down = _moved(old.state or SILENT, new.state or SILENT)
        case "decision":
            before, after = old.bounds or (0, size), new.bounds or (0, size)
            up = after[0] > before[0] or after[1] < before[1]
            down = after[0] < before[0] or after[1] > before[1]
        case _:
            pass
    if up and down:
        return "both"
    return "stricter" if up else "looser" if down else "neither"


def verdict(changes: Iterable[Change], cases_differ: bool, settled: bool) -> Verdict:
    """Of the whole.

    Equivalent: proved that no case changes, and that both versions allow the same cases. Stricter:
    some change is, none is looser or both, and no output has another value; what else changes (a
    gap, a contradiction) is said, but has no direction. Looser: the reverse. All else is
    incomparable: both directions occur, or none, or one version allows cases that the other does
    not, of which nothing can be said under both.
    """
    found = list(changes)
    directions = {each.direction for each in found} - {"neither"}
    undirected = any("value changed" in each.kinds for each in found)
    if cases_differ or undirected or "both" in directions or len(directions) > 1:
        return "incomparable"
    if not settled:
        return "not settled"
    if not found:
        return "equivalent"
    return "stricter" if directions == {"stricter"} else "looser" if directions else "incomparable"
