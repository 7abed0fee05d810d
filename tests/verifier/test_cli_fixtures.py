"""``antinomy fixtures``, ``compile`` and ``serve-oracle`` as their users run them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from verifier.cli import main

SPECS = Path(__file__).parents[2] / "specs"

CONFTEST = """\
import pytest
import compiled

@pytest.fixture
def decide():
    return lambda case: compiled.outcome(case).as_json()
"""

VISITS = """\
policy visits "Visits"

fact family : yes/no
fact hour   : 0 .. 23

action admit "let the visitor in"

clause visits.1
  may admit
  when family or hour >= {from_}

clause visits.2
  must not admit
  when hour >= 20
"""


@pytest.mark.parametrize("spec", ["examples/leave/mended", "examples/loan-table/faulty"])
def test_the_test_module_is_green_against_the_compiled_policy(tmp_path: Path, spec: str) -> None:
    path = SPECS / f"{spec}.policy"
    module = tmp_path / "test_policy.py"
    assert main(["fixtures", str(path), "--format", "pytest", "-o", str(module)]) == 0
    assert main(["compile", str(path), "-o", str(tmp_path / "compiled.py")]) == 0
    (tmp_path / "conftest.py").write_text(CONFTEST)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_policy.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout
    wrong = CONFTEST.replace(".as_json()", '.as_json() | {"actions": {}, "outputs": {}}')
    (tmp_path / "conftest.py").write_text(wrong)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, "a system that says nothing must fail"
    assert "expected" in done.stdout


def test_what_changed_since_a_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    spec = tmp_path / "visits.policy"
    spec.write_text(VISITS.format(from_=14))
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "first"]):
        subprocess.run(["git", *command], check=True, capture_output=True)
    spec.write_text(VISITS.format(from_=16))
    words = ["fixtures", "visits.policy", "--format", "json", "--criteria", "differences"]
    assert main([*words, "--changed-since", "HEAD"]) == 0
    (fixture,) = json.loads(capsys.readouterr().out)["fixtures"]
    assert fixture["case"]["facts"]["hour"] in (14, 15)
    assert fixture["before"] == "may, by visits.1"
    assert fixture["expected"]["actions"] == {}
    for wrong in ("nowhere", "-x", "HEAD..HEAD", "visits.policy"):
        assert main([*words, f"--changed-since={wrong}"]) == 2
        assert "antinomy: " in capsys.readouterr().err


def test_what_is_not_settled_is_no_pass(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(SPECS / "examples/leave/faulty.policy")
    for criteria in ("findings", "clauses"):
        assert main(["fixtures", path, "--bound", "1", "--criteria", criteria]) == 3
        assert "Not settled" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["--criteria", "claused"],
        ["--reading", "nothing=at_all"],
        ["--action", "nothing"],
        ["--criteria", "differences"],
    ],
)
def test_a_wrong_word_is_told(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    path = str(SPECS / "examples/leave/mended.policy")
    assert main(["fixtures", path, *words]) == 2
    assert capsys.readouterr().err.startswith("antinomy: ")


def test_lines_are_answered_by_the_command() -> None:
    path = SPECS / "examples/leave/mended.policy"
    done = subprocess.run(
        [sys.executable, "-m", "verifier.cli", "serve-oracle", str(path), "--complete"],
        input=b'{"facts": {}, "id": 1}\n\xff\n',
        capture_output=True,
        check=False,
    )
    first, second = map(json.loads, done.stdout.decode().splitlines())
    assert done.returncode == 0
    assert first["id"] == 1
    assert second["line"] == 2
    assert "error" in second
