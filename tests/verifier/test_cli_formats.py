"""Formats on the command line: several in one run, and none that changes the exit status."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.verifier.command import CLASH, CLEAN, WRONG, policy
from verifier.cli import main
from verifier.cli_text import CHECK_FORMATS
from verifier.commands.common import Exit
from verifier.margins import Margin
from verifier.piecewise import Piecewise
from verifier.ran import Margins
from verifier.render.formats import WHOLE


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The status and what stands on both outputs."""
    status = main(["check", "--no-config", *arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.mark.parametrize("name", CHECK_FORMATS)
def test_a_run_writes_other_formats_as_if_they_were_asked_for_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path, file = policy(tmp_path, "p", CLASH), tmp_path / "also"
    status, alone, _ = run(capsys, str(path), "--format", name, "--full")
    also, terminal, _ = run(capsys, str(path), "--also", f"{name}={file}", "--full")
    assert status == also == Exit.FOUND
    assert file.read_text("utf-8") == alone
    assert "1 error" in terminal


def test_one_run_writes_many_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy(tmp_path, "first", CLASH)
    policy(tmp_path, "second", CLEAN)
    policy(tmp_path, "third", WRONG)
    files = {name: tmp_path / f"report.{name}" for name in WHOLE}
    also = [word for name, file in files.items() for word in ("--also", f"{name}={file}")]
    status, out, _ = run(capsys, str(tmp_path), "-o", str(tmp_path / "report.txt"), *also)
    assert (status, out) == (Exit.WRONG, "")
    assert "1 error" in (tmp_path / "report.txt").read_text("utf-8")
    for name, file in files.items():
        assert "third.policy" in file.read_text("utf-8"), name
    json.loads(files["json"].read_text("utf-8"))
    assert len(ET.parse(files["junit"]).getroot()) == 3


@pytest.mark.parametrize(
    ("also", "said"),
    [
        ("junit", "does not say which format goes into which file"),
        ("junit=", "does not say which format goes into which file"),
        ("junti=a.xml", "Did you mean 'junit'?"),
        ("junit=p.policy", "must not overwrite"),
        ("junit=nowhere/a.xml", "is not a file in a folder that exists"),
        ("junit=report.txt", "two reports are to go into one file, report.txt"),
    ],
)
def test_what_cannot_be_written_is_told_before_anything_is_checked(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    also: str,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    path = policy(tmp_path, "p", CLASH)
    status, out, told = run(capsys, str(path), "-o", "report.txt", "--also", also)
    assert (status, out) == (Exit.WRONG, "")
    assert said in told
    assert not (tmp_path / "report.txt").exists()


def test_a_page_of_several_policies_is_refused_here_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy(tmp_path, "first", CLASH)
    policy(tmp_path, "second", CLEAN)
    status, _, told = run(capsys, str(tmp_path), "--also", f"html={tmp_path / 'a.html'}")
    assert status == Exit.WRONG
    assert "a page shows one policy" in told


@pytest.mark.parametrize("full", [[], ["--full"]])
@pytest.mark.parametrize("name", CHECK_FORMATS)
def test_a_table_that_is_not_settled_changes_no_status(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    full: list[str],
) -> None:
    """The table of margins is made for some formats only: nothing in it may count in them."""
    path = policy(tmp_path, "p", CLEAN)

    def given_up(_: Piecewise) -> Margins:
        row = Margin(
            clause="A", action="release", condition="The person is no child",
            code="child", holds=False, within=None, outcomes=(), settled=False,
            reason="the solver gave up", gave_up=True,
        )  # fmt: skip
        return Margins(rows=(row,))

    monkeypatch.setattr(Piecewise, "margins", given_up)
    status, out, _ = run(capsys, str(path), "--format", name, *full)
    assert status == Exit.CLEAN
    if name == "html" or (name == "terminal" and full):
        assert "1 in the table of single conditions not settled" in " ".join(out.split())
    if name == "json":
        (report,) = json.loads(out)["reports"]
        assert report["counts"]["unsettled"] == 0
        assert [row["settled"] for row in report["margins"]] == [False]
