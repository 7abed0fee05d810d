"""Markdown for comments on a hosting site: whatever a policy says comes out as text.

Comments are shown as Markdown with HTML in it, and afterwards the site turns names of users,
numbers of issues, addresses and the like into links, which may send a message to somebody.
INVARIANT: every text of a policy passes ``text``, ``code``, ``quoted`` or ``fenced``. What ``text``
and ``code`` give may stand in a paragraph, in an item, in a cell of a table and inside HTML alike.
What is here called a block has no line end behind it; ``stacked`` puts blocks together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from policy_dsl.diagnostics import printable
from verifier.render.page import clean

LONGEST = 65_536
"""How many characters a comment may have."""

_APART = "&#8203;"
"""A space without width: what stands on both sides of it is no name, number or address."""

_MARKUP = "\\`*[]|~<>&"
_AT_START = "-+#=>:"
"""What begins a list, a heading, a quote or a rule, if a line starts with it."""

_TELLING = re.compile(
    rf"(?P<start>^[{re.escape(_AT_START)}])"
    rf"|(?P<markup>[{re.escape(_MARKUP)}]|(?<![^\W_])_|_(?![^\W_]))"
    r"|(?P<money>\$)"  # two of them would make a formula of what stands between them
    r'|(?P<apart>[@#!%](?=["\w])|:(?=//|[\w+-]+:)|\b(?:GH|GHSA|CVE)(?=-\w)|\bw(?=ww\.)'
    r"|^\d{1,9}(?=[.)](?: |$)))",
    re.IGNORECASE,
)
"""What Markdown, or the site after it, would not take as text. Inside a word ``_`` is itself."""

_COMMIT = re.compile(r"\b(?=\d*[a-f])(?=[a-f]*\d)[\da-f]{7,40}\b")
"""What may be the name of a commit."""
_PART = re.compile(r".{6}(?=.)")
"""The most of it that is no such name."""


def text(said: str, most: int | None = None) -> str:
    """A text on one line that is shown as it stands, with hidden characters made visible; where
    it has more than so many characters, it is cut between words."""
    line = clean(said)
    if most is not None and len(line) > most:
        line = f"{line[:most].rsplit(' ', 1)[0]} [...]"
    return _COMMIT.sub(lambda found: _PART.sub(rf"\g<0>{_APART}", found[0]), _escaped(line))


def code(said: str) -> str:
    """A name, a path or a command on one line, in the letters of code."""
    return f"<code>{_escaped(clean(said))}</code>"


def bold(marked: str) -> str:
    """Something marked up, in strong letters."""
    return f"<b>{marked}</b>"


def quoted(said: str, most: int | None = None) -> str:
    """A block: a text set off as a quotation."""
    return f"> {text(said, most)}"


def listing(items: Iterable[str], depth: int = 0) -> str:
    """A block: a list of what is marked up; ``depth`` is in how many lists it stands."""
    return "\n".join(f"{'  ' * depth}- {each}" for each in items)


def numbered(items: Iterable[str]) -> str:
    """A block: a list with numbers; what stands below an item is a list of depth 2."""
    return "\n".join(f"{number}. {each}" for number, each in enumerate(items, start=1))


def fenced(lines: str, language: str = "") -> str:
    """A block: lines that are shown as they are, with hidden characters made visible, in the
    colours of a language if one is named."""
    shown = "\n".join(printable(each) for each in lines.rstrip("\n").split("\n"))
    longest = max((len(each) for each in re.findall("`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{shown}\n{fence}"


def table(rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """A block: rows of cells that are marked up, the first row the heading. ``numbers`` are the
    columns, counted from 0, that have numbers."""
    head, *rest = rows
    rule = ["--:" if at in numbers else "---" for at in range(len(head))]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rest))


def details(summary: str, body: str, opened: bool = False) -> str:
    """A block: other blocks under a line, marked up, that shows and hides them."""
    tag = "<details open>" if opened else "<details>"
    return f"{tag}<summary>{summary}</summary>\n\n{body}\n\n</details>"


def stacked(blocks: Iterable[str]) -> str:
    """Blocks one under the other; those that are empty are passed over."""
    return "\n\n".join(each for each in blocks if each)


def fitting(blocks: Sequence[str], room: int) -> tuple[str, ...]:
    """The first of some blocks that have, stacked, no more than so many characters."""
    found = []
    for each in blocks:
        room -= len(each) + 2
        if room < 0:
            break
        found.append(each)
    return tuple(found)


def abridged(blocks: Sequence[tuple[str, str]], room: int) -> tuple[str | None, ...]:
    """Of blocks, each long and short, those that have, stacked, no more than so many characters:
    the first ones long, then short, then none. All come up, if only in short, before one of them
    is long."""
    left = sum(len(short) + 2 for _, short in blocks)
    found: list[str | None] = []
    for long, short in blocks:
        left -= len(short) + 2
        chosen = next((e for e in (long, short) if len(e) + 2 <= room - max(left, 0)), None)
        if chosen is None and len(short) + 2 <= room:
            chosen = short
        found.append(chosen)
        room -= 0 if chosen is None else len(chosen) + 2
    return tuple(found)


def _escaped(line: str) -> str:
    """Entities are text in Markdown and in HTML, which backslashes are not."""
    return _TELLING.sub(_harmless, line)


def _harmless(found: re.Match[str]) -> str:
    said = found.group()
    match found.lastgroup:
        case "money":
            return "<span>$</span>"
        case "apart":
            return f"{said}{_APART}"
        case _:
            return f"&#{ord(said)};{_APART if said in '#&~:' else ''}"
