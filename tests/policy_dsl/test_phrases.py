"""Sentences, cases and norms in plain English."""

from __future__ import annotations

from dataclasses import replace

from policy_dsl.case import Case
from policy_dsl.model import TRUE, Counted, Established, Expr, RankEffect, Resource
from policy_dsl.phrases import say, say_case, say_norm, sentence
from policy_dsl.types import Date, Value
from tests.policy_dsl.build import (
    COLOUR,
    HERE,
    both,
    compare,
    does,
    literal,
    negate,
    norm,
    reads,
    result,
    sets,
    value,
)
from tests.policy_dsl.spoken import AGE, ARRIVING, CITIZEN, FEAR, PAPERS, POLICY, year


def test_sentences_name_the_subject_only_where_it_is_needed() -> None:
    assert sentence(POLICY, both(ARRIVING, CITIZEN)) == (
        "The person is an arriving alien and is a citizen or a national"
    )
    assert sentence(POLICY, CITIZEN, False) == (
        "It is not so that the person is a citizen or a national"
    )
    removal = value("removal_ordered")
    assert sentence(POLICY, removal) == "Removal ordered: yes"
    assert sentence(POLICY, both(removal, ARRIVING)) == (
        "Removal ordered: yes, and is an arriving alien"
    )


def test_statements_that_are_sentences_already() -> None:
    whole: list[Expr] = [
        Established(fact="asked"),
        Established(fact="papers"),
        Counted(bound="exactly", count=1, operands=(ARRIVING, CITIZEN)),
        reads("only_scope", "wide"),
        norm("may", "release"),
        compare(AGE, "<", year(18)),
        compare(result("level", COLOUR), "=", literal("red", COLOUR)),
        TRUE,
    ]
    for expr in whole:
        for truth in (True, False):
            said = say(POLICY, expr, truth)
            assert sentence(POLICY, expr, truth) == said[0].upper() + said[1:]
    unknown = compare(PAPERS, "=", literal("red", COLOUR))
    assert sentence(POLICY, negate(unknown)) == (
        "It is not established that the person carries red papers"
    )
    assert sentence(POLICY, unknown) == "The person carries red papers"


def test_what_is_so_in_a_case() -> None:
    facts: dict[str, Value] = {
        "custody": "s236a",
        "arriving": False,
        "age": 1,
        "days": 1,
        "seen": frozenset(["blue", "green"]),
        "papers": None,
        "asked": None,
    }
    case = Case(facts, {"only_scope": "wide"})
    names = ["seen", "custody", "arriving", "nothing", "fear", "only_scope", "age", "days"]
    assert say_case(POLICY, case, names) == [
        "is known to have seen bright green and blue",
        "is held under section 236(a)",
        "is not an arriving alien",
        '"only scope" is read as wide',
        "age: 1 year",
        "has spent 1 day in detention",
    ]
    assert say_case(POLICY, case, ["papers", "asked"]) == [
        "papers: not established",
        "it is not established whether the person has a request pending",
    ]
    assert say_case(POLICY, Case({"seen": frozenset()}, {}), ["seen"]) == [
        "is known to have seen none"
    ]


def test_norms_of_clauses() -> None:
    must_not = does("must not", "release")
    assert say_norm(POLICY, must_not) == "must not release the person from detention"
    assert say_norm(POLICY, does("may", "hand_over")) == "may hand over"
    assert say_norm(POLICY, sets("level", "green", COLOUR)) == "sets the risk level to bright green"
    assert say_norm(POLICY, sets("other_thing", True)) == "sets other thing to yes"


def test_rankings_of_clauses() -> None:
    first = RankEffect(modality="should", resource="hard_beds", over=FEAR)
    assert say_norm(POLICY, first) == (
        "should prioritize the person for hard beds over one who has a credible fear finding"
    )
    denied = replace(first, over=negate(compare(PAPERS, "=", literal("red", COLOUR))))
    assert say_norm(POLICY, denied) == (
        "should prioritize the person for hard beds over one of whom this holds: it is not "
        "established that the person carries red papers"
    )
    beds = Resource(name="beds", phrase="places to sleep", place=HERE)
    policy = replace(POLICY, resources={"beds": beds})
    oldest = RankEffect(modality="must", resource="beds", term=AGE)
    assert say_norm(policy, oldest) == "must rank by age for places to sleep, highest first"
    latest = RankEffect(modality="must", resource="beds", term=value("on", Date()), highest=False)
    assert say_norm(POLICY, latest).endswith(", earliest first")
