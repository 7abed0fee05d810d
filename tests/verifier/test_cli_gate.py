"""Settings, waivers and baselines on the command line: what a person sees, and statuses."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.verifier.command import CLASH, CLEAN, WEAK_CLASH, WRONG, policy, run

SNAPSHOTS = Path(__file__).parent / "snapshots"

WAIVER = """
[[waivers]]
code = "C01"
clauses = ["A", "B"]
reason = "The ministry redrafts B."
owner = "Legal"
expires = 2027-01-31
"""


def project(folder: Path, settings: str = "", **policies: str) -> Path:
    """A folder with settings and policies under ``specs``."""
    (folder / "antinomy.toml").write_text(settings, "utf-8")
    for name, text in policies.items():
        policy(folder, f"specs/{name}", text)
    return folder


def check(folder: Path, *arguments: str, day: str = "2026-05-01") -> tuple[int, str, str]:
    done = run("check", *arguments, "--today", day, cwd=folder)
    return done.status, done.out, done.err


@pytest.mark.parametrize("full", [False, True])
def test_what_is_waived_known_and_fixed_is_shown_apart(tmp_path: Path, full: bool) -> None:
    here = project(tmp_path, 'baseline = "base.json"\nignore = ["R"]', p=CLASH + READ_TOO)
    assert run("baseline", "specs", cwd=here).status == 0
    text = (here / "base.json").read_text("utf-8")
    gone = {
        "policy": "specs/p.policy",
        "code": "U01",
        "severity": "note",
        "fingerprint": "0" * 12,
        "title": "Gone.",
    }
    rows = [each for each in json.loads(text)["findings"] if each["code"] != "C01"]
    (here / "base.json").write_text(
        json.dumps({"schema": "antinomy-baseline/1", "findings": [*rows, gone]}), "utf-8"
    )
    (here / "antinomy.toml").write_text(
        'baseline = "base.json"\nignore = ["R"]\nseverity.G07 = "warning"\n' + WAIVER, "utf-8"
    )
    status, out, _ = check(here, "specs", *(["--full"] if full else []))
    assert status == 0
    snapshot("gate-full" if full else "gate", out)


READ_TOO = """
clause C "The old may go"
  may release
  when child and not ill
