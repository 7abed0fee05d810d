"""The blocks of the project's documents: policies, commands with their output, made parts."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from policy_dsl.format import format_file
from policy_dsl.parse import parse
from policy_dsl.source import Source

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
RENEW = bool(os.environ.get("ANTINOMY_RENEW"))

_FENCE = re.compile(r"^```(?P<info>[^\n`]+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_MADE = re.compile(
    r"^<!-- made: (?P<name>[a-z0-9-]+) -->\n(?P<text>.*?)^<!-- end -->$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Block:
    """A block between fences. Behind its language stand words, some with a value:
    ``policy error=L02`` or ``policy file=visitors.policy``."""

    document: Path
    line: int
    language: str
    words: Mapping[str, str]
    text: str

    def __str__(self) -> str:
        return f"{self.document.name}:{self.line}"


def blocks(document: Path, language: str | None = None) -> Iterator[Block]:
    """The blocks of a document in their order, of one language or of any."""
    text = document.read_text("utf-8")
    for found in _FENCE.finditer(text):
        first, *more = found["info"].split()
        if language in (None, first):
            words = dict(each.partition("=")[::2] for each in more)
            line = text.count("\n", 0, found.start()) + 1
            yield Block(document, line, first, words, found["text"])


def policies() -> Iterator[Block]:
    """Every block with a policy, of every document."""
    for document in DOCUMENTS:
        yield from blocks(document, "policy")


def vocabulary(document: Path) -> str:
    """The policy that the shorter examples of a document continue, or nothing."""
    return "".join(b.text for b in blocks(document, "policy") if "vocabulary" in b.words)


def whole(block: Block) -> str:
    """The text of a policy block as a policy: one without a header continues the vocabulary."""
    if "vocabulary" in block.words or block.text.startswith("policy "):
        return block.text
    return f"{vocabulary(block.document)}\n{block.text}"


def with_outputs(document: Path, run: Callable[[str], str]) -> str:
    """The document with the output of every command put in anew. ``run`` carries one out."""

    def renewed(found: re.Match[str]) -> str:
        if found["info"].split()[0] != "console":
            return found.group()
        commands = [line for line in found["text"].splitlines() if line.startswith("$ ")]
        said = [f"{command}\n{run(command[2:])}" for command in commands]
        return f"```{found['info']}\n{''.join(said)}```"

    return _FENCE.sub(renewed, document.read_text("utf-8"))


def with_formatted_policies(document: Path) -> str:
    """The document with the examples that are whole files in the one format."""

    def renewed(found: re.Match[str]) -> str:
        language, *words = found["info"].split()
        names = {each.partition("=")[0] for each in words}
        if language != "policy" or "error" in names or not names & {"file", "vocabulary"}:
            return found.group()
        source = Source(document.name, found["text"])
        return f"```{found['info']}\n{format_file(source, parse(source)[0])}```"

    return _FENCE.sub(renewed, document.read_text("utf-8"))


def with_made_parts(document: Path, parts: Mapping[str, Callable[[], str]]) -> str:
    """The document with the parts that are made from the source put in anew."""

    def renewed(found: re.Match[str]) -> str:
        return f"<!-- made: {found['name']} -->\n{parts[found['name']]()}<!-- end -->"

    return _MADE.sub(renewed, document.read_text("utf-8"))


def agree(document: Path, fresh: str) -> bool:
    """Whether a document is as it should be; with ``ANTINOMY_RENEW=1`` it is made so."""
    if RENEW:
        document.write_text(fresh, "utf-8")
    return document.read_text("utf-8") == fresh
