"""Two cases of one person in one solver: with enough of a resource, and with none of it left."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from policy_dsl.case import Case
from policy_dsl.groups import Person, short_facts, without
from policy_dsl.model import Expr
from verifier.check import Context
from verifier.explore import Explorer, Region
from verifier.readings import ReadingSet
from verifier.session import NotSettled, Session
from verifier.several import Several
from verifier.solvers.backend import Term


@dataclass(frozen=True)
class Pair:
    """The two cases of a person, as sessions on one solver.

    INVARIANT: the facts outside ``differing`` are the same constants in both, and what the
    resource declares of one who is short holds in ``short`` and fails in ``supplied``. A question
    to ``supplied`` is about both. Where nothing can differ, both are one session.
    """

    supplied: Session
    short: Session
    differing: Collection[str]

    @staticmethod
    def of(ctx: Context, resource: str) -> Pair:
        """The pair for one resource of the policy."""
        policy = ctx.policy
        differing = short_facts(policy, resource)
        condition = policy.resources[resource].short
        if condition is None and not differing:
            (only,) = Several.of(policy, ctx.shared.new_backend, ("supplied",)).members
            ctx.several.append(only)
            return Pair(only, only, ())
        labels = ("supplied", "short")
        supplied, short = Several.of(policy, ctx.shared.new_backend, labels, differing).members
        ctx.several += (supplied, short)
        backend = supplied.backend
        if condition is not None:
            backend.require(backend.neg(supplied.conditions.condition(condition)))
        for each in without(policy, resource):
            backend.require(short.conditions.condition(each))
        supplied.varying = (*supplied.varying, *short.varying)
        return Pair(supplied, short, differing)


@dataclass
class PairExplorer(Explorer):
    """Tells the case of one who is supplied. The facts that differ keep, in the case of the same
    one when short, the values with which they were found.

    ``session`` is the pair's ``supplied``.
    """

    plainly: bool = True
    pair: Pair = field(kw_only=True)
    _short: Case | None = None

    def person(
        self, goal: Sequence[Term], shown: Sequence[Term], atoms: Sequence[Expr]
    ) -> tuple[Region, Person, ReadingSet] | None:
        """A region of the goal, told by the case of one who is supplied; a plausible case in it
        with that of the same one when short, of which ``shown`` is so too; and all readings under
        which there is such a person. None where it is proved that there is none. Raises
        ``NotSettled``."""
        refuting = self.session.refuting(goal)
        if not self.session.possible([*goal, *shown]):
            return None
        region = self._example([*goal, *shown], refuting, atoms)
        person = Person(region.case, region.case if self._short is None else self._short)
        return region, person, self.reached([*goal, *shown])

    def _valid_case(self) -> Case:
        self._look()
        return super()._valid_case()

    def _look(self) -> None:
        """Take note of the case of the one who is short in the last answer."""
        if self.pair.differing:
            self._short = self.pair.short.case()
            if not self.evaluator.is_valid(self._short):
                raise NotSettled("the solver's case breaks an assumption (a fault in the checker)")

    def _kept(self) -> list[Term]:
        found = {} if self._short is None else self._short.facts
        facts = self.session.policy.facts
        kept = [facts[name] for name in found if name in self.pair.differing]
        return [term for fact in kept for term in self.pair.short.fact_is(fact, found[fact.name])]

    def _facts_of(self, case: Case) -> list[Term]:
        return [*super()._facts_of(case), *self._kept()]

    def _smallest(
        self,
        refuting: Term,
        case: Case,
        readings: Mapping[str, str],
        atoms: Sequence[Expr],
    ) -> tuple[tuple[tuple[Expr, bool], ...], dict[str, str]]:
        kept = self.session.literal(self.session.backend.conj([refuting, *self._kept()]))
        return super()._smallest(kept, case, readings, atoms)

    def plain_case(self, fixed: Sequence[Term], readings: Mapping[str, str]) -> Case:
        """See ``Explorer``; what is kept of the other case is fixed too."""
        found = super().plain_case([*fixed, *self._kept()], readings)
        self._look()
        return found

    def _rounded(self, case: Case, _statement: Sequence[tuple[Expr, bool]]) -> Case:
        # A rounder number could break what is not told: an assumption about the one who is short,
        # or that the one who is supplied can comply.
        return case
