"""The memo, all checks, in a process of its own: where the processor time goes.

``python -m benchmarks.memo`` prints one JSON object of seconds by step. The steps are those of
``antinomy check``: nothing is left out, and nothing is warmed up before.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
SPEC = Path("specs/ice-ero-2017/ice-ero-2017.policy")
START, IMPORT, READ = "start of Python", "import", "read: parse and resolve"
RENDER = "write the report"


@dataclass(frozen=True)
class MemoTimes:
    """Seconds of processor time, each the median of several runs; ``steps`` in their order."""

    runs: int
    steps: Mapping[str, float]
    total: float
    command: float
    help: float


def steps() -> dict[str, float]:
    """Check the memo and report; seconds of processor time by step."""
    stamps = [(START, process_time())]
    from policy_dsl.load import load
    from verifier.pipeline import check_policy
    from verifier.render import terminal

    stamps.append((IMPORT, process_time()))
    policy = load(SPEC)
    stamps.append((READ, process_time()))
    running = ""

    def progress(what: str, _done: int, _of: int) -> None:
        nonlocal running
        if running:
            stamps.append((running, process_time()))
        running = what

    report = check_policy(policy, progress=progress)
    stamps.append((f"{running}, table of readings", process_time()))
    terminal.render(report, width=80, colour=False, full=False, verdict="")
    stamps.append((RENDER, process_time()))
    found: dict[str, float] = {}
    before = 0.0
    for name, at in stamps:
        found[name] = at - before
        before = at
    return found


def measure(runs: int) -> MemoTimes:
    """Measure in fresh processes, one after the other, ``runs`` times each."""
    with TemporaryDirectory() as cache:
        environment = {**os.environ, "XDG_CACHE_HOME": cache, "PYTHONPATH": str(ROOT)}
        check = ["-m", "verifier.cli", "check", "--fail-on", "never", str(SPEC)]
        _seconds(["-m", "verifier.cli", "explain"], environment)  # Python compiles its modules
        _seconds(check, environment)  # and the grammar is compiled
        found = [_child_steps(environment) for _ in range(runs)]
        command = median(_seconds(check, environment) for _ in range(runs))
        help_ = median(_seconds(["-m", "verifier.cli", "--help"], environment) for _ in range(runs))
    return MemoTimes(
        runs=runs,
        steps={name: median(each[name] for each in found) for name in found[0]},
        total=median(sum(each.values()) for each in found),
        command=command,
        help=help_,
    )


def _child_steps(environment: Mapping[str, str]) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memo"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return {str(name): float(seconds) for name, seconds in json.loads(done.stdout).items()}


def _seconds(arguments: list[str], environment: Mapping[str, str]) -> float:
    """Processor seconds of a whole process, its start included."""
    child = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with status {child.returncode}")
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    print(json.dumps(steps()))
