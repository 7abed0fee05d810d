"""Trials made in several processes at once. What comes of them is what comes of one process."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from threading import Thread
from types import TracebackType
from typing import TypeAlias

from policy_dsl.edit import Edit
from verifier.repairs.trial import Outcome, Trials

MOST_JOBS = 60
"""How many processes there may be; some systems can wait for no more."""

USUAL_JOBS = 8
"""How many processes are started at most where no number is asked for; each takes memory."""

Task: TypeAlias = tuple[Edit, tuple[str, ...]]
"""An edit, and the fingerprints of the findings it may mend."""


def usual_jobs() -> int:
    """As many processes as there are processors that may be used, within ``USUAL_JOBS``."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), USUAL_JOBS)
    return min(os.cpu_count() or 1, USUAL_JOBS)


@dataclass
class Crew:
    """Makes trials in up to ``jobs`` processes, or in this one where that is one.

    Where a process ends before its time, what is left is tried in this one.
    """

    trials: Trials
    jobs: int
    _pool: ProcessPoolExecutor | None = field(init=False, default=None)

    def __enter__(self) -> Crew:
        state = self.trials.packed() if self.jobs > 1 else None
        if state is not None:
            self._pool = ProcessPoolExecutor(
                min(self.jobs, MOST_JOBS),
                get_context("spawn"),
                initializer=_start,
                initargs=(state,),
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def run(self, tasks: Sequence[Task], done: Callable[[], None]) -> None:
        """Make the trials that were not made yet; ``done`` is called after each. Their outcomes
        are then known to ``trials``."""
        new = [each for each in tasks if self.trials.known(each[0]) is None]
        if self._pool is not None:
            try:
                for (edit, _), outcome in zip(new, self._pool.map(_try, new), strict=True):
                    self.trials.learn(edit, outcome)
                    done()
                return
            except BrokenExecutor:
                self._pool.shutdown(wait=False)
                self._pool = None
        for edit, wanted in new:
            if self.trials.known(edit) is None:
                self.trials.run(edit, wanted)
                done()


# --- in the other processes ---------------------------------------------------------------

_here: list[Trials] = []
"""The trials of this process, once it has been told of them."""


def _start(state: bytes) -> None:
    """Make a process ready for trials; it ends at once if it is told to, or if nobody waits."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    _here.append(pickle.loads(state))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _try(task: Task) -> Outcome:
    return _here[0].run(*task)
