"""Periods in reports: which findings stand when, and one day that is asked about."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from policy_dsl.load import load_text
from policy_dsl.model import PERIOD
from verifier.cli import main
from verifier.pipeline import Report, check_policy
from verifier.readings import describe
from verifier.render import json_v1, terminal
from verifier.render.html.document import render as page

TEXT = """\
policy yard "The yard"
  effective 2023-01-01
  until 2024-12-31
subject car
fact late : yes/no "comes late"
ambiguity width "What is wide?"
  reading wide
  reading narrow
action park "park in the yard" by driver
clause P.1 must not park
clause P.2 may park
  in force from 2024-06-01
  in force until 2024-08-31
clause P.3 must park
  when late
  under width is wide
  in force from 2024-08-01
clause P.4 need not park
  in force from 2030-01-01
"""


def report(text: str = TEXT, as_of: date | None = None) -> Report:
    return check_policy(load_text(text, as_of=as_of), codes=["C01", "C02"])


def shown(found: Report) -> str:
    return " ".join(terminal.render(found, 100, False).split())


def test_each_finding_says_when_it_stands() -> None:
    found = report()
    policy = found.policy
    stands = {each.code: describe(policy, each.readings) for each in found.findings}
    assert stands == {
        "C01": "only if width is read as 'wide' and the time is from 1 August 2024 to 31 December "
        "2024",
        "C02": "only if the time is from 1 June 2024 to 31 August 2024",
    }


def test_the_report_tells_periods_apart_from_readings() -> None:
    text = shown(report())
    assert "Asked about: from 1 January 2023 to 31 December 2024." in text
    assert "In force only from 1 June 2024 to 31 August 2024: P.2." in text
    assert "Not in force in that time: P.4." in text
    assert "1 open ambiguity" in text
    assert (
        "only if the time is from 1 August 2024 to 31 December 2024 and the text is read so:"
        in (text)
    )
    assert "- from 1 August 2024 to 31 August 2024 1 stand, 1 under some readings" in text
    assert f"({PERIOD})" not in text


def test_the_page_has_the_same() -> None:
    html = page(report())
    assert "What stands when" in html
    assert "from 1 June 2024 to 31 July 2024" in html
    assert "In force only from 1 June 2024 to 31 August 2024: P.2." in html


def test_the_json_names_the_periods() -> None:
    data = json.loads(json_v1.render([report()]))
    assert "from 1 June 2024 to 31 July 2024" in json.dumps(data)


def test_where_all_is_in_force_together_nothing_is_said_of_time() -> None:
    parts = ("  in force", "  effective", "  until")
    plain = "\n".join(line for line in TEXT.splitlines() if not line.startswith(parts))
    dated = plain.replace('"The yard"\n', '"The yard" effective 2023-01-01\n')
    assert shown(report(plain)) == shown(report(dated))
    assert "Asked about" not in shown(report(dated))


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2023, 5, 1), []),
        (date(2024, 6, 1), ["C02"]),
        (date(2024, 8, 31), ["C01", "C02"]),
        (date(2024, 9, 1), ["C01"]),
        (date(2030, 1, 1), []),
    ],
)
def test_one_day(day: date, codes: list[str]) -> None:
    found = report(as_of=day)
    assert [each.code for each in found.findings] == codes
    assert all(PERIOD not in each.readings.ambiguities for each in found.findings)


# --- the command ---------------------------------------------------------------------------


@pytest.fixture
def spec(tmp_path: Path) -> str:
    path = tmp_path / "yard.policy"
    path.write_text(TEXT, "utf-8")
    return str(path)


def test_check_as_of(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", spec, "--code", "C02", "--as-of", "2024-07-01"]) == 1
    assert "Asked about: on 1 July 2024." in capsys.readouterr().out


def test_before_anything_is_in_force(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", spec, "--as-of", "2022-07-01"]) == 2
    error = capsys.readouterr().err
    assert "no clause of yard is in force on 1 July 2022" in error
    assert "The first takes effect on 1 January 2023." in error


@pytest.mark.parametrize("day", ["2024-13-01", "1 July", "20240701", ""])
def test_no_day(spec: str, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", spec, "--as-of", day]) == 2
    assert "is not a day, such as 2017-02-21" in capsys.readouterr().err


def test_eval_asks_for_the_period_or_takes_a_day(
    spec: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case.json"
    case.write_text('{"facts": {"late": false}, "readings": {"width": "wide"}}', "utf-8")
    assert main(["eval", spec, str(case)]) == 2
    assert (
        "no reading for period, the time asked about: choose 2023-01-01" in capsys.readouterr().err
    )
    assert main(["eval", spec, str(case), "--as-of", "2024-07-01"]) == 0
    assert "by P.2" in capsys.readouterr().out


def test_eval_shows_limits_of_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy, case = tmp_path / "e.policy", tmp_path / "case.json"
    policy.write_text(
        'policy e\nevent taken "the child is taken"\naction move "move the child"\n'
        "action see\nclause A must move within 72 hours of taken\n"
        "clause B must not see before taken\n",
        "utf-8",
    )
    case.write_text("{}", "utf-8")
    assert main(["eval", str(policy), str(case)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "by A (within 72 hours after the child is taken)" in said
    assert "At some times not - must not see before the child is taken" in said
