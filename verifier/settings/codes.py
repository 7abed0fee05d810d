"""Codes of checks as settings name them, and those that no settings may quiet."""

from __future__ import annotations

from policy_dsl.diagnostics import did_you_mean
from verifier.registry import CHECKS, by_code

ALWAYS = {
    "X01": "what is not settled is no answer; 'allow-unsettled' lets it pass, and says so",
    "V01": "where it is found, everything else would pass",
}
"""The codes whose findings are never ignored, made lighter, waived or taken for known, and why."""

ABOUT_SETTINGS = frozenset(each.code for each in CHECKS if each.on_settings)
"""The codes of findings about the settings themselves."""

UNGATED = frozenset(ALWAYS) | ABOUT_SETTINGS
"""The codes whose findings always count: no waiver and no baseline takes them out."""


def named(word: str) -> tuple[str, ...]:
    """The codes that a word names: a code, a name, or the letter of a family; none, if unknown."""
    check = by_code(word)
    if check is not None:
        return (check.code,)
    family = word.strip().upper()
    return tuple(each.code for each in CHECKS if len(family) == 1 and each.code[0] == family)


def unknown(word: str) -> tuple[str, str]:
    """What is said of a word that names no code, and how to mend it."""
    near = did_you_mean(word.strip(), [name for c in CHECKS for name in (c.code, c.name)])
    meant = f"Did you mean '{near}'? " if near else ""
    return f"no check is called '{word.strip()[:80]}'.", f"{meant}'antinomy explain' lists them."
