"""Names of two documents: each means its own, and says which other it means."""

from __future__ import annotations

import pytest

from policy_dsl.model import ClauseApplies, ReadingIs
from tests.policy_dsl.resolving import problems, resolved, told
from tests.policy_dsl.two_documents import LAW, RULES, memo


def test_each_document_has_its_own() -> None:
    policy = resolved(
        memo(
            'clause A.1 must refuse when inspector\nnote N comment\nambiguity who "?"\n'
            "  reading x1\n  reading y1\nin order L\nclause C must admit unless A.1\nend order\n"
            "clause D must admit when law.A.1 under who is x1 and law.who is some_of_them\n"
            "  overrides B, A.1\n  despite law.A.1\n"
            "expect law.A.1 is reachable\nexpect A.1 is reachable"
        ),
        law=LAW,
    )
    assert list(policy.clauses) == ["memo.A.1", "C", "D", "law.A.1", "B", "Z.1"]
    assert [policy.clauses[each].document for each in ("memo.A.1", "law.A.1")] == ["memo", "law"]
    assert list(policy.notes) == ["memo.N", "law.N"]
    assert {"memo.who", "law.who"} <= set(policy.ambiguities)
    assert list(policy.groups) == ["memo.L", "law.L"]
    assert policy.groups["memo.L"].clauses == ("C",)
    assert policy.clauses["C"].group == "memo.L"
    assert policy.clauses["C"].exceptions[0].condition == ClauseApplies(clause="memo.A.1")
    assert policy.clauses["D"].requirements[0].condition == ClauseApplies(clause="law.A.1")
    under = policy.clauses["D"].under
    assert under is not None
    assert set(under.children()) == {
        ReadingIs(ambiguity="memo.who", reading="x1"),
        ReadingIs(ambiguity="law.who", reading="some_of_them"),
    }
    assert [each.loser for each in policy.priorities] == ["B", "memo.A.1", "law.A.1"]
    assert [each.condition for each in policy.expectations] == [
        ClauseApplies(clause="law.A.1"),
        ClauseApplies(clause="memo.A.1"),
    ]


@pytest.mark.parametrize("written", ["B", "law.B"])
def test_a_name_of_one_document_needs_no_other_word(written: str) -> None:
    policy = resolved(memo(f"clause C must admit when {written}"), law=LAW)
    assert policy.clauses["C"].requirements[0].condition == ClauseApplies(clause="B")


def test_a_document_may_name_its_own_in_full() -> None:
    policy = resolved(memo("clause A.1 must admit\nclause C must admit when memo.A.1"), law=LAW)
    assert policy.clauses["C"].requirements[0].condition == ClauseApplies(clause="memo.A.1")


def test_a_name_of_two_other_documents_has_to_say_whose() -> None:
    assert told(
        'policy memo\nuse "rules.policy"\nclause C must admit when A.1\n'
        "clause D must admit\n overrides N",
        law=LAW,
        rules=RULES,
    ) == (
        "3:26 L03 Several documents have a 'A.1': rules and law.\n"
        "    Say which: rules.A.1 or law.A.1\n"
        "5:12 L03 Several documents have a 'N': rules and law.\n"
        "    Say which: rules.N or law.N"
    )


def test_what_is_common_to_all_documents_is_declared_once() -> None:
    found = problems(memo("clause adult must admit"), law=LAW + "note adult comment\n")
    assert {each.code for each in found} == {"L04"}


def test_one_document_does_not_use_a_name_twice() -> None:
    (found,) = problems(memo("clause N must admit\nnote N comment"), law=LAW)
    assert (found.code, found.message) == ("L04", "'memo.N' is declared twice.")


def test_a_name_that_looks_like_one_of_another_document_is_refused() -> None:
    assert told(memo("clause law.A.1 must admit"), law=LAW) == (
        "3:8 L04 'law.A.1' can be read in two ways: as this name, and as 'A.1' of the document "
        "'law'.\n"
        "    law.policy:3:8 the other one\n"
        "    Give one of them another name."
    )


def test_the_same_words_stand_in_two_documents_and_nowhere_else() -> None:
    policy = resolved(memo("clause Z.2 must admit"), law=LAW)
    assert list(policy.clauses) == ["Z.2", "A.1", "B", "Z.1"]
