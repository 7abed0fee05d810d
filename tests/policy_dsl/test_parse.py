"""From text to syntax tree: what is read."""

from __future__ import annotations

from datetime import date

import pytest

from policy_dsl import syntax as ast
from policy_dsl.diagnostics import render
from policy_dsl.parse import parse
from policy_dsl.source import Source
from policy_dsl.words import EXAMPLES, RESERVED


def tree_of(text: str) -> ast.File:
    tree, problems = parse(Source("spec.policy", text))
    assert [render(each) for each in problems] == []
    return tree


def only(text: str) -> ast.Declaration:
    (declaration,) = tree_of(text).declarations
    return declaration


def name(text: str) -> ast.Name:
    return ast.Name(text=text)


def text(value: str) -> ast.Text:
    return ast.Text(text=value)


@pytest.mark.parametrize(("keyword", "example"), EXAMPLES.items())
def test_the_examples_of_the_messages_can_be_read(keyword: str, example: str) -> None:
    assert example.startswith(keyword)
    assert len(tree_of(example).declarations) == 1


def test_a_clause() -> None:
    assert only(
        'clause B.1 "Title"\n  quote "x  y\n z"\n  must not a, b\n  sets o to 3 days\n'
        "  when c unless d provided e\n  under should is binding\n"
        "  overrides F despite G subject to H, I as condition\n precedent"
    ) == ast.Clause(
        name=name("B.1"),
        title=text("Title"),
        parts=(
            ast.Quote(text=text("x y z")),
            ast.Norm(modality="must not", actions=(name("a"), name("b"))),
            ast.Sets(output=name("o"), value=ast.Number(value=3, unit="days")),
            ast.Condition(keyword="when", condition=name("c")),
            ast.Condition(keyword="unless", condition=name("d")),
            ast.Condition(keyword="provided", condition=name("e")),
            ast.Under(
                readings=ast.Comparison(sign="is", left=name("should"), right=name("binding"))
            ),
            ast.Prevails(keyword="overrides", clauses=(name("F"),)),
            ast.Prevails(keyword="despite", clauses=(name("G"),)),
            ast.SubjectTo(clauses=(name("H"), name("I")), sense="condition precedent"),
        ),
    )


def test_a_header() -> None:
    assert only("policy p issued 2017-02-21 authority text") == ast.PolicyHeader(
        name=name("p"),
        parts=(
            ast.HeaderPart(keyword="issued", value=ast.DateValue(value=date(2017, 2, 21))),
            ast.HeaderPart(keyword="authority", value=name("text")),
        ),
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("yes / no", ast.YesNoType()),
        ("Custody", ast.NamedType(name=name("Custody"))),
        ("set of Custody", ast.SetType(name=name("Custody"))),
        ("-3..5 points", ast.IntegerType(low=-3, high=5, unit="points")),
        ("0 ..", ast.IntegerType(low=0)),
        (".. 5", ast.IntegerType(high=5)),
        ("integer days", ast.IntegerType(unit="days")),
        (
            'one of (none "nothing", a)',
            ast.InlineEnum(
                values=(
                    ast.EnumValue(name=name("none"), phrase=text("nothing")),
                    ast.EnumValue(name=name("a")),
                )
            ),
        ),
    ],
)
def test_types(written: str, read: ast.TypeExpression) -> None:
    fact = only(f'outside f : optional {written} by r per "p" "is" otherwise "is not"')
    assert fact == ast.FactDeclaration(
        kind="outside",
        name=name("f"),
        type=read,
        optional=True,
        by=name("r"),
        per=text("p"),
        phrase=text("is"),
        negative=text("is not"),
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("not a and b", ast.And(operands=(ast.Not(operand=name("a")), name("b")))),
        ("(a and b) and c", ast.And(operands=(name("a"), name("b"), name("c")))),
        (
            "a or b implies not c",
            ast.Implies(
                premise=ast.Or(operands=(name("a"), name("b"))),
                conclusion=ast.Not(operand=name("c")),
            ),
        ),
        (
            "a and none of b, c",
            ast.And(
                operands=(
                    name("a"),
                    ast.Quantified(quantity="none", operands=(name("b"), name("c"))),
                )
            ),
        ),
        ("none is a", ast.Comparison(sign="is", left=name("none"), right=name("a"))),
        ("s includes none", ast.Includes(operand=name("s"), values=(name("none"),))),
        (
            "s includes none of (none, a)",
            ast.Includes(operand=name("s"), quantity="none", values=(name("none"), name("a"))),
        ),
        ("exactly_one", name("exactly_one")),
        (
            "exactly one of a, b",
            ast.Quantified(quantity="exactly", count=1, operands=(name("a"), name("b"))),
        ),
        (
            "a - b - -3 years <= 4",
            ast.Comparison(
                sign="<=",
                left=ast.Arithmetic(
                    sign="-",
                    left=ast.Arithmetic(sign="-", left=name("a"), right=name("b")),
                    right=ast.Negative(operand=ast.Number(value=3, unit="years")),
                ),
                right=ast.Number(value=4),
            ),
        ),
        (
            "must not a or silent on b",
            ast.Or(
                operands=(
                    ast.NormHolds(modality="must not", action=name("a")),
                    ast.NormHolds(modality="silent on", action=name("b")),
                )
            ),
        ),
    ],
)
def test_conditions(written: str, read: ast.Expression) -> None:
    assert only(f"assume {written}") == ast.Assume(condition=read)


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_no_word_of_the_language_is_a_name_and_words_like_it_are(word: str) -> None:
    assert parse(Source("spec.policy", f"fact {word} : yes/no"))[1]
    tree_of(f"fact {word}_x : yes/no")
    # A word is taken as a whole, also where no name can stand.
    assert parse(Source("spec.policy", f"clause A {word}x must go"))[1]
    tree_of(f"assume {word}x and {word}.x implies {word}_")


def test_spans_and_comments_stand_where_they_were_written() -> None:
    source = Source("spec.policy", '-- a\nfact b : yes/no "--" -- c \r\n--d')
    tree, problems = parse(source)
    assert problems == ()
    assert [each.text for each in tree.comments] == ["a", "c", "d"]
    (fact,) = tree.declarations
    assert isinstance(fact, ast.FactDeclaration)
    assert source.text[fact.span.start : fact.span.end] == 'fact b : yes/no "--"'
    assert source.text[fact.type.span.start : fact.type.span.end] == "yes/no"


def test_texts() -> None:
    assert only('use "a\\"b\\\\c \\d\n  e"') == ast.Use(path=text('a"b\\c d e'))
