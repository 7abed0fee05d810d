"""The evaluator of runs: where they begin, which steps can be taken, and what stands in the way."""

from __future__ import annotations

from policy_dsl.case import Case, defaults
from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load_text
from policy_dsl.model import Strength
from policy_dsl.runs import Configuration, Runner
from policy_dsl.types import Value

TEXT = """
policy house
subject guest
fact inside : yes/no
fact paid   : yes/no
fact room   : optional 1 .. 3
fact tags   : set of Tag
type Tag is one of red, green
action admit
action evict
assume inside implies room is established
clause A must not admit when not paid
clause B should not evict
cannot evict when room is 3
process stay when not inside
state out start
state in_ end
step pay from out to out when not paid sets paid to any, tags to none
step enter from out to in_ does admit sets inside to yes, room to any
step evict from in_ to out does evict sets inside to no, room to not established
"""
POLICY = load_text(TEXT)


def runner(strength: Strength = "must") -> Runner:
    return Runner(Evaluator(POLICY), POLICY.processes["stay"], strength)


def case(**facts: Value) -> Case:
    plain = defaults(POLICY)
    return Case({**plain.facts, **facts}, plain.readings)


def steps(strength: Strength, state: str, **facts: Value) -> list[str]:
    return [each.step for each in runner(strength).moves(Configuration(state, case(**facts)))]


def test_a_run_begins_in_a_start_state_where_the_condition_holds() -> None:
    assert [each.state for each in runner().starts(case())] == ["out"]
    assert runner().starts(case(inside=True, room=1)) == ()


def test_a_run_does_not_begin_in_a_case_that_breaks_an_assumption() -> None:
    assert runner().starts(case(room=9)) == ()


def test_what_a_clause_forbids_cannot_be_done() -> None:
    assert steps("must", "out") == ["pay", "pay"]
    assert steps("must", "out", paid=True) == ["enter"] * 3


def test_an_outcome_that_breaks_an_assumption_is_left_out() -> None:
    moves = runner().moves(Configuration("out", case(paid=True)))
    assert {each.after.case.facts["room"] for each in moves} == {1, 2, 3}


def test_advice_counts_at_should_strength_and_where_it_binds() -> None:
    facts = {"inside": True, "room": 1}
    assert steps("must", "in_", **facts) == ["evict"]
    assert steps("should", "in_", **facts) == []
    bound = Case(case(**facts).facts, {**case().readings, "should": "binding"})
    assert runner().moves(Configuration("in_", bound)) == []


def test_what_is_in_nobodys_power_cannot_be_done() -> None:
    at = Configuration("in_", case(inside=True, room=3))
    found = runner().hindrance(POLICY.processes["stay"].steps["evict"], at)
    assert [each.action for each in found.excluded_by] == ["evict"]
    assert not found.free
    assert not found.fails
    assert found.forbidden_by == ()


def test_a_shortest_run_is_found_and_told_step_by_step() -> None:
    run = runner().run_to(case(), lambda at: at.state == "in_")
    assert run is not None
    assert [(at.state, step) for at, step in run] == [("out", "pay"), ("out", "enter"), ("in_", "")]
    assert runner().run_to(case(), lambda at: at.state == "nowhere") is None


def test_whether_a_run_can_still_end() -> None:
    assert runner().can_end(Configuration("out", case()))
    stuck = Runner(Evaluator(POLICY), POLICY.processes["stay"], "should")
    assert stuck.can_end(Configuration("out", case()))
