"""Which clauses clash with which: a square table, only of those that clash at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from policy_dsl.model import Policy
from verifier.findings import Finding
from verifier.render.blocks import Block
from verifier.render.html.marks import Finder, Link, clause_anchor


@dataclass(frozen=True, kw_only=True)
class Party:
    """A clause that clashes, or something that cannot be done. No anchor: it is no clause."""

    name: str
    anchor: str
    title: str


@dataclass(frozen=True, kw_only=True)
class MapRow:
    """One party and its clashes with every party, in the order of the columns."""

    party: Party
    cells: tuple[tuple[Link, ...], ...]


def clash_map(policy: Policy, blocks: Sequence[Block], finder: Finder) -> tuple[MapRow, ...]:
    """The clashes of two or more parties, in the order of the policy."""
    cells: dict[tuple[str, str], list[Link]] = {}
    for block in blocks:
        for finding in block.findings:
            if not finding.code.startswith("C"):
                continue
            link = _link(finding, finder)
            for pair in permutations(_parties(finding), 2):
                cells.setdefault(pair, []).append(link)
    present = {one for one, _ in cells}
    order = [name for name in policy.clauses if name in present]
    order += sorted(present - set(order))
    return tuple(
        MapRow(
            party=_party(policy, one),
            cells=tuple(tuple(cells.get((one, two), ())) for two in order),
        )
        for one in order
    )


def _link(finding: Finding, finder: Finder) -> Link:
    link = finder.of(finding)
    return Link(
        text=link.text, anchor=link.anchor, said=finding.title, kind=finding.strength or "must"
    )


def _parties(finding: Finding) -> list[str]:
    names = [side.clause for side in finding.sides]
    names += [each.label for each in finding.related if each.label.startswith("cannot ")]
    return list(dict.fromkeys(names))


def _party(policy: Policy, name: str) -> Party:
    clause = policy.clauses.get(name)
    if clause is None:
        return Party(name=name, anchor="", title="It is not in anybody's power")
    return Party(name=name, anchor=clause_anchor(name), title=clause.title)
