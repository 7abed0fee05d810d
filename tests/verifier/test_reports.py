"""The committed reports: the same bytes on every run, from every folder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.verifier.command import ROOT, environment


def written(folder: Path, cwd: Path, **more: str) -> dict[str, bytes]:
    """What ``python -m verifier.reports`` writes, by path; repairs, which take long, have tests of
    their own."""
    done = subprocess.run(
        [sys.executable, "-m", "verifier.reports", "--no-repairs", "--output", str(folder)],
        cwd=cwd,
        env=environment(more),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_reports_do_not_depend_on_the_place_or_the_run(tmp_path: Path) -> None:
    first = written(tmp_path / "one", ROOT)
    second = written(tmp_path / "two", tmp_path, PYTHONHASHSEED="11", COLUMNS="132")
    names = ["report.html", "report.json", "report.txt"]
    memo = [f"ice-ero-2017/{name}" for name in names]
    across = [f"ice-ero-2017-authorities/{name}" for name in names if name != "report.json"]
    assert sorted(first) == sorted([*memo, *across])
    assert first == second
    assert str(ROOT).encode() not in b"".join(first.values())
    text = first["ice-ero-2017/report.txt"].decode()
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "\x1b" not in text
    data = json.loads(first["ice-ero-2017/report.json"])
    assert data["reports"][0]["policy"]["file"] == "specs/ice-ero-2017/ice-ero-2017.policy"
