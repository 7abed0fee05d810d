"""What is said about a change, in words, for every format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from policy_dsl.model import PERIOD
from policy_dsl.norms import NormativeState
from policy_dsl.terms import value_words
from policy_dsl.types import Type
from policy_dsl.wording import joined
from verifier.difference.allowed import NAMED_ONLY, WAIVER, Ruling
from verifier.difference.model import Change, ChangeKind, Difference, Direction, Edit, Said
from verifier.difference.results import (
    Touched,
)
from verifier.readings import ReadingSet, describe, say_chosen
from verifier.render.word_changes import Mark

DIRECTION: dict[Direction, str] = {
    "stricter": "stricter",
    "looser": "looser",
    "both": "stricter in one way and looser in another",
    "neither": "neither stricter nor looser",
}


def with_mark(mark: Mark, said: str) -> str:
    """Words of an edit, with signs around what is gone and what is new; blanks at their ends
    stay outside."""
    bare = said.strip()
    if mark == "same" or not bare:
        return said
    lead, _, tail = said.partition(bare)
    return f"{lead}[-{bare}-]{tail}" if mark == "gone" else f"{lead}{{+{bare}+}}{tail}"


def ruled(ruling: Ruling) -> str:
    """What the rules say of one thing."""
    if not ruling.passes:
        return "not allowed"
    by = [each if each == WAIVER else f"'{each}'" for each in ruling.by]
    return f"allowed by {joined(by, 'and')}" if by else "allowed"


@dataclass(frozen=True)
class Alike:
    """Changes of one subject that are called the same and have the same causes: ``changes`` are
    those with the fewest conditions first. What the rules say of one holds of all."""

    changes: tuple[Change, ...]
    ruling: Ruling

    @property
    def first(self) -> Change:
        """The one with the fewest conditions."""
        return self.changes[0]


def alike(entry: Touched) -> list[Alike]:
    """The changes, those together that are alike: first what may not pass, and there what is newly
    contradictory or a new gap."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    rulings = entry.rulings.changes
    for each, ruling in zip(entry.difference.changes, rulings, strict=True):
        told = (each.subject_kind, each.subject, each.phrase, each.kinds, each.direction)
        groups.setdefault((ruling, *told, each.edits), []).append(each)
    found = [
        Alike(tuple(sorted(changes, key=_size)), cast(Ruling, key[0]))
        for key, changes in groups.items()
    ]
    return sorted(found, key=lambda each: (each.ruling.passes, not _grave(each.first)))


def _size(change: Change) -> tuple[int, int]:
    return len(change.statements) + len(
        change.readings.cubes[0] if change.readings.cubes else ()
    ), 0


def _grave(change: Change) -> bool:
    return not NAMED_ONLY.isdisjoint(change.kinds)


def cases_counted(count: int) -> str:
    """``1 group of cases``."""
    return "1 group of cases" if count == 1 else f"{count} groups of cases"


def change_title(change: Change) -> str:
    """What changed of what. It begins with a small letter."""
    return f"{change.phrase}: {joined(change.kinds, 'and')}"


def said_by(difference: Difference, change: Change, old: bool) -> str:
    """What a version says in the cases of a change, and by which clauses."""
    said = change.before if old else change.after
    by = f", by {joined(said.clauses, 'and')}" if said.clauses else ""
    return f"{_outcome(difference, change, said, old)}{by}"


def _outcome(difference: Difference, change: Change, said: Said, old: bool) -> str:
    if said.state is not None:
        return state_words(said.state)
    if said.values is None:
        for kind, words in _FOLLOWED.items():
            if kind in change.kinds:
                return words[not old]
        return "spoken of" if said.clauses else "no clause in force speaks of it"
    if not said.values:
        return "no value"
    type_ = output_type(difference, change, old)
    return joined([value_words(type_, each) for each in said.values], "and")


_FOLLOWED: Mapping[ChangeKind, tuple[str, str]] = {
    "newly contradictory": ("can be followed", "cannot be followed"),
    "newly consistent": ("cannot be followed", "can be followed"),
}
"""What is said, before and now, of actions between which is to be decided."""


def output_type(difference: Difference, change: Change, old: bool) -> Type:
    """The type of the output that a change is about, in one of the versions."""
    names = difference.match.same.get("output", {})
    back = {after: before for before, after in names.items()}
    policies = (difference.old, difference.new) if old else (difference.new, difference.old)
    wanted = (back.get(change.subject, change.subject), change.subject)
    return next(
        each.outputs[name].type for each in policies for name in wanted if name in each.outputs
    )


def state_words(state: NormativeState) -> str:
    """A normative state by the words of the language."""
    found: list[str] = []
    if state.obliged:
        found.append(state.obliged)
    if state.forbidden:
        found.append(f"{state.forbidden} not")
    if state.permitted:
        found.append("may")
    if state.released:
        found.append("need not")
    return joined(found, "and") or "no clause in force speaks of it"


def reading_words(difference: Difference, readings: ReadingSet) -> str:
    """Under which readings a change stands; empty where it is every one."""
    if readings.always:
        return ""
    for policy in (difference.new, difference.old):
        if all(name in policy.ambiguities for name in readings.ambiguities if name != PERIOD):
            return describe(policy, readings)
    told = (
        joined([say_chosen(difference.new, name, values) for name, values in cube], "and")
        for cube in readings.cubes
    )
    return f"only if {'; or if '.join(told)}"


def edit_title(edit: Edit) -> str:
    """What was edited, and how."""
    if edit.before is None:
        return f"{edit.kind} {edit.name}: new"
    if edit.after is None:
        return f"{edit.kind} {edit.name}: gone"
    if edit.old_name is not None and edit.old_name != edit.name:
        return f"{edit.kind} {edit.name}: was called {edit.old_name}"
    return f"{edit.kind} {edit.name}: {'other words only' if edit.wording_only else 'changed'}"


def causes(difference: Difference, change: Change) -> str:
    """Which edits bring a change about; empty where that is not known."""
    return joined([_cause(difference.edits[each], each + 1) for each in change.edits], "and")


def _cause(edit: Edit, number: int) -> str:
    how = "new" if edit.before is None else "gone" if edit.after is None else "changed"
    return f"{edit.kind} {edit.name} ({how}, edit {number})"
