"""Mistakes in lists: commas, brackets around them, what counts them."""

from __future__ import annotations

from policy_dsl.mistakes.mistake import (
    Advice,
    Mistake,
    Rule,
    joined,
    keywords,
    last_open,
    shorten,
)
from policy_dsl.words import EXAMPLES, RESERVED, each_word

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_ONE_NAME = each_word(
    "policy vocabulary type subject fact judgment grant choice outside define action decision "
    "output clause ambiguity note"
)
_NOT_NAMES = each_word(
    "within if where except but only shall will then while once whenever by in has have is"
)


def _comma(it: Mistake) -> Advice | None:
    if it.found != ",":
        return None
    if it.last.isdecimal() and it.glued and it.after[:3].isdecimal():
        return Advice(
            message="A number is written without commas.",
            remedy=f"Write: {it.last}{it.after[:3]}",
        )
    if "<" in it.before and it.expects("_LESS"):
        return Advice(
            message="A list of values has either commas or '<' between all of them.",
            remedy="Write: one of low < medium < high (from the lowest up), or, without an "
            "order: one of a, b, c",
        )
    if it.keyword == "authorities":
        return Advice(
            message="Authorities stand in an order, from the highest to the lowest.",
            remedy=f"Put '>' between them: {EXAMPLES['authorities']}",
        )
    if it.keyword == "use":
        return Advice(
            message="A 'use' names one file.", remedy="Write one 'use' for each, on its own line."
        )
    if len(it.before) == 2 and it.keyword in _ONE_NAME:
        if it.after.strip().startswith('"'):
            return Advice(message="A comma has no meaning here.", remedy="Leave it out.")
        return Advice(
            message=f"A '{it.keyword}' declares one name.",
            remedy="Write one declaration for each, on its own line.",
        )
    if it.after.split(None, 1)[:1] == ["optional"]:
        return Advice(
            message="'optional' stands before the type.", remedy="Write: fact NAME : optional TYPE"
        )
    if it.expects("OTHERWISE"):
        return Advice(
            message="'otherwise' stands between the two texts.",
            remedy=f"Write: {it.last} otherwise {shorten(it.after.strip())}",
        )
    opened = last_open(it.before)
    if opened >= 1 and it.before[opened - 1] == "of":
        head = " ".join(it.before[max(0, opened - 2) : opened])
        return Advice(
            message="The brackets of this list do not stand around the whole of it.",
            remedy=f"Write {head} A, B without brackets, or, inside a longer condition, "
            f"({head} A, B).",
        )
    return Advice(
        message="A comma cannot stand here.",
        remedy="Join conditions with 'and' or 'or', or write a list: any of A, B",
    )


def _end_of_list(it: Mistake) -> Advice | None:
    if it.last != ",":
        return None
    if it.found in ("and", "or"):
        return Advice(
            message=f"A list with commas has no '{it.found}' before its last member.",
            remedy=f"Leave '{it.found}' out.",
        )
    if not it.found or it.found in RESERVED:
        return Advice(
            message="The list ends with a comma.",
            remedy="Leave the comma out, or write one more name after it.",
        )
    return None


def _values(it: Mistake) -> Advice | None:
    """Lists of the values of an enumeration, or of what to compare with."""
    if it.found == "(" and it.last == "of" and it.expects("NAME") and not it.expects("NOT"):
        return Advice(
            message="This list stands without brackets.",
            remedy=f"Write: {' '.join(it.before[-2:])} {it.after.strip().rstrip(')')}",
        )
    if it.expected == {"LPAR"} and it.last == "of":
        head = " ".join(it.before[-2:])
        return Advice(
            message="The list of values stands in brackets here.",
            remedy=f"Write: {head} ({shorten((it.found + it.after).strip(), 40)})",
        )
    if it.found.startswith('"') and it.expects("NAME") and it.last in ("of", ",", "("):
        name = joined(it.found.strip('"'))
        return Advice(
            message="A value is a name; a text says what it means.",
            remedy=f"Write for example: {name or 'held'} {shorten(it.found)}",
        )
    behind = it.last.startswith('"') or (len(it.before) > 1 and it.before[-2] in ("of", ","))
    is_name = it.found.isidentifier() and it.found not in RESERVED | _NOT_NAMES
    inside = it.expects("AND") or not it.in_clause
    if it.expects("COMMA") and behind and is_name and inside:
        return Advice(
            message=f"A comma is missing before '{shorten(it.found)}'.",
            remedy=f"Write: {shorten(it.last)}, {shorten(it.found)}",
        )
    return None


