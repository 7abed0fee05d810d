"""The profile of actions as text: what the policy ever says of each."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.findings import ActionProfile, ProfileEntry
from verifier.render.blocks import listed
from verifier.render.page import Page


def show_profiles(page: Page, profiles: Sequence[ActionProfile]) -> None:
    """A table of all actions, then the clauses behind it in words, the telling ones first."""
    if not profiles:
        return
    page.heading("What the policy ever says of each action")
    page.line(
        "How many clauses ever oblige, forbid or permit the action or release from it, and how "
        "strongly. 'never' is proved, for all cases and readings. Silent: is any case left in "
        "which no clause speaks of it?"
    )
    page.blank()
    rows = [["action", *(entry.state for entry in profiles[0].entries), ""]]
    for profile in profiles:
        rows.append([profile.action, *(cell(entry) for entry in profile.entries), ""])
    page.table(rows, indent=2)
    telling = [each for each in profiles if len(_spoken(each)) > 1]
    if telling:
        page.blank()
        page.line("Spoken of in more than one way:")
        for profile in telling:
            page.item(
                (profile.phrase, "strong"), f" ({profile.action}): {_words(profile)}", indent=2
            )
    rest = [each for each in profiles if each not in telling]
    if rest:
        page.blank()
        page.line("All others:" if telling else "The clauses behind it:")
        for profile in rest:
            page.item(f"{profile.phrase}: {_words(profile)}", indent=2)


def _spoken(profile: ActionProfile) -> list[ProfileEntry]:
    """The states of an action that clauses bring about."""
    return [entry for entry in profile.entries if entry.clauses]


def cell(entry: ProfileEntry) -> str:
    """Whether a state ever occurs, in one or two words."""
    if entry.occurs is None:
        return "not settled"
    if not entry.occurs:
        return "never"
    if entry.state == "silent":
        return "yes"
    strength = f" {entry.strength}" if entry.strength else ""
    return f"{len(entry.clauses)}{strength}"


def _words(profile: ActionProfile) -> str:
    """Which clauses ever say what of an action."""
    found = _spoken(profile)
    said = [f"{each.state} by {listed(each.clauses)}" for each in found]
    if not said:
        return "no clause ever speaks of it."
    never = [
        each.state for each in profile.entries if each.occurs is False and each.state != "silent"
    ]
    if len(found) > 1 and never:
        said.append(f"never {listed(never, 'or')} (proved)")
    return "; ".join(said) + "."
