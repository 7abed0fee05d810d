"""What the commands take from the settings of projects, and what the command line says instead."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from policy_dsl.diagnostics import printable
from policy_dsl.load import project_root
from verifier.commands.common import Complaint
from verifier.commands.files import policy_files
from verifier.settings import Choice, Settings, SettingsError, settings_for
from verifier.solvers.backend import DEFAULT_BOUND


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How one policy is checked, by the command line or else by its settings; ``key`` is the path
    of its file in its project, ``never_by`` says who lets no finding fail, where none does."""

    settings: Settings
    key: str
    bound: int
    as_of: date | None
    fail_on: str
    never_by: str


class Projects:
    """The settings of every project that a run comes to, each read once.

    ``options`` are those of a command; what it has not, the settings say. Every method raises
    ``Complaint`` where settings are wrong or lead nowhere.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        config = getattr(options, "config", None)
        file = None if config is None else Path(config)
        if file is not None and not file.is_file():
            raise Complaint(f"there is no file {config}.", "'--config' takes a file of settings.")
        self._choice = Choice(file=file, none=getattr(options, "no_config", False))
        self._options = options
        self._read: dict[Path, Settings] = {}
        self._passed_over: dict[str, set[Path]] = {}

    def settings(self, path: Path) -> Settings:
        """The settings for a policy, or for what lies beside a path."""
        root = self._choice.file or project_root(path)
        if root not in self._read:
            try:
                found = settings_for(path, self._choice)
            except SettingsError as error:
                wrong = error.problems
                many = f"there are {len(wrong)} errors" if len(wrong) > 1 else "there is an error"
                name = wrong[0].place.source.name
                raise Complaint(
                    f"{many} in the settings, {name}.",
                    "Nothing was looked at. '--no-config' runs without settings.",
                    [str(each) for each in wrong],
                ) from None
            options = self._options
            allow = found.allow_unsettled or getattr(options, "allow_unsettled", False)
            self._read[root] = replace(found, allow_unsettled=allow)
        return self._read[root]

    def paths(self, given: Sequence[str], used_too: bool = False) -> list[Path]:
        """The policies of paths, or of those that the settings name where none is given."""
        wanted = list(given)
        if not wanted:
            settings = self.settings(Path("any"))
            wanted = _own(settings)
            if not wanted:
                raise Complaint(
                    "no PATH was given, and no settings here have 'paths'.",
                    "Name a policy or a folder, or put 'paths' into antinomy.toml.",
                )
        found = policy_files(wanted, used_too, self._leaves_out)
        if not found:  # a run that looks at nothing must not pass
            raise Complaint(
                "every policy of these paths is passed over, by 'exclude' in the settings.",
                "Name a policy outright, or change 'exclude'.",
            )
        return found

    def tell_passed_over(self) -> None:
        """Say on standard error how much 'exclude' has left out."""
        for name, paths in self._passed_over.items():
            many = f"{len(paths)} policies are" if len(paths) > 1 else "1 policy is"
            print(
                f"antinomy: {many} passed over, by 'exclude' in {printable(name)}.", file=sys.stderr
            )

    def _leaves_out(self, path: Path) -> bool:
        settings = self.settings(path)
        if not settings.exclude:
            return False
        parts = _below(path, settings.root).split("/")
        above = ["/".join(parts[:n]) for n in range(1, len(parts) + 1)]
        out = any(
            fnmatchcase(each, pattern.rstrip("/")) for each in above for pattern in settings.exclude
        )
        if out:
            self._passed_over.setdefault(settings.name or "", set()).add(path)
        return out

    def own_paths(self) -> list[str]:
        """The paths that the settings here name, as they are named from here; none without."""
        return _own(self.settings(Path("any")))

    def excludes(self, path: Path) -> bool:
        """Whether the settings leave a policy out."""
        return self._leaves_out(path)

    def ways(self, path: Path) -> Ways:
        """How to check a policy."""
        settings, options = self.settings(path), self._options
        # What 'diff' calls so is about changes.
        given = options.fail_on if options.command == "check" else None
        return Ways(
            settings=settings,
            key=key_of(path),
            bound=options.bound or settings.bound or DEFAULT_BOUND,
            as_of=options.as_of or settings.as_of,
            fail_on=given or settings.fail_on or "error",
            never_by="the settings" if given is None else "'--fail-on never'",
        )

    def awaited(self, settings: Settings, checked: Sequence[Path]) -> set[str] | None:
        """Every policy that a waiver may be about: those of the project, and those checked now;
        None where the project's own cannot be told."""
        try:
            below = policy_files(_own(settings) or [str(settings.root)], False, self._leaves_out)
        except Complaint:
            if settings.paths:
                raise
            return None
        mine = [each for each in (*checked, *below) if self.settings(each) is settings]
        return {key_of(each) for each in mine}


def shown(path: Path) -> str:
    """A path as it is named from here."""
    return Path(os.path.relpath(path)).as_posix()


def key_of(path: Path) -> str:
    """A policy's path in its project, with forward slashes: its name in a baseline."""
    return _below(path, project_root(path))


def _below(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()


def _own(settings: Settings) -> list[str]:
    """The paths of the settings, as they are named from here."""
    return [os.path.relpath(settings.root / each) for each in settings.paths]
