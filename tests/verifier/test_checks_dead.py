"""V01, U01, U02 and U07, each on a few lines: what must be found, and near misses."""

from __future__ import annotations

import pytest

from policy_dsl.load import load_text
from tests.verifier.checking import VOCABULARY, findings, found
from verifier.pipeline import check_policy


class TestNoCases:
    def test_assumptions_that_exclude_each_other(self) -> None:
        text = "assume child\nassume age < 18\nassume child implies age > 20\nclause A must release"
        (each,) = findings(text, "V01")
        assert [place.place.span.start for place in each.related] == sorted(
            len(VOCABULARY) + text.index(said)
            for said in ("assume child\n", "assume age", "assume child implies")
        )

    def test_only_a_smallest_set_is_named(self) -> None:
        (each,) = findings("assume ill\nassume child\nassume not child\nassume age > 3", "V01")
        assert len(each.related) == 2

    def test_nothing_else_is_checked_then(self) -> None:
        report = check_policy(
            load_text(VOCABULARY + "assume no\nsettle release\nclause A may detain")
        )
        assert [each.code for each in report.findings] == ["V01"]
        assert [each.code for each in report.proved] == ["V01"]

    @pytest.mark.parametrize(
        "text",
        [
            "assume child\nassume ill",
            "assume no under scope is wide",
            "assume score is not established",
        ],
    )
    def test_some_case_is_left(self, text: str) -> None:
        assert found(text, "V01") == []


class TestImpossibleCondition:
    @pytest.mark.parametrize(
        "condition",
        [
            "child and not child",
            "age > 120",
            "age < 18 and age >= 18",
            "grade is low and grade is high",
            "tags is empty and tags includes red",
            "number of tags > 2",
            "score > 3 and score is not established",
            "score != score",
            "none of child, ill, not ill",
        ],
    )
    def test_it_cannot_hold(self, condition: str) -> None:
        assert found(f"clause A must release when {condition}", "U01") == ["A"]

    @pytest.mark.parametrize(
        "condition",
        [
            "age = 120",
            "number of tags = 2",
            "tags includes all of (red, green)",
            "not score > 3",
            "not score = score",
            "exactly 2 of child, ill, not ill",
        ],
    )
    def test_it_can_hold(self, condition: str) -> None:
        assert found(f"clause A must release when {condition}", "U01") == []

    def test_what_excludes_it_is_named(self) -> None:
        text = (
            "assume child implies ill\nassume grade is not low\n"
            "clause A must release when child when age > 3 unless ill"
        )
        (each,) = findings(text, "U01")
        assert each.explanation == (
            "These exclude each other: assumed: The person is no child or is ill; "
            "A needs: The person is a child; A excepts: The person is well.",
        )
        assert [place.label for place in each.related] == ["assumption"]

    def test_only_under_the_readings_that_exclude_it(self) -> None:
        text = "assume not child under scope is wide\nclause A must release when child"
        assert found(text, "U01") == ["A, only if scope is read as 'wide'"]

    def test_readings_under_which_it_is_not_meant_do_not_count(self) -> None:
        text = "clause A must release when child\n  under scope is wide"
        assert found(text, "U01") == []
        both = "assume not child under scope is wide\n" + text
        assert found(both, "U01") == ["A, only if scope is read as 'wide'"]

    def test_a_clause_that_rests_on_an_impossible_one(self) -> None:
        text = (
            "clause A must release when no\nclause B may report when A\n"
            "clause C may report unless A"
        )
        assert found(text, "U01") == ["A", "B"]


class TestAlwaysDefeated:
    def test_a_winner_that_always_applies(self) -> None:
        text = "clause A must release overrides B\nclause B must not release when child"
        assert found(text, "U02") == ["A B"]
        assert found(text.replace("release overrides", "release when ill overrides"), "U02") == []

    def test_a_winner_that_does_not_clash(self) -> None:
        text = "clause A must release overrides B\nclause B must report when child"
        assert found(text, "U02") == []

    def test_two_winners_between_them(self) -> None:
        text = (
            "clause A must release when ill overrides C\n"
            "clause B must release when not ill overrides C\n"
            "clause C must not release"
        )
        assert found(text, "U02") == ["A B C"]

    def test_a_winner_that_is_itself_always_defeated(self) -> None:
        text = (
            "clause A must not release overrides B\nclause B must release overrides C\n"
            "clause C must not release"
        )
        assert found(text, "U02") == ["A B"]

    def test_a_rule_that_earlier_rules_mask(self) -> None:
        text = (
            "in order list\nclause A must release when child\nclause B must detain when not child\n"
            "clause C must report\nend order"
        )
        assert found(text, "U02") == ["A B C"]
        assert found(text.replace("when not child", "when ill"), "U02") == []

    def test_a_clause_that_never_applies_is_no_loser(self) -> None:
        text = "clause A must release overrides B\nclause B must not release when no"
        assert found(text, "U02") == []

    def test_under_the_readings_that_let_the_winner_apply(self) -> None:
        text = "clause A must release overrides B\n  under scope is wide\nclause B must not release"
        assert found(text, "U02") == ["A B, only if scope is read as 'wide'"]

    def test_a_circle_defeats_nobody(self) -> None:
        text = "clause A must release overrides B\nclause B must not release overrides A"
        assert found(text, "U02") == []


class TestDeadAlternative:
    def test_an_alternative_that_what_stands_beside_it_excludes(self) -> None:
        text = "clause A must release when age < 18 and (child or age > 65)"
        assert found(text, "U07") == ["A"]
        assert found(text.replace("age < 18", "age > 18"), "U07") == []

    def test_other_requirements_count_exceptions_do_not(self) -> None:
        assert found("clause A must release when child or ill when not child", "U07") == ["A"]
        assert found("clause A must release when child or ill unless child", "U07") == []

    def test_alternatives_of_an_exception_beside_what_is_required(self) -> None:
        assert found("clause A must release when ill unless child or not ill", "U07") == ["A"]

    def test_lists_of_clauses(self) -> None:
        text = (
            "clause B may report when no\nclause C may report\n"
            "clause A must release when any of B, C"
        )
        assert found(text, "U07") == ["A"]

    def test_definitions_too(self) -> None:
        text = "define odd is child or age > 120\nclause A must release when odd"
        assert found(text, "U07") == [""]

    def test_a_definition_counts_where_its_reading_does(self) -> None:
        text = (
            "define seen is ill under scope is wide\n"
            "define seen is no under scope is narrow\n"
            "define odd is child or seen under scope is narrow\n"
            "define odd is child or seen under scope is wide\n"
        )
        assert found(text, "U07") == [""]

    def test_what_can_never_apply_is_another_fault(self) -> None:
        assert found("clause A must release when no and (child or ill)", "U07") == []
