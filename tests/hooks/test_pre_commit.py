"""The hooks, as pre-commit installs and runs them in a repository of policies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hooks.scratch import FAULTY, MENDED, VOCABULARY, Ran, Repository


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps what it has installed."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def repository(source: Repository, tmp_path: Path) -> Repository:
    found = Repository.made(tmp_path / "policies")
    commit = source.git("rev-parse", "HEAD")
    found.write(
        {
            ".pre-commit-config.yaml": f"repos:\n  - repo: {source.folder}\n    rev: {commit}\n"
            "    hooks:\n      - id: antinomy-fmt\n      - id: antinomy-check\n",
            "specs/words.policy": VOCABULARY,
            "specs/visitors.policy": MENDED,
            "notes.md": "No policy.\n",
        }
    )
    found.commit("A policy and its words")
    return found


def _hooks(repository: Repository, home: Path, *more: str) -> Ran:
    repository.git("add", "--all")
    env = {"PRE_COMMIT_HOME": str(home)}
    return repository.run("pre-commit", "run", "--color=never", *more, env=env)


def _said(ran: Ran) -> dict[str, str]:
    lines = [line for line in ran.said.splitlines() if line.startswith("antinomy ")]
    return {line[: line.index("..")]: line.rpartition(".")[2] for line in lines}


def test_a_clean_repository_passes(repository: Repository, home: Path) -> None:
    ran = _hooks(repository, home, "--all-files")
    assert ran.status == 0, ran.said
    assert _said(ran) == {"antinomy fmt": "Passed", "antinomy check": "Passed"}


def test_an_untidy_policy_is_put_into_the_format(repository: Repository, home: Path) -> None:
    repository.write({"specs/visitors.policy": MENDED.replace("  must", "     must")})
    ran = _hooks(repository, home)
    assert ran.status == 1
    assert _said(ran) == {"antinomy fmt": "Failed", "antinomy check": "Passed"}
    assert (repository.folder / "specs/visitors.policy").read_text("utf-8") == MENDED


def test_a_contradiction_is_stopped(repository: Repository, home: Path) -> None:
    repository.write({"specs/visitors.policy": FAULTY})
    ran = _hooks(repository, home)
    assert ran.status == 1
    assert _said(ran) == {"antinomy fmt": "Passed", "antinomy check": "Failed"}
    assert "opposed-duties" in ran.said


def test_a_changed_vocabulary_leads_to_the_policies_that_use_it(
    repository: Repository, home: Path
) -> None:
    gone = VOCABULARY.replace("fact inspector", "fact reviewer ").replace("an insp", "a rev")
    repository.write({"specs/words.policy": gone})
    ran = _hooks(repository, home)
    assert ran.status == 1
    assert _said(ran)["antinomy check"] == "Failed"
    assert "specs/visitors.policy" in ran.said


def test_other_files_do_not_matter(repository: Repository, home: Path) -> None:
    repository.write({"notes.md": "No policy yet.\n"})
    ran = _hooks(repository, home)
    assert ran.status == 0
    assert all(each.endswith("Skipped") for each in _said(ran).values())
