"""The regions in which two versions say something else of a subject, each replayed in both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policy_dsl.evaluate import Evaluator
from policy_dsl.model import Expr, Policy
from verifier import names
from verifier.atoms import Atoms
from verifier.difference.atoms import SameInBoth
from verifier.difference.questions import Questions, Side
from verifier.difference.subjects import Reader, Standing, Subject, speakers, subject_actions
from verifier.difference.touched import Touched
from verifier.difference.union import before
from verifier.difference.vocabulary import BEFORE
from verifier.explore import Explorer, Region
from verifier.readings import ReadingSet, covers, from_cubes
from verifier.session import Encoding, NotSettled, Session
from verifier.solvers.backend import Term

FAULT = "the replay of its case does not show it (a fault in the checker)"

FEW_REGIONS = 8
"""Up to how many regions are told by the conditions of clauses; more are told by the clauses."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A region in which a subject changes from one standing to another, whatever the rest."""

    subject: Subject
    region: Region
    readings: ReadingSet
    old: Standing
    new: Standing
    complete: bool = True


@dataclass
class Search:
    """Looks for regions in the union of two versions."""

    union: Policy
    encoding: Encoding
    sides: tuple[Side, Side]
    readers: tuple[Reader, Reader]
    touched: Touched
    most_regions: int
    most_kinds: int
    asked: int = 0

    def __post_init__(self) -> None:
        self._evaluator = Evaluator(self.union)
        self._atoms = Atoms(self.union)
        self._same = SameInBoth(self.union, self._atoms, self.touched)

    def anything(self, subjects: Sequence[Subject]) -> bool:
        """Whether the versions say something else of any of the subjects. Raises
        ``NotSettled``."""
        session = Session(self.encoding)
        questions = Questions(session, self.sides)
        some = session.guarded([questions.differ(each) for each in subjects])
        try:
            return session.possible([some])
        finally:
            self.asked += session.asked

    def force_differs(self, clause: str) -> bool:
        """Whether a clause that both versions have is in force in one of them alone. Raises
        ``NotSettled``."""
        session = Session(self.encoding)
        b = session.backend
        one, other = (session.named(names.in_force(n)) for n in (before(clause), clause))
        try:
            return session.possible([session.literal(b.neg(b.iff(one, other)))])
        finally:
            self.asked += session.asked

    def of(self, subject: Subject) -> Iterator[Found]:
        """All regions of a subject, proved to be all but where ``complete`` says otherwise.
        Raises ``NotSettled``."""
        session = Session(self.encoding)
        try:
            yield from self._of(subject, session)
        finally:
            self.asked += session.asked

    def _of(self, subject: Subject, session: Session) -> Iterator[Found]:
        questions = Questions(session, self.sides)
        explorer = Explorer(session, self._evaluator, self._atoms)
        asked = [questions.differ(subject)]
        count = 0
        while session.possible(asked):
            case = session.case()
            if not self._evaluator.is_valid(case):
                raise NotSettled("the solver's case breaks an assumption (a fault in the checker)")
            if count >= self.most_kinds:
                raise NotSettled(f"it changes in more than {self.most_kinds} ways")
            count += 1
            one, other = (each.standing(subject, case) for each in self.readers)
            if one == other:
                raise NotSettled(FAULT)
            goal = questions.exactly(subject, (one, other))
            yield from self._regions(subject, questions, explorer, goal, (one, other))
            asked.append(session.guarded([session.unless(each) for each in goal]))

    def _regions(
        self,
        subject: Subject,
        questions: Questions,
        explorer: Explorer,
        goal: Sequence[Term],
        standings: tuple[Standing, Standing],
    ) -> Iterator[Found]:
        exploration = explorer.regions(goal, self._written(subject, True), FEW_REGIONS)
        if not exploration.complete:
            exploration = explorer.regions(goal, self._written(subject, False), self.most_regions)
        merged: dict[frozenset[tuple[Expr, bool]], list[Region]] = {}
        for region in exploration.regions:
            merged.setdefault(frozenset(region.statement), []).append(region)
        reads = {
            key: from_cubes(self.union, [each.readings for each in regions])
            for key, regions in merged.items()
        }
        for key, regions in merged.items():
            wider = (
                other
                for other in merged
                if other < key and covers(self.union, reads[other], reads[key])
            )
            if next(wider, None) is None:
                yield self._replayed(
                    subject, questions, regions[0], reads[key], standings, exploration.complete
                )

    def _replayed(
        self,
        subject: Subject,
        questions: Questions,
        region: Region,
        readings: ReadingSet,
        standings: tuple[Standing, Standing],
        complete: bool,
    ) -> Found:
        case = region.case
        one, other = (each.standing(subject, case) for each in self.readers)
        worked_out = questions.listed(subject) is None
        shown = (one, other) == standings or (
            worked_out and _flags(one, other) == _flags(*standings)
        )
        agrees = all(self._evaluator.holds(e, case) == truth for e, truth in region.statement)
        if not (shown and agrees and self._evaluator.is_valid(case)):
            raise NotSettled(FAULT)
        return Found(
            subject=subject,
            region=region,
            readings=readings,
            old=one,
            new=other,
            complete=complete,
        )

    def _written(self, subject: Subject, apart: bool) -> tuple[Expr, ...]:
        """The conditions that a reader would look at: of what is edited first. Clauses that speak
        of the subject are taken ``apart``, or told as applying or not."""
        found: dict[Expr, None] = {}
        clauses: list[str] = []
        for reader, old in zip(self.readers, (True, False), strict=True):
            for name in speakers(reader.policy, subject):
                clauses.append(before(name) if old else name)
        edited = [c for c in clauses if c.removesuffix(BEFORE) in self.touched.force]
        for group in (edited, clauses):
            found.update(dict.fromkeys(self._same.of_clauses(group, apart)))
        for scope in self._scopes(subject):
            found.update(dict.fromkeys(self._same.of(self._atoms.of_condition(scope))))
        return tuple(found)

    def _scopes(self, subject: Subject) -> Iterator[Expr]:
        """Where something is asked of a subject, in either version."""
        names = {name for each in subject.names for name in (each, before(each))}
        actions = {
            name
            for reader in self.readers
            for each in subject_actions(reader.policy, subject)
            for name in (each, before(each))
        }
        union = self.union
        for decision in union.decisions.values():
            if decision.name in names or set(decision.actions) & actions:
                yield decision.when
        yield from (each.when for each in union.outputs.values() if each.name in names)
        yield from (each.when for each in union.settlements if set(each.actions) & actions)
        yield from (each.when for each in union.incapacities if each.action in actions)


def _flags(one: Standing, other: Standing) -> tuple[bool, ...]:
    flags = [f for each in (one, other) for f in (each.opposed, each.gap, bool(each.values))]
    return (*flags, one.values == other.values)
