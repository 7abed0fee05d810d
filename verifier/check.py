"""What a check is, and what it works with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, Literal, TypeAlias, TypeVar

from policy_dsl import phrases
from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator, Outcome
from policy_dsl.model import (
    Clause,
    ConflictRule,
    Effect,
    Expr,
    NormEffect,
    Policy,
    RuleKind,
    SetEffect,
)
from policy_dsl.rules import TooMany, with_rules
from verifier import words
from verifier.atoms import Atoms
from verifier.clashes import Shape, shapes
from verifier.control import ControlTable
from verifier.explore import Explorer, Region
from verifier.fidelity.trace import DocumentTrace, trace
from verifier.findings import Finding, Severity, Side
from verifier.origins import Kinds, Origin, Origins
from verifier.process_graph import ProcessGraph, build
from verifier.process_questions import RunQuestions
from verifier.readings import ReadingSet, describe, from_cubes
from verifier.session import Encoding, NotSettled, Session
from verifier.solvers.backend import Backend
from verifier.standing import Kept
from verifier.witness import Witness

Item = TypeVar("Item")

ClashSets: TypeAlias = tuple[tuple[tuple[Origin, ...], ...], bool]
"""Sets of clauses and incapacities that clash in one way, and whether these are all of them."""


@dataclass(frozen=True)
class Limits:
    """How far enumerations go before they stop and say so."""

    clashes: int = 60
    regions: int = 8
    margins: int = 400
    cycles: int = 40


@dataclass
class Shared:
    """What all checks of one run work with. Nothing in it is changed by asking questions.

    ``brief``: of findings only what they are, how they weigh and the readings count; the cases
    that show them are not made plain, nor told by what matters in them.
    """

    policy: Policy
    new_backend: Callable[[], Backend]
    limits: Limits = field(default_factory=Limits)
    brief: bool = False
    clash_sets: dict[tuple[Shape, Kinds], ClashSets] = field(init=False, default_factory=dict)
    _ruled: dict[RuleKind, Policy | None] = field(init=False, default_factory=dict)

    @cached_property
    def encoding(self) -> Encoding:
        """The policy in a solver; made when something first has to be asked of one."""
        return Encoding.of(self.policy, self.new_backend())

    @cached_property
    def origins(self) -> Origins:
        """The clauses and incapacities behind every need."""
        return Origins(self.policy)

    @cached_property
    def evaluator(self) -> Evaluator:
        """The reference evaluator, by which every case is replayed."""
        return Evaluator(self.policy)

    @cached_property
    def shapes(self) -> list[Shape]:
        """The ways in which effects can clash. Raises ``NotSettled``."""
        return shapes(self.policy, self.new_backend)

    @cached_property
    def on_runs(self) -> OnRuns:
        """The same for checks that ask about runs of processes."""
        return OnRuns(self.policy, self.new_backend, self.limits, self.brief)

    @cached_property
    def traces(self) -> tuple[DocumentTrace, ...]:
        """Where the quotes stand in the texts of the documents; only of those that name one."""
        return trace(self.policy)

    def ruled_by(self, kind: RuleKind) -> Policy | None:
        """The policy with one rule for clashes more, behind those it has; None where that would
        settle too many pairs of clauses."""
        if kind not in self._ruled:
            rule = ConflictRule(kind=kind, place=next(iter(self.policy.clauses.values())).place)
            try:
                self._ruled[kind] = with_rules(self.policy, (*self.policy.rules, rule))
            except TooMany:
                self._ruled[kind] = None
        return self._ruled[kind]

    @cached_property
    def control(self) -> ControlTable:
        """Who controls each permission and release; worked out when it is first asked for."""
        return ControlTable.of(self.encoding, self.new_backend, self.evaluator, self.atoms)

    @cached_property
    def situations(self) -> list[list[str]]:
        """The lists of clauses that the policy names as alternatives."""
        return words.situation_lists(self.policy)

    @cached_property
    def atoms(self) -> Atoms:
        """The conditions in which cases are described."""
        return Atoms(self.policy)


@dataclass
class OnRuns(Shared):
    """What the checks of runs work with: the policy's encoding holds the graphs of all processes
    too, and a case is one in which a run may begin."""

    @cached_property
    def encoding(self) -> Encoding:
        """The policy and the graphs of its processes in a solver. Raises ``NotSettled``."""
        return self._built[0]

    @cached_property
    def graphs(self) -> tuple[ProcessGraph, ...]:
        """The graph of every process. Raises ``NotSettled``."""
        return self._built[1]

    @cached_property
    def _built(self) -> tuple[Encoding, tuple[ProcessGraph, ...]]:
        encoding = Encoding.of(self.policy, self.new_backend())
        return encoding, build(self.policy, encoding, self.atoms)


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
    One ``on_runs`` asks about runs of processes, with what ``OnRuns`` shares.
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
