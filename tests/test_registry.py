"""Every check is documented, unique, in order, and shown by a smallest spec."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.gated import checked
from verifier.check import Check
from verifier.findings import Finding
from verifier.registry import CHECKS, by_code
from verifier.shared import Limits

FAULTY = Path(__file__).parents[1] / "specs" / "faulty"
ORDER = "VCGURPESWX"
"""The order of output: what hides other findings comes first."""

each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)


@cache
def spec_of(code: str) -> Path:
    (found,) = FAULTY.rglob(f"{code}-*.policy")
    return found


@cache
def findings(code: str) -> tuple[Finding, ...]:
    text = spec_of(code).read_text("utf-8")
    given = dict(re.findall(r"^-- limits:.*?(\w+)=(\d+)", text, re.MULTILINE))
    limits = Limits(**{name: int(value) for name, value in given.items()})
    return checked(spec_of(code), limits).findings


def test_codes_and_names_are_unique() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    assert len({check.name for check in CHECKS}) == len(CHECKS)


def test_checks_stand_in_the_order_of_output() -> None:
    letters = [ORDER.index(check.code[0]) for check in CHECKS]
    assert letters == sorted(letters)
    for letter in ORDER:
        numbers = [check.code for check in CHECKS if check.code.startswith(letter)]
        assert numbers == sorted(numbers)


@each_check
def test_a_check_lives_in_the_file_of_its_code(check: Check[Any]) -> None:
    module = check.examine.__module__.rsplit(".", 1)[1]
    assert module.startswith(f"{check.code.lower()}_")


@each_check
def test_a_check_is_documented(check: Check[Any]) -> None:
    assert re.fullmatch(r"[A-Z]\d\d", check.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.name)
    assert check.question.endswith("?")
    assert "How to mend it" in check.documentation
    assert all(len(line) <= 100 for line in check.documentation.splitlines())


@each_check
def test_a_check_is_found_by_code_and_by_name(check: Check[Any]) -> None:
    assert by_code(check.code.lower()) is check
    assert by_code(check.name) is check


@each_check
def test_a_faulty_spec_shows_the_check(check: Check[Any]) -> None:
    assert check.code in {each.code for each in findings(check.code)}


@each_check
def test_a_faulty_spec_gives_exactly_what_it_says(check: Check[Any]) -> None:
    lines = spec_of(check.code).read_text("utf-8").splitlines()
    heading = [line for line in lines if line.startswith("-- Gives ")]
    promised = {line.split()[2].rstrip(":") for line in heading}
    assert {each.code for each in findings(check.code)} == promised


@each_check
def test_a_finding_by_a_case_has_one_and_a_proof_says_so(check: Check[Any]) -> None:
    for finding in findings(check.code):
        if check.on_settings and finding.code != check.code:
            continue  # what a waiver was for
        if finding.code == "X01":
            assert finding.witness is None
        elif check.polarity == "structural":
            assert (finding.witness, finding.proof) == (None, None)
        elif check.polarity == "sat":
            assert finding.witness is not None or finding.exhibit is not None
        else:
            assert finding.proof is not None


def test_every_faulty_spec_is_for_a_check() -> None:
    codes = {path.name[:3] for path in FAULTY.rglob("*.policy")}
    assert codes == {check.code for check in CHECKS}
    for check in CHECKS:
        assert spec_of(check.code).stem == f"{check.code}-{check.name}"
