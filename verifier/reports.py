"""Writes the committed reports about ``specs/``: ``python -m verifier.reports --output DIR``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from policy_dsl.load import Unreadable, load_with, read_source
from policy_dsl.model import Policy
from policy_dsl.source import Source
from verifier.commands.check import status, verdict
from verifier.pipeline import check_policy
from verifier.render import json_v1, terminal
from verifier.render.html import document
from verifier.repairs.crew import usual_jobs
from verifier.repairs.search import with_repairs
from verifier.solvers.backend import DEFAULT_BOUND

ROOT = Path(__file__).resolve().parent.parent
"""The root of the project; places in reports are relative to it."""

SPECS = ("specs/ice-ero-2017/courses.policy",)
"""The policies that are reported on; this one is the memo with its processes."""

ACROSS = ("specs/ice-ero-2017-authorities/ice-ero-2017-authorities.policy",)
"""Those reported on without repairs: what stands between several authorities is not mended by an
edit of one of them. Nor are they written for programs, which would take megabytes."""

WIDTH = 80


@dataclass(frozen=True)
class _Committed:
    """A policy of this project, by its path in it."""

    name: str

    def load(self, changed: Mapping[str, str]) -> Policy:
        return load_with(self.name, partial(_read, changed))

    def read(self, name: str) -> bytes:
        return (ROOT / name).read_bytes()

    def called(self, name: str) -> str:
        return name


def write(
    spec: str, output: Path, repairs: bool = True, jobs: int = 1, for_programs: bool = True
) -> None:
    """Write the reports about one spec, for people, browsers and, if wanted, programs, into a
    folder under ``output`` that is called like the spec's own; with the repairs of its findings,
    looked for in ``jobs`` processes.

    The same spec gives the same bytes, wherever the project lies and wherever this is called
    from. Raises ``SpecError``, and ``OSError`` if the files cannot be written.
    """
    committed = _Committed(spec)
    report = check_policy(committed.load({}))
    if repairs:
        report = with_repairs(report, committed, DEFAULT_BOUND, jobs=jobs)
    found = status(report, "error")
    text = terminal.render(report, WIDTH, colour=False, verdict=verdict(found, "error"))
    folder = output / Path(spec).parent.name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.txt").write_bytes(text.encode("utf-8"))
    page = document.render(report, verdict(found, "error"))
    (folder / "report.html").write_bytes(page.encode("ascii"))
    if for_programs:
        (folder / "report.json").write_bytes(json_v1.render([report]).encode("utf-8"))


def _read(changed: Mapping[str, str], name: str) -> Source:
    path = (ROOT / name).resolve()
    if not path.is_relative_to(ROOT):
        raise Unreadable("it lies outside the project")
    return Source(name, changed[name]) if name in changed else read_source(path, name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write all reports."""
    parser = argparse.ArgumentParser(prog="python -m verifier.reports", description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "reports", metavar="DIR")
    parser.add_argument(
        "--no-repairs", action="store_true", help="look for no repairs, which takes long"
    )
    parser.add_argument(
        "--jobs", type=int, default=usual_jobs(), metavar="N", help="processes for the repairs"
    )
    options = parser.parse_args(arguments)
    for spec in SPECS:
        write(spec, options.output, not options.no_repairs, options.jobs)
    for spec in ACROSS:
        write(spec, options.output, repairs=False, for_programs=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
