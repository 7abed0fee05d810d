"""A folder of small files, each with one result under its key. Nothing in it is trusted blindly.

A file has two lines of JSON: the head, which says by what it was made, its key and the checksum of
the second line; and the result. Whatever does not agree counts as absent. Files are written under
another name first and then renamed, so that several runs may use one folder at a time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Protocol

FORMAT = 1
"""How files are laid out; to be raised with every change of it."""

MOST_FILES = 20_000
MOST_BYTES = 256 * 1024 * 1024
"""How much a folder may hold after a run; what was used longest ago goes first."""

LARGEST = 8 * 1024 * 1024
"""No file with more bytes is read or written."""

_ENDING = ".json"
_UNFINISHED = ".part"
_IGNORE = "# Made by antinomy; may be deleted at any time.\n*\n"
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)


class Kept(Protocol):
    """Results of earlier runs, by key."""

    def read(self, key: str) -> object | None:
        """The result under a key: plain JSON, None where there is none that can be trusted."""

    def write(self, key: str, result: object) -> None:
        """Keep a result, plain JSON, under a key. Never raises for what the folder is like."""


def key_of(parts: Iterable[str]) -> str:
    """The key for what some words say: 64 hexadecimal digits."""
    found = hashlib.sha256()
    for each in parts:
        data = each.encode("utf-8", "surrogatepass")
        found.update(b"%d:" % len(data))
        found.update(data)
    return found.hexdigest()


@dataclass
class Store:
    """The results in one folder. ``made_by`` names the versions of all that makes results.

    ``trouble`` says why nothing is kept, once that is so; reading goes on where it can.
    """

    folder: Path
    made_by: str
    trouble: str | None = None
    _ready: bool = field(default=False, repr=False)

    def read(self, key: str) -> object | None:
        """The result under a key: plain JSON, None where there is none that can be trusted."""
        path = self._path(key)
        data = _contents(path)
        if data is None:
            return None
        head, line, body = data.partition(b"\n")
        try:
            if not line or json.loads(head) != self._head(key, body):
                return None
            found: object = json.loads(body)
        except (ValueError, RecursionError):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # it was of use: it goes last when room is needed
        return found

    def write(self, key: str, result: object) -> None:
        """Keep a result. Where the folder cannot be written, ``trouble`` says so."""
        if self.trouble is not None:
            return
        try:
            body = json.dumps(result, ensure_ascii=True, separators=(",", ":")).encode("ascii")
        except RecursionError:
            return
        head = json.dumps(self._head(key, body), separators=(",", ":")).encode("ascii")
        data = b"\n".join((head, body))
        if len(data) > LARGEST:
            return
        unfinished = self.folder / f"{key}.{token_hex(8)}{_UNFINISHED}"
        try:
            self._make_ready()
            _create(unfinished, data)
            os.replace(unfinished, self._path(key))
        except OSError as error:
            self.trouble = error.strerror or type(error).__name__
            with contextlib.suppress(OSError):
                unfinished.unlink()

    def prune(self, most_files: int = MOST_FILES, most_bytes: int = MOST_BYTES) -> None:
        """Delete what was used longest ago until the rest is within the bounds; of what was used
        at one time, by name."""
        found = sorted(_entries(self.folder))
        bytes_ = sum(size for _, _, size in found)
        for over, (_, name, size) in enumerate(found):
            if len(found) - over <= most_files and bytes_ <= most_bytes:
                return
            with contextlib.suppress(OSError):
                (self.folder / name).unlink()
            bytes_ -= size

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_ENDING}"

    def _head(self, key: str, body: bytes) -> dict[str, object]:
        return {
            "format": FORMAT,
            "made_by": self.made_by,
            "key": key,
            "checksum": hashlib.sha256(body).hexdigest(),
        }

    def _make_ready(self) -> None:
        """Make the folder; a repository is told not to keep it."""
        if self._ready:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            _create(self.folder / ".gitignore", _IGNORE.encode("ascii"))
        self._ready = True


def _contents(path: Path) -> bytes | None:
    """What an ordinary file holds; None of anything else, links among them."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_LINKS | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError):
        return None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
            return None
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(LARGEST + 1)
    except OSError:
        return None
    finally:
        os.close(descriptor)


def _create(path: Path, data: bytes) -> None:
    """Write a file that is not there yet; nobody but its owner may change it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINKS, 0o644)
    with open(descriptor, "wb") as file:
        file.write(data)


def _entries(folder: Path) -> Iterator[tuple[int, str, int]]:
    """When each result was last used, its name, and its size. What was never finished counts
    too, so that it goes in its turn."""
    try:
        with os.scandir(folder) as found:
            for each in found:
                if each.name.endswith((_ENDING, _UNFINISHED)):
                    with contextlib.suppress(OSError):
                        about = each.stat(follow_symlinks=False)
                        yield about.st_mtime_ns, each.name, about.st_size
    except OSError:
        return
