"""``antinomy trace`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from tests.verifier.command import run
from verifier.render import json_schema

SPEC = """\
policy clinic "The clinic"
  text "rules.txt"
fact visitor : yes/no
action register "register"
clause R.1 "Visitors register"
  quote "Visitors must register."
  must register
  when visitor
"""


def project(folder: Path, text: str, spec: str = SPEC) -> Path:
    (folder / "rules.txt").write_bytes(text.encode("utf-8"))
    path = folder / "clinic.policy"
    path.write_text(spec, "utf-8")
    return path


def test_a_text_that_is_accounted_for(tmp_path: Path) -> None:
    done = run("trace", str(project(tmp_path, "Visitors must register.\n")))
    assert (done.status, done.err) == (0, "")
    assert "R.1 Visitors register: must register" in done.out
    assert "Sentences and headings: 1, all accounted for." in done.out


def test_a_sentence_that_is_not(tmp_path: Path) -> None:
    project(tmp_path, "Visitors must register. Children are let in.\n")
    done = run("trace", str(tmp_path))
    assert done.status == 1
    assert "not accounted for" in done.out


def test_a_quote_that_is_not_found(tmp_path: Path) -> None:
    done = run("trace", str(project(tmp_path, "Visitors may register.\n")))
    assert done.status == 1
    assert 'the quote says "must", the text "may"' in done.out


def test_a_policy_without_a_text(tmp_path: Path) -> None:
    path = project(tmp_path, "", SPEC.replace('  text "rules.txt"\n', ""))
    done = run("trace", str(path))
    assert done.status == 0
    assert "names a text" in done.out


def test_a_text_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    path = project(tmp_path, "")
    (tmp_path / "rules.txt").write_bytes(b"caf\xe9")
    done = run("trace", str(path))
    assert (done.status, done.out) == (2, "")
    assert "it is not UTF-8 text" in done.err


def test_control_characters_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    done = run("trace", str(project(tmp_path, "Visitors \x1b[31m must <b>register.\x07\n")))
    assert "\x1b" not in done.out
    assert "\x07" not in done.out


def test_an_empty_text_and_one_long_line(tmp_path: Path) -> None:
    assert run("trace", str(project(tmp_path, ""))).status == 1
    assert run("trace", str(project(tmp_path, "visitors register " * 60_000))).status == 1


def test_json_follows_its_schema(tmp_path: Path) -> None:
    done = run("trace", str(project(tmp_path, "Visitors must register.\n")), "--format", "json")
    data = json.loads(done.out)
    name = "antinomy-trace-1.schema.json"
    jsonschema.validate(data, json_schema.schema(*json_schema.PUBLISHED[name]))
    (found,) = data["traces"]
    assert found["accounted"]
    (sentence,) = found["documents"][0]["sentences"]
    assert [use["name"] for use in sentence["uses"]] == ["R.1"]


def test_what_was_compared_with_the_text_is_not_called_proved(tmp_path: Path) -> None:
    path = str(project(tmp_path, "Visitors must register.\n"))
    shown = run("check", path).out
    _, compared = shown.split("Compared with the source text:")
    assert "every quote stands in its text (S01; 1 quote)" in compared
    page = run("check", path, "--format", "html").out
    assert page.index("Compared with the source text") < page.index(
        "Every quote stands in its text"
    )
    data = json.loads(run("check", path, "--format", "json").out)
    how = {each["code"]: each["how"] for each in data["reports"][0]["proved"]}
    assert (how["S01"], how["G05"], how["U01"]) == ("compared", "compared", "proved")
