"""The history of the memo's spec, commit by commit, as the commands and their gate see it.

What the difference says of each commit is compared in ``tests/history``; here it is what a
maintainer's checks decide: exit statuses, new and fixed findings, and the settings that count.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TypeAlias

import pytest

from tests.history.edits import HISTORY, Step
from tests.history.scratch import carry_out, write_memo
from tests.hooks.scratch import ROOT, Ran, Repository

SETTINGS = """\
paths = ["specs"]
select = ["C01", "G01", "V02"]
baseline = "antinomy-baseline.json"
"""


Report: TypeAlias = dict[str, object]
"""The report of one commit, as JSON."""


@dataclass(frozen=True)
class Gated:
    """What the commands said of one commit."""

    step: Step
    plain: Ran
    allowed: Ran
    checked: Ran
    report: Report


def _antinomy(repository: Repository, *arguments: str) -> Ran:
    command = (sys.executable, "-m", "verifier.cli", *arguments)
    kept = repository.folder.parent / "cache"
    return repository.run(*command, env={"PYTHONPATH": str(ROOT), "ANTINOMY_CACHE": str(kept)})


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> list[Gated]:
    """Every commit made, compared with the one before, and checked against its baseline."""
    repository = Repository.made(tmp_path_factory.mktemp("history") / "policies")
    write_memo(repository.folder)
    repository.write({"antinomy.toml": SETTINGS})
    _record(repository)
    repository.commit("The memo, and what is found in it")
    return [_gated(repository, step) for step in HISTORY]


def _record(repository: Repository) -> None:
    recorded = _antinomy(repository, "baseline")
    assert recorded.status == 0, recorded.said


def _gated(repository: Repository, step: Step) -> Gated:
    carry_out(step, repository.folder)
    repository.commit(step.title)
    span = ("HEAD~1..HEAD", "specs")
    plain = _antinomy(repository, "diff", *span, "--no-findings")
    quick = () if step.new or step.fixed else ("--no-findings",)
    rules = [f"--allow={each}" for each in step.allowed]
    allowed = _antinomy(repository, "diff", *span, *rules, *quick) if rules else plain
    path = repository.folder.parent / "report.json"
    checked = _antinomy(repository, "check", "--format", "json", "-o", str(path))
    found: Report = json.loads(path.read_text("utf-8"))
    if step.new or step.fixed:  # the change is accepted, and with it what it brings
        _record(repository)
        repository.commit("What is found now")
    return Gated(step, plain, allowed, checked, found)


def _titles(position: int) -> str:
    return f"{position + 1:02}-{HISTORY[position].title.replace(' ', '-')}"


@pytest.fixture(params=range(len(HISTORY)), ids=_titles)
def gated(request: pytest.FixtureRequest, history: list[Gated]) -> Gated:
    position: int = request.param
    return history[position]


def test_only_what_changes_nothing_passes_by_itself(gated: Gated) -> None:
    wanted = 0 if gated.step.verdict == "equivalent" else 1
    assert gated.plain.status == wanted, gated.plain.said


def test_a_change_passes_by_the_rules_that_name_it(gated: Gated) -> None:
    assert gated.allowed.status == 0, gated.allowed.said


def test_the_gate_stops_what_is_new(gated: Gated) -> None:
    assert gated.checked.status == gated.step.gate, gated.checked.said
    assert _new(gated) >= gated.step.new
    assert {each for each in _new(gated) if each[0] != "G01" or not gated.step.gaps} <= (
        gated.step.new
    )
    fixed = {code for code, _ in gated.step.fixed}
    assert {*_fixed(gated)} >= fixed


def _reports(gated: Gated) -> list[Report]:
    reports = gated.report["reports"]
    assert isinstance(reports, list)
    return reports


def _new(gated: Gated) -> set[tuple[str, tuple[str, ...]]]:
    """Findings that count, as a code and the clauses that take part."""
    found = set()
    for report in _reports(gated):
        findings = report["findings"]
        assert isinstance(findings, list)
        for each in findings:
            if each["status"] == "counts":
                found.add((each["code"], tuple(sorted(side["clause"] for side in each["sides"]))))
    return found


def _fixed(gated: Gated) -> list[str]:
    found = []
    for report in _reports(gated):
        gate = report["gate"]
        assert isinstance(gate, dict)
        found += [str(each["code"]) for each in gate["fixed"]]
    return found
