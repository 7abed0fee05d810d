"""Writes the committed reports about ``specs/``: ``python -m verifier.reports --output DIR``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from policy_dsl.load import Unreadable, load_with, read_source
from policy_dsl.source import Source
from verifier.commands.check import status, verdict
from verifier.pipeline import check_policy
from verifier.render import json_v1, terminal

ROOT = Path(__file__).resolve().parent.parent
"""The root of the project; places in reports are relative to it."""

SPECS = ("specs/ice-ero-2017/ice-ero-2017.policy",)
"""The policies that are reported on."""

WIDTH = 80


def write(spec: str, output: Path) -> None:
    """Write ``report.txt`` and ``report.json`` about one spec into its folder under ``output``.

    The same spec gives the same bytes, wherever the project lies and wherever this is called
    from. Raises ``SpecError``, and ``OSError`` if the files cannot be written.
    """
    report = check_policy(load_with(spec, _read))
    found = status(report, "error")
    text = terminal.render(report, WIDTH, colour=False, verdict=verdict(found, "error"))
    folder = output / Path(spec).stem
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.txt").write_bytes(text.encode("utf-8"))
    (folder / "report.json").write_bytes(json_v1.render([report]).encode("utf-8"))


def _read(name: str) -> Source:
    path = (ROOT / name).resolve()
    if not path.is_relative_to(ROOT):
        raise Unreadable("it lies outside the project")
    return read_source(path, name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write all reports."""
    parser = argparse.ArgumentParser(prog="python -m verifier.reports", description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "reports", metavar="DIR")
    options = parser.parse_args(arguments)
    for spec in SPECS:
        write(spec, options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
