"""From one answer about two persons to what matters in it: two plain cases, told by as little as
puts them into the relation that was asked for, whatever the rest of their facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from policy_dsl.case import Case
from policy_dsl.model import Expr
from verifier.atoms import values_as_conditions
from verifier.explore import Explorer, Region
from verifier.readings import ReadingSet
from verifier.session import NotSettled
from verifier.solvers.backend import Term

Atoms: TypeAlias = Callable[[Case], Sequence[Expr]]
"""The conditions in which a person is told, given that person's case."""


@dataclass
class TwoPersons(Explorer):
    """Explores goals about two persons in one solver, this one and the ``other``."""

    other: Explorer = field(kw_only=True)
    _others: Case | None = None
    """The other's case in the last answer that was looked at."""

    def pair(self, goal: Sequence[Term], atoms: Atoms) -> tuple[Region, Region] | None:
        """A region for each person, so that any two persons in them meet the goal; None where it is
        proved that no two do. Raises ``NotSettled``."""
        asked = [*goal, *self.other.session.varying]
        refuting = self.session.refuting(asked)
        if not self.session.possible(asked):
            return None
        one, other = self._plain_pair(asked)
        if self.brief:
            return Region((), {}, one), Region((), {}, other)
        return self._regions(refuting, one, other, atoms)

    def reached(self, goal: Sequence[Term]) -> ReadingSet:
        """All readings under which two persons meet the goal. Raises ``NotSettled``."""
        return super().reached([*goal, *self.other.session.varying])

    def _plain_pair(self, asked: Sequence[Term]) -> tuple[Case, Case]:
        """The one's case as plain as it can be, and then the other's."""
        one = self.plain_case(asked, {})
        kept = [*asked, *super()._facts_of(one), *self.session.varying]
        kept += [self.reading(name, value) for name, value in one.readings.items()]
        other = self.other.plain_case(kept, one.readings)
        if not all(map(self.evaluator.is_valid, (one, other))):
            raise NotSettled("the solver's case breaks an assumption (a fault in the checker)")
        return one, other

    def _regions(
        self, refuting: Term, one: Case, other: Case, atoms: Atoms
    ) -> tuple[Region, Region]:
        named = list(self._open_readings(one).items())
        read = [self.reading(name, value) for name, value in named]
        kept = [refuting, *self.other.session.varying]
        sides = ((self, one), (self.other, other))
        # As for one person: written conditions first, those behind them where these do not do.
        for depth in range(3):
            told: list[tuple[Explorer, Expr, bool]] = []
            for explorer, case in sides:
                for expr in self._told(case, atoms(case), depth):
                    told.append((explorer, expr, self._holds(expr, case)))
            literals = [explorer.atom(expr, truth) for explorer, expr, truth in told]
            core = self.session.core_if_any(kept, [*read, *literals])
            if core is None:
                continue
            readings = dict(named[i] for i in core if i < len(named))
            chosen = [told[i - len(named)] for i in sorted(core, reverse=True) if i >= len(named)]
            found = []
            for explorer, case in sides:
                statement = tuple((expr, truth) for by, expr, truth in chosen if by is explorer)
                found.append(Region(statement, readings, explorer._rounded(case, statement)))
            return found[0], found[1]
        raise NotSettled("the conditions of the policy do not decide this (a fault in the checker)")

    def _told(self, case: Case, atoms: Sequence[Expr], depth: int) -> list[Expr]:
        """The conditions to tell a case by, those that are rather left out first."""
        written = list(dict.fromkeys(atoms))
        base = [each for each in self.atoms.base() if each not in set(written)]
        values = list(values_as_conditions(self.session.policy, case))
        extra = ([], base, [*values, *base])[depth]
        return [*extra, *reversed(written)]

    # --- the readings of both -------------------------------------------------------------

    def _valid_case(self) -> Case:
        self._others = self.other._valid_case()
        return super()._valid_case()

    def _facts_of(self, case: Case) -> list[Term]:
        assert self._others is not None
        return [*super()._facts_of(case), *self.other._facts_of(self._others)]
