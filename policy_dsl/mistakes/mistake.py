"""A place where a declaration stopped making sense, and what can be said of it in general."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from policy_dsl.diagnostics import Code
from policy_dsl.lark_parser import END, Failure, spelling
from policy_dsl.source import Span
from policy_dsl.words import EXAMPLES, GAP

_LEXEME = re.compile(
    r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[A-Za-z_][\w.]*\w|[A-Za-z_]|[0-9]{4}-[0-9]{2}-[0-9]{2}\b|[0-9]+(?:\.[0-9]+)?|\.\.+|&&|\|\||==|=>|->|<>|=<|//|/\*'
    r"|[<>!]=|\S",
    re.DOTALL,
)
_COMMENT_OR_LEXEME = re.compile(rf"--[^\n]*|({_LEXEME.pattern})", re.DOTALL)

_KEYWORD = re.compile(rf"(?P<two>in|end){GAP}order\b|\w+")

WITH_PARTS = ("clause", "policy", "vocabulary", "ambiguity", "note")
"""The declarations whose parts stand in any order, each behind a word of its own."""

_LOOK_BACK = 2000


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What is wrong and how to mend it."""

    message: str
    remedy: str
    code: Code = "L01"


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A declaration and the place in it that could not be taken."""

    text: str
    piece: Span
    failure: Failure

    @cached_property
    def keyword(self) -> str:
        """The word that starts the declaration."""
        found = _KEYWORD.match(self.text, self.piece.start, self.piece.end)
        if found is None:
            return ""
        return f"{found['two']} order" if found["two"] else found.group()

    @cached_property
    def found(self) -> str:
        """The word, number, text or sign at the place; empty at the end of the declaration."""
        found = _LEXEME.match(self.text, self.failure.span.start, self.piece.end)
        return found.group() if found and self.failure.span.end > self.failure.span.start else ""

    @cached_property
    def before(self) -> tuple[str, ...]:
        """The words and signs before the place, without comments; the last of very many."""
        start = max(self.piece.start, self.failure.span.start - _LOOK_BACK)
        found = _COMMENT_OR_LEXEME.finditer(self.text, start, self.failure.span.start)
        return tuple(each.group(1) for each in found if each.group(1) is not None)

    @property
    def last(self) -> str:
        """The word or sign directly before the place."""
        return self.before[-1] if self.before else ""

    @property
    def span(self) -> Span:
        """What the message points at: the word at the place, or the end of the declaration."""
        start = self.failure.span.start
        if not self.found:
            return Span(max(self.piece.start, start - 1), start)
        return Span(start, start + len(self.found))

    @property
    def after(self) -> str:
        """The rest of the line behind the word at the place."""
        start = self.failure.span.start + len(self.found)
        end = self.text.find("\n", start, min(self.piece.end, start + _LOOK_BACK))
        return self.text[start : end if end >= 0 else min(self.piece.end, start + _LOOK_BACK)]

    @property
    def glued(self) -> bool:
        """Whether no blank stands before the place."""
        start = self.failure.span.start
        return start > self.piece.start and not self.text[start - 1].isspace()

    @property
    def expected(self) -> frozenset[str]:
        """The terminals that could stand at the place."""
        return self.failure.expected

    def expects(self, *terminals: str) -> bool:
        """Whether each of the terminals could stand at the place."""
        return self.failure.expected.issuperset(terminals)

    @property
    def spellings_after_name(self) -> frozenset[str]:
        """The fixed words and signs that could stand after one more name."""
        words = {spelling(each) for each in self.failure.after_name}
        return frozenset(each for each in words if each is not None)

    @property
    def wants_name(self) -> bool:
        """Whether the declaration's own name is what is missing."""
        return self.expects("NAME") and " ".join(self.before) == self.keyword

    @property
    def same_line(self) -> bool:
        """Whether something stands before the place on its line."""
        start = self.failure.span.start
        near = self.text[max(0, start - _LOOK_BACK) : start]
        return bool(near[near.rfind("\n") + 1 :].strip())

    @property
    def in_names(self) -> bool:
        """Whether a list of names, such as the actions of a norm, could go on here."""
        return self.expects("COMMA") and not self.expects("AND") and not self.expects("RPAR")

    @property
    def in_clause(self) -> bool:
        """Whether a part of a clause could stand here."""
        return self.expects("MUST", "WHEN", "SETS")


Rule: TypeAlias = Callable[[Mistake], Advice | None]
"""What may know a mistake."""


