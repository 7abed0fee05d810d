"""A report for people: what was found, what was proved, and what is left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from policy_dsl.model import SHOULD, Policy
from verifier.findings import Severity, Side
from verifier.pipeline import Report
from verifier.render import vocabulary
from verifier.render.blocks import Block, blocks, listed, title
from verifier.render.finding_text import BlockWriter
from verifier.render.page import Page
from verifier.render.profile_text import show_profiles
from verifier.render.reading_text import show_readings

_BRIEF = 90
"""How many characters of a title are shown at a glance."""

_MODALITIES = ("must not", "must", "should not", "should", "may", "need not")

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def render(report: Report, width: int, colour: bool, full: bool = False, verdict: str = "") -> str:
    """The report as text. The same report and width give the same text.

    ``full`` shows whole quotes, a whole case for each finding and the facts that play no part.
    ``verdict`` stands at the end: what the exit status is and means.
    """
    page = Page(width, colour)
    settled = [each for each in report.findings if each.code != "X01"]
    found = blocks(settled)
    _show_head(page, report.policy)
    _show_summary(page, report)
    if len(found) > 1:
        _show_glance(page, found)
    writer = BlockWriter(page, report.policy, full)
    for severity in SEVERITIES:
        chosen = [each for each in found if each.first.severity == severity]
        if chosen:
            page.heading(f"{severity}s")
            for block in chosen:
                writer.write(block)
    show_profiles(page, report.profiles)
    show_readings(page, report, found)
    _show_unsettled(page, report)
    page.blank()
    page.line(("-" * page.width, "quiet"))
    page.line((counts(report), "strong"))
    if verdict:
        page.line(verdict)
    return page.text()


def counts(report: Report) -> str:
    """``2 errors, 1 warning, no notes; everything was settled.``"""
    number = Counter(each.severity for each in report.findings if each.code != "X01")
    said = [_count(number[severity], str(severity)) for severity in SEVERITIES]
    left = len(report.unsettled)
    settled = f"{_count(left, 'question')} not settled" if left else "everything was settled"
    return f"{', '.join(said)}; {settled}."


def _count(number: int, one: str) -> str:
    return f"{number or 'no'} {one}{'' if number == 1 else 's'}"


def _show_head(page: Page, policy: Policy) -> None:
    page.line((policy.title or policy.name, "strong"))
    for document in policy.documents.values():
        parts = [document.place.source.name]
        if len(policy.documents) > 1:
            parts.insert(0, document.title or document.name)
        if document.text is not None:
            parts.append(f"text: {_beside(document.place.source.name, document.text)}")
        page.line((", ".join(parts), "quiet"))
    open_points = [a for a in policy.ambiguities.values() if a.name != SHOULD and not a.settled]
    parts = [
        _count(len(policy.clauses), "clause"),
        _count(len(policy.facts), "fact"),
        _count(len(policy.actions), "action"),
    ]
    if open_points:
        ways = "ambiguity" if len(open_points) == 1 else "ambiguities"
        parts.append(f"{len(open_points)} open {ways}")
    page.line((listed(parts), "quiet"))


def _beside(file: str, path: str) -> str:
    return str(PurePosixPath(file).parent / path)


def _show_summary(page: Page, report: Report) -> None:
    page.heading("In short")
    settled = [each for each in report.findings if each.code != "X01"]
    number = Counter((each.code, each.name) for each in settled)
    if number:
        page.line(("Found:", "strong"))
        for (code, name), count in number.items():
            page.item(vocabulary.found(code, name, count), indent=2)
        always = sum(each.readings.always for each in settled)
        if always < len(settled):
            page.line(
                f"{always} of these {len(settled)} stand however the text is read, the others "
                "only under some readings."
            )
    elif report.unsettled:
        page.line(("Found: ", "strong"), "nothing among what could be settled.")
    else:
        page.line(("Found: ", "strong"), "nothing.")
    if [each.code for each in report.proved] == ["V01"]:
        page.line("Before that is mended, everything else would pass: nothing more was asked.")
    clean = [proof for each in report.proved if (proof := vocabulary.proved(each)) is not None]
    if clean:
        page.line(("Proved, for every case and every reading:", "strong"))
        for proof in clean:
            page.item(proof, indent=2)
    if report.unsettled:
        left = _count(len(report.unsettled), "question")
        page.line(("Not settled: ", "strong"), f"{left}; see the end.")


def _show_glance(page: Page, found: Sequence[Block]) -> None:
    page.heading("At a glance")
    rows = [["no.", "", "code", "clauses, or what it is about"]]
    for block in found:
        star = "" if all(each.readings.always for each in block.findings) else "*"
        number = f"{block.number}{star}"
        rows.append([number, str(block.first.severity), block.first.code, _brief(block)])
    page.table(rows)
    if any(row[0].endswith("*") for row in rows):
        page.line(("* only under some readings of the text", "quiet"))
    if any(block.first.strength is not None for block in found):
        page.line(
            (
                "A clash is as strong as its weaker side: one of 'must' against 'must', 'must not' "
                "or 'may' is told as an error, one with a 'should' in it as a warning.",
                "quiet",
            )
        )


def _brief(block: Block) -> str:
    first = block.first
    several = len(block.findings)
    if first.code.startswith("E") or not first.sides:
        said = title(block).removeprefix("What is expected is not so: ")
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


def _show_unsettled(page: Page, report: Report) -> None:
    if not report.unsettled:
        return
    page.heading("Not settled")
    page.line("These are no answers: the fault may be there or not.")
    for each in report.unsettled:
        page.item(each.title)
        for line in each.explanation[1:]:
            page.line(line, indent=2)
