"""Parts of declarations: words of other languages and of laws, missing parts, their order."""

from __future__ import annotations

import re

from policy_dsl.lark_parser import END
from policy_dsl.mistakes.mistake import WITH_PARTS, Advice, Mistake, Rule, keywords, shorten
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
    "only": "Say what is forbidden otherwise: must not release, unless child",
    "then": "Leave it out: the effect ('must release') and the conditions ('when ...') are parts "
    "of their own, in any order.",
    "but": "An exception follows 'unless', a further requirement 'provided'.",
    "cannot": "A prohibition is written 'must not'. What is not in anybody's power is a "
    "declaration of its own: cannot ACTION when CONDITION",
    "not": "A prohibition is written 'must not', the freedom not to act 'need not'.",
    "within": "A time limit stands directly behind the actions of its norm: must decide within 72 "
    "hours of arrest",
    "by": "Who acts is said where the action is declared: action release by officer",
    "because": "Reasons stand with assume, cannot and expect. Words of the source follow 'quote'; "
    "a remark is a comment: -- like this",
    "title": 'The title is the text behind the clause\'s name: clause B.1 "title"',
    "end": "An ordered list ends with: end order",
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
    starts = ("when", "unless", "provided", "under", "must", "may", "should")
    if it.found in starts and it.last in starts and it.found not in keywords(it):
        return Advice(
            message=f"'{it.last}' and '{it.found}' stand side by side.",
            remedy="Leave one of them out.",
        )
    return None


def _in_clause(it: Mistake) -> Advice | None:
    remedy = _IN_CLAUSES.get(it.found.lower())
    if remedy is None or not it.in_clause or it.found in keywords(it):
        return None
    if it.found in ("is", "has", "have", "are") and it.expects("AND"):
        return None
    return Advice(message=f"'{it.found}' does not start a part of a clause.", remedy=remedy)


def _if(it: Mistake) -> Advice | None:
    if it.found not in ("if", "where", "whenever"):
        return None
    if it.expects("WHEN"):
        return Advice(message=f"'{it.found}' is not a word of the language.", remedy=_WHEN)
    if it.keyword == "assume":
        return Advice(
            message="An assumption has no 'if'.", remedy="For 'B if A' write: assume A implies B"
        )
    return None


def _types(it: Mistake) -> Advice | None:
    name = it.before[1] if len(it.before) > 1 else "NAME"
    if it.found == "optional":
        return Advice(
            message="'optional' stands before the type.", remedy="Write: fact NAME : optional TYPE"
        )
    if it.last == "decimal" and it.expects("IN"):
        return Advice(
            message="The steps of the decimal number are missing.",
            remedy="Write: decimal in steps of 0.01 (or another step). With both ends known write "
            "a range: 0.00 .. 99.99",
        )
    if re.fullmatch(r"\d+(\.\d+)?", it.last) and it.expects("_DOTS"):
        following = re.search(r"\d+(\.\d+)?", it.after)
        return Advice(
            message="A range of numbers is written with two dots.",
            remedy=f"Write: {it.last} .. {following.group() if following else ''}".rstrip(),
        )
    if re.fullmatch(r"\d{4}-\d\d-\d\d", it.last) and it.expects("_DOTS"):
        return Advice(
            message="A range of dates is written with two dots.",
            remedy=f"Write: {it.last} .. 2030-12-31 (or '{it.last} ..' for no last "
            "day). Any day at all is written: date",
        )
    if "money" in it.before[-4:] and it.expects("NAME") and not it.found.isidentifier():
        return Advice(
            message="The currency is missing.",
            remedy="Write for example: money USD, or with a range: money 0 .. 5000 USD",
        )
    if it.expects("INTEGER", "SET") and it.found.startswith('"'):
        return Advice(
            message="The type is missing before the text.",
            remedy=f"Write: {it.keyword} {name} : yes/no {shorten(it.found)}",
        )
    if it.expects("INTEGER", "SET") and it.found[:1] in ("<", ">"):
        return Advice(
            message="A range of numbers has no sign.",
            remedy="Write '18 ..' for at least 18, '.. 18' for at most 18, '0 .. 18' for both.",
        )
    if it.expects("INTEGER", "SET") and it.found == "number":
        return Advice(
            message="'number' is not a type.", remedy="Write integer, or a range: 0 .. 120 years"
        )
    if it.expected in ({"SLASH"}, {"NO"}):
        return Advice(
            message="A fact that holds or does not is written yes/no.", remedy="Write: yes/no"
        )
    return None


