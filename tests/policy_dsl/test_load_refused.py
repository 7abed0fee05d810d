"""Files that a spec may not use: each is told where it is named, and none is ever opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from policy_dsl import load as loading
from policy_dsl.diagnostics import Diagnostic
from policy_dsl.load import MOST_FILES, load
from policy_dsl.source import Source
from tests.policy_dsl.spec_files import error, errors, make_project, names, said, spec, write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The root of a project."""
    return make_project(tmp_path)


# --- files that cannot be used ------------------------------------------------------------


def refused(project: Path, path: str) -> Diagnostic:
    """The error that a spec in a folder of the project gets for using a path."""
    main = write(project, {"specs/a.policy": f'policy a\nuse "{path}"\nfact child : yes/no\n'})
    found = error(main)
    assert said(found) == "a.policy:2:5 L07"
    return found


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("gone.policy", "there is no such file"),
        ("gone/b.policy", "there is no such file"),
        ("a.policy/b.policy", "there is no such file"),
        ("", "the path is empty"),
        (".", "its name does not end in .policy or .policy.md"),
        ("b", "its name does not end in .policy or .policy.md"),
        ("b.txt", "its name does not end in .policy or .policy.md"),
        ("b.policy.txt", "its name does not end in .policy or .policy.md"),
        ("b.POLICY", "its name does not end in .policy or .policy.md"),
        (".policy", "its name does not end in .policy or .policy.md"),
        ("sub/.policy", "its name does not end in .policy or .policy.md"),
        ("b.policy/", "its name does not end in .policy or .policy.md"),
        ("/etc/passwd", "its path is absolute"),
        ("/b.policy", "its path is absolute"),
        ("//server/b.policy", "its path is absolute"),
        ("\\\\b.policy", "its path has a backslash"),
        ("sub\\\\b.policy", "its path has a backslash"),
        ("..\\\\..\\\\secret.policy", "its path has a backslash"),
        ("C:/b.policy", "its path begins with a drive"),
        ("c:b.policy", "its path begins with a drive"),
        ("https://example.org/b.policy", "an address on the web cannot be used"),
        ("file:///b.policy", "an address on the web cannot be used"),
        ("~/b.policy", "there is no such file"),
        ("$HOME/b.policy", "there is no such file"),
        ("../../secret.policy", "it lies outside the project"),
        ("../../../../../../../../etc/b.policy", "it lies outside the project"),
        ("sub/../../../secret.policy", "it lies outside the project"),
        ("../../gone.policy", "it lies outside the project"),
        ("x" * 300 + ".policy", "file name too long"),
        ("x/" * 3000 + "b.policy", "file name too long"),
    ],
)
def test_paths_that_cannot_be_used(project: Path, path: str, reason: str) -> None:
    found = refused(project, path)
    assert found.message.endswith(f" cannot be used: {reason}.")
    assert len(found.message) < 200


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f"])
def test_hidden_characters_in_a_path(project: Path, character: str) -> None:
    main = write(project, {"a.policy": f'policy a\nuse "b{character}.policy"\n'})
    found = {each.code: each for each in errors(main)}
    assert set(found) == {"L01", "L07"}
    assert "cannot be seen" in found["L07"].message


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("sub\\\\b.policy", "Write forward slashes: sub/b.policy"),
        ("/b.policy", "Write the way from this file's folder, such as: shared/words.policy"),
        ("gone.policy", "Name a file of this project, relative to this file."),
        ("wrods.policy", "Did you mean 'words.policy'?"),
        ("../sepcs/words.policy", "Name a file of this project, relative to this file."),
        (
            "../../secret.policy",
            "A spec may only name files of its own project. Copy the file into it.",
        ),
        (
            "text.txt",
            "'use' joins specs, whose names end in .policy or .policy.md. The text that a spec "
            "transcribes is named in the header, behind 'text'.",
        ),
    ],
)
def test_the_remedy_says_what_to_write(project: Path, path: str, remedy: str) -> None:
    write(project, {"specs/words.policy": spec("words"), "specs/text.txt": "Words."})
    assert refused(project, path).remedy == remedy


def test_a_folder_cannot_be_used(project: Path) -> None:
    (project / "specs" / "b.policy").mkdir(parents=True)
    assert "it is a folder" in refused(project, "b.policy").message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_waited_for(project: Path) -> None:
    (project / "specs").mkdir()
    os.mkfifo(project / "specs" / "b.policy")
    assert "it is no regular file" in refused(project, "b.policy").message


def test_a_file_without_permission(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project, {"specs/b.policy": spec("b")})
    opened = Path.open

    def denied(self: Path, *args: str, **more: str) -> object:
        if self.name == "b.policy":
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", denied)
    assert "permission denied" in refused(project, "b.policy").message


