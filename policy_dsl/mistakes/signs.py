"""Signs that authors write out of habit, and what the language writes instead."""

from __future__ import annotations

import unicodedata

from policy_dsl.mistakes.mistake import Advice, Mistake, Rule, last_open, shorten
from policy_dsl.words import starts_declaration

_COMMENT = "A comment starts with two hyphens and goes to the end of its line: -- like this"
_WORDS = "Write 'and', 'or', 'not' as words."
_IMPLIES = "For 'if A then B' write: A implies B"
_BRACES = ("Braces have no meaning here.", "Leave them out; groups stand in round brackets: ( )")
_SQUARE = ("Square brackets have no meaning here.", "Groups stand in round brackets: ( )")
_NO_COMMENT = ("A comment does not start like this.", _COMMENT)
_DASH = ("A long dash has no meaning here.", f"{_COMMENT}. Minus is a plain hyphen.")
_DOTS = ("Three dots have no meaning here.", "A range is written with two dots: 0 .. 120")
_ARROW = ("An arrow has no meaning here.", _IMPLIES)

_SIGNS: dict[str, tuple[str, str]] = {
    ";": ("A semicolon has no meaning here.", "Leave it out; members of a list have commas."),
    "{": _BRACES,
    "}": _BRACES,
    "[": _SQUARE,
    "]": _SQUARE,
    **{each: (f"'{each}' is not a sign of the language.", _WORDS) for each in ("&", "&&", "||")},
    **{each: (f"'{each}' is not a sign of the language.", _WORDS) for each in ("!", "~")},
    **dict.fromkeys("\u00ac\u2227\u2228", ("This sign is not one of the language.", _WORDS)),
    "|": ("'|' is not a sign of the language.", "Write 'or', or a comma between values."),
    "#": _NO_COMMENT,
    "//": _NO_COMMENT,
    "/*": _NO_COMMENT,
    "\u2013": _DASH,
    "\u2014": _DASH,
    "\u2026": _DOTS,
    "...": _DOTS,
    "\u2192": _ARROW,
    "\u21d2": _ARROW,
    "≥": ("This sign is not one of the language.", "Write '>=' for 'at least'."),
    "≤": ("This sign is not one of the language.", "Write '<=' for 'at most'."),
    "≠": ("This sign is not one of the language.", "Write 'is not', or '!='."),
    "\u00d7": ("This sign is not one of the language.", "Write '*' to multiply."),
    "%": ("'%' is not a sign of the language.", "Write the unit as a word: 50 percent"),
    "$": ("'$' is not a sign of the language.", "Write the currency behind the amount: 500 USD"),
    "€": ("'€' is not a sign of the language.", "Write the currency behind the amount: 500 EUR"),
    "\\": ("A backslash has a meaning only inside a text.", "Leave it out."),
}

_PAIRS: dict[tuple[str, str], tuple[str, str]] = {
    ("=", "="): ("'==' is not a sign of the language.", "Write 'is', or one '='."),
    ("<", ">"): ("'<>' is not a sign of the language.", "Write 'is not', or '!='."),
    ("=", "<"): ("'=<' is not a sign of the language.", "Write '<=' for 'at most'."),
    ("-", ">"): _ARROW,
    ("=", ">"): ("'=>' is not a sign of the language.", f"For 'at least' write '>='. {_IMPLIES}"),
}

_MARKS = "\u201c\u201d\u201e\u2018\u2019'`\u00ab\u00bb"


def _quotation(it: Mistake) -> Advice | None:
    if it.found and it.found in _MARKS:
        return Advice(
            message=f"The sign {it.found} is not a quotation mark of the language.",
            remedy='Put texts in straight double marks: "text". Word processors often change them.',
        )
    if not it.found or not it.last.startswith('"'):
        return None
    begins = starts_declaration(it.text, it.failure.span.start)
    if it.glued and not begins and (it.found[0] == '"' or it.found[0].isalnum()):
        return Advice(
            message="The text ends at this quotation mark, but more words follow.",
            remedy='A quotation mark inside a text is written \\": "the term \\"alien\\" means"',
        )
    if it.found[0] == '"':
        return Advice(
            message="Two texts stand side by side.",
            remedy="Make them one text: a text may run over several lines. (A quotation mark "
            'inside a text is written \\".)',
        )
    return None


