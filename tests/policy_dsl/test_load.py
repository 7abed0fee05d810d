"""From paths to policies: which files are read, and how messages name them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from policy_dsl.load import load, project_root
from policy_dsl.parse import LARGEST_FILE
from tests.policy_dsl.spec_files import error, errors, make_project, names, said, spec, write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The root of a project."""
    return make_project(tmp_path)


# --- files that use each other ------------------------------------------------------------


def test_a_file_by_itself(project: Path) -> None:
    policy = load(write(project, {"a.policy": spec("a")}))
    assert policy.name == "a"
    assert list(policy.facts) == ["f_a"]


SHAPES = {
    "one other": ({"a": ["b.policy"], "b": []}, "ab"),
    "a chain": ({"a": ["b.policy"], "b": ["c.policy"], "c": []}, "abc"),
    "a diamond": (
        {"a": ["b.policy", "c.policy"], "b": ["d.policy"], "c": ["d.policy"], "d": []},
        "abcd",
    ),
    "itself": ({"a": ["a.policy"]}, "a"),
    "a circle": ({"a": ["b.policy"], "b": ["c.policy"], "c": ["a.policy"]}, "abc"),
    "the same one twice": ({"a": ["b.policy", "./b.policy", "b.policy"], "b": []}, "ab"),
    "the nearest first": (
        {"a": ["b.policy", "c.policy"], "b": ["d.policy"], "c": [], "d": []},
        "abcd",
    ),
}


@pytest.mark.parametrize(("uses", "order"), SHAPES.values(), ids=SHAPES)
def test_files_use_each_other(project: Path, uses: dict[str, list[str]], order: str) -> None:
    files = {f"{name}.policy": spec(name, *used) for name, used in uses.items()}
    policy = load(write(project, files))
    assert list(policy.documents) == list(order)
    assert list(policy.facts) == [f"f_{name}" for name in order]


def test_paths_are_relative_to_the_file_in_which_they_stand(project: Path) -> None:
    main = write(
        project,
        {
            "deep/er/a.policy": spec("a", "../b.policy"),
            "deep/b.policy": spec("b", "er/c.policy", "../d.policy", "./../deep/er/a.policy"),
            "deep/er/c.policy": spec("c", "../../deep/../d.policy"),
            "d.policy": spec("d"),
        },
    )
    assert list(load(main).documents) == ["a", "b", "c", "d"]


def test_a_vocabulary_is_shared(project: Path) -> None:
    words = "policy words\nsubject person\nfact child : yes/no\naction act\n"
    rules = {
        name: f'policy {name}\nuse "words.policy"\nclause {name}.1 must act when child\n'
        for name in ("first", "second")
    }
    both = 'policy both\nuse "first.policy"\nuse "second.policy"\nsubject person\n'
    files = {"both.policy": both, "words.policy": words}
    policy = load(write(project, files | {f"{name}.policy": text for name, text in rules.items()}))
    assert {name: each.document for name, each in policy.clauses.items()} == {
        "first.1": "first",
        "second.1": "second",
    }
    assert policy.subject == "person"


@pytest.mark.parametrize(
    "name", ["with blanks.policy", "Übersicht.policy", "規則.policy", "a'b.policy", "a%20b.policy"]
)
def test_names_with_blanks_and_other_letters(project: Path, name: str) -> None:
    main = write(
        project, {f"in here/{name}": spec("a", f"sub/{name}"), f"in here/sub/{name}": spec("b")}
    )
    policy = load(main)
    assert list(policy.documents) == ["a", "b"]
    assert policy.documents["b"].place.source.name.endswith(f"in here/sub/{name}")


# --- what is read -------------------------------------------------------------------------


def test_line_ends_and_byte_order_mark(project: Path) -> None:
    plain = 'policy a\nfact child : yes/no\naction act "act"\nclause C must act\n  when chidl\n'
    main = write(project, {"a.policy": b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").encode()})
    found = error(main)
    assert said(found) == "a.policy:5:8 L03"
    assert "\r" not in found.place.source.text
    assert found.place.source.text == plain


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"policy a\n-- caf\xe9\n", "it is not UTF-8 text (byte 15, line 2)"),
        ("policy a\n".encode("utf-16"), "it is not UTF-8 text (byte 0, line 1)"),
        (b"policy a \xed\xa0\x80\n", "it is not UTF-8 text (byte 9, line 1)"),
    ],
)
def test_other_encodings(project: Path, data: bytes, reason: str) -> None:
    main = write(project, {"a.policy": 'policy a\nuse "b.policy"\n', "b.policy": data})
    found = error(main)
    assert said(found) == "a.policy:2:5 L07"
    assert found.message == f"'b.policy' cannot be used: {reason}."
    assert found.remedy == "Save it as plain text in the encoding UTF-8."
    assert said(error(project / "b.policy")) == "b.policy:1:1 L07"


