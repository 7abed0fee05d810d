"""What is in fact done, and duties that are broken by it, in one case."""

from __future__ import annotations

import pytest

from policy_dsl import phrases
from policy_dsl.case import Case, defaults
from policy_dsl.deeds import deed, with_deeds
from policy_dsl.evaluate import Evaluator, Outcome
from policy_dsl.load import load_text
from policy_dsl.model import YES_NO, ClauseBroken, FactValue, Negation, Policy

HEADER = """\
policy p
subject guest
fact late : yes/no "is late" otherwise "is in time"
action come "come to dinner" by guest
action phone "be on the phone" by guest
action serve "serve the soup" by cook
action write "write, or have it written"
"""


def policy(text: str) -> Policy:
    return load_text(HEADER + text)


def outcome(text: str, *done: str, late: bool = False) -> Outcome:
    """What is said of the case in which these actions are done, and no others."""
    found = policy(text)
    case = defaults(found)
    facts = {name: name in map(deed, done) for name in case.facts}
    return Evaluator(found).outcome(Case({**facts, "late": late}, case.readings))


def test_only_what_is_asked_about_is_part_of_the_case() -> None:
    assert list(policy("clause A must come when phone is done").facts) == ["late", "phone is done"]
    assert list(policy("clause A must come").facts) == ["late"]


def test_who_asks_whether_a_clause_is_broken_asks_what_is_done() -> None:
    text = "clause A must come, phone\nclause B may serve when A is broken"
    found = policy(text)
    assert list(found.facts) == ["late", "come is done", "phone is done"]
    fact = found.facts["come is done"]
    assert (fact.kind, fact.by, fact.action) == ("choice", "guest", "come")
    assert with_deeds(found) == found


@pytest.mark.parametrize(
    ("done", "broken"),
    [((), ("A", "B")), (("come",), ("B",)), (("phone",), ("A",)), (("come", "phone"), ())],
)
def test_a_duty_is_broken_by_what_is_done(done: tuple[str, ...], broken: tuple[str, ...]) -> None:
    text = (
        "clause A must come\nclause B should phone\n"
        "clause C may serve when A is broken or B is broken"
    )
    assert outcome(text, *done).broken == broken
    assert outcome(text, *done).clauses["C"].applicable == bool(broken)


def test_a_ban_is_broken_by_doing_it() -> None:
    text = "clause A must not come\nclause B must phone when A is broken"
    assert outcome(text, "come").broken == ("A",)
    assert outcome(text).broken == ()


def test_a_defeated_clause_is_not_broken() -> None:
    text = (
        "clause A must come\nclause N need not come when late overrides A\n"
        "clause B must phone when A is broken"
    )
    assert outcome(text, "phone").in_force == ("A", "B")
    assert outcome(text, late=True).in_force == ("N",)


def test_a_clause_that_an_earlier_one_keeps_out_is_not_broken() -> None:
    text = (
        "in order rules\nclause N need not come when late\nclause A must come\nend order\n"
        "clause B must phone when A is broken"
    )
    assert outcome(text).broken == ("A",)
    assert outcome(text, late=True).broken == ()


DINNER = "decision evening is at most one of come, phone\nclause A must come\n"


def test_what_is_owed_for_a_breach_is_no_clash() -> None:
    found = outcome(DINNER + "clause B must phone when A is broken")
    assert found.in_force == ("A", "B")
    assert found.compliable == {"must": True, "should": True}


def test_what_is_owed_anyway_is_one() -> None:
    text = DINNER + "clause B must phone\nclause C must serve when A is broken"
    for done in ((), ("come",), ("come", "serve")):
        assert outcome(text, *done).compliable["must"] is False


def test_opposed_demands_are_one_whatever_is_done() -> None:
    text = "clause A must not come\nclause B must come when come is done"
    assert outcome(text, "come").compliable["must"] is False


def test_two_duties_of_the_second_best_can_clash_with_each_other() -> None:
    text = (
        "decision d is at most one of phone, write\nclause A must come\n"
        "clause B must phone when come is not done\nclause C must write when come is not done"
    )
    assert outcome(text).compliable["must"] is False
    assert outcome(text, "come").compliable["must"] is True


def test_the_conflict_that_counts_is_told() -> None:
    text = DINNER + "clause B must phone when A is broken\nclause C must phone"
    found = policy(text)
    (first, *_) = Evaluator(found).conflict(defaults(found), "must")
    assert first is not None
    conflict = Evaluator(found).conflict(defaults(found), "must")
    assert {getattr(each.origin, "clause", None) for each in conflict} == {"A", "C", None}


@pytest.mark.parametrize(
    ("action", "does", "does_not"),
    [
        ("come", "the guest comes to dinner", "the guest does not come to dinner"),
        ("phone", "the guest is on the phone", "the guest is not on the phone"),
        ("serve", "the cook serves the soup", "the cook does not serve the soup"),
        ("write", "the guest does write, or have it written", "the guest does not write, or"),
    ],
)
def test_in_words(action: str, does: str, does_not: str) -> None:
    found = policy(
        "clause A may come when come is done or phone is done or serve is done or write is done"
    )
    done = FactValue(fact=deed(action), type=YES_NO)
    assert phrases.after_that(found, done) == does
    assert phrases.after_that(found, done, truth=False).startswith(does_not)


def test_as_it_is_written() -> None:
    done, broken = FactValue(fact=deed("come"), type=YES_NO), ClauseBroken(clause="A.1")
    assert phrases.code(done) == "come is done"
    assert phrases.code(Negation(operand=done)) == "come is not done"
    assert phrases.code(broken) == "A.1 is broken"
    assert phrases.code(Negation(operand=broken)) == "A.1 is not broken"
