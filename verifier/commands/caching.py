"""Where results are kept between runs, by the command line or the settings, and what is said
of it."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from policy_dsl.diagnostics import printable
from verifier.cache.results import Cache
from verifier.cache.store import Store
from verifier.cache.versions import made_by
from verifier.commands.common import Complaint, complain
from verifier.settings import Settings

VARIABLE = "ANTINOMY_CACHE"
"""The variable of the environment that may name the folder."""


@dataclass
class Caches:
    """The folders with results that one run uses.

    The first that says something counts: ``--cache`` or ``--no-cache``, the variable, the
    settings. Where nobody says anything, nothing is kept: a run leaves no files behind that
    nobody asked for.
    """

    options: argparse.Namespace
    _open: dict[Path, tuple[Store, Cache]] = field(default_factory=dict)

    def of(self, settings: Settings) -> Cache | None:
        """The results to be taken up for a policy with some settings."""
        folder = self._folder(settings)
        if folder is None:
            if self.options.verify_cache:
                raise Complaint(
                    "no results are kept that '--verify-cache' could compare.",
                    f"'--cache DIR', {VARIABLE} or 'cache' in the settings names the folder.",
                )
            return None
        known = folder.resolve()
        if known not in self._open:
            store = Store(folder, made_by())
            self._open[known] = store, Cache(store, compare=self.options.verify_cache)
        return self._open[known][1]

    def _folder(self, settings: Settings) -> Path | None:
        if self.options.no_cache:
            return None
        if self.options.cache is not None:
            return Path(self.options.cache)
        named = os.environ.get(VARIABLE, "")
        if named:
            return Path(named)
        return settings.cache or None

    def finish(self) -> bool:
        """Make room where too much is kept, and say what went wrong, if anything did. Whether all
        that was compared came out the same."""
        same = True
        for store, cache in self._open.values():
            if store.trouble is None:
                store.prune()
            else:
                complain(f"nothing is kept in {store.folder.as_posix()}: {store.trouble}.")
            for each in cache.tally.otherwise:
                complain(f"what was kept of {each} is not what is found now.")
                same = False
            if self.options.verbose:
                _tell(store, cache)
        if not same:
            complain(
                "the report is as it was found now.", "Delete the folder; something has changed it."
            )
        return same


def _tell(store: Store, cache: Cache) -> None:
    tally = cache.tally
    lines = [
        f"antinomy: {tally.taken} results were taken from {printable(store.folder.as_posix())}, "
        f"{tally.kept} were made and kept."
    ]
    lines += [f"  {n} made and not kept: {why}" for why, n in sorted(tally.not_kept.items())]
    print("\n".join(lines), file=sys.stderr)
