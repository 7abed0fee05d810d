"""``antinomy fmt``: what it changes, and what it never touches."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.verifier.command import CLEAN, WRONG, policy, run

SLOPPY = """
clause   A    "Children go free"
  must   release
  when (child)
"""


def test_a_file_is_put_into_the_format_once(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", SLOPPY)
    os.chmod(path, 0o640)
    done = run("fmt", "p.policy", cwd=tmp_path)
    assert (done.status, done.out, done.err) == (0, "changed p.policy\n", "")
    text = path.read_text()
    assert "must release\n" in text
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["p.policy"]
    again = run("fmt", "p.policy", cwd=tmp_path)
    assert (again.status, again.out) == (0, "")
    assert path.read_text() == text


def test_check_and_diff_change_nothing(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", SLOPPY)
    before = path.read_bytes()
    done = run("fmt", "--check", ".", cwd=tmp_path)
    assert (done.status, done.out) == (1, "would change p.policy\n")
    done = run("fmt", "--diff", ".", cwd=tmp_path)
    assert done.status == 1
    assert "-  must   release" in done.out
    assert "+  must release" in done.out
    assert path.read_bytes() == before
    run("fmt", ".", cwd=tmp_path)
    assert run("fmt", "--check", "--diff", ".", cwd=tmp_path).status == 0


def test_line_ends_and_byte_order_mark_belong_to_the_format(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", CLEAN)
    run("fmt", str(path))
    good = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + good.replace(b"\n", b"\r\n"))
    assert run("fmt", "--diff", str(path)).status == 1
    assert run("fmt", str(path)).status == 0
    assert path.read_bytes() == good


def test_a_file_with_errors_is_untouched_and_the_others_are_not(tmp_path: Path) -> None:
    wrong = policy(tmp_path, "a", SLOPPY + "\nclause B\n  must\n")
    sloppy = policy(tmp_path, "b", SLOPPY)
    before = wrong.read_bytes()
    done = run("fmt", ".", cwd=tmp_path)
    assert (done.status, done.out) == (2, "changed b.policy\n")
    assert "L01 syntax" in done.err
    assert "left as it was" in done.err
    assert wrong.read_bytes() == before
    assert sloppy.read_text() != SLOPPY


def test_a_name_that_is_not_declared_does_not_hinder(tmp_path: Path) -> None:
    policy(tmp_path, "p", WRONG)
    assert run("fmt", ".", cwd=tmp_path).status == 0


def test_used_files_are_formatted_too(tmp_path: Path) -> None:
    policy(tmp_path, "a", '\nuse "b.policy"\n' + CLEAN)
    (tmp_path / "b.policy").write_text('policy   b "B"\n')
    done = run("fmt", ".", cwd=tmp_path)
    assert "changed b.policy" in done.out


def test_links_are_followed_inside_the_project_only(tmp_path: Path) -> None:
    project = tmp_path / "project"
    real = policy(project, "real", SLOPPY)
    (project / "antinomy.toml").write_text("")
    outside = policy(tmp_path, "outside", SLOPPY)
    before = outside.read_bytes()
    (project / "in.policy").symlink_to(real)
    (project / "out.policy").symlink_to(outside)
    done = run("fmt", "in.policy", "out.policy", cwd=project)
    assert (done.status, done.out) == (2, "changed in.policy\n")
    assert "leads out of the project" in done.err
    assert outside.read_bytes() == before
    assert (project / "in.policy").is_symlink()
    assert "must release" in real.read_text()


@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write everywhere")
def test_a_protected_file_is_told(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", SLOPPY)
    os.chmod(path, 0o444)
    done = run("fmt", str(path))
    assert done.status == 2
    assert "cannot be written" in done.err
