"""The course of custody under the memo: what its order of events implies."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from policy_dsl.load import load
from verifier.exhibits import Run
from verifier.pipeline import Report, check_policy

SPEC = Path(__file__).parents[2] / "specs" / "ice-ero-2017" / "courses.policy"


@cache
def report() -> Report:
    return check_policy(load(SPEC), codes={"U03", "U04", "U05"})


def test_situation_3_comes_too_late_where_departing_means_at_the_very_time() -> None:
    (finding,) = [each for each in report().findings if each.code == "U03"]
    assert [side.clause for side in finding.sides] == ["B.3"]
    assert finding.readings.cubes == ((("contemporaneous", ("same_time",)),),)
    assert "B.3 asks that the person contemporaneously departs" in finding.explanation[0]


def test_every_other_state_step_and_clause_is_come_to() -> None:
    assert not [each.title for each in report().findings if each.code in ("U05", "X01")]


def test_relief_frees_nobody_from_section_c_until_section_b_begins() -> None:
    traps = {each.key[0]: each for each in report().findings if each.code == "U04"}
    custody = traps["course_of_custody"]
    assert custody.readings.cubes == ((("footnote_2", ("all_of_B",)),),)
    run = custody.exhibit
    assert isinstance(run, Run)
    assert [each.state for each in run.stages][:2] == ["at_large", "met"]
    assert run.stages[-1].state == "held"


def test_a_withdrawal_that_was_consented_to_can_leave_nobody_free_to_act() -> None:
    traps = [each for each in report().findings if each.key[0] == "course_of_withdrawal"]
    assert [each.strength for each in traps] == ["must"]
    (trap,) = traps
    assert trap.readings.possible_with("contemporaneous", "same_time")
    plain = {"footnote_2": "remark", "contemporaneous": "promptly"}
    assert not trap.readings.contains(plain)
