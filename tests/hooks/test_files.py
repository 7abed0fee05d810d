"""The files that other tools read are what these tools expect."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.hooks.scratch import ROOT
from tests.hooks.steps import ACTION, GITLAB, scripts

WORKFLOW = ROOT / "docs" / "ci" / "github.yml"


def _passes(*command: str | Path) -> None:
    done = subprocess.run(
        [str(each) for each in command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_hooks_are_valid() -> None:
    _passes("pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")


@pytest.mark.parametrize(
    ("schema", "path", "more"),
    [
        ("vendor.github-actions", ACTION, ()),
        ("vendor.github-workflows", WORKFLOW, ()),
        ("vendor.gitlab-ci", GITLAB, ("--data-transform", "gitlab-ci")),
    ],
    ids=["action", "workflow", "gitlab"],
)
def test_a_file_follows_its_schema(schema: str, path: Path, more: tuple[str, ...]) -> None:
    _passes("check-jsonschema", "--builtin-schema", schema, *more, path)


@pytest.mark.parametrize("name", scripts())
def test_a_script_has_no_slips(name: str, tmp_path: Path) -> None:
    path = tmp_path / "step.sh"
    path.write_text(f"#!/bin/bash\nset -eo pipefail\n{scripts()[name]}", "utf-8")
    _passes("shellcheck", path)


def test_nothing_of_a_user_becomes_a_command() -> None:
    """No input stands in the text of a script, and what is used is pinned to a commit."""
    _passes("zizmor", "--offline", "--quiet", ACTION)
    assert "${{" not in "".join(scripts().values())
