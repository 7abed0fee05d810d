"""G04: what a duty does not say; and by what a condition can come true."""

from __future__ import annotations

import pytest

from policy_dsl.load import load_text
from policy_dsl.polarity import counts_for
from verifier.findings import Finding
from verifier.pipeline import check_policy

HEAD = """\
policy p
subject flat
fact x : yes/no
type Leave is one of written, oral, refused
grant leave : yes/no by owner
grant kind : Leave by owner
action mend by landlord
action paint
define sure is leave and kind is written
"""


def findings(text: str) -> list[Finding]:
    policy = load_text(HEAD + text)
    found = check_policy(policy, codes=["G04"]).findings
    return [each for each in found if each.code == "G04"]


def lacks(text: str) -> set[str]:
    return {":".join(each.key) for each in findings(text)}


BOTH = "clause Z may mend when not leave or kind is not written\n"
"""A clause for what is refused, so that nothing is lacking there."""


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("clause A must mend", set()),
        ("clause A must paint", {"actor:paint"}),
        ("clause A must paint\nclause B should paint", {"actor:paint"}),
        ("clause A may paint", set()),
        ("clause A must not paint", set()),
        ("clause A must mend promptly", {"time:A"}),
        ('clause A quote "It is mended without delay." must mend', {"time:A"}),
        ('clause A quote "It is mended As Soon As possible" must mend', {"time:A"}),
        ('clause A quote "Effective immediately, they mend" must mend', set()),
        ('clause A quote "They may mend promptly" may mend', set()),
        ('event e\nclause A quote "mend promptly" must mend within 3 days of e', set()),
    ],
)
def test_actors_and_times(text: str, lacking: set[str]) -> None:
    assert lacks(BOTH + text) == lacking


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("clause A may mend when leave", {"refusal:leave"}),
        ("clause A may mend when sure", {"refusal:leave", "refusal:kind"}),
        ("clause A may mend when sure\nclause B must not mend when not sure", set()),
        ("clause A may mend when sure\nclause B must not mend unless A", set()),
        ("in order l\nclause A may mend when sure\nclause B must not mend\nend order", set()),
        ("clause A may mend when sure overrides B\nclause B must not mend", set()),
        ("clause A may mend when at most 1 of leave, kind is written", set()),
        ("clause A may mend when x", set()),
        ("clause A may mend when sure\ncannot mend when not leave", {"refusal:kind"}),
        (
            "clause A may mend when leave and kind is one of (written, oral)",
            {"refusal:leave", "refusal:kind"},
        ),
    ],
)
def test_refusals(text: str, lacking: set[str]) -> None:
    assert lacks(text) == lacking


def test_a_policy_that_names_no_actor_at_all_is_not_asked_for_one() -> None:
    text = HEAD.replace(" by landlord", "") + BOTH + "clause A must paint"
    found = check_policy(load_text(text), codes=["G04"]).findings
    assert [each.key for each in found] == []


def test_what_it_says() -> None:
    both = BOTH.replace("not leave or ", "")
    (found,) = findings(f"clause A may mend when leave\n{both}")
    assert found.title == (
        "A rests on what the owner grants (leave: yes), and nothing says what follows a refusal"
    )


def test_by_what_a_clause_can_come_to_apply() -> None:
    policy = load_text(HEAD + "clause A may mend when leave implies x\nclause B may mend unless A")
    assert counts_for(policy, "A") == {("leave", False), ("x", True)}
    assert counts_for(policy, "B") == {("leave", True), ("x", False)}
