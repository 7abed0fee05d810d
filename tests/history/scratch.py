"""The memo's spec in a folder of its own, with what it uses, as its history goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.history.edits import Step, Swap

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "ice-ero-2017"
FILES = (
    f"specs/{FOLDER}/ice-ero-2017.policy",
    f"specs/{FOLDER}/ice-ero-2017.txt",
    f"specs/{FOLDER}/ice-ero-2017.raw.txt",
    "specs/authorities/vocabulary.policy",
)


def write_memo(folder: Path) -> None:
    """The spec as it stands today. Its processes, which use it, are left out."""
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)


def carry_out(step: Step, folder: Path) -> None:
    """Make the edits of a step in the files of a folder."""
    for swap in step.swaps:
        _carry_out(swap, folder / swap.file)


def _carry_out(swap: Swap, path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count(swap.old) == swap.times, f"{swap.old!r} stands elsewhere in {path.name} now"
    path.write_text(text.replace(swap.old, swap.new), "utf-8")
