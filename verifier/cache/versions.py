"""By what a result was made: everything of which another version may find something else."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("z3-solver", "lark")
"""What results depend on beside the project itself."""

_ENDINGS = frozenset({".py", ".lark"})

_ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def made_by() -> str:
    """The versions of Python, of the solver and of the parser, and a digest of the project's own
    files: whoever changes a line of a check gets no results of the check as it was."""
    packages = " ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    return f"python {platform.python_version()} {packages} antinomy {sources(_ROOT)}"


def sources(root: Path) -> str:
    """A digest of the project's own files under a folder, by their names and contents."""
    found = hashlib.sha256()
    for package in ("policy_dsl", "verifier"):
        for path in sorted((root / package).rglob("*")):
            if path.suffix in _ENDINGS and path.is_file():
                data = path.read_bytes()
                found.update(f"{path.relative_to(root).as_posix()} {len(data)}\n".encode())
                found.update(data)
    return found.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # it is there, but nobody says which
        return "unknown"
