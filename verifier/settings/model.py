"""The settings of a project, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from policy_dsl.source import Place
from verifier.limits import Limits

if TYPE_CHECKING:  # they are slow to import, and most runs of most commands have no settings
    from verifier.findings import Severity
    from verifier.gating import Waiver

FailOn = Literal["error", "warning", "note", "never"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What ``antinomy.toml``, or ``[tool.antinomy]`` of ``pyproject.toml``, says.

    ``name`` is the file as messages speak of it, None where there is none. ``root`` is the folder
    that paths are relative to; none of them leads out of it. None is what is not said; ``cache`` is
    False where it is turned off. ``not_run`` are the codes that are not looked for;
    ``bound`` is in solver steps a question. ``allow`` are the words of ``[diff] allow``.
    """

    name: str | None = None
    root: Path = field(default_factory=Path)
    paths: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    not_run: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    fail_on: FailOn | None = None
    bound: int | None = None
    limits: Limits = field(default_factory=Limits)
    as_of: date | None = None
    allow_unsettled: bool = False
    baseline: Path | None = None
    cache: Path | Literal[False] | None = None
    allow: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()


NO_SETTINGS = Settings()
"""Nothing is settled: everything is as the command line says."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One error in settings: the key it is at (``waivers[2].expires``, empty for the file as a
    whole), its place, what is wrong, and what is allowed."""

    key: str
    place: Place
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.place.source.name}:{self.place.line}"
        key = f"{self.key}: " if self.key else ""
        return f"{where}: {key}{self.message}{f' {self.remedy}' if self.remedy else ''}"


class SettingsError(Exception):
    """The settings are wrong; carries every problem found, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda each: each.place.span.start))
        super().__init__("; ".join(str(each) for each in self.problems))
