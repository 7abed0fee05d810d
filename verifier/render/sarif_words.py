"""Findings as messages of SARIF: plain text with links to the places that it speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from policy_dsl.model import Policy
from verifier.exhibits import Exhibit, Mark, Persons, Run, Stage, Timeline
from verifier.findings import Finding, Side
from verifier.pipeline import Report
from verifier.render.blocks import NONE_PREVAILS, Block
from verifier.render.exhibit_words import after, by_whom, case_beside, of_resource, process_title
from verifier.render.finding_text import at, paraphrased, short
from verifier.render.gate_words import standing
from verifier.render.page import clean
from verifier.render.reading_text import standings
from verifier.render.sentences import sentence, sentence_start, together
from verifier.witness import Witness

MOST_LETTERS = 16_000
"""How long a message may be. Those who read SARIF cut long ones, each at another length."""


def plain(text: str) -> str:
    """A text of a policy so that no reader of messages takes part of it for a link or for a place
    to fill in, and nothing in it can steer a terminal."""
    return clean(text).replace("](", "] (").replace("{", "{{").replace("}", "}}")


def message(report: Report, finding: Finding) -> tuple[str, bool]:
    """Everything that is said of a finding, and whether the end had to be left out.

    Links lead to the places of its clauses by numbers from 1 on, and on to its other places.
    """
    told: list[str] = []
    room = MOST_LETTERS
    end = f"Fingerprint: {finding.fingerprint}."
    for each in _paragraphs(report, finding):
        room -= len(each) + 2
        if room < len(end):
            told.append("The rest was left out: it is too long to be shown here.")
            break
        told.append(each)
    return "\n\n".join([*told, end]), room < len(end)


def link(text: str, number: int) -> str:
    """A text that leads to a place of the finding."""
    return f"[{plain(text).replace('[', '(').replace(']', ')')}]({number})"


def label(side: Side) -> str:
    """A clause, its title and what it says."""
    title = f" {plain(side.title)}" if side.title else ""
    return sentence(f"{plain(side.clause)}{title}: {plain(side.role)}")


def say(text: str) -> str:
    """A text of a policy as a sentence of a message."""
    return sentence(plain(text))


def stage(policy: Policy, each: Stage) -> str:
    """Where a run stands, the step that is taken next, by whom, and what it changes."""
    said = [say(each.phrase)]
    if each.step:
        said.append(f"Then: {plain(each.step_phrase or each.step)}{by(policy, each)}.")
        said += [say(change) for change in each.changes]
    return " ".join(said)


def by(policy: Policy, each: Stage) -> str:
    """Who takes the step of a stage; nothing where nobody is named."""
    return plain(by_whom(policy, each.by)) if each.by is not None else ""


def mark(each: Mark) -> str:
    """A point in time, and by which clause it matters."""
    clause = f" ({plain(each.clause)})" if each.clause is not None else ""
    return f"{sentence_start(after(each.minutes))}: {plain(each.label)}{clause}."


def _paragraphs(report: Report, finding: Finding) -> Iterator[str]:
    policy = report.policy
    consequence = f" {say(finding.consequence)}" if finding.consequence else ""
    yield f"{say(finding.title)}{consequence}"
    aside = standing(report, finding)
    if aside:
        yield say(aside)
    case = case_beside(finding)
    if case is not None:
        yield from _case(policy, "In a case where", case)
    if finding.exhibit is not None:
        yield from _exhibit(policy, finding.exhibit)
    for number, side in enumerate(finding.sides, start=1):
        yield _side(side, number)
    for number, each in enumerate(finding.related, start=len(finding.sides) + 1):
        yield f"{sentence_start(plain(each.label)).rstrip('.')}: {link(at(each.place), number)}."
    if finding.explanation:
        contradiction = finding.code in NONE_PREVAILS and len(finding.sides) > 1
        lead = "Why neither prevails" if contradiction else "Why"
        yield f"{lead}: {_sentences(finding.explanation)}"
    if finding.proof:
        yield say(finding.proof)
    if finding.settles:
        yield f"What would settle it, and what would not: {_sentences(finding.settles)}"
    for stands in standings(policy, Block(1, (finding,), ())):
        yield "\n".join([plain(stands.said), *_readings(policy, stands.needed)])
    repairs = [each for each in report.repairs if each.fingerprint == finding.fingerprint]
    if repairs:
        lead = "Changes that would mend it, as was shown:"
        yield "\n".join([lead, *(f"- {say(each.title)}" for each in repairs)])


def _case(policy: Policy, lead: str, case: Witness) -> Iterator[str]:
    if case.statements:
        yield f"{lead}: {plain(together(policy, case.statements))}"
    if case.example:
        yield f"For instance: {plain(together(policy, case.example))}"


def _exhibit(policy: Policy, exhibit: Exhibit) -> Iterator[str]:
    match exhibit:
        case Persons():
            yield plain(of_resource(exhibit))
            for each in exhibit.members:
                several = f" ({each.count})" if each.count > 1 else ""
                said = f" {say(each.said)}" if each.said else ""
                lead = f"{sentence_start(plain(each.label))}{several}"
                told = [*_case(policy, lead, each.witness)] or [f"{lead}."]
                yield f"{' '.join(told)}{said}"
        case Run():
            yield f"A run of the process: {say(process_title(policy, exhibit.process))}"
            yield from _case(policy, "It begins in a case where", exhibit.start)
            lines = [f"{n}. {stage(policy, each)}" for n, each in enumerate(exhibit.stages, 1)]
            yield "\n".join([*lines, say(exhibit.said)])
        case Timeline():
            yield from _case(policy, "In a case where", exhibit.witness)
            lines = [f"- {mark(each)}" for each in exhibit.marks]
            yield "\n".join([*lines, say(exhibit.said)])
        case _:
            assert_never(exhibit)


def _side(side: Side, number: int) -> str:
    """A clause with a link to its place, in its document's words."""
    title = f" {plain(side.title)}" if side.title else ""
    source = f" (of '{plain(side.document)}')" if side.document is not None else ""
    lines = [sentence(f"{link(side.clause, number)}{title}{source}: {plain(side.role)}")]
    lines += [plain(short(each)) for each in side.quotes]
    lines += [plain(paraphrased(each)) for each in side.paraphrases]
    return "\n".join(lines)


def _readings(policy: Policy, needed: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """Open points with the readings that are needed, each on a line."""
    for name, values in needed:
        ambiguity = policy.ambiguities[name]
        texts = [f"'{each}', {ambiguity.text_of(each)}".rstrip(".") for each in values]
        yield f"- {plain(ambiguity.question or name)} {say('; or '.join(texts))}"


def _sentences(lines: Sequence[str]) -> str:
    return " ".join(say(each) for each in lines)
