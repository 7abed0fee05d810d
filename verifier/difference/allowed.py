"""Which changes may pass on their own: the rules of a maintainer, and what they say of a change.

A rule is written ``NAME``, ``NAME:SUBJECT``, ``NAME@PATH``, or ``NAME:SUBJECT@PATH``; the rule for
findings is ``new-findings=SEVERITY``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import get_args

from policy_dsl.diagnostics import did_you_mean
from verifier.difference.model import Cases, Change, ChangeKind, Compared, Difference
from verifier.findings import Finding, Severity

KINDS: dict[str, ChangeKind] = {each.replace(" ", "-"): each for each in get_args(ChangeKind)}
"""The rule for each kind of change."""

NAMED_ONLY: frozenset[ChangeKind] = frozenset({"newly contradictory", "gap opened"})
"""What ``stricter`` and ``looser`` do not let through: it has to be allowed by its own name."""

CASES = {"cases-added": "new", "cases-removed": "old"}
"""The rules for cases that only one version allows."""

NAMES = (
    "equivalent",
    "wording",
    "stricter",
    "looser",
    *KINDS,
    *CASES,
    "new-policy",
    "removed-policy",
)
"""Every rule but that for findings."""

FINDINGS = "new-findings"
WAIVER = "a waiver"
"""What stands for a rule where a waiver lets a finding through."""

DEFAULT_SEVERITY = Severity.WARNING
"""The worst that a new finding may be where no rule says it."""


class BadRule(Exception):
    """A rule that cannot be read; the message says why, ``remedy`` what to write."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule. ``text`` is how it was written; ``subject`` limits it to an action, output or
    decision, ``path`` to policies with such a path; ``severity`` is that of new findings."""

    text: str
    name: str
    subject: str | None = None
    path: str | None = None
    severity: Severity | None = None

    def about(self, path: str) -> bool:
        """Whether it speaks of the policy at a path. ``*`` in the rule stands for anything."""
        return self.path is None or fnmatchcase(path, self.path)


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """Whether something may pass, and by which rules; no rule is needed where it always may."""

    passes: bool
    by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rulings:
    """What the rules say of each change, each region of cases, and each new finding."""

    changes: tuple[Ruling, ...] = ()
    cases: tuple[Ruling, ...] = ()
    findings: tuple[Ruling, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether all of it may pass."""
        return all(each.passes for each in (*self.changes, *self.cases, *self.findings))


def read_rule(text: str) -> Rule:
    """A rule from its text. Raises ``BadRule``."""
    head, _, path = text.strip().partition("@")
    head, _, severity = head.partition("=")
    name, _, subject = head.partition(":")
    if name == FINDINGS:
        return _findings_rule(text, subject, severity, path)
    if name not in NAMES:
        near = did_you_mean(name, [*NAMES, FINDINGS])
        raise BadRule(
            f"no rule is called '{name}'.",
            f"Did you mean '{near}'?" if near else f"The rules are {', '.join(NAMES)}.",
        )
    if severity or "=" in text.partition("@")[0]:
        raise BadRule(f"the rule '{name}' has no severity.", f"Write '{name}' alone.")
    if subject and name in (*CASES, "equivalent", "wording", "new-policy", "removed-policy"):
        raise BadRule(
            f"the rule '{name}' cannot be limited to an action.",
            f"Write '{name}', or limit it to files: '{name}@specs/*'.",
        )
    if head.endswith(":") or text.strip().endswith("@"):
        raise BadRule(
            f"the rule '{text}' breaks off.", f"Write '{name}', '{name}:ACTION' or '{name}@PATH'."
        )
    return Rule(text=text.strip(), name=name, subject=subject or None, path=path or None)


def _findings_rule(text: str, subject: str, severity: str, path: str) -> Rule:
    known = [str(each) for each in Severity]
    if severity not in known or subject:
        near = did_you_mean(severity, known)
        raise BadRule(
            f"'{text}' does not say how bad new findings may be.",
            f"Did you mean '{FINDINGS}={near}'?"
            if near and not subject
            else f"Write '{FINDINGS}=note', '{FINDINGS}=warning' or '{FINDINGS}=error'.",
        )
    level = Severity[severity.upper()]
    return Rule(text=text.strip(), name=FINDINGS, path=path or None, severity=level)


def judge(
    difference: Difference,
    found: Compared | None,
    rules: Sequence[Rule],
    path: str,
    waived: Collection[str] = (),
) -> Rulings:
    """What the rules say of a difference of the policy at a path. ``waived`` are the fingerprints
    of findings that a waiver lets through."""
    mine = [each for each in rules if each.about(path)]
    return Rulings(
        changes=tuple(_change(each, mine) for each in difference.changes),
        cases=tuple(_cases(each, mine) for each in difference.cases),
        findings=rule_on_findings(found.new if found else (), rules, path, waived),
    )


def _change(change: Change, rules: Sequence[Rule]) -> Ruling:
    """A change may pass if each of its kinds may."""
    used: dict[str, None] = {}
    for kind in change.kinds:
        rule = next((each for each in rules if _covers(each, kind, change)), None)
        if rule is None:
            return Ruling(passes=False)
        used[rule.text] = None
    return Ruling(passes=bool(used), by=tuple(used))


def _covers(rule: Rule, kind: ChangeKind, change: Change) -> bool:
    if rule.subject not in (None, change.subject):
        return False
    return KINDS.get(rule.name) == kind or (
        rule.name == change.direction and kind not in NAMED_ONLY
    )


def _cases(cases: Cases, rules: Iterable[Rule]) -> Ruling:
    for rule in rules:
        if CASES.get(rule.name) == cases.allowed_by:
            return Ruling(passes=True, by=(rule.text,))
    return Ruling(passes=False)


def rule_on_findings(
    new: Sequence[Finding], rules: Sequence[Rule], path: str, waived: Collection[str] = ()
) -> tuple[Ruling, ...]:
    """What the rules say of new findings. What was not settled neither passes nor fails here."""
    rule = next((r for r in reversed(rules) if r.severity is not None and r.about(path)), None)
    worst = DEFAULT_SEVERITY if rule is None or rule.severity is None else rule.severity
    by = () if rule is None else (rule.text,)

    def ruling(finding: Finding) -> Ruling:
        if finding.fingerprint in waived:
            return Ruling(passes=True, by=(WAIVER,))
        if finding.code == "X01" or finding.severity <= worst:
            return Ruling(passes=True, by=by)
        return Ruling(passes=False)

    return tuple(ruling(each) for each in new)


def rule_on_policy(name: str, rules: Iterable[Rule], path: str) -> Ruling:
    """What the rules say of a policy that is new or gone: ``new-policy`` or ``removed-policy``."""
    for rule in rules:
        if rule.name == name and rule.about(path):
            return Ruling(passes=True, by=(rule.text,))
    return Ruling(passes=False)
