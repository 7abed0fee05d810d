"""Scratch repositories of policies."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

VOCABULARY = """\
vocabulary visits

subject visitor
fact badge     : yes/no "wears a badge" otherwise "wears no badge"
fact inspector : yes/no "is an inspector" otherwise "is no inspector"

action admit "admit the visitor"
"""

FAULTY = """\
policy visitors "Visitors to the laboratory"

use "words.policy"

clause V.1 "No entry without a badge"
  must not admit
  when not badge

clause V.2 "Inspectors are let in"
  must admit
  when inspector
"""

MENDED = FAULTY.replace("  when not badge\n", "  when   not badge\n  unless inspector\n")


@dataclass(frozen=True)
class Ran:
    """What a command said, on both streams together, and its exit status."""

    status: int
    said: str


@dataclass(frozen=True)
class Repository:
    """A git repository in a scratch folder."""

    folder: Path

    @classmethod
    def made(cls, folder: Path) -> Repository:
        """A new one, with the branch ``main``."""
        folder.mkdir(exist_ok=True)
        found = cls(folder)
        found.git("init", "--quiet", "--initial-branch=main")
        return found

    def write(self, files: Mapping[str, str]) -> None:
        """Write files, by their paths."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")

    def git(self, *arguments: str) -> str:
        """Run git; returns what it says. Fails where it does."""
        ran = self.run("git", *arguments)
        assert ran.status == 0, ran.said
        return ran.said.strip()

    def commit(self, message: str) -> str:
        """Commit everything, without hooks; returns the name of the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--no-verify", "--message", message)
        return self.git("rev-parse", "HEAD")

    def run(self, *command: str, env: Mapping[str, str] | None = None) -> Ran:
        """Run a command in the folder, with a few variables more."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, **_AUTHOR, **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            check=False,
        )
        return Ran(done.returncode, done.stdout)


_AUTHOR = {
    "GIT_AUTHOR_NAME": "Author",
    "GIT_AUTHOR_EMAIL": "author@policies.example",
    "GIT_COMMITTER_NAME": "Author",
    "GIT_COMMITTER_EMAIL": "author@policies.example",
    "GIT_AUTHOR_DATE": "2017-02-21T12:00:00Z",
    "GIT_COMMITTER_DATE": "2017-02-21T12:00:00Z",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "NO_COLOR": "1",
}
