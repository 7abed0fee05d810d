"""What a maintainer has said about findings: waivers, and a baseline. Renderers only read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from policy_dsl.source import Place
from verifier.findings import Finding, Severity


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """A maintainer's word that some findings may stand, until a day.

    It names a ``fingerprint``, or else a ``code`` and the names of the ``clauses``, all of which
    take part in the finding; where it names a code only, ``clauses`` is empty. With a ``policy``
    (its name, or its file's path in the project) it is about this one only. It counts up to and on
    ``expires``. ``place`` is where it is declared.
    """

    fingerprint: str | None = None
    code: str | None = None
    clauses: tuple[str, ...] = ()
    policy: str | None = None
    reason: str
    owner: str
    expires: date
    place: Place


@dataclass(frozen=True, kw_only=True)
class Known:
    """A finding as a baseline keeps it: what it is, and its title and weight when it was recorded,
    before any settings. One that weighs more by now is not known: "should" has become "must"."""

    fingerprint: str
    code: str
    title: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, kw_only=True)
class Weight:
    """A code whose findings weigh ``now`` by the settings, and ``usual`` without them."""

    code: str
    usual: Severity
    now: Severity


@dataclass(frozen=True, kw_only=True)
class Gate:
    """Which findings of a report do not count against a change, and why.

    ``waived`` gives the waiver of a finding by its fingerprint; ``known`` are the fingerprints
    that stand in the baseline, None without one; ``fixed`` what the baseline has and the report
    has not. What the settings in the file ``settings`` say: ``not_run`` are the codes that were
    not looked for, ``weights`` those whose weight they change; by ``allow_unsettled``, what was not
    settled lets a run pass. ``fail_on`` is the least severity that fails a run; None: none does.
    """

    waived: Mapping[str, Waiver] = field(default_factory=dict)
    known: frozenset[str] | None = None
    fixed: tuple[Known, ...] = ()
    settings: str | None = None
    not_run: tuple[str, ...] = ()
    weights: tuple[Weight, ...] = ()
    allow_unsettled: bool = False
    fail_on: Severity | None = Severity.ERROR

    def counts(self, finding: Finding) -> bool:
        """Whether a finding counts: it is neither waived nor known."""
        mark = finding.fingerprint
        return mark not in self.waived and mark not in (self.known or ())

    def fails(self, finding: Finding) -> bool:
        """Whether a finding makes a run fail: it counts, and weighs enough."""
        enough = self.fail_on is not None and finding.severity >= self.fail_on
        return enough and finding.code != "X01" and self.counts(finding)


OPEN = Gate()
"""Nothing is waived and there is no baseline: every finding counts."""