def _pair(it: Mistake) -> Advice | None:
    found = _PAIRS.get((it.last, it.found)) if it.glued else None
    return Advice(message=found[0], remedy=found[1]) if found else None


def _slash(it: Mistake) -> Advice | None:
    if it.found != "/":
        return None
    if it.last in ("and", "or"):
        return Advice(
            message="'and/or' can be read in two ways.",
            remedy="Write 'or' where one is enough (both may hold as well), 'and' where both are "
            "needed.",
        )
    if it.last == "no":
        return Advice(
            message="A yes/no fact has no third value.",
            remedy="List the values: one of (shown, refuted, unclear). Or say that it may be "
            "unknown: optional yes/no",
        )
    if it.expects("PER"):
        return Advice(message="'/' has no meaning here.", remedy="Write: yes/no")
    return Advice(message="'/' has no meaning here.", remedy="There is no division.")


def _equals(it: Mistake) -> Advice | None:
    if it.found not in ("=", ":", ":=") or it.found in it.spellings_after_name:
        return None
    if it.expects("COLON"):
        return Advice(
            message="A colon stands between a name and its type.",
            remedy=f"Write: {it.keyword} {it.last} : {shorten(it.after.strip()) or 'TYPE'}",
        )
    if it.expects("IS") and not it.expects("AND"):
        return Advice(
            message=f"'is' stands here, not '{it.found}'.",
            remedy=f"Write: {it.keyword} {it.last} is {shorten(it.after.strip()) or '...'}",
        )
    if it.expects("TO"):
        return Advice(
            message=f"'to' stands here, not '{it.found}'.",
            remedy=f"Write: sets {it.last} to {shorten(it.after.strip()) or '...'}",
        )
    what = "A colon" if it.found == ":" else f"'{it.found}'"
    return Advice(message=f"{what} has no meaning here.", remedy="Leave it out.")


def _brackets(it: Mistake) -> Advice | None:
    if it.found == ")" and last_open(it.before) < 0:
        return Advice(
            message="This bracket closes nothing.",
            remedy="Leave it out, or put '(' where the group begins.",
        )
    if it.found == ")" and it.last == "(":
        return Advice(
            message="The brackets are empty.",
            remedy="Leave them out where there is nothing to put in.",
        )
    if it.expects("COLON") and it.found in (")", ",") and "(" in it.before:
        return Advice(
            message="A parameter has a type.", remedy=f"Write for example: {it.last} : yes/no"
        )
    if not it.found and last_open(it.before) >= 0 and (it.expects("RPAR") or it.last == "("):
        return Advice(
            message=f"A bracket of this '{it.keyword}' is never closed.",
            remedy="Put ')' where the group that starts with '(' ends.",
        )
    return None


def _stop(it: Mistake) -> Advice | None:
    if it.found != "." or (it.after[:1] == "(" and len(it.before) == 2):
        return None
    if it.last.isdecimal() and it.after[:1].isdecimal():
        return Advice(
            message="Only a whole number can stand here.",
            remedy="Leave out the digits behind the point.",
        )
    return Advice(message="A full stop has no meaning here.", remedy="Leave it out.")


def _bullet(it: Mistake) -> Advice | None:
    if it.found in ("-", "*", "+") and it.in_clause and not it.same_line:
        return Advice(
            message=f"'{it.found}' has no meaning at the beginning of a line.",
            remedy="Leave it out: every part of a clause starts with its own word.",
        )
    return None


def _plain(it: Mistake) -> Advice | None:
    if it.found == "#" and it.wants_name:
        return None
    found = _SIGNS.get(it.found)
    return Advice(message=found[0], remedy=found[1]) if found else None


def _foreign(it: Mistake) -> Advice | None:
    if not it.found or it.found[0].isascii():
        return None
    if unicodedata.category(it.found[0]) == "Cf":
        shown = f"U+{ord(it.found[0]):04X} {unicodedata.name(it.found[0], '')}".rstrip()
        return Advice(
            message=f"A character stands here that cannot be seen ({shown}).", remedy="Delete it."
        )
    return Advice(
        message=f"The character '{it.found[0]}' cannot stand outside a text.",
        remedy="Names are made of the letters A to Z, digits, '_' and '.'; any character may stand "
        "in a text in quotation marks.",
    )


SIGN_RULES: tuple[Rule, ...] = (
    _quotation,
    _pair,
    _slash,
    _equals,
    _brackets,
    _stop,
    _bullet,
    _plain,
    _foreign,
)
