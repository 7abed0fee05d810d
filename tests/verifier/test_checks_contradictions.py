"""C01 to C08, each on a few lines: what must be found, and near misses that must not."""

from __future__ import annotations

import pytest

from tests.verifier.checking import findings, found, titles
from verifier.findings import Severity

CHOICE = "decision custody is exactly one of release, detain\n"


class TestOpposedDuties:
    def test_two_duties_that_meet(self) -> None:
        (each,) = findings(
            "clause A must release when child\nclause B must not release when ill", "C01"
        )
        assert [side.clause for side in each.sides] == ["A", "B"]
        assert (each.severity, each.strength) == (Severity.ERROR, "must")
        assert each.witness is not None
        assert each.witness.conditions == (("child", True), ("ill", True))

    @pytest.mark.parametrize(
        "text",
        [
            "clause A must release when child\nclause B must not release when not child",
            "clause A must release when age < 18\nclause B must not release when age >= 18",
            "clause A must release when child\nclause B must not detain when ill",
            "clause A must release when child\nclause B may release when ill",
            "clause A must release when child\nclause B must not release when ill\n  overrides A",
            "clause A must release when child\nclause B must not release when ill unless A",
            "clause A must release under scope is wide\n"
            "clause B must not release under scope is narrow",
            "assume not (child and ill)\n"
            "clause A must release when child\nclause B must not release when ill",
            "in order list\nclause A must release when child\nclause B must not release\nend order",
            "clause A must release when score > 3\nclause B must not release when score < 3",
        ],
        ids=[
            "apart",
            "numbers apart",
            "two actions",
            "permission",
            "priority",
            "exception",
            "readings apart",
            "assumption",
            "list",
            "not established",
        ],
    )
    def test_duties_that_do_not_meet(self, text: str) -> None:
        assert found(text, "C01") == []

    def test_a_weaker_side_makes_it_weaker(self) -> None:
        (each,) = findings("clause A must release\nclause B should not release", "C01")
        assert (each.severity, each.strength) == (Severity.WARNING, "should")

    def test_it_stands_under_the_readings_that_let_them_meet(self) -> None:
        text = "clause A must release\n  under scope is wide\nclause B must not release"
        assert found(text, "C01") == ["A B, only if scope is read as 'wide'"]

    def test_a_case_that_only_one_reading_allows(self) -> None:
        text = (
            "assume not child under scope is wide\n"
            "clause A must release when child\nclause B must not release"
        )
        assert found(text, "C01") == ["A B, only if scope is read as 'narrow'"]

    def test_every_pair_is_told(self) -> None:
        text = (
            "clause A must release when child\nclause B must release when ill\n"
            "clause C must not release when age > 60\nclause D must not release when age < 5"
        )
        assert found(text, "C01") == ["A C", "A D", "B C", "B D"]

    def test_a_circle_of_priority_settles_nothing(self) -> None:
        text = (
            "clause A must release when child\n  overrides B\n"
            "clause B must not release when ill\n  overrides A"
        )
        assert found(text, "C01") == ["A B"]

    def test_a_savings_clause_prevails_though_it_is_defeated(self) -> None:
        text = (
            "clause A must release\n  subject to B as savings\n"
            "clause B must not release when ill\nclause C must release when ill overrides B"
        )
        assert found(text, "C01") == []


class TestPermittedAndForbidden:
    def test_a_permission_against_a_ban(self) -> None:
        assert found("clause A may release when child\nclause B must not release", "C02") == ["A B"]

    def test_a_release_against_a_duty(self) -> None:
        assert found("clause A need not report\nclause B must report when ill", "C02") == ["A B"]

    def test_a_permission_that_a_duty_leaves_no_room_for(self) -> None:
        text = "clause A may release when child\nclause B must detain when ill"
        assert found(CHOICE + text, "C02") == ["A B"]
        assert found(CHOICE.replace("exactly", "at least") + text, "C02") == []
        assert found(text, "C02") == []

    def test_a_permission_of_what_is_impossible_is_no_fault_of_a_clause(self) -> None:
        assert found("clause A may release\ncannot release", "C02") == []

    def test_permission_and_release_go_together(self) -> None:
        assert found("clause A may release\nclause B need not release", "C02") == []

    def test_an_exception_in_the_ban(self) -> None:
        text = "clause A may release when child\nclause B must not release unless A"
        assert found(text, "C02") == []


