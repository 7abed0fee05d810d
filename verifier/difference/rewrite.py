"""A model with other names and other types, and what a declaration says whatever its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import TypeVar, cast

from policy_dsl import model
from policy_dsl.deeds import deed, is_deed
from policy_dsl.model import Expr, Policy
from policy_dsl.source import Place, Source
from policy_dsl.types import (
    Date,
    DecimalNumber,
    Duration,
    Enumeration,
    Integer,
    Money,
    SetOf,
    Type,
    YesNo,
)

T = TypeVar("T")

_HOLDS: Mapping[tuple[type, str], str] = {
    (model.FactValue, "fact"): "fact",
    (model.Established, "fact"): "fact",
    (model.Change, "fact"): "fact",
    (model.Fact, "name"): "fact",
    (model.Fact, "action"): "action",
    (model.DefinitionValue, "definition"): "definition",
    (model.Definition, "name"): "definition",
    (model.ClauseApplies, "clause"): "applies",
    (model.ClauseInScope, "clause"): "applies",
    (model.ClauseBroken, "clause"): "clause",
    (model.Clause, "name"): "clause",
    (model.Clause, "document"): "document",
    (model.Clause, "group"): "group",
    (model.Group, "name"): "group",
    (model.Group, "clauses"): "clause",
    (model.Priority, "winner"): "clause",
    (model.Priority, "loser"): "clause",
    (model.Priority, "declared_by"): "clause",
    (model.NormEffect, "action"): "action",
    (model.TimedBan, "action"): "action",
    (model.NormIs, "action"): "action",
    (model.Incapacity, "action"): "action",
    (model.Settlement, "actions"): "action",
    (model.Decision, "actions"): "action",
    (model.Decision, "name"): "decision",
    (model.Action, "name"): "action",
    (model.Step, "action"): "action",
    (model.SetEffect, "output"): "output",
    (model.OutputValue, "output"): "output",
    (model.Output, "name"): "output",
    (model.RankEffect, "resource"): "resource",
    (model.Use, "resource"): "resource",
    (model.Resource, "name"): "resource",
    (model.ReadingIs, "ambiguity"): "ambiguity",
    (model.Ambiguity, "name"): "ambiguity",
    (model.Document, "name"): "document",
    (model.Supersession, "document"): "document",
    (model.Supersession, "kept"): "clause",
    (model.Note, "document"): "document",
    (model.Note, "name"): "note",
    (model.Event, "name"): "event",
    (model.Timing, "event"): "event",
    (model.Process, "name"): "process",
}
"""Which fields hold names, and of what."""

_ELSE = {"event": "action", "applies": "clause"}
"""The event of a limit of time may be an action; a clause that a condition says to apply has the
name of the clause, unless another is given for conditions."""

_TYPES = (YesNo, Enumeration, SetOf, Integer, DecimalNumber, Money, Date, Duration)


@dataclass(frozen=True, kw_only=True)
class Names:
    """New names for old ones, by kind, and new types. A name or type that is not there stays.

    ``facts`` gives, by their new names, the types of facts and whether they are optional.
    """

    maps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    types: Mapping[Type, Type] = field(default_factory=dict)
    facts: Mapping[str, tuple[Type, bool]] = field(default_factory=dict)
    reading: Callable[[model.ReadingIs], Expr] | None = None
    """What stands in the place of a reading, where that is not just its name."""

    def of(self, kind: str, name: str) -> str:
        """What a name of a kind becomes."""
        if kind == "fact" and is_deed(name):
            return deed(self.of("action", name.removesuffix(deed(""))))
        found = self.maps.get(kind, {}).get(name)
        if found is None and kind in _ELSE:
            found = self.maps.get(_ELSE[kind], {}).get(name)
        return name if found is None else found

    def apply(self, part: T) -> T:
        """A part of a model, or all of it, with the new names and types."""
        return cast(T, self._apply(part))

    def type(self, type_: Type) -> Type:
        """What a type becomes."""
        if isinstance(type_, SetOf):
            return SetOf(cast(Enumeration, self.types.get(type_.element, type_.element)))
        return self.types.get(type_, type_)

    def _apply(self, part: object) -> object:
        if isinstance(part, _TYPES):
            return self.type(part)
        if isinstance(part, tuple):
            return tuple([self._apply(each) for each in part])
        if isinstance(part, Mapping):
            return {
                (str(new.name) if hasattr(new, "name") else key): new
                for key, new in ((key, self._apply(value)) for key, value in part.items())
            }
        if not is_dataclass(part) or isinstance(part, Place | Source | type):
            return part
        if isinstance(part, model.ReadingIs) and self.reading is not None:
            return self.reading(part)
        changed: dict[str, object] = {}
        for each in fields(part):
            value = getattr(part, each.name)
            kind = _HOLDS.get((type(part), each.name))
            new: object
            if kind is None or value is None:
                new = self._apply(value)
            elif isinstance(value, tuple):
                new = tuple(self.of(kind, name) for name in value)
            else:
                new = self.of(kind, value)
            if isinstance(value, Mapping) or new != value or type(new) is not type(value):
                changed[each.name] = new
        made: object = replace(part, **changed) if changed else part
        if isinstance(made, model.FactValue | model.Fact):
            known = self.facts.get(made.fact if isinstance(made, model.FactValue) else made.name)
            if known is not None and (made.type, made.optional) != known:
                made = replace(made, type=known[0], optional=known[1])
        return made


# --- what is said, whatever the words -----------------------------------------------------

_WORDS = frozenset(
    (
        *("place", "title", "phrase", "phrases", "negative", "quote", "quotes", "paraphrases"),
        *("because", "text", "question", "raw", "text_source", "raw_source", "subject"),
    )
)
"""Fields that say nothing to the solver."""


def bare(part: object) -> Hashable:
    """What a part of a model says to the solver: two parts that differ only in words, places and
    in an order that does not count are equal in this."""
    match part:
        case model.AllOf() | model.AnyOf():
            limbs = frozenset(map(bare, part.operands))
            return next(iter(limbs)) if len(limbs) == 1 else (type(part).__name__, limbs)
        case model.Counted():
            limbs = frozenset(Counter(map(bare, part.operands)).items())
            return ("Counted", part.bound, part.count, limbs)
        case model.Requirement() | model.Exception_():
            return bare(part.condition)
        case model.Clause():
            return (
                part.name,
                part.document,
                frozenset(map(bare, part.effects)),
                applicability(part),
                part.group,
                part.first_day,
                part.last_day,
            )
        case model.Ambiguity():
            return (part.name, frozenset(each.name for each in part.readings), part.settled)
        case model.Settlement():
            return ("Settlement", frozenset(part.actions), bare(part.when))
        case model.Decision():
            when = (bare(part.when), bare(part.under))
            return (part.name, frozenset(part.actions), part.low, part.high, when)
        case tuple():
            return tuple(map(bare, part))
        case Mapping():
            return tuple((key, bare(value)) for key, value in part.items())
        case Place() | Source():
            return None
        case _ if is_dataclass(part):
            kept = [each.name for each in fields(part) if each.name not in _WORDS]
            return (type(part).__name__, *(bare(getattr(part, name)) for name in kept))
        case _:
            return part


def applicability(clause: model.Clause) -> Hashable:
    """What decides whether a clause is applicable, in the form of ``bare``."""
    return (
        bare(model.AllOf(operands=tuple(each.condition for each in clause.requirements))),
        bare(model.AnyOf(operands=tuple(each.condition for each in clause.exceptions))),
        bare(clause.under),
    )


_PLACES = frozenset(("place", "text_source", "raw_source"))


def worded(part: object) -> Hashable:
    """A part of a model with its words, whatever its place: two parts that are equal in this are
    written alike but for spaces and comments."""
    match part:
        case tuple():
            return tuple(map(worded, part))
        case Mapping():
            return tuple((key, worded(value)) for key, value in part.items())
        case _ if is_dataclass(part):
            kept = [each.name for each in fields(part) if each.name not in _PLACES]
            return (type(part).__name__, *(worded(getattr(part, name)) for name in kept))
        case _:
            return part


DECLARED: Mapping[str, str] = {
    "document": "documents",
    "fact": "facts",
    "ambiguity": "ambiguities",
    "action": "actions",
    "resource": "resources",
    "event": "events",
    "definition": "definitions",
    "output": "outputs",
    "decision": "decisions",
    "clause": "clauses",
    "group": "groups",
    "process": "processes",
    "note": "notes",
}
"""The kinds of what has a name, and where a policy holds it; in the order in which names are
matched."""


def declared(policy: Policy, kind: str) -> Mapping[str, object]:
    """What a policy declares of a kind, by name; what is built in or follows is left out."""
    found = cast(Mapping[str, object], getattr(policy, DECLARED[kind]))
    if kind == "fact":
        return {name: each for name, each in found.items() if not is_deed(name)}
    if kind == "ambiguity":
        return {
            name: each
            for name, each in found.items()
            if isinstance(each, model.Ambiguity) and each.place is not None
        }
    return found
