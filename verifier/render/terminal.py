"""A report for people: what was found, what was proved, and what is left open."""

from __future__ import annotations

from collections.abc import Sequence

from policy_dsl.model import Policy
from verifier.pipeline import Report
from verifier.render.blocks import Block
from verifier.render.control_text import show_control
from verifier.render.finding_text import BlockWriter
from verifier.render.force_text import force_lines, show_periods
from verifier.render.gate_text import show_aside
from verifier.render.gate_words import gate_sentences, shown_blocks
from verifier.render.margins_text import show_margins
from verifier.render.page import Page
from verifier.render.process_text import show_processes
from verifier.render.profile_text import show_profiles
from verifier.render.reading_text import show_readings
from verifier.render.repair_text import show_repairs, show_repairs_lead
from verifier.render.summary import (
    SEVERITIES,
    STRENGTH,
    brief,
    counts,
    size,
    summary,
    text_file,
)


def render(report: Report, width: int, colour: bool, full: bool = False, verdict: str = "") -> str:
    """The report as text. The same report and width give the same text.

    ``full`` shows whole quotes, a whole case for each finding and the facts that play no part.
    ``verdict`` stands at the end: what the exit status is and means.
    """
    page = Page(width, colour)
    counting, aside = shown_blocks(report)
    found = (*counting, *aside)
    _show_head(page, report.policy)
    _show_summary(page, report)
    if len(counting) > 1:
        _show_glance(page, counting, bool(report.policy.periods))
    show_repairs_lead(page, report)
    writer = BlockWriter(page, report.policy, full)
    for severity in SEVERITIES:
        chosen = [each for each in counting if each.first.severity == severity]
        if chosen:
            page.heading(f"{severity}s")
            for block in chosen:
                writer.write(block)
                show_repairs(page, report, block, full)
    show_aside(page, report, aside, writer, full)
    show_profiles(page, report.profiles)
    show_control(page, report, full)
    show_processes(page, report.policy, report.processes, full)
    show_margins(page, report, full)
    show_periods(page, report, found)
    show_readings(page, report, found)
    _show_unsettled(page, report)
    page.blank()
    page.line(("-" * page.width, "quiet"))
    page.line((counts(report), "strong"))
    for each in gate_sentences(report):
        page.line(each)
    if verdict:
        page.line(verdict)
    return page.text()


def _show_head(page: Page, policy: Policy) -> None:
    page.line((policy.title or policy.name, "strong"))
    for document in policy.documents.values():
        parts = [document.place.source.name]
        if len(policy.documents) > 1:
            parts.insert(0, document.title or document.name)
        text = text_file(document)
        if text is not None:
            parts.append(f"text: {text}")
        page.line((", ".join(parts), "quiet"))
    page.line((size(policy), "quiet"))
    for line in force_lines(policy):
        page.line((line, "quiet"))


def _show_summary(page: Page, report: Report) -> None:
    page.heading("In short")
    said = summary(report)
    if said.found:
        page.line(("Found:", "strong"))
        for _, each in said.found:
            page.item(each, indent=2)
        if said.under_readings:
            page.line(said.under_readings)
    else:
        page.line(("Found: ", "strong"), said.nothing)
    if said.stopped:
        page.line(said.stopped)
    if said.proved:
        page.line(("Proved, for every case and every reading:", "strong"))
        for proof in said.proved:
            page.item(proof, indent=2)
    if said.compared:
        page.line(("Compared with the source text:", "strong"))
        for comparison in said.compared:
            page.item(comparison, indent=2)
    if said.unsettled:
        page.line(("Not settled: ", "strong"), f"{said.unsettled}; see the end.")


def _show_glance(page: Page, found: Sequence[Block], periods: bool) -> None:
    page.heading("At a glance")
    rows = [["no.", "", "code", "clauses, or what it is about"]]
    for block in found:
        star = "" if all(each.readings.always for each in block.findings) else "*"
        number = f"{block.number}{star}"
        rows.append([number, str(block.first.severity), block.first.code, brief(block)])
    page.table(rows)
    if any(row[0].endswith("*") for row in rows):
        some = "* only under some readings of the text"
        page.line((f"{some} or at some times" if periods else some, "quiet"))
    if any(block.first.strength is not None for block in found):
        page.line((STRENGTH, "quiet"))


def _show_unsettled(page: Page, report: Report) -> None:
    if not report.unsettled:
        return
    page.heading("Not settled")
    page.line("These are no answers: the fault may be there or not.")
    for each in report.unsettled:
        page.item(each.title)
        for line in each.explanation[1:]:
            page.line(line, indent=2)
