"""Syntax errors in words: what stands there, what could stand there, how to mend it."""

from __future__ import annotations

import re

from policy_dsl.diagnostics import did_you_mean
from policy_dsl.lark_parser import Failure, spelling, words_of_the_language
from policy_dsl.source import Span

_PLAIN = {
    "NAME": "a name",
    "NUMBER": "a number",
    "STRING": 'a text in "quotation marks"',
    "DATE": "a date such as 2017-02-21",
    "RELATION": "a comparison sign such as <",
    "YES_NO_TYPE": "yes/no",
    "BOUND": "'exactly', 'at most' or 'at least'",
    "PREVAILS": "'overrides' or 'despite'",
    "SENSE": "a sense: precedence, carve-out, condition precedent, proviso, savings or scope",
    "NOTE_KIND": "a kind: background, reservation, definition, cross-reference, heading or comment",
    "SET_QUANTITY": "'any', 'all' or 'none'",
    "EXPECT_WORD": "'never', 'always' or 'sometimes'",
}
_HIDDEN = {"REACH", "$END", "FACT_KIND"}
_SIGNS = {"PLUS", "MINUS", "TIMES", "RELATION"}

_SENSES = (
    "Say in what sense: 'as precedence' (the other prevails where they clash), 'as carve-out' "
    "(this one does not apply where the other does), 'as condition precedent' or 'as proviso' "
    "(this one needs the other), 'as savings' (this one never touches what the other gives), "
    "'as scope' (this one speaks only where the other does)."
)

_MODALS = {"MUST", "MAY", "NEED", "SHOULD", "SETS"}


def explain_failure(text: str, piece: Span, failure: Failure) -> tuple[str, str]:
    """What is wrong and how to mend it, for a declaration that could not be parsed."""
    keyword = _keyword(text, piece)
    before = text[piece.start : failure.span.start].rstrip()
    special = _special(before, failure, keyword)
    if special is not None:
        return special
    options = _options(failure)
    ends = "$END" in failure.expected
    if failure.kind == "$END":
        return (
            f"This {keyword} breaks off here.",
            f"Here {options} should follow." if options else f"Complete the {keyword}.",
        )
    message = f"'{_shorten(failure.found)}' cannot stand here."
    near = did_you_mean(failure.found, _words(failure)) if failure.found else None
    if near is not None:
        return message, f"Did you mean '{near}'?"
    if options and ends:
        return message, f"The {keyword} could end here, or go on with {options}."
    if options:
        return message, f"Here {options} can stand."
    return message, f"The {keyword} could end before this; what follows starts a new declaration."


def _keyword(text: str, piece: Span) -> str:
    found = re.match(r"(?:in|end)\s+order|\w+", text[piece.start : piece.end])
    return f"'{' '.join(found.group().split())}'" if found else "declaration"


def _special(before: str, failure: Failure, keyword: str) -> tuple[str, str] | None:
    """Mistakes that deserve words of their own."""
    found, expected = failure.found, failure.expected
    last = before.rsplit(None, 1)[-1] if before else ""
    if re.search(r"\bsubject\s+to\s+[\w., ]+$", before) and "AS" in expected:
        return "'subject to' can mean several things and must say which.", _SENSES
    if found in {"{", "}", ";"}:
        return f"'{found}' has no meaning here.", "Leave it out: declarations need no such marks."
    if found in {"\u201c", "\u201d", "'", "\u2018", "\u2019"}:
        return (
            f"'{found}' is not the quotation mark of the language.",
            'Put texts in straight double marks: "text".',
        )
    if found in {"==", "&&", "||", "!"} or (found == "=" and last == "="):
        return f"'{found}' is not a sign of the language.", "Write 'is', 'and', 'or', 'not'."
    if found == "=" and "RELATION" not in expected and "COLON" in expected:
        return "A fact's type follows a colon.", "Write for example: fact age : 0 .. 120 years"
    if keyword == "'clause'" and failure.kind == "$END" and expected >= {"MUST", "MAY"}:
        return None
    if found == "," and "COMMA" not in expected:
        return (
            "A comma cannot stand here.",
            "Join conditions with 'and' or 'or', or write a list: 'any of A, B' or 'all of A, B'.",
        )
    if found and re.match(r"[^\x00-\x7f]", found):
        return (
            f"The character '{found}' cannot stand in a name.",
            "Names are made of the letters A to Z, digits, '_' and '.'; any text may stand in "
            "quotation marks.",
        )
    if found == "of" and last == "one" and "LPAR" in expected:
        return "A list of values needs brackets here.", "Write: one of (first, second)"
    return None


def _words(failure: Failure) -> set[str]:
    words = {spelling(each) for each in failure.expected}
    known = {each for each in words if each is not None and each.isidentifier()}
    return known & (words_of_the_language() | known)


def _options(failure: Failure) -> str:
    """What could stand there, at most eight kinds, in words."""
    plain = [_PLAIN[each] for each in sorted(failure.expected) if each in _PLAIN and each not in _SIGNS]
    exact = []
    for each in sorted(failure.expected - set(_PLAIN) - _HIDDEN - _SIGNS):
        word = spelling(each)
        if word is not None:
            exact.append(f"'{word}'")
    if failure.expected >= {"NAME", "LPAR", "NOT"}:
        return "a condition"
    if failure.expected >= {"NAME", "LPAR", "NUMBER"}:
        return "a value or a name"
    shown = plain + exact
    if len(shown) > 8:
        shown = [*shown[:8], "..."]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " or " + shown[-1] if shown else ""


def _shorten(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= 40 else folded[:37] + "..."
