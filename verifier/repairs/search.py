"""The repairs of findings: what may mend them is tried, and what was shown to is kept."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Protocol

from policy_dsl.edit import Edit
from policy_dsl.load import load, project_root
from policy_dsl.model import Policy
from verifier.findings import Finding
from verifier.pipeline import Progress, Report, check_policy
from verifier.repairs.candidate import candidates
from verifier.repairs.crew import Crew
from verifier.repairs.patch import changes, rewritten, unified
from verifier.repairs.repair import Attempts, Candidate, Refused, Repair
from verifier.repairs.trial import Outcome, Trials
from verifier.shared import Limits

MOST_SHOWN = 4
"""How many repairs are shown for a finding."""

MOST_TRIED = 12
"""How many changes are tried for a finding."""


WORTH = 400
"""From how many changes, times clauses of the policy, it is worth it to start other processes."""


def silent(_what: str, _done: int, _of: int) -> None:
    """No progress is shown."""


class Spec(Protocol):
    """Where a policy comes from. Other processes get a copy of it."""

    def load(self, changed: Mapping[str, str]) -> Policy:
        """The policy with other texts in some files, by their names. Raises ``SpecError``."""

    def read(self, name: str) -> bytes:
        """What a file holds. Raises ``OSError``."""

    def called(self, name: str) -> str:
        """What a file is called in patches."""


@dataclass(frozen=True)
class SpecAt:
    """The spec whose main file is at a path, asked about one day if one is given."""

    path: Path
    as_of: date | None = None

    def load(self, changed: Mapping[str, str]) -> Policy:
        """The policy with other texts in some files."""
        return load(self.path, changed, self.as_of)

    def read(self, name: str) -> bytes:
        """What a file holds."""
        return Path(name).read_bytes()

    def called(self, name: str) -> str:
        """The name as it is, or relative to the project where it leads elsewhere."""
        plain = not os.path.isabs(name) and ".." not in name.split("/")
        root = project_root(self.path)
        return name if plain else os.path.relpath(os.path.realpath(name), root)


@dataclass(frozen=True, kw_only=True)
class Repairs:
    """The repairs of some findings, in the order of the findings, and what else was tried.
    ``texts`` are the files that each repair makes, by their names."""

    repairs: tuple[Repair, ...]
    attempts: tuple[Attempts, ...]
    texts: tuple[Mapping[str, bytes], ...]


@dataclass
class _Search:
    spec: Spec
    trials: Trials
    wanted: Mapping[Edit, tuple[str, ...]]
    repairs: list[Repair] = field(default_factory=list)
    attempts: list[Attempts] = field(default_factory=list)
    texts: list[Mapping[str, bytes]] = field(default_factory=list)

    def next(self, finding: Finding, proposed: list[Candidate]) -> list[Candidate]:
        """The candidates that come next and are to be tried, whatever comes of each other."""
        shown = 0
        for index, each in enumerate(proposed[:MOST_TRIED]):
            outcome = self.trials.known(each.edit)
            if outcome is None:
                return proposed[index:MOST_TRIED][: MOST_SHOWN - shown]
            shown += finding.fingerprint in outcome.removes
            if shown == MOST_SHOWN:
                break
        return []

    def look(self, finding: Finding, proposed: list[Candidate]) -> None:
        refused: list[Refused] = []
        shown = 0
        tried = 0
        for each in proposed:
            if shown == MOST_SHOWN or tried == MOST_TRIED:
                break
            tried += 1
            outcome = self.trials.run(each.edit, self.wanted[each.edit])
            if finding.fingerprint in outcome.removes:
                shown += 1
                self._keep(finding, each, outcome)
            else:
                refused.append(Refused(title=each.title, why=outcome.why or "the finding stays"))
        if proposed:
            self.attempts.append(
                Attempts(
                    fingerprint=finding.fingerprint,
                    refused=tuple(refused),
                    untried=len(proposed) - tried,
                )
            )

    def _keep(self, finding: Finding, candidate: Candidate, outcome: Outcome) -> None:
        before = {name: self.spec.read(name) for name in outcome.texts}
        after = {name: rewritten(before[name], text) for name, text in outcome.texts.items()}
        patch = "".join(
            unified(self.spec.called(name), before[name], after[name]) for name in after
        )
        order = [each.fingerprint for each in self.trials.findings]
        self.texts.append(after)
        self.repairs.append(
            Repair(
                fingerprint=finding.fingerprint,
                kind=candidate.kind,
                title=candidate.title,
                patch=patch,
                removes=tuple(each for each in order if each in outcome.removes),
                changes=tuple(
                    each for name in after for each in changes(name, before[name], after[name])
                ),
            )
        )


def repairs(
    report: Report,
    spec: Spec,
    bound: int,
    limits: Limits | None = None,
    progress: Progress = silent,
    only: Collection[str] | None = None,
    jobs: int = 1,
) -> Repairs:
    """The repairs of all findings of a full report, or of those with some fingerprints.

    ``bound`` and ``limits`` are those of the report; ``jobs`` is in how many processes changes
    may be tried at once. The same report and files give the same repairs, whatever ``jobs`` is.
    Raises ``OSError`` where a file cannot be read any more.
    """
    chosen = [e for e in report.findings if only is None or e.fingerprint in only]
    proposed = {each.fingerprint: candidates(report.policy, each) for each in chosen}
    wanted: dict[Edit, tuple[str, ...]] = {}
    for fingerprint, found in proposed.items():
        for each in found:
            wanted[each.edit] = (*wanted.get(each.edit, ()), fingerprint)
    trials = Trials(report.policy, report.findings, spec.load, bound, limits or Limits())
    search = _Search(spec, trials, wanted)
    worth = len(report.policy.clauses) * len(wanted) >= WORTH
    steps = count()
    with Crew(trials, min(jobs, len(wanted)) if worth else 1) as crew:
        while batch := [
            candidate.edit
            for finding in chosen
            for candidate in search.next(finding, proposed[finding.fingerprint])
        ]:
            tasks = [(edit, wanted[edit]) for edit in dict.fromkeys(batch)]
            crew.run(tasks, lambda: progress("changes tried", next(steps), len(wanted)))
    for finding in chosen:
        search.look(finding, proposed[finding.fingerprint])
    return Repairs(
        repairs=tuple(search.repairs),
        attempts=tuple(search.attempts),
        texts=tuple(search.texts),
    )


def with_repairs(
    report: Report,
    spec: Spec,
    bound: int,
    progress: Progress = silent,
    jobs: int = 1,
    partial: bool = False,
) -> Report:
    """A report with the repairs of its findings. ``partial``: it is one of some checks alone;
    every change is held against all that a full check finds."""
    whole = report
    if partial:
        whole = check_policy(report.policy, bound, progress=progress, with_margins=False)
    wanted = {each.fingerprint for each in report.findings}
    found = repairs(whole, spec, bound, progress=progress, only=wanted, jobs=jobs)
    return replace(report, repairs=found.repairs, attempts=found.attempts)
