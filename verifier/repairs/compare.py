"""Whether a changed policy has a fault that the policy did not have: by readings, and by gaps.

The regions in which gaps are told may be cut otherwise after any change, so gaps are not compared
by how they are told. The solver is asked, with both policies side by side: is there a case that
is a gap now and was none before?
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from policy_dsl.model import Policy
from verifier import names
from verifier.encode import ConditionEncoder
from verifier.encode_policy import PolicyEncoder
from verifier.findings import Finding
from verifier.readings import Cube, ReadingSet, options
from verifier.repairs.gap_candidates import expected
from verifier.session import NotSettled, Session
from verifier.shared import Shared
from verifier.solvers.backend import Backend, Term
from verifier.solvers.copies import Copy
from verifier.unreachable import within

MOST_SPLITS = 20_000
"""How many cubes of readings are looked at before two sets count as not comparable."""

_SHARED = ("fact:", "established:", "reading:")

_Key: TypeAlias = tuple[tuple[str, ...], str | None]
_Box: TypeAlias = dict[str, frozenset[str]]


def covered(policy: Policy, new: ReadingSet, old: ReadingSet) -> bool:
    """Whether, among the readings that are open in a policy, a set holds no more than another.

    False where that was not told within ``MOST_SPLITS`` steps.
    """
    boxes = [_box(policy, cube) for cube in old.cubes]
    waiting = [_box(policy, cube) for cube in new.cubes]
    for _ in range(MOST_SPLITS):
        if not waiting:
            return True
        box = waiting.pop()
        touching = [o for o in boxes if all(box.get(n, v) & v for n, v in o.items())]
        if not touching:
            return False
        nearest = min(touching, key=lambda o: len(_missing(policy, box, o)))
        missing = _missing(policy, box, nearest)
        if not missing:
            continue
        name = missing[0]
        allowed = box.get(name, frozenset(options(policy, name)))
        waiting.append({**box, name: allowed & nearest[name]})
        waiting.append({**box, name: allowed - nearest[name]})
    return False


def _box(policy: Policy, cube: Cube) -> _Box:
    return {name: frozenset(values) & frozenset(options(policy, name)) for name, values in cube}


def _missing(policy: Policy, box: _Box, other: _Box) -> list[str]:
    """The ambiguities in which a box reaches beyond another, in the order of the other."""
    return [n for n, v in other.items() if not box.get(n, frozenset(options(policy, n))) <= v]


@dataclass
class Gaps:
    """The gaps of a policy and of a changed one, in one solver. INVARIANT: both have the same
    facts and the same assumptions, or the changed one fewer cases."""

    before: Shared
    changed: Policy
    session: Session = field(init=False)
    _old: Mapping[_Key, list[Term]] = field(init=False)
    _new: Mapping[_Key, list[Term]] = field(init=False)

    def __post_init__(self) -> None:
        self.session = Session(self.before.encoding)
        view = Copy(self.session.backend, "changed", lambda name: name.startswith(_SHARED))
        encoder = PolicyEncoder(self.changed, view)
        for name in encoder.hard:
            view.require(view.boolean(name))
        self._old = _gaps(self.before.policy, self.session.backend, self.session.conditions)
        self._new = _gaps(self.changed, view, encoder.conditions)

    def grown(self) -> bool:
        """Whether some case is a gap in the changed policy and none before. Raises
        ``NotSettled``."""
        return self._beyond(self._new, self._old)

    def shrunk(self) -> bool:
        """Whether some case was a gap before and is none in the changed policy. Raises
        ``NotSettled``."""
        return self._beyond(self._old, self._new)

    def _beyond(self, some: Mapping[_Key, list[Term]], others: Mapping[_Key, list[Term]]) -> bool:
        """Whether some case is a gap of the one kind and not of the other."""
        b = self.session.backend
        for key, terms in some.items():
            other = b.disj(others.get(key, []))
            if self.session.possible([self.session.literal(b.conj([b.disj(terms), b.neg(other)]))]):
                return True
        return False

    def closed(self, gap: Finding) -> bool:
        """Whether it is proved that no case of a gap is one in the changed policy."""
        if gap.witness is None or not gap.witness.statement:
            return False
        session, b = self.session, self.session.backend
        key = expected(self.before.policy, gap.related[0].place)
        asked = [session.literal(b.disj(self._new.get(key, [])))]
        for expr, truth in gap.witness.statement:
            term = session.holds(expr)
            asked.append(term if truth else session.unless(term))
        try:
            return not session.possible([*asked, *within(session, gap.readings)])
        except NotSettled:
            return False


def _gaps(policy: Policy, b: Backend, conditions: ConditionEncoder) -> dict[_Key, list[Term]]:
    """For what is expected of clauses, the terms that say that it is missing."""
    found: dict[_Key, list[Term]] = {}

    def silent(actions: tuple[str, ...]) -> list[Term]:
        return [b.neg(b.boolean(names.spoken(each))) for each in actions]

    for decision in policy.decisions.values():
        if decision.low > 0:
            term = b.conj([b.boolean(names.decision(decision.name)), *silent(decision.actions)])
            found.setdefault((decision.actions, None), []).append(term)
    for each in policy.settlements:
        term = b.conj([conditions.condition(each.when), *silent(each.actions)])
        found.setdefault((each.actions, None), []).append(term)
    for output in policy.outputs.values():
        valued = b.boolean(names.has_value(output.name))
        term = b.conj([conditions.condition(output.when), b.neg(valued)])
        found.setdefault(((), output.name), []).append(term)
    return found