def _names(it: Mistake) -> Advice | None:
    """Lists of actions or clauses."""
    if not it.in_names:
        return None
    if it.found in ("and", "&", "&&"):
        return Advice(
            message="Names in a list are separated by commas.",
            remedy=f"Write: {it.last}, {shorten(it.after.strip(), 30)}",
        )
    if it.last == "only" and it.in_clause:
        return Advice(
            message="'only' can mean several things.",
            remedy="Say what is forbidden otherwise: must not release, unless child",
        )
    if it.found == "or" and it.in_clause:
        return Advice(
            message="A list of names has no 'or'.",
            remedy="Where either will do, declare one action that stands for both, or write a "
            "clause for each.",
        )
    if it.found == "or":
        return Advice(
            message="The members of a list are separated by commas.",
            remedy=f"Write: {it.last}, {shorten(it.after.strip(), 30)}",
        )
    known = it.found in RESERVED | _NOT_NAMES or it.found in keywords(it)
    if it.same_line and it.found.isidentifier() and not known and it.in_clause:
        rest = []
        for word in it.after.split():
            if word in RESERVED or not word.isidentifier():
                break
            rest.append(word)
        name = joined(" ".join([it.last, it.found, *rest]))
        return Advice(
            message=f"'{shorten(it.found)}' cannot stand here: a name is one word.",
            remedy=f"Write one name, such as {name}, or put commas between names.",
        )
    return None


def _quantity(it: Mistake) -> Advice | None:
    if it.found in _NUMBERS and it.expects("NUMBER", "ONE"):
        head = " ".join(it.before[-1:] if it.last == "exactly" else it.before[-2:])
        return Advice(
            message="Numbers above one are written in digits.",
            remedy=f"Write: {head} {_NUMBERS[it.found]} of",
        )
    if it.expects("NUMBER", "ONE") and it.last in ("least", "most", "exactly"):
        head = " ".join(it.before[-1:] if it.last == "exactly" else it.before[-2:])
        return Advice(message="How many is missing here.", remedy=f"Write: {head} one of A, B")
    if it.last == "number" and it.expects("OF"):
        return Advice(
            code="L06",
            message="'number' is a word of the language and cannot be a name.",
            remedy="Choose another name. How many members a set has is written: number of SET",
        )
    if it.expected == {"OF"} or (it.last == "none" and it.expects("OF") and it.found.isalnum()):
        counted = it.last.isdecimal() or it.last == "one"
        head = " ".join(it.before[-3:] if counted else it.before[-1:])
        return Advice(
            message=f"'of' is missing after '{it.last}'.", remedy=f"Write: {head} of FIRST, SECOND"
        )
    if it.expected == {"ONE"}:
        return Advice(
            message="'one of' is missing before the values.",
            remedy=f"Write: {' '.join(it.before[-4:])} one of {shorten(it.found + it.after)}",
        )
    if (it.found == "one" and it.expects("NAME")) or (it.found == "of" and it.last == "one"):
        return Advice(
            message="'one of' follows 'is'.",
            remedy="Write: FACT is one of (FIRST, SECOND). For conditions write: any of A, B",
        )
    if it.found == "of" and it.last.isdecimal():
        return Advice(
            message="A number alone does not say how it counts.",
            remedy=f"Write: at least {it.last} of, at most {it.last} of, or exactly {it.last} of",
        )
    nested = it.found in ("any", "all", "exactly") or (it.found == "of" and it.last == "none")
    if nested and (it.expects("NAME") or it.found == "of"):
        return Advice(
            message="A list inside a list, or behind 'not not', stands in brackets.",
            remedy="Write: (any of A, B)",
        )
    return None


LIST_RULES: tuple[Rule, ...] = (_end_of_list, _comma, _quantity, _values, _names)
