"""Cuts a legal text into sentences, headings and items of lists, by rules for English law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from verifier.fidelity.words import word_set

_LONGEST_HEADING = 14
"""How many words a line without a full stop may have to be a heading."""

_LABEL = re.compile(
    r"\s*(?:\(\s?(?:[0-9]{1,3}|[A-Za-z]{1,4})\s?\)|[0-9]{1,3}[.)]|[a-z][.)]|[ivx]{1,5}[.)]"
    r"|[-*\u2022\u2013])\s"
)
"""What an item of a list begins with."""

_END = re.compile(
    r"(?<![.!?])[.!?]++(?:[\"'\u2019\u201d\u00bb)\]]|\[\d{1,3}\])*+(?=\s++[\"'\u2018\u201c\u00ab(\[]*[^\W_a-z])"
)
_LAST_WORD = re.compile(r"[\w.'\u2019-]{1,30}\Z")

_ABBREVIATIONS = word_set(
    "jan feb mar apr jun jul aug sep sept oct nov dec no nos v vs cf fed reg stat cong "
    "rec supp cir ct app dist inc ltd co corp mr mrs ms dr prof sec secs sect art arts "
    "par para paras subd ch pt pts vol vols p pp ex gov gen sen rep hon st jr sr al ed "
    "eds fig figs approx e.g i.e u.s.c c.f.r rev rul admin proc dept div tit cl cls reg "
    "regs id ibid f.2d f.3d"
)
_NOT_ALWAYS = word_set("etc inc ltd co corp jr sr al u.s.c c.f.r")
_STARTERS = word_set(
    "the this these those that it its in an if no all any each every for when where "
    "however such they he she we you there under with as at on by unless nothing"
)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A sentence, or what stands for one: offsets, and whether it is a heading or begins or goes
    on in an item of a list."""

    start: int
    end: int
    heading: bool
    item: bool


def pieces(text: str) -> list[Piece]:
    """The sentences of a text in their order. Together they hold every word of it.

    An empty line, or a line that begins like an item of a list, ends a sentence.
    """
    found: list[Piece] = []
    for start, end in _blocks(text):
        item = _LABEL.match(text, start, end) is not None
        spans = list(_sentences(text, start, end))
        heading = not item and len(spans) == 1 and _is_heading(text[start:end])
        found += [Piece(start=a, end=b, heading=heading, item=item) for a, b in spans]
    return found


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs, without the blanks around them."""
    start: int | None = None
    end = at = 0
    for line in text.split("\n"):
        inside = line.strip()
        if start is not None and (not inside or _LABEL.match(f"{inside[:12]} ")):
            yield start, end
            start = None
        if inside:
            if start is None:
                start = at + line.index(inside[0])
            end = at + len(line.rstrip())
        at += len(line) + 1
    if start is not None:
        yield start, end


def _is_heading(text: str) -> bool:
    said = text.rstrip("\"'\u2019\u201d)] ")
    return not said.endswith((".", ";", ":", ",", "?", "!")) and len(text[:400].split()) <= (
        _LONGEST_HEADING
    )


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in _END.finditer(text, start, end):
        if found.end() < end and not _goes_on(text, start, found):
            yield start, found.end()
            start = found.end()
            while text[start].isspace():
                start += 1
    if start < end:
        yield start, end


def _goes_on(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether a full stop ends an abbreviation or a label and not the sentence."""
    if text[found.start()] != "." or (
        found.end() - found.start() > 1 and text[found.start() + 1] == "."
    ):
        return False
    before = _LAST_WORD.search(text, max(start, found.start() - 30), found.start())
    if before is None:
        return False
    word = before[0].lower().lstrip("'.-\u2019")
    if before.start() == start and (len(word) == 1 or word.isdigit()):
        return True  # the label of a heading or of an item
    letters = (len(word) == 1 and word.isalpha()) or re.fullmatch(
        r"(?:[a-z]\.)+[a-z]", word
    ) is not None
    if not letters and word not in _ABBREVIATIONS:
        return False
    if not letters and word not in _NOT_ALWAYS:
        return True
    following = re.compile(r"\W*(\w+)").match(text, found.end())
    return following is None or following[1].lower() not in _STARTERS
