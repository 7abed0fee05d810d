"""What does not count, as text: one line a finding, and why."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.findings import Finding
from verifier.pipeline import Report
from verifier.render.blocks import Block, title
from verifier.render.finding_text import BlockWriter, at
from verifier.render.gate_words import standing
from verifier.render.page import Page
from verifier.render.sentences import sentence


def show_aside(
    page: Page, report: Report, aside: Sequence[Block], writer: BlockWriter, full: bool
) -> None:
    """The findings that are waived or known, short, or in full; and what was fixed."""
    gate = report.gate
    if aside:
        page.heading("Waived or known")
        page.line("These are found, and do not count.")
    for block in aside:
        if full:
            writer.write(block)
        else:
            first = block.first
            page.blank()
            head = f"{block.number}. {first.code} {first.name}"
            page.line((head, str(first.severity)), right=str(first.severity))
            page.line(sentence(title(block)), indent=3)
        told: dict[str, list[Finding]] = {}
        for each in block.findings:
            told.setdefault(standing(report, each), []).append(each)
        for said, members in told.items():
            waiver = gate.waived.get(members[0].fingerprint)
            where = "" if waiver is None else at(waiver.place)
            prints = ", ".join(each.fingerprint for each in members)
            page.line((said, "strong"), f" ({prints})", indent=3, hang=2, right=(where, "quiet"))
    if gate.fixed:
        page.heading("Found no more")
        page.line("The baseline has these, and they are not found any more.")
        for known in gate.fixed:
            page.item(f"{known.code} {known.title} ({known.fingerprint})")
