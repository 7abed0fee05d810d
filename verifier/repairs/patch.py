"""Changed texts as a patch that ``patch -p1`` and ``git apply`` read."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from verifier.repairs.repair import Change

_PLAIN = re.compile(r'[^\x00-\x1f\x7f"\\]+')


def rewritten(before: bytes, text: str) -> bytes:
    """The bytes of a file with another text: its line ends, and the mark of the encoding at its
    start, stay as they are on every line that is kept. ``text`` has plain line ends."""
    raw = _lines(before.decode("utf-8"))
    old = [each.replace("\r\n", "\n").removeprefix("\ufeff") for each in raw]
    ending = "\r\n" if raw and raw[0].endswith("\r\n") else "\n"
    new = _lines(text)
    out: list[str] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            out += raw[start:end]
        else:
            out += [each.replace("\n", ending) for each in new[first:last]]
    if raw and raw[0].startswith("\ufeff") and not "".join(out).startswith("\ufeff"):
        out.insert(0, "\ufeff")
    return "".join(out).encode("utf-8")


def unified(name: str, before: bytes, after: bytes) -> str:
    """A unified diff between two versions of a file; ``name`` is its path in the project."""
    old, new = (_lines(each.decode("utf-8")) for each in (before, after))
    lines = difflib.unified_diff(old, new, _quoted(f"a/{name}"), _quoted(f"b/{name}"))
    out = []
    for line in lines:
        ends = line.endswith("\n")
        out.append(line if ends else f"{line}\n\\ No newline at end of file\n")
    return "".join(out)


def changes(file: str, before: bytes, after: bytes) -> Iterator[Change]:
    """What changes from one version of a file to another, in the order of its lines. The mark of
    the encoding at its start is no part of its text."""
    old, new = (_lines(each.decode("utf-8-sig")) for each in (before, after))
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield Change(
                file=file,
                start=_begin(old, start),
                end=_begin(old, end),
                text="".join(new[first:last]),
            )


def _begin(lines: list[str], index: int) -> tuple[int, int]:
    """Where a line begins, or the place behind all of them."""
    if index == len(lines) > 0 and not lines[-1].endswith("\n"):
        return index, len(lines[-1]) + 1
    return index + 1, 1


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends; only a line feed ends one."""
    found = text.split("\n")
    lines = [f"{each}\n" for each in found[:-1]]
    return [*lines, found[-1]] if found[-1] else lines


def _quoted(path: str) -> str:
    """A path as patches write it: in quotation marks where it has signs that would end it."""
    if _PLAIN.fullmatch(path):
        return f"{path}\t" if " " in path else path
    out = []
    for each in path:
        if each in '"\\':
            out.append(f"\\{each}")
        elif each < " " or each == "\x7f":
            out.append(f"\\{ord(each):03o}")
        else:
            out.append(each)
    return f'"{"".join(out)}"'
