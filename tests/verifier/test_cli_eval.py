"""``antinomy eval``: what a policy says about one case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.verifier.command import CLASH, READ, ROOT, policy, run

CHILD = '{"facts": {"child": true, "ill": false}}'
BOTH = '{"child": true, "ill": "yes"}'

OVERRULED = CLASH + "  overrides A\n"

LEVELS = """
type Level is one of low, high
output level : Level "risk level"

clause A
  should release
  when child

clause B
  sets level to high
  when ill

assume not (child and ill) because "the two exclude each other"
"""


def test_a_case_that_can_be_complied_with(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", CLASH)
    done = run("eval", str(path), "-", stdin=CHILD)
    assert done.status == 0
    assert done.err == ""
    for each in (
        "The person is a child.",
        "Must\n  - release the person\n",
        "by A Children go free",
        '"Children are released."',
        "Yes: what must and what should be done",
        "A is in force\n  yes when: is a child",
    ):
        assert each in done.out
    assert "Must not" not in done.out


def test_a_case_that_cannot_shows_the_smallest_conflict(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", CLASH)
    done = run("eval", str(path), "-", stdin=BOTH)
    assert done.status == 1
    after = done.out.split("CAN ALL OF IT BE DONE?")[1].split("WHY")[0]
    assert "A says 'must release the person'" in after
    assert "B says 'must not release the person'" in after


def test_a_defeated_clause_is_shown_with_what_defeats_it(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", OVERRULED)
    done = run("eval", str(path), "-", "--why", "A", stdin=BOTH)
    assert done.status == 0
    assert "- A Children go free\n    by B, which overrides it (p.policy:" in done.out
    assert "A applies, but is defeated" in done.out
    assert "B is in force\n" not in done.out


def test_outputs_and_norms_that_should(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", LEVELS)
    done = run("eval", str(path), "-", stdin='{"child": false, "ill": true}', COLUMNS="80")
    assert done.status == 2  # "should" is used, and left open
    assert "no reading for the ambiguity should: choose binding or advisory" in done.err
    assert "--complete" in done.err
    done = run("eval", str(path), "-", "--complete", stdin='{"ill": true}')
    assert done.status == 0
    assert "sets risk level to high" in done.out
    assert "Taken by default: child." in done.out
    binding = '{"facts": {"child": true, "ill": false}, "readings": {"should": "binding"}}'
    done = run("eval", str(path), "-", stdin=binding)
    assert "Must\n  - release the person\n" in done.out
    assert "its word is 'should', which binds here" in " ".join(done.out.split())


def test_a_case_that_cannot_be_is_refused(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", LEVELS)
    done = run("eval", str(path), "-", "--complete", stdin='{"child": true, "ill": true}')
    assert (done.status, done.out) == (2, "")
    assert "the policy assumes that there is no such case" in done.err
    assert "the two exclude each other" in done.err


def test_open_readings_are_named_with_what_they_would_change(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", READ)
    done = run("eval", str(path), "-", stdin=BOTH)
    assert done.status == 2
    assert "no reading for the ambiguity old: choose sixty or child" in done.err
    done = run("eval", str(path), "-", "--complete", stdin=BOTH)
    assert done.status == 1
    assert "Who is old? (old)\n  - sixty: whoever is sixty\n    taken here\n" in done.out
    assert "  - child: no child\n    A would not be in force\n" in done.out


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "not JSON"),
        ('{"child": tru', "line 1, column 11"),
        ("[" * 100_000, "nested too deeply"),
        ('{"child": true, "child": false}', "'child' is there twice"),
        ('{"child": NaN}', "NaN"),
        ('{"child": ' + "9" * 5000 + "}", "digits"),
        ('{"chidl": true}', "did you mean child?"),
        ('{"child": 1}', "expected true or false"),
        ("[]", "an object of facts"),
        ("\udcff", "not UTF-8"),
        ('{"\\ud800": "\\u001b[31m"}', "no fact is called"),
    ],
)
def test_what_is_not_a_case_is_told(tmp_path: Path, data: str, said: str) -> None:
    path = policy(tmp_path, "p", CLASH)
    done = run("eval", str(path), "-", stdin=data)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err
    assert "\x1b" not in done.err


def test_other_bad_input(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", CLASH)
    assert "cannot be read" in run("eval", str(path), str(tmp_path)).err
    assert "cannot be read" in run("eval", str(path), str(tmp_path / "none.json")).err
    done = run("eval", str(path), "-", "--why", "Z", stdin=CHILD)
    assert (done.status, done.out) == (2, "")
    assert "no clause Z" in done.err
    assert run("eval", str(tmp_path / "none.policy"), "-", stdin=CHILD).status == 2


def test_the_case_of_a_finding_can_be_evaluated(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", CLASH)
    report = json.loads(run("check", str(path), "--format", "json").out)
    case = report["reports"][0]["findings"][0]["witness"]["case"]
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case))
    done = run("eval", str(path), str(file))
    assert done.status == 1
    shown = "".join(done.out.split())  # lines are broken where the path is long
    assert "".join(f"What it says about the case {file}".split()) in shown


def test_the_memo_answers_a_case() -> None:
    memo = "specs/ice-ero-2017/ice-ero-2017.policy"
    case = '{"custody": "s235b", "release_required_by": ["statute"], "release_accords": true}'
    done = run("eval", memo, "-", "--complete", stdin=case)
    assert done.status in (0, 1)
    assert "READINGS THAT THE CASE LEAVES OPEN" in done.out
    assert max(len(line) for line in done.out.splitlines()) <= 80
    assert done == run("eval", memo, "-", "--complete", stdin=case, cwd=ROOT, PYTHONHASHSEED="3")
