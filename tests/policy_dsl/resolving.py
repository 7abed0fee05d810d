"""Resolves small specs that continue the words of ``words.policy``, and tells their errors."""

from __future__ import annotations

import re
from pathlib import Path

from policy_dsl.diagnostics import Diagnostic, Related, SpecError
from policy_dsl.load import Unreadable, load_with
from policy_dsl.model import Policy
from policy_dsl.source import Source

WORDS = Path(__file__).with_name("words.policy").read_text("utf-8")
HEADER = 'policy main\nuse "words.policy"\n'


def resolved(text: str, **files: str) -> Policy:
    """The model of a spec. One without a header gets one, behind it, so that places in it count
    from its own first line. ``files`` are others, by the names they have without their ending.

    Raises ``SpecError``.
    """
    if re.search(r"^\s*(policy|use)\b", text, re.MULTILINE) is None:
        text = f"{text}\n{HEADER}"
    sources = {"main.policy": text, "words.policy": WORDS}
    sources |= {f"{name}.policy": found for name, found in files.items()}

    def read(name: str) -> Source:
        if name.endswith(".txt"):
            return Source(name, "")
        if name not in sources:
            raise Unreadable("there is no such file")
        return Source(name, sources[name])

    return load_with("main.policy", read)


def problems(text: str, **files: str) -> tuple[Diagnostic, ...]:
    """The errors of a spec, in order."""
    try:
        resolved(text, **files)
    except SpecError as error:
        return error.diagnostics
    return ()


def told(text: str, **files: str) -> str:
    """The errors of a spec as text: place, code and message; the places that help; the remedy."""
    return "\n".join(_told(each) for each in problems(text, **files))


def _told(found: Diagnostic) -> str:
    lines = [f"{_at(found)} {found.code} {found.message}"]
    lines += [f"    {_at(each)} {each.message}" for each in found.related]
    return "\n".join([*lines, f"    {found.remedy}"])


def _at(found: Diagnostic | Related) -> str:
    """A place; the file is told only where it is not the main one."""
    return str(found.place).removeprefix("main.policy:")