def test_a_file_of_too_many_characters(project: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.policy": 'policy a\nuse "b.policy"\n',
        "b.policy": "policy b\n--" + "x" * LARGEST_FILE,
    }
    main = write(project, files)
    assert [each.code for each in errors(main)] == ["L13"]
    assert [each.code for each in errors(project / "b.policy")] == ["L13"]


def test_a_huge_file_is_not_read_to_its_end(project: Path) -> None:
    main = write(project, {"a.policy": 'policy a\nuse "huge.policy"\n'})
    with (project / "huge.policy").open("wb") as file:
        file.truncate(1 << 40)  # a hole: it takes no room, but could not be read into memory
    found = error(main)
    assert said(found) == "a.policy:2:5 L13"
    assert "more than 4000000 characters" in found.message
    assert "'use'" in found.remedy


# --- the project --------------------------------------------------------------------------


@pytest.mark.parametrize("marker", ["antinomy.toml", "pyproject.toml", ".git"])
def test_a_project_is_the_nearest_folder_with_a_mark(tmp_path: Path, marker: str) -> None:
    (tmp_path / "pyproject.toml").touch()
    root = tmp_path / "here"
    write(root, {"specs/deep/a.policy": spec("a", "../../b.policy"), "b.policy": spec("b")})
    (root / marker).mkdir() if marker == ".git" else (root / marker).touch()
    assert project_root(root / "specs" / "deep" / "a.policy") == root
    assert list(load(root / "specs" / "deep" / "a.policy").documents) == ["a", "b"]
    assert project_root(root / "gone" / "deep" / "a.policy") == root


def test_without_a_mark_the_project_is_the_folder(tmp_path: Path) -> None:
    if project_root(tmp_path / "a.policy") != tmp_path:
        pytest.skip("the folder for temporary files lies in a project")
    main = write(tmp_path, {"in/a.policy": spec("a", "../b.policy"), "b.policy": spec("b")})
    assert "outside the project" in error(main).message
    main = write(tmp_path, {"in/a.policy": spec("a", "sub/c.policy"), "in/sub/c.policy": spec("c")})
    assert list(load(main).documents) == ["a", "c"]


def test_a_project_inside_another_stands_alone(project: Path) -> None:
    main = write(project, {"inner/a.policy": spec("a", "../b.policy"), "b.policy": spec("b")})
    (project / "inner" / "pyproject.toml").touch()
    assert "outside the project" in error(main).message


# --- names in messages --------------------------------------------------------------------


@pytest.fixture
def apart(project: Path) -> Iterator[Path]:
    """A project with two specs, in which the work is done."""
    write(project, {"specs/a.policy": spec("a", "../words/b.policy"), "words/b.policy": spec("b")})
    before = Path.cwd()
    os.chdir(project)
    yield project
    os.chdir(before)


def test_files_are_named_as_the_main_one_is(apart: Path) -> None:
    assert names(load(Path("specs/a.policy"))) == ["specs/a.policy", "words/b.policy"]
    assert names(load(Path("./specs/../specs/a.policy"))) == [
        "specs/../specs/a.policy",
        "words/b.policy",
    ]
    os.chdir("specs")
    assert names(load(Path("a.policy"))) == ["a.policy", "../words/b.policy"]
    absolute = [str(apart / "specs" / "a.policy"), str(apart / "words" / "b.policy")]
    assert names(load(apart / "specs" / "a.policy")) == absolute
    os.chdir("/")
    assert names(load(apart / "specs" / "a.policy")) == absolute


def test_a_name_never_leads_elsewhere_through_a_link(apart: Path) -> None:
    (apart.parent / "way").symlink_to(apart / "specs")
    (main, other) = names(load(apart.parent / "way" / "a.policy"))
    assert main == (apart.parent / "way" / "a.policy").as_posix()
    assert Path(other).resolve() == apart / "words" / "b.policy"
