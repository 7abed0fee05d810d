"""How much room words take in a drawing, where nothing can be measured: on the safe side."""

from __future__ import annotations

from rich.cells import cell_len

from verifier.render.html.marks import shown

_CELL = 6.5
"""The width of a letter in the type of drawings, which is 12 high; wide letters take two."""


def width_of(text: str) -> float:
    """How wide a text is, with what is done to make hidden characters visible."""
    return cell_len(str(shown(text))) * _CELL


def lines_of(text: str, width: float, most: int) -> tuple[str, ...]:
    """A text in lines that fit a width; three dots end the last where there are too many."""
    words = [part for word in str(shown(text)).split() for part in _parts(word, width)]
    lines: list[str] = []
    for word in words:
        if lines and width_of(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while width_of(f"{last} ...") > width:
        last = last[:-1]
    return (*lines[: most - 1], f"{last} ...")


def _parts(word: str, width: float) -> list[str]:
    """A word, cut where it is wider than a line."""
    parts = [""]
    for letter in word:
        if parts[-1] and width_of(parts[-1] + letter) > width:
            parts.append("")
        parts[-1] += letter
    return parts
