"""``antinomy diff`` as a maintainer uses it: versions, rules, settings, formats, exit statuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.verifier.changed import CLASH, NEW, OLD, REWORDED, Scratch
from verifier import cli
from verifier.cli_diff import FORMATS
from verifier.commands.common import Exit
from verifier.commands.diff import status, verdict
from verifier.difference.results import Differences

LOOSER = OLD.replace("should register", "should register\n  when badge")


class Run:
    """What a run left."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which commands are given, with an old and a new policy."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for name, text in (
        ("old", OLD),
        ("new", NEW),
        ("clash", CLASH),
        ("reworded", REWORDED),
        ("looser", LOOSER),
    ):
        (tmp_path / f"{name}.policy").write_text(text, "utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Run:
    done = cli.main(["diff", *arguments])
    said = capsys.readouterr()
    return Run(done, said.out, said.err)


def test_exit_statuses(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def of(*arguments: str) -> int:
        return run(capsys, *arguments, "--no-findings").status

    assert of("old.policy", "reworded.policy") == 0
    assert of("old.policy", "old.policy") == 0
    assert of("old.policy", "looser.policy") == 1
    assert of("old.policy", "looser.policy", "--allow", "looser") == 0
    assert of("old.policy", "looser.policy", "--allow", "stricter") == 1
    assert of("old.policy", "looser.policy", "--fail-on", "never") == 0
    assert of("old.policy", "clash.policy", "--allow", "stricter") == 1
    (folder / "wrong.policy").write_text("policy x\nclause", "utf-8")
    assert of("old.policy", "wrong.policy", "--fail-on", "never") == 2
    assert of("wrong.policy", "old.policy") == 2
    assert of("old.policy", "nothing.policy") == 2
    assert of("old.policy", "new.policy", "--allow", "strict") == 2
    assert of("old.policy", "new.policy", "--bound", "1", "--fail-on", "never") == 3


@pytest.mark.usefixtures("folder")
def test_a_new_error_fails_though_the_change_is_allowed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    allowed = ["--allow", "stricter", "--allow", "newly-contradictory"]
    found = run(capsys, "old.policy", "clash.policy", *allowed)
    assert found.status == 1
    assert "new: C01 opposed-duties (error)" in found.out
    assert "Not allowed by any rule: 1 new finding." in found.out
    assert run(capsys, "old.policy", "clash.policy", *allowed, "--no-findings").status == 0
    allowed += ["--allow", "new-findings=error"]
    assert run(capsys, "old.policy", "clash.policy", *allowed).status == 0
    fixed = run(capsys, "clash.policy", "old.policy", "--allow", "looser")
    assert "0 new, 1 fixed" in fixed.out


@pytest.mark.usefixtures("folder")
def test_the_same_bytes_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    for name in FORMATS:
        runs = [run(capsys, "old.policy", "clash.policy", "--format", name) for _ in range(2)]
        assert runs[0].out == runs[1].out
        assert runs[0].err == ""


def test_kept_results_change_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("old.policy", "clash.policy")
    plain, cold, warm = (
        run(capsys, *arguments, *more) for more in ((), ("--cache", "kept"), ("--cache", "kept"))
    )
    assert plain.out == cold.out == warm.out
    assert plain.status == warm.status
    assert any((folder / "kept").rglob("*"))


def test_a_report_may_go_to_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("old.policy", "new.policy", "--no-findings", "--format", "json")
    shown = run(capsys, *arguments).out
    assert run(capsys, *arguments, "-o", "report.json").out == ""
    assert (folder / "report.json").read_text("utf-8") == shown
    assert json.loads(shown)["changed"][0]["path"] == "new.policy"
    assert run(capsys, *arguments, "-o", "x.policy").status == 2


def test_rules_stand_in_the_settings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = folder / "antinomy.toml"
    settings.write_text('[diff]\nallow = ["looser"]\n', "utf-8")
    arguments = ("old.policy", "looser.policy", "--no-findings")
    assert run(capsys, *arguments).status == 0
    assert run(capsys, *arguments, "--no-config").status == 1
    assert run(capsys, *arguments, "--allow", "stricter").status == 1
    settings.write_text('[diff]\nallow = ["loser"]\n', "utf-8")
    found = run(capsys, *arguments)
    assert found.status == 2
    assert "Did you mean 'looser'?" in found.err


def test_settings_weigh_and_waive_findings(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = folder / "antinomy.toml"
    rules = "[diff]\nallow = ['stricter', 'newly-contradictory']\n"
    settings.write_text(f"severity = {{ C01 = 'warning' }}\n{rules}", "utf-8")
    arguments = ("old.policy", "clash.policy")
    assert run(capsys, *arguments).status == 0
    waiver = "[[waivers]]\ncode = 'C01'\nclauses = ['V.1', 'V.3']\nreason = 'x'\nowner = 'y'\n"
    settings.write_text(f"{rules}\n{waiver}expires = 2030-01-01\n", "utf-8")
    found = run(capsys, *arguments, "--today", "2029-12-31")
    assert found.status == 0
    assert "Allowed by a waiver." in found.out
    assert run(capsys, *arguments, "--today", "2030-01-02").status == 1


def test_a_branch_is_compared_policy_by_policy(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = Scratch(folder / "repository")
    monkeypatch.chdir(scratch.folder)
    scratch.commit(a=OLD, b=OLD.replace("visitors", "b"), c=OLD.replace("visitors", "c"))
    (scratch.folder / "c.policy").unlink()
    scratch.commit(a=LOOSER, d=OLD.replace("visitors", "d"))
    found = run(capsys, "main~1..main", "--no-findings")
    assert found.status == 1
    assert "Policies: 1 changed, 1 new, 1 gone, 1 untouched." in found.out
    rules = [f"--allow={each}" for each in ("looser@a.*", "new-policy", "removed-policy@c.policy")]
    assert run(capsys, "main~1..main", "--no-findings", *rules).status == 0
    assert run(capsys, "main~1..main", "--no-findings", *rules[:2]).status == 1
    told = json.loads(run(capsys, "main~1", ".", "--format", "json", "--no-findings").out)
    assert [each["path"] for each in told["added"]] == ["d.policy"]
    assert [each["path"] for each in told["removed"]] == ["c.policy"]
    assert told["untouched"] == ["b.policy"]
    (scratch.folder / "antinomy.toml").write_text("exclude = ['a.policy']\n", "utf-8")
    assert "1 changed" not in run(capsys, "main~1..main", "--no-findings").out


def test_a_new_policy_brings_its_findings(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = Scratch(folder / "repository")
    monkeypatch.chdir(scratch.folder)
    scratch.commit(a=OLD)
    scratch.commit(b=CLASH.replace("visitors", "b"))
    found = run(capsys, "main~1..main", "--allow", "new-policy")
    assert found.status == 1
    assert "new: C01" in found.out
    more = ("--allow", "new-findings=error")
    assert run(capsys, "main~1..main", "--allow", "new-policy", *more).status == 0


def test_hostile_names_and_revisions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ("--", "-x..HEAD", "."),
        ("--", "--upload-pack=touch x", "."),
        ("\x1b[31m", "."),
        ("old.policy\0", "new.policy"),
        ("old.policy", "new.policy", "looser.policy"),
        ("old.policy",),
        ("old.policy", "."),
        ("old.policy", "antinomy.md"),
    ):
        found = run(capsys, *arguments)
        assert found.status == 2, arguments
        assert "Traceback" not in found.err
        assert "\x1b" not in found.err
    assert not (folder / "x").exists()


def test_what_an_exit_status_means_is_said() -> None:
    nothing = Differences(old="a", new="b", entries=())
    assert status(nothing, "change") is Exit.CLEAN
    for each in Exit:
        assert f"Exit status {each.value}" in verdict(each, "change")
    assert "--fail-on never" in verdict(Exit.CLEAN, "never")
