"""Versions in git: what is stored is read as it was, and nothing leads out of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from policy_dsl.files import MOST_BYTES
from tests.verifier.changed import CLASH, NEW, OLD, Scratch
from verifier.commands.common import Complaint
from verifier.commands.versions import Asked, asked
from verifier.difference.pairs import Pairs
from verifier.difference.versions import AtRevision, Loaded

PARTS = OLD.replace("action admit", 'use "words.policy"\naction admit')
WORDS = 'fact ill : yes/no "is ill" otherwise "is well"\n'


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    """A repository in which commands are given."""
    found = Scratch(tmp_path / "repository")
    monkeypatch.chdir(found.folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return found


def pairs(*words: str) -> Pairs:
    return asked(words, ()).pairs(lambda _: None, lambda _: False)


def told(found: Pairs) -> dict[str, object]:
    return {
        "touched": [(old.key, new.key) for old, new in found.touched],
        "untouched": list(found.untouched),
        "added": [each.key for each in found.added],
        "removed": [each.key for each in found.removed],
    }


def file_of(loaded: Loaded) -> str:
    """What messages call the main file."""
    assert loaded.policy is not None
    (document,) = loaded.policy.documents.values()
    return document.place.source.name


def complaint(*words: str) -> Complaint:
    with pytest.raises(Complaint) as raised:
        asked(words, ()).pairs(lambda _: None, lambda _: False)
    assert raised.value.hint
    return raised.value


def test_only_what_was_changed_is_touched(repository: Scratch) -> None:
    repository.commit(a=OLD, b=OLD.replace("visitors", "others"), c=OLD.replace("visitors", "gone"))
    (repository.folder / "c.policy").unlink()
    repository.commit(a=NEW, d=OLD.replace("visitors", "fresh"))
    assert told(pairs("HEAD~1..HEAD", ".")) == {
        "touched": [("a.policy", "a.policy")],
        "untouched": ["b.policy"],
        "added": ["d.policy"],
        "removed": ["c.policy"],
    }
    assert told(pairs("HEAD~1", "HEAD", "b.policy"))["untouched"] == ["b.policy"]
    assert told(pairs("HEAD~1..", "b.policy"))["untouched"] == ["b.policy"]


def test_a_revision_is_compared_with_the_files_as_they_are(repository: Scratch) -> None:
    repository.commit(a=OLD)
    assert told(pairs("main", "a.policy"))["untouched"] == ["a.policy"]
    repository.write("a.policy", NEW)
    ((old, new),) = pairs("main", "a.policy").touched
    assert (file_of(old), file_of(new)) == ("main:a.policy", "a.policy")
    assert old.policy is not None
    assert new.policy is not None
    assert [*old.policy.clauses] != [*new.policy.clauses]
    (repository.folder / "a.policy").unlink()
    assert told(pairs("main", "a.policy"))["removed"] == ["a.policy"]


def test_a_policy_that_was_moved_is_known_by_its_name(repository: Scratch) -> None:
    repository.commit(a=OLD)
    repository.git("mv", "a.policy", "z.policy")
    repository.commit()
    assert told(pairs("HEAD~1..HEAD"))["untouched"] == ["z.policy"]
    repository.commit(z=NEW)
    assert told(pairs("HEAD~2..HEAD", "."))["touched"] == [("a.policy", "z.policy")]


def test_two_of_one_name_are_not_guessed_at(repository: Scratch) -> None:
    repository.commit(a=OLD)
    (repository.folder / "a.policy").unlink()
    repository.commit(y=NEW, z=NEW)
    found = told(pairs("HEAD~1..HEAD", "."))
    assert found["added"] == ["y.policy", "z.policy"]
    assert found["removed"] == ["a.policy"]


def test_three_dots_begin_where_the_branches_parted(repository: Scratch) -> None:
    repository.commit(a=OLD)
    repository.git("checkout", "-q", "-b", "change")
    repository.commit(a=NEW)
    repository.git("checkout", "-q", "main")
    repository.commit(b=CLASH.replace("visitors", "others"))
    assert told(pairs("main..change", "."))["removed"] == ["b.policy"]
    assert told(pairs("main...change", "."))["removed"] == []
    assert "parted" in asked(["main...change", "."], ()).old_name


def test_used_files_and_texts_are_those_of_the_revision(repository: Scratch) -> None:
    header = PARTS.replace('"Rules for visitors"', '"Rules for visitors"\n  text "memo.txt"')
    repository.write("specs/memo.txt", "Visitors with a badge are admitted.\n")
    repository.write("specs/words.policy", WORDS)
    repository.write("specs/main.policy", header)
    repository.commit()
    repository.write("specs/words.policy", WORDS.replace("is well", "is not ill"))
    repository.commit()
    assert told(pairs("HEAD~1..HEAD", "specs")) == {
        "touched": [("specs/main.policy", "specs/main.policy")],
        "untouched": [],
        "added": [],
        "removed": [],
    }
    repository.write("specs/memo.txt", "Visitors with a badge are let in.\n")
    repository.commit()
    ((old, new),) = pairs("HEAD~1..HEAD", "specs").touched
    assert old.texts["specs/memo.txt"].startswith("Visitors with a badge are admitted")
    assert new.texts["specs/memo.txt"].startswith("Visitors with a badge are let in")
    assert [*pairs("HEAD~2..HEAD", "specs/words.policy").touched], "a file that is named is told"


def test_literate_files_are_read(repository: Scratch) -> None:
    page = f"# Rules\n\n```policy\n{OLD}```\n"
    repository.write("rules.policy.md", page)
    repository.commit()
    repository.write("rules.policy.md", page.replace("# Rules", "# The rules"))
    ((old, new),) = pairs("HEAD", "rules.policy.md").touched
    assert old.policy is not None
    assert new.policy is not None


def test_links_stay_in_the_project(repository: Scratch, tmp_path: Path) -> None:
    (tmp_path / "secret.policy").write_text(OLD, "utf-8")
    repository.write("real/a.policy", OLD)
    os.symlink("real", repository.folder / "linked")
    os.symlink("../secret.policy", repository.folder / "out.policy")
    os.symlink("/etc/passwd", repository.folder / "etc.policy")
    os.symlink("round.policy", repository.folder / "round.policy")
    repository.commit()
    version = AtRevision("HEAD", repository.git("rev-parse", "HEAD"), repository.folder)
    assert version.load("linked/a.policy", None).policy is not None
    for name in ("out.policy", "etc.policy", "round.policy", "real", "nothing.policy"):
        found = version.load(name, None)
        assert found.policy is None
        (diagnostic,) = found.diagnostics
        assert diagnostic.code == "L07"
        assert "secret" not in diagnostic.message


def test_a_project_inside_a_repository_is_not_left(repository: Scratch) -> None:
    repository.write("inner/antinomy.toml", "")
    repository.write("inner/main.policy", PARTS.replace("words.policy", "../words.policy"))
    repository.write("words.policy", WORDS)
    version = AtRevision("HEAD", repository.commit(), repository.folder)
    found = version.load("inner/main.policy", None)
    assert [each.code for each in found.diagnostics] == ["L07"]
    assert "outside" in found.diagnostics[0].message


def test_a_file_that_is_too_large_is_not_read(repository: Scratch) -> None:
    repository.commit(large="# " + "x" * MOST_BYTES)
    version = AtRevision("HEAD", repository.git("rev-parse", "HEAD"), repository.folder)
    assert [each.code for each in version.load("large.policy", None).diagnostics] == ["L13"]


def test_names_of_every_kind(repository: Scratch) -> None:
    names = [
        "a b.policy",
        "ä.policy",
        'q"uote.policy',
        "-x.policy",
        "tab\t.policy",
        "new\nline.policy",
    ]
    for index, name in enumerate(names):
        repository.write(name, OLD.replace("visitors", f"p{index}"))
    repository.commit()
    for index, name in enumerate(names):
        repository.write(name, NEW.replace("visitors", f"p{index}"))
    repository.commit()
    found = pairs("HEAD~1..HEAD", ".")
    assert sorted(new.key for _, new in found.touched) == sorted(names)
    assert all(old.policy and new.policy for old, new in found.touched)


@pytest.mark.parametrize(
    "revision", ["nothing", "-x", "--output=x", "HEAD:a.policy", "a\nb", "x" * 2000, "HEAD^{tree}"]
)
def test_what_is_no_revision_is_refused(repository: Scratch, revision: str) -> None:
    repository.commit(a=OLD)
    complaint(revision, "a.policy")
    complaint(f"{revision}..HEAD", "a.policy")
    assert os.listdir(repository.folder).count("x") == 0


def test_what_is_refused_says_what_to_do(repository: Scratch, tmp_path: Path) -> None:
    repository.commit(a=OLD)
    assert "outside the repository" in complaint("HEAD", "../b.policy").message
    assert "outside the repository" in complaint("HEAD", str(tmp_path)).message
    assert "no policy at" in complaint("HEAD", "b.policy").message
    assert "not a policy" in complaint("HEAD..HEAD", "README.txt").message
    assert "antinomy diff HEAD a.policy" in (complaint("a.policy").hint or "")
    repository.git("checkout", "-q", "--orphan", "other")
    repository.commit(a=NEW)
    assert "no commit in common" in complaint("main...other", ".").message


def test_a_shallow_clone_says_how_to_get_the_rest(
    repository: Scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(a=OLD)
    repository.commit(a=NEW)
    address = repository.folder.as_uri()
    repository.git("clone", "-q", "--depth", "1", address, str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    assert "--unshallow" in (complaint("HEAD~1..HEAD", ".").hint or "")


def test_a_branch_of_the_origin_is_pointed_to(
    repository: Scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(a=OLD)
    repository.git("branch", "stable")
    repository.git("clone", "-q", repository.folder.as_uri(), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    assert complaint("stable", ".").hint == "Did you mean 'origin/stable'?"


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert "no git repository" in complaint("main..HEAD", ".").message
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in complaint("main..HEAD", ".").message


def test_paths_are_meant_from_the_working_directory(
    repository: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("specs/a.policy", OLD)
    repository.commit()
    repository.write("specs/a.policy", NEW)
    monkeypatch.chdir(repository.folder / "specs")
    found: Asked = asked(["HEAD", "a.policy"], ())
    ((old, new),) = found.pairs(lambda _: None, lambda _: False).touched
    assert (old.key, new.key, file_of(new)) == ("specs/a.policy", "specs/a.policy", "a.policy")
    assert told(pairs("HEAD", "."))["touched"] == [("specs/a.policy", "specs/a.policy")]


def test_two_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder, text in (("old", OLD), ("new", NEW)):
        (tmp_path / folder / "deep").mkdir(parents=True)
        (tmp_path / folder / "deep" / "a.policy").write_text(text, "utf-8")
        (tmp_path / folder / "words.policy").write_text(WORDS, "utf-8")
        (tmp_path / folder / "b.policy").write_text(PARTS.replace("visitors", "b"), "utf-8")
    assert told(pairs("old", "new")) == {
        "touched": [("deep/a.policy", "deep/a.policy")],
        "untouched": ["b.policy"],
        "added": [],
        "removed": [],
    }
    assert "one is a folder" in complaint("old", "new/b.policy").message
    (tmp_path / "empty").mkdir()
    (tmp_path / "void").mkdir()
    assert "no policy" in complaint("empty", "void").message
