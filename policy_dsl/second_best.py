"""What can be done together where a duty is broken already, and another is owed because of that.

Duties that no choice of actions can meet together count as such in a case, unless one of them is
*second best*: owed only because another one is broken in fact. Who had kept that other one would
not owe it, so the two are never asked for together of anybody who complies.

More exactly: take constraints that cannot be kept together in a case. One of them says that an
action is (or is not) done, and what is in fact done is otherwise. Another one is *arisen* from this
if it would not be there in the case that differs only in that the action is done as demanded. No
set of constraints counts in which one has arisen from another. Two demands on one action that are
opposed always count.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

from policy_dsl.closures import Run
from policy_dsl.compliance import Constraint, choice, smallest_conflict
from policy_dsl.deeds import duties
from policy_dsl.model import Decision, Policy

Need: TypeAlias = tuple[str, bool]
"""An action, and whether it is to be done."""

Arisen: TypeAlias = Mapping[Need, Collection[int]]
"""For each need that is in fact not met, the constraints that have arisen from it, by ``id``."""


def need_of(constraint: Constraint) -> Need | None:
    """What a duty or an incapacity demands of its action; None for a decision."""
    if isinstance(constraint.origin, Decision):
        return None
    return constraint.actions[0], constraint.high == 1


def counting(constraints: Sequence[Constraint], arisen: Arisen) -> tuple[Constraint, ...]:
    """A smallest part of the constraints that cannot be kept together and counts, or nothing."""
    plain = [each for each in constraints if need_of(each) is not None]
    return smallest_conflict(plain) or _counting(constraints, arisen)


def _counting(constraints: Sequence[Constraint], arisen: Arisen) -> tuple[Constraint, ...]:
    conflict = smallest_conflict(constraints)
    for need in map(need_of, conflict):
        if need is None or need not in arisen:
            continue
        second = arisen[need]
        if any(need_of(each) != need and id(each) in second for each in conflict):
            # A set that counts holds either no demand of this need or nothing arisen from it.
            without = [each for each in constraints if need_of(each) != need]
            first = [e for e in constraints if need_of(e) == need or id(e) not in second]
            return _counting(without, arisen) or _counting(first, arisen)
    return conflict


class Deeds:
    """What is done in the cases of one policy, and what follows from it.

    ``standing`` works out a case and says whether a constraint is there in it.
    """

    def __init__(self, policy: Policy, standing: Callable[[Run], Callable[[Constraint], bool]]):
        self._standing = standing
        self._facts = {f.action: name for name, f in policy.facts.items() if f.action is not None}
        self._demands = {
            clause: [(d.action, d.wants_done) for d in duties(policy, clause)]
            for clause in (policy.clauses if self._facts else ())
        }

    def _unmet(self, needs: Iterable[Need], run: Run) -> list[Need]:
        """Those of some needs of which the case says that they are not met."""
        return [
            (action, done)
            for action, done in needs
            if action in self._facts and run.facts[self._facts[action]] is not done
        ]

    def broken(self, in_force: Iterable[str], run: Run) -> tuple[str, ...]:
        """Which of the clauses in force are broken."""
        if not self._facts:
            return ()
        return tuple(each for each in in_force if self._unmet(self._demands[each], run))

    def conflict(self, constraints: Sequence[Constraint], run: Run) -> tuple[Constraint, ...]:
        """A smallest part of the constraints of a case that cannot be kept together and counts,
        or nothing."""
        if choice(constraints) is not None:
            return ()
        needs = {need for need in map(need_of, constraints) if need is not None}
        arisen = {
            need: self._arisen(need, constraints, run) for need in self._unmet(sorted(needs), run)
        }
        return counting(constraints, arisen)

    def _arisen(self, need: Need, constraints: Sequence[Constraint], run: Run) -> frozenset[int]:
        action, done = need
        facts = {**run.facts, self._facts[action]: done}
        there = self._standing(Run(facts, run.readings))
        return frozenset(id(each) for each in constraints if not there(each))
