"""``antinomy diff``: what a change of policies does to outcomes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from policy_dsl.diagnostics import SpecError
from policy_dsl.model import Policy
from verifier.commands.caching import Caches
from verifier.commands.check import progress_of
from verifier.commands.common import (
    PIPED_WIDTH,
    Complaint,
    Exit,
    complain_of_spec,
    wants_colour,
    width_of,
)
from verifier.commands.documents import target_of
from verifier.commands.gates import Gates
from verifier.commands.project import Projects, Ways
from verifier.commands.versions import Asked, asked
from verifier.difference import git
from verifier.difference.allowed import (
    BadRule,
    Rule,
    Rulings,
    judge,
    read_rule,
    rule_on_findings,
    rule_on_policy,
)
from verifier.difference.compared import compared
from verifier.difference.engine import difference
from verifier.difference.results import (
    Added,
    Differences,
    Entry,
    Removed,
    Touched,
    Unread,
    passes,
    settled,
)
from verifier.difference.versions import Loaded
from verifier.pipeline import Progress, Report, check_policy
from verifier.render import difference_text
from verifier.settings.codes import ABOUT_SETTINGS

FORMATS = {
    "html": "verifier.render.html.difference_page",
    "json": "verifier.render.json_difference",
    "markdown": "verifier.render.difference_markdown",
}
"""The module of each format beside the terminal; its ``render`` takes differences and the last
line, and returns a document."""


def run(options: argparse.Namespace) -> Exit:
    """Compare two versions of policies, write what changed, and return the status."""
    projects = Projects(options)
    found = asked(options.versions, projects.own_paths())
    rules = _rules(options.allow or projects.settings(Path("any")).allow)
    target = target_of(options.output)
    caches = Caches(options)
    try:
        differences = _Run(options, projects, found, rules, caches).differences()
    except git.Refused as refused:
        raise Complaint(str(refused), refused.remedy, refused.details) from None
    projects.tell_passed_over()
    done = status(differences, options.fail_on, projects.settings(Path("any")).allow_unsettled)
    said = verdict(done, options.fail_on)
    if options.format in FORMATS:
        text = str(import_module(FORMATS[options.format]).render(differences, said))
    else:
        colour = target is None and wants_colour(options.color, sys.stdout)
        width = PIPED_WIDTH if target is not None else width_of(sys.stdout)
        text = difference_text.render(differences, width, colour, options.full, said)
    if target is not None:
        target.write_text(text, "utf-8", errors="backslashreplace", newline="\n")
    else:
        sys.stdout.write(text)
    return done if caches.finish() else Exit.WRONG


def _rules(words: Sequence[str]) -> list[Rule]:
    try:
        return [read_rule(each) for each in words]
    except BadRule as error:
        raise Complaint(str(error), error.remedy) from None


def status(found: Differences, fail_on: str, findings_may_be_open: bool = False) -> Exit:
    """The exit status. ``fail_on`` is "change" or "never". That a difference is not settled is
    never a pass; ``findings_may_be_open``: that a finding is not may be one."""
    if any(isinstance(each, Unread) for each in found.entries):
        return Exit.WRONG
    if fail_on != "never" and not all(passes(each) for each in found.entries):
        return Exit.FOUND
    if not all(settled(each, not findings_may_be_open) for each in found.entries):
        return Exit.NOT_SETTLED
    return Exit.CLEAN


def verdict(found: Exit, fail_on: str) -> str:
    """What an exit status means, in words."""
    match found:
        case Exit.WRONG:
            return "Exit status 2: a policy cannot be read."
        case Exit.FOUND:
            return "Exit status 1: something changed that no rule allows."
        case Exit.NOT_SETTLED:
            return "Exit status 3: something was not settled, which is not a pass."
        case _ if fail_on == "never":
            return "Exit status 0: by '--fail-on never', no change fails."
        case _:
            return "Exit status 0: everything that changed may pass."


class _Run:
    """One run: every policy of two versions, in the order of their paths."""

    def __init__(
        self,
        options: argparse.Namespace,
        projects: Projects,
        found: Asked,
        rules: Sequence[Rule],
        caches: Caches,
    ) -> None:
        self._options = options
        self._projects = projects
        self._asked = found
        self._rules = rules
        self._caches = caches
        self._gates = Gates(projects, options, (), anew=True)

    def differences(self) -> Differences:
        """All of it. Raises ``Refused``."""
        pairs = self._asked.pairs(lambda key: self._ways(key).as_of, self._projects.excludes)
        entries: list[Entry] = [
            *(self._touched(old, new) for old, new in pairs.touched),
            *(self._added(each) for each in pairs.added),
            *(self._removed(each) for each in pairs.removed),
        ]
        return Differences(
            old=self._asked.old_name,
            new=self._asked.new_name,
            entries=tuple(sorted(entries, key=lambda each: each.path)),
            untouched=pairs.untouched,
            rules=tuple(each.text for each in self._rules),
        )

    def _ways(self, key: str) -> Ways:
        return self._projects.ways(self._asked.new.path(key))

    def _touched(self, old: Loaded, new: Loaded) -> Entry:
        if old.policy is None or new.policy is None:
            wrong = new if new.policy is None else old
            version = self._asked.new_name if new.policy is None else self._asked.old_name
            return _unread(wrong, version)
        ways = self._ways(new.key)
        with progress_of(self._asked.new.path(new.key), self._options.no_progress) as progress:
            settings = ways.settings
            found = difference(old.policy, new.policy, ways.bound, settings.limits, progress)
            findings, waived = None, frozenset[str]()
            if not self._options.no_findings:
                before = self._checked(old.policy, ways, progress)
                after = self._checked(new.policy, ways, progress)
                findings = compared(before.findings, after.findings, found.match)
                waived = frozenset(after.gate.waived)
        return Touched(
            path=new.key,
            old_path=old.key,
            difference=found,
            compared=findings,
            rulings=judge(found, findings, self._rules, new.key, waived),
        )

    def _added(self, new: Loaded) -> Entry:
        if new.policy is None:
            return _unread(new, self._asked.new_name)
        ways = self._ways(new.key)
        report = None
        if not self._options.no_findings:
            with progress_of(self._asked.new.path(new.key), self._options.no_progress) as progress:
                report = self._checked(new.policy, ways, progress)
        findings = report.findings if report else ()
        waived = frozenset(report.gate.waived) if report else frozenset[str]()
        return Added(
            path=new.key,
            policy=new.policy,
            findings=findings,
            ruling=rule_on_policy("new-policy", self._rules, new.key),
            rulings=Rulings(findings=rule_on_findings(findings, self._rules, new.key, waived)),
        )

    def _removed(self, old: Loaded) -> Entry:
        if old.policy is None:
            return _unread(old, self._asked.old_name)
        ruling = rule_on_policy("removed-policy", self._rules, old.key)
        return Removed(path=old.key, policy=old.policy, ruling=ruling)

    def _checked(self, policy: Policy, ways: Ways, progress: Progress) -> Report:
        """The findings of one version as the settings weigh them; nothing about waivers."""
        report = check_policy(
            policy,
            ways.bound,
            ways.settings.limits,
            progress,
            with_margins=False,
            not_run=ways.settings.not_run,
            cache=self._caches.of(ways.settings),
        )
        report = self._gates.apply(report, ways)
        kept = tuple(each for each in report.findings if each.code not in ABOUT_SETTINGS)
        return replace(report, findings=kept)


def _unread(wrong: Loaded, version: str) -> Unread:
    complain_of_spec(SpecError(wrong.diagnostics), "it was not compared")
    return Unread(path=wrong.key, version=version, diagnostics=wrong.diagnostics)
