"""Nodes of declarations: everything that starts with a word of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from policy_dsl.syntax.expressions import DateValue, Expression, Modality, Name, Node, Text
from policy_dsl.syntax.processes import Process, State, Step
from policy_dsl.syntax.times import EventDeclaration, InForce, Supersedes, Timing
from policy_dsl.syntax.types import EnumValue, TypeExpression

HeaderKeyword: TypeAlias = Literal[
    "authority", "issued", "effective", "until", "text", "raw", "missing_day"
]


@dataclass(frozen=True, kw_only=True)
class HeaderPart(Node):
    """One line of the ``policy`` header; ``missing_day`` is ``before`` or ``after``."""

    keyword: HeaderKeyword
    value: Name | Text | DateValue


@dataclass(frozen=True, kw_only=True)
class PolicyHeader(Node):
    """``policy NAME "title"`` and what follows about the document; or ``vocabulary NAME "title"``,
    the header of a file of words that is no document."""

    keyword: Literal["policy", "vocabulary"] = "policy"
    name: Name
    title: Text | None = None
    parts: tuple[HeaderPart | Supersedes, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Use(Node):
    """``use "other.policy"``."""

    path: Text


@dataclass(frozen=True, kw_only=True)
class Authorities(Node):
    """``authorities statute > agency_memo``: from highest to lowest."""

    names: tuple[Name, ...]


RuleWord: TypeAlias = Literal["authority", "specificity", "date"]


@dataclass(frozen=True, kw_only=True)
class Rule(Node):
    """One rule of ``resolve by``: the higher, the more special or the later clause prevails."""

    word: RuleWord


@dataclass(frozen=True, kw_only=True)
class ResolveBy(Node):
    """``resolve by authority, then specificity, then date``: in this order."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class TypeDeclaration(Node):
    """``type NAME is one of a, b, c``, or ``one of a < b < c``."""

    name: Name
    values: tuple[EnumValue, ...]
    ordered: bool = False


@dataclass(frozen=True, kw_only=True)
class Subject(Node):
    """``subject person``: the noun for what a case is about."""

    name: Name


FactKind: TypeAlias = Literal["fact", "judgment", "grant", "choice", "outside"]


@dataclass(frozen=True, kw_only=True)
class FactDeclaration(Node):
    """A fact of a case and who controls it.

    ``by`` is the role behind a judgment, grant or choice; ``per`` the authority behind an
    outside fact. ``phrase`` is how it is said of the subject, ``negative`` how it is denied.
    """

    kind: FactKind
    name: Name
    type: TypeExpression
    optional: bool = False
    by: Name | None = None
    per: Text | None = None
    phrase: Text | None = None
    negative: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Parameter(Node):
    """A parameter of a definition."""

    name: Name
    type: TypeExpression


@dataclass(frozen=True, kw_only=True)
class Define(Node):
    """``define NAME(PARAMETERS) is BODY "phrase" otherwise "phrase"``."""

    name: Name
    parameters: tuple[Parameter, ...] = ()
    body: Expression
    phrase: Text | None = None
    negative: Text | None = None
    under: Expression | None = None


@dataclass(frozen=True, kw_only=True)
class Assume(Node):
    """``assume CONDITION because "..."``."""

    condition: Expression
    because: Text | None = None
    under: Expression | None = None


@dataclass(frozen=True, kw_only=True)
class Uses(Node):
    """``one RESOURCE`` or ``2 RESOURCE``: how many units of a resource an action takes."""

    count: int
    resource: Name


