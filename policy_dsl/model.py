"""The resolved model of a policy: every name looked up, every expression typed.

The model is what the evaluator, the checks and the reports read. It knows nothing of the
syntax it came from except places, and nothing of solvers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from typing import Literal, TypeAlias

from policy_dsl.source import Place
from policy_dsl.types import Type, Value, YesNo

# --- expressions -------------------------------------------------------------------------


@cache
def _names(kind: type[Expr]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if each.name != "place")


@dataclass(frozen=True, kw_only=True)
class Expr:
    """What every expression has: where it was written. A place never counts in equality."""

    place: Place | None = field(default=None, compare=False, repr=False)

    def children(self) -> Iterator[Expr]:
        """The expressions directly below this one."""
        for name in _names(type(self)):
            value = getattr(self, name)
            if isinstance(value, Expr):
                yield value
            elif isinstance(value, tuple):
                yield from (item for item in value if isinstance(item, Expr))


@dataclass(frozen=True, kw_only=True)
class Literal_(Expr):
    """A value of a type."""

    value: Value
    type: Type


@dataclass(frozen=True, kw_only=True)
class FactValue(Expr):
    """The value of a fact in the case. A yes/no fact by itself is a condition."""

    fact: str
    type: Type
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class ParameterValue(Expr):
    """The value of a parameter inside a definition's body."""

    parameter: str
    type: Type


@dataclass(frozen=True, kw_only=True)
class DefinitionValue(Expr):
    """A definition, with arguments for its parameters."""

    definition: str
    arguments: tuple[Expr, ...] = ()
    type: Type


@dataclass(frozen=True, kw_only=True)
class OutputValue(Expr):
    """The value a policy gives to an output; stands only in expectations."""

    output: str
    type: Type


@dataclass(frozen=True, kw_only=True)
class ClauseApplies(Expr):
    """The named clause is applicable."""

    clause: str


@dataclass(frozen=True, kw_only=True)
class ClauseInScope(Expr):
    """What the named clause requires holds, whatever its exceptions (``subject to ... as scope``)."""

    clause: str


@dataclass(frozen=True, kw_only=True)
class Negation(Expr):
    """Not the operand."""

    operand: Expr


@dataclass(frozen=True, kw_only=True)
class AllOf(Expr):
    """Every operand; with none, it holds."""

    operands: tuple[Expr, ...]


@dataclass(frozen=True, kw_only=True)
class AnyOf(Expr):
    """At least one operand; with none, it fails."""

    operands: tuple[Expr, ...]


@dataclass(frozen=True, kw_only=True)
class Implication(Expr):
    """The premise fails or the conclusion holds."""

    premise: Expr
    conclusion: Expr


@dataclass(frozen=True, kw_only=True)
class Counted(Expr):
    """At least, at most or exactly ``count`` of the operands hold."""

    bound: Literal["at least", "at most", "exactly"]
    count: int
    operands: tuple[Expr, ...]


CompareSign: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, kw_only=True)
class Compare(Expr):
    """Compares two values of one type.

    INVARIANT: it does not hold when a part of it is an optional fact that is not established,
    whatever the sign.
    """

    sign: CompareSign
    left: Expr
    right: Expr


@dataclass(frozen=True, kw_only=True)
class Member(Expr):
    """A set includes all (or any) of the named values. Like every comparison, it does not hold
    of a set that is not established."""

    operand: Expr
    values: tuple[str, ...]
    quantity: Literal["any", "all", "none"]


@dataclass(frozen=True, kw_only=True)
class IsEmpty(Expr):
    """An established set has no members."""

    operand: Expr


@dataclass(frozen=True, kw_only=True)
class Established(Expr):
    """An optional fact is established."""

    fact: str


@dataclass(frozen=True, kw_only=True)
class Sum(Expr):
    """``left + right`` or ``left - right``, whole numbers."""

    sign: Literal["+", "-"]
    left: Expr
    right: Expr


@dataclass(frozen=True, kw_only=True)
class Product(Expr):
    """A whole number times an expression; always linear."""

    factor: int
    operand: Expr


@dataclass(frozen=True, kw_only=True)
class SizeOfSet(Expr):
    """How many members a set has."""

    operand: Expr


@dataclass(frozen=True, kw_only=True)
class ReadingIs(Expr):
    """The ambiguity is read this way."""

    ambiguity: str
    reading: str


NormState: TypeAlias = Literal[
    "must", "must not", "may", "need not", "should", "should not", "silent on"
]


@dataclass(frozen=True, kw_only=True)
class NormIs(Expr):
    """The policy says this of the action in the case; stands only in expectations.

    ``must`` is met by duties of must strength, ``should`` by duties of either strength.
    """

    state: NormState
    action: str


# --- declarations ------------------------------------------------------------------------

FactKind: TypeAlias = Literal["fact", "judgment", "grant", "choice", "outside"]
Modality: TypeAlias = Literal["must", "must not", "may", "need not", "should", "should not"]
Force: TypeAlias = Literal["oblige", "forbid", "permit", "release"]
Strength: TypeAlias = Literal["must", "should"]

