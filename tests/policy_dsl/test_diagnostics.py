"""How messages are printed: with their place, for any terminal, and without harm to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_dsl.diagnostics import (
    CODES,
    Diagnostic,
    Related,
    SpecError,
    did_you_mean,
    printable,
    render,
)
from policy_dsl.source import Place, Source, Span


def diagnostic(text: str, marked: str) -> Diagnostic:
    start = text.index(marked)
    place = Place(Source("a/spec.policy", text), Span(start, start + len(marked)))
    return Diagnostic(code="L03", place=place, message="What is wrong.", remedy="Mend it.")


def excerpt(text: str, marked: str) -> list[str]:
    return render(diagnostic(text, marked)).splitlines()[1:-1]


def test_a_message_with_everything() -> None:
    source = Source("a/spec.policy", "one two\nthree\nfour")
    message = Diagnostic(
        code="L04",
        place=Place(source, Span(14, 18)),
        message="What is wrong.",
        remedy="Mend it.",
        related=(Related(place=Place(source, Span(4, 7)), message="declared here"),),
    )
    assert render(message) == (
        "a/spec.policy:3:1: L04 declared-twice: What is wrong.\n"
        "  3 | four\n"
        "    | ^^^^\n"
        "  a/spec.policy:1:5: declared here\n"
        "  1 | one two\n"
        "    |     ^^^\n"
        "  help: Mend it."
    )


@pytest.mark.parametrize(
    ("text", "marked", "shown"),
    [
        ("a b c", "b", ["1 | a b c", "  |   ^"]),
        ("\ta\tb", "b", ["1 |  a b", "  |    ^"]),
        ("a\r\nb\r\n", "b", ["2 | b", "  | ^"]),
        # Wide letters take two columns, and accents that stand by themselves none.
        ("漢字 b", "b", ["1 | 漢字 b", "  |      ^"]),
        ("漢字 b", "漢字", ["1 | 漢字 b", "  | ^^^^"]),
        ("e\u0301e\u0301 b", "b", ["1 | e\u0301e\u0301 b", "  |    ^"]),
        # What stands on later lines is not marked.
        ("a b\nc d", "b\nc", ["1 | a b", "  |   ^"]),
        ("a  \nb", "  \nb", ["1 | a", "  |  ^"]),
        # Control characters are shown, and the marks are as wide as they are shown.
        ("\x1b[31m b", "b", ["1 | \\x1b[31m b", "  |          ^"]),
        ("a\0b", "\0", ["1 | a\\x00b", "  |  ^^^^"]),
        ("a\u202eb", "\u202e", ["1 | a\\u202eb", "  |  ^^^^^^"]),
    ],
)
def test_marks_stand_below_what_they_mark(text: str, marked: str, shown: list[str]) -> None:
    assert [line.removeprefix("  ") for line in excerpt(text, marked)] == shown


def test_the_end_of_a_file_can_be_marked() -> None:
    place = Place(Source("s", "ab\n"), Span(3, 3))
    message = Diagnostic(code="L01", place=place, message="m", remedy="r")
    assert render(message).splitlines()[1:-1] == ["  2 |", "    | ^"]


@pytest.mark.parametrize("at", [0, 30, 5_000, 9_999])
def test_long_lines_are_cut_around_the_place(at: int) -> None:
    line = "x" * at + "y" + "x" * (9_999 - at)
    shown, marks = excerpt(f"first\n{line}\nlast", "y")
    assert len(shown) < 120
    assert shown[marks.index("^")] == "y"
    assert shown.startswith("  2 | ...") is (at > 50)
    assert shown.endswith("...") is (at < 9_900)


def test_a_line_of_many_megabytes_is_not_copied_for_every_message() -> None:
    text = "x " * 1_000_000 + "y"
    assert len(render(diagnostic(text, "y"))) < 400


@settings(deadline=None)
@given(st.text(max_size=200), st.data())
def test_any_place_of_any_text_can_be_shown(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = Place(Source("s", text), Span(start, end))
    shown = render(Diagnostic(code="L01", place=place, message="m", remedy="r"))
    lines = shown.split("\n")
    assert len(lines) == 4
    assert set(lines[2].split("|", 1)[1]) <= {" ", "^"}
    assert all(each.isprintable() for line in lines for each in line)


def test_messages_are_sorted_by_place_and_told_once() -> None:
    text = "a b"
    first, second = diagnostic(text, "a"), diagnostic(text, "b")
    error = SpecError([second, first, second])
    assert error.diagnostics == (first, second)
    assert str(error) == "2 error(s) in the spec"


def test_codes_have_short_names_of_their_own() -> None:
    assert len(set(CODES.values())) == len(CODES)
    assert all(name == name.lower() and " " not in name for name in CODES.values())


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("chidl", ["child", "alien"], "child"),
        ("Child", ["child", "children"], "child"),
        ("CHILD", ["Child"], "Child"),
        ("xyz", ["child", "alien"], None),
        ("a", ["b", "c"], None),
        ("child", [], None),
        ("wehn", ["when", "where"], "when"),
        ("custody_outcom", ["custody_outcome"], "custody_outcome"),
        ("x" * 100_000, ["x"], None),
    ],
)
def test_did_you_mean(name: str, known: list[str], meant: str | None) -> None:
    assert did_you_mean(name, known) == meant


def test_printable_keeps_what_can_be_read() -> None:
    assert printable("§ 236, é 漢字\t") == "§ 236, é 漢字\t"
    assert printable("a\x1b]0;b\x07\n\ud800") == "a\\x1b]0;b\\x07\\n\\ud800"
