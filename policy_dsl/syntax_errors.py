"""Syntax errors in words: what stands there, what could stand there, how to mend it."""

from __future__ import annotations

import re

from policy_dsl.diagnostics import Diagnostic, did_you_mean
from policy_dsl.lark_parser import END, Failure
from policy_dsl.mistaken_names import NAME_RULES, reserved
from policy_dsl.mistaken_signs import SIGN_RULES
from policy_dsl.mistaken_words import WORD_RULES
from policy_dsl.mistakes import Advice, Mistake, could_stand, example, keywords, shorten
from policy_dsl.pieces import Pieces
from policy_dsl.source import Place, Source, Span
from policy_dsl.words import EXAMPLES

_RULES = (*SIGN_RULES, *NAME_RULES, *WORD_RULES, reserved)

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
}


def explain_failure(source: Source, piece: Span, failure: Failure) -> Diagnostic:
    """What is wrong and how to mend it, for a declaration that could not be parsed."""
    mistake = Mistake(text=source.text, piece=piece, failure=failure)
    told = (found for rule in _RULES if (found := rule(mistake)) is not None)
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
        near = _starter_like(mistake.found)
        if near is not None:
            return Advice(
                message=f"'{shorten(mistake.found)}' does not start a declaration.",
                remedy=f"Did you mean '{near}'?",
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


def _starter_like(word: str) -> str | None:
    """The word that starts a declaration and is meant by another word, if that can be told."""
    return _WORDS_OF_OTHERS.get(word.lower()) or did_you_mean(
        word, (each for each in EXAMPLES if each.isidentifier())
    )


def explain_lead(source: Source, pieces: Pieces) -> Diagnostic | None:
    """The error that something stands before the first declaration, if something does."""
    comments = {each.start: each.end for each in pieces.comments}
    at, end = pieces.lead.start, pieces.lead.end
    while at < end and (source.text[at].isspace() or source.text[at] == "\ufeff" or at in comments):
        at = comments.get(at, at + 1)
    if at >= end:
        return None
    line_end = source.text.find("\n", at, end)
    line = source.text[at : line_end if line_end >= 0 else end].rstrip()
    word = re.match(r"\w*", line)
    near = _starter_like(word.group()) if word and word.group() else None
    message = "This does not start a declaration."
    if word and word.group() == "optional":
        remedy = "'optional' stands before the type: fact parole_asked : optional yes/no"
    elif near is not None and word and word.group() != word.group().lower() == near:
        message = f"'{word.group()}' does not start a declaration."
        remedy = f"The words of the language are written in small letters: {near}"
    elif near is not None and word and word.group() != near:
        message = f"'{word.group()}' does not start a declaration."
        remedy = f"Did you mean '{near}'?"
    elif line.startswith(("#", "//", "/*")):
        message = "A comment does not start like this."
        remedy = "A comment starts with two hyphens and goes to the end of its line: -- like this"
    else:
        remedy = (
            'A spec begins with: policy NAME "title". Every declaration starts on a line of its '
            "own with its own word, such as fact, action or clause."
        )
    place = Place(source, Span(at, at + len(line)))
    return Diagnostic(code="L01", place=place, message=message, remedy=remedy)
