"""From a path to a resolved policy: reads the file and every file it uses.

Files are untrusted: a spec may only name files inside its own project, and what cannot be read
is an error with a place and a remedy. The paths themselves are judged in ``paths.py``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeAlias

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Diagnostic, SpecError, did_you_mean
from policy_dsl.files import Files, because
from policy_dsl.files import Unreadable as Unreadable
from policy_dsl.files import read_source as read_source
from policy_dsl.force import in_time
from policy_dsl.parse import parse
from policy_dsl.paths import SUFFIX as SUFFIX
from policy_dsl.paths import BadPath, beside, is_literate, is_spec, misnamed, outside
from policy_dsl.resolve import resolve
from policy_dsl.source import Place, Source, Span
from policy_dsl.symbols import Unit

MOST_FILES = 200
"""How many files one policy may be made of."""

MARKERS = ("antinomy.toml", "pyproject.toml", ".git")
"""What the root folder of a project holds, one of them."""

Reader: TypeAlias = Callable[[str], Source]
"""Reads the file of a path with forward slashes. Raises ``Unreadable``."""


def project_root(path: Path) -> Path:
    """The folder that a spec's paths may not leave: the nearest folder above it that holds
    ``antinomy.toml``, ``pyproject.toml`` or ``.git``, or else the spec's own folder."""
    folder = path.parent.resolve()
    for each in (folder, *folder.parents):
        if any((each / marker).exists() for marker in MARKERS):
            return each
    return folder


@dataclass(frozen=True)
class _Disk:
    """The files of one project. Keys are real paths relative to its root, so that a file has
    one key, by whatever links it is reached."""

    path: Path
    root: Path
    changed: Mapping[str, str] = field(default_factory=dict)
    """Texts to take instead of those on the disk, by the names of their files in messages."""

    def read(self, key: str) -> tuple[str, Source]:
        """The file of a key, with the key of the real file. Raises ``Unreadable``."""
        real = self._real(key)
        try:
            source = read_source(real, self._name(real))
        except Unreadable as error:
            near = _near(real) if str(error) == "there is no such file" else None
            if near is None:
                raise
            raise Unreadable(str(error), f"Did you mean '{near}'?") from error
        text = self.changed.get(source.name, source.text)
        return real.relative_to(self.root).as_posix(), Source(source.name, text)

    def text(self, key: str) -> Source:
        """A text of the source. Raises ``Unreadable``."""
        real = self._real(key)
        return read_source(real, self._name(real))

    def _real(self, key: str) -> Path:
        try:
            real = (self.root / key).resolve()
            inside = real.is_relative_to(self.root)
            real.exists()  # raises where a path is too long
        except (OSError, RuntimeError, ValueError) as error:
            raise because(error) from error
        if not inside:
            raise Unreadable(*outside())
        return real

    def _name(self, real: Path) -> str:
        """How messages name a file: the main one as it was given, the others beside it."""
        if real == self.path.resolve():
            return self.path.as_posix()
        name = self.path.parent / os.path.relpath(real, self.path.parent.resolve())
        short = Path(os.path.normpath(name))  # wrong where a link is followed by '..'
        return (short if short.resolve() == real else name).as_posix()


def load(
    path: Path, changed: Mapping[str, str] | None = None, as_of: date | None = None
) -> model.Policy:
    """Read and resolve the policy whose main file is at ``path``.

    ``changed`` are texts to take instead of those on the disk, by the names by which messages
    speak of their files: what would the policy be with them? ``as_of`` is the day that is asked
    about; without it, all the time in which the main document is in force is.

    Files are named in messages as the main one is: relative to the working directory if its
    path is. Raises ``SpecError`` with every error found in it and in the files it uses.
    """
    files, key = project_of(path, changed)
    return load_from(files, key, path.as_posix(), as_of)


def project_of(path: Path, changed: Mapping[str, str] | None = None) -> tuple[Files, str]:
    """The files of the project of a spec on the disk, and the spec's key. ``changed`` as in
    ``load``. Raises ``SpecError`` for a path that leads out of the project."""
    try:
        root, real = project_root(path), path.resolve()
        if path.is_symlink() and not real.is_relative_to(root):
            raise Unreadable("it is a link that leads out of the project", f"Name {real} itself.")
    except Unreadable as error:
        raise SpecError([_unreadable(path.as_posix(), None, error)]) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise SpecError([_unreadable(path.as_posix(), None, because(error))]) from None
    return _Disk(path, root, changed or {}), real.relative_to(root).as_posix()


def load_from(files: Files, key: str, name: str, as_of: date | None = None) -> model.Policy:
    """Read and resolve the policy whose main file has the given key; ``name`` is what messages
    call it where it cannot be read. Raises ``SpecError``."""
    try:
        real, source = files.read(key)
    except Unreadable as error:
        raise SpecError([_unreadable(name, None, error)]) from None
    return _load(real, source, files.read, files.text, as_of)


