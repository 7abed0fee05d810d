"""The table of margins takes a while, and is made only where it is shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.verifier.command import CLASH, policy
from verifier.cli import main
from verifier.piecewise import Piecewise
from verifier.ran import Margins


@pytest.mark.parametrize(
    ("options", "made"),
    [([], 0), (["--full"], 1), (["--format", "json"], 1), (["--format", "html"], 1)],
)
def test_margins_are_made_where_they_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], made: int
) -> None:
    asked = []

    make = Piecewise.margins

    def counted(pieces: Piecewise) -> Margins:
        asked.append(pieces)
        return make(pieces)

    monkeypatch.setattr(Piecewise, "margins", counted)
    path = policy(tmp_path, "p", CLASH)
    main(["check", str(path), "--fail-on", "never", *options])
    assert len(asked) == made


def test_the_short_report_says_how_many_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = policy(tmp_path, "p", CLASH)
    main(["check", str(path), "--fail-on", "never", "--format", "json"])
    told = json.loads(capsys.readouterr().out)["reports"][0]["margins"]
    rows = told if isinstance(told, list) else told["rows"]
    main(["check", str(path), "--fail-on", "never"])
    assert f"for {len(rows)} conditions" in " ".join(capsys.readouterr().out.split())
