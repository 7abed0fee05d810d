"""Which policy files a command is about."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from policy_dsl import syntax as ast
from policy_dsl.load import Unreadable, read_source
from policy_dsl.parse import parse
from policy_dsl.paths import LITERATE_SUFFIX, SUFFIX, is_spec
from verifier.commands.common import Complaint

_MAY_USE = re.compile(r"^\s*use\b", re.MULTILINE)


def policy_files(
    paths: Sequence[str],
    used_too: bool = False,
    leaves_out: Callable[[Path], bool] = lambda _path: False,
) -> list[Path]:
    """The policy files that paths name: files as they are, folders with all below them.

    In a folder, hidden folders are passed over, and so are files that others use, unless
    ``used_too``, and those that ``leaves_out`` says. In the order of the paths, within a folder
    sorted, each file once. Raises ``Complaint`` for a path that is neither, and for a folder
    without a policy.
    """
    found: list[Path] = []
    for each in paths:
        path = _path(each)
        if not path.is_dir():
            if not is_spec(path.name):
                raise Complaint(
                    f"{each} is not a policy: its name does not end in {SUFFIX} or "
                    f"{LITERATE_SUFFIX}.",
                    f"Name a {SUFFIX} file, or a folder with such files.",
                )
            found.append(path)
            continue
        below = sorted(_below(path))
        if not below:
            raise Complaint(
                f"there is no {SUFFIX} file in {each}.",
                "Hidden folders are not searched.",
            )
        chosen = below if used_too else _not_used(below)
        found += [each for each in chosen if not leaves_out(each)]
    return list(dict.fromkeys(found))


def _path(text: str) -> Path:
    try:
        path = Path(text)
        there = path.exists()
    except (OSError, ValueError):
        raise Complaint(f"the path {text!r} cannot be used.") from None
    if not there:
        raise Complaint(f"there is no file or folder {text}.")
    return path


def _below(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise Complaint(f"the folder {error.filename} cannot be read: {error.strerror}.")

    for where, folders, files in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            if is_spec(name) and not name.startswith("."):
                yield Path(where) / name


def _not_used(files: Iterable[Path]) -> list[Path]:
    """The files that no other one uses. Files that use each other in a circle stay."""
    uses = {path: _used_by(path) for path in files}
    real = {path: os.path.realpath(path) for path in uses}
    used = {target for path, targets in uses.items() for target in targets if target != real[path]}
    main = [path for path in uses if real[path] not in used]
    reached: set[str] = set()
    waiting = [real[path] for path in main]
    by_real = {real[path]: targets for path, targets in uses.items()}
    while waiting:
        current = waiting.pop()
        if current not in reached:
            reached.add(current)
            waiting += by_real.get(current, ())
    return [path for path in uses if path in main or real[path] not in reached]


def _used_by(path: Path) -> list[str]:
    """The real paths of what a file uses; none if it cannot be read, which is told later."""
    try:
        source = read_source(path, path.as_posix())
    except Unreadable:
        return []
    if not _MAY_USE.search(source.text):
        return []
    tree, _ = parse(source)
    targets = [each.path.text for each in tree.declarations if isinstance(each, ast.Use)]
    return [
        os.path.realpath(os.path.normpath(path.parent / PurePosixPath(each)))
        for each in targets
        if "\0" not in each
    ]
