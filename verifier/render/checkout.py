"""The paths of files as those who show a report beside the files want them: from the root."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from policy_dsl.load import project_root
from policy_dsl.model import Policy
from policy_dsl.source import Place
from verifier.render.formats import Result, Wrong

_OUT = re.compile(r"^(?:\.\.?/|/)+")
"""The beginning of a path that leads out of where one is."""


class Checkout:
    """The folder that paths begin at: the checkout that the policies stand in, or else their
    project; of several, the folder that holds all of them."""

    def __init__(self, main: Iterable[str]) -> None:
        """``main`` are the files of the policies, as messages name them."""
        self._root = _root(list(main))

    def path(self, name: str) -> str:
        """The path of a file from there, with forward slashes, by its name in messages; this name
        itself, without what leads out of where one is, where the file lies elsewhere."""
        try:
            real = Path(name).resolve()
            if self._root is not None and real.is_relative_to(self._root):
                return real.relative_to(self._root).as_posix()
        except (OSError, RuntimeError, ValueError):
            pass
        return _OUT.sub("", os.path.normpath(name).replace(os.sep, "/"))


def checkout_of(results: Sequence[Result]) -> Checkout:
    """The checkout of all policies of a run."""
    return Checkout(main_file(each) for each in results)


def main_file(result: Result) -> str:
    """The main file of a policy, as messages name it."""
    if isinstance(result, Wrong):
        return result.file
    place = home(result.policy)
    return "" if place is None else place.source.name


def home(policy: Policy) -> Place | None:
    """Where a policy begins, for what has no place of its own: its first document, or else, in
    words that are shared only, the first thing that is declared."""
    declared = (
        policy.documents, policy.clauses, policy.actions, policy.facts, policy.processes
    )  # fmt: skip
    return next((each.place for group in declared for each in group.values()), None)


def _root(names: list[str]) -> Path | None:
    try:
        roots = {_around(Path(each)) for each in names}
        return Path(os.path.commonpath(sorted(roots))) if roots else None
    except (OSError, RuntimeError, ValueError):
        return None


def _around(path: Path) -> Path:
    folder = path.parent.resolve()
    above = (each for each in (folder, *folder.parents) if (each / ".git").exists())
    return next(above, None) or project_root(path)
