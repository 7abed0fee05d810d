"""JUnit XML: what fails, what is skipped, what is an error, and that any reader can read it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from tests.verifier.exhibited import exhibited, hostile_exhibits
from tests.verifier.gated import NASTY, gated, many, open_question, wrong
from tests.verifier.reported import small
from tests.verifier.test_render_terminal import same_as_read
from verifier.findings import Severity
from verifier.render import junit
from verifier.render.formats import Result

CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase"},
    "properties": {"property"},
    "testcase": {"skipped", "error", "failure", "system-out"},
}
"""What may stand in what, in every schema of JUnit XML."""

NEEDED = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "property": {"name", "value"},
    "testcase": {"classname", "name"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "skipped": {"message"},
}


def read(*results: Result) -> ET.Element:
    """The document, whose form is as readers want it."""
    text = junit.render(results)
    assert text.isascii()
    assert text == junit.render(results)
    root = ET.fromstring(text)
    for element in root.iter():
        assert {each.tag for each in element} <= CHILDREN.get(element.tag, set())
        assert set(element.attrib) >= NEEDED.get(element.tag, set())
    for suite in root.iter("testsuite"):
        cases = suite.findall("testcase")
        assert len({(each.get("classname"), each.get("name")) for each in cases}) == len(cases)
        for tag, count in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert suite.get(count) == str(sum(each.find(tag) is not None for each in cases))
        assert suite.get("tests") == str(len(cases))
        for each in cases:
            kinds = {child.tag for child in each} & {"failure", "error", "skipped"}
            assert len(kinds) <= 1 or kinds == {"failure", "error"}
    for count in ("tests", "failures", "errors"):
        assert root.get(count) == str(sum(int(each.get(count, "")) for each in root))
    assert "time" not in {name for each in root.iter() for name in each.attrib}
    return root


def test_a_report_as_it_was_read() -> None:
    same_as_read("report.junit.xml", junit.render([gated(), wrong()]))


def test_every_failure_is_a_finding_that_fails_the_run() -> None:
    report = gated()
    failures = [*read(report).iter("failure")]
    failing = [each for each in report.findings if report.gate.fails(each)]
    assert len(failures) == len(failing) == 6
    told = "\n".join(each.text or "" for each in failures)
    assert all(each.fingerprint in told for each in failing)


@pytest.mark.parametrize("fail_on", [*Severity, None])
def test_what_weighs_too_little_is_told_and_is_no_failure(fail_on: Severity | None) -> None:
    report = small()
    report = replace(report, gate=replace(report.gate, fail_on=fail_on))
    root = read(report)
    out = "\n".join(each.text or "" for each in root.iter("system-out"))
    failed = "\n".join(each.text or "" for each in root.iter("failure"))
    for each in report.findings:
        fails = fail_on is not None and each.severity >= fail_on
        assert (each.fingerprint in failed, each.fingerprint in out) == (fails, not fails)


def test_what_is_waived_or_known_is_a_skipped_case_with_its_reason() -> None:
    said = [each.get("message", "") for each in read(gated()).iter("skipped")]
    assert (
        sum("until 2027-01-31 by the legal office: It is being redrafted" in e for e in said) == 1
    )
    assert sum("Known: it stands in the baseline." in each for each in said) == 1
    assert sum("It is not run, by the settings." in each for each in said) == 1


def test_what_is_not_settled_is_an_error_of_its_check_unless_allowed() -> None:
    report = gated()
    root = read(report)
    (case,) = [each for each in root.iter("testcase") if each.find("error") is not None]
    assert case.get("name") == "C03 joint-duties"
    allowed = replace(report, gate=replace(report.gate, allow_unsettled=True))
    assert not [*read(allowed).iter("error")]
    table = replace(report, findings=(replace(open_question(), key=("profile", "a")),))
    (case,) = [each for each in read(table).iter("testcase") if each.find("error") is not None]
    assert case.get("name", "").startswith("X01 not-settled")


def test_a_policy_that_cannot_be_read_is_an_error() -> None:
    root = read(small(), wrong())
    errors = [*root[1].iter("error")]
    assert len(errors) == len(wrong().diagnostics)
    assert errors[0].get("type", "").startswith("L01 ")
    assert "specs/wrong.policy:" in (errors[0].text or "")


def test_two_policies_of_one_name_are_told_apart() -> None:
    names = [each.get("name") for each in read(small(), small())]
    assert names == ["small (specs/small.policy)"] * 2
    assert read(small())[0].get("name") == "small"


def test_hostile_texts_are_texts() -> None:
    report = hostile_exhibits()
    root = read(report, gated(NASTY), wrong(f"clause A {NASTY}"), wrong("\x00\ufffe\x1b", "a\x1b"))
    said = "\n".join(each.get("message", "") for each in root.iter())
    assert "]]>" in said
    assert "\\x1b[31m" in said


def test_many_findings_of_one_check_are_all_there() -> None:
    assert len([*read(many(200)).iter("failure")]) == 200
    assert len(read(exhibited())[0]) == 2 + len({each.code for each in exhibited().proved}) - 1