def load_text(text: str, name: str = "spec.policy", as_of: date | None = None) -> model.Policy:
    """Resolve a policy that stands in one text and uses no files. Raises ``SpecError``."""

    def read(wanted: str) -> Source:
        if wanted != name:
            raise Unreadable("this text can use no files", "Put everything into one text.")
        return Source(name, text)

    return _load_with(name, read, lambda _key: None, as_of)


def load_with(name: str, read: Reader) -> model.Policy:
    """Resolve the policy whose main file has the given name, reading files with ``read``: specs,
    and the texts that their headers name. Raises ``SpecError``.
    """
    return _load_with(name, read, read)


def _load_with(
    name: str,
    read: Reader,
    read_text: Callable[[str], Source | None],
    as_of: date | None = None,
) -> model.Policy:
    try:
        source = read(name)
    except Unreadable as error:
        raise SpecError([_unreadable(name, None, error)]) from None

    def text(key: str) -> Source | None:
        if key.startswith("../"):
            raise Unreadable(*outside())
        return read_text(key)

    return _load(name, source, lambda key: (key, read(key)), text, as_of)


def _load(
    main: str,
    source: Source,
    read: Callable[[str], tuple[str, Source]],
    read_text: Callable[[str], Source | None],
    as_of: date | None,
) -> model.Policy:
    units: list[Unit] = []
    problems: list[Diagnostic] = []
    waiting = [(main, source)]
    seen = {main}
    read_as: dict[str, str] = {}
    too_many = False
    while waiting:
        current, source = waiting.pop(0)
        tree, found = parse(source)
        problems += found
        texts: dict[str, Source] = {}
        units.append(Unit(source, tree, texts))
        for keyword, text in _texts(tree):
            place = Place(source, text.span)
            try:
                held = read_text(beside(current, text.text))
                if held is not None:
                    texts.setdefault(keyword, held)
            except (BadPath, Unreadable) as error:
                if isinstance(error, Unreadable) and error.code == "L13":
                    error.remedy = "Keep only the part that the spec transcribes."
                problems.append(_unreadable(text.text, place, error))
        if is_literate(source.name) and all(word != "text" for word, _ in _texts(tree)):
            from policy_dsl.literate import quoted_text  # only such files pay for its import

            quoted = quoted_text(source)
            if quoted is not None:
                texts["text"] = quoted
        for node in tree.declarations:
            if not isinstance(node, ast.Use):
                continue
            place = Place(source, node.path.span)
            try:
                target = beside(current, node.path.text)
                misnamed(node.path.text)
                if target in seen or read_as.get(target, "") in seen:
                    continue
                if len(seen) >= MOST_FILES:
                    if too_many:
                        continue
                    too_many = True
                    raise Unreadable(
                        f"the policy has more than {MOST_FILES} files", "Put some of them together."
                    )
                key, used = read(target)
            except (BadPath, Unreadable) as error:
                problems.append(_unreadable(node.path.text, place, error))
                continue
            read_as[target] = key
            if key not in seen:
                seen.add(key)
                waiting.append((key, used))
    return in_time(resolve(tuple(units), tuple(problems)), as_of)


def _texts(tree: ast.File) -> Iterator[tuple[str, ast.Text]]:
    """The paths of source texts that headers name, each with its keyword."""
    for node in tree.declarations:
        for part in node.parts if isinstance(node, ast.PolicyHeader) else ():
            if not isinstance(part, ast.HeaderPart) or not isinstance(part.value, ast.Text):
                continue
            if part.keyword in ("text", "raw"):
                yield part.keyword, part.value


def _unreadable(name: str, used_at: Place | None, error: BadPath | Unreadable) -> Diagnostic:
    shown = name if len(name) <= 80 else f"{name[:40]}...{name[-37:]}"
    usual = (
        "Name a file of this project, relative to this file."
        if used_at
        else f"Name an existing {SUFFIX} file."
    )
    return Diagnostic(
        code=error.code if isinstance(error, Unreadable) else "L07",
        place=used_at or Place(Source(name, ""), Span(0, 0)),
        message=f"'{shown}' cannot be used: {error}.",
        remedy=error.remedy or usual,
    )


def _near(path: Path) -> str | None:
    """A file beside a missing one that may have been meant."""
    try:
        specs = sorted(each.name for each in path.parent.iterdir() if is_spec(each.name))
    except OSError:
        return None
    by_stem = {each.split(SUFFIX)[0]: each for each in reversed(specs)}
    near = did_you_mean(path.name.split(SUFFIX)[0], by_stem)
    return None if near is None else by_stem[near]
