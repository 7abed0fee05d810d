"""Words that authors write out of habit, and what the language writes instead."""

from __future__ import annotations

import re
from collections.abc import Callable

from policy_dsl.lark_parser import END
from policy_dsl.mistakes import Advice, Mistake, keywords, shorten
from policy_dsl.words import EXAMPLES, each_word

_WHEN = "A condition follows 'when'."
_UNLESS = "An exception follows 'unless'."
_MUST = "A duty is written 'must', a prohibition 'must not'."
_MAY = "A permission is written 'may', a prohibition 'must not'."
_OTHER_CASE = "Write a second clause for the other case, with 'unless' or 'when not'."
_PREVAILS = (
    "A clause that prevails over others says so with 'overrides CLAUSE' or 'despite CLAUSE'."
)

_IN_CLAUSES: dict[str, str] = {
    **dict.fromkeys(each_word("if where whenever while given once"), _WHEN),
    **dict.fromkeys(each_word("except excepting save besides"), _UNLESS),
    **dict.fromkeys(each_word("shall will has have is are required obliged"), _MUST),
    **dict.fromkeys(each_word("never forbidden prohibited"), _MUST),
    **dict.fromkeys(each_word("can might allowed permitted"), _MAY),
    **dict.fromkeys(each_word("notwithstanding supersedes supersede prevails"), _PREVAILS),
    **dict.fromkeys(each_word("else otherwise"), _OTHER_CASE),
    "then": "Leave it out: the effect ('must release') and the conditions ('when ...') are parts "
    "of their own, in any order.",
    "but": "An exception follows 'unless', a further requirement 'provided'.",
    "cannot": "A prohibition is written 'must not'. What is not in anybody's power is a "
    "declaration of its own: cannot ACTION when CONDITION",
    "not": "A prohibition is written 'must not', the freedom not to act 'need not'.",
    "within": "A norm has no time limit of its own. Put the limit into the action's name or into a "
    "fact, such as: must decide_within_72_hours",
    "by": "Who acts is said where the action is declared: action release by officer",
    "because": "Reasons stand with assume, cannot and expect. Words of the source follow 'quote'; "
    "a remark is a comment: -- like this",
    "title": 'The title is the text behind the clause\'s name: clause B.1 "title"',
}

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}

_COMPARED = {
    **dict.fromkeys(each_word("over above after"), ">"),
    **dict.fromkeys(each_word("under below before"), "<"),
}

_SUBJECT_TO = (
    "Add 'as precedence' (the other prevails where they clash), 'as carve-out' (this one does not "
    "apply where the other does), 'as condition precedent' or 'as proviso' (this one needs the "
    "other), 'as savings' (this one never touches what the other gives), or 'as scope' (this one "
    "speaks only where the other does)."
)


def _small_letters(it: Mistake) -> Advice | None:
    small = it.found.lower()
    if small == it.found or small not in keywords(it) | EXAMPLES.keys() | {"not"}:
        return None
    return Advice(
        message=f"'{it.found}' cannot stand here.",
        remedy=f"The words of the language are written in small letters: {small}",
    )


def _modality(it: Mistake) -> Advice | None:
    if it.last == "may" and it.found == "not":
        return Advice(
            message="'may not' can be read in two ways: as a prohibition, or as 'perhaps not'.",
            remedy="Write 'must not' for a prohibition, 'need not' where there is no duty.",
        )
    if it.last == "need" and it.expected == {"NOT"}:
        return Advice(
            message="'need' stands only with 'not'.", remedy="Write 'must', or 'need not'."
        )
    return None


def _in_clause(it: Mistake) -> Advice | None:
    remedy = _IN_CLAUSES.get(it.found.lower())
    if remedy is None or not it.in_clause or it.found in keywords(it):
        return None
    return Advice(message=f"'{it.found}' does not start a part of a clause.", remedy=remedy)


def _habits(it: Mistake) -> Advice | None:
    """Filler words that were taken for names, so that the word behind them is at fault."""
    if it.last == "if" and it.keyword == "assume":
        return Advice(message="An assumption has no 'if'.", remedy="Write: assume A implies B")
    if it.found == "then" or it.last in ("whenever", "where"):
        return Advice(
            message=f"'{it.found if it.found == 'then' else it.last}' has no meaning here.",
            remedy="Conditions follow 'when'; for 'if A then B' write: A implies B",
        )
    if it.last in ("if", "that", "the", "a", "an", "then") and it.expects("AND"):
        return Advice(message=f"'{it.last}' has no meaning here.", remedy=f"Leave '{it.last}' out.")
    return None


