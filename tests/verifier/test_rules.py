"""Rules for clashes, over policies of several documents: the checker says what brute force says,
and the encoding what the evaluator says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_dsl.case import Case
from policy_dsl.load import load_text, load_with
from policy_dsl.source import Source
from tests.strategies.cases import all_facts, all_readings
from tests.strategies.documents import file_sets, read
from tests.strategies.policies import DENSE, FINITE
from tests.strategies.vocabulary import Sizes
from tests.verifier.compare import Comparison
from tests.verifier.test_brute_force import NO_LIMIT
from tests.verifier.test_encoding import Compared
from tests.verifier.world import World
from verifier.pipeline import check_policy
from verifier.render import terminal
from verifier.render.html.document import render as html


@pytest.mark.parametrize("sizes", [FINITE, DENSE], ids=["finite", "dense"])
@given(data=st.data())
def test_the_checker_says_what_brute_force_says_of_documents(
    sizes: Sizes, data: st.DataObject
) -> None:
    policy = read(data.draw(file_sets(sizes)))
    report = check_policy(policy, limits=NO_LIMIT)
    assert Comparison(World(policy), report).differences() == []


@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_the_encoding_says_what_the_evaluator_says_of_documents(data: st.DataObject) -> None:
    policy = read(data.draw(file_sets(DENSE)))
    compared = Compared.of(policy)
    for facts in list(all_facts(policy))[:4]:
        for readings in list(all_readings(policy))[:3]:
            assert compared.disagreements(Case(facts, readings)) == []


BIRDS = """policy birds "Birds"
{rule}
fact bird : yes/no "is a bird" otherwise "is no bird"
fact flightless : yes/no "cannot fly" otherwise "can fly"
fact old : yes/no "is old" otherwise "is young"
define penguin is bird and flightless "is a penguin" otherwise "is no penguin"
action fly "fly"
clause A
  must fly
  when bird
clause B
  must not fly
  when penguin
clause C
  must not fly
  when old
"""


def codes(rule: str) -> list[str]:
    report = check_policy(load_text(BIRDS.format(rule=rule)))
    return [each.code for each in report.findings if each.code in ("C01", "G08", "R03", "X01")]


def test_clashes_without_a_rule_are_told_once() -> None:
    assert codes("") == ["C01", "C01", "G08"]
    report = check_policy(load_text(BIRDS.format(rule="")), codes={"G08"})
    (found,) = report.findings
    assert found.explanation[0] == "The clauses that clash: A with B and C"
    assert [each.split("would ")[1] for each in found.settles[:3]] == [
        "settle none of them, as all clauses stand in one document",
        "settle none of them, as all clauses stand in one document",
        "settle 1 of them (A with B) and leave 1",
    ]
    assert found.witness is not None


def test_one_clash_alone_says_it_itself() -> None:
    text = BIRDS.format(rule="").split("clause C")[0]
    assert [each.code for each in check_policy(load_text(text)).findings] == ["C01"]


def test_a_declared_rule_settles_and_an_idle_one_is_told() -> None:
    assert codes("resolve by specificity") == ["C01"]
    assert codes("resolve by date, then specificity") == ["C01", "R03"]


def test_what_is_said_of_declared_rules_is_so() -> None:
    text = BIRDS.format(rule="resolve by specificity") + (
        "fact caged : yes/no\nassume caged implies bird\naction sit\n"
        "clause D must sit when bird\nclause E must not sit when caged\n"
    )
    report = check_policy(load_text(text), codes={"C01"})
    said = {each.sides[0].clause: " ".join(each.explanation) for each in report.findings}
    assert "is nowhere declared" not in said["D"]
    assert (
        "That the more special rule prevails over the more general is declared, but it goes by the "
        "words of the clauses, and these do not show it of E." in said["D"]
    )
    settles = {each.sides[0].clause: " ".join(each.settles) for each in report.findings}
    assert "lex specialis" not in settles["A"]
    assert "The general rules lex superior and lex posterior would not settle it." in settles["A"]


CIRCLE = {
    "a.policy": """policy a issued 2001-01-01
use "b.policy"
use "c.policy"
use "d.policy"
resolve by specificity, then date
fact p : yes/no
fact q : yes/no
fact r : yes/no
fact s : yes/no
action go
clause A must go when p and q
""",
    "b.policy": "policy b issued 2004-01-01\nclause B must not go when p\n",
    "c.policy": "policy c issued 2003-01-01\nclause C must go when r\n",
    "d.policy": "policy d issued 2002-01-01\nclause D must not go when s\n",
}


def test_rules_of_several_kinds_can_run_in_a_circle() -> None:
    policy = load_with("a.policy", lambda name: Source(name, CIRCLE[name]))
    assert {(e.winner, e.loser): e.kind for e in policy.priorities} == {
        ("A", "B"): "specificity",
        ("B", "C"): "date",
        ("C", "D"): "date",
        ("D", "A"): "date",
    }
    report = check_policy(policy)
    (circle,) = (each for each in report.findings if each.code == "C08")
    assert [each.label for each in circle.related] == [
        "A prevails over B by specificity",
        "B prevails over C by date",
        "C prevails over D by date",
        "D prevails over A by date",
    ]
    clash = next(each for each in report.findings if each.code == "C01")
    assert "By the declared rule that" in " ".join(clash.explanation)
    assert [each.document for each in clash.sides] == ["a", "b"]
    assert "(of 'a')" in terminal.render(report, 80, False)
    assert '<span class="place">b, b.policy:2</span>' in html(report)
    assert Comparison(World(policy), check_policy(policy, limits=NO_LIMIT)).differences() == []
