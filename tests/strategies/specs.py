"""Random source texts of specs: the same words, spaced anyhow, with comments in between."""

from __future__ import annotations

import re
from functools import lru_cache

from hypothesis import strategies as st

from policy_dsl import syntax as ast
from policy_dsl.format import format_file
from policy_dsl.source import Source
from tests.strategies.syntax_trees import comment_texts, files

# What lark takes as one word, so that nothing may come in between.
_WORD = re.compile(
    r'"(?:\\.|[^"\\])*"|[A-Za-z_]\w*(?:\.\w+)*|[0-9]{4}-[0-9]{2}-[0-9]{2}\b|[0-9]+(?:\.[0-9]+)?|\.\.|[<>!]=|\S',
    re.DOTALL,
)
_WHOLE = re.compile(r"carve-out|cross-reference")


@st.composite
def spaced_specs(draw: st.DrawFn, comments: bool = True) -> tuple[ast.File, str]:
    """A tree and a source text of it in which white space and comments stand anywhere."""
    tree = draw(files)
    text = format_file(Source("x", ""), tree)
    out = [draw(_gaps(comments, own_line=True))]
    for line in _declarations(text):
        margin = len(line) - len(line.lstrip(" "))
        out.append(" " * margin)
        words = list(_words(line))
        for word, following in zip(words, [*words[1:], ""], strict=True):
            out.append(word)
            if following:
                out.append(_joint(draw, word, following, comments))
        out.append(draw(_gaps(comments, own_line=False)))
        out.append("\n")
        out.append(draw(_gaps(comments, own_line=True)))
    return tree, "".join(out)


def _declarations(text: str) -> list[str]:
    """The declarations of a formatted spec: those lines of it that are indented least."""
    found: list[str] = []
    inside = 0
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip(" "))
        keyword = line.split(" ")[indent] if line.strip() else ""
        quoted = found and found[-1].replace("\\\\", "").replace('\\"', "").count('"') % 2
        if not quoted and keyword and indent <= inside:
            if keyword == "end":
                inside = 0
            found.append(line)
            inside = 2 if keyword == "in" else inside
        elif found:
            found[-1] += "\n" + line
    return found


def _words(text: str) -> list[str]:
    words: list[str] = []
    at = 0
    while found := (_WHOLE.match(text, at) or _WORD.search(text, at)):
        words.append(found.group())
        at = found.end()
        while at < len(text) and text[at].isspace():
            at += 1
    return words


def _joint(draw: st.DrawFn, word: str, following: str, comments: bool) -> str:
    gap = draw(_joints(comments))
    touching = word[-1].isalnum() or word[-1] == "_", following[0].isalnum() or following[0] == "_"
    unclear = all(touching) or {word[-1], following[0]} <= set("-.<>=!")
    if gap.startswith("-") and word == "-":
        gap = f" {gap}"  # three hyphens are a comment from the first one on
    return gap or (" " if unclear or word[-1] == following[0] == "." else "")


@lru_cache
def _joints(comments: bool) -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), st.just(" "), _gaps(comments, own_line=False))


@lru_cache
def _gaps(comments: bool, own_line: bool) -> st.SearchStrategy[str]:
    blanks = st.text(" \t\f\u00a0\u3000", max_size=3)
    ends = st.sampled_from(["\n", "\r\n", "\n\n"])
    lines = st.builds(lambda blank, end: blank + end, blanks, ends)
    comment = st.builds(
        lambda blank, text, end: f"{blank}--{text}{end}", blanks, comment_texts, ends
    )
    pieces = st.lists(st.one_of(lines, comment) if comments else lines, max_size=3).map("".join)
    if own_line:
        return pieces
    return st.builds(lambda piece, blank: piece + blank, pieces, blanks)
