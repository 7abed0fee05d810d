"""Two versions of a small policy, and what is said about them, for tests of differences."""

from __future__ import annotations

import functools
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from policy_dsl.load import load_text
from verifier.difference.allowed import judge, read_rule
from verifier.difference.compared import compared
from verifier.difference.engine import difference
from verifier.difference.results import Differences, Touched
from verifier.pipeline import check_policy

OLD = """\
policy visitors "Rules for visitors"
subject visitor
fact badge : yes/no "has a badge" otherwise "has no badge"
fact child : yes/no "is a child" otherwise "is no child"
action admit "let the visitor in"
action register "write the visitor down"

clause V.1 "Admission"
  quote "Visitors with a badge are admitted."
  must admit
  when badge

clause V.2 "Register"
  quote "Everybody is written down."
  should register
"""

NEW = (
    OLD.replace("when badge", "when badge and not child")
    + """
clause V.3 "Children"
  quote "Children are not admitted."
  must not admit
  when child
"""
)

CLASH = (
    OLD
    + """
clause V.3 "Children"
  quote "Children are not admitted."
  must not admit
  when child
"""
)

REWORDED = OLD.replace('"Admission"', '"Who is admitted"')


@functools.cache
def touched(new: str = NEW, rules: Sequence[str] = (), old: str = OLD) -> Touched:
    """What is said about two versions, by some rules."""
    before, after = load_text(old, "old.policy"), load_text(new, "specs/visitors.policy")
    found = difference(before, after)
    findings = compared(check_policy(before).findings, check_policy(after).findings, found.match)
    read = [read_rule(each) for each in rules]
    path = "specs/visitors.policy"
    return Touched(
        path=path,
        old_path=path,
        difference=found,
        compared=findings,
        rulings=judge(found, findings, read, path),
    )


def differences(new: str = NEW, rules: tuple[str, ...] = ()) -> Differences:
    """A run about one policy."""
    return Differences(
        old="main", new="HEAD", entries=(touched(new, rules),), rules=rules, untouched=("b.policy",)
    )


class Scratch:
    """A git repository that a test writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        """Run git; no settings of whoever runs the tests count."""
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath="]
        done = subprocess.run(
            ["git", *identity, *arguments],
            cwd=self.folder,
            capture_output=True,
            check=True,
            env={
                "PATH": os.environ["PATH"],
                "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_AUTHOR_DATE": "2024-01-01T00:00:00Z",
                "GIT_COMMITTER_DATE": "2024-01-01T00:00:00Z",
            },
        )
        return done.stdout.decode("utf-8").strip()

    def write(self, path: str, text: str) -> None:
        """Write a file."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def commit(self, **files: str) -> str:
        """Write files, by their names without the ending, and commit all there is."""
        for name, text in files.items():
            self.write(f"{name}.policy", text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "change")
        return self.git("rev-parse", "HEAD")
