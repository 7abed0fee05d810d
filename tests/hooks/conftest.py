"""What the tests of hooks share. They install things; without what they need, they fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hooks.scratch import ROOT, Repository

_TOOLS = ("pre-commit", "check-jsonschema", "shellcheck", "zizmor")


@pytest.fixture(scope="session", autouse=True)
def tools() -> Path:
    """The folder with the programs that the tests run; the search path begins with it."""
    folder = Path(sys.executable).parent
    missing = [each for each in _TOOLS if shutil.which(each, path=str(folder)) is None]
    if missing:
        pytest.exit(f"{', '.join(missing)} not found: run 'make test-hooks'.", returncode=1)
    os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"
    return folder


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The project as it stands, committed in a repository of its own."""
    folder = tmp_path_factory.mktemp("source")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    repository = Repository.made(folder)
    repository.commit("The project")
    return repository
