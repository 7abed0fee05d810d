"""Suites of fixtures: smallest sets, combinations, names, and what is written of them."""

from __future__ import annotations

import csv
import io
import json
from itertools import combinations as choose
from itertools import product
from pathlib import Path

from hypothesis import given, settings

from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load
from policy_dsl.model import Policy
from tests.strategies.cases import all_facts, all_readings
from tests.strategies.policies import FINITE, policies
from verifier.fixtures.combinations import combinations
from verifier.fixtures.covering import covered
from verifier.fixtures.factors import factors
from verifier.fixtures.from_findings import ADVICE
from verifier.fixtures.goals import goals
from verifier.fixtures.model import Infeasible, Met, Open
from verifier.fixtures.names import LONGEST, slug, unique
from verifier.fixtures.search import Search
from verifier.fixtures.suite import suite
from verifier.registry import CHECKS
from verifier.render import fixtures_csv, fixtures_json, fixtures_pytest

SPECS = Path(__file__).parents[2] / "specs"
MEMO = SPECS / "ice-ero-2017/ice-ero-2017.policy"
LEAVE = SPECS / "examples/leave/mended.policy"


@given(policies(FINITE))
@settings(max_examples=25, deadline=None)
def test_every_possible_combination_occurs_and_no_other(policy: Policy) -> None:
    found = combinations(policy, 2)
    assert found.open == 0
    evaluator = Evaluator(policy)
    valid = [
        case
        for facts in all_facts(policy)
        for readings in all_readings(policy)
        if evaluator.is_valid(case := Case(facts, readings))
    ]
    tests = [[evaluator.condition(e) for e in each.classes] for each in factors(policy)]

    def occurring(cases: list[Case]) -> set[tuple[object, ...]]:
        rows = ([[test(case) for test in each].index(True) for each in tests] for case in cases)
        seen: set[tuple[object, ...]] = set()
        for row in rows:
            seen |= set(choose(tuple(enumerate(row)), min(2, len(tests))))
        return seen

    possible = occurring(valid)
    assert occurring(list(found.cases)) == possible
    pairs = list(choose([range(len(each)) for each in tests], min(2, len(tests))))
    assert found.tuples == sum(len(list(product(*each))) for each in pairs)
    assert found.covered == len(possible)


@given(policies(FINITE))
@settings(max_examples=25, deadline=None)
def test_goals_are_met_exactly_where_some_case_meets_them(policy: Policy) -> None:
    """Of all valid cases of a small policy, as the solver-free side finds them."""
    evaluator = Evaluator(policy)
    valid = [
        case
        for facts in all_facts(policy)
        for readings in all_readings(policy)
        if evaluator.is_valid(case := Case(facts, readings))
    ]
    asked = goals(policy)
    results = Search(policy).all(asked)
    for goal, result, cover in zip(asked, results, covered(evaluator, asked, valid), strict=True):
        assert not isinstance(result, Open), goal.id
        assert isinstance(result, Met) == cover.met, goal.id
        if isinstance(result, Met) and len(goal.sides) == 2:
            assert result.unique == cover.unique, goal.id
        if isinstance(result, Infeasible) and valid:
            assert result.because, goal.id


def test_a_smallest_suite_meets_all_goals() -> None:
    policy = load(LEAVE)
    whole, least = suite(policy), suite(policy, minimize=True)
    assert len(least.fixtures) < len(whole.fixtures)
    for each in (whole, least):
        cases = [fixture.case for fixture in each.fixtures]
        found = covered(Evaluator(policy), each.goals, cases)
        met = [isinstance(result, Met) for result in each.results]
        assert [cover.met for cover in found] == met


def test_the_same_policy_gives_the_same_bytes() -> None:
    policy = load(MEMO)
    first, again = suite(policy), suite(load(MEMO))
    assert fixtures_json.render(policy, first) == fixtures_json.render(policy, again)


def test_names_are_fit_for_files_and_tests() -> None:
    taken: set[str] = set()
    names = [
        unique(slug(text), text, taken)
        for text in ("a <= b", "a < b", "a  < b", "x" * 500, "../..", "\x1b[31m", "", "é")
    ]
    assert len(set(names)) == len(names)
    for name in names:
        assert name
        assert len(name) <= LONGEST + 20
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
        assert not name.startswith(".")


def test_every_code_has_advice() -> None:
    assert set(ADVICE) == {each.code for each in CHECKS}


def test_what_is_written_can_be_read() -> None:
    policy = load(LEAVE)
    made = suite(policy, strength=2)
    data = json.loads(fixtures_json.render(policy, made))
    rows = list(csv.DictReader(io.StringIO(fixtures_csv.render(policy, made))))
    assert [each["id"] for each in rows] == [each["id"] for each in data["fixtures"]]
    assert len({each["id"] for each in rows}) == len(rows)
    known = {each["id"] for each in data["fixtures"]}
    assert all(each["partner"] is None or each["partner"] in known for each in data["fixtures"])
    compile(fixtures_pytest.render(policy, made), "test_leave.py", "exec")
