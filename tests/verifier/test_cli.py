"""The command line: exit statuses, what goes where, and bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.verifier.command import (
    CLASH,
    CLEAN,
    WEAK_CLASH,
    WRONG,
    environment,
    policy,
    run,
)

TRACE = "Traceback"


@pytest.mark.parametrize(
    ("text", "fail_on", "status"),
    [
        (CLEAN, "note", 0),
        (CLASH, "error", 1),
        (CLASH, "never", 0),
        (WEAK_CLASH, "error", 0),
        (WEAK_CLASH, "warning", 1),
        (WEAK_CLASH, "note", 1),
        (WRONG, "never", 2),
    ],
)
def test_exit_status_of_one_policy(tmp_path: Path, text: str, fail_on: str, status: int) -> None:
    path = policy(tmp_path, "p", text)
    done = run("check", str(path), "--fail-on", fail_on)
    assert done.status == status
    assert bool(done.err) == (status == 2)
    assert bool(done.out) == (status != 2)


def test_what_is_not_settled_is_status_3_and_no_pass(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", CLASH)
    done = run("check", str(path), "--bound", "1")
    assert done.status == 3
    assert "NOT SETTLED" in done.out
    assert "Exit status 3" in done.out
    assert run("check", str(path), "--bound", "1", "--fail-on", "never").status == 3


def test_several_policies_give_the_worst_status(tmp_path: Path) -> None:
    clean = policy(tmp_path, "clean", CLEAN)
    clash = policy(tmp_path, "clash", CLASH)
    wrong = policy(tmp_path, "wrong", WRONG)
    assert run("check", str(clean), str(clash)).status == 1
    done = run("check", str(clean), str(wrong), str(clash))
    assert done.status == 2
    assert "The rules of clean" in done.out
    assert "The rules of clash" in done.out
    assert "L03 unknown-name" in done.err
    assert "did you mean" in done.err.lower()


def test_a_folder_is_searched_sorted_without_used_and_hidden_files(tmp_path: Path) -> None:
    policy(tmp_path, "b", CLEAN)
    policy(tmp_path, "sub/a", '\nuse "parts/words.policy"\n' + CLEAN)
    words = tmp_path / "sub/parts/words.policy"
    words.parent.mkdir()
    words.write_text('policy words "Words"\nfact old : yes/no\n')
    policy(tmp_path, ".hidden/c", WRONG)
    done = run("check", ".", "--format", "json", cwd=tmp_path)
    assert done.status == 0
    files = [each["policy"]["file"] for each in json.loads(done.out)["reports"]]
    assert files == ["b.policy", "sub/a.policy"]
    named = run("check", "sub/parts/words.policy", "--format", "json", cwd=tmp_path)
    assert [r["policy"]["name"] for r in json.loads(named.out)["reports"]] == ["words"]


def test_files_that_use_each_other_in_a_circle_are_still_checked(tmp_path: Path) -> None:
    policy(tmp_path, "a", '\nuse "b.policy"\n' + CLEAN)
    (tmp_path / "b.policy").write_text('policy b "B"\nuse "a.policy"\n')
    done = run("check", str(tmp_path), "--format", "json")
    assert len(json.loads(done.out)["reports"]) == 2


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    done = run("check", str(tmp_path))
    assert (done.status, done.out) == (2, "")
    assert "no .policy file" in done.err


def test_only_the_codes_asked_for_are_shown(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", CLASH + "\nexpect never must release\n")
    both = json.loads(run("check", str(path), "--format", "json").out)["reports"][0]
    assert {each["code"] for each in both["findings"]} == {"C01", "E01"}
    done = run("check", str(path), "--code", "expectation-refuted,c04", "--format", "json")
    found = json.loads(done.out)["reports"][0]
    assert {each["code"] for each in found["findings"]} == {"E01"}
    assert {each["code"] for each in found["proved"]} == {"V01", "C04", "E01"}
    shown = {p for row in found["readings"] for p in (*row["stand"], *row["depend"], *row["fall"])}
    assert shown <= {each["fingerprint"] for each in found["findings"]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "COMMAND"),
        (["frobnicate"], "frobnicate"),
        (["check"], "PATH"),
        (["check", "nowhere.policy"], "nowhere.policy"),
        (["check", "README"], "README"),
        (["check", "pyproject.toml"], ".policy"),
        (["check", "specs", "--bound", "none"], "none"),
        (["check", "specs", "--code", "C99"], "C99"),
        (["check", "specs", "--code", "C1"], "Did you mean"),
        (["check", "specs", "--fail-on", "fatal"], "fatal"),
        (["check", "a\0b"], "a"),
        (["explain", "C0l"], "Did you mean"),
        (["eval", "specs"], "CASE"),
    ],
)
def test_wrong_use_is_told_in_two_lines(
    arguments: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    from verifier.cli import main

    assert main(arguments) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert said in err
    assert err.startswith("antinomy: ")
    assert len(err.splitlines()) <= 2
    assert TRACE not in err


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe\x00binary\x00", b"policy \x1b[31m red", b"{" * 5000, b"\\\n" * 200, b"\x1a"],
)
@pytest.mark.parametrize("command", ["check", "fmt", "eval"])
def test_hostile_files_give_a_message_and_status_2(
    tmp_path: Path, data: bytes, command: str
) -> None:
    path = tmp_path / "p.policy"
    path.write_bytes(data)
    case = ["-"] if command == "eval" else []
    done = run(command, str(path), *case, stdin="{}")
    assert (done.status, done.out) == (2, "")
    assert TRACE not in done.err
    assert "\x1b" not in done.err
    assert path.read_bytes() == data


@pytest.mark.skipif(sys.platform != "linux", reason="such names are possible on Linux only")
def test_a_name_that_is_no_text_is_shown_as_escapes(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\x1b[31m.policy")
    (tmp_path / name).write_text(HOSTILE)
    done = run("check", str(tmp_path / name))
    assert done.status == 1
    assert "\x1b" not in done.out
    assert done.err == ""


HOSTILE = """\
policy p "[red]Not[/red] red :smile: \\\\ [link=http://example.org]x"
subject person
fact child : yes/no "is [bold]a child" otherwise "is not [/bold] a child"
action release "release [blink]"
clause A "[on red]A"
  quote "[/]children"
  must release
  when child
clause B
  must not release
  when child
"""


def test_markup_in_a_policy_is_text(tmp_path: Path) -> None:
    path = tmp_path / "p.policy"
    path.write_text(HOSTILE)
    done = run("check", str(path), "--color", "always")
    assert done.status == 1
    for each in ("[red]Not[/red] red :smile:", "is [bold]a child", "[/]children"):
        assert each in done.out


def test_help_and_version_start_fast_without_what_is_slow() -> None:
    code = (
        "import sys; from verifier.cli import main; status = main(sys.argv[1:]);"
        "print(status, sorted({'z3', 'rich', 'lark'} & set(sys.modules)))"
    )
    for argument in ("--help", "--version"):
        done = subprocess.run(
            [sys.executable, "-c", code, argument],
            capture_output=True,
            text=True,
            env=environment({}),
            check=True,
        )
        assert done.stdout.splitlines()[-1] == "0 []"
        assert "antinomy" in done.stdout


@pytest.mark.parametrize("command", [[], ["baseline"], ["check"], ["eval"], ["explain"], ["fmt"]])
def test_every_help_has_examples_and_fits(command: list[str]) -> None:
    done = run(*command, "--help", COLUMNS="80")
    assert done.status == 0
    assert "examples:" in done.out
    assert max(len(line) for line in done.out.splitlines()) <= 80
