"""The source texts that headers name, and policies that are not read from a disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_dsl.diagnostics import SpecError
from policy_dsl.load import Unreadable, load, load_text, load_with
from policy_dsl.source import Source
from tests.policy_dsl.spec_files import error, errors, make_project, said, spec, write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The root of a project."""
    return make_project(tmp_path)


# --- the texts that a header names --------------------------------------------------------


def header(project: Path, path: str, word: str = "text") -> Path:
    write(project, {"specs/text.txt": "Words.", "other.txt": "More words."})
    cleaned = '  text "text.txt"\n' if word == "raw" else ""
    said = f'policy a\n  {word} "{path}"\n{cleaned}fact child : yes/no\n'
    return write(project, {"specs/a.policy": said})


@pytest.mark.parametrize("word", ["text", "raw"])
@pytest.mark.parametrize("path", ["text.txt", "./text.txt", "../other.txt", "a.policy"])
def test_a_text_inside_the_project(project: Path, word: str, path: str) -> None:
    document = load(header(project, path, word)).documents["a"]
    assert (document.text, document.raw) == ((path, None) if word == "text" else ("text.txt", path))


def test_a_scan_without_a_text_is_refused(project: Path) -> None:
    found = error(
        write(project, {"specs/a.policy": 'policy a\n  raw "r.txt"\n', "specs/r.txt": ""})
    )
    assert said(found) == "a.policy:2:3 L08"
    assert "names a scan by 'raw' and no 'text'" in found.message


@pytest.mark.parametrize("word", ["text", "raw"])
@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("gone.txt", "there is no such file"),
        ("../specs", "it is a folder"),
        ("", "the path is empty"),
        ("/etc/passwd", "its path is absolute"),
        ("../../secret.txt", "it lies outside the project"),
        ("../../gone.txt", "it lies outside the project"),
        ("sub\\\\text.txt", "its path has a backslash"),
        ("C:/text.txt", "its path begins with a drive"),
        ("https://example.org/memo", "an address on the web cannot be used"),
        ("x" * 300, "file name too long"),
    ],
)
def test_a_text_that_cannot_be_used(project: Path, word: str, path: str, reason: str) -> None:
    found = error(header(project, path, word))
    assert said(found) == f"a.policy:2:{4 + len(word)} L07"
    assert found.message.endswith(f" cannot be used: {reason}.")


def test_a_text_that_is_a_link_out_of_the_project(project: Path) -> None:
    main = header(project, "link.txt")
    (project / "specs" / "link.txt").symlink_to(project.parent / "secret.txt")
    assert "it lies outside the project" in error(main).message


def test_both_texts_of_every_file_are_looked_at(project: Path) -> None:
    main = write(
        project,
        {
            "a.policy": 'policy a\n  text "x.txt"\n  raw "/y.txt"\nuse "b.policy"\n',
            "b.policy": 'policy b\n  text "../z.txt"\n',
        },
    )
    assert [said(each) for each in errors(main)] == [
        "a.policy:2:8 L07",
        "a.policy:3:7 L07",
        "b.policy:2:8 L07",
    ]


def test_both_texts_are_read(project: Path) -> None:
    write(project, {"specs/t.txt": "\ufeffOne.\r\nTwo.", "specs/r.txt": "0ne."})
    main = write(project, {"specs/a.policy": 'policy a\n  text "t.txt"\n  raw "r.txt"\n'})
    document = load(main).documents["a"]
    assert document.text_source is not None
    assert document.raw_source is not None
    assert (document.text_source.text, document.raw_source.text) == ("One.\nTwo.", "0ne.")

    def read(name: str) -> Source:
        return Source(name, (project / name).read_text("utf-8"))

    assert load_with("specs/a.policy", read).documents["a"].text_source is not None


# --- without a disk -----------------------------------------------------------------------


def test_a_text_by_itself() -> None:
    assert list(load_text(spec("a")).facts) == ["f_a"]
    with pytest.raises(SpecError) as raised:
        load_text(spec("a", "b.policy"))
    (found,) = raised.value.diagnostics
    assert found.message == "'b.policy' cannot be used: this text can use no files."


@pytest.mark.parametrize(
    ("path", "good"),
    [
        ("gone.txt", True),
        ("../gone.txt", True),
        ("../../gone.txt", False),
        ("/etc/passwd", False),
        ("a\\\\b.txt", False),
    ],
)
def test_texts_are_judged_by_their_paths_alone(path: str, good: bool) -> None:
    def read(name: str) -> Source:
        return Source(name, f'policy a\n  text "{path}"\n')

    if good:
        assert load_with("specs/a.policy", read).documents["a"].text == path
        return
    with pytest.raises(SpecError) as raised:
        load_with("specs/a.policy", read)
    assert [each.code for each in raised.value.diagnostics] == ["L07"]


def test_a_reader_is_asked_once_for_each_file() -> None:
    asked: list[str] = []

    def read(name: str) -> Source:
        asked.append(name)
        return Source(name, spec(name[-8], "../x/b.policy", "b.policy", "./sub/../b.policy"))

    load_with("x/a.policy", read)
    assert asked == ["x/a.policy", "x/b.policy"]


def test_a_reader_that_cannot_read_the_main_file() -> None:
    def read(name: str) -> Source:
        raise Unreadable(f"{name} is asleep")

    with pytest.raises(SpecError) as raised:
        load_with("a.policy", read)
    (found,) = raised.value.diagnostics
    assert found.message == "'a.policy' cannot be used: a.policy is asleep."
    assert found.remedy == "Name an existing .policy file."
