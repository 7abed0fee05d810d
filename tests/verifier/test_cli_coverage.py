"""``antinomy coverage`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.verifier.command import Result, run
from verifier.render import json_schema

SPEC = """\
policy pool "The pool"
subject visitor
fact age : 0 .. 99
fact member : yes/no "is a member" otherwise "is no member"
type Ticket is one of day, year
fact ticket : optional Ticket
type Need is one of first, second
fact cases : set of Need
assume member or age < 90
  because "<script>alert(1)</script>"
action admit "let the visitor in"
clause P.1 "Grown-ups"
  quote "Those of 18 <b>years</b> may come in."
  may admit
  when age >= 18
clause P.2 "Never"
  must not admit
  when age >= 95 and not member
"""
PLAIN: dict[str, object] = {"age": 18, "member": True, "ticket": None, "cases": []}


def pool(folder: Path, files: dict[str, str]) -> Path:
    """A folder with the policy and some files of cases."""
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    path = folder / "pool.policy"
    path.write_text(SPEC, "utf-8")
    return path


def measured(folder: Path, name: str, text: str, *options: str) -> Result:
    return run("coverage", str(pool(folder, {name: text})), str(folder / name), *options)


def counts(done: Result) -> dict[str, float]:
    found: dict[str, float] = json.loads(done.out)["all"]
    return found


def test_what_is_missing_is_written_and_covers_all(tmp_path: Path) -> None:
    more = tmp_path / "more.json"
    done = measured(
        tmp_path, "one.json", json.dumps(PLAIN), "--format", "json", "--write-missing", str(more)
    )
    assert done.status == 0, done.err
    (schema,) = [name for name in json_schema.PUBLISHED if "coverage" in name]
    jsonschema.validate(json.loads(done.out), json_schema.schema(*json_schema.PUBLISHED[schema]))
    assert counts(done)["missing"] > 0
    never = next(e for e in json.loads(done.out)["goals"] if e["id"] == "P.2 in force")
    assert never["because"]
    assert not never["cases"]
    again = run(
        "coverage", str(tmp_path / "pool.policy"), str(tmp_path / "one.json"), str(more),
        "--format", "json", "--fail-under", "100",
    )  # fmt: skip
    assert (again.status, counts(again)["missing"]) == (0, 0)


def test_a_table_reads_as_json_does(tmp_path: Path) -> None:
    first = measured(tmp_path, "one.json", json.dumps([PLAIN]), "--format", "json")
    table = "age,member,ticket,cases\n18,true,,\n"
    second = measured(tmp_path, "one.csv", table, "--format", "json")
    assert counts(first) == counts(second)
    lines = json.dumps(PLAIN) + "\n\n"
    assert counts(measured(tmp_path, "one.jsonl", lines, "--format", "json")) == counts(first)


def test_a_fact_called_cases_is_no_list_of_cases(tmp_path: Path) -> None:
    done = measured(tmp_path, "one.json", json.dumps(PLAIN | {"cases": ["first", "second"]}))
    assert (done.status, done.err) == (0, "")


def test_a_case_that_cannot_be_does_not_count(tmp_path: Path) -> None:
    broken = PLAIN | {"age": 95, "member": False}
    done = measured(tmp_path, "one.json", json.dumps([broken]), "--format", "json")
    data = json.loads(done.out)
    assert (done.status, data["all"]["met"]) == (0, 0)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", "{", "not JSON"),
        ("a.json", "[" * 100_000, "deep"),
        ("a.json", '{"age": 1, "age": 2}', "twice"),
        ("a.json", "[{}]", "case 1"),
        ("a.json", '[{"age": 200, "member": true, "cases": []}]', "age"),
        ("a.jsonl", "{}\n", "line 1"),
        ("a.csv", "age,member,cases\n--5,true,\n", "line 2"),
        ("a.csv", "age,member,cases\n²,true,\n", "line 2"),
        ("a.csv", "age,member,cases,tickte\n5,true,,day\n", "tickte"),
        ("a.csv", "age,age,member,cases\n5,6,true,\n", "twice"),
        ("a.csv", "age,member,cases\n5\n", "line 2"),
        ("a.csv", 'age,member,cases\n"5,true,\n', "not CSV"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    done = measured(tmp_path, name, text)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert "fault in antinomy" not in done.err


def test_shares_that_are_too_low_fail(tmp_path: Path) -> None:
    text = json.dumps([PLAIN])
    assert measured(tmp_path, "a.json", text, "--fail-under", "100").status == 1
    assert measured(tmp_path, "a.json", text, "--fail-under", "clauses=100").status == 0
    for wrong in ("nan", "101", "names=5", "-1x"):
        assert measured(tmp_path, "a.json", text, f"--fail-under={wrong}").status == 2


def test_the_page_is_safe_and_the_same_each_time(tmp_path: Path) -> None:
    broken = PLAIN | {"age": 95, "member": False}
    text = json.dumps([PLAIN, broken])
    done = measured(tmp_path, "a.json", text, "--format", "html")
    assert done.status == 0
    assert "<script" not in done.out
    assert "<b>years" not in done.out
    assert "&lt;b&gt;years" in done.out
    assert done.out == measured(tmp_path, "a.json", text, "--format", "html").out
