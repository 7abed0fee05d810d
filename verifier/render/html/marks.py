"""What the page's templates need everywhere: safe text, anchors and links to findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from policy_dsl.source import Place
from verifier.findings import Finding, Side
from verifier.render.blocks import Block
from verifier.render.finding_text import at

_UNSAFE = re.compile(r"[^A-Za-z0-9_.]")


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link within the page: what is shown, where it goes, and what is said about it.

    ``kind`` is a word for the style sheet; the same is always said in text too.
    """

    text: str
    anchor: str
    said: str = ""
    kind: str = ""


def shown(value: object) -> object:
    """What a template puts out: text whose hidden characters can be seen; markup as it is.

    Control characters, and those that change the order in which letters are shown, come out as
    escapes; line ends, tabs and all kinds of blanks stay. The template escapes it afterwards.
    """
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    if value.isprintable():
        return value
    return "".join(
        each
        if each in "\n\t\xa0\u2009\u202f\u3000" or each.isprintable()
        else each.encode("unicode_escape").decode()
        for each in value
    )


def anchor(kind: str, name: str) -> str:
    """An identifier for something by its name; different for different names of a kind.

    Only letters, digits, ``_``, ``.`` and ``-`` are in it.
    """
    return f"{kind}-{_UNSAFE.sub(lambda found: f'-{ord(found.group()):x}-', name)}"


def clause_anchor(name: str) -> str:
    """The anchor of a clause."""
    return anchor("c", name)


def place(where: Place) -> str:
    """``file:line``."""
    return at(where)


class Finder:
    """Finds the links to findings: by fingerprint, and by the clauses that take part."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._known: dict[str, Link] = {}
        self._at: dict[int, Link] = {}
        self._clauses: dict[str, dict[int, None]] = {}
        self._parties: dict[int, tuple[str, ...]] = {}
        self._blocks: dict[int, Block] = {}
        used: set[str] = set()
        for block in blocks:
            for finding in block.findings:
                link = Link(
                    text=block.label(finding),
                    anchor=_unused(anchor("f", finding.fingerprint), used),
                    said=finding.title,
                    kind=str(finding.severity),
                )
                self._at[id(finding)] = link
                self._known.setdefault(finding.fingerprint, link)
                for side in finding.sides:
                    self._clauses.setdefault(side.clause, {})[block.number] = None
            self._blocks[block.number] = block

    def of(self, finding: Finding) -> Link:
        """The link to a finding of the report."""
        return self._at[id(finding)]

    def known(self, fingerprints: Iterable[str]) -> tuple[Link, ...]:
        """The links to the findings with these fingerprints; others are left out. A block of
        findings that are all meant is one link."""
        wanted = set(fingerprints)
        found: list[Link] = []
        for block in self._blocks.values():
            mine = [each for each in block.findings if each.fingerprint in wanted]
            if mine and len(mine) == len(block.findings):
                found.append(_to_block(block))
            else:
                found += [self.of(each) for each in mine]
        return tuple(found)

    def about(self, clause: str) -> tuple[Link, ...]:
        """The blocks in which a clause takes part."""
        return tuple(_to_block(self._blocks[n]) for n in self._clauses.get(clause, ()))


def _to_block(block: Block) -> Link:
    return Link(
        text=str(block.number),
        anchor=entry_anchor(block),
        said=block.first.title,
        kind=str(block.first.severity),
    )


def entry_anchor(block: Block) -> str:
    """The anchor of a block of findings."""
    return f"n-{block.number}"


def _unused(name: str, used: set[str]) -> str:
    """The name, or the name with a number where it is taken."""
    number, found = 1, name
    while found in used:
        number += 1
        found = f"{name}-{number}"
    used.add(found)
    return found


def columns(sides: Sequence[Side]) -> dict[str, list[Side]]:
    """Sides by what they say, in the order in which they come; each clause once."""
    found: dict[str, list[Side]] = {}
    for side in sides:
        column = found.setdefault(side.role, [])
        if side.clause not in {each.clause for each in column}:
            column.append(side)
    return found
