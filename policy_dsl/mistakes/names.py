"""Mistakes around names: missing ones, ones of several words, words of the language."""

from __future__ import annotations

import re

from policy_dsl.lark_parser import END
from policy_dsl.mistakes.mistake import Advice, Mistake, Rule, example, joined, shorten
from policy_dsl.words import RESERVED, each_word, starts_declaration

_NAMED = each_word(
    "policy vocabulary type subject fact judgment grant choice outside define action decision "
    "output clause ambiguity note reading"
) | {"in order"}
_TYPED = each_word("fact judgment grant choice outside output")
_TYPE_WORDS = each_word("yes no one set integer optional date boolean bool number text")
_PART_WORDS = each_word("shall not must may should if when unless except will can")
_IS = each_word("as when if means equals where be")
_NOUNS = each_word("clause section fact action definition reading ambiguity type paragraph")


def _text_or_name(it: Mistake) -> Advice | None:
    is_text = it.found.startswith('"')
    if it.last == "by" and is_text:
        return Advice(
            message="Who it is stands as a name, not as a text.",
            remedy=f"Write: by {joined(it.found) or 'officer'}",
        )
    if it.expected == {"STRING"} and it.found and not is_text:
        whole = shorten(it.found + it.after).rstrip()
        return Advice(
            message=f"A text in quotation marks follows '{it.last}'.",
            remedy=f'Write: {it.last} "{whole}"',
        )
    if it.expected == {"DATE"} and it.found:
        return Advice(
            message="A date stands here, written year-month-day.",
            remedy=f"Write for example: {it.last} 2017-02-21",
        )
    if is_text and it.expects("NAME") and it.last in ("must", "not", "may", "should", "cannot"):
        return Advice(
            message="An action stands as a name, not as a text.",
            remedy=f"Declare it, and name it here: action {joined(it.found)} {shorten(it.found)}",
        )
    return None


def _missing_name(it: Mistake) -> Advice | None:
    if not it.expects("NAME") or not it.found:
        return None
    before = it.found.startswith('"') or it.found in it.spellings_after_name
    own = it.wants_name and it.keyword in _NAMED
    if own or it.last == "reading":
        named = it.keyword if own else "reading"
        if before and re.fullmatch(r'"[A-Za-z_]\w*(\.\w+)*"', it.found):
            return Advice(
                message="A name stands without quotation marks.",
                remedy=f"Write: {named} {it.found[1:-1]} {shorten(it.after)}".rstrip(),
            )
        if before:
            return Advice(
                message=f"The '{named}' has no name.",
                remedy=f"Write: {named} NAME {shorten(it.found + it.after)}",
            )
        if it.found[0].isdecimal() or it.found == "#":
            name = joined(it.found.strip("#") + _header(it.after))
            return Advice(
                message="A name starts with a letter.",
                remedy=f"Put a letter before it: {named} S{name}",
            )
    elif it.last == "may" and it.found == "not":
        return None  # said with the words of norms
    elif before and it.found in RESERVED and not it.expects("NOT"):
        return Advice(
            message=f"Between '{it.last}' and '{it.found}' a name is missing.",
            remedy=f"Write: {it.last} NAME {it.found}",
        )
    return None


def _header(after: str) -> str:
    """The rest of a line up to what cannot belong to a name."""
    return re.split(r'"|:|--|\bis\b|,', after)[0]


def _after_name(it: Mistake) -> Advice | None:
    """What follows the declaration's own name is wrong: a name of several words, or a gap."""
    if len(it.before) != 2 or it.before[0] not in _NAMED or not it.found or not it.same_line:
        return None
    text = it.found.startswith('"')
    if it.expects("COLON") and it.keyword in _TYPED:
        if text and ":" not in it.after:
            return Advice(
                message="The type is missing before the text.",
                remedy=f"Write: {it.keyword} {it.last} : yes/no {shorten(it.found)}",
            )
        if text or it.found in ("by", "per"):
            return Advice(
                message=f"{'The text' if text else repr(it.found)} stands behind the type.",
                remedy=f"Write: {it.keyword} {it.last} : TYPE {shorten(it.found)}",
            )
        missing = it.found in _TYPE_WORDS or it.found[0].isdecimal()
        if it.found == "is" or (missing and ":" not in it.after):
            type_ = it.after if it.found == "is" else it.found + it.after
            return Advice(
                message="A colon stands between a name and its type.",
                remedy=f"Write: {it.keyword} {it.last} : {shorten(type_.strip())}",
            )
    if not (it.found[0].isalnum() or it.found in ("-", "(", "/", ".")) or it.expects("NOTE_KIND"):
        return None
    if it.last == "the":
        return Advice(message="'the' has no meaning here.", remedy="Leave 'the' out.")
    if it.expects("IS") and not re.search(r"\bis\b", it.after):
        body = it.after.strip() if it.found in _IS else it.found + it.after
        return Advice(
            message=f"'is' is missing after the name '{shorten(it.last)}'.",
            remedy=f"Write: {it.keyword} {it.last} is {shorten(body)}",
        )
    if it.in_clause and it.found.lower() in _PART_WORDS:
        return None
    if starts_declaration(it.text, it.failure.span.start):
        return None
    glue = "" if it.glued else " "
    name = joined(f"{it.last}{glue}{it.found}{_header(it.after)}")
    return Advice(
        message="A name is one word, without blanks, hyphens or brackets.",
        remedy=f"Write for example: {it.keyword} {name}",
    )


def _hyphen(it: Mistake) -> Advice | None:
    between = it.glued and it.last[-1:].isalnum() and it.after[:1].isalnum()
    if it.found != "-" or not between or it.last.isdecimal():
        return None
    name = joined(f"{it.last}-{re.split(r'[^-.A-Za-z0-9_]', it.after)[0]}")
    return Advice(message="A name cannot hold a hyphen.", remedy=f"Write for example: {name}")


def _noun(it: Mistake) -> Advice | None:
    """What a thing is, said before its name."""
    named = re.match(r"\s+[A-Za-z_][\w.]*", it.after)
    if it.found in _NOUNS and it.found in RESERVED and it.expects("NAME") and named:
        if it.wants_name and it.keyword in _NAMED:
            return None
        return Advice(
            message=f"'{it.found}' has no meaning before a name.", remedy=f"Leave '{it.found}' out."
        )
    if it.last in _NOUNS and it.last not in RESERVED and it.found[:1].isalnum():
        return Advice(
            message=f"'{it.last}' has no meaning before a name.", remedy=f"Leave '{it.last}' out."
        )
    return None


def _another_declaration(it: Mistake) -> Advice | None:
    starts = starts_declaration(it.text, it.failure.span.start)
    if not starts or END not in it.expected or not it.same_line:
        return None
    if it.found == "cannot" and it.in_clause:
        return None
    return Advice(
        message=f"'{it.found}' starts a declaration, and a declaration starts on a line of its "
        "own.",
        remedy=f"Begin a new line before '{it.found}'.",
    )


def _reserved(it: Mistake) -> Advice | None:
    """A word of the language stands where only a name can stand."""
    if it.found not in RESERVED or not it.expects("NAME"):
        return None
    return Advice(
        code="L06",
        message=f"'{it.found}' is a word of the language and cannot be a name.",
        remedy=f"Choose another name, such as '{it.found}_'.{example(it)}",
    )


NAME_RULES: tuple[Rule, ...] = (
    _text_or_name,
    _missing_name,
    _noun,
    _after_name,
    _hyphen,
    _another_declaration,
)
LAST_RULES: tuple[Rule, ...] = (_reserved,)
"""What is tried when nothing better was found."""
