"""Texts in Markdown: read as they stand, whatever they look like, and nothing becomes a link."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verifier.pages import HOSTILE
from tests.verifier.rendered import Shown
from verifier.render import markdown_text as md
from verifier.render.page import clean

NASTY = (
    HOSTILE,
    "@someone and @group/team, a@b.example, #12, group/project#3, GH-4, CVE-2020-1",
    "~label, !5, %6, &7",
    "1. one",
    "2017) two",
    "- three",
    "+ four",
    "# five",
    "> six",
    "=== seven",
    "---",
    "***",
    "> [!WARNING]",
    "[a](https://x.example) ![b](https://x.example/b.png) [c]: https://x.example",
    "www.x.example and https://x.example and <https://x.example> and ftp://x.example",
    "`a` ``b`` ```c``` ~~d~~ ~~~ **e** __f__ _g_ h_i_j",
    "| a | b |",
    "a \\| b \\",
    "<details><summary>a</summary></details><!-- b --><b>c</b> &amp; &#64;d",
    "$x$ and $$y$$ and $5 and $6",
    ":tada: :+1: a:b:c",
    "    code",
    "deadbee1 0123456789abcdef0123456789abcdef01234567",
    "::error file=a::b",
    "]]> <![CDATA[ a ]]>",
)

_LINKED = re.compile(
    r"@\w|#\d|!\d|%\d|~\w|&\d|\bGH-\d|\bCVE-\d|www\.|://|:\w+:|\$\S+\$"
    r"|\b(?=\d*[a-f])(?=[a-f]*\d)[\da-f]{7,40}\b"
)
"""What a site makes a link, a picture or a formula of."""


def check(markdown: str, said: str) -> None:
    """A reader sees the text and nothing else, and the site finds nothing in it."""
    shown = Shown(markdown)
    assert set(shown.tags) <= {"p", "span", "code", "blockquote", "ul", "li"}, shown.html
    assert shown.text.strip() == clean(said).replace("\u200b", "")
    for piece in shown.pieces:
        assert not _LINKED.search(piece), piece


@pytest.mark.parametrize("said", NASTY)
def test_a_text_is_read_as_it_stands(said: str) -> None:
    check(md.text(said), said)
    check(md.code(said), said)
    check(md.quoted(said), said)
    check(md.listing([md.text(said)]), said)
    check(f"<p>{md.text(said)}</p>", said)


@given(st.text(st.sampled_from("\\`*_[]()#+-.!|~=$<>&@:;/ab1 \n\tw\u202e"), max_size=30))
def test_no_text_is_read_as_markup(said: str) -> None:
    if clean(said):
        check(md.text(said), said)
        check(f"<p>{md.code(said)}</p>", said)


@pytest.mark.parametrize("said", NASTY)
def test_a_cell_stays_a_cell(said: str) -> None:
    shown = Shown(md.table([["what", "number"], [md.text(said), "3"]], numbers=[1]))
    assert (shown.tags["tr"], shown.tags["td"], shown.tags["th"]) == (2, 2, 2)
    assert clean(said) in shown.text


@pytest.mark.parametrize("said", [*NASTY, "```\n</details>", "````` a\n~~~~\n# b", ""])
def test_what_is_fenced_stays_inside(said: str) -> None:
    shown = Shown(md.details(md.text(said), md.stacked([md.fenced(said, "diff"), "after"])))
    assert set(shown.tags) <= {"details", "summary", "pre", "code", "class", "p", "span"}
    assert shown.tags["details"] == shown.tags["pre"] == shown.tags["p"] == 1
    assert shown.html.rstrip().endswith("<p>after</p>\n</details>")


def test_a_long_text_is_cut_between_words() -> None:
    assert md.text("one two three", 9) == "one two &#91;...&#93;"
    assert md.text("one two three", 13) == "one two three"


def test_only_what_fits_is_given() -> None:
    assert md.fitting(["aaaa", "bb", "c"], 10) == ("aaaa", "bb")
    assert md.fitting(["aaaa"], 5) == ()
