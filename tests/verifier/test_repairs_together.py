"""Repairs are the same in however many processes they are looked for, and cost no more."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing import parent_process
from pathlib import Path

import pytest

from policy_dsl.load import load
from policy_dsl.model import Policy
from tests.verifier.command import CLASH, ROOT, policy, run
from verifier.pipeline import check_policy, run_check, shared_for
from verifier.registry import CHECKS
from verifier.repairs import search
from verifier.repairs.compare import covered
from verifier.repairs.crew import usual_jobs
from verifier.repairs.search import Repairs, Spec, SpecAt, repairs
from verifier.repairs.trial import REGIONS
from verifier.solvers.backend import DEFAULT_BOUND

SEVERAL = sorted((ROOT / "specs" / "faulty").glob("C0[14]*.policy"))


@dataclass(frozen=True)
class _Deadly:
    """A spec at which every process dies but the one that started the others."""

    path: Path

    def load(self, changed: Mapping[str, str]) -> Policy:
        if parent_process() is not None:
            os._exit(9)
        return SpecAt(self.path).load(changed)

    def read(self, name: str) -> bytes:
        return SpecAt(self.path).read(name)

    def called(self, name: str) -> str:
        return SpecAt(self.path).called(name)


def found(path: Path, jobs: int, spec: Spec | None = None) -> Repairs:
    report = check_policy(load(path), with_margins=False)
    return repairs(report, spec or SpecAt(path), DEFAULT_BOUND, jobs=jobs)


@pytest.fixture
def always_several(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even small policies are tried in several processes."""
    monkeypatch.setattr(search, "WORTH", 0)


@pytest.mark.usefixtures("always_several")
@pytest.mark.parametrize("spec", SEVERAL, ids=lambda each: each.stem)
def test_one_process_finds_what_two_find(spec: Path) -> None:
    one, two = found(spec, 1), found(spec, 2)
    assert one.repairs
    assert repr(one) == repr(two)


@pytest.mark.usefixtures("always_several")
def test_a_process_that_dies_costs_nothing(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", CLASH)
    assert repr(found(path, 2, _Deadly(path))) == repr(found(path, 1))


@pytest.mark.usefixtures("always_several")
def test_what_is_nested_too_deeply_is_tried_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_deep(_what: object) -> bytes:
        raise RecursionError

    path = policy(tmp_path, "p", CLASH)
    alone = found(path, 1)
    monkeypatch.setattr("verifier.repairs.trial.pickle.dumps", too_deep)
    assert repr(found(path, 2)) == repr(alone)


def test_the_command_gives_the_same_bytes_with_any_number(tmp_path: Path) -> None:
    many = "".join(
        f'\nclause D{each}\n  quote "The ill stay, {each}."\n  must not release\n  when ill\n'
        for each in range(30)
    )
    path = policy(tmp_path, "p", CLASH + many)
    one, two = (
        run("check", str(path), "--repairs", "--format", "json", "--code", "C01", "--jobs", jobs)
        for jobs in ("1", "2")
    )
    assert one == two
    assert '"repairs": [\n' in one.out
    assert run("check", str(path), "--repairs", "--jobs", "0").status == 2


def test_there_is_always_a_process() -> None:
    assert usual_jobs() >= 1


@pytest.mark.parametrize(
    "spec", sorted((ROOT / "specs" / "faulty").glob("*.policy")), ids=lambda each: each.stem
)
def test_brief_findings_are_the_same_findings(spec: Path) -> None:
    """What a trial leaves out is nothing by which findings are compared."""
    given = load(spec)
    whole, brief = shared_for(given), shared_for(given, brief=True)
    for check in CHECKS:
        if check.code in REGIONS:
            continue
        told = {each.fingerprint: each for each in run_check(whole, check).findings}
        short = {each.fingerprint: each for each in run_check(brief, check).findings}
        assert list(told) == list(short)
        for fingerprint, each in told.items():
            other = short[fingerprint]
            assert each.severity == other.severity
            assert covered(given, each.readings, other.readings)
            assert covered(given, other.readings, each.readings)
