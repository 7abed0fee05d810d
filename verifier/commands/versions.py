"""Which two versions ``antinomy diff`` is asked to compare."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from policy_dsl.paths import is_spec
from verifier.commands.common import Complaint
from verifier.difference import git
from verifier.difference.pairs import Days, Pairs, all_pairs, one_pair
from verifier.difference.versions import AtRevision, OnDisk, Version

WORKING_TREE = "the working tree"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Two versions, what they are called, and the paths in them that are compared: two files, or
    what is at and below some paths of both."""

    old: Version
    new: Version
    old_name: str
    new_name: str
    files: tuple[str, str] | None = None
    paths: tuple[str, ...] = ()

    def pairs(self, days: Days, leaves_out: Callable[[Path], bool]) -> Pairs:
        """The policies of both versions. Raises ``Complaint`` where there are none."""
        if self.files is not None:
            return one_pair(self.old, self.files[0], self.new, self.files[1], days)
        for path in self.paths:
            if not self.old.specs([path]) and not self.new.specs([path]):
                where = path or "these folders"
                raise Complaint(
                    f"there is no policy at {where}, neither in {self.old_name} nor in "
                    f"{self.new_name}.",
                    "Hidden folders are not searched.",
                )
        return all_pairs(
            self.old, self.new, self.paths, days, lambda key: leaves_out(self.new.path(key))
        )


def asked(words: Sequence[str], usual: Sequence[str]) -> Asked:
    """What the words behind ``diff`` ask for; ``usual`` are the paths where none is named.

    What is on the disk is a path; what is not is a revision. Raises ``Complaint``.
    """
    first, *rest = words
    if len(words) == 2 and _there(first) and _there(rest[0]):
        return _on_disk(first, rest[0])
    if _there(first) and not rest:
        raise Complaint(
            f"{first} is one version, and nothing says with what to compare it.",
            f"Name another one, or a revision before it: 'antinomy diff HEAD {first}'.",
        )
    if _there(first) and not _there(rest[0]):
        raise Complaint(f"there is no file or folder {rest[0]}.", "Name two files or two folders.")
    if _there(first):
        raise Complaint(
            f"{first} is a file or folder, and so are the others: only two can be compared.",
            "Name two of them, or a revision before them.",
        )
    try:
        return _at_revisions(first, rest, usual)
    except git.Refused as refused:
        raise Complaint(str(refused), refused.remedy, refused.details) from None


def _there(word: str) -> bool:
    try:
        return os.path.lexists(word)
    except ValueError:
        raise Complaint(f"the path {word!r} cannot be used.") from None


def _on_disk(old: str, new: str) -> Asked:
    paths = Path(old), Path(new)
    if all(each.is_dir() for each in paths):
        one, other = (OnDisk(each.as_posix(), each) for each in paths)
        return Asked(old=one, new=other, old_name=old, new_name=new, paths=("",))
    if any(each.is_dir() for each in paths):
        raise Complaint(
            f"of {old} and {new}, one is a folder and one is not.",
            "Name two files, or two folders.",
        )
    for each in paths:
        _refuse_unless_spec(each.as_posix())
    one, other = (OnDisk(each.as_posix(), Path()) for each in paths)
    files = (paths[0].as_posix(), paths[1].as_posix())
    return Asked(old=one, new=other, old_name=old, new_name=new, files=files)


def _refuse_unless_spec(path: str) -> None:
    if not is_spec(path):
        raise Complaint(
            f"{path} is not a policy: its name does not end in .policy or .policy.md.",
            "Name a .policy file, or a folder with such files.",
        )


def _at_revisions(first: str, rest: Sequence[str], usual: Sequence[str]) -> Asked:
    repository = git.repository()
    words = list(rest)
    old_word, dots, new_word = first.partition("..")
    apart = dots and new_word.startswith(".")
    old_word, new_word = old_word or "HEAD", new_word.removeprefix(".") or "HEAD"
    old_commit = repository.commit(old_word)
    new_commit = None
    if dots:
        new_commit = repository.commit(new_word)
    elif words and not _there(words[0]) and not is_spec(words[0]):
        new_word = words.pop(0)
        new_commit = repository.commit(new_word)
    old_name = _called(old_word, old_commit)
    if apart and new_commit is not None:
        old_commit = repository.merge_base(old_commit, new_commit)
        old_word = old_commit[:12]
        old_name = f"{old_word}, where {first.partition('.')[0] or 'HEAD'} and {new_word} parted,"
    old = AtRevision(old_word, old_commit, repository.top)
    new: Version = OnDisk(WORKING_TREE, repository.top, told_from_here=True)
    new_name = WORKING_TREE
    if new_commit is not None:
        new = AtRevision(new_word, new_commit, repository.top)
        new_name = _called(new_word, new_commit)
    paths = tuple(dict.fromkeys(_key(each, repository) for each in words or usual or ["."]))
    for each in paths:
        if not any(version.is_folder(each) for version in (old, new)):
            _refuse_unless_spec(each)
    return Asked(old=old, new=new, old_name=old_name, new_name=new_name, paths=paths)


def _called(word: str, commit: str) -> str:
    return word if commit.startswith(word) else f"{word} ({commit[:12]})"


def _key(path: str, repository: git.Repository) -> str:
    """A path as it is named from the working directory, from the root of the repository."""
    if os.path.isabs(path):
        key = os.path.relpath(os.path.realpath(path), os.path.realpath(repository.top))
    else:
        key = os.path.normpath(os.path.join(repository.prefix, path))
    key = key.replace(os.sep, "/")
    if key == ".." or key.startswith("../"):
        raise Complaint(
            f"{path} lies outside the repository {repository.top}.",
            "Name a file or folder of the repository whose revisions are compared.",
        )
    return "" if key == "." else key
