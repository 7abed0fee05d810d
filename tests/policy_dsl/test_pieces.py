"""Every error of a file at once: no broken declaration and no open text hides another."""

from __future__ import annotations

import pytest

from policy_dsl.diagnostics import Diagnostic
from policy_dsl.parse import parse
from policy_dsl.source import Source


def problems_of(text: str) -> tuple[Diagnostic, ...]:
    return parse(Source("spec.policy", text))[1]


def places(text: str) -> list[tuple[str, int, int]]:
    return [(each.code, each.place.line, each.place.column) for each in problems_of(text)]


def kept(text: str) -> list[str]:
    """The names of the declarations that could be read."""
    tree, _ = parse(Source("spec.policy", text))
    return [each.name.text for each in tree.declarations if hasattr(each, "name")]


MANY = """\
policy p-q "title"
subject person
fact a yes/no
fact b : yes/no fact c : yes/no
clause A "title
  must go
clause B
  must go if a
clasue C
  must go
clause D
  must go
  when a and b or c
"""


def test_all_errors_of_a_file_are_told_at_once() -> None:
    assert places(MANY) == [
        ("L01", 1, 9),
        ("L01", 3, 8),
        ("L01", 4, 17),
        ("L11", 5, 10),
        ("L01", 8, 11),
        ("L02", 13, 8),
    ]
    tree, _ = parse(Source("spec.policy", MANY))
    assert kept(MANY) == ["p", "person", "b", "c", "D"]
    assert tree.broken == {"p", "a", "A", "B"}


def test_a_misspelt_declaration_does_not_take_the_one_above_with_it() -> None:
    before = "fact a : yes/no\nclasue B\n  must go\nfact c : yes/no\n"
    assert places(before) == [("L01", 2, 1)]
    assert kept(before) == ["a", "c"]
    assert parse(Source("spec.policy", before))[0].broken == {"B"}


@pytest.mark.parametrize(
    "lead", ["clasue A\n must go", "hello, world", "# remark", "\ufeff  -- x\n  )", '"text"']
)
def test_what_stands_before_the_first_declaration_hides_nothing(lead: str) -> None:
    (problem,) = problems_of(f"{lead}\nfact a : yes/no\n")
    assert problem.code == "L01"
    assert kept(f"{lead}\nfact a : yes/no\n") == ["a"]


def test_cannot_is_no_part_of_a_clause() -> None:
    assert places("clause A\n  cannot go\n") == [("L01", 2, 3)]
    assert places("clause A\n  must go\n\ncannot stay\n") == []
    assert places('in order x\n  clause A "x"\n    must go\n  cannot stay\nend order') == []


# --- texts that are not closed -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ('clause A "x\n  must go\n', 1),
        ('clause A "x\n  quote "y"\n  must go\n', 1),
        ('clause A "x"\n  quote "y\n  must go\n', 2),
        ('clause A "x"\n  quote "y\n  must go\n  quote "z"\n', 2),
        ('clause A x"\n  must go\n', 1),
        ('fact a : yes/no "x\nfact b : yes/no "y"\n', 1),
        ('fact a : yes/no "x\n     otherwise "y"\n', 1),
        ('fact a : yes/no "x\n-- "quoted" remark\n', 1),
        ('clause A "x\\"\n  must go\n', 1),
    ],
)
@pytest.mark.parametrize(
    "after",
    [
        'clause Z "z"\n  must go\n',
        'clause Z\n  quote "z"\n  must go\n',
        "clause Z must go\n",
        'clause Z "\n  z"\n  must go\n',
        'fact x : yes/no "x" otherwise "y"\nclause Z "a" must go\n',
        'clause Z ""\n',
    ],
)
def test_an_unclosed_text_hides_no_later_declaration(before: str, line: int, after: str) -> None:
    whole = f"{before}\n{after}"
    assert [each[:2] for each in places(whole)] == [("L11", line)]
    assert kept(whole)[-1] == "Z"


def test_every_unclosed_text_is_told() -> None:
    whole = 'clause A "a\n  must go\n\nclause B "b\n  must go\n\nclause C "c"\n  must go\n'
    assert places(whole) == [("L11", 1, 10), ("L11", 4, 10)]
    assert kept(whole) == ["C"]
    assert [each.place.line for each in problems_of(whole)[0].related] == [4]


@pytest.mark.parametrize(
    "quoted",
    [
        "The officer\nuse of force is barred\nclause of the statute",
        'As defined:\nclause B.1 \\"Release\\"\n  must release\nfact a : yes/no',
        "subject\npolicy\n\nnote well:\nexpect nothing",
        "He must\naction taken by the officer ",
        "fact\n\n",
        "-- no remark\nfact a : yes/no -- nor this",
    ],
)
def test_a_source_quoted_verbatim_is_not_cut(quoted: str) -> None:
    whole = f'clause A\n  quote "{quoted}"\n  must go\nclause Z "z"\n  must go\n'
    assert places(whole) == []
    assert kept(whole) == ["A", "Z"]