@dataclass(frozen=True, kw_only=True)
class ActionDeclaration(Node):
    """``action NAME "phrase" by ROLE uses one RESOURCE, ...``."""

    name: Name
    phrase: Text | None = None
    by: Name | None = None
    uses: tuple[Uses, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ResourceDeclaration(Node):
    """``resource NAME "phrase" capacity LOW .. HIGH for CONDITION`` and ``short when CONDITION``.

    ``low`` is None where no capacity is given, ``high`` where the range has no end.
    """

    name: Name
    phrase: Text | None = None
    low: int | None = None
    high: int | None = None
    scope: Expression | None = None
    short: Expression | None = None


@dataclass(frozen=True, kw_only=True)
class Decision(Node):
    """``decision NAME is exactly one of a, b when CONDITION``."""

    name: Name
    bound: Literal["exactly", "at most", "at least"]
    count: int
    actions: tuple[Name, ...]
    when: Expression | None = None
    under: Expression | None = None


@dataclass(frozen=True, kw_only=True)
class Cannot(Node):
    """``cannot ACTION when CONDITION``: what is not in anybody's power."""

    actions: tuple[Name, ...]
    when: Expression | None = None
    because: Text | None = None
    under: Expression | None = None


@dataclass(frozen=True, kw_only=True)
class Settle(Node):
    """``settle ACTION when CONDITION``: where a reader expects the policy to speak."""

    actions: tuple[Name, ...]
    when: Expression | None = None


@dataclass(frozen=True, kw_only=True)
class OutputDeclaration(Node):
    """``output NAME : TYPE "phrase" when CONDITION``: a result the policy determines."""

    name: Name
    type: TypeExpression
    phrase: Text | None = None
    when: Expression | None = None


@dataclass(frozen=True, kw_only=True)
class Quote(Node):
    """``quote "..."``: the words of the source; or ``paraphrase "..."``: what they say, in words
    of the author's own."""

    keyword: Literal["quote", "paraphrase"] = "quote"
    text: Text


@dataclass(frozen=True, kw_only=True)
class Norm(Node):
    """``must ACTION, ...`` and its kin, with the limits of time that all its actions share."""

    modality: Modality
    actions: tuple[Name, ...]
    timing: tuple[Timing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sets(Node):
    """``sets OUTPUT to VALUE``."""

    output: Name
    value: Expression


@dataclass(frozen=True, kw_only=True)
class Prioritize(Node):
    """``should prioritize RESOURCE over CONDITION``."""

    modality: Modality
    resource: Name
    over: Expression | None = None


@dataclass(frozen=True, kw_only=True)
class RankBy(Node):
    """``should rank RESOURCE by TERM highest first``, or ``lowest first``."""

    modality: Modality
    resource: Name
    term: Expression
    highest: bool


@dataclass(frozen=True, kw_only=True)
class Condition(Node):
    """``when X``, ``unless X`` or ``provided X``."""

    keyword: Literal["when", "unless", "provided"]
    condition: Expression


@dataclass(frozen=True, kw_only=True)
class Under(Node):
    """``under READINGS``: the readings of the text in which the clause holds."""

    readings: Expression


@dataclass(frozen=True, kw_only=True)
class Prevails(Node):
    """``overrides CLAUSE, ...`` or ``despite CLAUSE, ...``: this clause has priority."""

    keyword: Literal["overrides", "despite"]
    clauses: tuple[Name, ...]


SubjectToSense: TypeAlias = Literal[
    "precedence", "carve-out", "condition precedent", "proviso", "savings", "scope"
]


@dataclass(frozen=True, kw_only=True)
class SubjectTo(Node):
    """``subject to CLAUSE as SENSE``."""

    clauses: tuple[Name, ...]
    sense: SubjectToSense


ClausePart: TypeAlias = (
    Quote | Norm | Sets | Prioritize | RankBy | Condition | Under | Prevails | SubjectTo | InForce
)


@dataclass(frozen=True, kw_only=True)
class Clause(Node):
    """A clause: its parts in the order in which they were written."""

    name: Name
    title: Text | None = None
    parts: tuple[ClausePart, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OrderStart(Node):
    """``in order NAME "title"``: from here on the first applicable clause wins."""

    name: Name
    title: Text | None = None


@dataclass(frozen=True, kw_only=True)
class OrderEnd(Node):
    """``end order``."""


@dataclass(frozen=True, kw_only=True)
class Reading(Node):
    """One reading of an ambiguity."""

    name: Name
    text: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Ambiguity(Node):
    """``ambiguity NAME "question"`` with its readings; ``settled`` names the one chosen."""

    name: Name
    question: Text | None = None
    quote: Quote | None = None
    readings: tuple[Reading, ...]
    settled: Name | None = None
    because: Text | None = None


NoteKind: TypeAlias = Literal[
    "background", "reservation", "definition", "cross-reference", "heading", "comment"
]


@dataclass(frozen=True, kw_only=True)
class Note(Node):
    """``note NAME KIND "title"`` with quotes and paraphrases: text without force."""

    name: Name
    kind: NoteKind
    title: Text | None = None
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Expect(Node):
    """What the author believes: ``never``, ``always``, ``sometimes``, or a clause's reach.

    ``expect X when Y`` is ``always`` with a premise. For the two reach forms ``condition``
    is the clause's name.
    """

    form: Literal["never", "always", "sometimes", "reachable", "unreachable"]
    condition: Expression
    when: Expression | None = None
    because: Text | None = None


Declaration: TypeAlias = (
    PolicyHeader
    | Use
    | Authorities
    | ResolveBy
    | TypeDeclaration
    | Subject
    | FactDeclaration
    | Define
    | Assume
    | ActionDeclaration
    | ResourceDeclaration
    | EventDeclaration
    | Decision
    | Cannot
    | Settle
    | OutputDeclaration
    | Clause
    | OrderStart
    | OrderEnd
    | Process
    | State
    | Step
    | Ambiguity
    | Note
    | Expect
)


@dataclass(frozen=True, kw_only=True)
class Comment(Node):
    """``-- ...`` without the dashes; kept for the formatter."""

    text: str


@dataclass(frozen=True, kw_only=True)
class File(Node):
    """One parsed file. Comments are kept beside the tree and do not count in equality.

    ``broken`` are the names of declarations that could not be parsed, so that the resolver does
    not call them unknown as well.
    """

    declarations: tuple[Declaration, ...]
    comments: tuple[Comment, ...] = field(default=(), compare=False)
    broken: frozenset[str] = field(default=frozenset(), compare=False)
