"""The same policy gives the same report, byte for byte, on every run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from policy_dsl.load import load_text
from tests.strategies.policies import DENSE, texts
from tests.verifier.command import ROOT, environment
from tests.verifier.test_not_settled import TANGLED
from verifier.pipeline import check_policy

MEMO = ROOT / "specs" / "ice-ero-2017"


@settings(max_examples=settings().max_examples // 3)
@given(text=texts(DENSE))
def test_a_policy_checked_twice(text: str) -> None:
    one, two = check_policy(load_text(text)), check_policy(load_text(text))
    assert one == two


@pytest.mark.parametrize("what", ["memo", "tangled"])
def test_fresh_processes_say_the_same(tmp_path: Path, what: str) -> None:
    path = MEMO
    if what == "tangled":
        path = tmp_path / "tangled.policy"
        path.write_text(TANGLED, "utf-8")
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "verifier.cli", "check", str(path), "--format", "json"],
            cwd=ROOT,
            env=environment({"PYTHONHASHSEED": seed}),
            stdout=subprocess.PIPE,
        )
        for seed in ("0", "1", "4242")
    ]
    said = [each.communicate()[0] for each in running]
    assert said[0].startswith(b"{")
    assert len(set(said)) == 1
