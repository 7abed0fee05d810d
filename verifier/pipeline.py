"""From a policy to everything that is said about it, in one fixed order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from policy_dsl.model import Policy
from verifier.cache.results import Cache, Results, taken_up
from verifier.check import Check, Context
from verifier.control import row
from verifier.exhibits import ControlRow, ProcessMap
from verifier.fidelity.trace import DocumentTrace
from verifier.findings import ActionProfile, Finding, Proved, ReadingRow, Severity
from verifier.gating import OPEN, Gate
from verifier.margins import Margin, margins
from verifier.process_maps import process_maps
from verifier.profile import profile
from verifier.ran import NO_OVERVIEW, Margins, Overview, Ran
from verifier.reading_table import reading_table
from verifier.reading_words import removed_by
from verifier.registry import CHECKS
from verifier.repairs.repair import Attempts, Repair
from verifier.session import NotSettled
from verifier.shared import Limits, Shared
from verifier.solvers.backend import DEFAULT_BOUND, Backend

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


def run_check(shared: Shared, check: Check[Any]) -> Ran:
    """Run one check with a solver of its own; what it cannot settle becomes an X01."""
    ctx = Context(shared.on_runs if check.on_runs else shared)
    findings: list[Finding] = []
    clean = 0

    def give_up(what: str, reason: NotSettled) -> None:
        findings.append(unsettled(check.code, check.name, what, str(reason)))

    try:
        items = list(check.items(ctx))
    except NotSettled as reason:
        give_up("all of it", reason)
        return Ran(findings=tuple(findings))
    for item in items:
        before = len(findings)
        try:
            for finding in check.examine(ctx, item):
                structural = check.polarity == "structural"
                unread = structural or shared.brief
                readings = () if unread else removed_by(shared.policy, finding.readings)
                findings.append(replace(finding, settles=(*finding.settles, *readings)))
        except NotSettled as reason:
            give_up(check.describe(item), reason)
        clean += len(findings) == before
    return Ran(
        findings=tuple(_told_apart(findings)),
        asked=len(items),
        clean=clean,
        questions=ctx.questions,
    )


def _overview(shared: Shared) -> Overview:
    """What is said of the whole policy beside findings."""
    policy, ctx = shared.policy, Context(shared)
    profiles = tuple(profile(ctx, action) for action in policy.actions)
    controlled = tuple(row(policy, each) for each in shared.control.rows.values())
    maps, asked = process_maps(shared)
    return Overview(
        profiles=profiles,
        control=controlled,
        processes=maps,
        questions=ctx.questions + shared.control.asked + asked,
    )


def _told_apart(findings: list[Finding]) -> list[Finding]:
    """Findings about the same words written twice get keys of their own, in order."""
    seen: Counter[tuple[str, tuple[str, ...]]] = Counter()
    found = []
    for each in findings:
        seen[each.code, each.key] += 1
        count = seen[each.code, each.key]
        found.append(each if count == 1 else replace(each, key=(*each.key, f"#{count}")))
    return found


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
    results = None if cache is None else cache.of(policy, f"{bound} {shared.limits}")
    findings: list[Finding] = []
    proved: list[Proved] = []
    questions = 0
    for index, check in enumerate(chosen):
        progress(f"{check.code} {check.name}", index, steps)
        run = _ran(shared, check, results)
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
        overview = taken_up(results, "overview", Overview, lambda: _overview(shared))
        findings += [each for entry in overview.profiles for each in _gaps_of(entry)]
        questions += overview.questions
        if with_margins:
            made = lambda: Margins(rows=margins(shared))  # noqa: E731
            table = taken_up(results, "margins", Margins, made)
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


def _ran(shared: Shared, check: Check[Any], results: Results | None) -> Ran:
    """What a check finds, or found before. One that asks no solver is quick, and runs anew."""
    if check.polarity == "structural":
        return run_check(shared, check)
    return taken_up(results, check.code, Ran, lambda: run_check(shared, check))


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


def unsettled(code: str, name: str, what: str, reason: str) -> Finding:
    """The finding that something was not settled."""
    return Finding(
        code="X01",
        name="not-settled",
        severity=Severity.ERROR,
        title=f"{code} {name} is not settled for {what}: {reason}.",
        explanation=("This is no answer: the fault may be there or not.",),
        key=(code, what),
    )
