"""Repairs as text."""

from __future__ import annotations

from verifier.pipeline import Report
from verifier.render.blocks import Block
from verifier.render.page import Page
from verifier.repairs.repair import Attempts


def show_repairs_lead(page: Page, report: Report) -> None:
    """What the repairs under the findings are; nothing where none were asked for."""
    if report.attempts:
        page.blank()
        page.line(
            "Under the findings stand changes that would mend them. Each was made in memory and "
            "everything was checked again: the finding is gone and none has come. Which of them "
            "is right is the author's to say. 'antinomy repair SPEC FINGERPRINT' shows them as "
            "patches."
        )


def show_repairs(page: Page, report: Report, block: Block, full: bool) -> None:
    """What would mend the findings of a block, as was shown."""
    tried = {each.fingerprint: each for each in report.attempts}
    chosen = [each for each in block.findings if each.fingerprint in tried]
    for finding in chosen:
        page.blank()
        which = block.label(finding) if len(block.findings) > 1 else "it"
        _show(page, report, tried[finding.fingerprint], which, full)


def _show(page: Page, report: Report, attempts: Attempts, which: str, full: bool) -> None:
    shown = [each for each in report.repairs if each.fingerprint == attempts.fingerprint]
    lead = f"Changes that would mend {which}:" if shown else f"No change was found to mend {which}."
    page.line((lead, "strong"), indent=3)
    for each in shown:
        others = len(each.removes) - 1
        more = f" It removes {others} other finding{'s' if others > 1 else ''} too."
        page.item(f"{each.title}{more if others else ''}", indent=5)
    if full:
        for refused in attempts.refused:
            page.item((f"Refused: {refused.title} ({refused.why})", "quiet"), indent=5)
    said = []
    if attempts.refused and not full:
        said.append(
            f"Tried and refused, since it adds or leaves something: {len(attempts.refused)}."
        )
    if attempts.untried:
        said.append(f"Not tried: {attempts.untried}.")
    if said:
        page.line((" ".join(said), "quiet"), indent=5)