def last_open(before: tuple[str, ...]) -> int:
    """Where, in a run of words, the innermost bracket stands that is still open, or -1."""
    depth = 0
    for index in range(len(before) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(before[index], 0)
        if depth < 0:
            return index
    return -1


def joined(words: str) -> str:
    """Words, hyphens and brackets made into one name."""
    name = re.sub(r"\.?\s*\(\s*(\w+)\s*\)", r".\1", words.strip())
    return shorten(re.sub(r"[^\w.]+", "_", name).strip("_."), 60)


def shorten(text: str, most: int = 40) -> str:
    """The text on one line, cut where it is long."""
    folded = " ".join(text[: 4 * most].split())
    return folded if len(folded) <= most else folded[: most - 3] + "..."


def keywords(mistake: Mistake) -> set[str]:
    """The fixed words that could stand at the place."""
    words = {spelling(each) for each in mistake.expected}
    return {each for each in words if each is not None and each.isidentifier()}


_GROUPS: tuple[tuple[frozenset[str], frozenset[str], str], ...] = tuple(
    (frozenset(needs.split()), frozenset(covers.split()), words)
    for needs, covers, words in (
        (
            "NAME NOT LPAR",
            "NAME NOT LPAR _NUMBER_OF NUMBER FRACTION MINUS YES NO SHOULD MUST MAY NEED SILENT ANY "
            "ALL NONE EXACTLY AT DATE EXPECT_WORD",
            "a condition",
        ),
        (
            "NAME LPAR NUMBER",
            "NAME NOT LPAR NUMBER FRACTION BEFORE AFTER ON MINUS YES NO SHOULD MUST MAY NEED "
            "SILENT NONE DATE ONE ESTABLISHED EMPTY DONE BROKEN REACH _NUMBER_OF",
            "a value or a name",
        ),
        (
            "YES SET INTEGER",
            "YES SET INTEGER NAME ONE NUMBER FRACTION MINUS OPTIONAL _DOTS DECIMAL MONEY DATE "
            "_DATE_TYPE",
            "a type, such as yes/no, 0 .. 120 years, set of NAME, or the name of a type",
        ),
        (
            "MUST WHEN SETS",
            "MUST MAY NEED SHOULD SETS WHEN UNLESS PROVIDED UNDER OVERRIDES DESPITE SUBJECT QUOTE "
            "PARAPHRASE _IN_FORCE",
            "a part of the clause, such as 'must', 'may', 'when', 'unless' or 'quote'",
        ),
        ("PRIORITIZE RANK", "NAME PRIORITIZE RANK", "a name"),
        (
            "WITHIN PROMPTLY",
            "WITHIN PROMPTLY BEFORE AFTER NOT",
            "a limit of time, such as 'within'",
        ),
        (
            "AUTHORITY ISSUED",
            "AUTHORITY ISSUED EFFECTIVE UNTIL SUPERSEDES TEXT RAW MISSING_DAY",
            "'authority', 'issued', 'effective', 'until', 'supersedes', 'text', 'raw' or "
            "'missing_day'",
        ),
        (
            "AND OR",
            "AND OR IMPLIES IS INCLUDES PLUS MINUS TIMES RELATION LPAR COMMA NAME",
            "'and', 'or' or 'implies'",
        ),
    )
)

_PLAIN = {
    "NAME": "a name",
    "NUMBER": "a number",
    "_LESS": "'<'",
    "STRING": 'a text in "quotation marks"',
    "DATE": "a date such as 2017-02-21",
    "SENSE": "precedence, carve-out, proviso, savings, scope",
    "CONDITION": "condition precedent",
    "NOTE_KIND": "a kind: background, reservation, definition, cross-reference, heading or comment",
    "RELATION": "a sign such as <",
    "REACH": "'reachable'",
    "PLUS": "a sign such as +",
}
_HIDDEN = frozenset({END, "FACT_KIND", "MINUS", "TIMES", "FRACTION"})


def could_stand(mistake: Mistake) -> str:
    """What could stand at the place, in words; empty where nothing could."""
    rest = set(mistake.expected) - _HIDDEN
    shown = []
    for needs, covers, words in _GROUPS:
        if rest >= needs:
            rest -= covers
            shown.append(words)
    shown += [_PLAIN[each] for each in sorted(rest) if each in _PLAIN]
    exact = {spelling(each) for each in rest if each not in _PLAIN}
    shown += sorted(f"'{each}'" for each in exact if each is not None)
    if len(shown) < 2:
        return "".join(shown)
    return (
        "; ".join(shown[:-1]) + "; or " + shown[-1]
        if any("," in each for each in shown)
        else (", ".join(shown[:-1]) + " or " + shown[-1])
    )


def example(mistake: Mistake) -> str:
    """A sentence that shows a declaration of the kind that was begun."""
    shown = EXAMPLES.get(mistake.keyword)
    late = mistake.keyword in WITH_PARTS and len(mistake.before) > 3
    return f" For example: {shown}" if shown and not late else ""
