"""Input that nobody would write: a clear error or a tree, and never a hang."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_dsl import syntax as ast
from policy_dsl.build import LARGEST
from policy_dsl.diagnostics import Diagnostic, render
from policy_dsl.parse import LARGEST_FILE, parse
from policy_dsl.source import Source
from tests.strategies.specs import spaced_specs
from tests.work import work


def problems_of(text: str) -> tuple[Diagnostic, ...]:
    return parse(Source("spec.policy", text))[1]


def places(text: str) -> list[tuple[str, int, int]]:
    return [(each.code, each.place.line, each.place.column) for each in problems_of(text)]


def tree_of(text: str) -> ast.File:
    tree, problems = parse(Source("spec.policy", text))
    assert [render(each) for each in problems] == []
    return tree


CLAUSE = "clause A\n  must go\n  when "

HOSTILE: dict[str, tuple[Callable[[int], str], str]] = {
    "conjunctions": (lambda n: CLAUSE + " and ".join(["a"] * n), ""),
    "names": (lambda n: "clause A must " + ", ".join(["a"] * n), ""),
    "sum": (lambda n: CLAUSE + " + ".join(["a"] * n) + " > 3", "L13"),
    "negations": (lambda n: CLAUSE + "not " * 5 * n + "a", "L13"),
    "minus signs": (lambda n: CLAUSE + "- " * 5 * n + "a > 3", "L13"),
    "open brackets": (lambda n: CLAUSE + "(" * 5 * n, "L01"),
    "brackets": (lambda n: CLAUSE + "(" * n + "a" + ")" * n, "L13"),
    "lists in lists": (lambda n: CLAUSE + "(any of a, " * n + "b" + ")" * n, "L13"),
    "mixed": (lambda n: CLAUSE + " or ".join(["a and b"] * n), "L02"),
    "digits": (lambda n: CLAUSE + "a > " + "9" * 5 * n, "L12"),
    "quotes": (lambda n: '"' * 50 * n, "L01"),
    "quotes in a clause": (lambda n: "clause A " + '"' * 50 * n, "L01"),
    "odd quotes": (lambda n: "clause A " + '"' * (50 * n + 1), "L11"),
    "unclosed texts": (lambda n: 'clause A "x\n' * n, "L11"),
    "escaped quotes": (lambda n: 'clause A "x' + '\n\\"' * n + "\nfact b" + " " * n + '"', ""),
    "backslashes": (lambda n: 'clause A "' + "\\" * 50 * n, "L11"),
    "quotes with declarations": (lambda n: 'clause A quote "x\nuse of y\nz"\n' * n + '"', "L11"),
    "bad lines": (lambda n: "fact a b\n" * n, "L01"),
    "one line": (lambda n: "fact a : yes/no " * n, "L01"),
    "blank lines": (lambda n: "\n" * 20 * n + " " * 20 * n + "fact a : yes/no", ""),
    "comments": (lambda n: "-- x\n" * n, ""),
    "hidden characters": (lambda n: "\u202e" * n, "L01"),
}


def _work(text: str) -> int:
    return work(lambda: parse(Source("spec.policy", text)))


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_input_gives_a_clear_error_with_work_in_proportion(kind: str) -> None:
    make, code = HOSTILE[kind]
    problems = problems_of(make(20_000 if not code else 4_000))
    assert {each.code for each in problems} == ({code} if code else set())
    for each in problems[:50]:
        assert len(render(each)) < 2_000
    _work(make(10))  # so that what is made once is made
    assert _work(make(2_000)) <= 4.2 * _work(make(500))


def test_a_file_that_is_too_large_is_not_read() -> None:
    assert places(" " * (LARGEST_FILE + 1)) == [("L13", 1, 1)]


@pytest.mark.parametrize(
    "character",
    ["\0", "\x1b", "\x7f", "\x0b", "\x85", "\u2028", "\u202e", "\u2066", "\ud800"],
)
@pytest.mark.parametrize("around", ["fact a{} : yes/no", 'use "a{}b"', "subject a -- b{}c"])
def test_hidden_characters_are_refused_wherever_they_stand(character: str, around: str) -> None:
    (problem,) = problems_of(around.format(character))
    assert problem.code == "L01"
    assert f"U+{ord(character):04X}" in problem.message
    assert problem.place.span.start == around.index("{")
    assert character not in render(problem)


def test_an_old_line_end_does_not_hide_what_follows_in_a_comment() -> None:
    assert places("subject a -- b\rfact c : yes/no\n") == [("L01", 1, 15)]


@pytest.mark.parametrize("blank", ["\t", "\f", "\r\n", "\u00a0", "\u3000", "\u2003"])
def test_blanks_of_all_kinds_are_blanks(blank: str) -> None:
    words = ["clause", "A", '"a"', "must", "go", "when", "b"]
    assert tree_of(blank.join(words)) == tree_of(" ".join(words))
    assert tree_of(f"{blank}subject a") == tree_of("subject a")


def test_the_largest_number() -> None:
    tree_of(f"assume a = {LARGEST}")
    assert places(f"assume a = {LARGEST + 1}") == [("L12", 1, 12)]


@settings(deadline=None, max_examples=300)
@given(st.text(st.characters() | st.sampled_from('"\\()-,.\n'), max_size=80))
def test_any_text_gives_a_tree_and_messages(anything: str) -> None:
    for each in problems_of(anything):
        assert render(each)
        assert each.message
        assert each.remedy


@settings(deadline=None, max_examples=60)
@given(spaced_specs(), st.data())
def test_a_spec_with_a_hole_gives_a_tree_and_messages(
    spec: tuple[ast.File, str], data: st.DataObject
) -> None:
    whole = spec[1]
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 30)))
    put = data.draw(st.sampled_from(["", '"', "(", ")", " and ", " if ", ",", "\n"]))
    for each in problems_of(whole[:start] + put + whole[end:]):
        assert render(each)
