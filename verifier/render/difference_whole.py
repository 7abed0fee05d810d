"""What is said about a difference as a whole, in words, for every format."""

from __future__ import annotations

from collections import Counter

from policy_dsl.diagnostics import CODES, Diagnostic
from policy_dsl.wording import joined
from verifier.difference.model import ChangeKind, Difference
from verifier.difference.results import (
    Added,
    Differences,
    Entry,
    Removed,
    Touched,
    Unread,
    passes,
    settled,
)
from verifier.render.difference_words import cases_counted
from verifier.render.finding_text import at


def verdict(difference: Difference) -> str:
    """What the change does as a whole, in one or two sentences."""
    count = len(difference.changes)
    match difference.verdict:
        case "equivalent":
            return "Equivalent: no case changes. This is proved."
        case "stricter":
            told = f"Stricter: {_regions(count)} changed, and nothing is looser."
        case "looser":
            told = f"Looser: {_regions(count)} changed, and nothing is stricter."
        case "incomparable":
            told = f"Neither stricter nor looser as a whole: {_mixed(difference)}."
        case "not settled":
            found = f" {_regions(count).capitalize()} changed for certain." if count else ""
            told = f"Not settled: what the change does could not be proved.{found}"
    number = Counter(kind for each in difference.changes for kind in each.kinds)
    more = [
        f"{number[kind]} {one if number[kind] == 1 else several}"
        for kind, one, several in _BESIDE
        if number[kind]
    ]
    return f"{told} Of the groups, {joined(more, 'and')}." if more else told


_BESIDE: tuple[tuple[ChangeKind, str, str], ...] = (
    ("newly contradictory", "is newly contradictory", "are newly contradictory"),
    ("newly consistent", "is newly consistent", "are newly consistent"),
    ("gap opened", "opens a gap", "open a gap"),
    ("gap closed", "closes a gap", "close a gap"),
)
"""What a direction does not tell."""


def _regions(count: int) -> str:
    return f"the outcome of {cases_counted(count)}"


def _mixed(difference: Difference) -> str:
    number = Counter[str](each.direction for each in difference.changes)
    parts = [
        f"{cases_counted(number[each])} {'is' if number[each] == 1 else 'are'} {word}"
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
        are = "is" if count == 1 else "are"
        parts.append(f"{cases_counted(count)} {are} allowed by one version only")
    return joined(parts, "and") or "the versions cannot be compared"


def decision(entry: Touched) -> str:
    """Whether the rules let it pass, in one sentence."""
    rulings = (*entry.rulings.changes, *entry.rulings.cases)
    failed = sum(not each.passes for each in rulings)
    bad = sum(not each.passes for each in entry.rulings.findings)
    said = []
    if failed:
        said.append(f"{failed} of {cases_counted(len(rulings))}")
    if bad:
        said.append(_number(bad, "new finding"))
    if said:
        return f"Not allowed by any rule: {joined(said, 'and')}."
    if not entry.settled:
        return "No rule lets pass what is not settled."
    if entry.rulings.findings or rulings:
        return "Allowed: all of it may pass."
    return "Allowed: nothing stands in the way."


def in_short(difference: Difference) -> str:
    """The verdict in a word or two."""
    told = "neither stricter nor looser"
    return told if difference.verdict == "incomparable" else difference.verdict


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


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


def headline(found: Differences) -> str:
    """What came of it, in a few words."""
    if any(isinstance(each, Unread) for each in found.entries):
        return "a policy cannot be read"
    if not all(passes(each) for each in found.entries):
        return "not every change may pass"
    if not all(settled(each) for each in found.entries):
        return "not everything is settled"
    return "every change may pass"


def mistake(each: Diagnostic) -> str:
    """An error of a policy's language with its place and remedy, on one line."""
    said = f"{at(each.place)}: {each.code} {CODES[each.code]}: {each.message}"
    return f"{said} {each.remedy}" if each.remedy else said


def overview(found: Differences) -> str:
    """How many policies were changed, are new or gone, or are the same; in one sentence."""
    count = Counter(type(each) for each in found.entries)
    parts = [
        f"{count[kind]} {word}"
        for kind, word in (
            (Touched, "changed"),
            (Added, "new"),
            (Removed, "gone"),
            (Unread, "that cannot be read"),
        )
        if count[kind]
    ]
    if found.untouched:
        parts.append(f"{len(found.untouched)} untouched")
    return f"Policies: {', '.join(parts) or 'none'}."
