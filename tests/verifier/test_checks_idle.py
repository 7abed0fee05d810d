"""R01, R02, R03 and R05, each on a few lines: what must be found, and near misses."""

from __future__ import annotations

import pytest

from tests.verifier.checking import findings, found, titles


class TestSubsumed:
    def test_what_another_clause_says_already(self) -> None:
        text = "clause A must release when child\nclause B must release when child and ill"
        assert found(text, "R01") == ["A B"]
        assert [each.sides[0].clause for each in findings(text, "R01")] == ["B"]

    @pytest.mark.parametrize(
        "text",
        [
            "clause A must release when child\nclause B must release when ill",
            "clause A should release when child\nclause B must release when child and ill",
            "clause A may release when child\nclause B must release when child and ill",
            "clause A must release when child\n"
            "clause B must release when child and ill\n  overrides C\nclause C must not release",
            "clause A must release when child\nclause B must release, report when child and ill",
        ],
        ids=["elsewhere", "weaker", "another word", "it defeats", "it says more"],
    )
    def test_what_says_something_new(self, text: str) -> None:
        assert "B" not in [each.sides[0].clause for each in findings(text, "R01")]

    def test_two_that_cover_it_between_them(self) -> None:
        text = (
            "clause A must release when child\nclause B must release when not child\n"
            "clause C must release when ill"
        )
        assert found(text, "R01") == ["A B C"]

    def test_the_same_value_is_the_same(self) -> None:
        text = "output fee : 0 .. 9\nclause A sets fee to 5\nclause B sets fee to 5 when child"
        assert found(text, "R01") == ["A B"]
        assert found(text.replace("to 5 when", "to 6 when"), "R01") == []

    def test_a_clause_whose_place_in_a_list_matters(self) -> None:
        text = (
            "clause A must release\nin order list\nclause B must release when child\n"
            "clause C must detain\nend order"
        )
        assert found(text, "R01") == []

    def test_one_that_is_never_in_force_is_another_fault(self) -> None:
        assert found("clause A must release\nclause B must release when no", "R01") == []


class TestIdleException:
    def test_what_the_requirements_exclude_already(self) -> None:
        assert found("clause A must release when child unless not child", "R02") == ["A"]
        assert found("clause A must release when age < 18 unless age > 65", "R02") == ["A"]
        assert found("clause A must release when age < 18 unless ill", "R02") == []

    def test_what_another_exception_covers(self) -> None:
        text = "clause A must release unless child unless child and ill"
        assert len(titles(text, "R02")) == 1

    def test_the_same_twice(self) -> None:
        one, two = findings("clause A must release unless child unless child", "R02")
        assert one.fingerprint != two.fingerprint

    def test_a_carve_out(self) -> None:
        text = (
            "clause A must release when ill\n  subject to B as carve-out\n"
            "clause B must report when {}"
        )
        assert found(text.format("not ill"), "R02") == ["A"]
        assert found(text.format("child"), "R02") == []

    def test_a_clause_that_never_applies_is_another_fault(self) -> None:
        assert found("clause A must release when no unless child", "R02") == []


class TestIdlePriority:
    @pytest.mark.parametrize(
        "text",
        [
            "clause A must release when child overrides B\n"
            "clause B must not release when not child",
            "clause A must release overrides B\nclause B must report",
            "clause A may release overrides B\nclause B need not release",
            "clause A must release overrides B\nclause B must not release\n"
            "clause C must not release overrides A\n  overrides B",
        ],
        ids=["apart", "no clash", "two liberties", "the winner is defeated"],
    )
    def test_it_never_decides(self, text: str) -> None:
        assert "A B" in found(text, "R03")

    @pytest.mark.parametrize(
        "text",
        [
            "clause A must release when child overrides B\nclause B must not release when ill",
            "clause A may release overrides B\nclause B must not release",
            "clause A must release\nclause B must not release subject to A as precedence",
            "clause A must release\nclause B must not release subject to A as savings\n"
            "clause C must not release overrides A",
            "decision custody is at most one of release, detain when child\n"
            "clause A must release overrides B\nclause B must detain",
        ],
        ids=["clash", "permission", "precedence", "savings", "decision"],
    )
    def test_it_decides_something(self, text: str) -> None:
        assert "A B" not in found(text, "R03")

    def test_a_circle_that_closes_is_another_fault(self) -> None:
        text = "clause A must release{} overrides B\nclause B must not release overrides A"
        assert found(text.format(""), "R03") == []
        assert found(text.format(" when no"), "R03") == ["A B", "A B"]

    def test_savings_are_no_part_of_a_circle(self) -> None:
        text = (
            "clause A must release\n  overrides B\n  subject to B as savings\nclause B must report"
        )
        assert found(text, "R03") == ["A B", "A B"]


class TestIdleCondition:
    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("when child and (child or ill)", 1),
            ("when child when age > 3 or age <= 3", 1),
            ("when child or (child and ill)", 1),
            ("unless ill or (ill and child)", 1),
            ("unless not (child and yes)", 1),
            ("when age > 3 and age > 5", 1),
            ("when age >= 0", 1),
            ("when child and ill", 0),
            ("when child or ill", 0),
            ("when exactly one of child, ill", 0),
            ("when child unless ill", 0),
            ("when grade is low or grade is high", 0),
        ],
    )
    def test_how_many_conditions_decide_nothing(self, text: str, count: int) -> None:
        assert found(f"clause A must release {text}", "R05") == ["A"] * count

    def test_what_an_assumption_implies(self) -> None:
        text = "assume child implies age < 18\nclause A must release when child and age < 18"
        assert len(titles(text, "R05")) == 1
        assert found(text.replace("implies age < 18", "implies age < 19"), "R05") == []

    def test_an_alternative_that_never_holds_is_another_fault(self) -> None:
        assert found("clause A must release when ill when child or not ill", "R05") == []
        assert found("clause A must release when child or ill unless ill", "R05") == ["A"]

    def test_what_stands_inside_an_idle_condition_is_not_told_again(self) -> None:
        assert len(found("clause A must release when child or (child and ill and yes)", "R05")) == 1

    def test_a_clause_that_never_applies_is_another_fault(self) -> None:
        assert found("clause A must release when no and child", "R05") == []
