"""Edits change what they say and nothing else; comments stay, formatted files stay formatted."""

from __future__ import annotations

import pytest

from policy_dsl import syntax as ast
from policy_dsl.edit import AddPart, Edit, Except, Retire, SettleReading, TakeBack, TakeOut
from policy_dsl.editor import CannotEdit, Editor
from policy_dsl.format import format_file
from policy_dsl.parse import parse
from policy_dsl.source import Source, Span

SPEC = """\
policy doors "Doors"

subject guest
fact late  : yes/no "is late" otherwise "is on time"
fact known : yes/no "is known" otherwise "is not known"

action admit "admit the guest"
settle admit when late

ambiguity who "Who is a guest?"
  reading any_one "everybody"
  reading few     "those on the list"

clause A "Guests"
  quote "Guests are let in."
  must admit
  when late and known  -- both of them
  overrides B, C

clause B "Nobody"
  must not admit
  when   late
  unless known

-- what C is for
clause C "Others"
  may admit
"""


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def edited(edit: Edit, text: str = SPEC) -> str:
    source = Source("doors.policy", text)
    assert parse(source)[1] == ()
    return Editor([source]).apply(edit)["doors.policy"]


def changes(before: str, after: str) -> tuple[set[str], set[str]]:
    """The lines that went and the lines that came."""
    old, new = before.splitlines(), after.splitlines()
    return {e for e in old if e not in new}, {e for e in new if e not in old}


@pytest.mark.parametrize(
    ("edit", "gone", "came"),
    [
        (AddPart(clause="C", part="overrides B"), set(), {"  overrides B"}),
        (
            AddPart(clause="A", part="unless B"),
            {"  when late and known  -- both of them"},
            {"  when   late and known  -- both of them", "  unless B"},
        ),
        (AddPart(clause="B", part="unless C"), set(), {"  unless C"}),
        (
            TakeBack(file="doors.policy", part=at(SPEC, "overrides B, C"), clause="B"),
            {"  overrides B, C"},
            {"  overrides C"},
        ),
        (
            TakeBack(file="doors.policy", part=at(SPEC, "overrides B, C"), clause="C"),
            {"  overrides B, C"},
            {"  overrides B"},
        ),
        (SettleReading(ambiguity="who", reading="few"), set(), {"  settled as few"}),
        (
            Except(file="doors.policy", declaration=at(SPEC, "settle admit"), condition="known"),
            {"settle admit when late"},
            {"settle admit when late and not known"},
        ),
        (
            TakeOut(file="doors.policy", span=Span(SPEC.index("known  --"), SPEC.index("  -- bo"))),
            {"  when late and known  -- both of them"},
            {"  when late  -- both of them"},
        ),
        (
            TakeOut(file="doors.policy", span=at(SPEC, "unless known")),
            {"  when   late", "  unless known"},
            {"  when late"},
        ),
    ],
)
def test_an_edit_changes_what_it_says_and_nothing_else(
    edit: Edit, gone: set[str], came: set[str]
) -> None:
    after = edited(edit)
    assert changes(SPEC, after) == (gone, came)
    source = Source("doors.policy", after)
    tree, problems = parse(source)
    assert problems == ()
    assert format_file(source, tree) == after


def test_a_clause_with_quotes_becomes_a_note() -> None:
    after = edited(Retire(clause="A"))
    assert 'note A comment "Guests"\n  quote "Guests are let in."\n' in after
    assert "-- both of them" in after
    assert "must admit" not in after


def test_a_clause_without_quotes_goes_and_comments_stay() -> None:
    after = edited(Retire(clause="C"))
    assert "clause C" not in after
    assert "-- what C is for" in after


def test_an_unformatted_file_keeps_its_layout() -> None:
    text = SPEC.replace("  must not admit", "     must   not   admit")
    after = edited(AddPart(clause="B", part="overrides A"), text)
    assert changes(text, after) == (set(), {"     overrides A"})


@pytest.mark.parametrize(
    "edit",
    [
        AddPart(clause="Z", part="overrides A"),
        TakeOut(file="other.policy", span=Span(0, 1)),
        TakeOut(file="doors.policy", span=Span(3, 5)),
        SettleReading(ambiguity="what", reading="few"),
    ],
)
def test_what_is_not_there_cannot_be_edited(edit: Edit) -> None:
    with pytest.raises(CannotEdit):
        edited(edit)


def test_clauses_are_found_by_the_name_of_their_document_too() -> None:
    one = Source("one.policy", "policy memo\n\nclause A\n  must x\n  overrides law.B, law.C\n")
    other = Source("two.policy", "policy law\n\nclause A\n  must y\n")
    editor = Editor([one, other])
    assert editor.apply(AddPart(clause="law.A", part="overrides memo.A")) == {
        "two.policy": "policy law\n\nclause A\n  must y\n  overrides memo.A\n"
    }
    part = parse(one)[0].declarations[1].children()
    span = next(each.span for each in part if isinstance(each, ast.Prevails))
    back = TakeBack(file="one.policy", part=span, clause="B")
    assert "overrides law.C\n" in editor.apply(back)["one.policy"]
    with pytest.raises(CannotEdit):
        editor.apply(TakeBack(file="one.policy", part=span, clause="D"))
