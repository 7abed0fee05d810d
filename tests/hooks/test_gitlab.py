"""The job for GitLab, run as it stands with what a runner would give it."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

from tests.hooks.scratch import FAULTY, MENDED, VOCABULARY, Ran, Repository
from tests.hooks.steps import gitlab


def _job(repository: Repository, **variables: str) -> Ran:
    env = {
        "CI_PROJECT_DIR": str(repository.folder),
        "ANTINOMY_CACHE": str(repository.folder / ".antinomy_cache"),
        "ANTINOMY_PATHS": "",
        "ANTINOMY_ALLOW": "",
        **variables,
    }
    return repository.run("bash", "-c", f"set -eo pipefail\n{gitlab()}", env=env)


def test_the_job(source: Repository, tmp_path: Path) -> None:
    repository = Repository.made(tmp_path / "policies")
    repository.write({"specs/words.policy": VOCABULARY, "specs/visitors.policy": MENDED})
    first = repository.commit("Two files")
    told = {"ANTINOMY_SOURCE": str(source.folder), "ANTINOMY_PATHS": "specs"}
    ran = _job(repository, **told)
    assert ran.status == 0, ran.said
    assert json.loads((repository.folder / "antinomy-codequality.json").read_text("utf-8")) == []

    repository.write({"specs/visitors.policy": FAULTY})
    repository.git("commit", "--quiet", "--all", "--message", "An exception is dropped")
    ran = _job(repository, **told, CI_MERGE_REQUEST_DIFF_BASE_SHA=first)
    assert ran.status == 1, ran.said
    assert "newly contradictory" in ran.said
    issues = json.loads((repository.folder / "antinomy-codequality.json").read_text("utf-8"))
    assert [each["location"]["path"] for each in issues] == ["specs/visitors.policy"]
    suites = ElementTree.parse(repository.folder / "antinomy-junit.xml").getroot()
    assert suites.findall(".//failure")


def test_what_to_install_has_to_be_said(tmp_path: Path) -> None:
    ran = _job(Repository.made(tmp_path / "policies"), ANTINOMY_SOURCE="")
    assert ran.status != 0
    assert "ANTINOMY_SOURCE" in ran.said
