"""Code quality for GitLab: what its documents ask for."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from jsonschema import Draft202012Validator

from tests.verifier.exhibited import exhibited, hostile_exhibits
from tests.verifier.gated import NASTY, gated, many, wrong
from tests.verifier.reported import small
from tests.verifier.test_render_terminal import same_as_read
from verifier.findings import Severity
from verifier.render import gitlab
from verifier.render.formats import Result

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!/|\./|\.\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""The fields that the site asks for; paths are relative to the repository, without ``./``."""


def read(*results: Result) -> list[dict[str, Any]]:
    """The issues, which are as the site asks for them."""
    text = gitlab.render(results)
    assert text.isascii()
    found: list[dict[str, Any]] = json.loads(text)
    Draft202012Validator(SCHEMA).validate(found)
    assert len({each["fingerprint"] for each in found}) == len(found)
    return found


def test_a_report_as_it_was_read() -> None:
    same_as_read("report.gitlab.json", gitlab.render([gated(), wrong()]))


def test_every_finding_is_an_issue() -> None:
    report = exhibited()
    found = read(report)
    weights = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "minor"}
    assert len(found) == len(report.findings)
    for issue, finding in zip(found, report.findings, strict=True):
        assert finding.title.rstrip(".") in issue["description"]
        assert issue["severity"] == weights[finding.severity]


def test_what_does_not_count_is_for_information_and_says_why() -> None:
    told = [each for each in read(gated()) if each["severity"] == "info"]
    assert [each["description"].split(" ")[0] for each in told] == ["Waived", "Known:"]


def test_fingerprints_survive_moved_lines_and_other_policies() -> None:
    report = small()
    sides = [replace(side, place=report.findings[-1].sides[0].place) for side in
             report.findings[0].sides]  # fmt: skip
    moved = replace(report, findings=(replace(report.findings[0], sides=tuple(sides)),))
    (issue,) = read(moved)
    assert issue["fingerprint"] == read(report)[0]["fingerprint"]
    assert len(read(report, report)) == len(read(report))


def test_a_policy_that_cannot_be_read_blocks() -> None:
    found = read(wrong(), small())
    assert found[0]["severity"] == "blocker"
    assert found[0]["check_name"].startswith("L01 ")


def test_hostile_texts_are_texts() -> None:
    found = read(hostile_exhibits(), gated(NASTY), wrong(f"clause A {NASTY}"), many(30))
    assert all("\n" not in each["description"] for each in found)
