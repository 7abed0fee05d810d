"""Lines for a terminal: they fit, and nothing in them can steer it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from verifier.render.page import Page, clean

TEXT = st.text(st.characters(codec=None), max_size=120)
STYLES = re.compile(r"\x1b\[[0-9;]*m")


@given(TEXT, TEXT, st.integers(20, 100), st.integers(0, 6), st.integers(0, 4), st.booleans())
def test_every_line_fits_and_is_safe(
    text: str, other: str, width: int, indent: int, hang: int, colour: bool
) -> None:
    page = Page(width, colour)
    page.line((text, "strong"), other, indent=indent, hang=hang, right=(other, "quiet"))
    page.item(text, indent=indent)
    page.table([["a", "b"], [other, text]], indent=indent)
    shown = page.text()
    if not colour:
        assert "\x1b" not in shown
    plain = STYLES.sub("", shown)
    assert all(each.isprintable() for each in plain.replace("\n", ""))
    assert all(line == line.rstrip() for line in plain.split("\n"))
    for line in plain.split("\n"):
        assert cell_len(line) <= max(width, indent + hang + 10)


@given(TEXT)
def test_no_word_is_lost(text: str) -> None:
    page = Page(40, False)
    page.line(text, indent=2, hang=3)
    assert "".join(page.text().split()) == "".join(clean(text).split())


def test_what_steers_a_terminal_is_shown_as_an_escape() -> None:
    assert clean("a\x1b[31m\u202eb\nc\td\ud800") == r"a\x1b[31m\u202eb c d\ud800"


def test_the_right_edge() -> None:
    page = Page(30, False)
    page.line("left", right="right")
    page.line("a text that fills its line", right="right")
    assert page.text() == ("left                     right\na text that fills its line\nright\n")
