"""The paths by which a spec names other files: which ones it may write, and what they mean."""

from __future__ import annotations

import os
import re
from pathlib import PurePosixPath

SUFFIX = ".policy"
"""How the names of spec files end."""

LITERATE_SUFFIX = ".policy.md"
"""How the names of literate spec files end: Markdown in which the code stands in blocks."""

_DRIVE = re.compile(r"[A-Za-z]:")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class BadPath(Exception):
    """A path that a spec may not write; the message says why, ``remedy`` what to write."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.remedy = remedy


def outside() -> tuple[str, str]:
    """What is said of a path that leads out of the project, and how to mend it."""
    return (
        "it lies outside the project",
        "A spec may only name files of its own project. Copy the file into it.",
    )


def beside(current: str, path: str) -> str:
    """The path of a file that is named in the file ``current``, without ``.`` and ``..`` inside.

    It begins with ``..`` if it leads above what ``current`` is relative to. Raises ``BadPath`` for
    paths that mean different things on different machines.
    """
    relative = "Write the way from this file's folder, such as: shared/words" + SUFFIX
    if not path:
        raise BadPath("the path is empty", relative)
    if _CONTROL.search(path):
        raise BadPath("its path has a character that cannot be seen", "Delete that character.")
    if "\\" in path:
        slashed = path.replace("\\", "/")
        raise BadPath("its path has a backslash", f"Write forward slashes: {slashed}")
    if _DRIVE.match(path):
        raise BadPath("its path begins with a drive", relative)
    if _SCHEME.match(path):
        raise BadPath("an address on the web cannot be used", "Copy the file into the project.")
    if PurePosixPath(path).is_absolute():
        raise BadPath("its path is absolute", relative)
    return PurePosixPath(os.path.normpath(PurePosixPath(current).parent / path)).as_posix()


def is_literate(path: str) -> bool:
    """Whether a path is one of a literate spec."""
    return path.endswith(LITERATE_SUFFIX)


def is_spec(path: str) -> bool:
    """Whether a path is one of a spec."""
    suffixed = path.endswith((SUFFIX, LITERATE_SUFFIX))
    return suffixed and PurePosixPath(path).name not in (SUFFIX, LITERATE_SUFFIX)


def misnamed(path: str) -> None:
    """Raises ``BadPath`` for a path that is not one of a spec."""
    if not is_spec(path):
        raise BadPath(
            f"its name does not end in {SUFFIX} or {LITERATE_SUFFIX}",
            f"'use' joins specs, whose names end in {SUFFIX} or {LITERATE_SUFFIX}. The text that a "
            "spec transcribes is named in the header, behind 'text'.",
        )
