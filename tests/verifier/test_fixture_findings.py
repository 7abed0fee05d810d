"""Fixtures of findings: every code has its advice, every case of a finding becomes one."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load
from verifier.exhibits import Persons, Run
from verifier.fixtures.from_findings import ADVICE, finding_fixtures
from verifier.pipeline import check_policy
from verifier.registry import CHECKS

FAULTY = Path(__file__).parents[2] / "specs/faulty"


def test_every_code_has_its_advice() -> None:
    assert set(ADVICE) == {each.code for each in CHECKS}


@pytest.mark.parametrize("code", ["C01", "C04", "C05", "C06", "C07", "G01", "U04"])
def test_every_case_of_a_finding_is_a_valid_fixture(code: str) -> None:
    policy = load(next(FAULTY.glob(f"{code}-*.policy")))
    evaluator = Evaluator(policy)
    findings = check_policy(policy).findings
    fixtures = finding_fixtures(findings)
    assert len({each.id for each in fixtures}) == len(fixtures)
    for each in fixtures:
        assert evaluator.is_valid(each.case)
    for finding in findings:
        mark = f"{finding.code} {finding.fingerprint}"
        made = [each.case for each in fixtures if each.finding == mark]
        if finding.witness is not None:
            assert finding.witness.case in made
        match finding.exhibit:
            case Persons(members=members):
                assert all(each.witness.case in made for each in members)
            case Run(stages=stages):
                assert all(each.case in made for each in stages)
            case _:
                pass
    assert any((each.finding or "").startswith(code) for each in fixtures)
