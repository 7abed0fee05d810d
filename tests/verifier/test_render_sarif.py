"""Policies as SARIF: what numbers, places and links point to, and what a finding becomes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.diagnostics import CODES
from policy_dsl.load import load
from tests.verifier.command import CLASH, ROOT, WRONG, policy, run
from tests.verifier.exhibited import EXHIBITS, exhibited
from tests.verifier.pages import HOSTILE
from tests.verifier.reported import small
from tests.verifier.sarif import Node, applied, read, results, well_made
from tests.verifier.sarif_reports import REPORTS, TEXTS, WAIVER, gated, wrong
from verifier.gating import Gate, Known
from verifier.pipeline import check_policy
from verifier.registry import CHECKS
from verifier.render import sarif, sarif_words
from verifier.render.gate_words import gate_sentences
from verifier.render.sarif_rules import index, rules
from verifier.repairs.patch import changes
from verifier.repairs.search import SpecAt, repairs
from verifier.solvers.backend import DEFAULT_BOUND


@pytest.mark.parametrize("name", REPORTS)
def test_everything_points_to_what_is_there(name: str) -> None:
    text = sarif.render(REPORTS[name])
    assert text.isascii()
    assert text.endswith("}\n")
    assert text == sarif.render(REPORTS[name])
    well_made(json.loads(text), TEXTS)


def test_every_code_is_a_rule_that_explains_it() -> None:
    found = rules()
    assert [each["id"] for each in found] == [*(c.code for c in CHECKS), *CODES]
    assert all(found[at]["id"] == code for code, at in index().items())
    for each in found:
        assert re.fullmatch(r"([A-Z][a-z]+)+", each["name"])
        short, full = each["shortDescription"]["text"], each["fullDescription"]["text"]
        assert 0 < len(short) <= 1024
        assert 0 < len(full) <= 1024
        assert short.endswith((".", "?"))
        assert each["help"]["text"].startswith(full.rstrip("."))
        assert "markdown" in each["help"]
        assert each["properties"]["tags"]
    assert {c.code: str(c.severity) for c in CHECKS} == {
        each["id"]: each["defaultConfiguration"]["level"]
        for each in found
        if each["id"] not in CODES
    }


def test_a_finding_is_told_in_its_own_words_with_links() -> None:
    finding = next(each for each in small().findings if each.code == "C02")
    result = next(
        each
        for each in results(read(small()))
        if each["partialFingerprints"]["antinomy/v1"] == finding.fingerprint
    )
    text = result["message"]["text"]
    first, *_ = text.split("\n\n")
    assert first.startswith(finding.title)
    for each in (*finding.settles, *finding.explanation):
        assert each.rstrip(".") in text
    assert finding.consequence in text
    for number, side in enumerate(finding.sides, start=1):
        assert f"[{side.clause}]({number}) {side.title}: {side.role}." in text
        assert f'"{side.quotes[0]}"' in text
        related = result["relatedLocations"][number - 1]
        assert related["logicalLocations"][0]["name"] == side.clause
        assert related["physicalLocation"]["region"]["startLine"] == side.place.line
    assert text.endswith(f"Fingerprint: {finding.fingerprint}.")
    assert result["level"] == str(finding.severity)
    assert result["properties"]["witness"]["case"]["facts"]


def test_a_run_and_a_line_of_time_are_flows() -> None:
    report = exhibited()
    flows = {
        each["ruleId"]: each["codeFlows"] for each in results(read(report)) if "codeFlows" in each
    }
    assert set(flows) == {"U04", "C09"} <= set(EXHIBITS)
    for (flow,) in flows.values():
        stops = flow["threadFlows"][0]["locations"]
        assert [each["executionOrder"] for each in stops] == list(range(1, len(stops) + 1))
    (run_,) = flows["U04"]
    told = [e["location"]["message"]["text"] for e in run_["threadFlows"][0]["locations"]]
    assert told[0] == (
        "The person is outside. Then: somebody lets the person in, by the door keeper. "
        "The person is then old."
    )
    assert run_["message"]["text"] == "No lawful step leads on from here."


def test_the_stops_of_a_run_stand_where_its_steps_are_declared() -> None:
    path = "specs/faulty/U04-trap.policy"
    (found,) = (e for e in results(read(check_policy(load(ROOT / path)))) if e["ruleId"] == "U04")
    stops = found["codeFlows"][0]["threadFlows"][0]["locations"]
    shown = [e["location"]["physicalLocation"]["region"]["snippet"]["text"] for e in stops]
    assert shown == ["read_test", "admitted"]


def test_a_waiver_is_a_suppression_and_a_baseline_says_what_is_new() -> None:
    waived, known, *others, fixed = results(read(gated()))
    (suppression,) = waived["suppressions"]
    assert suppression["justification"] == WAIVER.reason
    assert suppression["properties"] == {"owner": "Legal", "expires": "2027-05-01"}
    assert suppression["location"]["physicalLocation"]["artifactLocation"]["uri"] == "antinomy.toml"
    assert (
        "Waived until 2027-05-01 by Legal: The {{new}} form [comes] (https"
        in waived["message"]["text"]
    )
    assert known["baselineState"] == "unchanged"
    assert {each["baselineState"] for each in (waived, *others)} == {"new"}
    assert fixed["baselineState"] == "absent"
    assert (fixed["level"], fixed["kind"], fixed["ruleId"]) == ("none", "informational", "G01")
    assert not any("suppressions" in each for each in (known, *others, fixed))
    assert not any("baselineState" in e for e in results(read(gated(known=False)))[:-1])


def test_what_the_settings_change_is_said_of_the_rules() -> None:
    run = read(gated())["runs"][0]
    (invocation,) = run["invocations"]
    changed = {
        each["descriptor"]["id"]: each["configuration"]
        for each in invocation["ruleConfigurationOverrides"]
    }
    assert changed == {"P01": {"enabled": False}, "R01": {"level": "error"}}
    (about,) = run["properties"]["policies"]
    assert about["gate"] == [*gate_sentences(gated())]
    assert len(about["gate"]) == 5
    some = read(gated(), small())["runs"][0]["invocations"][0]
    assert some["ruleConfigurationOverrides"] == []


def test_what_was_not_settled_is_open_and_said_of_the_run() -> None:
    log = read(*REPORTS["unsettled"])
    open_ = [each for each in results(log) if each["ruleId"] == "X01"]
    assert open_
    assert {(each["kind"], each["level"]) for each in open_} == {("open", "none")}
    (invocation,) = log["runs"][0]["invocations"]
    assert len(invocation["toolExecutionNotifications"]) == len(open_)
    assert invocation["executionSuccessful"]


def test_errors_of_a_policy_are_results_of_a_run_that_failed() -> None:
    log = read(small(), wrong())
    found = [each for each in results(log) if each["ruleId"] in CODES]
    assert [each["ruleId"] for each in found] == [each.code for each in wrong().diagnostics]
    assert any("relatedLocations" in each for each in found)
    assert {each["level"] for each in found} == {"error"}
    assert "Did you mean 'child'?" in "".join(each["message"]["text"] for each in found)
    assert not log["runs"][0]["invocations"][0]["executionSuccessful"]


def test_a_baseline_may_speak_of_a_code_that_is_gone() -> None:
    gone = Known(fingerprint="0123456789ab", code="Q99", title="Old")
    log = read(replace(small(), gate=Gate(known=frozenset(), fixed=(gone,))))
    well_made(log, TEXTS)
    assert results(log)[-1]["ruleId"] == "Q99"


def test_no_text_of_a_policy_becomes_a_link_or_steers_a_terminal() -> None:
    report = small()
    bad = f"[here](https://example.org) [1](1) {{0}} {HOSTILE}"
    first = replace(report.findings[0], title=bad, consequence=bad, explanation=(bad,))
    log = read(replace(report, findings=(first,)))
    well_made(log, TEXTS)
    (result,) = results(log)
    text = result["message"]["text"]
    assert "[here] (https://example.org) [1] (1) {{0}}" in text
    assert all(each == "\n" or each.isprintable() for each in text)


def test_what_is_too_much_is_left_out_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(small())
    assert "cut" not in whole["runs"][0]["properties"]
    monkeypatch.setattr(sarif, "MOST_RESULTS", 3)
    monkeypatch.setattr(sarif_words, "MOST_LETTERS", 500)
    log = read(gated())
    well_made(log, TEXTS)
    found = results(log)
    assert len(found) == 3
    cut = [each for each in found if each["properties"].get("cut")]
    assert log["runs"][0]["properties"]["cut"] == {
        "results": len(small().findings) + 1 - 3,
        "messages": len(cut),
    }
    assert cut
    assert all(len(each["message"]["text"]) < 700 for each in cut)
    assert all("The rest was left out" in each["message"]["text"] for each in cut)
    kept = sorted(
        (each["level"] for each in results(whole)), key=["error", "warning", "note"].index
    )
    assert sorted(each["level"] for each in found) == sorted(kept[:3])


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_fix_makes_the_file_that_the_repair_makes(tmp_path: Path, ends: str) -> None:
    path = policy(tmp_path, "rules", CLASH)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_text("utf-8").replace("\n", ends).encode("utf-8"))
    report = check_policy(load(path), with_margins=False)
    found = repairs(report, SpecAt(path), DEFAULT_BOUND)
    log = read(replace(report, repairs=found.repairs, attempts=found.attempts))
    fixes = [fix for each in results(log) for fix in each.get("fixes", ())]
    assert len(fixes) == len(found.repairs) > 2
    before = path.read_bytes().decode("utf-8-sig")
    made = {applied(before, fix, "rules.policy") for fix in fixes}
    assert made == {after.decode("utf-8-sig") for each in found.texts for after in each.values()}
    titles = {each["description"]["text"] for each in fixes}
    assert titles == {each.title for each in found.repairs}


lines = st.lists(st.sampled_from(["a\n", "b\n", "\n", "c\r\n", "d"]), max_size=8).map("".join)


@given(before=lines, after=lines)
def test_changes_make_one_text_of_the_other(before: str, after: str) -> None:
    found = [*changes("p.policy", before.encode(), after.encode())]
    fix: Node = {
        "artifactChanges": [
            {
                "artifactLocation": {"uri": "p.policy"},
                "replacements": [
                    {
                        "deletedRegion": {
                            "startLine": each.start[0],
                            "startColumn": each.start[1],
                            "endLine": each.end[0],
                            "endColumn": each.end[1],
                        },
                        "insertedContent": {"text": each.text},
                    }
                    for each in found
                ],
            }
        ]
    }
    assert applied(before, fix, "p.policy") == after
    assert bool(found) == (before != after)


def test_a_wrong_policy_and_a_sound_one_make_one_document(tmp_path: Path) -> None:
    policy(tmp_path, "a", CLASH)
    policy(tmp_path, "b", WRONG)
    target = tmp_path / "out.sarif"
    done = run("check", ".", "--format", "sarif", "--output", str(target), cwd=tmp_path)
    assert done.status == 2
    log: Node = json.loads(target.read_text("ascii"))
    assert {each["ruleId"] for each in results(log)} >= {"C01", "L03"}
    assert [each["name"] for each in log["runs"][0]["properties"]["policies"]] == ["a"]
