"""Annotations for GitHub, as its runner reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tests.verifier.exhibited import exhibited, hostile_exhibits
from tests.verifier.gated import NASTY, gated, many, wrong
from tests.verifier.reported import small
from tests.verifier.test_render_terminal import same_as_read
from verifier.render import github
from verifier.render.formats import Result

KINDS = ["error", "warning", "notice"]


@dataclass(frozen=True)
class Command:
    """What the runner takes from a line."""

    name: str
    told: dict[str, str]
    text: str


def runner(text: str) -> list[Command]:
    """The commands of a log, by the runner's own rules. Also those of its older form, which it
    looks for anywhere in a line that is no command of the newer one."""
    found = []
    for line in text.split("\n"):
        if not line.lstrip().startswith("::"):
            assert "##[" not in line
            continue
        command, sign, data = line.lstrip()[2:].partition("::")
        assert sign, line
        name, _, rest = command.partition(" ")
        told = dict(each.split("=", 1) for each in rest.split(",")) if rest else {}
        found.append(Command(name, {k: _read(v, True) for k, v in told.items()}, _read(data)))
    return found


def _read(value: str, in_property: bool = False) -> str:
    pairs = [("%0D", "\r"), ("%0A", "\n")]
    pairs += [("%3A", ":"), ("%2C", ",")] if in_property else []
    for code, sign in [*pairs, ("%25", "%")]:
        value = value.replace(code, sign)
    return value


def beside(*results: Result) -> list[Command]:
    """The annotations of results, in their order."""
    return [each for each in runner(github.render(results)) if each.name in KINDS]


def test_a_report_as_it_was_read() -> None:
    same_as_read("report.github.txt", github.render([gated(), wrong()]))


def test_every_finding_is_beside_its_clause() -> None:
    report = exhibited()
    found = beside(report)
    assert len(found) == len(report.findings)
    assert [each.name for each in found] == sorted((e.name for e in found), key=KINDS.index)
    for finding in report.findings:
        (mine,) = [each for each in found if f"Fingerprint: {finding.fingerprint}." in each.text]
        assert mine.told["title"] == f"{finding.code} {finding.name}"
        assert mine.told["file"] == "specs/small.policy"
        assert finding.place is not None
        assert mine.told["line"] == str(finding.place.line)
        assert mine.told["endLine"] == mine.told["line"]
        assert int(mine.told["col"]) < int(mine.told["endColumn"])


def test_of_each_kind_ten_are_shown_and_the_rest_is_folded_and_counted() -> None:
    text = github.render([many(25)])
    found = runner(text)
    assert [each.name for each in found] == [
        *["error"] * 10, *["warning"] * 10, "group", "endgroup",
    ]  # fmt: skip
    lines = [int(each.told["line"]) for each in found if each.name == "error"]
    assert lines == [1, 3, 5, 7, 9, 11, 13, 15, 17, 19]
    for number in range(50):
        assert len(re.findall(rf"Finding number {number}\b", text)) == 1
    last = text.rstrip("\n").split("\n")[-1]
    assert last.startswith("antinomy: 25 errors, 25 warnings, no notices in all.")
    assert github.render([small()]).rstrip("\n").split("\n")[-1].startswith("antinomy: 3 errors,")


def test_errors_of_a_policy_come_first() -> None:
    found = beside(many(25), wrong())
    errors = len(wrong().diagnostics)
    assert all(each.told["file"] == "specs/wrong.policy" for each in found[:errors])
    assert found[0].told["title"].startswith("L01 ")


def test_what_is_waived_or_known_is_no_annotation() -> None:
    report = gated()
    text = github.render([report])
    aside = {*report.gate.waived, *(report.gate.known or ())}
    assert not [e for e in beside(report) if any(mark in e.text for mark in aside)]
    assert all(text.count(f"Fingerprint: {mark}") == 1 for mark in aside)
    assert "until 2027-01-31 by the legal office: It is being redrafted" in text


def test_what_is_not_settled_is_an_error_unless_it_may_pass() -> None:
    report = gated()
    allowed = replace(report, gate=replace(report.gate, allow_unsettled=True))
    for each, kind in ((report, "error"), (allowed, "warning")):
        (mine,) = [c for c in beside(each) if c.told["title"] == "X01 not-settled"]
        assert mine.name == kind


def test_no_text_of_a_policy_becomes_a_command() -> None:
    report = hostile_exhibits()
    plain = gated(NASTY)
    title = replace(plain.findings[0], title=NASTY, name=f"a,b:c%\n{NASTY}")
    report = replace(report, findings=(*report.findings, title, *many(12).findings))
    texts = github.render([report, plain, wrong(f"clause A {NASTY}", "a,b::c/##[x]%.policy")])
    found = runner(texts)
    assert {each.name for each in found} == {*KINDS, "group", "endgroup"}
    told = {"file", "line", "endLine", "col", "endColumn", "title"}
    assert all(set(each.told) <= told for each in found)
    assert "a,b::c/##[x]%.policy" in {each.told.get("file") for each in found}
