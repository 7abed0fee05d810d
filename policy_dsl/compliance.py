"""Can everything required in a case be done together?

Duties, decisions and incapacities all say how many of some actions are done, between two
bounds. A search with propagation finds a choice of actions that keeps all of them, or none.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from policy_dsl.model import Decision, Incapacity, NormEffect


@dataclass(frozen=True, slots=True)
class Duty:
    """A clause's duty (``must``, ``must not``, ``should`` or ``should not``)."""

    clause: str
    effect: NormEffect


Origin: TypeAlias = Duty | Decision | Incapacity
"""What imposes a constraint."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """At least ``low`` and at most ``high`` of the actions are done, because ``origin`` says so."""

    actions: tuple[str, ...]
    low: int
    high: int
    origin: Origin


def duty_constraint(clause: str, effect: NormEffect) -> Constraint:
    """What a duty asks for. The effect must be a duty, not a permission or release."""
    count = int(effect.wants_done)
    return Constraint((effect.action,), count, count, Duty(clause, effect))


def decision_constraint(decision: Decision) -> Constraint:
    """What a decision asks for where it is in scope."""
    return Constraint(decision.actions, decision.low, decision.high, decision)


def incapacity_constraint(incapacity: Incapacity) -> Constraint:
    """What an incapacity excludes where it is in force."""
    return Constraint((incapacity.action,), 0, 0, incapacity)


def choice(constraints: Iterable[Constraint]) -> Mapping[str, bool] | None:
    """Which actions to do and which not, so that all constraints are kept; ``None`` if none can.

    Actions on which nothing depends are left out. Where there is a choice, an action is rather
    not done. Exponential in the number of actions only where decisions overlap.
    """
    wide: list[Constraint] = []
    fixed: dict[str, bool] = {}
    for each in constraints:
        if len(each.actions) != 1 or not each.low == each.high in (0, 1):
            wide.append(each)
        elif fixed.setdefault(each.actions[0], each.high == 1) != (each.high == 1):
            return None
    touching: dict[str, list[Constraint]] = {}
    for each in wide:
        for action in each.actions:
            touching.setdefault(action, []).append(each)
    alternatives = [(fixed, wide)]
    while alternatives:
        chosen, changed = alternatives.pop()
        if not _propagate(chosen, changed, touching):
            continue
        undecided = next((action for action in touching if action not in chosen), None)
        if undecided is None:
            return chosen
        for done in (True, False):
            alternatives.append(({**chosen, undecided: done}, touching[undecided]))
    return None


def _propagate(
    chosen: dict[str, bool],
    changed: Sequence[Constraint],
    touching: Mapping[str, Sequence[Constraint]],
) -> bool:
    """Adds to ``chosen`` what follows from it; false when a constraint can no longer be kept."""
    queue = deque(changed)
    while queue:
        each = queue.popleft()
        done = sum(chosen.get(action, False) for action in each.actions)
        undecided = [action for action in each.actions if action not in chosen]
        if done > each.high or done + len(undecided) < each.low:
            return False
        if undecided and (done == each.high or done + len(undecided) == each.low):
            chosen.update(dict.fromkeys(undecided, done < each.high))
            for action in undecided:
                queue.extend(touching[action])
    return True


def smallest_conflict(constraints: Sequence[Constraint]) -> tuple[Constraint, ...]:
    """A part of the constraints that cannot be kept together, every smaller part of which can.

    In the order given; of several such parts, one that favours earlier constraints. Empty when
    all can be kept together.
    """
    kept = list(constraints)
    if choice(kept) is not None:
        return ()
    for index in reversed(range(len(kept))):
        fewer = kept[:index] + kept[index + 1 :]
        if choice(fewer) is None:
            kept = fewer
    return tuple(kept)
