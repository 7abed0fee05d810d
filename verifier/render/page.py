"""Lines of text for a terminal: wrapped, indented, coloured if wanted, and safe to print."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from policy_dsl.diagnostics import printable

Part = str | tuple[str, str]
"""A piece of text, plain or with the name of its style."""

STYLES = {
    "strong": "bold",
    "heading": "bold",
    "clause": "bold",
    "quiet": "dim",
    "quote": "italic",
    "added": "green",
    "removed": "red",
    "error": "bold red",
    "warning": "bold yellow",
    "note": "bold cyan",
}


def clean(text: str) -> str:
    """The text on one line, without anything that could steer a terminal."""
    return printable(" ".join(text.split()))


class Page:
    """Collects lines. INVARIANT: every text goes through ``clean`` on its way in."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = width
        self._out = io.StringIO()
        self._console = Console(
            file=self._out,
            width=max(width, 1),
            color_system="standard" if colour else None,
            force_terminal=colour,
            force_interactive=False,
            no_color=not colour,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
            _environ={},
        )

    def line(self, *parts: Part, indent: int = 0, hang: int = 0, right: Part = "") -> None:
        """A paragraph, ``indent`` columns in and later lines ``hang`` more; ``right`` stands at
        the right edge of its first line if there is room, or else after the text."""
        text = _text(parts)
        tail = _text([right])
        room = self.width - indent
        if tail.plain:
            gap = room - text.cell_len - tail.cell_len
            text.append(" " * gap if gap >= 2 else "  ")
            text.append_text(tail)
        for number, each in enumerate(self._wrapped(text, room, hang)):
            each.pad_left(indent + (hang if number else 0))
            self._print(each)

    def blank(self) -> None:
        """An empty line."""
        self._out.write("\n")

    def heading(self, title: str) -> None:
        """The heading of a part of the report."""
        self.blank()
        self.line((title.upper(), "heading"))
        self.line(("-" * len(title), "quiet"))

    def item(self, *parts: Part, indent: int = 0, mark: str = "-") -> None:
        """One item of a list."""
        self.line(f"{mark} ", *parts, indent=indent, hang=len(mark) + 1)

    def table(self, rows: Sequence[Sequence[str]], indent: int = 0) -> None:
        """Aligned columns without lines; the first row is the heading, the last column wraps.

        Where the page is too narrow for that, each row is told as a list.
        """
        cleaned = [[Text(clean(cell)) for cell in row] for row in rows]
        widths = [max(each.cell_len for each in column) for column in zip(*cleaned, strict=True)]
        before = sum(widths[:-1]) + 2 * (len(widths) - 1)
        room = self.width - indent - before
        if room < min(widths[-1], 16):
            self._list(cleaned, indent)
            return
        for number, row in enumerate(cleaned):
            lead = Text()
            for cell, width in zip(row[:-1], widths, strict=False):
                lead.append_text(cell)
                lead.append(" " * (width - cell.cell_len + 2))
            for each in list(row[-1].wrap(self._console, max(room, 1))) or [Text()]:
                line = Text(" " * indent, STYLES["quiet"] if number == 0 else "")
                line.append_text(lead)
                line.append_text(each)
                self._print(line)
                lead = Text(" " * before)

    def grid(self, rows: Sequence[Sequence[str]], indent: int = 0) -> None:
        """Aligned columns without lines, all of which wrap; the first row is the heading.

        Where the page is too narrow for that, each row is told as a list.
        """
        cleaned = [[Text(clean(cell)) for cell in row] for row in rows]
        widths = self._shared_out(cleaned, self.width - indent)
        if widths is None:
            for told in rows[1:]:
                self.item((told[0], "strong"), indent=indent)
                for name, said in zip(rows[0][1:], told[1:], strict=True):
                    if said:
                        self.line((f"{name}: ", "quiet"), said, indent=indent + 2, hang=2)
            return
        for number, row in enumerate(cleaned):
            columns = [
                list(cell.wrap(self._console, width))
                for cell, width in zip(row, widths, strict=True)
            ]
            for at in range(max(len(each) for each in columns)):
                line = Text(" " * indent, STYLES["quiet"] if number == 0 else "")
                for column, width in zip(columns, widths, strict=True):
                    cell = column[at] if at < len(column) else Text()
                    cell.rstrip()
                    line.append_text(cell)
                    line.append(" " * (width - cell.cell_len + 2))
                self._print(line)

    def _shared_out(self, rows: Sequence[Sequence[Text]], room: int) -> list[int] | None:
        """The width of each column: as much as it needs, or else an equal share of what is left;
        None where that is too narrow to read."""
        needs = [max(each.cell_len for each in column) for column in zip(*rows, strict=True)]
        widths = [0] * len(needs)
        left, wide = room - 2 * (len(needs) - 1), len(needs)
        for at in sorted(range(len(needs)), key=lambda column: needs[column]):
            widths[at] = min(needs[at], left // wide)
            left, wide = left - widths[at], wide - 1
        narrow = [w for w, need in zip(widths, needs, strict=True) if w < min(need, 20)]
        return None if narrow else widths

    def _list(self, rows: Sequence[Sequence[Text]], indent: int) -> None:
        names = [each.plain for each in rows[0]]
        for row in rows[1:]:
            rest = [
                f"{name}: {cell.plain}" if name else cell.plain
                for name, cell in zip(names[1:], row[1:], strict=True)
                if cell.plain
            ]
            self.item((row[0].plain, "strong"), f" {'; '.join(rest)}", indent=indent)

    def text(self) -> str:
        """Everything so far; no line ends in a blank."""
        lines = self._out.getvalue().split("\n")
        return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"

    def _print(self, line: Text) -> None:
        line.rstrip()
        self._console.print(line, soft_wrap=True)

    def _wrapped(self, text: Text, room: int, hang: int) -> list[Text]:
        first = list(text.wrap(self._console, max(room, 8)))
        if len(first) < 2 or not hang:
            return first or [Text()]
        # Later lines are narrower: the first line stays, the rest is wrapped again.
        rest = text[len(first[0].plain) :]
        while rest.plain.startswith(" "):
            rest = rest[1:]
        return [first[0], *rest.wrap(self._console, max(room - hang, 8))]


def _text(parts: Sequence[Part]) -> Text:
    found = Text()
    for each in parts:
        raw, style = (each, "") if isinstance(each, str) else each
        lead = " " if raw[:1] == " " else ""
        tail = " " if raw[-1:] == " " and raw.strip() else ""
        found.append(lead + clean(raw) + tail, STYLES.get(style, ""))
    return found
