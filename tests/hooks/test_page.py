"""Every command of ``docs/gate.md``, in the order of the page, in a repository of its own.

``ANTINOMY_RENEW=1`` writes what the commands print anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from tests.docs.snippets import RENEW, blocks
from tests.hooks.scratch import ROOT, Repository

PAGE = ROOT / "docs" / "gate.md"
_COMPARED = re.compile(r"^From .*?(?=\n(?:Policies|$))", re.MULTILINE | re.DOTALL)
"""The lines that say which commits were compared: their names depend on where the test runs."""

_COMMIT = re.compile(r"\b[0-9a-f]{12}\b")


def test_the_page(source: Repository, tmp_path: Path) -> None:
    repository = Repository.made(tmp_path / "repository")
    names = {
        "ADDRESS-OF-ANTINOMY": str(source.folder),
        "COMMIT": source.git("rev-parse", "HEAD"),
    }
    env = {
        "PATH": f"{repository.folder / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "PRE_COMMIT_COLOR": "never",
    }
    text = PAGE.read_text("utf-8")
    for block in blocks(PAGE):
        if "path" in block.words:
            repository.write({block.words["path"]: _named(block.text, names)})
        if block.language != "shell":
            continue
        commands = [line for line in block.text.splitlines() if line.startswith("$ ")]
        said = []
        for command in commands:
            ran = repository.run("bash", "-c", _named(command[2:], names), env=env)
            shown = _shown(command, ran.said)
            assert ran.status in ((0, 1) if shown else (0,)), f"{command}\n{ran.said}"
            said.append(f"{command}\n{shown}")
        text = text.replace(f"```shell\n{block.text}```", f"```shell\n{''.join(said)}```")
    if RENEW:
        PAGE.write_text(text, "utf-8")
    assert PAGE.read_text("utf-8") == text


def _named(text: str, names: dict[str, str]) -> str:
    for name, value in names.items():
        text = text.replace(name, value)
    return text


def _shown(command: str, said: str) -> str:
    """What the page shows of an output: nothing of git and pip, and no real names of commits."""
    if not command.startswith(("$ antinomy", "$ pre-commit run")):
        return ""
    return _COMPARED.sub(lambda found: _COMMIT.sub("0123456789ab", found[0]), said)
