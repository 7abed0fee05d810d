"""Markdown as a hosting site shows it, for tests: tags, and the text that a reader sees."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

from markdown_it import MarkdownIt


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.open: list[str] = []
        self.text = ""
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.tags.update(name for name, _ in attrs if name != "open")
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if not {"pre", "code"} & set(self.open):
            self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


class Shown:
    """What became of Markdown.

    ``tags`` are the tags with their attributes, and how often each occurs; ``text`` is all that is
    read, without the spaces that have no width; ``pieces`` are the texts in which a site looks for
    names and numbers: those outside code.
    """

    def __init__(self, markdown: str) -> None:
        site = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        self.html = site.render(markdown)
        seen = _Seen()
        seen.feed(self.html)
        seen.close()
        assert not seen.open
        self.tags = seen.tags
        self.text = seen.text.replace("\u200b", "")
        self.pieces = seen.pieces
