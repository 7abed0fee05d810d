"""Mistakes in conditions: comparisons in words, filler words, chains."""

from __future__ import annotations

from policy_dsl.mistakes.mistake import Advice, Mistake, Rule, shorten
from policy_dsl.words import RESERVED, each_word

_COMPARED = {
    **dict.fromkeys(each_word("over above exceeds exceeding"), ">"),
    **dict.fromkeys(each_word("under below"), "<"),
}
_THAN = each_word("greater more older longer larger higher later less fewer younger shorter lower")


def _dates(it: Mistake) -> Advice | None:
    """Comparisons of dates."""
    if it.found in ("before", "after") and it.last == "not" and "is" in it.before[-2:]:
        other = "after" if it.found == "before" else "before"
        return Advice(
            message=f"'is not {it.found}' is not a comparison.",
            remedy=f"Write: is on or {other}",
        )
    if it.found in ("before", "after") and it.expects("AND", "IS"):
        return Advice(
            message=f"'is' is missing before '{it.found}'.", remedy=f"Write: is {it.found}"
        )
    if it.before[-2:] == ("is", "on") or it.before[-3:] == ("is", "on", "or"):
        return Advice(
            message="'is on' goes on with 'or before' or 'or after'.",
            remedy="Write for example: is on or before 2020-12-31. Or: is 2020-12-31",
        )
    return None


def _comparison(it: Mistake) -> Advice | None:
    compared = it.expects("AND", "IS")
    if it.found == "in" and compared:
        return Advice(
            message="'in' is not a comparison.",
            remedy=f"Write: {it.last} is one of (FIRST, SECOND). For a set: SET includes VALUE",
        )
    if it.found == "in" and it.last == "is":
        return Advice(message="'is in' is not a comparison.", remedy="Write: is one of (A, B)")
    if it.found == "at" and it.last == "is":
        sign = ">=" if it.after.split(None, 1)[:1] == ["least"] else "<="
        return Advice(message="'is at' is not a comparison.", remedy=f"Write '{sign}' instead.")
    if it.found in _COMPARED and (it.last == "is" or (compared and it.found != "under")):
        what = f"is {it.found}" if it.last == "is" else it.found
        return Advice(
            message=f"'{what}' is not a comparison.",
            remedy=f"Write '{_COMPARED[it.found]}' instead.",
        )
    if "between" in (it.found, it.last) and it.expects("AND"):
        return Advice(
            message="'between' is not a comparison.",
            remedy="Write both ends, so that it is clear whether they belong to it: 3 <= age and "
            "age <= 5",
        )
    if it.found == "than" or (it.found in _THAN and compared):
        what = f"{shorten(it.last)} than" if it.found == "than" else it.found
        return Advice(
            message=f"'{what}' is not a comparison.",
            remedy="Write one of the signs <, <=, >, >= instead.",
        )
    return None


def _chain(it: Mistake) -> Advice | None:
    if it.expects("AND") and (it.found[:1] in tuple("<>=!") or it.found == "is"):
        return Advice(
            message="Comparisons cannot be chained.",
            remedy="Write them one by one: 3 < age and age < 18",
        )
    if it.found == "implies":
        return Advice(
            message="'implies' cannot follow another 'implies'.",
            remedy="Put one of them in brackets: A implies (B implies C)",
        )
    return None


def _fillers(it: Mistake) -> Advice | None:
    """Filler words that were taken for names, so that the word behind them is at fault."""
    if it.last == "if" and it.keyword == "assume":
        return Advice(message="An assumption has no 'if'.", remedy="Write: assume A implies B")
    if it.last in ("both", "either") and it.expects("AND"):
        return Advice(message=f"'{it.last}' has no meaning here.", remedy="Leave it out.")
    if it.last == "neither":
        return Advice(message="'neither' has no meaning here.", remedy="Write: none of A, B")
    if it.found == "then":
        return Advice(
            message="'then' has no meaning here.",
            remedy="Conditions follow 'when'; for 'if A then B' write: A implies B",
        )
    noun = it.found.isidentifier() and it.found not in RESERVED
    article = it.last in ("a", "an") and it.before[-2:-1] == ("is",) and noun
    if article or it.last in ("if", "that", "the", "then"):
        return Advice(message=f"'{it.last}' has no meaning here.", remedy=f"Leave '{it.last}' out.")
    return None


CONDITION_RULES: tuple[Rule, ...] = (_dates, _comparison, _chain, _fillers)
