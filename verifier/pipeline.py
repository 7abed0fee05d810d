"""From a policy to everything that is said about it, in one fixed order."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from policy_dsl.model import Policy
from verifier.cache.results import Cache
from verifier.check import Check
from verifier.exhibits import ControlRow, ProcessMap
from verifier.fidelity.trace import DocumentTrace
from verifier.findings import ActionProfile, Finding, Proved, ReadingRow
from verifier.gating import OPEN, Gate
from verifier.margins import Margin
from verifier.piecewise import Piecewise
from verifier.ran import NO_OVERVIEW, Margins, Ran
from verifier.reading_table import reading_table
from verifier.registry import CHECKS
from verifier.repairs.repair import Attempts, Repair
from verifier.shared import Limits, Shared
from verifier.solvers.backend import DEFAULT_BOUND, Backend
from verifier.unsettled import unsettled

Progress = Callable[[str, int, int], None]
"""Told the name of what is being done, how many steps are done, and of how many."""


@dataclass(frozen=True)
class Report:
    """Everything that one run says about one policy."""

    policy: Policy
    findings: tuple[Finding, ...]
    proved: tuple[Proved, ...]
    profiles: tuple[ActionProfile, ...]
    readings: tuple[ReadingRow, ...]
    questions: int
    traces: tuple[DocumentTrace, ...] = ()
    margins: tuple[Margin, ...] = ()
    repairs: tuple[Repair, ...] = ()
    attempts: tuple[Attempts, ...] = ()
    processes: tuple[ProcessMap, ...] = ()
    control: tuple[ControlRow, ...] = ()
    gate: Gate = OPEN

    @property
    def unsettled(self) -> tuple[Finding, ...]:
        """The findings that say that something was not settled."""
        return tuple(each for each in self.findings if each.code == "X01")


def _silent(_what: str, _done: int, _of: int) -> None:
    """No progress is shown."""


def shared_for(
    policy: Policy, bound: int = DEFAULT_BOUND, limits: Limits | None = None, brief: bool = False
) -> Shared:
    """What the checks of a policy share, with z3 as the solver; ``bound`` is in solver steps a
    question, and ``brief`` asks only what the findings are."""

    def new_backend() -> Backend:
        from verifier.solvers.z3_backend import Z3Backend  # slow to import, and not always needed

        return Z3Backend(bound)

    return Shared(policy, new_backend, limits or Limits(), brief)


def ways_of(bound: int, shared: Shared) -> str:
    """All that results depend on beside the policy, as a short text."""
    return f"bound {bound}, {shared.limits}, {'brief' if shared.brief else 'full'}"


def run_check(shared: Shared, check: Check[Any]) -> Ran:
    """Run one check by itself; what it cannot settle becomes an X01."""
    return Piecewise(shared).check(check)


def check_policy(
    policy: Policy,
    bound: int = DEFAULT_BOUND,
    limits: Limits | None = None,
    progress: Progress = _silent,
    codes: Collection[str] | None = None,
    with_margins: bool = True,
    not_run: Collection[str] = (),
    cache: Cache | None = None,
) -> Report:
    """Run the checks on a policy: all, with the profile of actions, or those of some codes.

    Those of the codes ``not_run`` are left out of either. V01 always runs: with no case left,
    everything else would pass. Same policy, bound, limits and codes give the same report.
    ``bound`` is in solver steps a question. The table of margins is made with the profile; it takes
    a while, and may be left out where it is not shown: it adds no finding, and what is not settled
    in it says so there. ``cache`` has results of earlier runs: the report is the same with it
    and without.
    """
    chosen = [each for each in CHECKS if _is_run(each, codes, not_run)]
    steps = len(chosen) + 1
    shared = shared_for(policy, bound, limits)
    pieces = Piecewise(shared, cache, ways_of(bound, shared))
    findings: list[Finding] = []
    proved: list[Proved] = []
    questions = 0
    for index, check in enumerate(chosen):
        progress(f"{check.code} {check.name}", index, steps)
        run = pieces.check(check)
        questions += run.questions
        findings += run.findings
        proved.append(
            Proved(
                code=check.code,
                name=check.name,
                asked=run.asked,
                clean=run.clean,
                structural=check.polarity == "structural",
            )
        )
        if check.code == "V01" and run.findings:
            return Report(
                policy, tuple(findings), tuple(proved), (), (), questions, traces=shared.traces
            )
    overview, table = NO_OVERVIEW, Margins()
    if codes is None:
        progress("profile of actions", steps - 1, steps)
        overview = pieces.overview()
        findings += [each for entry in overview.profiles for each in _gaps_of(entry)]
        questions += overview.questions
        if with_margins:
            table = pieces.margins()
    rows = reading_table(policy, findings)
    return Report(
        policy,
        tuple(findings),
        tuple(proved),
        overview.profiles,
        rows,
        questions,
        traces=shared.traces,
        margins=table.rows,
        control=overview.control,
        processes=overview.processes,
    )


def _is_run(check: Check[Any], codes: Collection[str] | None, not_run: Collection[str]) -> bool:
    if check.code == "V01":
        return True
    wanted = codes is None or check.code in codes
    return wanted and check.code not in not_run and not check.on_settings


def _gaps_of(profile: ActionProfile) -> list[Finding]:
    """What was not settled in the profile of an action."""
    return [
        unsettled(
            "profile", "of actions", f"whether to {profile.phrase} is ever {e.state}", e.reason
        )
        for e in profile.entries
        if e.reason is not None
    ]
