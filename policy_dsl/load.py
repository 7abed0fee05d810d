"""From a path to a resolved policy: reads the file and every file it uses.

Files are untrusted: a spec may only use files inside its own project, and what cannot be read is
an error with a place and a remedy.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Diagnostic, SpecError
from policy_dsl.parse import LARGEST_FILE, parse
from policy_dsl.resolve import resolve
from policy_dsl.source import Place, Source, Span
from policy_dsl.symbols import Unit

SUFFIX = ".policy"
"""How the names of spec files end."""

MOST_FILES = 200
"""How many files one policy may be made of."""

_MARKERS = ("antinomy.toml", "pyproject.toml", ".git")


class Unreadable(Exception):
    """A file cannot be read; the message says why."""


def project_root(path: Path) -> Path:
    """The folder that a spec's ``use`` may not leave: the nearest folder above it that holds
    ``antinomy.toml``, ``pyproject.toml`` or ``.git``, or else the spec's own folder."""
    folder = path.resolve().parent
    for each in (folder, *folder.parents):
        if any((each / marker).exists() for marker in _MARKERS):
            return each
    return folder


def read_source(path: Path, name: str) -> Source:
    """Read a spec as UTF-8. Raises ``Unreadable``."""
    try:
        if not path.is_file():
            raise Unreadable("there is no such file")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise Unreadable(reason or "its path cannot be used") from error
    if len(data) > 4 * LARGEST_FILE:
        raise Unreadable("it is too large")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"it is not UTF-8 text (byte {error.start})") from error
    return Source(name, text.replace("\r\n", "\n"))


def load(path: Path) -> model.Policy:
    """Read and resolve the policy whose main file is at ``path``.

    Raises ``SpecError`` with every error found in it and in the files it uses.
    """
    root = project_root(path)

    def read(name: str) -> Source:
        target = Path(name)
        try:
            real = target.resolve()
        except (OSError, RuntimeError, ValueError) as error:
            raise Unreadable("its path cannot be used") from error
        if name != path.as_posix() and not real.is_relative_to(root):
            raise Unreadable("it lies outside the project")
        return read_source(target, name)

    return load_with(path.as_posix(), read)


def load_text(text: str, name: str = "spec.policy") -> model.Policy:
    """Resolve a policy that stands in one text and uses no files. Raises ``SpecError``."""

    def read(wanted: str) -> Source:
        if wanted != name:
            raise Unreadable("this text can use no files")
        return Source(name, text)

    return load_with(name, read)


def load_with(name: str, read: Callable[[str], Source]) -> model.Policy:
    """Resolve the policy whose main file has the given name, reading files with ``read``.

    ``read`` takes a path with forward slashes and raises ``Unreadable``.
    """
    units: list[Unit] = []
    problems: list[Diagnostic] = []
    waiting: list[tuple[str, Place | None]] = [(name, None)]
    seen = {name}
    while waiting:
        current, used_at = waiting.pop(0)
        try:
            source = read(current)
        except Unreadable as error:
            problems.append(_unreadable(current, used_at, str(error)))
            continue
        tree, found = parse(source)
        problems += found
        units.append(Unit(source, tree))
        for node in tree.declarations:
            if not isinstance(node, ast.Use):
                continue
            place = Place(source, node.path.span)
            target = _target(current, node.path.text)
            if target is None or len(seen) >= MOST_FILES:
                reason = (
                    f"the policy has more than {MOST_FILES} files"
                    if target is not None
                    else f"the path must be relative and end in {SUFFIX}"
                )
                problems.append(_unreadable(node.path.text, place, reason))
            elif target not in seen:
                seen.add(target)
                waiting.append((target, place))
    if not units:
        raise SpecError(problems)
    return resolve(tuple(units), tuple(problems))


def _target(current: str, path: str) -> str | None:
    pure = PurePosixPath(path)
    unsafe = pure.is_absolute() or "\\" in path or ":" in path or "\0" in path
    if unsafe or not path.endswith(SUFFIX):
        return None
    return PurePosixPath(os.path.normpath(PurePosixPath(current).parent / pure)).as_posix()


def _unreadable(name: str, used_at: Place | None, reason: str) -> Diagnostic:
    return Diagnostic(
        code="L07",
        place=used_at or Place(Source(name, ""), Span(0, 0)),
        message=f"'{name}' cannot be used: {reason}.",
        remedy=f"Name a {SUFFIX} file of this project, relative to this file."
        if used_at
        else f"Name an existing {SUFFIX} file.",
    )
