"""Examples and textbook cases: each gives exactly the findings that its first lines state."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from policy_dsl.load import load
from policy_dsl.paths import is_spec
from policy_dsl.source import Source
from verifier.cli import main
from verifier.pipeline import Report, check_policy

SPECS = Path(__file__).parents[2] / "specs"
DESCRIPTIVE = frozenset({"P01", "G03", "G06", "G07", "U06", "V02"})
"""Codes of notes that describe a policy: a sound one may give them too."""

_FINDS = re.compile(r"^(?:-- )?Finds: (?P<codes>nothing|[A-Z]\d\d(?:, [A-Z]\d\d)*)$", re.MULTILINE)

USED = {"ordinance.policy"}
"""Files that others use: they state nothing of their own."""

FILES = sorted(
    path
    for folder in ("examples", "textbook")
    for path in (SPECS / folder).rglob("*")
    if is_spec(path.name) and path.name not in USED
)
each_file = pytest.mark.parametrize(
    "path", FILES, ids=lambda path: path.relative_to(SPECS).as_posix()
)


@cache
def checked(path: Path) -> Report:
    return check_policy(load(path))


def stated(path: Path) -> Counter[str]:
    """How many findings of each code the first lines of a spec state."""
    found = _FINDS.search(path.read_text("utf-8"))
    assert found is not None, "the first lines say 'Finds: ...'"
    return Counter() if found["codes"] == "nothing" else Counter(found["codes"].split(", "))


@each_file
def test_the_findings_are_those_that_are_stated(path: Path) -> None:
    found = Counter(each.code for each in checked(path).findings if each.code not in DESCRIPTIVE)
    assert found == stated(path)


@each_file
def test_what_an_example_expects_is_proved(path: Path) -> None:
    codes = {each.code for each in checked(path).findings}
    assert codes.isdisjoint({"E01", "E02", "X01"})
    if path.parent.name == "textbook":
        assert load(path).expectations


@each_file
def test_an_example_is_in_the_one_format(path: Path) -> None:
    assert main(["fmt", "--check", str(path)]) == 0


def test_there_is_a_mended_version_of_each_example() -> None:
    folders = sorted(each for each in (SPECS / "examples").iterdir() if each.is_dir())
    assert len(folders) >= 8
    for folder in folders:
        (faulty,) = folder.glob("faulty.policy*")
        (mended,) = folder.glob("mended.policy*")
        assert stated(faulty)
        assert not stated(mended)
        assert load(mended).expectations


@each_file
def test_the_overview_lists_every_file(path: Path) -> None:
    text = (SPECS / "README.md").read_text("utf-8")
    place = path.relative_to(SPECS)
    listed = place.parent if place.parts[0] == "examples" else place
    assert f"]({listed.as_posix()})" in text


@each_file
def test_every_clause_of_an_example_can_be_read_in_words(path: Path) -> None:
    assert Source(path.name, path.read_text("utf-8")).line_count < 150
    policy = load(path)
    assert all(each.phrase for each in policy.facts.values())
    assert all(each.phrase for each in policy.actions.values())
