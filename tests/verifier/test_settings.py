"""Settings: what they say, every error at once with its line, and texts made to do harm."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.source import Source
from tests.verifier.command import ROOT
from verifier.findings import Severity
from verifier.registry import CHECKS
from verifier.settings import NO_SETTINGS, Choice, SettingsError, settings_for
from verifier.settings.places import key_places, offset_of
from verifier.settings.read import KEYS, read_settings
from verifier.settings.toml import MOST_CHARACTERS
from verifier.settings.values import MOST_PROBLEMS
from verifier.shared import Limits

FULL = """\
paths = ["specs"]
exclude = ["specs/old", "*.draft.policy"]
ignore = ["R", "near-miss"]
fail-on = "warning"
bound = 500
as-of = 2024-03-01
allow-unsettled = true
baseline = "antinomy-baseline.json"
cache = ".cache/antinomy"

[severity]
G = "note"
G01 = "error"

[limits]
clashes = 3

[diff]
allow = ["stricter"]

[[waivers]]
code = "opposed-duties"
clauses = ["A", "B"]
policy = "specs/p.policy"
reason = "It is being redrafted."
owner = "Legal"
expires = 2027-01-31

[[waivers]]
fingerprint = "516A9E3326E2"
reason = "Known."
owner = "Legal"
expires = 2027-01-31
"""


def problems(text: str, root: Path = Path()) -> list[str]:
    """What is wrong with settings, one line each."""
    with pytest.raises(SettingsError) as raised:
        read_settings(Source("antinomy.toml", text), root)
    return [str(each) for each in raised.value.problems]


def test_every_setting_is_read() -> None:
    found = read_settings(Source("antinomy.toml", FULL), Path("/project"))
    assert found.paths == ("specs",)
    assert found.exclude == ("specs/old", "*.draft.policy")
    assert found.not_run == ("G07", "R01", "R02", "R03", "R04", "R05")
    assert (found.fail_on, found.bound, found.as_of) == ("warning", 500, date(2024, 3, 1))
    assert found.allow_unsettled
    assert found.baseline == Path("/project/antinomy-baseline.json")
    assert found.cache == Path("/project/.cache/antinomy")
    assert found.severity["G01"] is Severity.ERROR
    assert found.severity["G08"] is Severity.NOTE
    assert found.limits == Limits(clashes=3)
    assert found.allow == ("stricter",)
    first, second = found.waivers
    assert (first.code, first.clauses, first.policy) == ("C01", ("A", "B"), "specs/p.policy")
    assert (second.fingerprint, second.place.line) == ("516a9e3326e2", 29)


def test_the_manual_tells_every_setting() -> None:
    manual = (ROOT / "docs/settings.md").read_text("utf-8")
    assert [key for key in KEYS if not re.search(rf"`\[*{key}\]*`", manual)] == []


def test_what_is_not_said_is_as_without_settings() -> None:
    found = read_settings(Source("antinomy.toml", ""), Path())
    same = ("paths", "not_run", "severity", "fail_on", "bound", "limits", "cache", "waivers")
    assert [getattr(found, each) for each in same] == [getattr(NO_SETTINGS, e) for e in same]


def test_a_cache_can_be_turned_off() -> None:
    assert read_settings(Source("antinomy.toml", "cache = false"), Path()).cache is False
    assert "this is true or false" in problems("cache = true")[0]


def test_select_keeps_what_always_counts() -> None:
    found = read_settings(Source("antinomy.toml", 'select = ["C"]'), Path())
    run = {each.code for each in CHECKS} - set(found.not_run)
    assert {code for code in run if code[0] != "C"} == {"V01", "X01", "W01", "W02"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fail-onn = 3", "fail-onn: there is no such setting. Did you mean 'fail-on'?"),
        ("zzzz = 3", f"Known are: {', '.join(KEYS)}."),
        ('fail-on = "wraning"', "Did you mean 'warning'?"),
        ("bound = 0", "this is out of range. It must be a whole number from 1"),
        ("bound = true", "bound: this is true or false."),
        ('as-of = "2024-03-01"', "as-of: this is a text. It must be a day"),
        ("as-of = 2024-03-01T10:00:00", "this is a day with a time"),
        ('ignore = ["C99"]', "no check is called 'C99'. Did you mean 'C09'?"),
        ('ignore = ["X01"]', "X01 cannot be ignored"),
        ('ignore = ["V"]', "Name the others by themselves: V02."),
        ("ignore = 3", "ignore: this is a whole number. It must be a list"),
        ('select = ["opposed-dutes"]', "Did you mean 'opposed-duties'?"),
        ("select = []", "it names no code"),
        ('severity.C01 = "off"', 'To leave it out, write: ignore = ["C01"].'),
        ('severity.X01 = "note"', "X01 cannot be given another weight"),
        ('severity = "note"', "severity: this is a text. It must be a table: [severity]."),
        ("limits.regionz = 3", "Did you mean 'regions'?"),
        ('paths = ["../other"]', "it lies outside the project"),
        ('paths = ["/etc"]', "its path is absolute"),
        ('baseline = "a\\u0000b"', "a character that cannot be seen"),
        ('cache = "C:/x"', "begins with a drive"),
        ("diff = 3", "diff: this is a whole number"),
        ("waivers = 3", "Each must be a table: [[waivers]]."),
        ("[[waivers]]", "waivers[1]: it has no 'reason' and no 'owner' and no 'expires'."),
        ("[[waivers]]", "waivers[1]: it names no finding."),
        ('[[waivers]]\ncode = "C01"', "To leave out a whole code, use 'ignore'."),
        ('[[waivers]]\ncode = "X01"\nclauses = ["A"]', "X01 cannot be waived"),
        ('[[waivers]]\ncode = "V01"\nclauses = ["A"]', "V01 cannot be waived"),
        ('[[waivers]]\ncode = "W02"\nclauses = ["A"]', "W02 cannot be waived"),
        ('[[waivers]]\ncode = "C"\nclauses = ["A"]', "no check is called 'C'"),
        ('[[waivers]]\nfingerprint = "12"', "It has 12 digits"),
        ('[[waivers]]\nreason = "  "', "this is empty"),
        ('[[waivers]]\nexpires = "2027-01-31"', "a day without quotation marks"),
        ("a = ", "it cannot be read as TOML"),
        ("[a]\n[a]", "it cannot be read as TOML"),
    ],
)
def test_an_error_says_where_and_what_is_allowed(text: str, said: str) -> None:
    found = problems(text)
    assert any(said in each for each in found), found
    assert all(each.startswith("antinomy.toml:") for each in found)


def test_all_errors_are_told_at_once_each_at_its_line() -> None:
    text = FULL.replace("500", "-1").replace("G01 =", "G77 =").replace("expires", "expire")
    found = problems(text)
    assert [each.split(": ", 1)[0] for each in found] == [
        "antinomy.toml:5",
        "antinomy.toml:13",
        "antinomy.toml:21",
        "antinomy.toml:27",
        "antinomy.toml:29",
        "antinomy.toml:33",
    ]


def test_a_link_does_not_lead_out_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project/out").symlink_to(tmp_path)
    assert "outside the project" in problems('cache = "out/x"', tmp_path / "project")[0]


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 50_000,
        "a = " + "{b = " * 20_000,
        "a" + ".a" * 50_000 + " = 1",
        "[" + "a." * 50_000 + "a]",
        "bound = " + "9" * 50_000,
        "x = '" + "a" * (MOST_CHARACTERS + 1) + "'",
        "".join(f"key{n} = 1\n" for n in range(10_000)),
        "[[waivers]]\n" * 10_000,
        '[[waivers]]\nreason = """' + '""\\"' * 10_000,
        "ignore = [" + '"C99",' * 20_000 + "]",
        "paths = [" + '"' + "a/" * 20_000 + '"]',
        "\x00\x01",
        "'" * 100_000,
    ],
    ids=range(13),
)
def test_hostile_settings_are_an_error_and_no_hang(text: str) -> None:
    found = problems(text)
    assert len(found) <= MOST_PROBLEMS
    assert all(len(each) < 700 for each in found)


