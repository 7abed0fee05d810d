"""Resources, what uses them, and rankings: parts that are missing or stand in the wrong place."""

from __future__ import annotations

from policy_dsl.mistakes.mistake import Advice, Mistake, Rule
from policy_dsl.words import EXAMPLES

_MODALS = ("must", "should", "not", "may")


def _of_resources(it: Mistake) -> Advice | None:
    if it.keyword == "resource" and it.found in ("capacity", "for", "short"):
        return Advice(
            message=f"'{it.found}' stands in the wrong place.",
            remedy=f"The parts stand in this order: {EXAMPLES['resource']}",
        )
    if it.keyword == "resource" and it.expects("_DOTS") and it.last.isdecimal():
        return Advice(
            message="The capacity is a range, written with two dots.",
            remedy=f"Write '{it.last} .. {it.last}' for just {it.last}, '{it.last} ..' for at "
            f"least {it.last}, '1 .. {it.last}' for up to {it.last}.",
        )
    return None


def _of_uses(it: Mistake) -> Advice | None:
    if it.keyword != "action":
        return None
    if it.last == "uses" and it.found[:1].isalpha():
        return Advice(
            message="How many units the action uses is missing.",
            remedy="Write for example: uses one bed, or: uses 2 beds",
        )
    if it.found in ("by", "uses") or (it.found.startswith('"') and "uses" in it.before):
        return Advice(
            message=f"'{it.found}' stands in the wrong place."
            if it.found.isalpha()
            else "This text stands in the wrong place.",
            remedy=f"The parts stand in this order: {EXAMPLES['action']}",
        )
    return None


def _of_rankings(it: Mistake) -> Advice | None:
    if it.keyword != "clause":
        return None
    before = it.before[-2:]
    if "prioritise" in before or it.found == "prioritise":
        return Advice(
            message="The word is spelt 'prioritize' here.",
            remedy="Write: should prioritize RESOURCE",
        )
    if it.found in ("prioritize", "rank") and it.last not in _MODALS:
        return Advice(
            message=f"A ranking is a duty, and '{it.found}' alone does not say how strong.",
            remedy=f"Write 'must {it.found}' or 'should {it.found}'.",
        )
    if it.found in ("highest", "lowest") and it.last == "by":
        return Advice(
            message=f"'{it.found} first' stands behind what persons are ranked by.",
            remedy=f"Write for example: rank beds by age {it.found} first",
        )
    if it.found in ("above", "before") and "prioritize" in it.before:
        return Advice(
            message="Before whom a clause gives priority is said with 'over'.",
            remedy="Write for example: should prioritize beds over well",
        )
    if it.found == "over" and "prioritize" in it.before:
        return Advice(
            message="Over whom a clause gives priority stands directly behind the resource.",
            remedy="Write for example: should prioritize beds over well, and then: when ill",
        )
    return None


RESOURCE_RULES: tuple[Rule, ...] = (_of_resources, _of_uses, _of_rankings)
