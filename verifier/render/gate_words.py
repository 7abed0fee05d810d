"""What lets findings pass, in sentences that all formats for people share.

A change to a policy can change the settings too: whoever reads a report must see what they did.
"""

from __future__ import annotations

from dataclasses import replace

from policy_dsl.wording import joined
from verifier.findings import Finding
from verifier.gating import Waiver
from verifier.pipeline import Report
from verifier.render.blocks import Block, blocks
from verifier.render.summary import counting_findings, settled_findings


def shown_blocks(report: Report) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The findings in blocks: first those that count, then those that are waived or known, with
    numbers that go on; those of X01 are told elsewhere."""
    counting = blocks(counting_findings(report))
    aside = blocks([each for each in settled_findings(report) if not report.gate.counts(each)])
    start = len(counting)
    return counting, tuple(replace(each, number=each.number + start) for each in aside)


def standing(report: Report, finding: Finding) -> str:
    """Why a finding does not count; empty where it does."""
    waiver = report.gate.waived.get(finding.fingerprint)
    if waiver is not None:
        return f"Waived {terms(waiver)}"
    return "" if report.gate.counts(finding) else "Known: it stands in the baseline."


def terms(waiver: Waiver) -> str:
    """``until 2027-01-31 by the legal office: it is being redrafted``"""
    return f"until {waiver.expires.isoformat()} by {waiver.owner}: {waiver.reason}"


def gate_sentences(report: Report) -> tuple[str, ...]:
    """One sentence each: what is waived, known, not run, weighed otherwise, or let pass unsettled.

    None where nothing is, so that they say whether the gate stands as it does without settings.
    """
    gate = report.gate
    found = {each.fingerprint for each in report.findings}
    known = [each for each in gate.known or () if each not in gate.waived]
    by = f" ({gate.settings})" if gate.settings is not None else ""
    said = []
    if waived := len(found & gate.waived.keys()):
        said.append(f"{waived} {_findings(waived)} waived and {_does(waived)} not count{by}.")
    if known:
        said.append(
            f"{len(known)} {_findings(len(known))} known from the baseline and "
            f"{_does(len(known))} not count."
        )
    if fixed := len(gate.fixed):
        said.append(
            f"{fixed} of the baseline {'is' if fixed == 1 else 'are'} found no more and can be "
            "removed from it: run 'antinomy baseline' again."
        )
    if gate.not_run:
        said.append(f"Not run, by the settings{by}: {', '.join(gate.not_run)}.")
    if gate.weights:
        each = [f"{w.code} as {w.now} (usually {w.usual})" for w in gate.weights]
        said.append(f"Weighed otherwise, by the settings{by}: {joined(each, 'and')}.")
    if gate.fail_on is None:
        said.append("No finding fails this run: 'fail-on' is 'never'.")
    if gate.allow_unsettled and (left := len(report.unsettled)):
        questions = f"{left} question{'' if left == 1 else 's'}"
        said.append(f"{questions} not settled: it is allowed to pass so ('allow-unsettled'){by}.")
    return tuple(said)


def _findings(number: int) -> str:
    return "finding is" if number == 1 else "findings are"


def _does(number: int) -> str:
    return "does" if number == 1 else "do"