def _missing(it: Mistake) -> Advice | None:
    """A part that is left out."""
    subject_to = re.search(r"\bsubject to\b(?!.*\bas\b)", " ".join(it.before[-40:]))
    if it.expects("SENSE") or (subject_to and it.expects("AS")):
        return Advice(
            message="'subject to' can mean several things and must say which.", remedy=_SUBJECT_TO
        )
    if it.keyword == "decision" and it.expects("EXACTLY"):
        return Advice(
            message="The decision does not say how many of its actions are taken.",
            remedy="Write 'exactly one of', 'at most one of' or 'at least one of'.",
        )
    if it.expects("NOTE_KIND"):
        return Advice(
            message="The note does not say what kind of text it is.",
            remedy="Write after its name: background, reservation, definition, cross-reference, "
            "heading or comment.",
        )
    if it.found == "otherwise" and END in it.expected and not it.in_clause:
        return Advice(
            message="'otherwise' follows the text that says how the thing is said.",
            remedy='Write for example: "is a child" otherwise "is of age"',
        )
    if it.found == "else" and it.expects("OTHERWISE"):
        return Advice(message="'else' is not a word here.", remedy="Write 'otherwise'.")
    if it.keyword == "expect" and it.found in ("reachable", "unreachable", "to"):
        reach = it.found if it.found != "to" else "reachable"
        if it.last == "not":
            reach = "unreachable" if reach == "reachable" else "reachable"
        clause = it.before[1] if len(it.before) > 1 else "CLAUSE"
        return Advice(
            message="'is reachable' and 'is unreachable' stand directly behind a clause.",
            remedy=f"Write: expect {clause} is {reach}",
        )
    return None


def _rules(it: Mistake) -> Advice | None:
    """The rules by which clashes are resolved: few words, in one form."""
    at_margin = it.text[: it.failure.span.start].endswith("\n") and END in it.expected
    if it.keyword != "resolve" or at_margin:
        return None
    return Advice(
        message=f"'{shorten(it.found)}' cannot stand here."
        if it.found
        else "This 'resolve' breaks off here.",
        remedy="List the rules that are to count, the first one first, each of authority, "
        f"specificity and date at most once. For example: {EXAMPLES['resolve']}",
    )


def _order(it: Mistake) -> Advice | None:
    """Parts in the wrong order, or in the wrong place."""
    if it.keyword == "expect" and it.found in ("never", "always", "sometimes"):
        return Advice(
            message=f"'{it.found}' stands at the beginning.",
            remedy=f"Write: expect {it.found} CONDITION",
        )
    if it.keyword == "ambiguity" and it.found == "reading" and END in it.expected:
        return Advice(
            message="'settled' stands behind all readings.", remedy="Put this reading before it."
        )
    if it.found in ("and", "or") and "sets" in it.before and not it.expects("AND"):
        return Advice(
            message="Only a value or a sum can stand here without brackets.",
            remedy="Put the condition in brackets: sets OUTPUT to (A or B)",
        )
    shown = EXAMPLES.get({"by": "judgment", "per": "outside"}.get(it.found, it.keyword), "")
    late = it.found.startswith('"') or it.found in ("by", "per", "when", "under", "because")
    if late and END in it.expected and it.keyword not in WITH_PARTS:
        word = "This text" if it.found.startswith('"') else f"'{it.found}'"
        return Advice(
            message=f"{word} stands in the wrong place, or has no place here.",
            remedy=f"The parts stand in this order: {shown}",
        )
    return None


PART_RULES: tuple[Rule, ...] = (
    _small_letters,
    _rules,
    _types,
    _missing,
    _order,
    _modality,
    _if,
    _in_clause,
)
