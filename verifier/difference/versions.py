"""The two versions of policies that are compared: files on the disk, or what git stored."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from policy_dsl.diagnostics import Diagnostic, SpecError
from policy_dsl.files import MOST_BYTES, Files, Unreadable, source_of, too_large
from policy_dsl.load import MARKERS, load_from, project_of
from policy_dsl.model import Policy
from policy_dsl.paths import is_spec, outside
from policy_dsl.source import Source
from verifier.difference import git

_MOST_LINKS = 40
_LONGEST_LINK = 4096


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """One policy of a version. ``key`` is its path, relative to what the version is relative to.
    ``texts`` are the texts of all files that were read for it, by their paths, the main one first.
    Without a ``policy``, ``diagnostics`` say why.
    """

    key: str
    policy: Policy | None
    diagnostics: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str]


class Version(Protocol):
    """One of the two versions. Paths have forward slashes and are relative to the version."""

    @property
    def label(self) -> str:
        """What it is called."""

    def path(self, key: str) -> Path:
        """Where a spec is on the disk, or would be: that is where its settings are."""

    def specs(self, paths: Iterable[str]) -> list[str]:
        """The specs at and below some paths, sorted; a path that is not there has none."""

    def is_folder(self, path: str) -> bool:
        """Whether a path is one of a folder."""

    def load(self, key: str, as_of: date | None) -> Loaded:
        """The policy whose main file is at a path. It may be wrong."""


@dataclass(frozen=True)
class _Recorded:
    """Files, and the texts that were read of them, by their paths from a base."""

    files: Files
    base: str
    root: str
    texts: dict[str, str] = field(default_factory=dict)

    def read(self, key: str) -> tuple[str, Source]:
        """See ``Files``."""
        real, source = self.files.read(key)
        return real, self._keep(real, source)

    def text(self, key: str) -> Source:
        """See ``Files``."""
        return self._keep(key, self.files.text(key))

    def _keep(self, key: str, source: Source) -> Source:
        path = os.path.relpath(os.path.join(self.root, key), self.base)
        self.texts[path.replace(os.sep, "/")] = source.text
        return source


@dataclass(frozen=True)
class OnDisk:
    """The files of a folder as they are now. ``base`` is the folder; messages name a spec by the
    way from there, or, where it is ``told_from_here``, from the working directory."""

    label: str
    base: Path
    told_from_here: bool = False

    def path(self, key: str) -> Path:
        """See ``Version``."""
        path = self.base / key
        return Path(os.path.relpath(path)) if self.told_from_here else path

    def specs(self, paths: Iterable[str]) -> list[str]:
        """See ``Version``. Hidden folders are passed over."""
        found: set[str] = set()
        for each in paths:
            path = self.base / each
            if not path.is_dir():
                found |= {each} if path.exists() else set()
                continue
            for where, folders, files in os.walk(path):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found |= {
                    (Path(where) / name).relative_to(self.base).as_posix()
                    for name in files
                    if is_spec(name) and not name.startswith(".")
                }
        return sorted(found)

    def is_folder(self, path: str) -> bool:
        """See ``Version``."""
        return (self.base / path).is_dir()

    def load(self, key: str, as_of: date | None) -> Loaded:
        """See ``Version``."""
        path = self.path(key)
        try:
            files, start = project_of(path)
        except SpecError as error:
            return Loaded(
                key=key,
                policy=None,
                diagnostics=error.diagnostics,
                texts={},
            )
        recorded = _Recorded(files, os.path.realpath(self.base), _root(path, start))
        return _loaded(recorded, start, key, path.as_posix(), as_of)


def _root(path: Path, start: str) -> str:
    """The root of a project, from a spec and the way from the root to it."""
    return str(path.resolve()).removesuffix(start.replace("/", os.sep))


def _loaded(recorded: _Recorded, start: str, key: str, name: str, as_of: date | None) -> Loaded:
    policy: Policy | None = None
    found: tuple[Diagnostic, ...] = ()
    try:
        policy = load_from(recorded, start, name, as_of)
    except SpecError as error:
        found = error.diagnostics
    return Loaded(key=key, policy=policy, diagnostics=found, texts=recorded.texts)


@dataclass(frozen=True)
class AtRevision:
    """What git stored of a repository at a commit. Paths are relative to its root; messages name
    a file as ``REVISION:PATH``, which ``git show`` understands. ``top`` is the root folder."""

    label: str
    commit: str
    top: Path

    def path(self, key: str) -> Path:
        """See ``Version``."""
        return Path(os.path.relpath(self.top / key))

    def specs(self, paths: Iterable[str]) -> list[str]:
        """See ``Version``. Hidden folders are passed over. Raises ``Refused``."""
        found: set[str] = set()
        for each in paths:
            try:
                _, entry = self.find(each)
            except Unreadable:
                continue
            if entry.is_folder:
                found.update(self._below(each, entry))
            else:
                found.add(each)
        return sorted(found)

    def _below(self, path: str, at: git.Entry) -> Iterator[str]:
        for each in git.folder(at.object).values():
            here = f"{path}/{each.name}" if path not in ("", ".") else each.name
            if each.name.startswith("."):
                continue
            if each.is_folder:
                yield from self._below(here, each)
            elif is_spec(each.name) and not each.is_module:
                yield here

    def is_folder(self, path: str) -> bool:
        """See ``Version``. Raises ``Refused``."""
        try:
            return self.find(path)[1].is_folder
        except Unreadable:
            return False

    def load(self, key: str, as_of: date | None) -> Loaded:
        """See ``Version``. Raises ``Refused``."""
        name = f"{self.label}:{key}"
        root = self._project(key)
        recorded = _Recorded(_Stored(self, root), "/", f"/{root}")
        return _loaded(recorded, key.removeprefix(root), key, name, as_of)

    def _project(self, key: str) -> str:
        """The root of the project of a spec, empty or ending in a slash; see ``project_root``."""
        folder = key
        while "/" in folder:
            folder = folder.rpartition("/")[0]
            try:
                _, entry = self.find(folder)
            except Unreadable:
                continue
            if any(each in git.folder(entry.object) for each in MARKERS if entry.is_folder):
                return f"{folder}/"
        return ""

    def find(self, path: str) -> tuple[str, git.Entry]:
        """What is at a path, with the path to which links lead. Raises ``Unreadable`` and
        ``Refused``."""
        waiting = [each for each in reversed(path.split("/")) if each not in ("", ".")]
        way: list[git.Entry] = [git.root_of(self.commit)]
        links = 0
        while waiting:
            part = waiting.pop()
            if part == "..":
                if len(way) == 1:
                    raise Unreadable(*outside())
                way.pop()
                continue
            here = git.folder(way[-1].object) if way[-1].is_folder else {}
            entry = here.get(part)
            if entry is None:
                raise Unreadable("there is no such file")
            if not entry.is_link:
                way.append(entry)
                continue
            links += 1
            if links > _MOST_LINKS or entry.size > _LONGEST_LINK:
                raise Unreadable("its links lead in a circle")
            target = os.fsdecode(git.content(entry.object))
            if target.startswith("/") or "\\" in target:
                raise Unreadable(*outside())
            waiting += [each for each in reversed(target.split("/")) if each not in ("", ".")]
        return "/".join(each.name for each in way[1:]), way[-1]


@dataclass(frozen=True)
class _Stored:
    """The files of one project at a revision. ``root`` is empty or ends in a slash."""

    version: AtRevision
    root: str

    def read(self, key: str) -> tuple[str, Source]:
        """See ``Files``."""
        path, entry = self.version.find(f"{self.root}{key}")
        if not path.startswith(self.root):
            raise Unreadable(*outside())
        if entry.is_folder or entry.is_module:
            raise Unreadable("it is a folder")
        if entry.size > MOST_BYTES:
            raise too_large()
        source = source_of(git.content(entry.object), f"{self.version.label}:{path}")
        return path.removeprefix(self.root), source

    def text(self, key: str) -> Source:
        """See ``Files``."""
        return self.read(key)[1]
