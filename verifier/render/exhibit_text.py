"""Exhibits as text: a table of persons, a run step by step, points in time in their order."""

from __future__ import annotations

from typing import assert_never

from policy_dsl.model import Policy
from verifier.exhibits import Exhibit, Persons, Run, Timeline
from verifier.render.exhibit_words import (
    after,
    by_whom,
    cases_of,
    of_resource,
    process_title,
)
from verifier.render.page import Page
from verifier.render.sentences import in_common, sentence, sentence_start, together
from verifier.render.witness_text import show_example, show_rest, show_statements, show_whole
from verifier.witness import Witness


def show_exhibit(page: Page, policy: Policy, exhibit: Exhibit, full: bool) -> None:
    """What shows a fault beyond one case; with ``full``, each of its cases in full too."""
    match exhibit:
        case Persons():
            _show_persons(page, policy, exhibit)
            _show_more(page, policy, exhibit, full)
        case Run():
            title = process_title(policy, exhibit.process)
            page.line((f"A run of the process: {title}", "strong"), indent=3)
            _show_start(page, "It begins in a case where:", exhibit.start)
            _show_more(page, policy, exhibit, full)
            _show_stages(page, policy, exhibit)
        case Timeline():
            _show_start(page, "In a case where:", exhibit.witness)
            _show_more(page, policy, exhibit, full)
            _show_marks(page, exhibit)
        case _:
            assert_never(exhibit)


def _show_start(page: Page, lead: str, case: Witness) -> None:
    if case.statements:
        page.line(lead, indent=3)
        show_statements(page, case.statements)


def _show_more(page: Page, policy: Policy, exhibit: Exhibit, full: bool) -> None:
    """What else there is to say of the cases of an exhibit."""
    cases = cases_of(exhibit)
    for name, case in cases:
        show_example(page, policy, case, name)
    show_rest(page, policy, [case for _, case in cases], full)
    if full:
        for name, case in cases:
            show_whole(page, policy, case, name)


def _show_persons(page: Page, policy: Policy, persons: Persons) -> None:
    page.line(of_resource(persons), indent=3)
    members = persons.members
    shared = in_common([each.witness.statements for each in members])
    if shared:
        page.line("What is so of each of them:", indent=3)
        show_statements(page, shared)
    several = any(each.count > 1 for each in members)
    spoken = any(each.said for each in members)
    rows = [["who", *(["how many"] if several else []), "what is so"]]
    rows[0] += ["what follows"] if spoken else []
    for each in members:
        own = [said for said in each.witness.statements if said not in shared]
        row = [each.label, *([str(each.count)] if several else [])]
        row.append(together(policy, own) if own else "nothing more")
        row += [sentence(each.said) if each.said else ""] if spoken else []
        rows.append(row)
    page.blank()
    page.grid(rows, indent=3)


def _show_stages(page: Page, policy: Policy, run: Run) -> None:
    page.line("These are its stages:", indent=3)
    for number, stage in enumerate(run.stages, start=1):
        place = (f" ({stage.state})", "quiet")
        page.item(sentence_start(stage.phrase), place, indent=5, mark=f"{number}.")
        if not stage.step:
            continue
        words = f"{stage.step_phrase or stage.step}{by_whom(policy, stage.by)}"
        page.line(("Then: ", "quiet"), words, (f" ({stage.step})", "quiet"), indent=8, hang=2)
        for change in stage.changes:
            page.item(sentence(change), indent=10)
    page.line((sentence(run.said), "strong"), indent=3)


def _show_marks(page: Page, timeline: Timeline) -> None:
    page.line("In the order of time:", indent=3)
    page.blank()
    rows = [["when", "what", "clause"]]
    for mark in timeline.marks:
        rows.append([after(mark.minutes), mark.label, mark.clause or ""])
    page.grid(rows, indent=5)
    page.blank()
    page.line((sentence(timeline.said), "strong"), indent=3)
