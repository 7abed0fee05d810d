"""What a check is, and what it works with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, Literal, TypeVar

from policy_dsl import phrases
from policy_dsl.case import Case
from policy_dsl.evaluate import Outcome
from policy_dsl.model import (
    Clause,
    Effect,
    Expr,
    NormEffect,
    Policy,
    SetEffect,
)
from verifier import words
from verifier.atoms import Atoms
from verifier.explore import Explorer, Region
from verifier.findings import Finding, Severity, Side
from verifier.process_questions import RunQuestions
from verifier.readings import ReadingSet, describe, from_cubes
from verifier.session import NotSettled, Session
from verifier.shared import Limits, OnRuns, Shared
from verifier.standing import Kept
from verifier.witness import Witness

Item = TypeVar("Item")


@dataclass
class Context:
    """What one check works with: the shared things and a solver of its own.

    ``several`` are the sessions about more than one case; what is asked in them counts too.
    """

    shared: Shared
    several: list[Session] = field(default_factory=list)

    @cached_property
    def session(self) -> Session:
        """The check's own solver; made when something first has to be asked of it."""
        return Session(self.shared.encoding)

    @cached_property
    def explorer(self) -> Explorer:
        """Makes cases and regions out of the solver's answers."""
        shared = self.shared
        return Explorer(self.session, shared.evaluator, shared.atoms, shared.brief)

    @cached_property
    def kept(self) -> Kept:
        """Asks what is in force, and would be had duties been kept in fact."""
        return Kept(self.session)

    @cached_property
    def runs(self) -> tuple[RunQuestions, ...]:
        """Questions about the runs of each process, for a check that is ``on_runs``. Raises
        ``NotSettled``."""
        assert isinstance(self.shared, OnRuns)
        return tuple(RunQuestions(self.session, each) for each in self.shared.graphs)

    @property
    def questions(self) -> int:
        """How many questions were asked of the solver."""
        own = self.session.asked if "session" in self.__dict__ else 0
        return own + sum(each.asked for each in self.several)

    @property
    def policy(self) -> Policy:
        """The policy that is checked."""
        return self.shared.policy

    @property
    def atoms(self) -> Atoms:
        """The conditions in which cases are described."""
        return self.shared.atoms

    @property
    def limits(self) -> Limits:
        """How far enumerations go."""
        return self.shared.limits

    def side(
        self, clause: str, effects: Sequence[Effect] | None = None, case: Case | None = None
    ) -> Side:
        """A clause as one side of a finding; with its effects in question, or all of them."""
        found = self.policy.clauses[clause]
        chosen = found.effects if effects is None else effects
        roles = [phrases.say_norm(self.policy, each) for each in chosen]
        because = () if case is None else self._because(clause)
        return Side(
            clause=clause,
            title=found.title,
            document=self._document(found),
            role="; ".join(roles),
            quotes=found.quotes,
            paraphrases=found.paraphrases,
            because=because,
            place=found.place,
        )

    def _document(self, clause: Clause) -> str | None:
        documents = self.policy.documents
        return documents[clause.document].called if len(documents) > 1 else None

    def _because(self, clause: str) -> tuple[str, ...]:
        found = self.policy.clauses[clause]
        needs = [phrases.sentence(self.policy, each.condition) for each in found.requirements]
        barred = [phrases.sentence(self.policy, e.condition, False) for e in found.exceptions]
        return (*needs, *barred)

    def effects_on(self, clause: str, action: str) -> list[Effect]:
        """A clause's effects on one action."""
        effects = self.policy.clauses[clause].effects
        return [e for e in effects if isinstance(e, NormEffect) and e.action == action]

    def setters(self, output: str) -> list[str]:
        """The clauses that set an output."""
        return [
            clause.name
            for clause in self.policy.clauses.values()
            if any(isinstance(e, SetEffect) and e.output == output for e in clause.effects)
        ]

    def sets(self, clause: str, output: str) -> SetEffect:
        """A clause's effect on one output."""
        effects = self.policy.clauses[clause].effects
        return next(e for e in effects if isinstance(e, SetEffect) and e.output == output)

    def witness(self, region: Region, shows: Callable[[Outcome], bool]) -> Witness:
        """The witness of a region, after the evaluator has replayed its case.

        ``shows`` says whether an outcome has the fault that is claimed. Raises ``NotSettled``
        where it does not: the solver and the evaluator then disagree, which is a fault of the
        checker and must not be shown as one of the policy.
        """
        evaluator = self.shared.evaluator
        statement = region.statement
        agrees = all(evaluator.holds(expr, region.case) == truth for expr, truth in statement)
        valid = evaluator.is_valid(region.case)
        if not valid or not agrees or not shows(evaluator.outcome(region.case)):
            raise NotSettled("the replay of its case does not show it (a fault in the checker)")
        return Witness(
            statements=self._statements(statement),
            conditions=tuple((phrases.code(expr), truth) for expr, truth in statement),
            left_out=self._left_out([expr for expr, _ in statement]),
            case=region.case,
            statement=statement,
        )

    def example(self, region: Region) -> tuple[str, ...]:
        """A region in words, as an example of a wider one."""
        said = self._statements(region.statement)
        if not region.readings:
            return said
        read = self.readings_text(from_cubes(self.policy, [region.readings]))
        return (*said, f"with the text read so: {read.removeprefix('only if ')}")

    def _statements(self, statement: Iterable[tuple[Expr, bool]]) -> tuple[str, ...]:
        return words.statements(self.policy, statement, self.shared.situations)

    def _left_out(self, conditions: Sequence[Expr]) -> tuple[str, ...]:
        touched = self.atoms.facts_behind(conditions)
        return tuple(name for name in self.policy.facts if name not in touched)

    def readings_text(self, readings: ReadingSet) -> str:
        """A reading set in words."""
        return describe(self.policy, readings)


@dataclass(frozen=True, kw_only=True)
class Check(Generic[Item]):
    """One law: what it looks at, how it decides, and its documentation.

    ``polarity`` says which answer of the solver is the finding; a ``structural`` check asks none.
    One ``on_runs`` asks about runs of processes, with what ``OnRuns`` shares. One ``on_settings``
    is not about a policy but about a project's settings: it is looked for where these are applied.
    ``documentation`` is what ``antinomy explain`` prints: what it means, an example, how to mend
    it.
    """

    code: str
    name: str
    severity: Severity
    polarity: Literal["sat", "unsat", "structural"]
    question: str
    documentation: str
    items: Callable[[Context], Iterable[Item]]
    examine: Callable[[Context, Item], Iterable[Finding]]
    describe: Callable[[Item], str]
    on_runs: bool = False
    on_settings: bool = False
