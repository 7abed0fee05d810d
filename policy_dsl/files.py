"""The files that specs are made of: what one is read as, and why one cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from policy_dsl.diagnostics import Code
from policy_dsl.parse import LARGEST_FILE
from policy_dsl.source import Source

MOST_BYTES = 4 * LARGEST_FILE
"""How many bytes of a file are read."""


class Unreadable(Exception):
    """A file cannot be read; the message says why, and ``remedy`` what to do where that helps."""

    def __init__(self, reason: str, remedy: str = "", code: Code = "L07") -> None:
        super().__init__(reason)
        self.remedy = remedy
        self.code: Code = code


class Files(Protocol):
    """The files of one project, by keys: paths with forward slashes, relative to its root."""

    def read(self, key: str) -> tuple[str, Source]:
        """A spec, with the key of the file that the key leads to. Raises ``Unreadable``."""

    def text(self, key: str) -> Source:
        """A text that a header names. Raises ``Unreadable``."""


def read_source(path: Path, name: str) -> Source:
    """Read a spec as UTF-8. Raises ``Unreadable``."""
    try:
        if path.is_dir():
            raise Unreadable("it is a folder")
        if not path.is_file():
            raise Unreadable("it is no regular file" if path.exists() else "there is no such file")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise because(error) from error
    return source_of(data, name)


def too_large() -> Unreadable:
    """What is wrong with a file of more than ``MOST_BYTES`` bytes."""
    return Unreadable(
        f"it has more than {LARGEST_FILE} characters",
        "Split it into several files and join them with 'use'.",
        "L13",
    )


def source_of(data: bytes, name: str) -> Source:
    """The text of a file in UTF-8. Raises ``Unreadable``."""
    if len(data) > MOST_BYTES:
        raise too_large()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"it is not UTF-8 text (byte {error.start}, line {line})",
            "Save it as plain text in the encoding UTF-8.",
        ) from error
    return Source(name, text.replace("\r\n", "\n"))


def because(error: Exception) -> Unreadable:
    """The system's own word on why a file cannot be read."""
    reason = error.strerror if isinstance(error, OSError) else None
    return Unreadable(reason.lower() if reason else "its path cannot be used")
