"""What a git repository holds at a revision. git itself is asked, with fixed arguments, and only
for what is stored: nothing is checked out, and no filter, hook or pager of the repository runs."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_LONGEST = 1000
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LINK, _FOLDER, _MODULE = "120000", "040000", "160000"


class Refused(Exception):
    """What was asked of git cannot be had; says why, and how to go on. ``details`` are git's own
    words."""

    def __init__(self, message: str, remedy: str, details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.remedy = remedy
        self.details = details


@dataclass(frozen=True)
class Entry:
    """One thing that a folder of a revision holds. ``size`` is in bytes, of a file only."""

    name: str
    object: str
    kind: str
    size: int

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.kind == _FOLDER

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.kind == _LINK

    @property
    def is_module(self) -> bool:
        """Whether it is another repository, of which this one keeps only the name."""
        return self.kind == _MODULE


@dataclass(frozen=True)
class Repository:
    """The repository in which the command was given. ``top`` is its root folder; ``prefix`` the
    way from there to the working directory, empty or ending in a slash."""

    top: Path
    prefix: str

    def commit(self, revision: str) -> str:
        """The name of the commit that a revision means. Raises ``Refused``."""
        if revision.startswith("-") or not revision or _CONTROL.search(revision):
            raise Refused(
                f"'{revision}' cannot be a revision.", "Name a branch, a tag or a commit."
            )
        if len(revision) > _LONGEST:
            raise Refused("a revision is too long.", "Name a branch, a tag or a commit.")
        found = _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        if found is None:
            near = f"origin/{revision}"
            hint = "Name a branch, a tag or a commit."
            if _git("rev-parse", "--verify", "--quiet", f"{near}^{{commit}}") is not None:
                hint = f"Did you mean '{near}'?"
            elif self._shallow():
                hint = f"{_SHALLOW} {hint}"
            raise Refused(f"there is no file, folder or revision '{revision}'.", hint)
        return found.decode("ascii").strip()

    def merge_base(self, one: str, other: str) -> str:
        """The last commit from which two others, given by their names, both come. Raises
        ``Refused``."""
        found = _git("merge-base", one, other)
        if found is None:
            usual = "Compare them with two dots, or name the commit to start from."
            raise Refused(
                "the two revisions have no commit in common.",
                f"{_SHALLOW} {usual}" if self._shallow() else usual,
            )
        return found.decode("ascii").split("\n", 1)[0]

    def _shallow(self) -> bool:
        return (_git("rev-parse", "--is-shallow-repository") or b"").strip() == b"true"


_SHALLOW = "This clone has only a part of the history; 'git fetch --unshallow' brings the rest."


def repository() -> Repository:
    """The repository of the working directory. Raises ``Refused``."""
    top = _git("rev-parse", "--show-toplevel", complain=_no_repository)
    prefix = _git("rev-parse", "--show-prefix", complain=_no_repository)
    assert top is not None
    assert prefix is not None
    return Repository(Path(os.fsdecode(_line(top))), os.fsdecode(_line(prefix)))


def _no_repository(said: tuple[str, ...]) -> Refused:
    missing = any("not a git repository" in each for each in said)
    return Refused(
        "this folder is in no git repository, and what was named is no file or folder."
        if missing
        else "git cannot read the repository of this folder.",
        "Name two files, two folders, or work in the repository whose revisions you mean.",
        () if missing else said,
    )


def _line(output: bytes) -> bytes:
    return output.removesuffix(b"\n").removesuffix(b"\r")


@cache
def root_of(commit: str) -> Entry:
    """The root folder of a commit, given by its name. Raises ``Refused``."""
    found = _git("rev-parse", "--verify", "--quiet", f"{commit}^{{tree}}", complain=_unreadable)
    assert found is not None
    return Entry("", found.decode("ascii").strip(), _FOLDER, 0)


@cache
def folder(tree: str) -> dict[str, Entry]:
    """What a folder holds, by name, in git's order. Raises ``Refused``."""
    listing = _git("ls-tree", "--full-tree", "-z", "-l", tree, complain=_unreadable)
    assert listing is not None
    found = {}
    for line in listing.split(b"\0")[:-1]:
        about, _, raw = line.partition(b"\t")
        mode, _, name, size = about.decode("ascii").split()
        entry = Entry(os.fsdecode(raw), name, mode, int(size) if size.isdigit() else 0)
        found[entry.name] = entry
    return found


@cache
def content(file: str) -> bytes:
    """The bytes of a file, by the name of its object. Raises ``Refused``."""
    found = _git("cat-file", "blob", file, complain=_unreadable)
    assert found is not None
    return found


def _unreadable(said: tuple[str, ...]) -> Refused:
    return Refused(
        "git cannot read what a revision holds.",
        "Where the clone has only a part of the history or of the files, fetch the rest.",
        said,
    )


def _git(
    *arguments: str, complain: Callable[[tuple[str, ...]], Refused] | None = None
) -> bytes | None:
    """The output of git; None where it fails, unless a complaint is made of it."""
    environment = {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat"}
    try:
        done = subprocess.run(
            ["git", "--no-pager", "--no-optional-locks", "--no-replace-objects", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment,
            check=False,
        )
    except FileNotFoundError:
        raise Refused(
            "git is not installed, and what was named is no file or folder.",
            "Install git, or name two files or two folders.",
        ) from None
    if done.returncode == 0:
        return done.stdout
    if complain is not None:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise complain(tuple(said[:5]))
    return None
