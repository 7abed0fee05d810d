"""What the rules of a whole policy settle: which clause prevails, and which pairs they leave."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.graph import components
from policy_dsl.model import (
    Compare,
    CompareSign,
    ConflictRule,
    Expr,
    FactValue,
    Literal_,
    RuleKind,
)
from policy_dsl.narrower import covers
from policy_dsl.rules import Rules, with_rules
from policy_dsl.types import Integer
from tests.policy_dsl.resolving import problems, resolved
from tests.strategies.documents import file_sets, read
from tests.strategies.policies import DENSE
from tests.verifier.world import World

MEMO = """policy memo "The memo"
  authority agency
  issued 2020-01-01
use "law.policy"
authorities statute > agency
resolve by {rules}
clause M.1 must admit when badge
clause M.2 must admit when badge and adult
"""
LAW = """policy law "The law"
  authority statute
  effective 2010-01-01
use "words.policy"
define grown is adult and badge
clause L.1 must not admit
clause L.2 must not admit when grown unless inspector
clause L.3 must not admit when age > 60 years
"""


def settled(rules: str, memo: str = "", law: str = "") -> set[str]:
    """Who prevails over whom, and by which rule."""
    policy = resolved(MEMO.format(rules=rules) + memo, law=LAW + law)
    return {
        f"{each.winner} > {each.loser} {each.kind}"
        for each in policy.priorities
        if each.rule is not None and "Z.1" not in (each.winner, each.loser)
    }


def test_the_clause_of_the_higher_authority_prevails() -> None:
    pairs = {f"{one} > {two} authority" for one in ("L.1", "L.2", "L.3") for two in ("M.1", "M.2")}
    assert settled("authority") == pairs


def test_the_clause_of_the_later_document_prevails() -> None:
    pairs = {f"{one} > {two} date" for one in ("M.1", "M.2") for two in ("L.1", "L.2", "L.3")}
    assert settled("date") == pairs


def test_the_clause_that_asks_for_all_of_the_other_and_more_prevails() -> None:
    assert settled("specificity") == {
        "M.1 > L.1 specificity",
        "M.2 > L.1 specificity",
        "L.2 > M.1 specificity",  # 'grown' asks for a badge, and more
        "L.2 > M.2 specificity",  # and for no inspector
    }


def test_the_first_rule_that_tells_them_apart_counts() -> None:
    found = settled("specificity, then authority")
    assert {"M.1 > L.1 specificity", "L.3 > M.1 authority", "L.3 > M.2 authority"} <= found
    assert len(found) == 6


def test_what_is_declared_of_clauses_counts_first() -> None:
    memo = (
        "clause M.3 must admit overrides L.1\nclause M.4 must not admit when badge overrides M.3\n"
    )
    found = settled("authority", memo)
    assert not {each for each in found if "M.3" in each and "L.1" in each}
    assert "L.2 > M.3 authority" in found
    # From M.4 declared priorities lead to L.1, through M.3; these two cannot clash anyway.
    both = settled("authority", memo + "clause M.5 must admit overrides M.4\n")
    assert not {each for each in both if "M.5" in each and "L.1" in each}


def test_an_ordered_list_is_not_touched() -> None:
    law = (
        "in order list\nclause L.8 must not refuse\nclause L.9 must refuse when badge\nend order\n"
    )
    assert not {each for each in settled("specificity", law=law) if "L.8" in each}


@pytest.mark.parametrize(
    ("one", "two", "first"),
    [
        ("when badge and adult", "when badge", "A"),
        ("when badge", "when badge and adult", "B"),
        ("when badge", "when badge", None),
        ("when badge", "when adult", None),
        ("", "when badge", "B"),
        ("when all of badge, adult, inspector", "when adult and badge", "A"),
        ("when badge\n provided adult", "when badge", "A"),
        ("when badge\n unless adult", "when badge", "A"),
        ("when badge\n unless adult", "when badge and not adult", None),
        ("when badge\n unless any of adult, inspector", "when badge\n unless inspector", "A"),
        ("when badge and yes", "when badge", None),
        ("when badge and not (adult or inspector)", "when not inspector and badge", "A"),
        ("when not (not badge) and adult", "when badge", "A"),
        ("when grown_up", "when badge and adult", None),
        ("when not young", "when adult", "A"),
        ("when divided", "when badge", None),
        ("when badge\n under guests is everybody", "when badge", "A"),
        ("when at_least_aged(18 years)", "when age >= 18 years", None),
        ("when age > 60 years", "when age > 30 years", "A"),
        ("when age > 60 years and badge", "when age > 30 years", "A"),
        ("when age > 60 years", "when age > 30 years and badge", None),
        ("when age > 60 years", "when age < 30 years", None),
        ("when age = 60 years", "when age >= 60 years", "A"),
        ("when age >= 60 years", "when age > 60 years", "B"),
        ("when age <= 60 years", "when age < 61 years", "A"),
        ("when reason is audit", "when reason is not tour", None),
        ("when age > 60 years", "when companions > 3", None),
        ("when last_visit < 3 days", "when last_visit <= 3 days", "A"),
        ("when age > 60 years", "when age != 20 years", "A"),
        ("when badge or adult", "when badge", None),
    ],
)
def test_more_special_by_the_words(one: str, two: str, first: str | None) -> None:
    policy = resolved(
        f"clause A must admit {one}\nclause B must not admit {two}\n"
        "define grown_up is badge and adult\ndefine young is not adult or badge\n"
        "define divided is badge and adult under guests is everybody\n"
        "define divided is badge under guests is on_tour\n"
    )
    assert Rules(policy).prevails("specificity", "A", "B") == first
    assert Rules(policy).prevails("specificity", "B", "A") == first


def test_effects_that_cannot_clash_are_left_alone() -> None:
    policy = resolved("""resolve by specificity
