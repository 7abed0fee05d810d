"""Findings that differ in one clause or one region only, put together for reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import chain

from verifier.findings import Finding, Side

_Key = tuple[object, ...]

TITLES_TELL_ROLES = frozenset({"C01", "C02", "C03", "C04", "C07"})
"""The codes whose titles say what each clause says."""

NONE_PREVAILS = frozenset({"C01", "C02", "C03", "C04", "C05", "C06"})
"""The codes of contradictions whose explanation says why no clause prevails."""


@dataclass(frozen=True)
class Block:
    """One or more findings shown together, under one number.

    ``shared`` are the clauses that all of them have; every finding has at most one more, which
    ``own`` gives. Several findings without any clause are regions of one gap. A finding with an
    exhibit is always alone: what is told of persons or of a run is true of these only.
    """

    number: int
    findings: tuple[Finding, ...]
    shared: tuple[str, ...]

    @property
    def first(self) -> Finding:
        """The finding that stands for all of them."""
        return self.findings[0]

    def own(self, finding: Finding) -> Side | None:
        """The clause that only this finding of the block has, if it has one."""
        if len(self.findings) == 1:
            return None
        return next((side for side in finding.sides if side.clause not in self.shared), None)

    def label(self, finding: Finding) -> str:
        """How to refer to one finding: the block's number and, of several, a letter."""
        if len(self.findings) == 1:
            return str(self.number)
        return f"{self.number}{letters(self.findings.index(finding))}"


def letters(index: int) -> str:
    """a, b, ... z, aa, ab, ... for 0, 1, ..."""
    found = ""
    index += 1
    while index:
        index, last = divmod(index - 1, 26)
        found = chr(ord("a") + last) + found
    return found


def blocks(findings: Sequence[Finding]) -> tuple[Block, ...]:
    """The findings, worst first, those that belong together in one block."""
    ordered = sorted(findings, key=lambda each: -each.severity)  # stable: checks keep their order
    groups = _groups(ordered)
    position = {id(each): at for at, each in enumerate(ordered)}
    groups.sort(key=lambda group: position[id(group[0])])
    return tuple(
        Block(number, tuple(group), _shared(group)) for number, group in enumerate(groups, start=1)
    )


