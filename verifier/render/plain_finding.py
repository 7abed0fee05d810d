"""One finding as plain text, for those who show text as it is: all of it, or what fits a note."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import dedent

from policy_dsl.model import Policy
from verifier.exhibits import Persons
from verifier.findings import Finding
from verifier.pipeline import Report
from verifier.render.blocks import NONE_PREVAILS, Block
from verifier.render.exhibit_words import case_beside, cases_of
from verifier.render.finding_text import BlockWriter, at
from verifier.render.gate_words import standing
from verifier.render.page import Page, clean
from verifier.render.reading_text import standings
from verifier.render.repair_text import show_repairs
from verifier.render.sentences import sentence, sentence_start, together
from verifier.witness import Witness

WIDTH = 80
"""How wide the lines of the whole text are."""


def whole(report: Report, finding: Finding) -> str:
    """What the terminal says of a finding, without its number and its weight, in lines."""
    page = Page(WIDTH, False)
    block = _alone(finding)
    BlockWriter(page, report.policy, full=False).tell(block)
    show_repairs(page, report, block, full=False)
    return dedent(page.text()).strip("\n")


def note(report: Report, finding: Finding) -> Iterator[str]:
    """What somebody needs who looks at the first clause of a finding: what is wrong, in which
    case, by which other clauses and where they stand, and why. Each a paragraph on one line."""
    policy = report.policy
    lead = [sentence(finding.title)]
    lead += [sentence(finding.consequence)] if finding.consequence else []
    yield clean(" ".join(lead))
    if reason := standing(report, finding):
        yield clean(reason)
    yield from map(clean, _cases(policy, finding))
    clauses = [f"{each.clause} ({at(each.place)})" for each in finding.sides[1:]]
    clauses += [f"{each.label} ({at(each.place)})" for each in finding.related]
    if clauses:
        yield clean(f"See also: {'; '.join(clauses)}.")
    if finding.explanation:
        contradiction = finding.code in NONE_PREVAILS and len(finding.sides) > 1
        why = "Why neither prevails" if contradiction else "Why"
        yield clean(f"{why}: {' '.join(sentence(each) for each in finding.explanation)}")
    if finding.proof:
        yield clean(sentence(finding.proof))
    for each in standings(policy, _alone(finding)):
        needed = ", ".join(f"{name} as {' or '.join(values)}" for name, values in each.needed)
        yield clean(f"{each.said} {needed}." if needed else each.said)
    yield f"Fingerprint: {finding.fingerprint}. 'antinomy explain {finding.code}' says more."


def _alone(finding: Finding) -> Block:
    return Block(1, (finding,), tuple(each.clause for each in finding.sides))


def _cases(policy: Policy, finding: Finding) -> Iterator[str]:
    beside = case_beside(finding)
    if beside is not None:
        yield from _case(policy, "In a case where", beside)
    exhibit = finding.exhibit
    if exhibit is None:
        return
    for name, case in cases_of(exhibit):
        yield from _case(policy, sentence_start(name) if name else "In a case where", case)
    if not isinstance(exhibit, Persons):
        yield sentence(exhibit.said)


def _case(policy: Policy, lead: str, case: Witness) -> Iterator[str]:
    if case.statements:
        yield f"{lead}: {together(policy, case.statements)}"
    if case.example:
        yield f"For instance: {together(policy, case.example)}"
