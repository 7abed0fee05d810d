"""From a policy to everything that is said about it, in one fixed order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from policy_dsl.model import Policy
from verifier.check import Check, Context
from verifier.control import row
from verifier.exhibits import ControlRow, ProcessMap
from verifier.fidelity.trace import DocumentTrace
from verifier.findings import ActionProfile, Finding, Proved, ReadingRow
from verifier.gating import OPEN, Gate
from verifier.margins import Margin, margins
from verifier.process_maps import process_maps
from verifier.profile import profile
from verifier.reading_table import reading_table
from verifier.reading_words import removed_by
from verifier.registry import CHECKS
from verifier.repairs.repair import Attempts, Repair
from verifier.session import NotSettled
from verifier.shared import Limits, Shared
from verifier.solvers.z3_backend import DEFAULT_BOUND, Z3Backend
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


@dataclass
class _Run:
    """One check's run: its findings, and how many of its items were proved clean."""

    findings: list[Finding]
    asked: int = 0
    clean: int = 0
    questions: int = 0


def _silent(_what: str, _done: int, _of: int) -> None:
    """No progress is shown."""


def shared_for(
    policy: Policy, bound: int = DEFAULT_BOUND, limits: Limits | None = None, brief: bool = False
) -> Shared:
    """What the checks of a policy share, with z3 as the solver; ``bound`` is in solver steps a
    question, and ``brief`` asks only what the findings are."""

    def new_backend() -> Z3Backend:
        return Z3Backend(bound)

    return Shared(policy, new_backend, limits or Limits(), brief)


def run_check(shared: Shared, check: Check[Any]) -> _Run:
    """Run one check with a solver of its own; what it cannot settle becomes an X01."""
    ctx = Context(shared.on_runs if check.on_runs else shared)
    run = _Run([])

    def give_up(what: str, reason: NotSettled) -> None:
        run.findings.append(unsettled(check.code, check.name, what, str(reason)))

    try:
        items = list(check.items(ctx))
    except NotSettled as reason:
        give_up("all of it", reason)
        return run
    for item in items:
        run.asked += 1
        before = len(run.findings)
        try:
            for finding in check.examine(ctx, item):
                structural = check.polarity == "structural"
                unread = structural or shared.brief
                readings = () if unread else removed_by(shared.policy, finding.readings)
                run.findings.append(replace(finding, settles=(*finding.settles, *readings)))
        except NotSettled as reason:
            give_up(check.describe(item), reason)
        run.clean += len(run.findings) == before
    run.questions = ctx.questions
    run.findings = _told_apart(run.findings)
    return run


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
) -> Report:
    """Run the checks on a policy: all, with the profile of actions, or those of some codes.

    V01 always runs: with no case left, everything else would pass. Same policy, bound, limits
    and codes give the same report. ``bound`` is in solver steps a question. The table of margins
    is made with the profile; it takes a while, and may be left out where it is not shown.
    """
    chosen = [c for c in CHECKS if codes is None or c.code == "V01" or c.code in codes]
    steps = len(chosen) + 1
    shared = shared_for(policy, bound, limits)
    findings: list[Finding] = []
    proved: list[Proved] = []
    questions = 0
    for index, check in enumerate(chosen):
        progress(f"{check.code} {check.name}", index, steps)
        run = run_check(shared, check)
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
    profiles: tuple[ActionProfile, ...] = ()
    table: tuple[Margin, ...] = ()
    controlled: tuple[ControlRow, ...] = ()
    maps: tuple[ProcessMap, ...] = ()
    if codes is None:
        progress("profile of actions", steps - 1, steps)
        ctx = Context(shared)
        profiles = tuple(profile(ctx, action) for action in policy.actions)
        findings += [each for entry in profiles for each in _gaps_of(entry)]
        controlled = tuple(row(policy, each) for each in shared.control.rows.values())
        questions += ctx.questions + shared.control.asked
        maps, asked = process_maps(shared)
        questions += asked
        if with_margins:
            table = margins(shared)
            findings += [each for row in table for each in _unsettled_margin(row)]
    rows = reading_table(policy, findings)
    return Report(
        policy,
        tuple(findings),
        tuple(proved),
        profiles,
        rows,
        questions,
        traces=shared.traces,
        margins=table,
        control=controlled,
        processes=maps,
    )


def _gaps_of(profile: ActionProfile) -> list[Finding]:
    """What was not settled in the profile of an action."""
    return [
        unsettled(
            "profile", "of actions", f"whether to {profile.phrase} is ever {e.state}", e.reason
        )
        for e in profile.entries
        if e.reason is not None
    ]


def _unsettled_margin(margin: Margin) -> Iterator[Finding]:
    """What was not settled in a margin; a limit that was hit is said in the table."""
    if margin.gave_up:
        what = f"{margin.action} where this alone fails of {margin.clause}: {margin.code}"
        yield unsettled("margins", "of clauses", what, margin.reason or "")
