"""What ``check`` writes: the report that is asked for, and the same run in other formats."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policy_dsl.diagnostics import did_you_mean
from verifier.cli_text import CHECK_FORMATS
from verifier.commands.common import PIPED_WIDTH, Complaint
from verifier.render import formats, terminal
from verifier.render.formats import Result, Wrong

_WITH_MARGINS = frozenset({"html", "json"})
"""The formats that show the table of margins, which takes a while to make, always."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document that is wanted: its format, and its file; None: standard output."""

    format: str
    target: Path | None


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What came of one policy, and in words what its exit status is and means."""

    result: Result
    verdict: str = ""


def wanted(options: argparse.Namespace) -> tuple[Document, ...]:
    """The documents that the options ask for, the main one first. Raises ``Complaint``."""
    found = [Document(format=options.format, target=target_of(options.output))]
    for each in options.also:
        name, sign, file = each.partition("=")
        if not sign or not file:
            raise Complaint(
                f"'--also {each}' does not say which format goes into which file.",
                "It is written as in '--also junit=report.xml'.",
            )
        if name not in CHECK_FORMATS:
            near = did_you_mean(name, CHECK_FORMATS)
            meant = f"Did you mean '{near}'? " if near else ""
            raise Complaint(
                f"there is no format '{name}'.", f"{meant}These are: {', '.join(CHECK_FORMATS)}."
            )
        found.append(Document(format=name, target=target_of(file)))
    targets = [each.target.resolve() for each in found if each.target is not None]
    for target in targets:
        if targets.count(target) > 1:
            raise Complaint(f"two reports are to go into one file, {target.name}.")
    return tuple(found)


def refuse_pages(documents: Sequence[Document], policies: int) -> None:
    """Raises ``Complaint`` where a page is wanted that would have to show several policies."""
    if policies > 1 and any(each.format == "html" for each in documents):
        raise Complaint(
            f"a page shows one policy, and these are {policies}.",
            "Name one of them, or take another --format.",
        )


def with_margins(documents: Sequence[Document], full: bool) -> bool:
    """Whether some document shows the table of margins."""
    return any(
        each.format in _WITH_MARGINS or (full and each.format == "terminal") for each in documents
    )


def text_of(name: str, checked: Sequence[Checked], full: bool) -> str:
    """A document of a run, in one of the formats; empty where it has nothing to show."""
    if name in formats.WHOLE:
        return formats.whole(name, [each.result for each in checked])
    texts = []
    for each in checked:
        if isinstance(each.result, Wrong):
            continue
        if name == "html":
            from verifier.render.html.document import render  # slow to import

            texts.append(render(each.result, each.verdict))
        else:
            said = terminal.render(each.result, PIPED_WIDTH, False, full, each.verdict)
            texts.append(said)
    return "\n\n".join(texts)


def write(target: Path, text: str) -> None:
    """Write a document to its file, where it has anything."""
    if text:
        target.write_text(text, "utf-8", errors="backslashreplace", newline="\n")


def target_of(output: str | None) -> Path | None:
    """The file that a report is written to, if one is named. A policy is never overwritten."""
    if output is None:
        return None
    path = Path(output)
    if ".policy" in path.suffixes[-2:]:
        raise Complaint(f"{output} has the name of a policy, which a report must not overwrite.")
    if path.is_dir() or not path.parent.is_dir():
        raise Complaint(f"{output} is not a file in a folder that exists.")
    return path
