"""Signs that authors write out of habit, and what the language writes instead."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from policy_dsl.mistakes import Advice, Mistake
from policy_dsl.words import starts_declaration

_COMMENT = "A comment starts with two hyphens and goes to the end of its line: -- like this"
_AND = "Write 'and', 'or', 'not' as words."

_SIGNS: dict[str, tuple[str, str]] = {
    ";": ("A semicolon has no meaning here.", "Leave it out: the next word starts the next part."),
    "{": ("Braces have no meaning here.", "Leave them out; groups stand in round brackets: ( )"),
    "}": ("Braces have no meaning here.", "Leave them out; groups stand in round brackets: ( )"),
    "[": ("Square brackets have no meaning here.", "Groups stand in round brackets: ( )"),
    "]": ("Square brackets have no meaning here.", "Groups stand in round brackets: ( )"),
    "&": ("'&' is not a sign of the language.", _AND),
    "&&": ("'&&' is not a sign of the language.", _AND),
    "|": ("'|' is not a sign of the language.", "Write 'or', or a comma between values."),
    "||": ("'||' is not a sign of the language.", _AND),
    "!": ("'!' is not a sign of the language.", _AND),
    "~": ("'~' is not a sign of the language.", _AND),
    "#": ("A comment does not start like this.", _COMMENT),
    "//": ("A comment does not start like this.", _COMMENT),
    "/*": ("A comment does not start like this.", _COMMENT),
    "\u2013": ("A long dash has no meaning here.", f"{_COMMENT}. Minus is a plain hyphen."),
    "\u2014": ("A long dash has no meaning here.", f"{_COMMENT}. Minus is a plain hyphen."),
    "\u2026": ("Three dots have no meaning here.", "A range is written with two dots: 0 .. 120"),
    "...": ("Three dots have no meaning here.", "A range is written with two dots: 0 .. 120"),
    "\u2265": ("This sign is not one of the language.", "Write '>=' for 'at least'."),
    "\u2264": ("This sign is not one of the language.", "Write '<=' for 'at most'."),
    "\u2260": ("This sign is not one of the language.", "Write '!=' or 'is not'."),
    "\u2192": ("An arrow has no meaning here.", "For 'if A then B' write: A implies B"),
    "\u21d2": ("An arrow has no meaning here.", "For 'if A then B' write: A implies B"),
    "\u00d7": ("This sign is not one of the language.", "Write '*' to multiply."),
    "\u00ac": ("This sign is not one of the language.", _AND),
    "\u2227": ("This sign is not one of the language.", _AND),
    "\u2228": ("This sign is not one of the language.", _AND),
    "%": ("'%' is not a sign of the language.", "Write the unit as a word: 50 percent"),
    "$": ("'$' is not a sign of the language.", "Write the unit as a word: 500 dollars"),
    "\u20ac": ("'\u20ac' is not a sign of the language.", "Write the unit as a word: 500 euros"),
    "\\": ("A backslash has a meaning only inside a text.", "Leave it out."),
}

_PAIRS: dict[tuple[str, str], tuple[str, str]] = {
    ("=", "="): ("'==' is not a sign of the language.", "Write 'is', or one '='."),
    ("<", ">"): ("'<>' is not a sign of the language.", "Write 'is not', or '!='."),
    ("=", "<"): ("'=<' is not a sign of the language.", "Write '<=' for 'at most'."),
    ("-", ">"): ("An arrow has no meaning here.", "For 'if A then B' write: A implies B"),
    ("=", ">"): (
        "'=>' is not a sign of the language.",
        "For 'at least' write '>='; for 'if A then B' write: A implies B",
    ),
}

_MARKS = "\u201c\u201d\u201e\u2018\u2019'`\u00ab\u00bb"


def _quotation(it: Mistake) -> Advice | None:
    if it.found and it.found in _MARKS:
        return Advice(
            message=f"The sign {it.found} is not a quotation mark of the language.",
            remedy='Put texts in straight double marks: "text". Word processors often change them.',
        )
    if not it.found or not it.before or not it.last.startswith('"'):
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
    return Advice(message="'/' has no meaning here.", remedy="There is no division.")


def _equals(it: Mistake) -> Advice | None:
    if it.found not in ("=", ":", ":="):
        return None
    if it.expects("COLON"):
        return Advice(
            message="A colon stands between a name and its type.",
            remedy=f"Write: {it.keyword} {it.last} : TYPE",
        )
    if it.expects("IS") and not it.expects("AND"):
        return Advice(
            message=f"'is' stands here, not '{it.found}'.",
            remedy=f"Write: {it.keyword} {it.last} is ...",
        )
    if it.expects("TO"):
        return Advice(
            message="'to' stands here, not a sign.", remedy=f"Write: sets {it.last} to ..."
        )
    if it.found == ":" and it.before and not it.wants_name:
        return Advice(message="A colon has no meaning here.", remedy="Leave it out.")
    return None


def _comma(it: Mistake) -> Advice | None:
    if it.found != ",":
        return None
    follows = it.after.split(None, 1)
    if it.last.isdecimal() and it.glued and it.after[:3].isdecimal():
        return Advice(
            message="A number is written without commas.",
            remedy=f"Write: {it.last}{it.after[:3]}",
        )
    if it.keyword == "authorities":
        return Advice(
            message="Authorities stand in an order, from the highest to the lowest.",
            remedy="Put '>' between them: authorities statute > court_order > agency_memo",
        )
    if follows and follows[0].startswith("optional"):
        return Advice(
            message="'optional' stands before the type.", remedy="Write: fact NAME : optional TYPE"
        )
    opened = _last_open(it.before)
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


def _last_open(before: tuple[str, ...]) -> int:
    """Where the innermost bracket that is still open stands, or -1."""
    depth = 0
    for index in range(len(before) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(before[index], 0)
        if depth < 0:
            return index
    return -1


def _brackets(it: Mistake) -> Advice | None:
    if it.found == ")":
        if _last_open(it.before) < 0:
            return Advice(
                message="This bracket closes nothing.",
                remedy="Leave it out, or put '(' where the group begins.",
            )
        if it.last == "(":
            return Advice(
                message="The brackets are empty.",
                remedy="Leave them out where there is nothing to put in.",
            )
    if it.found == "(" and it.last == "of" and it.expects("NAME") and not it.expects("NOT"):
        return Advice(
            message="This list stands without brackets.",
            remedy=f"Write: {' '.join(it.before[-2:])} {it.after.strip().rstrip(')')}",
        )
    if not it.found and _last_open(it.before) >= 0 and (it.expects("RPAR") or it.last == "("):
        return Advice(
            message=f"A bracket of this '{it.keyword}' is never closed.",
            remedy="Put ')' where the group that starts with '(' ends.",
        )
    return None


def _stop(it: Mistake) -> Advice | None:
    if it.found == "." and it.last.isdecimal() and it.after[:1].isdecimal():
        return Advice(
            message="Only whole numbers can be written.",
            remedy="Take a smaller unit: 150 cents rather than 1.5 dollars.",
        )
    if it.found == ".":
        return Advice(message="A full stop has no meaning here.", remedy="Leave it out.")
    return None


def _plain(it: Mistake) -> Advice | None:
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


SIGN_RULES: tuple[Callable[[Mistake], Advice | None], ...] = (
    _quotation,
    _pair,
    _slash,
    _equals,
    _comma,
    _brackets,
    _stop,
    _plain,
    _foreign,
)
"""What is tried for a sign at the place, in this order."""
