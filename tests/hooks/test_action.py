"""The steps of the action, run as they stand with what a runner would give them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.hooks.scratch import FAULTY, MENDED, VOCABULARY, Repository
from tests.hooks.steps import Runner

FILES = {"specs/words.policy": VOCABULARY, "specs/visitors.policy": MENDED}
HOSTILE = "$(touch owned); touch owned `touch owned` ${{ inputs.base }} \" ' \\"


@pytest.fixture(scope="session")
def installed(source: Repository, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The runner's folder, in which the action's own step has installed antinomy."""
    temp = tmp_path_factory.mktemp("runner")
    ran = Runner(source, temp, source.folder, {}).run("Install antinomy")
    assert ran.status == 0, ran.said
    assert "antinomy" in ran.said
    return temp


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    found = Repository.made(tmp_path / "policies")
    found.write(FILES)
    found.commit("Two files")
    return found


def _runner(repository: Repository, installed: Path, **inputs: str) -> Runner:
    for name in ("summary", "antinomy-check.md", "antinomy-diff.md"):
        (installed / name).unlink(missing_ok=True)
    given = {name.replace("_", "-"): value for name, value in inputs.items()}
    return Runner(repository, installed, installed, {"paths": "specs", **given})


def test_a_clean_policy_passes(repository: Repository, installed: Path) -> None:
    runner = _runner(repository, installed)
    ran = runner.run("Check", "Summary and verdict")
    assert ran.status == 0, ran.said
    assert runner.outputs["check"] == {"status": "0"}
    assert "Visitors to the laboratory" in runner.summary


def test_an_error_fails_and_is_shown_everywhere(repository: Repository, installed: Path) -> None:
    repository.write({"specs/visitors.policy": FAULTY})
    runner = _runner(repository, installed)
    checked = runner.run("Check")
    assert checked.status == 0, "the verdict comes last, after the cache and the summary"
    assert "::error file=specs/visitors.policy" in checked.said
    ran = runner.run("Summary and verdict")
    assert (ran.status, runner.outputs["check"]) == (1, {"status": "1"})
    comment = (repository.folder / "antinomy-comment.md").read_text("utf-8")
    assert "opposed-duties" in comment
    assert comment in runner.summary
    log = json.loads((repository.folder / "antinomy.sarif").read_text("utf-8"))
    assert {each["ruleId"] for each in log["runs"][0]["results"]} >= {"C01"}


def test_a_pull_request_is_compared_with_its_base(repository: Repository, installed: Path) -> None:
    base = repository.git("rev-parse", "HEAD")
    repository.write({"specs/visitors.policy": FAULTY})
    repository.commit("An exception is dropped")
    runner = _runner(repository, installed, fail_on="never")
    runner.base = base
    ran = runner.run("Check", "Compare", "Summary and verdict")
    assert runner.outputs["check"] == {"status": "0"}
    assert runner.outputs["diff"] == {"status": "1"}
    assert ran.status == 1, ran.said
    comment = (repository.folder / "antinomy-comment.md").read_text("utf-8")
    assert "contradictory" in comment


def test_a_change_may_be_allowed(repository: Repository, installed: Path) -> None:
    repository.write({"specs/visitors.policy": MENDED.replace("when inspector", "when badge")})
    repository.commit("Whoever wears a badge is let in")
    runner = _runner(repository, installed, allow="looser")
    runner.base = repository.git("rev-parse", "HEAD~1")
    runner.run("Compare")
    assert runner.outputs["diff"] == {"status": "1"}
    runner = _runner(repository, installed, allow="looser\n\nstricter\n")
    runner.base = repository.git("rev-parse", "HEAD~1")
    ran = runner.run("Compare")
    assert runner.outputs["diff"] == {"status": "0"}, ran.said


def test_a_comment_keeps_to_its_limit(repository: Repository, installed: Path) -> None:
    runner = _runner(repository, installed)
    (installed / "antinomy-diff.md").write_text("a line of text\n" * 4000, "utf-8")
    (installed / "antinomy-check.md").write_text("another line\n" * 4000, "utf-8")
    runner.run("Summary and verdict")
    comment = (repository.folder / "antinomy-comment.md").read_text("utf-8")
    assert len(comment) < 65_536
    assert "another line" not in comment
    assert "too long" in comment
    assert "another line" in runner.summary


@pytest.mark.parametrize("name", ["paths", "fail_on", "baseline", "base", "allow", "comment_file"])
def test_an_input_is_never_a_command(repository: Repository, installed: Path, name: str) -> None:
    runner = _runner(repository, installed, **{name: HOSTILE})
    runner.run("Check")
    runner.run("Compare")
    ran = runner.run("Summary and verdict")
    assert name == "comment_file" or ran.status == 2, ran.said
    assert not [*repository.folder.rglob("owned")]
    assert not [*installed.glob("owned")]


def test_paths_with_spaces_and_dashes(repository: Repository, installed: Path) -> None:
    repository.write({"-a folder/p.policy": FAULTY.replace('"words', '"../specs/words')})
    runner = _runner(repository, installed, paths="-a folder\n\nspecs\n")
    ran = runner.run("Check")
    assert runner.outputs["check"] == {"status": "1"}, ran.said
    assert "-a folder/p.policy" in ran.said
