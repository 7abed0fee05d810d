"""Which file the settings of a policy stand in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from policy_dsl.load import Unreadable, project_root, read_source
from policy_dsl.source import Place, Source, Span
from verifier.settings.model import NO_SETTINGS, Problem, Settings, SettingsError
from verifier.settings.toml import parse

_OWN, _SHARED = "antinomy.toml", "pyproject.toml"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the command line says about settings: a ``file``, or ``none`` at all."""

    file: Path | None = None
    none: bool = False


BY_PLACE = Choice()
"""The command line says nothing: the settings are those of the policy's project."""


def settings_for(path: Path, choice: Choice = BY_PLACE) -> Settings:
    """The settings for a policy, or for what lies in the folder of ``path``.

    They stand in the folder of its project (``project_root``), unless the command line names a
    file. Messages name the file as they do the policy's. Raises ``SettingsError``.
    """
    if choice.none:
        return NO_SETTINGS
    if choice.file is not None:
        return _of(choice.file, choice.file.resolve().parent, choice.file.as_posix())
    root = project_root(path)
    own, shared = root / _OWN, root / _SHARED
    found = [each for each in (own, shared) if each.exists() and (each == own or _uses(each, path))]
    if len(found) > 1:
        name = _called(own, path)
        said = f"there are settings both here and in [tool.antinomy] of {_called(shared, path)}."
        place = Place(Source(name, ""), Span(0, 0))
        remedy = f"Move all of them into {_OWN} and delete [tool.antinomy]."
        raise SettingsError([Problem(key="", place=place, message=said, remedy=remedy)])
    return _of(found[0], root, _called(found[0], path)) if found else NO_SETTINGS


def _of(file: Path, root: Path, name: str) -> Settings:
    from verifier.settings.read import read_settings  # slow to import

    within: Literal["", "tool.antinomy"] = "tool.antinomy" if file.name == _SHARED else ""
    return read_settings(_read(file, name), root, within)


def _uses(file: Path, path: Path) -> bool:
    """Whether a ``pyproject.toml`` has settings of this tool."""
    source = _read(file, _called(file, path))
    if "antinomy" not in source.text:  # a file that is not about this tool need not be sound
        return False
    tool = parse(source).get("tool")
    return isinstance(tool, dict) and "antinomy" in tool


def _called(file: Path, path: Path) -> str:
    """How messages name a file of the project, given how the policy was named."""
    beside = path.parent / os.path.relpath(file, path.parent.resolve())
    short = Path(os.path.normpath(beside))
    return (short if short.resolve() == file.resolve() else beside).as_posix()


def _read(file: Path, name: str) -> Source:
    try:
        return read_source(file, name)
    except Unreadable as error:
        place = Place(Source(name, ""), Span(0, 0))
        said = f"it cannot be read: {error}."
        raise SettingsError([Problem(key="", place=place, message=said)]) from None
