"""The memo checked again after a change of one clause: with what was kept, and from the beginning.

``python -m benchmarks.incremental`` prints a line for every change. Both runs are made in one
process, one after the other; start-up (the import of modules) is in neither. The short report in a
terminal has no table of margins; ``--margins`` makes it too, as whole reports do.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.memo import ROOT, SPEC
from policy_dsl.diagnostics import SpecError
from policy_dsl.load import load
from policy_dsl.model import Policy
from verifier.cache.results import Cache, Tally
from verifier.cache.store import Store
from verifier.cache.versions import made_by
from verifier.pipeline import Report, check_policy

_MODAL = re.compile(r"^( +)(must not|must|should not|should|may|need not)\b", re.MULTILINE)
_NEXT = re.compile(r"^[^ \n]", re.MULTILINE)
_OTHER = {
    "must": "should",
    "must not": "should not",
    "should": "must",
    "should not": "must not",
    "may": "must",
    "need not": "may",
}
_CONDITION = re.compile(r"^(  (?:when|provided) .+?)(?: and |, and )([^()\n]+)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A spec with one clause changed; ``kind`` says what was done to it."""

    clause: str
    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Again:
    """What it took to check a changed spec: seconds of processor time from the beginning and with
    what was kept, and how many parts of the work were taken up or made."""

    change: Change
    cold: float
    warm: float
    taken: int
    made: int

    @property
    def ratio(self) -> float:
        """How many times less it takes with what was kept."""
        return self.cold / self.warm


def changes(policy: Policy) -> Iterator[Change]:
    """For every clause, another modal word; and where it can be done in the text, one condition
    less."""
    for clause in policy.clauses.values():
        text = clause.place.source.text
        begin = text.rfind("\n", 0, clause.place.span.start) + 1
        behind = _NEXT.search(text, begin + 1)
        end = len(text) if behind is None else behind.start()
        body = text[begin:end]
        for kind, new in (("modal word", _weighed(body)), ("condition", _loosened(body))):
            if new != body:
                yield Change(clause=clause.name, kind=kind, text=text[:begin] + new + text[end:])


def _weighed(body: str) -> str:
    return _MODAL.sub(lambda found: found[1] + _OTHER[found[2]], body, count=1)


def _loosened(body: str) -> str:
    return _CONDITION.sub(lambda found: found[1], body, count=1)


def measure(every: int = 1, limit: int | None = None, with_margins: bool = False) -> list[Again]:
    """Measure every so many-th change, at most so many. Raises ``AssertionError`` where a report
    with what was kept is another one."""
    path = ROOT / SPEC
    policy = load(path)
    found = []
    with TemporaryDirectory() as folder:
        first = Cache(Store(Path(folder), made_by()))
        check_policy(policy, cache=first, with_margins=with_margins)
        for change in list(changes(policy))[::every][:limit]:
            name = policy.clauses[change.clause].place.source.name
            try:
                load(path, {name: change.text})
            except SpecError:
                continue
            found.append(_again(path, name, change, Path(folder), with_margins))
    return found


def _again(path: Path, name: str, change: Change, folder: Path, with_margins: bool) -> Again:
    def run(cache: Cache | None) -> tuple[float, Report]:
        start = process_time()
        changed = load(path, {name: change.text})
        report = check_policy(changed, cache=cache, with_margins=with_margins)
        return process_time() - start, report

    kept = Cache(_ReadOnly(folder, made_by()))
    warm, with_it = run(kept)
    cold, without = run(None)
    assert with_it.findings == without.findings, change.clause
    assert with_it.margins == without.margins, change.clause
    tally: Tally = kept.tally
    return Again(change=change, cold=cold, warm=warm, taken=tally.taken, made=tally.kept)


class _ReadOnly(Store):
    """Keeps nothing, so that no change finds what another has left; it takes the time for it."""

    def write(self, key: str, result: object) -> None:
        with TemporaryDirectory() as other:
            Store(Path(other), self.made_by).write(key, result)


def main() -> None:
    """Print what every change takes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.incremental", description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every N-th change only")
    parser.add_argument("--most", type=int, metavar="N", help="so many changes at most")
    parser.add_argument("--margins", action="store_true", help="make the table of margins too")
    options = parser.parse_args()
    found = measure(options.every, options.most, options.margins)
    for each in sorted(found, key=lambda one: one.ratio):
        print(
            f"{each.ratio:5.1f}  {each.cold:.2f} s -> {each.warm:.2f} s  "
            f"{each.taken:3} taken, {each.made:3} made  {each.change.clause}: {each.change.kind}"
        )
    if found:
        middle = median(each.ratio for each in found)
        print(f"{len(found)} changes; median {middle:.1f}, worst {min(e.ratio for e in found):.1f}")


if __name__ == "__main__":
    main()
