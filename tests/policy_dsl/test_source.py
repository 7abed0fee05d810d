"""Places in texts: offsets, lines and columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.source import Place, Source, Span

TEXTS = st.text(st.sampled_from("ab \t\r\n\u2028\u00e9\U0001f600"), max_size=40)


def test_spans() -> None:
    assert Span(3, 5).to(Span(9, 11)) == Span(9, 11).to(Span(3, 5)) == Span(3, 11)
    assert Span(3, 9).to(Span(4, 5)) == Span(3, 9)
    assert sorted([Span(3, 5), Span(1, 9), Span(3, 4)]) == [Span(1, 9), Span(3, 4), Span(3, 5)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("\n", ["", ""]),
        ("a\n", ["a", ""]),
        ("a\nb", ["a", "b"]),
        ("a\r\nb\r\n", ["a", "b", ""]),
        ("\n\na", ["", "", "a"]),
        ("a\u2028b\x0bc\n", ["a\u2028b\x0bc", ""]),
    ],
)
def test_lines(text: str, lines: list[str]) -> None:
    source = Source("a.policy", text)
    assert source.line_count == len(lines)
    assert [source.line(number + 1) for number in range(len(lines))] == lines


def test_lines_and_columns_count_from_one_and_in_characters() -> None:
    source = Source("a.policy", "é\U0001f600x\nyz\n")
    assert [source.line_and_column(each) for each in range(8)] == [
        (1, 1),
        (1, 2),
        (1, 3),
        (1, 4),
        (2, 1),
        (2, 2),
        (2, 3),
        (3, 1),
    ]


def test_offsets_beyond_the_text_are_at_its_end_or_start() -> None:
    source = Source("a.policy", "ab\nc")
    assert source.line_and_column(99) == source.line_and_column(4) == (2, 2)
    assert source.line_and_column(-5) == (1, 1)
    assert Source("a.policy", "").line_and_column(3) == (1, 1)


@given(TEXTS)
def test_every_offset_has_its_own_place(text: str) -> None:
    source = Source("a.policy", text)
    for offset in range(len(text) + 1):
        line, column = source.line_and_column(offset)
        before = text[:offset]
        assert line == before.count("\n") + 1
        assert column == offset - (before.rfind("\n") + 1) + 1
    assert source.line_count == text.count("\n") + 1


@given(TEXTS)
def test_the_lines_make_up_the_text(text: str) -> None:
    source = Source("a.policy", text)
    lines = [source.line(number + 1) for number in range(source.line_count)]
    assert lines == [each.rstrip("\r") for each in text.split("\n")]


def test_places() -> None:
    source = Source("folder/a.policy", "ab\ncd")
    place = Place(source, Span(4, 5))
    assert (place.line, place.column, str(place)) == (2, 2, "folder/a.policy:2:2")
    assert place == Place(Source("folder/a.policy", "ab\ncd"), Span(4, 5))
    assert place != Place(source, Span(4, 4))


def test_the_text_is_not_shown_when_a_source_is() -> None:
    assert repr(Source("a.policy", "secret " * 1000)) == "Source(name='a.policy')"
