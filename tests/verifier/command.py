"""Runs the command line as a user does, on policies that a test writes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

HEAD = """\
policy {name} "The rules of {name}"
subject person
fact child : yes/no "is a child" otherwise "is not a child"
fact ill   : yes/no "is ill" otherwise "is not ill"
action release "release the person"
"""

CLEAN = """
clause A "Children go free"
  quote "Children are released."
  must release
  when child
"""

CLASH = """
clause A "Children go free"
  quote "Children are released."
  must release
  when child

clause B "The ill stay"
  quote "The ill are not released."
  must not release
  when ill
"""

WEAK_CLASH = CLASH.replace("must not", "should not")

READ = """
ambiguity old "Who is old?"
  reading sixty "whoever is sixty"
  reading child "no child"

clause A "Children go free"
  must release
  when child
  under old is sixty

clause B "The ill stay"
  must not release
  when ill
"""

WRONG = """
clause A
  must release
  when chidl
"""


@dataclass(frozen=True)
class Result:
    """What a run of the command left."""

    status: int
    out: str
    err: str


def run(*arguments: str, cwd: Path = ROOT, stdin: str = "", **more: str) -> Result:
    """Run ``antinomy``; ``more`` are variables of its environment."""
    done = subprocess.run(
        [sys.executable, "-m", "verifier.cli", *arguments],
        cwd=cwd,
        input=stdin.encode("utf-8", "surrogateescape"),
        env=environment(more),
        capture_output=True,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """A plain environment in which the project can be imported."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "SYSTEMROOT") if key in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **more}


def policy(folder: Path, name: str, text: str) -> Path:
    """Write a policy of some clauses, with what they speak about before it."""
    path = folder / f"{name}.policy"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(name=path.stem) + text, encoding="utf-8")
    return path