class TestJointDuties:
    def test_two_options_of_one_decision(self) -> None:
        text = "clause A must release when child\nclause B must detain when ill"
        assert found(CHOICE + text, "C03") == ["A B"]
        assert found(text, "C03") == []

    def test_only_where_the_decision_is_in_scope(self) -> None:
        text = "clause A must release when child\nclause B must detain when ill"
        assert found(CHOICE.rstrip() + " when child and not ill\n" + text, "C03") == []
        assert found(CHOICE.rstrip() + " under scope is wide\n" + text, "C03") == [
            "A B, only if scope is read as 'wide'"
        ]

    def test_a_duty_to_do_what_is_impossible(self) -> None:
        text = "clause A must release when child\ncannot release when ill"
        (each,) = findings(text, "C03")
        assert [side.clause for side in each.sides] == ["A"]
        assert [place.label for place in each.related] == ["cannot release"]
        assert found(text.replace("must", "must not"), "C03") == []
        assert found(text.replace("when ill", "when not child"), "C03") == []

    def test_two_incapacities_are_two_findings(self) -> None:
        text = "clause A must release\ncannot release when ill\ncannot release when child"
        one, two = findings(text, "C03")
        assert one.fingerprint != two.fingerprint

    def test_one_clause_with_two_duties(self) -> None:
        text = "clause A\n  must release, detain\n  when child\nclause B must detain"
        assert found(CHOICE + text, "C03") == ["A"]

    def test_three_of_which_two_can_be_met(self) -> None:
        text = (
            "decision few is at most 2 of release, detain, report\n"
            "clause A must release\nclause B must detain\nclause C must report when ill"
        )
        assert sorted(found(text, "C03")[0].split()) == ["A", "B", "C"]

    def test_a_weaker_clash_never_hides_a_stronger_one(self) -> None:
        text = "cannot release\nclause A\n  must not detain\n  should not release"
        strengths = {each.strength for each in findings(CHOICE + text, "C04")}
        assert strengths == {"must", "should"}


class TestDeadEnd:
    def test_both_options_are_closed(self) -> None:
        text = "clause A must not release when child\nclause B must not detain when ill"
        assert found(CHOICE + text, "C04") == ["A B"]
        assert found(CHOICE.replace("exactly", "at most") + text, "C04") == []
        assert found(text, "C04") == []

    def test_one_is_forbidden_the_other_impossible(self) -> None:
        text = "clause A must not release when child\ncannot detain when ill"
        assert found(CHOICE + text, "C04") == ["A"]
        assert found(CHOICE + text.replace("when ill", "when not child"), "C04") == []

    def test_one_option_is_open(self) -> None:
        text = (
            "decision custody is exactly one of release, detain, report\n"
            "clause A must not release\nclause B must not detain"
        )
        assert found(text, "C04") == []
        assert found(text + "\nclause C must not report when ill", "C04") == ["A B C"]

    def test_two_of_three_are_asked_for(self) -> None:
        text = (
            "decision custody is at least 2 of release, detain, report\n"
            "clause A must not release\nclause B must not detain when ill"
        )
        assert found(text, "C04") == ["A B"]


class TestOpposedValues:
    FEE = "output fee : 0 .. 200 years\n"

    def test_two_values_in_one_case(self) -> None:
        text = "clause A sets fee to 5 when child\nclause B sets fee to 7 when ill"
        assert found(self.FEE + text, "C05") == ["A B"]

    def test_one_value_twice(self) -> None:
        text = "clause A sets fee to 5 when child\nclause B sets fee to 5 when ill"
        assert found(self.FEE + text, "C05") == []

    def test_computed_values_that_can_be_equal(self) -> None:
        text = "clause A sets fee to age + age\nclause B sets fee to 2 * age"
        assert found(self.FEE + text, "C05") == []
        (each,) = findings(self.FEE + text.replace("2 * age", "age"), "C05")
        assert each.witness is not None
        assert each.witness.case.facts["age"] != 0

    def test_a_value_that_is_not_established_is_none(self) -> None:
        text = "clause A sets fee to score when score is not established\nclause B sets fee to 5"
        assert found(self.FEE + text, "C05") == []
        assert found(self.FEE + text.replace("not ", ""), "C05") == ["A B"]

    def test_a_list_lets_the_first_one_set_it(self) -> None:
        text = "in order list\nclause A sets fee to 5 when child\nclause B sets fee to 7\nend order"
        assert found(self.FEE + text, "C05") == []

    def test_every_pair_is_told_once(self) -> None:
        text = "clause A sets fee to 1\nclause B sets fee to 2\nclause C sets fee to age"
        assert found(self.FEE + text, "C05") == ["A B", "A C", "B C"]


class TestPriorityCycle:
    def test_a_circle_that_closes(self) -> None:
        text = "clause A must release\n  overrides B\nclause B must report\n  overrides A"
        assert found(text, "C08") == ["A B"]

    def test_a_circle_that_never_closes(self) -> None:
        text = (
            "clause A must release when child\n  overrides B\n"
            "clause B must report when not child\n  overrides A"
        )
        assert found(text, "C08") == []

    def test_savings_make_no_circle(self) -> None:
        text = (
            "clause A must release\n  overrides B\n  subject to B as savings\nclause B may report"
        )
        assert found(text, "C08") == []

    def test_two_circles_through_the_same_clauses_are_two_findings(self) -> None:
        text = (
            "clause A must release\n  overrides B, C\n"
            "clause B must report\n  overrides A, C\n"
            "clause C must detain\n  overrides A, B\n"
        )
        each = findings(text, "C08")
        assert len(titles(text, "C08")) == 5
        assert len({one.fingerprint for one in each}) == 5