FORCE: Mapping[Modality, Force] = {
    "must": "oblige",
    "should": "oblige",
    "must not": "forbid",
    "should not": "forbid",
    "may": "permit",
    "need not": "release",
}
"""What each modal word does to its action."""

FORCES: tuple[Force, ...] = ("oblige", "forbid", "permit", "release")
"""All that a clause can do to an action."""

SHOULD = "should"
"""The built-in ambiguity: is "should" binding or advisory?"""

SHOULD_READINGS = ("binding", "advisory")


def strength(modality: Modality) -> Strength:
    """The strength of a norm by its word, before the reading of "should" is considered."""
    return "should" if modality.startswith("should") else "must"


@dataclass(frozen=True, kw_only=True)
class Document:
    """One policy text: who speaks, when, and where its words are kept.

    ``text`` and ``raw`` are paths relative to the spec file.
    """

    name: str
    title: str
    authority: str | None = None
    issued: date | None = None
    effective: date | None = None
    until: date | None = None
    text: str | None = None
    raw: str | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A fact of a case, its type, and who controls it."""

    name: str
    kind: FactKind
    type: Type
    optional: bool = False
    by: str | None = None
    per: str | None = None
    phrase: str | None = None
    negative: str | None = None
    subject: str
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
class NormEffect:
    """A clause's word about one action."""

    modality: Modality
    action: str

    @property
    def force(self) -> Force:
        """What it does to the action."""
        return FORCE[self.modality]

    @property
    def strength(self) -> Strength:
        """Its strength by its word."""
        return strength(self.modality)

    @property
    def is_duty(self) -> bool:
        """Whether it binds (``must``, ``should`` and their negations), or only allows."""
        return self.force in ("oblige", "forbid")

    @property
    def wants_done(self) -> bool:
        """Whether following it, or making use of it, means doing the action."""
        return self.force in ("oblige", "permit")


@dataclass(frozen=True, kw_only=True)
class SetEffect:
    """A clause sets an output to a value."""

    output: str
    value: Expr


Effect: TypeAlias = NormEffect | SetEffect

RequirementKind: TypeAlias = Literal[
    "when", "provided", "condition precedent", "proviso", "scope"
]
ExceptionKind: TypeAlias = Literal["unless", "carve-out"]


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One condition that a clause needs, and the word by which it was added."""

    kind: RequirementKind
    condition: Expr


@dataclass(frozen=True, kw_only=True)
class Exception_:
    """One condition that takes cases out of a clause."""

    kind: ExceptionKind
    condition: Expr


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A clause. It is applicable when all requirements hold, no exception does, and the text
    is read in one of the ways of ``under``.

    ``group`` names the ordered list it belongs to, ``rank`` its place there, from 0.
    """

    name: str
    title: str
    document: str
    quotes: tuple[str, ...]
    effects: tuple[Effect, ...]
    requirements: tuple[Requirement, ...]
    exceptions: tuple[Exception_, ...]
    under: Expr | None = None
    group: str | None = None
    rank: int = 0
    place: Place

    @property
    def conditions(self) -> tuple[Expr, ...]:
        """The conditions of its requirements, then those of its exceptions."""
        return (
            *(each.condition for each in self.requirements),
            *(each.condition for each in self.exceptions),
        )


PriorityKind: TypeAlias = Literal["overrides", "despite", "precedence", "savings"]


@dataclass(frozen=True, kw_only=True)
class Priority:
    """``winner`` has priority over ``loser``, as declared at ``place`` by clause ``declared_by``.

    A winner by ``savings`` defeats when it is applicable; every other one when it is in force.
    The declaration counts only where ``declared_by`` is applicable.
    """

    winner: str
    loser: str
    kind: PriorityKind
    declared_by: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Group:
    """An ordered list: the first applicable clause wins, later ones are not in force."""

    name: str
    title: str
    clauses: tuple[str, ...]
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
    """Text of the source without force."""

    name: str
    kind: str
    title: str
    document: str
    quotes: tuple[str, ...]
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
    """Everything a spec says, over all files it uses, in the order in which it was written."""

    name: str
    title: str
    documents: Mapping[str, Document]
    authorities: tuple[str, ...]
    subject: str
    facts: Mapping[str, Fact]
    definitions: Mapping[str, Definition]
    assumptions: tuple[Assumption, ...]
    actions: Mapping[str, Action]
    decisions: Mapping[str, Decision]
    incapacities: tuple[Incapacity, ...]
    settlements: tuple[Settlement, ...]
    outputs: Mapping[str, Output]
    clauses: Mapping[str, Clause]
    groups: Mapping[str, Group]
    priorities: tuple[Priority, ...]
    ambiguities: Mapping[str, Ambiguity]
    notes: Mapping[str, Note]
    expectations: tuple[Expectation, ...]


TRUE = AllOf(operands=())
"""The condition that always holds."""

YES_NO = YesNo()


def is_condition(expr: Expr) -> bool:
    """Whether an expression is true or false in a case."""
    match expr:
        case Literal_() | FactValue() | ParameterValue() | DefinitionValue() | OutputValue():
            return isinstance(expr.type, YesNo)
        case Sum() | Product() | SizeOfSet():
            return False
        case _:
            return True


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression and everything below it, parents first."""
    yield expr
    for child in expr.children():
        yield from walk(child)
