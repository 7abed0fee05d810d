"""From a policy to everything that is said about it, in one fixed order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from policy_dsl.model import Policy
from verifier.check import Check, Context, Limits, Shared
from verifier.findings import ActionProfile, Finding, Proved, ReadingRow, Severity
from verifier.profile import profile
from verifier.reading_table import reading_table
from verifier.registry import CHECKS
from verifier.session import NotSettled
from verifier.solvers.z3_backend import DEFAULT_BOUND, Z3Backend

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

    @property
    def unsettled(self) -> tuple[Finding, ...]:
        """The findings that say that something was not settled."""
        return tuple(each for each in self.findings if each.code == "X01")


@dataclass
class _Run:
    """One check's run: its findings, and how many of its items were proved clean."""

    findings: list[Finding]
    asked: int = 0
    clean: int = 0
    questions: int = 0


def _silent(_what: str, _done: int, _of: int) -> None:
    """No progress is shown."""


def shared_for(policy: Policy, bound: int = DEFAULT_BOUND, limits: Limits | None = None) -> Shared:
    """What the checks of a policy share, with z3 as the solver; ``bound`` is in solver steps a
    question."""

    def new_backend() -> Z3Backend:
        return Z3Backend(bound)

    return Shared(policy, new_backend, limits or Limits())


def run_check(shared: Shared, check: Check[Any]) -> _Run:
    """Run one check with a solver of its own; what it cannot settle becomes an X01."""
    ctx = Context(shared)
    run = _Run([])
    try:
        items = list(check.items(ctx))
    except NotSettled as reason:
        run.findings.append(unsettled(check, "all of it", str(reason)))
        return run
    for item in items:
        run.asked += 1
        before = len(run.findings)
        try:
            for finding in check.examine(ctx, item):
                run.findings.append(finding)
        except NotSettled as reason:
            run.findings.append(unsettled(check, check.describe(item), str(reason)))
        run.clean += len(run.findings) == before
    run.questions = ctx.questions
    return run


def check_policy(
    policy: Policy,
    bound: int = DEFAULT_BOUND,
    limits: Limits | None = None,
    progress: Progress = _silent,
) -> Report:
    """Run every check on a policy.

    Same policy, bound and limits give the same report. ``bound`` is in solver steps a question.
    """
    progress("encoding", 0, len(CHECKS) + 1)
    shared = shared_for(policy, bound, limits)
    findings: list[Finding] = []
    proved: list[Proved] = []
    questions = 0
    for index, check in enumerate(CHECKS, start=1):
        progress(f"{check.code} {check.name}", index, len(CHECKS) + 1)
        run = run_check(shared, check)
        questions += run.questions
        findings += run.findings
        proved.append(Proved(code=check.code, name=check.name, asked=run.asked, clean=run.clean))
        if check.code == "V01" and run.findings:  # with no case left, everything else would pass
            return Report(policy, tuple(findings), tuple(proved), (), (), questions)
    progress("profile of actions", len(CHECKS) + 1, len(CHECKS) + 1)
    ctx = Context(shared)
    profiles = tuple(profile(ctx, action) for action in policy.actions)
    ordered = tuple(findings)
    rows = reading_table(policy, ordered)
    return Report(policy, ordered, tuple(proved), profiles, rows, questions + ctx.questions)


def unsettled(check: Check[Any], what: str, reason: str) -> Finding:
    """The finding that something was not settled."""
    return Finding(
        code="X01",
        name="not-settled",
        severity=Severity.ERROR,
        title=f"{check.code} {check.name} is not settled for {what}: {reason}.",
        explanation=("This is no answer: the fault may be there or not.",),
        key=(check.code, what),
    )