output n : 0 .. 9
clause A may admit
clause B may admit when badge
clause C need not refuse when badge
clause D sets n to 1
clause E sets n to 1 when badge
clause F sets n to 2 when badge and adult
policy main
use "words.policy"
""")
    found = {(each.winner, each.loser) for each in policy.priorities}
    # C wants one of the two actions of 'door' undone, and only both done are ruled out.
    assert found == {("F", "D"), ("F", "E")}


def test_a_document_without_authority_or_date_is_not_ranked() -> None:
    policy = resolved(
        'resolve by authority, then date\nclause K must not admit\npolicy main\nuse "words.policy"'
    )
    assert policy.priorities == ()
    assert [each.kind for each in policy.rules] == ["authority", "date"]


def test_only_the_main_file_says_how_clashes_are_resolved() -> None:
    (found,) = problems('policy memo\nuse "law.policy"', law=LAW + "resolve by date\n")
    assert (found.code, found.place.line) == ("L08", 9)


KINDS: tuple[RuleKind, ...] = ("authority", "specificity", "date")


@given(data=st.data())
def test_one_rule_has_no_circles_and_goes_against_nothing_declared(data: st.DataObject) -> None:
    policy = read(data.draw(file_sets(DENSE)))
    place = next(iter(policy.clauses.values())).place
    for kind in KINDS:
        ruled = with_rules(policy, [ConflictRule(kind=kind, place=place)])
        edges: dict[str, list[str]] = {}
        declared: dict[str, list[str]] = {}
        for each in ruled.priorities:
            (declared if each.rule is None else edges).setdefault(each.winner, []).append(
                each.loser
            )
        assert all(len(each) == 1 for each in components(policy.clauses, edges))
        for winner, losers in edges.items():
            for loser in losers:
                assert winner not in declared.get(loser, ())


@given(data=st.data())
def test_the_more_special_clause_applies_only_where_the_other_does(data: st.DataObject) -> None:
    policy = read(data.draw(file_sets(DENSE)))
    rules, world = Rules(policy), World(policy)
    for one in policy.clauses:
        for two in policy.clauses:
            if one < two and (special := rules.prevails("specificity", one, two)) is not None:
                general = two if special == one else one
                assert all(p.applies(general) for p in world.points if p.applies(special))


SIGNS: tuple[CompareSign, ...] = ("=", "!=", "<", "<=", ">", ">=")


def test_bounds_lie_within_others_as_all_numbers_say() -> None:
    def holds(sign: CompareSign, number: float, value: int) -> bool:
        signs = {"=": number == value, "!=": number != value, "<": number < value}
        signs |= {"<=": number <= value, ">": number > value, ">=": number >= value}
        return signs[sign]

    near = [half / 2 for half in range(-8, 9)]  # numbers between the values too
    for first, second in product(SIGNS, SIGNS):
        for value, bound in product(range(-2, 3), range(-2, 3)):
            really = all(holds(second, n, bound) for n in near if holds(first, n, value))
            told = covers(frozenset({part(first, value)}), frozenset({part(second, bound)}))
            assert told == really, (first, value, second, bound)


def part(sign: CompareSign, value: int) -> tuple[Expr, bool]:
    type_ = Integer()
    fact = FactValue(fact="n", type=type_)
    return Compare(sign=sign, left=fact, right=Literal_(value=value, type=type_)), True
