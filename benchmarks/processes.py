"""A process of any length: stations at which somebody decides, with ways back.

Each station has a decision that a step leaves open, a fact that nothing changes, and a clause that
forbids to go on by that fact. From every station a refusal leads back to the one before.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import process_time

from policy_dsl.load import load_text
from verifier.pipeline import run_check, shared_for
from verifier.registry import by_code

CODES = ("U03", "U04", "U05")


@dataclass(frozen=True)
class ProcessTimes:
    """Seconds of processor time for all checks of processes, and how many questions they asked."""

    states: int
    facts: int
    steps: int
    seconds: float
    questions: int


def text(states: int) -> str:
    """A policy with a process of so many states and twice as many facts."""
    lines = ["policy stations", "subject request"]
    for index in range(states):
        lines.append(f"fact fit{index} : yes/no")
        lines.append(f"grant granted{index} : yes/no by office")
        lines.append(f"action pass{index}")
        lines.append(f"clause K.{index} must not pass{index} when not fit{index}")
        lines.append(f"clause P.{index} may pass{index} when granted{index}")
    granted = ", ".join(f"granted{index}" for index in range(states))
    lines.append(f"process course when none of {granted}")
    for index in range(states):
        start = " start" if index == 0 else ""
        lines.append(f"state s{index}{start}{' end' if index == states - 1 else ''}")
    for index in range(states - 1):
        lines.append(f"step decide{index} from s{index} to s{index} sets granted{index} to any")
        lines.append(
            f"step go{index} from s{index} to s{index + 1} does pass{index} when granted{index}"
        )
        if index:
            lines.append(f"step back{index} from s{index} to s{index - 1} when not granted{index}")
    return "\n".join(lines) + "\n"


def measure(states: int) -> ProcessTimes:
    """Ask everything that is asked about a process of so many states."""
    policy = load_text(text(states))
    before = process_time()
    shared = shared_for(policy)
    checks = [check for check in map(by_code, CODES) if check is not None]
    questions = sum(run_check(shared, check).questions for check in checks)
    return ProcessTimes(
        states=states,
        facts=len(policy.facts),
        steps=len(policy.processes["course"].steps),
        seconds=process_time() - before,
        questions=questions,
    )
