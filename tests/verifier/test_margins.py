"""The table of margins: what is said where one condition of a clause alone fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_dsl.load import load, load_text
from tests.verifier.checking import VOCABULARY
from verifier.margins import Margin, left_out, margins
from verifier.pipeline import check_policy, shared_for
from verifier.render import terminal
from verifier.render.margins_text import outcome_words
from verifier.shared import Limits

MEMO = Path(__file__).parents[2] / "specs" / "ice-ero-2017" / "ice-ero-2017.policy"


def table(text: str, clause: str = "A", limits: Limits | None = None) -> dict[str, str]:
    """The margins of one clause: its conditions, and what is said where each alone fails."""
    shared = shared_for(load_text(VOCABULARY + text), limits=limits)
    return {
        each.condition: outcome_words(each) for each in margins(shared) if each.clause == clause
    }


def test_what_other_clauses_say_then() -> None:
    text = (
        "clause A may release when child and ill\nclause B must not release when not child\n"
        "clause C should release when age > 60"
    )
    assert table(text) == {
        "The person is no child": "forbidden by B; or obliged by C",
        "The person is well": "obliged by C; or no clause speaks",
    }


def test_a_condition_that_cannot_fail_alone() -> None:
    text = "assume child implies ill\nclause A may release when child and ill"
    assert table(text)["The person is well"] == "never alone"


def test_an_exception_fails_by_holding() -> None:
    text = "clause A must release\n  unless child or ill\nclause B must not release when child"
    assert table(text) == {
        "The person is a child": "forbidden by B",
        "The person is ill": "no clause speaks",
    }


def test_other_values_with_which_no_clause_speaks() -> None:
    text = "clause A may release when grade is low\nclause B must not release when grade is middle"
    assert list(table(text).values()) == ["forbidden by B; or no clause speaks (with high)"]


def test_values_of_one_fact_are_one_condition() -> None:
    assert len(table("clause A may release when grade is not one of (low, middle)")) == 1


def test_a_definition_is_told_whole_and_by_its_parts() -> None:
    text = "define sick_child is child and ill\nclause A may release when sick_child and age > 3"
    shared = shared_for(load_text(VOCABULARY + text))
    told = [(each.code, each.within is not None) for each in margins(shared)]
    assert told == [("sick_child", False), ("child", True), ("ill", True), ("age > 3 years", False)]


def test_parts_of_a_definition_of_one_reading() -> None:
    text = (
        "define near is child and ill under scope is wide\n"
        "define near is child under scope is narrow\nclause A may release when near\n"
        "clause B must not release when not ill"
    )
    told = table(text)
    assert told["The person is well"] == "forbidden by B"


def test_the_limit_is_said() -> None:
    policy = load_text(VOCABULARY + "clause A may release when child and ill and age > 3")
    told = margins(shared_for(policy, limits=Limits(margins=2)))
    assert (len(told), left_out(policy, told)) == (2, 1)
    report = check_policy(policy, limits=Limits(margins=2))
    assert "1 more conditions were left out" in terminal.render(report, 80, False, full=True)


def test_the_ordinary_report_says_where_the_table_is() -> None:
    policy = load_text(VOCABULARY + "clause A may release when child and ill")
    report = check_policy(policy, with_margins=False)
    assert report.margins == ()
    assert "'--full' tells it, for 2 conditions" in " ".join(
        terminal.render(report, 80, False).split()
    )


def test_a_question_that_is_not_settled_leaves_a_row_open() -> None:
    text = "clause A may release when child and 3 * age > 100\nclause B must not release when ill"
    told = margins(shared_for(load_text(VOCABULARY + text), bound=1))
    assert {(each.settled, each.gave_up) for each in told} == {(False, True)}
    assert all("not settled" in outcome_words(each) for each in told)


@pytest.fixture(scope="module")
def memo() -> tuple[Margin, ...]:
    return margins(shared_for(load(MEMO)))


def test_no_port_of_entry_no_release(memo: tuple[Margin, ...]) -> None:
    """Whoever meets all of B.6 but came by no port of entry is barred by B.0."""
    (row,) = [
        each
        for each in memo
        if (each.clause, each.code) == ("B.6", "place is port_of_entry") and each.within
    ]
    barred = next(each for each in row.outcomes if each.state == "forbidden")
    assert "B.0" in barred.clauses
    assert barred.witness.case.facts["place"] != "port_of_entry"


def test_a_third_nationality(memo: tuple[Margin, ...]) -> None:
    (row,) = [e for e in memo if e.clause == "D.3" and "nationality" in e.code][:1]
    assert row.silent_values == ("a country other than Mexico and Canada",)
