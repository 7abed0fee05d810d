"""The memo of 2017: its words are all there, and the checker says what it is known to imply."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load
from policy_dsl.model import Policy
from policy_dsl.read_case import read_case
from verifier.exhibits import Persons
from verifier.findings import Finding, Severity
from verifier.pipeline import Report, check_policy

FOLDER = Path(__file__).parents[2] / "specs" / "ice-ero-2017"
SPEC = FOLDER / "ice-ero-2017.policy"


@cache
def memo() -> Policy:
    return load(SPEC)


@cache
def report() -> Report:
    return check_policy(memo())


def folded(text: str) -> str:
    return " ".join(text.split())


def quotes() -> list[str]:
    found = [quote for clause in memo().clauses.values() for quote in clause.quotes]
    return found + [quote for note in memo().notes.values() for quote in note.quotes]


def findings(code: str, *clauses: str) -> list[Finding]:
    """The findings of a code in which exactly these clauses take part."""
    return [
        each
        for each in report().findings
        if each.code == code and {side.clause for side in each.sides} == set(clauses)
    ]


def test_every_quote_stands_in_the_text() -> None:
    text = folded((FOLDER / "ice-ero-2017.txt").read_text("utf-8"))
    assert [quote for quote in quotes() if quote not in text] == []


def test_the_quotes_hold_the_whole_text() -> None:
    text = folded((FOLDER / "ice-ero-2017.txt").read_text("utf-8"))
    covered = [False] * len(text)
    for quote in quotes():
        at = text.find(quote)
        while at >= 0:
            covered[at : at + len(quote)] = [True] * len(quote)
            at = text.find(quote, at + 1)
    left = "".join(char for char, seen in zip(text, covered, strict=True) if not seen)
    assert left.strip(" ,") == ""  # a comma stands between two norms of one sentence


def test_nothing_is_left_unsettled() -> None:
    assert report().unsettled == ()


def test_the_list_of_section_b_against_the_capacity_release_of_section_c() -> None:
    (found,) = findings("C02", "C.2", "B.0")
    assert found.strength == "should"
    assert found.severity is Severity.WARNING
    readings = {
        name: found.readings.possible_with("capacity_release", name)
        for name in ("beside_list", "within_list", "within_parole")
    }
    assert readings == {"beside_list": True, "within_list": False, "within_parole": False}
    assert not found.readings.possible_with("only_governs", "manner")


def test_a_person_whom_no_situation_lets_go_and_full_capacity_cannot_hold() -> None:
    (found,) = findings("C04", "B.0")
    assert found.witness is not None
    assert found.witness.case.facts["space"] == "full"
    assert found.witness.case.facts["custody"] == "s235b"


def test_two_persons_for_one_place_cannot_both_be_dealt_with_as_the_memo_says() -> None:
    (detain,) = findings("C07", "B.detain")
    assert detain.strength == "must"
    assert detain.readings.ambiguities == ("work_to",)
    assert detain.readings.possible_with("work_to", "detaining")
    (listed,) = findings("C07", "B.0")
    assert listed.strength == "should"
    assert not listed.readings.possible_with("only_governs", "manner")
    within = {"only_governs": "everything", "capacity_release": "within_list"}
    assert not listed.readings.contains({**within, "consistent_with": "the_detention"})
    assert listed.readings.contains({**within, "consistent_with": "the_release"})
    for found in (detain, listed):
        assert isinstance(found.exhibit, Persons)
        assert found.exhibit.capacity == 1
        spaces = [each.witness.case.facts["space"] for each in found.exhibit.members]
        assert [each.count for each in found.exhibit.members] == [1, 1]
        assert spaces == ["adequate", "full"]
        assert any("C.2 can apply" in each for each in found.explanation)


def test_sections_a_and_b_put_two_persons_in_opposite_orders() -> None:
    (found,) = findings("C06", "A.3", "B.resources")
    assert found.strength == "should"
    assert isinstance(found.exhibit, Persons)
    one, other = (each.witness.case.facts for each in found.exhibit.members)
    assert one["expedited_removal"]
    assert "found" not in (one["danger"], one["flight_risk"])
    assert not other["expedited_removal"]
    assert "found" in (other["danger"], other["flight_risk"])
    readings = {
        name: found.readings.possible_with("detention_priorities", name)
        for name in ("apart", "combined", "competing")
    }
    assert readings == {"apart": False, "combined": False, "competing": True}
    assert not found.readings.possible_with("such_individuals", "of_situation_6")


def test_the_memo_orders_neither_its_two_lists_nor_the_seven_priorities() -> None:
    (lists,) = findings("G03", "A.3", "B.resources")
    assert not lists.readings.possible_with("detention_priorities", "competing")
    (seven,) = findings("G03", *(f"A.p.{number}" for number in range(1, 8)))
    assert seven.readings.always


def test_release_is_permitted_in_several_situations_and_obliged_in_none() -> None:
    (found,) = [each for each in report().findings if each.code == "P01"]
    assert {f"B.{n}" for n in (1, "2a", "2b", 3, 4, 5, 6)} < {s.clause for s in found.sides}
    assert not found.readings.possible_with("situations_effect", "due")
    assert found.readings.possible_with("situations_effect", "allowed")


@pytest.mark.parametrize("path", sorted((FOLDER / "cases").glob("*.json")), ids=lambda p: p.stem)
def test_every_case_file_is_a_full_case(path: Path) -> None:
    evaluator = Evaluator(memo())
    case = read_case(memo(), json.loads(path.read_text("utf-8")))
    assert evaluator.is_valid(case)


def test_the_case_without_space_can_be_decided_neither_way() -> None:
    case = read_case(memo(), json.loads((FOLDER / "cases" / "no-space.json").read_text("utf-8")))
    outcome = Evaluator(memo()).outcome(case)
    assert outcome.compliable["must"]
    assert not outcome.compliable["should"]
