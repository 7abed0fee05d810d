"""Questions about two persons whom clauses rank (``policy_dsl.rankings`` is what they mean)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from policy_dsl.model import CompareSign, Policy, RankEffect, Resource
from policy_dsl.rankings import ranking_clauses, rival_priorities
from verifier import names
from verifier.check import Context
from verifier.encode_force import on_circles
from verifier.session import Session
from verifier.several import Several
from verifier.solvers.backend import Term

LABELS = ("one", "other")
"""What tells the constants of the two persons apart."""


def ranked_resources(policy: Policy) -> list[Resource]:
    """The resources for which some clause ranks persons."""
    return [each for name, each in policy.resources.items() if ranking_clauses(policy, name)]


def priority_lists(policy: Policy, resource: str) -> list[tuple[str, ...]]:
    """The clauses that rank persons for a resource, in the policy's order; those together that are
    one list of priorities: they stand in one document, and each puts its own before the same
    others, at the same strength."""
    lists: dict[object, list[str]] = {}
    for name, effect in ranking_clauses(policy, resource).items():
        key = (policy.clauses[name].document, effect.modality, effect.over)
        lists.setdefault(name if effect.over is None else key, []).append(name)
    return [tuple(each) for each in lists.values()]


@dataclass
class Ranked:
    """Two persons, both among those who are ranked for one resource, as sessions on one solver.

    INVARIANT: for every two cases with the same readings, each term is true exactly when
    ``policy_dsl.rankings`` says so of them.
    """

    ctx: Context
    resource: Resource
    one: Session = field(init=False)
    other: Session = field(init=False)
    clauses: Mapping[str, RankEffect] = field(init=False)
    scope: tuple[Term, ...] = field(init=False)
    """Assumptions: both persons are among those who are ranked."""
    _before: dict[tuple[str, bool], Term] = field(default_factory=dict)
    _stands: dict[tuple[str, bool], Term] = field(default_factory=dict)
    _defeated: dict[tuple[str, str, bool], Term] = field(default_factory=dict)

    def __post_init__(self) -> None:
        policy = self.ctx.policy
        several = Several.of(policy, self.ctx.shared.new_backend, LABELS)
        self.one, self.other = several.members
        self.ctx.several += several.members
        self.clauses = ranking_clauses(policy, self.resource.name)
        scope = self.resource.scope
        both = (self.one, self.other) if scope is not None else ()
        self.scope = tuple(each.holds(scope) for each in both if scope is not None)
        for name, effect in self.clauses.items():
            self._before[name, True] = self._ranks(name, effect, self.one, self.other)
            self._before[name, False] = self._ranks(name, effect, self.other, self.one)
        self._defeats()

    def possible(self, *assumptions: Term) -> bool:
        """Can the assumptions hold of two ranked persons? Raises ``NotSettled``."""
        return self.one.possible([*assumptions, *self.scope, *self.other.varying])

    def pairs(
        self, firsts: Sequence[Term], seconds: Sequence[Term], also: Sequence[Term] = ()
    ) -> tuple[list[tuple[int, int]], bool]:
        """Which of some things that are said of the one hold together with which of those, in the
        same order, that are said of the other: by their indices, the lower one first; and whether
        these are all, up to the limit on clashes. Raises ``NotSettled``."""
        session, limit = self.one, self.ctx.limits.clashes
        some, ones = session.chosen(firsts)
        others, twos = session.chosen(seconds)
        asked = [some, others, *also]
        seen: set[tuple[int, int]] = set()
        while self.possible(*asked):
            if len(seen) >= limit:
                return sorted(seen), False
            one, two = session.picked(ones), session.picked(twos)
            seen.add((min(one, two), max(one, two)))
            for i, j in ((one, two), (two, one)):
                asked.append(session.guarded([session.unless(ones[i]), session.unless(twos[j])]))
        return sorted(seen), True

    # --- terms ----------------------------------------------------------------------------

    def before(self, clause: str, one: bool = True) -> Term:
        """The clause ranks the one first, or the other."""
        return self._before[clause, one]

    def stands(self, clauses: Sequence[str], one: bool = True) -> Term:
        """Some of the clauses does so, and is undefeated for the pair."""
        found = [self._stands[each, one] for each in clauses]
        return found[0] if len(found) == 1 else self.one.literal(self.one.backend.disj(found))

    def defeat(self, winner: str, loser: str) -> Term:
        """A declared priority of the one clause defeats the other, which puts the other first."""
        return self._defeated.get((winner, loser, False), self.one.backend.truth(False))

    def unranked(self) -> list[Term]:
        """Assumptions: no clause ranks the pair."""
        return [self.one.unless(each) for each in self._before.values()]

    def _ranks(self, name: str, effect: RankEffect, first: Session, second: Session) -> Term:
        b = self.one.backend
        needed = [first.named(names.in_force(name))]
        if effect.term is None:
            needed.append(second.unless(second.named(names.applies(name))))
            if effect.over is not None:
                needed.append(second.conditions.condition(effect.over))
        else:
            needed.append(second.named(names.in_force(name)))
            values = [each.conditions.value(effect.term) for each in (first, second)]
            sign: CompareSign = ">" if effect.highest else "<"
            needed += [*values[0].known, *values[1].known]
            needed.append(self.one.conditions.relate(sign, *values))
        return self.one.literal(b.conj(needed))

    def _defeats(self) -> None:
        """Define which clauses stand. By priorities they depend on each other, but never on
        themselves: what lies on a circle settles nothing."""
        b, policy = self.one.backend, self.ctx.policy
        priorities = rival_priorities(policy, self.resource.name)
        ranks = {
            name: b.disj([self._before[name, True], self._before[name, False]])
            for name in self.clauses
        }
        circles = on_circles(
            b,
            self.clauses,
            priorities,
            lambda each: b.conj([ranks[each.winner], ranks[each.loser]]),
            prefix="ranks ",
        )
        self._stands = {key: self.one.fresh() for key in self._before}
        for (name, way), stands in self._stands.items():
            ranks_pair = self._before[name, way]
            beaten = [self._before[each, not way] for each in self._earlier(name)]
            for winner in dict.fromkeys(each.winner for each in priorities if each.loser == name):
                kinds = {p.kind for p in priorities if (p.winner, p.loser) == (winner, name)}
                circle = circles.get((winner, name))
                limbs = []
                if "savings" in kinds:
                    limbs.append(self._before[winner, not way])
                if kinds != {"savings"}:
                    off = [] if circle is None else [b.neg(circle)]
                    limbs.append(b.conj([self._stands[winner, not way], *off]))
                defeated = self.one.literal(b.conj([ranks_pair, b.disj(limbs)]))
                self._defeated[winner, name, way] = defeated
                beaten.append(defeated)
            b.require(b.iff(stands, b.conj([ranks_pair, *(b.neg(each) for each in beaten)])))

    def _earlier(self, name: str) -> list[str]:
        """The ranking clauses that stand before one in its ordered list."""
        clause = self.ctx.policy.clauses[name]
        if clause.group is None:
            return []
        listed = self.ctx.policy.groups[clause.group].clauses[: clause.rank]
        return [each for each in listed if each in self.clauses]
