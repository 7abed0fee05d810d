"""Clauses of the resolved model: what they say, when they apply, what prevails over what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from policy_dsl.model.expressions import Expr
from policy_dsl.model.times import Timing
from policy_dsl.source import Place

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
class NormEffect:
    """A clause's word about one action.

    ``timing`` says when a duty has to be kept, or when a permission can be made use of.
    """

    modality: Modality
    action: str
    timing: tuple[Timing, ...] = ()

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


@dataclass(frozen=True, kw_only=True)
class RankEffect:
    """A clause ranks persons for a resource.

    Without a ``term``: a person for whom the clause is in force comes before one to whom it is
    not applicable, where ``over`` is given only before one of whom that holds too. With a
    ``term``: of two persons for whom the clause is in force, the one whose term is higher comes
    first, or the one whose term is lower unless ``highest``; where both terms are established.
    """

    modality: Strength
    resource: str
    over: Expr | None = None
    term: Expr | None = None
    highest: bool = True

    @property
    def expressions(self) -> tuple[Expr, ...]:
        """Its condition or term."""
        return tuple(each for each in (self.over, self.term) if each is not None)


@dataclass(frozen=True, kw_only=True)
class TimedBan:
    """An action must not (or should not) be done at some times, and may be at others.

    ``limit`` says at which. It forbids nothing by itself in a case, which knows no time of day:
    whether it can be kept is a question of schedules.
    """

    modality: Literal["must not", "should not"]
    action: str
    limit: Timing

    @property
    def strength(self) -> Strength:
        """Its strength by its word."""
        return strength(self.modality)


Effect: TypeAlias = NormEffect | TimedBan | SetEffect | RankEffect

RequirementKind: TypeAlias = Literal["when", "provided", "condition precedent", "proviso", "scope"]
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

    ``quotes`` are words of the source; ``paraphrases`` say what it says in other words.
    ``group`` names the ordered list it belongs to, ``rank`` its place there, from 0. ``first_day``
    and ``last_day`` are as its own words say; ``under`` takes account of all that ends its force.
    """

    name: str
    title: str
    document: str
    quotes: tuple[str, ...]
    paraphrases: tuple[str, ...] = ()
    effects: tuple[Effect, ...]
    requirements: tuple[Requirement, ...]
    exceptions: tuple[Exception_, ...]
    under: Expr | None = None
    group: str | None = None
    rank: int = 0
    first_day: date | None = None
    last_day: date | None = None
    place: Place

    @property
    def conditions(self) -> tuple[Expr, ...]:
        """The conditions of its requirements, then those of its exceptions."""
        return (
            *(each.condition for each in self.requirements),
            *(each.condition for each in self.exceptions),
        )


RuleKind: TypeAlias = Literal["authority", "specificity", "date"]
PriorityKind: TypeAlias = Literal["overrides", "despite", "precedence", "savings"] | RuleKind


@dataclass(frozen=True, kw_only=True)
class Priority:
    """``winner`` has priority over ``loser``, as declared at ``place`` by clause ``declared_by``.

    A winner by ``savings`` defeats when it is applicable; every other one when it is in force.
    The declaration counts only where ``declared_by`` is applicable. A priority that follows from a
    rule of the whole policy has the rule as its ``kind``, the winner as ``declared_by``, and the
    place of the rule.
    """

    winner: str
    loser: str
    kind: PriorityKind
    declared_by: str
    place: Place

    @property
    def rule(self) -> RuleKind | None:
        """The rule of the whole policy from which it follows, None where it is declared itself."""
        match self.kind:
            case "authority" | "specificity" | "date":
                return self.kind
            case _:
                return None


@dataclass(frozen=True, kw_only=True)
class ConflictRule:
    """A rule by which the policy settles clashes that no declared priority settles: the clause of
    the higher authority, the more special one, or that of the later document prevails."""

    kind: RuleKind
    place: Place


@dataclass(frozen=True, kw_only=True)
class Group:
    """An ordered list: the first applicable clause wins, later ones are not in force."""

    name: str
    title: str
    clauses: tuple[str, ...]
    place: Place
