"""Everything else a policy declares: documents, facts, actions, readings, expectations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from policy_dsl.model.clauses import Clause, ConflictRule, Group, Priority
from policy_dsl.model.expressions import Expr
from policy_dsl.model.processes import Process
from policy_dsl.model.resources import Resource, Use
from policy_dsl.model.times import Event, Period
from policy_dsl.source import Place, Source
from policy_dsl.types import Type

FactKind: TypeAlias = Literal["fact", "judgment", "grant", "choice", "outside"]


MissingDay: TypeAlias = Literal["before", "after"]


@dataclass(frozen=True, kw_only=True)
class Supersession:
    """A document takes the clauses of another out of force, but for those that are ``kept``."""

    document: str
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Document:
    """One policy text: who speaks, when, and where its words are kept.

    ``text`` and ``raw`` are paths relative to the spec file; ``text_source`` and ``raw_source``
    are what these files hold, ``None`` where none is named. ``missing_day`` is what the document
    takes for a day that a month lacks, the last one before it or the first one after it.
    """

    name: str
    title: str
    authority: str | None = None
    issued: date | None = None
    effective: date | None = None
    until: date | None = None
    text: str | None = None
    raw: str | None = None
    text_source: Source | None = None
    raw_source: Source | None = None
    missing_day: MissingDay | None = None
    supersedes: tuple[Supersession, ...] = ()
    place: Place

    @property
    def called(self) -> str:
        """Its title, or its name where it has none."""
        return self.title or self.name

    @property
    def day(self) -> date | None:
        """The day by which it is the earlier or the later of two documents."""
        return self.issued or self.effective


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A fact of a case, its type, and who controls it. ``action`` is the action of a fact that
    says that it is done; no such fact is declared (see ``policy_dsl.deeds``)."""

    name: str
    kind: FactKind
    type: Type
    optional: bool = False
    by: str | None = None
    per: str | None = None
    phrase: str | None = None
    negative: str | None = None
    subject: str
    action: str | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class DefinitionCase:
    """A body of a definition and the readings under which it is the one that counts."""

    body: Expr
    under: Expr | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A named expression. INVARIANT: under every reading exactly one of its cases counts."""

    name: str
    parameters: tuple[tuple[str, Type], ...]
    type: Type
    cases: tuple[DefinitionCase, ...]
    phrase: str | None = None
    negative: str | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Assumption:
    """What every case satisfies."""

    condition: Expr
    because: str | None = None
    under: Expr | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something that can be done in a case."""

    name: str
    phrase: str
    by: str | None = None
    uses: tuple[Use, ...] = ()
    place: Place


@dataclass(frozen=True, kw_only=True)
class Decision:
    """How many of some actions are done, between ``low`` and ``high``, where it is in scope."""

    name: str
    actions: tuple[str, ...]
    low: int
    high: int
    when: Expr
    under: Expr | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Incapacity:
    """An action is not in anybody's power when the condition holds (``cannot``)."""

    action: str
    when: Expr
    because: str | None = None
    under: Expr | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """Some clause is expected to speak about one of the actions when the condition holds."""

    actions: tuple[str, ...]
    when: Expr
    place: Place


@dataclass(frozen=True, kw_only=True)
class Output:
    """A result that clauses set, and the scope in which it should have a value."""

    name: str
    type: Type
    phrase: str | None = None
    when: Expr
    place: Place


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One way to read an ambiguity."""

    name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Ambiguity:
    """A point at which the wording can be read in more than one way."""

    name: str
    question: str
    readings: tuple[Reading, ...]
    settled: str | None = None
    because: str | None = None
    quote: str | None = None
    place: Place | None

    def text_of(self, reading: str) -> str:
        """What a reading says."""
        return next(each.text for each in self.readings if each.name == reading)


@dataclass(frozen=True, kw_only=True)
class Note:
    """Text of the source without force: its words, and what it says in other words."""

    name: str
    kind: str
    title: str
    document: str
    quotes: tuple[str, ...]
    paraphrases: tuple[str, ...] = ()
    place: Place


ExpectForm: TypeAlias = Literal["never", "always", "sometimes", "reachable", "unreachable"]


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What the author believes. For the reach forms ``condition`` is ``ClauseApplies`` and the
    question is whether that clause is ever in force."""

    form: ExpectForm
    condition: Expr
    premise: Expr | None = None
    because: str | None = None
    text: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Everything a spec says, over all files it uses, in the order in which it was written.

    ``periods`` are those asked about, none where one stretch of time is. ``as_of`` is the one day
    that is asked about, if one is.
    ``rules`` settle clashes in their order; what follows from them stands in ``priorities``, behind
    the declared ones.
    """

    name: str
    title: str
    documents: Mapping[str, Document]
    authorities: tuple[str, ...]
    subject: str
    facts: Mapping[str, Fact]
    definitions: Mapping[str, Definition]
    assumptions: tuple[Assumption, ...]
    actions: Mapping[str, Action]
    resources: Mapping[str, Resource]
    decisions: Mapping[str, Decision]
    incapacities: tuple[Incapacity, ...]
    settlements: tuple[Settlement, ...]
    outputs: Mapping[str, Output]
    clauses: Mapping[str, Clause]
    groups: Mapping[str, Group]
    priorities: tuple[Priority, ...]
    processes: Mapping[str, Process] = field(default_factory=dict)
    ambiguities: Mapping[str, Ambiguity]
    notes: Mapping[str, Note]
    expectations: tuple[Expectation, ...]
    events: Mapping[str, Event] = field(default_factory=dict)
    periods: tuple[Period, ...] = ()
    as_of: date | None = None
    rules: tuple[ConflictRule, ...] = ()
