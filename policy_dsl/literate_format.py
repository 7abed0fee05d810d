"""The one layout of a literate spec: each block of code is laid out by itself, and everything
around the blocks stays as it is, byte for byte."""

from __future__ import annotations

from policy_dsl.format import format_file
from policy_dsl.literate import LANGUAGE, read_markdown
from policy_dsl.parse import parse
from policy_dsl.source import Source


def format_literate(source: Source) -> str:
    """A literate spec with its blocks in the canonical layout.

    ``source`` is the file as it stands, with its own line ends: those of a block become the one
    of the line that opens it. ``parse`` finds no errors in it. Raises ``ValueError`` where a block
    cannot be laid out.
    """
    text = source.text
    parts: list[str] = []
    done = 0
    formatted: list[str] = []
    for block in read_markdown(source).blocks:
        start, end = block.code.start, block.code.end
        crlf = text[max(0, start - 2) : start] == "\r\n"
        code = Source(f"block.{LANGUAGE}", text[start:end].replace("\r\n", "\n"))
        tree, problems = parse(code)
        if problems:
            raise ValueError("Only a file without errors can be formatted.")
        formatted.append(format_file(code, tree).replace("\n", "\r\n" if crlf else "\n"))
        parts += [text[done:start], formatted[-1]]
        done = end
    result = "".join([*parts, text[done:]])
    # A line of a text that looks like the end of the block must not come to stand at the margin.
    after = Source(source.name, result)
    blocks = read_markdown(after).blocks
    if [result[each.code.start : each.code.end] for each in blocks] != formatted:
        raise ValueError(
            "A text in a block holds the marks that close the block. Open and close the block with "
            "more of them than the text has."
        )
    return result
