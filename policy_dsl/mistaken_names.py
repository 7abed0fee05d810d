"""Mistakes around names: missing ones, ones of several words, words of the language, lists."""

from __future__ import annotations

import re
from collections.abc import Callable

from policy_dsl.lark_parser import END, spelling
from policy_dsl.mistakes import Advice, Mistake, example, keywords, shorten
from policy_dsl.words import RESERVED, each_word, starts_declaration

_NAMED = each_word(
    "policy type subject fact judgment grant choice outside define action decision output clause "
    "ambiguity note reading"
)
_TYPED = each_word("fact judgment grant choice outside output")
_TYPE_WORDS = each_word("yes no one set integer optional date boolean bool number text")


def _text_or_name(it: Mistake) -> Advice | None:
    is_text = it.found.startswith('"')
    if it.last == "by" and is_text:
        name = re.sub(r"\W+", "_", it.found.strip('"')).strip("_")
        return Advice(
            message="Who it is stands as a name, not as a text.",
            remedy=f"Write: by {shorten(name) or 'officer'}",
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
    return None


def _missing_name(it: Mistake) -> Advice | None:
    if not it.expects("NAME") or not it.found:
        return None
    before = it.found.startswith('"') or any(
        spelling(each) == it.found for each in it.failure.after_name
    )
    own = it.wants_name and it.keyword in _NAMED
    if own or it.last == "reading":
        named = it.keyword if own else "reading"
        if before:
            return Advice(
                message=f"The '{named}' has no name.",
                remedy=f"Write: {named} NAME {shorten(it.found + it.after)}",
            )
        if it.found[0].isdecimal():
            joined = _joined(it.found + _header(it.after))
            return Advice(
                message="A name starts with a letter.",
                remedy=f"Put a letter before it: {named} S{joined}",
            )
    elif before and it.found in RESERVED and not it.expects("NOT"):
        return Advice(
            message=f"Between '{it.last}' and '{it.found}' a name is missing.",
            remedy=f"Write: {it.last} NAME {it.found}",
        )
    return None


def _header(after: str) -> str:
    """The rest of a line up to what cannot belong to a name."""
    return re.split(r'"|:|--|\bis\b|,', after)[0]


def _joined(words: str) -> str:
    """Words, hyphens and brackets made into one name."""
    joined = re.sub(r"\s*\(\s*(\w+)\s*\)", r".\1", words.strip())
    return shorten(re.sub(r"[^\w.]+", "_", joined).strip("_."), 60)


def _after_name(it: Mistake) -> Advice | None:
    """What follows the declaration's own name is wrong: a name of several words, or a gap."""
    if len(it.before) != 2 or it.before[0] not in _NAMED or not it.found or not it.same_line:
        return None
    if not (it.found[0].isalnum() or it.found in ("-", "(", "/")) or it.expects("NOTE_KIND"):
        return None
    if it.expects("COLON") and (it.found == "is" or ":" not in it.after):
        missing = it.found in _TYPE_WORDS or it.found[0].isdecimal() or it.found == "is"
        if it.keyword in _TYPED and missing:
            type_ = it.after if it.found == "is" else it.found + it.after
            return Advice(
                message="A colon stands between a name and its type.",
                remedy=f"Write: {it.keyword} {it.last} : {shorten(type_.strip())}",
            )
    if it.expects("IS") and not re.search(r"\bis\b", it.after):
        return Advice(
            message=f"'is' is missing after the name '{shorten(it.last)}'.",
            remedy=f"Write: {it.keyword} {it.last} is {shorten(it.found + it.after)}",
        )
    if it.in_clause and it.found.lower() in _CLAUSE_WORDS:
        return None
    if starts_declaration(it.text, it.failure.span.start):
        return None
    glue = "" if it.glued else " "
    name = _joined(f"{it.last}{glue}{it.found}{_header(it.after)}")
    return Advice(
        message="A name is one word, without blanks, hyphens or brackets.",
        remedy=f"Write for example: {it.keyword} {name}",
    )


_CLAUSE_WORDS = each_word("shall shall not must may should if when unless except will can")


def _hyphen(it: Mistake) -> Advice | None:
    between = it.glued and it.last[-1:].isalnum() and it.after[:1].isalnum()
    if it.found != "-" or not between or it.last.isdecimal():
        return None
    name = _joined(f"{it.last}-{re.split(r'[^-.A-Za-z0-9_]', it.after)[0]}")
    return Advice(message="A name cannot hold a hyphen.", remedy=f"Write for example: {name}")


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


def _list(it: Mistake) -> Advice | None:
    if it.last == "," and (not it.found or it.found in RESERVED):
        return Advice(
            message="The list ends with a comma.",
            remedy="Leave the comma out, or write one more name after it.",
        )
    if not it.in_names:
        return None
    if it.found in ("and", "&", "&&"):
        return Advice(
            message="Names in a list are separated by commas.",
            remedy=f"Write: {it.last}, {shorten(it.after.strip(), 30)}",
        )
    if it.found == "or":
        return Advice(
            message="A list of names has no 'or'.",
            remedy="Where either will do, declare one action that stands for both, or write a "
            "clause for each.",
        )
    known = it.found in RESERVED or it.found in keywords(it) or it.found in _NOT_NAMES
    if it.same_line and it.found.isidentifier() and not known and it.in_clause:
        rest = re.match(r"(?:[^\S\n]+(?!(?:when|unless)\b)\w+)*", it.after)
        name = _joined(f"{it.last} {it.found}{rest.group() if rest else ''}")
        return Advice(
            message=f"'{shorten(it.found)}' cannot stand here: a name is one word.",
            remedy=f"Write one name, such as {name}, or put commas between names.",
        )
    return None


_NOT_NAMES = each_word("within if where except but shall will then while once whenever")


def reserved(it: Mistake) -> Advice | None:
    """A word of the language stands where only a name can stand."""
    if it.found not in RESERVED or not it.expects("NAME"):
        return None
    return Advice(
        code="L06",
        message=f"'{it.found}' is a word of the language and cannot be a name.",
        remedy=f"Choose another name, such as '{it.found}_'.{example(it)}",
    )


NAME_RULES: tuple[Callable[[Mistake], Advice | None], ...] = (
    _text_or_name,
    _list,
    _missing_name,
    _after_name,
    _hyphen,
    _another_declaration,
)
"""What is tried where a name is at fault, in this order."""
