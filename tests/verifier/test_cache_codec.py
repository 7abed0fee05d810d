"""Results as plain JSON and back: nothing is lost, and nothing else is believed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings

from policy_dsl.load import load, load_text
from policy_dsl.model import Policy
from policy_dsl.source import Place, Source, Span
from tests.strategies.policies import FINITE, policies
from tests.verifier import exhibited
from tests.verifier.reported import SMALL, small
from verifier.cache.codec import NotKept, Unreadable, decode, encode
from verifier.cache.known import KNOWN
from verifier.cache.marks import Marks, Places
from verifier.cache.replay import Replay
from verifier.findings import Finding, Severity
from verifier.pipeline import Report, check_policy
from verifier.ran import Margins, Overview, Ran

FAULTY = sorted((Path(__file__).parents[2] / "specs/faulty").rglob("*.policy"))


def marks(policy: Policy) -> Marks:
    return Marks(policy, Places())


def written(value: object, policy: Policy) -> object:
    return json.loads(json.dumps(encode(value, marks(policy))))


def survives(report: Report) -> None:
    """Everything in a report comes back as it is, or is said to be what cannot be kept."""
    policy = report.policy
    for each in report.findings:
        try:
            data = written(each, policy)
        except NotKept:
            assert each.code in ("S01", "G05")  # they stand in the text of a document
            continue
        assert decode(Finding, data, marks(policy)) == each
    ran = Ran(findings=(), asked=3, clean=2, questions=1)
    assert decode(Ran, written(ran, policy), marks(policy)) == ran
    overview = Overview(
        profiles=report.profiles, control=report.control, processes=report.processes, questions=7
    )
    assert decode(Overview, written(overview, policy), marks(policy)) == overview
    table = Margins(rows=report.margins)
    assert decode(Margins, written(table, policy), marks(policy)) == table
    replay = Replay(policy)
    assert replay.stands(overview)
    assert replay.stands(table)
    for each in report.findings:
        assert replay.stands(each), each.title


@pytest.mark.parametrize("path", FAULTY, ids=lambda each: each.stem)
def test_every_kind_of_finding_survives(path: Path) -> None:
    survives(check_policy(load(path)))


@given(policies(FINITE))
@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
def test_the_findings_of_random_policies_survive(policy: Policy) -> None:
    survives(check_policy(policy, bound=100_000))


def test_what_no_single_case_shows_survives() -> None:
    report = exhibited.exhibited()
    for each in report.findings:
        data = written(each, report.policy)
        assert decode(Finding, data, marks(report.policy)) == each


def test_places_are_where_things_stand_now() -> None:
    moved = load_text("-- a line more\n\n" + SMALL.replace("(may", "(  may"), "specs/small.policy")
    before = small()
    for each in before.findings:
        now = decode(Finding, written(each, before.policy), marks(moved))
        assert now.fingerprint == each.fingerprint
        for old, new in zip(each.sides, now.sides, strict=True):
            assert new.place == moved.clauses[old.clause].place
            assert new.place.line == old.place.line + 2


def test_a_place_of_no_declaration_is_not_kept() -> None:
    report = small()
    finding = report.findings[0]
    place = Place(Source("other.policy", "x"), Span(0, 1))
    elsewhere = replace(finding, sides=(replace(finding.sides[0], place=place),))
    with pytest.raises(NotKept):
        encode(elsewhere, marks(report.policy))


def test_what_is_not_on_the_list_is_not_kept() -> None:
    with pytest.raises(NotKept):
        encode(small().policy, marks(small().policy))
    with pytest.raises(NotKept):
        encode(1.5, marks(small().policy))


def changed(data: object, change: Callable[[object], object]) -> Iterator[object]:
    """Plain JSON with one part of it changed, for every part in turn."""
    yield change(data)
    if isinstance(data, list):
        for at, each in enumerate(data):
            for other in changed(each, change):
                yield [*data[:at], other, *data[at + 1 :]]
    elif isinstance(data, dict):
        for name, each in data.items():
            for other in changed(each, change):
                yield {**data, name: other}


def test_whatever_is_read_is_a_finding_that_stands_or_refused() -> None:
    report = small()
    policy, replay = report.policy, Replay(report.policy)
    data = written(report.findings[0], policy)
    ways: list[Callable[[object], object]] = [
        lambda _: None,
        lambda _: 7,
        lambda _: "os.system",
        lambda _: [],
        lambda _: {"is": "Policy", "of": []},
        lambda _: {"is": "Path", "of": ["/"]},
        lambda _: {"place": [["clauses", "A", 10**9], ["clauses", "nobody", -1]]},
        lambda old: [old, old],
    ]
    refused = 0
    for way in ways:
        for each in changed(data, way):
            try:
                found = decode(Finding, each, marks(policy))
            except Unreadable:
                refused += 1
                continue
            assert isinstance(found, Finding)
            if replay.stands(found):
                assert {side.clause for side in found.sides} <= policy.clauses.keys()
    assert refused > 1000


def test_a_case_that_shows_nothing_does_not_stand() -> None:
    report = small()
    replay = Replay(report.policy)
    finding = next(each for each in report.findings if each.code == "C02")
    assert finding.witness is not None
    assert replay.stands(finding)
    case = finding.witness.case
    for facts in (
        {**case.facts, "ill": not case.facts["ill"]},
        {**case.facts, "age": 1000},
        {**case.facts, "age": True},
        {**case.facts, "tall": True},
        {name: value for name, value in case.facts.items() if name != "old"},
    ):
        wrong = replace(finding.witness, case=replace(case, facts=facts), statement=())
        assert not replay.stands(replace(finding, witness=wrong))
    for readings in ({**case.readings, "stay": "somebody"}, {}):
        wrong = replace(finding.witness, case=replace(case, readings=readings))
        assert not replay.stands(replace(finding, witness=wrong))


def test_a_number_is_no_severity_unless_it_is_one() -> None:
    report = small()
    whole = cast(dict[str, object], written(report.findings[0], report.policy))
    data = cast(dict[str, list[object]], whole["value"])
    assert data["of"][2] == int(report.findings[0].severity)
    for number in (0, 4, True, "3"):
        data["of"][2] = number
        with pytest.raises(Unreadable):
            decode(Finding, whole, marks(report.policy))
    assert Severity.__name__ not in KNOWN
