"""The checks of processes, each on a few lines; and how much they ask."""

from __future__ import annotations

import pytest

from benchmarks.processes import measure
from policy_dsl.load import load_text
from tests.verifier.checking import VOCABULARY, findings, found, titles
from verifier import process_graph
from verifier.exhibits import Run
from verifier.findings import Severity
from verifier.pipeline import check_policy

PROCESS = """
clause A may release when ill
process stay when not ill
state in_ "the person is in" start
state out "the person is out" end
step cure "the person falls ill" from in_ to in_ sets ill to yes
step let "the person is let go" from in_ to out does release
"""


def test_a_permission_that_a_step_can_use_is_not_told() -> None:
    assert found(PROCESS, "U03") == []


def test_a_permission_that_comes_too_late_is_told_with_what_it_asks() -> None:
    text = PROCESS.replace("from in_ to in_", "from out to out")
    (finding,) = findings(text, "U03")
    assert "A asks that the person is ill" in finding.explanation[0]
    assert "(taken where the person is out)" in finding.explanation[0]
    assert finding.proof


def test_a_clause_that_can_never_be_in_force_is_left_to_others() -> None:
    assert found(PROCESS.replace("when ill", "when ill and not ill"), "U03") == []


def test_a_permission_is_looked_for_in_every_process() -> None:
    late = PROCESS.replace("from in_ to in_", "from out to out")
    other = "process go when ill\nstate here start\nstate gone end\nstep go from here to gone"
    assert found(f"{late}\n{other}\n  does release", "U03") == []
    assert found(f"{late}\n{other}", "U03") == ["A"]


def test_a_permission_under_one_reading_is_asked_for_there_alone() -> None:
    text = PROCESS.replace("from in_ to in_", "from out to out")
    text = text.replace("may release when ill", "may release when ill under scope is wide")
    assert found(text, "U03") == ["A, only if scope is read as 'wide'"]


def test_a_trap_is_shown_by_a_run() -> None:
    (finding,) = findings(PROCESS + "clause B must not release when ill", "U04")
    assert finding.severity is Severity.ERROR
    run = finding.exhibit
    assert isinstance(run, Run)
    assert [each.step for each in run.stages] == ["cure", ""]
    assert run.stages[0].changes == ("The person is ill",)
    assert [side.clause for side in finding.sides] == ["B"]


def test_a_trap_for_those_who_follow_advice_is_a_warning() -> None:
    found_ = findings(PROCESS + "clause B should not release when ill", "U04")
    weights = [(each.severity, each.strength) for each in found_]
    assert weights == [(Severity.ERROR, "must"), (Severity.WARNING, "should")]


def test_going_round_for_ever_is_a_trap() -> None:
    round_ = "state a start\nstate b\nstate c end\nstep ab from a to b\nstep ba from b to a\n"
    assert titles(f"process p\n{round_}", "U04") == ['"p" can go round for ever once a']
    assert titles(f"process p\n{round_}step bc from b to c", "U04") == []


def test_a_process_without_an_end_has_no_traps() -> None:
    assert titles("process p\nstate a start\nstate b\nstep ab from a to b", "U04") == []


def test_what_blocks_a_state_is_the_policy_or_the_process() -> None:
    text = PROCESS + "clause B must not release"
    (finding,) = findings(text, "U05")
    assert finding.title.endswith("comes to where the person is out")
    assert finding.consequence.startswith("The policy stands in the way")
    text = PROCESS.replace("does release", "when child and not child")
    (finding,) = findings(text, "U05")
    assert finding.consequence.startswith("The process itself")


def test_a_step_is_told_only_where_its_states_are_reached_without_it() -> None:
    text = PROCESS + 'step other "the other way" from in_ to out when age > 130 years'
    text = text.replace("age > 130 years", "age > 5 years and age < 3 years")
    (finding,) = findings(text, "U05")
    assert finding.title.endswith("ever takes the step: the other way")


def test_a_process_that_never_begins_is_told_once() -> None:
    text = PROCESS.replace("when not ill", "when not ill and ill")
    assert titles(text, "U05") == ['The process "stay" can never begin']


def test_a_result_that_breaks_an_assumption_cannot_come_about() -> None:
    text = PROCESS + "assume not ill or child\nassume not child"
    (finding,) = [each for each in findings(text, "U05") if "falls ill" in each.title]
    assert "would break the assumption" in finding.explanation[0]


def test_the_map_says_what_was_reached() -> None:
    text = PROCESS + 'state limbo "nobody is there"'
    (process,) = check_policy(load_text(VOCABULARY + text)).processes
    assert [(each.name, each.reached) for each in process.states] == [
        ("in_", True),
        ("out", True),
        ("limbo", False),
    ]
    assert [each.reached for each in process.steps] == [True, True]


def test_beyond_its_bound_a_process_is_not_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_graph, "MOST_NODES", 1)
    report = check_policy(load_text(VOCABULARY + PROCESS), codes={"U03", "U04", "U05"})
    assert {each.code for each in report.findings} == {"X01"}
    report = check_policy(load_text(VOCABULARY + PROCESS))
    assert {each.reached for each in report.processes[0].states} == {None}


def test_twenty_states_and_forty_facts_are_settled_with_few_questions() -> None:
    found_ = measure(20)
    assert (found_.states, found_.facts) == (20, 40)
    assert found_.questions < 800
