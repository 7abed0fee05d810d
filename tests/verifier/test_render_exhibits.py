"""Persons, runs, timelines, processes and control in the terminal: whole, narrow, and harmless."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.verifier.exhibited import CONTROL, HOUSE, exhibited, hostile_exhibits, witness
from verifier.exhibits import ControlRow, Persons, Run, Timeline
from verifier.pipeline import Report
from verifier.render import terminal
from verifier.render.exhibit_words import after, case_beside, control_words


def words(report: Report, width: int = 100, full: bool = False) -> str:
    """The report's words, blanks as one."""
    return " ".join(terminal.render(report, width, False, full).split())


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("width", [40, 80, 200])
def test_every_line_fits_and_nothing_is_lost(width: int, full: bool) -> None:
    report = exhibited()
    text = terminal.render(report, width, False, full)
    assert max(len(line) for line in text.splitlines()) <= width
    said = " ".join(text.split())
    for finding in report.findings:
        assert said.count(finding.fingerprint) == 1
    if width == 80:  # cells of a table that wrap stand beside each other
        return
    for exhibit in (each.exhibit for each in report.findings):
        match exhibit:
            case Persons():
                assert exhibit.resource in said
                for person in exhibit.members:
                    assert person.label in said
                    assert person.said in said
                    assert all(each in said for each in person.witness.statements)
            case Run():
                assert exhibit.said in said
                for stage in exhibit.stages:
                    assert f"{stage.phrase[1:]} ({stage.state})" in said
                    assert stage.step_phrase in said
                    assert all(each in said for each in stage.changes)
            case Timeline():
                assert exhibit.said in said
                for mark in exhibit.marks:
                    assert mark.label in said
                    assert after(mark.minutes) in said
            case None:
                pass


def test_persons_are_told_in_a_table_and_what_they_share_once() -> None:
    text = terminal.render(exhibited(), 100, False)
    assert text.split("2. C07")[0].count("The person is not old.") == 1
    assert "who            what is so              what follows\n" in text
    assert "first person   The person is a child.  A prefers this person, for whom it" in text
    assert "who                    how many  what is so" in text
    assert "each of the first two  2         The person is ill." in text
    assert "a bed; its capacity is 2." in text


def test_a_run_is_told_step_by_step() -> None:
    said = words(exhibited())
    assert (
        "A run of the process: coming and going It begins in a case where: - The person is" in said
    )
    assert "1. The person is outside (outside) Then: somebody lets the person in" in said
    assert "by the door keeper (come_in) - The person is then old. 2. The person is inside" in said
    assert "3. The person is locked in (locked_in) No lawful step leads on from here." in said
    report = exhibited()
    unknown = replace(report, policy=replace(report.policy, processes={}))
    assert "A run of the process: house" in words(unknown)


def test_points_in_time_are_told_in_words() -> None:
    text = terminal.render(exhibited(), 100, False)
    assert "at the start                   the person comes in\n" in text
    assert "after 72 hours                 the latest time to release the person    A\n" in text
    assert "after 15 days                  the earliest time to release the person  B\n" in text
    assert [after(each) for each in (1, 60, 90, 1440, 4 * 1440, 6000)] == [
        "after 1 minute",
        "after 1 hour",
        "after 1 hour 30 minutes",
        "after 24 hours",
        "after 4 days",
        "after 4 days 4 hours",
    ]


def test_a_case_that_the_exhibit_tells_is_not_told_twice() -> None:
    report = exhibited()
    first = report.findings[0]
    assert isinstance(first.exhibit, Persons)
    told = replace(first, witness=first.exhibit.members[1].witness)
    assert case_beside(told) is None
    other = replace(first, witness=witness(report.policy, "The person is new", age=3))
    assert case_beside(other) == other.witness
    report = replace(report, findings=(other,))
    assert "In a case where: - The person is new." in words(report)
    assert "A prefers this person" in words(report)


def test_control_says_who_can_do_what_alone() -> None:
    short, full = words(exhibited()), words(exhibited(), full=True)
    for said in (short, full):
        assert "Alone, the door keeper can bring it about." in said
        assert "Alone, each of the night nurse and the door keeper can block it." in said
        assert "Not settled for all of it: the question was too hard." in said
        assert "It can never be in force, whatever anybody does (proved)." in said
    assert "A Children go: may release the person" in full
    assert "The door keeper decides: whether the person is old (a fact); whether the" in full
    assert "decides:" not in short


def test_clauses_with_the_same_control_are_told_together() -> None:
    rows = (CONTROL[2], replace(CONTROL[2], clause="F"))
    assert "E and F - It can never be in force" in words(replace(exhibited(), control=rows))


def test_what_is_open_about_control_is_not_denied() -> None:
    policy = exhibited().policy
    row = ControlRow(clause="A", title="", says="may go", occurs=None, roles=())
    assert control_words(policy, row) == [
        "Not settled whether it can be in force at all.",
        "Nobody has a say in it: it depends on facts and on authorities outside.",
    ]
    assert control_words(policy, CONTROL[1]) == [
        "Not settled for all of it: the question was too hard."
    ]
    nobody = replace(CONTROL[0], roles=CONTROL[0].roles[2:])
    assert control_words(policy, nobody) == [
        "Nobody alone can bring it about.",
        "Nobody alone can block it.",
    ]


def test_processes_name_what_no_run_comes_to() -> None:
    short, full = words(exhibited()), words(exhibited(), full=True)
    for said in (short, full):
        assert "Coming and going (house): 5 states, 6 steps" in said
        assert "in the cellar (cellar): no run ever comes to it (proved)" in said
        assert "gone for good (gone): end; not settled whether any run comes to it" in said
        assert "(descend): from inside or locked_in to cellar; no run ever takes it" in said
    assert "Some run comes to each of them." in short
    assert "the person waits" not in short
    assert all(each.phrase in full for each in HOUSE.states)
    assert all(each.phrase in full for each in HOUSE.steps)


def test_nothing_of_an_exhibit_steers_the_terminal() -> None:
    for width in (40, 100):
        text = terminal.render(hostile_exhibits(), width, False, full=True)
        assert all(each.isprintable() or each == "\n" for each in text)
        assert "\\x1b[31m" in text
        assert "\x1b" not in text