def _quantity(it: Mistake) -> Advice | None:
    if it.found in _NUMBERS and it.expects("NUMBER", "ONE"):
        return Advice(
            message="Numbers above one are written in digits.",
            remedy=f"Write: {' '.join(it.before[-2:])} {_NUMBERS[it.found]} of",
        )
    if it.last == "number" and it.expects("OF"):
        return Advice(
            code="L06",
            message="'number' is a word of the language and cannot be a name.",
            remedy="Choose another name. How many members a set has is written: number of SET",
        )
    if it.expected == {"OF"}:
        head = " ".join(it.before[-3:] if it.last.isdecimal() else it.before[-1:])
        return Advice(
            message=f"'of' is missing after '{it.last}'.", remedy=f"Write: {head} of FIRST, SECOND"
        )
    if it.expected == {"ONE"}:
        return Advice(
            message="'one of' is missing before the values.",
            remedy=f"Write: {' '.join(it.before[-4:])} one of {shorten(it.found + it.after)}",
        )
    if it.found == "one" or (it.found == "of" and it.last == "one"):
        return Advice(
            message="'one of' follows 'is'.",
            remedy="Write: FACT is one of (FIRST, SECOND). For conditions write: any of A, B",
        )
    if it.found == "of" and it.last.isdecimal():
        return Advice(
            message="A number alone does not say how it counts.",
            remedy=f"Write: at least {it.last} of, at most {it.last} of, or exactly {it.last} of",
        )
    if it.expected == {"LPAR"} and it.last == "of":
        head = " ".join(it.before[-2:])
        return Advice(
            message="The list of values stands in brackets here.",
            remedy=f"Write: {head} ({shorten((it.found + it.after).strip(), 40)})",
        )
    nested = it.found in ("any", "all", "exactly") or (it.found == "of" and it.last == "none")
    if nested and (it.expects("NAME") or it.found == "of"):
        return Advice(
            message="A list inside a list, or behind 'not not', stands in brackets.",
            remedy="Write: (any of A, B)",
        )
    return None


def _comparison(it: Mistake) -> Advice | None:
    if it.found == "in" and it.expects("AND", "IS"):
        return Advice(
            message="'in' is not a comparison.",
            remedy=f"Write: {it.last} is one of (FIRST, SECOND). For a set: SET includes VALUE",
        )
    if it.found == "in" and it.last == "is":
        return Advice(message="'is in' is not a comparison.", remedy="Write: is one of (A, B)")
    if it.last == "is" and it.found == "at":
        sign = ">=" if it.after.split(None, 1)[:1] == ["least"] else "<="
        return Advice(message="'is at' is not a comparison.", remedy=f"Write '{sign}' instead.")
    if it.last == "is" and it.found in _COMPARED:
        sign = _COMPARED[it.found]
        return Advice(
            message=f"'is {it.found}' is not a comparison.", remedy=f"Write '{sign}' instead."
        )
    if it.found == "than":
        return Advice(
            message=f"'{shorten(it.last)} than' is not a comparison.",
            remedy="Write one of the signs <, <=, >, >= instead.",
        )
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


def _types(it: Mistake) -> Advice | None:
    if it.found == "optional":
        return Advice(
            message="'optional' stands before the type.", remedy="Write: fact NAME : optional TYPE"
        )
    if it.last.isdecimal() and it.expects("_DOTS"):
        following = it.after.split(None, 1)
        return Advice(
            message="A range of numbers is written with two dots.",
            remedy=f"Write: {it.last} .. {following[0] if following else '120'}",
        )
    if it.found == "number" and it.expects("INTEGER"):
        return Advice(
            message="'number' is not a type.", remedy="Write integer, or a range: 0 .. 120 years"
        )
    return None


def _order(it: Mistake) -> Advice | None:
    """Parts that are left out, or stand in the wrong order."""
    subject_to = re.search(r"\bsubject to\b(?!.*\bas\b)", " ".join(it.before[-40:]))
    if it.expects("SENSE") or (subject_to and it.expects("AS")):
        return Advice(
            message="'subject to' can mean several things and must say which.", remedy=_SUBJECT_TO
        )
    if it.keyword == "expect" and it.found in ("never", "always", "sometimes"):
        return Advice(
            message=f"'{it.found}' stands at the beginning.",
            remedy=f"Write: expect {it.found} CONDITION",
        )
    if it.keyword == "decision" and it.expects("EXACTLY"):
        return Advice(
            message="The decision does not say how many of its actions are taken.",
            remedy="Write 'exactly one of', 'at most one of' or 'at least one of'.",
        )
    if it.keyword == "ambiguity" and it.found == "reading" and END in it.expected:
        return Advice(
            message="'settled' stands behind all readings.", remedy="Put this reading before it."
        )
    if it.expects("NOTE_KIND"):
        return Advice(
            message="The note does not say what kind of text it is.",
            remedy="Write after its name: background, reservation, definition, cross-reference, "
            "heading or comment.",
        )
    shown = EXAMPLES.get({"by": "judgment", "per": "outside"}.get(it.found, it.keyword), "")
    late = it.found.startswith('"') or it.found in ("by", "per", "when", "under", "because")
    if late and END in it.expected and it.keyword not in ("clause", "policy", "note", "ambiguity"):
        word = "This text" if it.found.startswith('"') else f"'{it.found}'"
        return Advice(
            message=f"{word} stands in the wrong place, or has no place here.",
            remedy=f"The parts stand in this order: {shown}",
        )
    return None


WORD_RULES: tuple[Callable[[Mistake], Advice | None], ...] = (
    _small_letters,
    _types,
    _order,
    _quantity,
    _modality,
    _comparison,
    _in_clause,
    _habits,
)
"""What is tried for a word at the place, or for the end of the declaration, in this order."""
