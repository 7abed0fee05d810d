"""From one answer of the solver to what matters in it.

A model is generalised: which conditions, and which readings, are enough for the fault whatever
the rest? What was found is blocked and the question is asked again, until the solver proves that
nothing is left or a stated limit is reached.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from policy_dsl.case import Case, default_value
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import SHOULD, Expr, Fact
from policy_dsl.types import Value, is_number
from verifier import names
from verifier.atoms import Atoms, values_as_conditions
from verifier.near import within
from verifier.readings import ReadingSet, from_cubes, options
from verifier.session import NotSettled, Session
from verifier.solvers.backend import Term

MOST_CUBES = 256
"""How many groups of readings are told apart before an exploration gives up."""


@dataclass(frozen=True)
class Region:
    """Conditions that by themselves make the goal true, the readings they need, and a case.

    Every case that meets the statement under these readings shows the fault.
    """

    statement: tuple[tuple[Expr, bool], ...]
    readings: Mapping[str, str]
    case: Case


@dataclass(frozen=True)
class Exploration:
    """What was found, and whether it is proved to be everything."""

    regions: tuple[Region, ...]
    complete: bool


@dataclass
class Explorer:
    """Explores goals in one session. ``brief``: of a region that is an example only its case is
    wanted, neither what matters in it nor a plausible case in its place. ``plainly``: readings are
    looked for around plain cases, in which fewer of them matter."""

    session: Session
    evaluator: Evaluator
    atoms: Atoms
    brief: bool = False
    plainly: bool = False
    _literals: dict[Expr, Term] = field(default_factory=dict)
    _tests: dict[Expr, Callable[[Case], bool]] = field(default_factory=dict)
    _ranges: dict[tuple[str, int, int], Term] = field(default_factory=dict)
    _values: dict[tuple[str, Value], list[Term]] = field(default_factory=dict)

    # --- what is asked for ----------------------------------------------------------------

    def regions(self, goal: Sequence[Term], atoms: Sequence[Expr], limit: int) -> Exploration:
        """Regions that together hold every case of the goal, up to ``limit`` of them."""
        refuting = self.session.refuting(goal)
        blocks: list[Term] = []
        found: list[Region] = []
        while self.session.possible([*goal, *blocks]):
            if len(found) >= limit:
                return Exploration(tuple(found), complete=False)
            region = self._generalise(goal, refuting, atoms)
            found.append(region)
            cube = [self.atom(expr, truth) for expr, truth in region.statement]
            cube += [self.reading(name, value) for name, value in region.readings.items()]
            if not cube:
                break
            blocks.append(self.session.guarded([self.session.unless(each) for each in cube]))
        return Exploration(tuple(found), complete=True)

    def one(self, goal: Sequence[Term], atoms: Sequence[Expr]) -> tuple[Region, ReadingSet] | None:
        """One region of the goal and all readings under which the goal has a case, or None
        where it is proved that it has none. Raises ``NotSettled``."""
        refuting = self.session.refuting(goal)
        if not self.session.possible(goal):
            return None
        region = self._example(goal, refuting, atoms)
        return region, self._readings(goal, refuting)

    def example(self, goal: Sequence[Term], atoms: Sequence[Expr]) -> Region | None:
        """One region of the goal, or None where it is proved that it has none."""
        refuting = self.session.refuting(goal)
        return self._example(goal, refuting, atoms) if self.session.possible(goal) else None

    def reached(self, goal: Sequence[Term]) -> ReadingSet:
        """All readings under which the goal has a case. Raises ``NotSettled``."""
        return self._readings(goal, self.session.refuting(goal))

    def around(self, goal: Sequence[Term], refuting: Term, atoms: Sequence[Expr]) -> Region:
        """The region of a goal around the case of the last question, which was possible;
        ``refuting`` is what the session says is so where the goal fails."""
        return self._generalise(goal, refuting, atoms)

    # --- how it is found ------------------------------------------------------------------

    def _readings(self, goal: Sequence[Term], refuting: Term) -> ReadingSet:
        """All readings under which the goal has a case.

        Each case found is held fixed, fact by fact, and the readings it does not need are
        dropped. (Definitions must not be held fixed: they may depend on readings themselves. Nor
        must the case be taken to be one under every reading: assumptions may depend on them too.)
        """
        cubes: list[Mapping[str, str]] = []
        blocks: list[Term] = []
        while all(cubes) and self.session.possible([*goal, *blocks]):
            if len(cubes) >= MOST_CUBES:
                raise NotSettled(f"it depends on more than {MOST_CUBES} groups of readings")
            case = self._valid_case()
            if self.plainly:
                case = self.plain_case([*goal, *blocks], {})
            named = list(self._open_readings(case).items())
            read = [self.reading(name, value) for name, value in named]
            fixed = [refuting, *self._facts_of(case)]
            core = self.session.smallest_core(fixed, read, everywhere=True)
            cube = dict(named[index] for index in core)
            cubes.append(cube)
            blocks.append(self._not_read(cube))
        return from_cubes(self.session.policy, cubes)

    def _not_read(self, cube: Mapping[str, str]) -> Term:
        read = [self.reading(name, value) for name, value in cube.items()]
        return self.session.guarded([self.session.unless(each) for each in read])

    def _facts_of(self, case: Case) -> list[Term]:
        """Every fact has its value in a case."""
        facts = self.session.policy.facts.values()
        return [term for fact in facts for term in self._is(fact, case.facts[fact.name])]

    def _is(self, fact: Fact, value: Value) -> list[Term]:
        key = (fact.name, value)
        found = self._values.get(key)
        if found is None:
            found = self._values[key] = self.session.fact_is(fact, value)
        return found

    def _valid_case(self) -> Case:
        case = self.session.case()
        if not self.evaluator.is_valid(case):
            raise NotSettled("the solver's case breaks an assumption (a fault in the checker)")
        return case

    def _example(self, goal: Sequence[Term], refuting: Term, atoms: Sequence[Expr]) -> Region:
        """A region of the goal that is shown, around the case of the last question."""
        if self.brief:
            return Region((), {}, self._valid_case())
        return self._generalise(goal, refuting, atoms)

    def _generalise(self, goal: Sequence[Term], refuting: Term, atoms: Sequence[Expr]) -> Region:
        """The region of the goal around the case of the last question."""
        case = self._valid_case()
        statement, readings = self._smallest(refuting, case, self._open_readings(case), atoms)
        fixed = [self.atom(expr, truth) for expr, truth in statement]
        fixed += [self.reading(name, value) for name, value in readings.items()]
        plain = self.plain_case([*goal, *fixed], readings)
        return Region(statement, readings, self._rounded(plain, statement))

    def _open_readings(self, case: Case) -> dict[str, str]:
        policy = self.session.policy
        return {n: case.readings[n] for n in policy.ambiguities if len(options(policy, n)) > 1}

    def _smallest(
        self,
        refuting: Term,
        case: Case,
        readings: Mapping[str, str],
        atoms: Sequence[Expr],
    ) -> tuple[tuple[tuple[Expr, bool], ...], dict[str, str]]:
        """A smallest statement and the fewest readings that exclude the goal's failing."""
        named = list(readings.items())
        read = [self.reading(name, value) for name, value in named]
        written = list(dict.fromkeys(atoms))
        base = [each for each in self.atoms.base() if each not in set(written)]
        # Written conditions first; the conditions behind them, and in the end the plain values of
        # facts (on which computed outputs rest), only where these do not suffice.
        for extra in ([], base, [*values_as_conditions(self.session.policy, case), *base]):
            chosen = [*extra, *reversed(written)]
            truths = [self._holds(each, case) for each in chosen]
            literals = [self.atom(e, t) for e, t in zip(chosen, truths, strict=True)]
            kept = self.session.core_if_any([refuting], [*read, *literals])
            if kept is None:
                continue
            order = [i - len(named) for i in kept if i >= len(named)]
            statement = sorted(order, reverse=True)
            return (
                tuple((chosen[i], truths[i]) for i in statement),
                dict(named[i] for i in kept if i < len(named)),
            )
        raise NotSettled("the conditions of the policy do not decide this (a fault in the checker)")

    def _holds(self, expr: Expr, case: Case) -> bool:
        test = self._tests.get(expr)
        if test is None:
            test = self._tests[expr] = self.evaluator.condition(expr)
        return test(case)

    # --- literals -------------------------------------------------------------------------

    def reading(self, ambiguity: str, value: str) -> Term:
        """An ambiguity is read this way."""
        return self.session.named(names.reading(ambiguity, value))

    def atom(self, expr: Expr, truth: bool) -> Term:
        """A condition holds, or does not."""
        term = self._literals.get(expr)
        if term is None:
            term = self._literals[expr] = self.session.holds(expr)
        return term if truth else self.session.unless(term)

    # --- a plausible case -----------------------------------------------------------------

    def plain_case(self, fixed: Sequence[Term], readings: Mapping[str, str]) -> Case:
        """A case in which everything is as plain as what is fixed allows; ``readings`` are those
        that are fixed. What is fixed must be possible."""
        policy = self.session.policy
        wishes: list[_Wish] = []
        for fact in policy.facts.values():
            wishes += self._plain(fact)
        for ambiguity in policy.ambiguities.values():
            if ambiguity.name not in readings:
                usual = options(policy, ambiguity.name)
                chosen = "advisory" if ambiguity.name == SHOULD else usual[0]
                if chosen in usual:
                    wishes.append(_Wish(self.reading(ambiguity.name, chosen)))
        while not self.session.possible([*fixed, *(each.term for each in wishes)]):
            core = self.session.backend.core()
            given_up = _given_up([w for i, w in enumerate(wishes, start=len(fixed)) if i in core])
            kept = [each for each in wishes if each not in given_up]
            if len(kept) == len(wishes):
                raise NotSettled("a found case was lost again (a fault in the checker)")
            wishes = kept
        return self.session.case()

    def _plain(self, fact: Fact) -> list[_Wish]:
        plain = self.session.plain
        value: Value = default_value(fact)
        if is_number(fact.type) and not fact.optional:
            value = plain.value(fact.type)
        stages = plain.stages(fact.type)
        stage = 0 if stages else None
        wishes = [_Wish(each, stage) for each in self._is(fact, value)]
        for number, (low, high) in enumerate(stages, start=1):
            key = (fact.name, low, high)
            if key not in self._ranges:
                self._ranges[key] = self.session.literal(
                    within(self.session.backend, fact, low, high)
                )
            wishes.append(_Wish(self._ranges[key], number))
        return wishes

    def _rounded(self, case: Case, statement: Sequence[tuple[Expr, bool]]) -> Case:
        """A case of the same region with dates nearer to the usual day and with rounder amounts.

        INVARIANT: any valid case of which the statement holds is one of the region.
        """
        for name in case.facts:
            for value in self.session.plain.better(case.facts, name):
                other = Case({**case.facts, name: value}, case.readings)
                if self.evaluator.is_valid(other) and all(
                    self._holds(expr, other) == truth for expr, truth in statement
                ):
                    case = other
                    break
        return case


@dataclass(frozen=True, eq=False)
class _Wish:
    """Something that would make a case plain. ``stage`` is how narrow a wish for a number is: 0
    for one value, more for wider ranges; None for all other wishes."""

    term: Term
    stage: int | None = None


def _given_up(wishes: Sequence[_Wish]) -> list[_Wish]:
    """Which of some wishes that cannot all be met are given up: of those for numbers only one, the
    narrowest of the last fact, so that the others may stay; else all."""
    staged = [each for each in wishes if each.stage is not None]
    if not staged:
        return list(wishes)
    narrowest = min(each.stage for each in staged if each.stage is not None)
    return [each for each in staged if each.stage == narrowest][-1:]