PIECE = st.one_of(st.sampled_from(FULL.splitlines(keepends=True)), st.text(max_size=12))


@given(st.lists(PIECE, max_size=12).map("".join))
def test_any_text_is_settings_or_errors(text: str) -> None:
    with suppress(SettingsError):
        assert read_settings(Source("antinomy.toml", text), Path()).name == "antinomy.toml"


KEY = st.sampled_from(["a", "b", '"c d"', "'e'", "f-g"])
VALUE = st.sampled_from(
    ["1", '"x = 1"', "'[t]'", '"""\n[t]\nz = 1\n"""', "'''\nq = 2'''", "[\n1,\n2]", "{ h = 1 }"]
)


@given(st.lists(st.tuples(KEY, KEY, VALUE, st.sampled_from(["", " # [no] = 1"])), max_size=6))
def test_places_of_keys_are_those_of_the_parser(rows: list[tuple[str, str, str, str]]) -> None:
    text = "".join(f"[[t.{k}]]\n{n} = {value}{note}\n" for k, n, value, note in rows)
    places = key_places(text)
    data = tomllib.loads(text)
    counts: dict[str, int] = {}
    for key, name, _, _ in rows:
        at, inner = counts.get(key, 0), name.strip("\"'")
        counts[key] = at + 1
        path = ("t", key.strip("\"'"), at)
        assert inner in data["t"][path[1]][at]
        assert text.startswith(f"[[t.{key}]]", offset_of(places, path))
        assert text.startswith(f"{name} =", offset_of(places, (*path, inner)))
        assert offset_of(places, (*path, "missing")) == offset_of(places, path)
    assert len(places) == 2 * len(rows)


# --- where they stand ---------------------------------------------------------------------


def test_settings_stand_in_the_folder_of_the_project(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "specs").mkdir()
    policy = tmp_path / "specs/p.policy"
    assert settings_for(policy) is NO_SETTINGS
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert settings_for(policy) is NO_SETTINGS
    (tmp_path / "pyproject.toml").write_text("[tool.antinomy]\nbound = 7\n")
    assert settings_for(policy).bound == 7
    assert settings_for(policy, Choice(none=True)) is NO_SETTINGS
    other = tmp_path / "other.toml"
    other.write_text("bound = 9")
    assert settings_for(policy, Choice(file=other)).bound == 9


def test_settings_in_two_files_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.antinomy]\nbound = 7\n")
    (tmp_path / "antinomy.toml").write_text("bound = 8\n")
    with pytest.raises(SettingsError, match=r"delete \[tool\.antinomy\]"):
        settings_for(tmp_path / "p.policy")


def test_errors_in_a_shared_file_have_the_lines_of_that_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n\n[tool.antinomy]\nboud = 7\n")
    with pytest.raises(SettingsError, match=r"pyproject\.toml:5: tool\.antinomy\.boud"):
        settings_for(tmp_path / "p.policy")


def test_a_file_that_is_not_about_this_tool_need_not_be_sound(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[[[")
    assert settings_for(tmp_path / "p.policy") is NO_SETTINGS


def test_settings_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "antinomy.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="UTF-8"):
        settings_for(tmp_path / "p.policy")
    (tmp_path / "antinomy.toml").unlink()
    (tmp_path / "antinomy.toml").mkdir()
    with pytest.raises(SettingsError, match="folder"):
        settings_for(tmp_path / "p.policy")
