"""Syntax errors in words: what stands there, what could stand there, how to mend it."""

from __future__ import annotations

import re

from policy_dsl.diagnostics import Diagnostic, did_you_mean
from policy_dsl.lark_parser import END, Failure
from policy_dsl.mistakes import RULES
from policy_dsl.mistakes.mistake import Advice, Mistake, could_stand, example, keywords, shorten
from policy_dsl.pieces import Pieces
from policy_dsl.source import Place, Source, Span
from policy_dsl.words import EXAMPLES, each_word

_WORDS_OF_OTHERS = {
    "rule": "clause",
    "section": "clause",
    "article": "clause",
    "paragraph": "clause",
    "norm": "clause",
    "import": "use",
    "include": "use",
    "enum": "type",
    "definition": "define",
    "def": "define",
    "var": "fact",
    "variable": "fact",
    "input": "fact",
    "assumption": "assume",
    "assert": "expect",
    "test": "expect",
    "judgement": "judgment",
    "title": "policy",
    "end": "end order",
    "order": "in order",
    "in": "in order",
    "document": "policy",
    "glossary": "vocabulary",
}


def explain_failure(source: Source, piece: Span, failure: Failure) -> Diagnostic:
    """What is wrong and how to mend it, for a declaration that could not be parsed."""
    mistake = Mistake(text=source.text, piece=piece, failure=failure)
    told = (found for rule in RULES if (found := rule(mistake)) is not None)
    advice = next(told, None) or _in_general(mistake)
    return Diagnostic(
        code=advice.code,
        place=Place(source, mistake.span),
        message=advice.message,
        remedy=advice.remedy,
    )


def _in_general(mistake: Mistake) -> Advice:
    options = could_stand(mistake)
    if not mistake.found:
        return Advice(
            message=f"This '{mistake.keyword}' breaks off here.",
            remedy=f"Here {options} should follow.{example(mistake)}",
        )
    message = f"'{shorten(mistake.found)}' cannot stand here."
    at_margin = mistake.text[: mistake.failure.span.start].endswith("\n")
    if at_margin and END in mistake.expected and mistake.found.isidentifier():
        advice = _no_starter(mistake.found)
        if advice is not None:
            return advice
    if options.startswith("'") and options.count("'") == 2 and END not in mistake.expected:
        found = shorten(mistake.found)
        return Advice(
            message=f"{options} is missing before '{found}'.",
            remedy=f"Write: {' '.join(mistake.before[-2:])} {options[1:-1]} {found}",
        )
    near = did_you_mean(mistake.found, keywords(mistake))
    if near is not None and mistake.found not in keywords(mistake):
        return Advice(message=message, remedy=f"Did you mean '{near}'?")
    if END not in mistake.expected:
        return Advice(message=message, remedy=f"Here {options} should stand.{example(mistake)}")
    ends = f"The '{mistake.keyword}' could end here"
    if options:
        return Advice(message=message, remedy=f"{ends}, or go on with {options}.")
    return Advice(
        message=message,
        remedy=f"{ends}. Every declaration starts on a line of its own, with its own word.",
    )


_PARTS: dict[str, str] = {
    **dict.fromkeys(
        each_word(
            "must may should need when unless provided under sets quote paraphrase overrides "
            "despite within promptly"
        ),
        "clause NAME",
    ),
    **dict.fromkeys(
        each_word("authority issued effective until supersedes text raw"), "policy NAME"
    ),
    **dict.fromkeys(each_word("reading settled"), "ambiguity NAME"),
}
"""Words that start a part of a declaration, and how the declaration begins."""


def _starter_like(word: str) -> str | None:
    """The word that starts a declaration and is meant by another word, if that can be told."""
    return _WORDS_OF_OTHERS.get(word.lower()) or did_you_mean(
        word, (each for each in EXAMPLES if each.isidentifier())
    )


def _no_starter(word: str) -> Advice | None:
    """What to say of a word that starts no declaration, if anything is known about it."""
    message = f"'{shorten(word)}' does not start a declaration."
    if word.lower() in _PARTS:
        begun = _PARTS[word.lower()]
        return Advice(message=message, remedy=f"It is a part of one: put it under '{begun}'.")
    if word == "optional":
        return Advice(
            message=message, remedy="It stands before the type: fact parole_asked : optional yes/no"
        )
    near = _starter_like(word)
    if near is None or near == word:
        return None
    if near == word.lower():
        remedy = f"The words of the language are written in small letters: {near}"
        return Advice(message=message, remedy=remedy)
    return Advice(message=message, remedy=f"Did you mean '{near}'?")


def explain_lead(source: Source, pieces: Pieces) -> Diagnostic | None:
    """The error that something stands before the first declaration, if something does."""
    comments = {each.start: each.end for each in pieces.comments}
    at, end = pieces.lead.start, pieces.lead.end
    text = source.text
    while at < end and (text[at].isspace() or text[at] == "\ufeff" or at in comments):
        at = comments.get(at, at + 1)
    if at >= end:
        return None
    line_end = text.find("\n", at, end)
    line = text[at : line_end if line_end >= 0 else end].rstrip()
    word = re.match(r"\w*", line)
    advice = _no_starter(word.group()) if word and word.group() else None
    if advice is None and line.startswith(("#", "//", "/*")):
        advice = Advice(
            message="A comment does not start like this.",
            remedy="A comment starts with two hyphens and goes to the end of its line: -- like "
            "this",
        )
    if advice is None:
        advice = Advice(
            message="This does not start a declaration.",
            remedy='A spec begins with: policy NAME "title". Every declaration starts on a line of '
            "its own with its own word, such as fact, action or clause.",
        )
    place = Place(source, Span(at, at + len(line)))
    return Diagnostic(code="L01", place=place, message=advice.message, remedy=advice.remedy)
