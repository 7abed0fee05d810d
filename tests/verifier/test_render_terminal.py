"""Reports for people: complete, safe, and as they were when somebody last read them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load_text
from policy_dsl.read_case import complete_case
from tests.verifier.reported import SMALL, small
from verifier.findings import Finding, Proved
from verifier.pipeline import check_policy
from verifier.render import case_text, terminal, vocabulary
from verifier.render.answer import answer

SNAPSHOTS = Path(__file__).parent / "snapshots"


def same_as_read(name: str, text: str) -> None:
    """Compare with what is kept; ``ANTINOMY_RENEW=1`` keeps the text as it is now."""
    path = SNAPSHOTS / name
    if os.environ.get("ANTINOMY_RENEW") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, "read it, then renew with ANTINOMY_RENEW=1"


def test_a_small_report_as_it_was_read() -> None:
    same_as_read("report.txt", terminal.render(small(), 80, False, verdict="Exit status 1."))


def test_a_small_answer_as_it_was_read() -> None:
    policy = load_text(SMALL, "specs/small.policy")
    case, filled = complete_case(policy, {"ill": True, "child": True})
    found = answer(Evaluator(policy), case, filled, ())
    same_as_read("answer.txt", case_text.render(found, ["ill", "child"], "case.json", 80, False))


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("width", [40, 80, 100])
def test_no_finding_is_lost_and_every_line_fits(width: int, full: bool) -> None:
    report = small()
    text = terminal.render(report, width, False, full)
    words = text.split()
    for finding in report.findings:
        assert sum(word.strip(",") == finding.fingerprint for word in words) == 1
        for side in finding.sides:
            assert side.clause in text
    for profile in report.profiles:
        assert profile.phrase in " ".join(words)
    assert max(len(line) for line in text.splitlines()) <= width
    assert text == terminal.render(report, width, False, full)


def test_without_colour_the_words_are_the_same() -> None:
    import re

    plain = terminal.render(small(), 80, False)
    coloured = terminal.render(small(), 80, True)
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


HOSTILE = "\x1b[31m\u202e [bold]x[/bold] \ud800 \r\n\x07 :skull:"


def _hostile(finding: Finding) -> Finding:
    sides = tuple(
        replace(each, title=HOSTILE, quotes=(HOSTILE * 50,), role=HOSTILE) for each in finding.sides
    )
    witness = finding.witness and replace(finding.witness, statements=(HOSTILE,))
    return replace(
        finding, title=HOSTILE, sides=sides, witness=witness, explanation=(HOSTILE,), proof=HOSTILE
    )


def test_nothing_of_a_policy_steers_the_terminal() -> None:
    report = small()
    odd = replace(report, findings=tuple(_hostile(each) for each in report.findings))
    text = terminal.render(odd, 80, False, full=True)
    assert all(each.isprintable() or each == "\n" for each in text)
    assert "[bold]x[/bold]" in text
    assert ":skull:" in text


def test_what_is_not_settled_is_said_and_not_counted_as_found() -> None:
    report = check_policy(load_text(SMALL), bound=1)
    text = terminal.render(report, 80, False)
    assert "Found: nothing among what could be settled." in text
    assert "nothing more was asked" in text
    assert "no errors, no warnings, no notes; 1 question not settled." in text


def test_no_proof_is_claimed_where_something_is_open() -> None:
    def said(asked: int, clean: int) -> str | None:
        return vocabulary.proved(Proved(code="U01", name="u", asked=asked, clean=clean))

    assert said(0, 0) is None
    assert said(3, 2) is None
    assert said(1, 1) == (
        "no clause is a dead letter: what each of them requires can come about (U01; 1 clause)"
    )


def test_codes_that_have_no_words_of_their_own_are_still_told() -> None:
    assert vocabulary.found("Z99", "odd-thing", 2) == "2 odd thing (Z99)"
    proof = vocabulary.proved(Proved(code="Z99", name="odd-thing", asked=2, clean=2))
    assert proof == "nothing found by the check odd-thing (Z99; 2 questions)"
