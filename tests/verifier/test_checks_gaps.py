"""G01, G02 and P01, each on a few lines: what must be found, and near misses that must not."""

from __future__ import annotations

from tests.verifier.checking import findings, found
from verifier.findings import Finding
from verifier.shared import Limits


def regions(text: str, code: str) -> list[list[str]]:
    """The conditions of every region, as in the language."""
    return sorted(sorted(_said(each)) for each in findings(text, code))


def _said(finding: Finding) -> list[str]:
    assert finding.witness is not None
    return [f"{'' if truth else 'not '}{code}" for code, truth in finding.witness.conditions]


class TestSilent:
    def test_what_is_left_between_two_clauses(self) -> None:
        text = (
            "settle release\nclause A must release when age < 18\n"
            "clause B must not release when age > 65"
        )
        assert regions(text, "G01") == [["not age < 18 years", "not age > 65 years"]]

    def test_nothing_is_left(self) -> None:
        text = "clause A must release when child\nclause B need not release when not child"
        assert found("settle release\n" + text, "G01") == []
        assert found("settle release\n" + text.replace("need not", "must not"), "G01") == []

    def test_a_word_on_one_of_the_actions_is_enough(self) -> None:
        assert found("settle release, detain\nclause A may detain", "G01") == []
        assert found("settle release\nclause A may detain", "G01") == [""]

    def test_only_where_an_answer_is_expected(self) -> None:
        text = "clause A may release when child"
        assert found("settle release when child\n" + text, "G01") == []
        assert found("settle release when ill\n" + text, "G01") == [""]
        assert regions("settle release when ill\n" + text, "G01") == [["ill", "not child"]]

    def test_a_decision_that_asks_for_something(self) -> None:
        text = "decision custody is exactly one of release, detain when ill\n"
        assert regions(text, "G01") == [["ill"]]
        assert found(text.replace("exactly", "at most"), "G01") == []

    def test_a_defeated_clause_says_nothing_but_its_winner_does(self) -> None:
        text = "settle release\nclause A may release\nclause B must not release overrides A"
        assert found(text, "G01") == []

    def test_a_clause_after_the_first_of_a_list_says_nothing(self) -> None:
        text = (
            "settle release\nin order list\nclause A may report when child\n"
            "clause B may release\nend order"
        )
        assert regions(text, "G01") == [["A"]]

    def test_regions_that_only_one_reading_leaves(self) -> None:
        text = "settle release when child\nclause A may release\n  under scope is wide"
        assert found(text, "G01") == [", only if scope is read as 'narrow'"]

    def test_a_region_is_told_with_the_readings_under_which_all_of_it_is_silent(self) -> None:
        text = (
            "settle release\nclause A may release when child\n  under scope is wide\n"
            "clause B may release when ill"
        )
        told = {tuple(r): each for r, each in zip(_each(text), findings(text, "G01"), strict=True)}
        assert set(told) == {("not ill",), ("not child", "not ill")}
        assert told["not child", "not ill"].readings.always
        assert not told[("not ill",)].readings.always

    def test_more_regions_than_the_limit_are_said(self) -> None:
        text = (
            "settle release when child or ill or age > 60\nclause A may release when grade is high"
        )
        codes = [each.code for each in findings(text, "G01", Limits(regions=1))]
        assert codes.count("X01") == 1
        assert "X01" not in [each.code for each in findings(text, "G01")]


def _each(text: str) -> list[list[str]]:
    return [sorted(_said(each)) for each in findings(text, "G01")]


class TestUndecidedOutput:
    FEE = "output fee : 0 .. 9"

    def test_a_case_that_no_clause_covers(self) -> None:
        assert regions(f"{self.FEE}\nclause A sets fee to 1 when child", "G02") == [["not child"]]

    def test_every_case_is_covered(self) -> None:
        text = "clause A sets fee to 1 when child\nclause B sets fee to 2 when not child"
        assert found(f"{self.FEE}\n{text}", "G02") == []

    def test_only_in_its_scope(self) -> None:
        assert found(f"{self.FEE} when child\nclause A sets fee to 1 when child", "G02") == []
        assert regions(f"{self.FEE} when ill\nclause A sets fee to 1 when child", "G02") == [
            ["ill", "not child"]
        ]

    def test_a_value_that_is_not_established_is_none(self) -> None:
        text = f"{self.FEE}\nclause A sets fee to score"
        assert regions(text, "G02") == [["not score is established"]]
        assert found(f"{text}\nassume score is established", "G02") == []

    def test_a_last_clause_of_a_list_catches_the_rest(self) -> None:
        text = (
            f"{self.FEE}\nin order list\nclause A sets fee to 1 when child\n"
            "clause B sets fee to 2\nend order"
        )
        assert found(text, "G02") == []


class TestPermittedNeverObliged:
    TWO = "clause A may release when child\nclause B may release when ill\n"

    def test_permitted_twice_and_never_obliged(self) -> None:
        assert found(self.TWO, "P01") == ["A B"]

    def test_once_is_not_several(self) -> None:
        assert found("clause A may release when child\nclause B may detain", "P01") == []

    def test_obliged_somewhere(self) -> None:
        assert found(self.TWO + "clause C should release when age > 99", "P01") == []
        assert found(self.TWO + "clause C must release when age > 999", "P01") == ["A B"]

    def test_only_under_the_readings_under_which_both_permit(self) -> None:
        text = self.TWO.replace("when ill", "when ill\n  under scope is wide")
        assert found(text, "P01") == ["A B, only if scope is read as 'wide'"]

    def test_only_under_the_readings_under_which_nothing_obliges(self) -> None:
        text = self.TWO + "clause C must release\n  under scope is wide"
        assert found(text, "P01") == ["A B, only if scope is read as 'narrow'"]
