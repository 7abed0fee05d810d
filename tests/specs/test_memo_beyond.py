"""What the memo implies for two persons, for many, and for the order of time."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from policy_dsl.load import load
from verifier.exhibits import Persons, Timeline
from verifier.findings import Finding
from verifier.pipeline import check_policy

SPEC = Path(__file__).parents[2] / "specs" / "ice-ero-2017" / "ice-ero-2017.policy"


@cache
def findings() -> tuple[Finding, ...]:
    return check_policy(load(SPEC), codes={"C06", "C07", "C09"}).findings


def of(code: str) -> list[Finding]:
    return [each for each in findings() if each.code == code]


def test_sections_a_and_b_put_two_persons_in_opposite_orders() -> None:
    (finding,) = of("C06")
    assert [side.clause for side in finding.sides] == ["A.3", "B.resources"]
    assert isinstance(finding.exhibit, Persons)
    first, second = finding.exhibit.members
    assert "classes on which section A puts detention resources first" in str(
        first.witness.statements
    )
    assert "pose a potential danger or risk of flight" in str(second.witness.statements)


def test_two_persons_and_one_place_are_too_many_for_section_b() -> None:
    told = {each.sides[0].clause: each for each in of("C07")}
    assert told["B.detain"].readings.cubes == ((("work_to", ("detaining",)),),)
    group = told["B.detain"].exhibit
    assert isinstance(group, Persons)
    assert group.capacity == 1
    assert sum(each.count for each in group.members) == 2


def test_what_is_effective_immediately_may_have_to_wait() -> None:
    (finding,) = of("C09")
    assert [side.clause for side in finding.sides] == ["Intro.2.B", "Fn.2.wait"]
    assert finding.readings.cubes == ((("footnote_2", ("detention_only", "all_of_B")),),)
    line = finding.exhibit
    assert isinstance(line, Timeline)
    by_clause = {each.clause: each.minutes for each in line.marks if each.clause}
    assert by_clause["Intro.2.B"] < by_clause["Fn.2.wait"]
