"""Limits of time: the word between a length and its event, the unit, and other words for them."""

from __future__ import annotations

from policy_dsl.mistakes.mistake import Advice, Mistake, Rule
from policy_dsl.words import each_word

_HASTE = each_word("immediately expeditiously forthwith swiftly asap soon quickly instantly")
_LATER = each_word("later no by until")


def _norm_ends(it: Mistake) -> bool:
    """Whether a limit of time could stand here, behind the actions of a norm."""
    return it.expects("WITHIN", "PROMPTLY")


def _limit(it: Mistake) -> Advice | None:
    within = "within" in it.before[-3:]
    if within and it.last.isdecimal() and it.expected == {"NAME"}:
        return Advice(
            message="The time limit does not say in what it counts.",
            remedy=f"Write for example: within {it.last} hours of EVENT",
        )
    if within and it.expected == {"OF"}:
        length = " ".join(it.before[-2:])
        return Advice(
            message=f"A time limit counts 'of' an event, not '{it.found}'.",
            remedy=f"Write: within {length} of EVENT",
        )
    if _norm_ends(it) and it.found.lower() in _HASTE:
        return Advice(
            message=f"'{it.found}' is not a word of the language.",
            remedy="Where the text names no time, write 'promptly'. Where it does, write for "
            "example: within 72 hours of EVENT",
        )
    if (it.last == "not" and it.found == "later") or (_norm_ends(it) and it.found in _LATER):
        return Advice(
            message="A time limit is said in another way.",
            remedy="Write for example: within 72 hours of EVENT, before EVENT, or not before 10 "
            "days after EVENT",
        )
    return None


TIME_RULES: tuple[Rule, ...] = (_limit,)