"""


def snapshot(name: str, text: str) -> None:
    """Compare with what is kept; ``ANTINOMY_RENEW=1`` keeps the text as it is now."""
    path = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("ANTINOMY_RENEW") == "1":
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text, "read it, then renew with ANTINOMY_RENEW=1"


def test_a_waiver_lets_a_finding_pass_until_its_day(tmp_path: Path) -> None:
    here = project(tmp_path, WAIVER, p=CLASH)
    status, out, err = check(here, "specs")
    assert (status, err) == (0, "")
    assert "Waived until 2027-01-31 by Legal: The ministry redrafts B." in out
    assert "1 finding is waived and does not count (antinomy.toml)." in out
    assert check(here, "specs", day="2027-01-31")[0] == 0
    status, out, _ = check(here, "specs", day="2027-02-01")
    assert status == 1
    assert "W02 expired-waiver" in out
    assert check(here, "specs", "--no-config")[0] == 1


def test_json_and_html_mark_what_does_not_count(tmp_path: Path) -> None:
    here = project(tmp_path, WAIVER, p=CLASH)
    (report,) = json.loads(check(here, "specs", "--format", "json")[1])["reports"]
    marks = {each["code"]: each["status"] for each in report["findings"]}
    assert marks["C01"] == "waived"
    assert set(marks.values()) == {"waived", "counts"} or set(marks) == {"C01"}
    (waived,) = report["gate"]["waived"]
    assert (waived["owner"], waived["place"]["line"]) == ("Legal", 2)
    assert report["gate"]["known"] is None
    page = check(here, "specs", "--format", "html")[1]
    assert "Waived until 2027-01-31 by Legal: The ministry redrafts B." in page
    assert "1 finding is waived and does not count" in page


def test_a_reason_cannot_steer_a_terminal_or_a_page(tmp_path: Path) -> None:
    hostile = WAIVER.replace("The ministry", "\\u001b[2J<script>alert(1)</script>::error::")
    here = project(tmp_path, hostile, p=CLASH)
    for form in ("terminal", "html", "json"):
        out = check(here, "specs", "--format", form)[1]
        assert "\x1b" not in out
        assert form == "json" or form == "terminal" or "<script>alert" not in out


def test_a_run_on_one_of_many_policies_calls_no_waiver_unused(tmp_path: Path) -> None:
    here = project(tmp_path, WAIVER, p=CLEAN, q=CLASH)
    assert "W01" not in check(here, "specs/p.policy")[1]
    assert "W01" not in check(here, "specs")[1]
    policy(here, "specs/q", CLEAN)
    assert "W01" not in check(here, "specs/p.policy")[1]
    status, out, _ = check(here, "specs", "--fail-on", "warning")
    assert status == 1
    assert out.count("W01 unused-waiver") == 1
    policy(here, "specs/q", WRONG)
    assert "W01" not in check(here, "specs")[1]


def test_a_waiver_of_one_policy_is_judged_with_it(tmp_path: Path) -> None:
    here = project(tmp_path, f'{WAIVER}policy = "specs/p.policy"\n', p=CLEAN, q=CLASH)
    assert "W01" in check(here, "specs/p.policy")[1]
    status, out, _ = check(here, "specs/q.policy")
    assert status == 1
    assert "W01" not in out


def test_only_new_findings_count_with_a_baseline(tmp_path: Path) -> None:
    here = project(tmp_path, p=CLASH, q=CLEAN)
    done = run("baseline", "specs", "-o", "base.json", cwd=here)
    assert done.status == 0
    assert done.out.startswith("base.json: ")
    assert check(here, "specs")[0] == 1
    status, out, _ = check(here, "specs", "--baseline", "base.json")
    assert status == 0
    assert "known from the baseline" in out
    policy(here, "specs/q", CLASH)
    status, out, _ = check(here, "specs", "--baseline", "base.json", "--format", "json")
    assert status == 1
    first, second = json.loads(out)["reports"]
    assert {each["status"] for each in first["findings"]} == {"known"}
    assert {each["status"] for each in second["findings"]} == {"counts"}
    policy(here, "specs/p", CLEAN)
    out = check(here, "specs/p.policy", "--baseline", "base.json")[1]
    assert "FOUND NO MORE" in out
    assert "run 'antinomy baseline' again" in " ".join(out.split())


def test_a_clash_of_should_that_becomes_one_of_must_is_new(tmp_path: Path) -> None:
    here = project(tmp_path, p=WEAK_CLASH)
    assert run("baseline", "specs", "-o", "base.json", cwd=here).status == 0
    arguments = ("specs", "--baseline", "base.json", "--fail-on", "note")
    assert check(here, *arguments)[0] == 0
    policy(here, "specs/p", CLASH)
    assert check(here, *arguments)[0] == 1


def test_a_baseline_does_not_depend_on_where_it_is_made(tmp_path: Path) -> None:
    here = project(tmp_path, p=CLASH)
    assert run("baseline", "specs", "-o", "a.json", cwd=here).status == 0
    assert run("baseline", "p.policy", "-o", "../b.json", cwd=here / "specs").status == 0
    assert (here / "a.json").read_bytes() == (here / "b.json").read_bytes()
    assert '"policy": "specs/p.policy"' in (here / "a.json").read_text("utf-8")


def test_what_is_waived_is_left_to_its_waiver(tmp_path: Path) -> None:
    here = project(tmp_path, WAIVER, p=CLASH)
    assert run("baseline", "specs", "--today", "2026-05-01", cwd=here).status == 0
    assert '"C01"' not in (here / "antinomy-baseline.json").read_text("utf-8")


def test_a_baseline_of_what_is_not_settled_or_wrong(tmp_path: Path) -> None:
    here = project(tmp_path, p=CLASH)
    done = run("baseline", "specs", "--bound", "1", cwd=here)
    assert done.status == 3
    assert "not settled" in done.out
    policy(here, "specs/q", WRONG)
    before = (here / "antinomy-baseline.json").read_bytes()
    assert run("baseline", "specs", cwd=here).status == 2
    assert (here / "antinomy-baseline.json").read_bytes() == before


@pytest.mark.parametrize("name", ["p.policy", "specs", "none/x.json", "notes.txt"])
def test_a_baseline_writes_over_nothing_else(tmp_path: Path, name: str) -> None:
    here = project(tmp_path, p=CLASH)
    assert run("baseline", "specs", "-o", name, cwd=here).status == 2


def test_a_missing_baseline_is_an_error(tmp_path: Path) -> None:
    here = project(tmp_path, 'baseline = "none.json"', p=CLEAN)
    status, _, err = check(here, "specs")
    assert status == 2
    assert "none.json is no baseline" in err


def test_paths_and_exclude_of_the_settings(tmp_path: Path) -> None:
    here = project(tmp_path, 'paths = ["specs"]\nexclude = ["specs/old"]', p=CLEAN)
    policy(here, "specs/old/q", CLASH)
    status, out, err = check(here)
    assert status == 0
    assert "The rules of q" not in out
    assert err == "antinomy: 1 policy is passed over, by 'exclude' in antinomy.toml.\n"
    assert check(here, "specs/old/q.policy")[0] == 1  # named outright
    assert run("fmt", "--check", cwd=here).status in (0, 1)
    assert run("trace", cwd=here / "specs").status == 0
    done = run("check", cwd=tmp_path / "specs", COLUMNS="80")
    assert done.status == 0
    project(tmp_path)
    assert "no PATH was given" in check(here)[2]


def test_a_run_that_looks_at_nothing_does_not_pass(tmp_path: Path) -> None:
    here = project(tmp_path, 'paths = ["specs"]\nexclude = ["*"]', p=CLASH)
    for arguments in ([], ["specs"]):
        status, out, err = check(here, *arguments)
        assert (status, out) == (2, "")
        assert "passed over, by 'exclude'" in err


def test_each_project_has_its_own_settings(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    project(tmp_path / "one", WAIVER, p=CLASH)
    project(tmp_path / "two", 'severity.C01 = "note"', p=CLASH)
    status, out, _ = check(tmp_path, "one", "two", "--format", "json")
    assert status == 0
    first, second = json.loads(out)["reports"]
    assert [each["gate"]["settings"] for each in (first, second)] == [
        "one/antinomy.toml",
        "two/antinomy.toml",
    ]
    assert {each["status"] for each in second["findings"]} == {"counts"}
    assert second["gate"]["weights"] == [{"code": "C01", "usual": "error", "now": "note"}]
    assert "W01" not in {each["code"] for each in (*first["findings"], *second["findings"])}


def test_the_command_line_counts_before_the_settings(tmp_path: Path) -> None:
    here = project(tmp_path, 'fail-on = "never"\nbound = 1', p=CLASH)
    assert check(here, "specs")[0] == 3
    status, out, _ = check(here, "specs", "--bound", "1000000")
    assert status == 0
    assert "by the settings, no finding fails" in out
    assert "No finding fails this run: 'fail-on' is 'never'." in out
    status, out, _ = check(here, "specs", "--bound", "1000000", "--fail-on", "error")
    assert status == 1
    assert "No finding fails this run" not in out


def test_what_is_not_settled_passes_only_where_that_is_allowed(tmp_path: Path) -> None:
    here = project(tmp_path, p=CLASH)
    assert check(here, "specs", "--bound", "1")[0] == 3
    status, out, _ = check(here, "specs", "--bound", "1", "--allow-unsettled")
    assert status == 0
    assert "it is allowed to pass so ('allow-unsettled')" in out
    project(tmp_path, "allow-unsettled = true\nbound = 1")
    assert check(here, "specs")[0] == 0
    mark = run("check", "specs", "--format", "json", cwd=here)
    (report,) = json.loads(mark.out)["reports"]
    (found,) = [each["fingerprint"] for each in report["findings"]]
    given = WAIVER.replace('code = "C01"\nclauses = ["A", "B"]', f'fingerprint = "{found}"')
    project(tmp_path, "bound = 1\n" + given)
    status, _, err = check(here, "specs")
    assert status == 2
    assert "X01 not-settled by its fingerprint, which no waiver may do" in err


def test_ignored_codes_are_named_as_not_run(tmp_path: Path) -> None:
    here = project(tmp_path, 'ignore = ["C"]', p=CLASH)
    status, out, _ = check(here, "specs")
    assert status == 0
    assert "Not run, by the settings (antinomy.toml): C01, C02" in out
    assert "(C03)" not in out
    assert "WHAT THE POLICY EVER SAYS" in out


def test_wrong_settings_are_told_and_nothing_is_looked_at(tmp_path: Path) -> None:
    here = project(tmp_path, "boud = 3\nfail-on = 4", p=CLASH)
    for command in ("check", "baseline", "trace", "fmt"):
        done = run(command, "specs", cwd=here)
        assert (done.status, done.out) == (2, "")
        assert done.err.splitlines() == [
            "antinomy: there are 2 errors in the settings, antinomy.toml.",
            "  antinomy.toml:1: boud: there is no such setting. Did you mean 'bound'?",
            "  antinomy.toml:2: fail-on: this is a whole number. It must be a text in quotation "
            'marks: "...".',
            "Nothing was looked at. '--no-config' runs without settings.",
        ]
    assert run("check", "specs", "--config", "none.toml", cwd=here).status == 2


def test_codes_about_waivers_are_not_asked_for_alone(tmp_path: Path) -> None:
    here = project(tmp_path, WAIVER, p=CLEAN)
    status, _, err = check(here, "specs", "--code", "W01")
    assert status == 2
    assert "told of whole runs only" in err
