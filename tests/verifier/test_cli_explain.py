"""``antinomy explain``: every code has a text."""

from __future__ import annotations

import pytest

from policy_dsl.diagnostics import CODES
from verifier.cli import main
from verifier.registry import CHECKS


def explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What ``explain`` prints."""
    assert main(["explain", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert max(len(line) for line in out.splitlines()) <= 80
    return out


@pytest.mark.parametrize("check", CHECKS, ids=lambda each: str(each.code))
def test_every_check(check: object, capsys: pytest.CaptureFixture[str]) -> None:
    found = next(each for each in CHECKS if each is check)
    out = explained(capsys, found.code)
    assert out.startswith(f"{found.code} {found.name} ({found.severity})\n")
    assert out == explained(capsys, found.name.upper())
    words = " ".join(out.split())
    assert " ".join(found.documentation.split()) in words
    assert " ".join(found.question.split()) in words


@pytest.mark.parametrize("code", CODES)
def test_every_language_error(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = explained(capsys, code.lower())
    assert out.startswith(f"{code} ")
    assert len(out.split()) > 20


def test_without_a_code_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    out = explained(capsys)
    for each in (*(check.code for check in CHECKS), *CODES):
        assert f"{each}  " in out
