"""What a report says first, in sentences that the terminal and the page share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from policy_dsl.model import Document, Policy
from verifier.findings import Finding, Severity, Side
from verifier.pipeline import Report
from verifier.render import vocabulary
from verifier.render.blocks import Block, listed, title

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
"""From the worst to the least."""

STRENGTH = (
    "A clash is as strong as its weaker side: one of 'must' against 'must', 'must not' or 'may' "
    "is told as an error, one with a 'should' in it as a warning."
)
"""Why some clashes are errors and others warnings."""

_BRIEF = 90
"""How many characters of a title are shown at a glance."""

_BY_TITLE = ("E", "U03", "U04", "U05", "U06")
"""The codes of which the title tells more at a glance than the clauses."""

_MODALITIES = ("must not", "must", "should not", "should", "may", "need not")


@dataclass(frozen=True, kw_only=True)
class Summary:
    """``found`` has a sentence for each code with findings, ``proved`` one for each check that
    proved that there is nothing, ``compared`` one for each that found none by comparing the policy
    with the source text. The other sentences are empty where they have nothing to say."""

    found: tuple[tuple[str, str], ...]
    under_readings: str
    nothing: str
    stopped: str
    proved: tuple[str, ...]
    compared: tuple[str, ...]
    unsettled: str


def summary(report: Report) -> Summary:
    """The summary of a report."""
    settled = counting_findings(report)
    number = Counter((each.code, each.name) for each in settled)
    always = sum(each.readings.always for each in settled)
    under, nothing = "", ""
    if always < len(settled):
        when, some = ("", "") if not report.policy.periods else (" and at any time", " or at times")
        under = (
            f"{always} of these {len(settled)} stand however the text is read{when}, the others "
            f"only under some readings{some}."
        )
    if not number:
        what = "nothing that counts" if len(report.findings) > len(report.unsettled) else "nothing"
        nothing = f"{what} among what could be settled." if report.unsettled else f"{what}."
    only_v01 = [each.code for each in report.proved] == ["V01"] and bool(report.findings)
    said = [(each.structural, vocabulary.proved(each)) for each in report.proved]
    return Summary(
        found=tuple((code, vocabulary.found(code, name, n)) for (code, name), n in number.items()),
        under_readings=under,
        nothing=nothing,
        stopped="Before that is mended, everything else would pass: nothing more was asked."
        if only_v01
        else "",
        proved=tuple(each for compared, each in said if each is not None and not compared),
        compared=tuple(each for compared, each in said if each is not None and compared),
        unsettled=count(len(report.unsettled), "question") if report.unsettled else "",
    )


def settled_findings(report: Report) -> list[Finding]:
    """The findings without those that say that something was not settled."""
    return [each for each in report.findings if each.code != "X01"]


def counting_findings(report: Report) -> list[Finding]:
    """Those of the settled findings that count: they are neither waived nor known."""
    return [each for each in settled_findings(report) if report.gate.counts(each)]


def counts(report: Report) -> str:
    """``2 errors, 1 warning, no notes; no question was left unsettled.``"""
    number = Counter(each.severity for each in counting_findings(report))
    said = [count(number[severity], str(severity)) for severity in SEVERITIES]
    left = len(report.unsettled)
    settled = f"{count(left, 'question')} not settled" if left else "no question was left unsettled"
    table = sum(each.gave_up for each in report.margins)
    rest = f"; {table} in the table of single conditions not settled" if table else ""
    return f"{', '.join(said)}; {settled}{rest}."


def count(number: int, one: str) -> str:
    """``no errors``, ``1 error``, ``2 errors``."""
    return f"{number or 'no'} {one}{'' if number == 1 else 's'}"


def size(policy: Policy) -> str:
    """``3 clauses, 3 facts and 1 action``."""
    open_points = [a for a in policy.ambiguities.values() if a.place and not a.settled]
    parts = [
        count(len(policy.clauses), "clause"),
        count(len(policy.facts), "fact"),
        count(len(policy.actions), "action"),
    ]
    if open_points:
        ways = "ambiguity" if len(open_points) == 1 else "ambiguities"
        parts.append(f"{len(open_points)} open {ways}")
    return listed(parts)


def text_file(document: Document) -> str | None:
    """The file of a document's text, beside its spec; None if it names none."""
    if document.text is None:
        return None
    return str(PurePosixPath(document.place.source.name).parent / document.text)


def brief(block: Block) -> str:
    """What a block is about, for a table of all: the clauses and their words, or its title."""
    first = block.first
    several = len(block.findings)
    if first.code.startswith(_BY_TITLE) or not first.sides:
        said = title(block).removeprefix("Against what is expected, ")
        if len(said) > _BRIEF:
            said = f"{said[:_BRIEF].rsplit(' ', 1)[0]}..."
        return f"{several} regions: {said}" if several > 1 else said
    owns = [own for each in block.findings if (own := block.own(each)) is not None]
    shared = [side for side in first.sides if side.clause in block.shared]
    if not first.code.startswith("C"):
        return ", ".join(each.clause for each in (*owns, *shared))
    sides = [_spoken([each]) for each in shared]
    sides += [_spoken(owns)] if owns else []
    sides += [each.label for each in first.related if each.label.startswith("cannot ")]
    return " / ".join(sides)


def _spoken(sides: Sequence[Side]) -> str:
    """Clauses that say the same, and by which word they say it."""
    names = ", ".join(each.clause for each in sides)
    role = sides[0].role
    word = next((each for each in _MODALITIES if role.startswith(f"{each} ")), None)
    return names if word is None or "; " in role else f"{names} ({word})"
