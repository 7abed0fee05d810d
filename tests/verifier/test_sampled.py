"""On the specs that ship, a random case never shows what the report does not tell.

Too many cases to try all: some are drawn at random, most of them near the cases that findings
show, where something is about to change. The evaluator alone says what is so in each.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator, Outcome
from policy_dsl.load import load
from policy_dsl.model import Incapacity
from policy_dsl.types import Enumeration, SetOf, Type, Value, YesNo
from verifier.findings import Finding
from verifier.pipeline import Report, check_policy
from verifier.readings import options

SPECS = sorted((Path(__file__).parents[2] / "specs").rglob("*.policy"))
CASES = 600
each_spec = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)


@cache
def report_on(spec: Path) -> Report:
    """The report on a spec."""
    return check_policy(load(spec))


@cache
def sample(spec: Path) -> tuple[tuple[Case, Outcome], ...]:
    """Valid cases with their outcomes; the same on every run."""
    return tuple(_drawn(report_on(spec), random.Random(20170221)))


def _drawn(report: Report, dice: random.Random) -> Iterator[tuple[Case, Outcome]]:
    policy = report.policy
    evaluator = Evaluator(policy)
    seeds = [each.witness.case for each in report.findings if each.witness is not None]
    left = CASES
    for _ in range(20 * CASES):
        base = dice.choice(seeds) if seeds and dice.random() < 0.8 else None
        chance = 1.0 if base is None else 3 / (len(policy.facts) + 1)
        facts = {
            name: _value(fact.type, fact.optional, dice)
            if base is None or dice.random() < chance
            else base.facts[name]
            for name, fact in policy.facts.items()
        }
        readings = {name: dice.choice(options(policy, name)) for name in policy.ambiguities}
        case = Case(facts, readings)
        if evaluator.is_valid(case):
            yield case, evaluator.outcome(case)
            left -= 1
        if not left:
            return


def _value(type_: Type, optional: bool, dice: random.Random) -> Value:
    if optional and dice.random() < 0.3:
        return None
    match type_:
        case YesNo():
            return dice.random() < 0.5
        case SetOf(element=element):
            return frozenset(each for each in element.values if dice.random() < 0.4)
        case Enumeration(values=values):
            return dice.choice(values)
        case _:
            least = type_.low if type_.low is not None else -20
            return dice.randint(least, type_.high if type_.high is not None else least + 200)


def findings(spec: Path, *codes: str) -> list[Finding]:
    return [each for each in report_on(spec).findings if each.code in codes]


def unsettled(spec: Path, code: str) -> bool:
    return any(each.key[0] == code for each in report_on(spec).unsettled)


def barred_in(finding: Finding, incapacities: tuple[Incapacity, ...]) -> bool:
    """Whether all that a finding says is impossible is so."""
    places = {each.place for each in incapacities}
    return all(e.place in places for e in finding.related if e.label.startswith("cannot "))


@each_spec
def test_a_case_that_cannot_be_complied_with_is_told(spec: Path) -> None:
    told = findings(spec, "C01", "C03", "C04")
    for case, outcome in sample(spec):
        if outcome.compliable["should"]:
            continue
        assert any(
            finding.readings.contains(case.readings)
            and all(outcome.clauses[side.clause].in_force for side in finding.sides)
            and barred_in(finding, outcome.incapacities)
            for finding in told
        ), case


@each_spec
def test_a_liberty_that_a_ban_takes_away_is_told(spec: Path) -> None:
    told = {frozenset(side.clause for side in f.sides): f for f in findings(spec, "C02")}
    policy = report_on(spec).policy
    for case, outcome in sample(spec):
        for action, state in outcome.states.items():
            if not (state.permitted and state.forbidden):
                continue
            about = [
                [n for n in outcome.in_force if _does(policy.clauses[n].effects, action, force)]
                for force in ("permit", "forbid")
            ]
            for one in about[0]:
                for two in about[1]:
                    assert told[frozenset((one, two))].readings.contains(case.readings), case


def _does(effects: tuple[object, ...], action: str, force: str) -> bool:
    return any(
        (getattr(each, "action", None), getattr(each, "force", None)) == (action, force)
        for each in effects
    )


@each_spec
def test_a_silent_case_lies_in_a_region(spec: Path) -> None:
    policy, told = report_on(spec).policy, findings(spec, "G01")
    evaluator = Evaluator(policy)
    assert not unsettled(spec, "G01")
    scopes = [(each.place, each.actions, each.when) for each in policy.settlements]
    for case, outcome in sample(spec):
        for place, actions, when in scopes:
            silent = all(outcome.states[each].silent for each in actions)
            if silent and evaluator.holds(when, case):
                assert any(
                    finding.related[0].place == place and finding.readings.contains(case.readings)
                    for finding in told
                ), case


@each_spec
def test_what_never_happens_does_not_happen(spec: Path) -> None:
    report = report_on(spec)
    for case, outcome in sample(spec):
        for finding in findings(spec, "U01"):
            if finding.readings.contains(case.readings):
                assert not outcome.clauses[finding.sides[0].clause].applicable, case
        for finding in findings(spec, "U02"):
            if finding.readings.contains(case.readings):
                assert not outcome.clauses[finding.sides[0].clause].in_force, case
        for profile in report.profiles:
            state = outcome.states[profile.action]
            for word, is_so in (
                ("obliged", state.obliged is not None),
                ("forbidden", state.forbidden is not None),
                ("permitted", state.permitted),
                ("released", state.released),
                ("silent", state.silent),
            ):
                entry = next(each for each in profile.entries if each.state == word)
                assert entry.occurs or not is_so, case


@each_spec
def test_expectations_hold_unless_refuted(spec: Path) -> None:
    policy = report_on(spec).policy
    evaluator = Evaluator(policy)
    told = {finding.related[0].place: finding for finding in findings(spec, "E01")}
    for expected in policy.expectations:
        if expected.form not in ("never", "always"):
            continue
        for case, _ in sample(spec):
            if expected.premise is not None and not evaluator.holds(expected.premise, case):
                continue
            if evaluator.holds(expected.condition, case) == (expected.form == "never"):
                assert told[expected.place].readings.contains(case.readings), case
