"""Small specs in files, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from policy_dsl.diagnostics import Diagnostic, SpecError
from policy_dsl.load import load
from policy_dsl.model import Policy

SECRET = "fact secret_of_another_project : yes/no\n"


def make_project(folder: Path) -> Path:
    """The root of a project, beside which a file lies that no spec of it may read."""
    (folder / "secret.policy").write_text(f"policy secret\n{SECRET}", "utf-8")
    (folder / "secret.txt").write_text("secret", "utf-8")
    root = folder / "project"
    root.mkdir()
    (root / "antinomy.toml").touch()
    return root


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files and return the path of the first one."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return root / next(iter(files))


def spec(name: str, *uses: str, text: str = "") -> str:
    """The text of a small spec: its document, what it uses, and one fact of its own."""
    lines = [f"policy {name}", *(f'use "{each}"' for each in uses), f"fact f_{name} : yes/no"]
    return "\n".join([*lines, text, ""])


def errors(path: Path) -> tuple[Diagnostic, ...]:
    """What is wrong with the policy at a path."""
    with pytest.raises(SpecError) as raised:
        load(path)
    for each in raised.value.diagnostics:
        assert each.remedy.strip(), "every error has a remedy"
        assert "secret_of_another_project" not in each.place.source.text
    return raised.value.diagnostics


def error(path: Path) -> Diagnostic:
    """The one thing that is wrong with the policy at a path."""
    (found,) = errors(path)
    return found


def said(found: Diagnostic) -> str:
    """Where an error is, without the folder, and its code."""
    return f"{found.place} {found.code}".rpartition("/")[2]


def names(policy: Policy) -> list[str]:
    """How messages name the files of a policy."""
    return [each.place.source.name for each in policy.documents.values()]
