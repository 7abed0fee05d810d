"""The folder with results: whatever is not exactly what was kept counts as absent."""

from __future__ import annotations

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from verifier.cache.store import LARGEST, Store, key_of
from verifier.cache.versions import made_by, sources

KEY = key_of(["a"])


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    Store(tmp_path / "new" / "folder", "v1").write(KEY, {"is": ["so", 1, None, True]})
    found = Store(tmp_path / "new" / "folder", "v1").read(KEY)
    assert found == {"is": ["so", 1, None, True]}
    assert (tmp_path / "new" / "folder" / ".gitignore").read_text("ascii").endswith("*\n")


def test_a_key_tells_apart_what_stands_between_its_words() -> None:
    assert len({key_of(each) for each in (["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""])}) == 4
    assert key_of(["\ud800"])  # half a character is a word too


def test_another_version_is_absent(tmp_path: Path) -> None:
    Store(tmp_path, "v1").write(KEY, 1)
    assert Store(tmp_path, "v2").read(KEY) is None


def damaged(data: bytes) -> list[bytes]:
    """Ways in which a file can be broken or forged."""
    head, _, body = data.partition(b"\n")
    other = json.loads(head)
    return [
        b"",
        data[:-1],
        data[: len(data) // 2],
        data + b" ",
        head,
        body,
        b"\xff" + data,
        b"[" * 100_000,
        head + b"\n" + b"[" * 100_000,
        head + b"\n" + body.replace(b"1", b"2"),
        json.dumps({**other, "format": 0}).encode() + b"\n" + body,
        json.dumps({**other, "key": key_of(["b"])}).encode() + b"\n" + body,
        json.dumps({**other, "more": 1}).encode() + b"\n" + body,
        json.dumps([other]).encode() + b"\n" + body,
    ]


def test_whatever_is_damaged_or_forged_is_absent(tmp_path: Path) -> None:
    store = Store(tmp_path, "v1")
    store.write(KEY, [1])
    path = tmp_path / f"{KEY}.json"
    data = path.read_bytes()
    for each in damaged(data):
        path.write_bytes(each)
        assert store.read(KEY) is None, each[:80]
    path.write_bytes(data)
    assert store.read(KEY) == [1]


def test_a_file_under_another_name_is_absent(tmp_path: Path) -> None:
    store = Store(tmp_path, "v1")
    store.write(KEY, [1])
    other = key_of(["b"])
    os.rename(tmp_path / f"{KEY}.json", tmp_path / f"{other}.json")
    assert store.read(other) is None


def test_what_is_no_ordinary_file_is_not_followed(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept", "v1")
    store.write(KEY, [1])
    path = tmp_path / "kept" / f"{KEY}.json"
    os.rename(path, tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert store.read(KEY) is None
    path.unlink()
    path.mkdir()
    assert store.read(KEY) is None
    path.rmdir()
    os.mkfifo(path)  # to read it would wait for ever
    assert store.read(KEY) is None


def test_a_file_that_is_too_large_is_neither_written_nor_read(tmp_path: Path) -> None:
    store = Store(tmp_path, "v1")
    store.write(KEY, "x" * LARGEST)
    assert store.trouble is None
    assert not list(tmp_path.glob("*.json"))
    (tmp_path / f"{KEY}.json").write_bytes(b" " * (LARGEST + 1))
    assert store.read(KEY) is None


def test_files_can_be_changed_by_their_owner_alone(tmp_path: Path) -> None:
    Store(tmp_path, "v1").write(KEY, 1)
    for each in tmp_path.iterdir():
        assert not stat.S_IMODE(each.stat().st_mode) & (stat.S_IWGRP | stat.S_IWOTH)


@pytest.mark.parametrize("name", ["a file", "a file/below"])
def test_where_nothing_can_be_kept_it_is_said_once_and_nothing_is_raised(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "a file").write_text("no folder")
    store = Store(tmp_path / name, "v1")
    store.write(KEY, 1)
    store.write(KEY, 2)
    assert store.trouble
    assert store.read(KEY) is None
    store.prune()


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path, "v1")
    keys = [key_of([str(n)]) for n in range(5)]
    for at, key in enumerate(keys):
        store.write(key, at)
        os.utime(tmp_path / f"{key}.json", (at, at))
    (tmp_path / "notes.txt").write_text("not ours")
    assert store.read(keys[0]) == 0  # it is of use now
    store.prune(most_files=3)
    assert [store.read(each) for each in keys] == [0, None, None, 3, 4]
    store.prune(most_bytes=0)
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".json"] == []
    assert (tmp_path / "notes.txt").exists()


def test_many_may_write_at_a_time(tmp_path: Path) -> None:
    keys = [key_of([str(n)]) for n in range(20)]

    def write(number: int) -> None:
        store = Store(tmp_path / "kept", f"v{number % 2}")
        for each in keys:
            store.write(each, [each] * 50)
            assert store.read(each) in (None, [each] * 50)
        assert store.trouble is None

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(16)))
    assert not list((tmp_path / "kept").glob("*.part"))


def test_a_changed_line_of_the_tool_is_another_version(tmp_path: Path) -> None:
    for package in ("policy_dsl", "verifier"):
        (tmp_path / package).mkdir()
    check = tmp_path / "verifier" / "check.py"
    check.write_text("x = 1\n")
    found = {sources(tmp_path)}
    check.write_text("x = 2\n")
    found.add(sources(tmp_path))
    (tmp_path / "policy_dsl" / "grammar.lark").write_text("start: A\n")
    found.add(sources(tmp_path))
    check.rename(tmp_path / "verifier" / "checks.py")
    found.add(sources(tmp_path))
    assert len(found) == 4
    assert made_by() == made_by()
