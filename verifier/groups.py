"""Questions about many persons who share one resource (``policy_dsl.groups`` is what they mean).

A person needs more than some units of a resource when the case of one who is supplied complies,
every way to spend so many units in it is closed, and the case of one who is short is closed
without any. A way is closed by a shape of clashing effects (``verifier/clashes.py``), looked for
with the actions that are then out of reach added to what is in nobody's power.

The largest need gives the smallest group, and a group of persons who are all alike is as small
as any: so the solver has to look for one person only, as a pair of cases.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from policy_dsl.groups import affordable, next_level, out_of_reach, uses_of
from policy_dsl.model import SHOULD, Policy, Resource, Strength
from verifier import names
from verifier.check import Context
from verifier.clashes import Need, Shape, shapes
from verifier.origins import Origin
from verifier.pairs import Pair
from verifier.session import NotSettled
from verifier.solvers.backend import Term
from verifier.standing import Kept, Standing

Part: TypeAlias = tuple[str | None, int]
"""What takes part in closing a way: a clause, or an incapacity by its index."""

MOST_LEVELS = 12
"""How many different needs of one resource are told apart."""

FEW = 3
"""Up to how many parts of a cause are counted; causes of more are made smaller one by one."""


@dataclass(frozen=True)
class Way:
    """A way to deal with a person who is short or supplied, with some actions out of reach."""

    short: bool
    barred: frozenset[str]


@dataclass(frozen=True)
class Reason:
    """What closes a way: a shape of which some needs are met by what is out of reach; ``needs``
    are the others."""

    shape: Shape
    needs: tuple[Need, ...]

    @property
    def decisions(self) -> tuple[str, ...]:
        """The decisions that have to be in scope."""
        return self.shape.decisions


@dataclass(frozen=True)
class Cause:
    """Why a person needs more than so many units: clauses and incapacities that close every other
    way, by words of a strength; none of them can be left out."""

    strength: Strength
    units: int
    parts: frozenset[Part]


@dataclass
class NeedOf:
    """Questions about the need of one resource."""

    ctx: Context
    resource: Resource
    pair: Pair = field(init=False)
    _reasons: dict[frozenset[str], list[Reason]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pair = Pair.of(self.ctx, self.resource.name)
        self._kept = {False: Kept(self.pair.supplied), True: Kept(self.pair.short)}
        self.uses = uses_of(self.ctx.policy, self.resource.name)

    # --- what is asked for ----------------------------------------------------------------

    def levels(self, strength: Strength, enough: int) -> list[int]:
        """The numbers of units, from 0 upwards, of which some person needs more; none is told
        above ``enough``. Raises ``NotSettled`` and ``TooManyWays``."""
        found: list[int] = []
        units: int | None = 0
        while units is not None:
            if len(found) == MOST_LEVELS:
                why = f"persons may need more than {MOST_LEVELS} different amounts of it"
                raise NotSettled(why)
            closed = self.closed(strength, units, None)
            if not self.pair.supplied.possible([self.complies(strength), *closed]):
                break
            found.append(units)
            units = next_level(self.uses, units) if units < enough else None
        return found

    def causes(self, strength: Strength, units: int, known: Collection[Cause]) -> Iterator[Cause]:
        """Smallest causes by which some person needs more than so many units, until every such
        person has one of these, or a known one that makes for as much of a need."""
        session = self.pair.supplied
        asked = [self.complies(strength)]
        used: dict[Part, Term] = {}
        for way in self.ways(units):
            asked.append(session.guarded([self._term(way, strength, None, used)]))
        asked += [self._absent(each) for each in known if each.units >= units]
        terms = list(used.values())
        bounds = [session.literal(session.backend.at_most(n, terms)) for n in range(FEW + 1)]
        while True:
            # What was not possible before is not possible when more causes are left out.
            while bounds and not session.possible([*asked, bounds[0]]):
                bounds.pop(0)
            if not bounds and not session.possible(asked):
                return
            found = Cause(
                strength, units, self._taken(used) if bounds else self._shrunk(asked, used)
            )
            yield found
            asked.append(self._absent(found))

    def _taken(self, used: dict[Part, Term]) -> frozenset[Part]:
        backend = self.pair.supplied.backend
        return frozenset(part for part, term in used.items() if backend.is_true(term))

    def _absent(self, cause: Cause) -> Term:
        session = self.pair.supplied
        closed = self.closed(cause.strength, cause.units, cause.parts)
        return session.guarded([session.unless(each) for each in closed])

    def closed(self, strength: Strength, units: int, parts: frozenset[Part] | None) -> list[Term]:
        """Assumptions: these clauses and incapacities (None: any) close all ways of one who gets
        so many units."""
        return [
            self.pair.supplied.literal(self._term(way, strength, parts, None))
            for way in self.ways(units)
        ]

    def ways(self, units: int) -> list[Way]:
        """All that has to be closed for a person who needs more than so many units."""
        every = frozenset(self.uses)
        found = [Way(False, every - each) for each in affordable(self.uses, units)]
        if self.pair.short is not self.pair.supplied:
            found.append(Way(True, every))
        return found

    def reasons(self, way: Way) -> list[Reason]:
        """All that can close a way."""
        found = self._reasons.get(way.barred)
        if found is None:
            barred = out_of_reach(self.ctx.policy, way.barred)
            found = []
            for shape in shapes(barred, self.ctx.shared.new_backend):
                left = [n for n in shape.needs if n.done or n.action not in way.barred]
                if shape.liberty is None:
                    found.append(Reason(shape, tuple(left)))
            self._reasons[way.barred] = found
        return found

    def origins(
        self, need: Need, strength: Strength, parts: frozenset[Part] | None
    ) -> list[Origin]:
        """What may stand behind a need, at a strength by its words: among some parts, or all."""
        return [
            each
            for each in self.ctx.shared.origins.of(need, "both")
            if each.effect is None or strength == "should" or each.effect.strength == "must"
            if parts is None or (each.clause, each.incapacity) in parts
        ]

    # --- terms ----------------------------------------------------------------------------

    def complies(self, strength: Strength) -> Term:
        """An assumption: what is asked of one who is supplied can be done."""
        session, backend = self.pair.supplied, self.pair.supplied.backend
        binding = session.named(names.reading(SHOULD, "binding"))

        def counts(origin: Origin, term: Term) -> Term:
            """A "should" counts among the strongest duties only where it is read as binding."""
            soft = origin.effect is not None and origin.effect.strength == "should"
            return backend.conj([term, binding]) if soft and strength == "must" else term

        clashing = []
        for reason in self.reasons(Way(False, frozenset())):
            standing = Standing(self._kept[False], reason.shape)
            parts = list(standing.decided)
            for need in reason.needs:
                origins = self.origins(need, "should", None)
                parts.append(backend.disj([counts(o, standing.of(o)) for o in origins]))
            clashing.append(backend.conj(parts))
        return session.literal(backend.neg(backend.disj(clashing)))

    def _term(
        self,
        way: Way,
        strength: Strength,
        parts: frozenset[Part] | None,
        used: dict[Part, Term] | None,
    ) -> Term:
        """A way is closed by some of the parts; by those alone, with ``used``, whose constant
        there is true."""
        backend = self.pair.supplied.backend
        closing = []
        for reason in self.reasons(way):
            standing = Standing(self._kept[way.short], reason.shape)
            needed = list(standing.decided)
            for need in reason.needs:
                limbs = []
                for origin in self.origins(need, strength, parts):
                    part = (origin.clause, origin.incapacity)
                    limb = standing.of(origin)
                    if used is not None:
                        if part not in used:
                            used[part] = self.pair.supplied.fresh()
                        limb = backend.conj([limb, used[part]])
                    limbs.append(limb)
                needed.append(backend.disj(limbs))
            closing.append(backend.conj(needed))
        return backend.disj(closing)

    def _shrunk(self, asked: list[Term], used: dict[Part, Term]) -> frozenset[Part]:
        """A smallest set of parts that is within that of the last answer and does as well."""
        session, backend = self.pair.supplied, self.pair.supplied.backend
        chosen = self._taken(used)
        for part in reversed(used):
            if part not in chosen:
                continue
            fewer = chosen - {part}
            others = [backend.neg(term) for each, term in used.items() if each not in fewer]
            if session.possible([*asked, *others]):
                chosen = self._taken(used)
        return chosen


def in_order(policy: Policy, causes: Iterable[Cause]) -> list[Cause]:
    """Causes by their clauses, in the order of the policy."""
    place = {name: index for index, name in enumerate(policy.clauses)}

    def order(cause: Cause) -> list[tuple[int, int]]:
        return sorted((place.get(clause or "", -1), index) for clause, index in cause.parts)

    return sorted(causes, key=order)
