"""The table of names over all files."""

from __future__ import annotations

from itertools import permutations

import pytest

from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Code, Diagnostic
from policy_dsl.parse import parse
from policy_dsl.source import Place, Source, Span
from policy_dsl.symbols import WHAT, Symbols, Unit, collect

DECLARED = {
    "a type": "type NAME is one of x, y",
    "a fact": "fact NAME : yes/no",
    "a definition": "define NAME is yes",
    "an action": "action NAME",
    "a resource": "resource NAME",
    "an event": "event NAME",
    "a decision": "decision NAME is exactly one of x",
    "an output": "output NAME : yes/no",
    "a clause": "clause NAME must x",
    "an ordered list": "in order NAME\nend order",
    "an ambiguity": 'ambiguity NAME "?" reading x reading y',
    "a process": "process NAME\nstate x start",
    "a note": "note NAME comment",
}
"""A declaration of every kind of name."""


def units(*texts: str) -> tuple[tuple[Unit, ...], tuple[Diagnostic, ...]]:
    """Files of the given texts, and what is wrong with their syntax."""
    made: list[Unit] = []
    found: list[Diagnostic] = []
    for index, text in enumerate(texts):
        source = Source(f"{index}.policy", text)
        tree, problems = parse(source)
        made.append(Unit(source, tree))
        found += problems
    return tuple(made), tuple(found)


def symbols(*texts: str) -> Symbols:
    return collect(*units(*texts))


def told(found: Symbols) -> list[tuple[str, str, str]]:
    """Each error: where, which, and where it says the name was declared first."""
    return [(str(each.place), each.code, str(each.related[0].place)) for each in found.problems]


def test_every_kind_of_name_has_words() -> None:
    assert sorted(DECLARED) == sorted(WHAT.values())


@pytest.mark.parametrize("what", DECLARED)
def test_a_name(what: str) -> None:
    found = symbols(DECLARED[what].replace("NAME", "B.2a_x"))
    symbol = found.table["B.2a_x"]
    assert WHAT[type(symbol.node)] == what
    assert symbol.place.source.text[symbol.place.span.start :].startswith("B.2a_x")
    assert found.problems == []
    assert found.of_kind(type(symbol.node)) == ["B.2a_x"]
    assert found.of_kind(ast.Use) == []


@pytest.mark.parametrize(("one", "other"), list(permutations(DECLARED, 2)))
def test_a_name_means_one_thing(one: str, other: str) -> None:
    found = symbols(
        DECLARED[one].replace("NAME", "twice"), DECLARED[other].replace("NAME", "twice")
    )
    (problem,) = found.problems
    assert problem.message == "'twice' is declared twice."
    assert problem.related[0].message == f"first declared here, as {one}"
    assert WHAT[type(found.table["twice"].node)] == one, "the first one counts"
    assert found.doubtful == {"twice"}


@pytest.mark.parametrize("what", DECLARED)
def test_of_one_kind_neither(what: str) -> None:
    text = DECLARED[what].replace("NAME", "twice")
    for found in (symbols(text, text), symbols(f"{text}\n{text}")):
        assert [each.code for each in found.problems] == ["L04"]


def test_every_repetition_is_told_with_the_first_place() -> None:
    found = symbols(
        "fact a : yes/no\nfact b : yes/no", "action a", "clause b must a\nnote a comment"
    )
    assert told(found) == [
        ("1.policy:1:8", "L04", "0.policy:1:6"),
        ("2.policy:1:8", "L04", "0.policy:2:6"),
        ("2.policy:2:6", "L04", "0.policy:1:6"),
    ]


def test_capital_and_small_letters_differ() -> None:
    assert symbols("fact a : yes/no\nfact A : yes/no").problems == []


@pytest.mark.parametrize(
    ("first", "second", "fine"),
    [
        (" under x is y", " under x is z", True),
        (" under x is y", "", False),
        ("", " under x is y", False),
        ("", "", False),
    ],
)
def test_definitions_may_share_a_name_under_readings(first: str, second: str, fine: bool) -> None:
    found = symbols(f"define d is yes{first}", f"define d is no{second}")
    assert len(found.cases["d"]) == 2
    assert (found.problems == []) is fine
    if not fine:
        assert found.problems[0].remedy == (
            "Give one of them another name. Or give each of them its reading with 'under'."
        )


def test_a_definition_after_something_else_of_its_name() -> None:
    found = symbols("fact d : yes/no", "define d is yes under x is y\ndefine d is no under x is z")
    assert told(found) == [
        ("1.policy:1:8", "L04", "0.policy:1:6"),
        ("1.policy:2:8", "L04", "0.policy:1:6"),
    ]


# --- what is in doubt ---------------------------------------------------------------------


def test_names_whose_declaration_cannot_be_read_are_in_doubt() -> None:
    found = symbols("fact a ; yes/no\nfact b : yes/no", "clause K.1 musst go")
    assert found.doubtful == {"a", "K.1"}
    assert found.unread == {"0.policy", "1.policy"}
    assert not found.incomplete


@pytest.mark.parametrize(
    ("code", "incomplete"), [("L07", True), ("L13", True), ("L01", False), ("L12", False)]
)
def test_a_file_that_is_missing_may_hold_any_name(code: Code, incomplete: bool) -> None:
    made, _ = units('use "gone.policy"')
    place = Place(made[0].source, Span(4, 17))
    problem = Diagnostic(code=code, place=place, message="It is gone.", remedy="Look for it.")
    found = collect(made, (problem,))
    assert found.incomplete is incomplete
    assert (found.unread == {"0.policy"}) is (code != "L07")


@pytest.mark.parametrize(
    ("text", "incomplete"),
    [
        ("use gone.policy", True),
        ("  use gone", True),
        ("use", True),
        ('use "a.policy" "b.policy"', True),
        ('use "gone.policy"\nfact a ; yes/no', False),
        ("fact a ; yes/no\n-- use gone", False),
        ("fact user ; yes/no", False),
        ('note N comment "\nuse gone.policy\n"', False),
    ],
)
def test_a_use_that_cannot_be_read_may_hold_any_name(text: str, incomplete: bool) -> None:
    assert symbols(text).incomplete is incomplete


def test_what_holds_an_error_already_is_not_judged_again() -> None:
    made, problems = units("fact n : 0 .. 99999999999999999999")
    found = collect(made, problems)
    for span, told_ in ((Span(9, 34), False), (Span(14, 34), False), (Span(9, 13), True)):
        before = len(found.problems)
        found.problem("L12", made[0].source, span, "No number lies there.", "Write another.")
        assert (len(found.problems) > before) is told_
    found.problem("L08", made[0].source, Span(0, 34), "It lacks a part.", "Add it.")
    assert found.problems[-1].code == "L08", "it is another matter"
