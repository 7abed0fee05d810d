"""What is said about a difference, in words, for every format."""

from __future__ import annotations

from collections import Counter

from policy_dsl.model import PERIOD, Policy
from policy_dsl.norms import NormativeState
from policy_dsl.terms import value_words
from policy_dsl.wording import joined
from verifier.difference.allowed import Ruling
from verifier.difference.model import Change, Difference, Direction, Edit, Said
from verifier.difference.results import Added, Differences, Entry, Removed, Touched, Unread
from verifier.readings import ReadingSet, describe, say_chosen

DIRECTION: dict[Direction, str] = {
    "stricter": "stricter",
    "looser": "looser",
    "both": "stricter in one way and looser in another",
    "neither": "neither stricter nor looser",
}


def verdict(difference: Difference) -> str:
    """What the change does as a whole, in one or two sentences."""
    count = len(difference.changes)
    match difference.verdict:
        case "equivalent":
            return "Equivalent: no case changes. This is proved."
        case "stricter":
            return f"Stricter: {_regions(count)} changed, and nothing is looser."
        case "looser":
            return f"Looser: {_regions(count)} changed, and nothing is stricter."
        case "incomparable":
            return f"Neither stricter nor looser as a whole: {_mixed(difference)}."
        case "not settled":
            found = f" {_regions(count).capitalize()} changed for certain." if count else ""
            return f"Not settled: what the change does could not be proved.{found}"


def _regions(count: int) -> str:
    return "the outcome of 1 group of cases" if count == 1 else f"the outcome of {count} groups"


def _mixed(difference: Difference) -> str:
    number = Counter[str](each.direction for each in difference.changes)
    parts = [
        f"{number[each]} {'change is' if number[each] == 1 else 'changes are'} {word}"
        for each, word in (
            ("stricter", "stricter"),
            ("looser", "looser"),
            ("both", "stricter and looser at once"),
            ("neither", "neither"),
        )
        if number[each]
    ]
    if difference.cases:
        count = len(difference.cases)
        groups = "group of cases is" if count == 1 else "groups of cases are"
        parts.append(f"{count} {groups} allowed by one version only")
    return joined(parts, "and") or "the versions cannot be compared"


def decision(entry: Touched) -> str:
    """Whether the rules let it pass, in one sentence."""
    rulings = (*entry.rulings.changes, *entry.rulings.cases)
    failed = sum(not each.passes for each in rulings)
    bad = sum(not each.passes for each in entry.rulings.findings)
    said = []
    if failed:
        said.append(f"{failed} of {_number(len(rulings), 'change')} in outcome")
    if bad:
        said.append(_number(bad, "new finding"))
    if said:
        return f"Not allowed by any rule: {joined(said, 'and')}."
    if entry.rulings.findings or rulings:
        return "Allowed: all of it may pass."
    return "Allowed: nothing stands in the way."


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def ruled(ruling: Ruling) -> str:
    """What the rules say of one thing."""
    if not ruling.passes:
        return "not allowed"
    return f"allowed by {joined(ruling.by, 'and')}" if ruling.by else "allowed"


def alike(entry: Touched) -> list[list[int]]:
    """The positions of the changes, those together that differ in their cases only."""
    groups: dict[tuple[object, ...], list[int]] = {}
    rulings = entry.rulings.changes
    for at, (each, ruling) in enumerate(zip(entry.difference.changes, rulings, strict=True)):
        told = (each.subject_kind, each.subject, each.phrase, each.kinds, each.direction)
        key = (*told, each.before, each.after, each.edits, ruling)
        groups.setdefault(key, []).append(at)
    return list(groups.values())


def change_title(change: Change) -> str:
    """What changed of what. It begins with a small letter."""
    return f"{change.phrase}: {joined(change.kinds, 'and')}"


def said_by(difference: Difference, change: Change, old: bool) -> str:
    """What a version says in the cases of a change, and by which clauses."""
    said = change.before if old else change.after
    policy = difference.old if old else difference.new
    by = f", by {joined(said.clauses, 'and')}" if said.clauses else ""
    return f"{_outcome(policy, change, said, old, difference)}{by}"


def _outcome(policy: Policy, change: Change, said: Said, old: bool, difference: Difference) -> str:
    if said.state is not None:
        return state_words(said.state)
    if said.values is None:
        return "spoken of" if said.clauses else "no clause in force speaks of it"
    if not said.values:
        return "no value"
    names = difference.match.same.get("output", {})
    back = {after: before for before, after in names.items()}
    name = back.get(change.subject, change.subject) if old else change.subject
    output = policy.outputs.get(name) or difference.new.outputs[change.subject]
    return joined([value_words(output.type, each) for each in said.values], "and")


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
    return joined([cause(difference.edits[each], each + 1) for each in change.edits], "and")


def cause(edit: Edit, number: int) -> str:
    """An edit as it is pointed to."""
    how = "new" if edit.before is None else "gone" if edit.after is None else "changed"
    return f"{edit.kind} {edit.name} ({how}, edit {number})"


def heading(entry: Entry) -> str:
    """The title of the policy of an entry."""
    match entry:
        case Touched():
            policy = entry.difference.new
            return policy.title or policy.name
        case Added() | Removed():
            return entry.policy.title or entry.policy.name
        case Unread():
            return entry.path


def overview(found: Differences) -> str:
    """How many policies were changed, are new or gone, or are the same; in one sentence."""
    count = Counter(type(each) for each in found.entries)
    parts = [
        f"{count[kind]} {word}"
        for kind, word in (
            (Touched, "changed"),
            (Added, "new"),
            (Removed, "gone"),
            (Unread, "cannot be read"),
        )
        if count[kind]
    ]
    if found.untouched:
        parts.append(f"{len(found.untouched)} untouched")
    return f"Policies: {', '.join(parts) or 'none'}."