def _groups(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Greedily: what the most findings have in common is taken out first."""
    common: dict[_Key, list[Finding]] = {}
    for finding in findings:
        for key in _keys(finding):
            common.setdefault(key, []).append(finding)
    largest = [(-len(group), order, group) for order, group in enumerate(common.values())]
    heapify(largest)
    groups: list[list[Finding]] = []
    placed: set[int] = set()
    while largest:
        size, order, group = heappop(largest)
        left = [each for each in group if id(each) not in placed]
        if len(left) < 2:
            continue
        if len(left) < -size:
            heappush(largest, (-len(left), order, left))
            continue
        groups.append(left)
        placed.update(id(each) for each in left)
    groups += [[each] for each in findings if id(each) not in placed]
    return groups


def _keys(finding: Finding) -> Iterator[_Key]:
    """What another finding must have too, to be shown together with this one."""
    if finding.exhibit is not None:
        return
    related = tuple(each.label for each in finding.related)
    kind: _Key = (finding.code, finding.severity, finding.strength)
    if not finding.sides:
        if finding.witness is not None:
            yield (*kind, finding.title)
    elif len(finding.sides) > 1 or related:
        kind = (*kind, related)
        for at, own in enumerate(finding.sides):
            rest = frozenset((s.clause, s.role) for i, s in enumerate(finding.sides) if i != at)
            if own.clause not in {clause for clause, _ in rest}:
                yield (*kind, own.role, rest)


def _shared(group: Sequence[Finding]) -> tuple[str, ...]:
    names = [[side.clause for side in finding.sides] for finding in group]
    return tuple(dict.fromkeys(n for n in chain(*names) if all(n in each for each in names)))


def title(block: Block) -> str:
    """The title of all findings of a block in one sentence."""
    titles = list(dict.fromkeys(each.title for each in block.findings))
    owns = [block.own(each) for each in block.findings]
    names = [each.clause for each in owns if each is not None]
    if len(titles) == 1 or len(names) != len(titles):
        return "; ".join(titles)
    forms = {_without(each, name) for each, name in zip(titles, names, strict=True)}
    if len(forms) != 1:
        return "; ".join(titles)
    return forms.pop().replace("\0", f"each of {listed(names)}")


def consequences(block: Block) -> list[tuple[str, ...]]:
    """What follows from each finding of a block, none or one sentence each."""
    return [(each.consequence,) if each.consequence else () for each in block.findings]


def same_but_for_the_clause(block: Block, lines: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Explanations of the findings of a block, those said once that differ in the clause only.

    ``lines`` has those of each finding. What is said of one clause and holds of the others too
    ends in "likewise for ...".
    """
    found: list[str] = []
    forms: dict[str, list[tuple[str, str]]] = {}
    for finding, said in zip(block.findings, lines, strict=True):
        own = block.own(finding)
        for line in said:
            name = own.clause if own is not None else name_of(block, finding)
            form = _without(line, name) if own is not None else line
            forms.setdefault(form, []).append((name, line))
    for form, members in forms.items():
        names = [name for name, _ in members]
        line = members[0][1]
        everybody = len(members) == len(block.findings)
        if "\0" in form and len(members) > 1:
            found.append(f"{line.rstrip('.')}; likewise for {listed(names[1:])}.")
        elif everybody or "\0" in form:
            found.append(line)
        else:
            found.append(f"For {listed(names)}: {line}")
    return tuple(found)


def _without(text: str, clause: str) -> str:
    """A text with a clause's name taken out, where it stands by itself."""
    return re.sub(rf"(?<![\w.]){re.escape(clause)}(?!\w|\.\w)", "\0", text)


def listed(names: Sequence[str], word: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def name_of(block: Block, finding: Finding) -> str:
    """How one finding of several is told from the others: by its own clause, or by a letter."""
    own = block.own(finding)
    letter = f"({letters(block.findings.index(finding))})"
    return letter if own is None else f"{letter} {own.clause}"


def names_of(block: Block, chosen: Sequence[Finding]) -> str:
    """Several findings of a block by their names; neighbours are told by the first and last."""
    runs: list[list[Finding]] = []
    for finding in block.findings:
        if finding in chosen:
            after = runs and block.findings.index(runs[-1][-1]) + 1 == block.findings.index(finding)
            if after:
                runs[-1].append(finding)
            else:
                runs.append([finding])
    said = []
    for run in runs:
        if len(run) > 2:
            said.append(f"{name_of(block, run[0])} to {name_of(block, run[-1])}")
        else:
            said += [name_of(block, each) for each in run]
    return listed(said)


_MANY_NUMBERS = 12
"""From this many numbers on, those that follow one another are told by the first and last."""


def numbers(fingerprints: Sequence[str], found: Sequence[Block]) -> str:
    """Numbers of blocks, with letters where not all findings of a block are meant."""
    wanted = set(fingerprints)
    runs: list[list[str]] = []
    last = -1
    for at, block in enumerate(found):
        mine = [each for each in block.findings if each.fingerprint in wanted]
        if mine and len(mine) == len(block.findings):
            if last + 1 == at and runs:
                runs[-1].append(str(block.number))
            else:
                runs.append([str(block.number)])
            last = at
        else:
            runs += [[block.label(each)] for each in mine]
    if sum(map(len, runs)) < _MANY_NUMBERS:
        return ", ".join(chain.from_iterable(runs))
    told = (run if len(run) < 3 else [f"{run[0]} to {run[-1]}"] for run in runs)
    return ", ".join(chain.from_iterable(told))