def test_every_use_of_a_missing_file_is_told(project: Path) -> None:
    main = write(
        project,
        {"a.policy": spec("a", "gone.policy", "b.policy"), "b.policy": spec("b", "gone.policy")},
    )
    assert [said(each) for each in errors(main)] == ["a.policy:2:5 L07", "b.policy:2:5 L07"]


def test_the_most_files(project: Path) -> None:
    names = [f"n{i}" for i in range(MOST_FILES - 1)]
    files = {"a.policy": spec("a", *(f"{name}.policy" for name in names), "n0.policy", "a.policy")}
    files |= {f"{name}.policy": spec(name, "a.policy") for name in names}
    assert len(load(write(project, files)).documents) == MOST_FILES


def test_more_files_than_that_are_told_once(project: Path) -> None:
    names = [f"n{i}" for i in range(MOST_FILES + 5)]
    files = {"a.policy": spec("a", *(f"{name}.policy" for name in names))}
    files |= {f"{name}.policy": spec(name) for name in names}
    found = error(write(project, files))
    assert said(found) == f"a.policy:{MOST_FILES + 1}:5 L07"
    assert f"the policy has more than {MOST_FILES} files" in found.message


# --- the main file ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("gone.policy", "there is no such file"),
        ("gone/a.policy", "there is no such file"),
        (".", "it is a folder"),
        ("x" * 300 + ".policy", "file name too long"),
        ("a\0.policy", "its path cannot be used"),
    ],
)
def test_a_main_file_that_cannot_be_read(project: Path, name: str, reason: str) -> None:
    found = error(project / name)
    assert found.code == "L07"
    assert found.message.endswith(f" cannot be used: {reason}.")
    assert found.place.line == found.place.column == 1


def test_a_misspelt_main_file(project: Path) -> None:
    write(project, {"rules.policy": spec("a")})
    assert error(project / "ruels.policy").remedy == "Did you mean 'rules.policy'?"


# --- links --------------------------------------------------------------------------------


def test_a_link_out_of_the_project_is_not_followed(project: Path) -> None:
    main = write(project, {"a.policy": spec("a", "link.policy")})
    (project / "link.policy").symlink_to(project.parent / "secret.policy")
    found = error(main)
    assert said(found) == "a.policy:2:5 L07"
    assert "it lies outside the project" in found.message


def test_a_folder_that_is_a_link_out_of_the_project(project: Path) -> None:
    main = write(project, {"a.policy": spec("a", "sub/secret.policy")})
    (project / "sub").symlink_to(project.parent)
    assert "it lies outside the project" in error(main).message


def test_a_main_file_that_is_a_link_out_of_the_project(project: Path) -> None:
    link = project / "a.policy"
    link.symlink_to(project.parent / "secret.policy")
    found = error(link)
    assert "it is a link that leads out of the project" in found.message
    assert found.remedy == f"Name {project.parent / 'secret.policy'} itself."


def test_a_broken_link_and_a_circle_of_links(project: Path) -> None:
    main = write(project, {"a.policy": spec("a", "link.policy")})
    (project / "link.policy").symlink_to("gone.policy")
    assert "there is no such file" in error(main).message
    (project / "link.policy").unlink()
    (project / "link.policy").symlink_to("link.policy")
    assert error(main).code == "L07"
    assert error(project / "link.policy").code == "L07"


def test_links_inside_the_project(project: Path) -> None:
    write(project, {"specs/a.policy": spec("a", "b.policy"), "specs/b.policy": spec("b")})
    link = project / "links" / "main.policy"
    link.parent.mkdir()
    link.symlink_to("../specs/a.policy")
    policy = load(link)
    assert list(policy.documents) == ["a", "b"]
    assert names(policy) == [link.as_posix(), (project / "specs" / "b.policy").as_posix()]


def test_a_file_by_two_names_is_one_file(project: Path) -> None:
    main = write(project, {"a.policy": spec("a", "b.policy", "c.policy"), "b.policy": spec("b")})
    (project / "c.policy").symlink_to("b.policy")
    assert list(load(main).documents) == ["a", "b"]


def test_nothing_else_is_opened(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a spec names, no file outside its project is ever opened."""
    outside = project.parent / "secret.policy"
    (project / "l.policy").symlink_to(outside)
    main = write(
        project,
        {
            "a.policy": spec(
                "a", "l.policy", "../secret.policy", "x/../../secret.policy", "b.policy"
            )
        },
    )
    opened: list[Path] = []
    read = loading.read_source

    def watched(path: Path, name: str) -> Source:
        opened.append(path)
        return read(path, name)

    monkeypatch.setattr(loading, "read_source", watched)
    errors(main)
    assert opened == [main, project / "b.policy"]
