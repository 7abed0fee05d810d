"""Expressions as the language writes them."""

from __future__ import annotations

import pytest

from policy_dsl.model import (
    TRUE,
    ClauseInScope,
    Counted,
    DefinitionValue,
    Established,
    Expr,
    Implication,
    IsEmpty,
    Member,
    ParameterValue,
    Product,
    SizeOfSet,
    Sum,
)
from policy_dsl.types import Integer
from policy_dsl.written import code
from tests.policy_dsl.build import (
    COLOUR,
    COLOURS,
    YEARS,
    YES_NO,
    applies,
    both,
    compare,
    either,
    literal,
    negate,
    norm,
    reads,
    result,
    value,
)

A, B, C = value("a"), value("b"), value("c")
AGE, SEEN, HUE = value("age", YEARS), value("seen", COLOURS), value("hue", COLOUR)
PLAIN = Integer()


def year(count: int) -> Expr:
    return literal(count, YEARS)


def hue(name: str) -> Expr:
    return compare(HUE, "=", literal(name, COLOUR))


def call(name: str, *arguments: Expr) -> DefinitionValue:
    return DefinitionValue(definition=name, arguments=arguments, type=YES_NO)


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (A, "a"),
        (negate(A), "not a"),
        (negate(negate(A)), "not not a"),
        (both(A, B), "a and b"),
        (both(A, either(B, C)), "a and (b or c)"),
        (either(A, both(B, C)), "a or (b and c)"),
        (both(A, both(B, C)), "a and (b and c)"),
        (negate(both(A, B)), "not (a and b)"),
        (negate(either(A, B)), "none of a, b"),
        (both(C, negate(either(A, B))), "c and (none of a, b)"),
        (either(applies("B.1"), applies("B.2"), applies("B.3")), "any of B.1, B.2, B.3"),
        (either(applies("B.1"), applies("B.2")), "B.1 or B.2"),
        (Implication(premise=either(A, B), conclusion=C), "a or b implies c"),
        (
            Implication(premise=Implication(premise=A, conclusion=B), conclusion=C),
            "(a implies b) implies c",
        ),
        (
            Counted(bound="at least", count=2, operands=(A, negate(B), C)),
            "at least 2 of a, not b, c",
        ),
        (
            negate(Counted(bound="exactly", count=1, operands=(A, both(B, C)))),
            "not (exactly 1 of a, (b and c))",
        ),
        (TRUE, "yes"),
        (either(), "no"),
        (both(A), "a"),
        (negate(both(negate(A))), "not not a"),
        (hue("red"), "hue is red"),
        (negate(hue("red")), "not hue is red"),
        (compare(HUE, "!=", literal("red", COLOUR)), "hue is not red"),
        (either(hue("red"), hue("blue")), "hue is one of (red, blue)"),
        (negate(either(hue("red"), hue("blue"))), "not hue is one of (red, blue)"),
        (
            both(*(compare(HUE, "!=", literal(each, COLOUR)) for each in ("red", "blue"))),
            "hue is not one of (red, blue)",
        ),
        (both(hue("red"), hue("blue")), "hue is red and hue is blue"),
        (either(hue("red"), A), "hue is red or a"),
        (
            either(hue("red"), compare(value("tint", COLOUR), "=", literal("blue", COLOUR))),
            "hue is red or tint is blue",
        ),
        (compare(A, "=", literal(False, YES_NO)), "a is no"),
        (compare(both(A, B), "=", C), "(a and b) is c"),
        (compare(AGE, "<", year(1)), "age < 1 year"),
        (compare(AGE, "=", literal(-3, PLAIN)), "age = -3"),
        (
            compare(
                Sum(sign="-", left=AGE, right=Sum(sign="-", left=AGE, right=year(2))), ">", AGE
            ),
            "age - (age - 2 years) > age",
        ),
        (
            compare(Product(factor=2, operand=Sum(sign="+", left=AGE, right=AGE)), ">=", AGE),
            "2 * (age + age) >= age",
        ),
        (
            compare(SizeOfSet(operand=SEEN), "!=", literal(2, PLAIN)),
            "number of seen != 2",
        ),
        (Member(operand=SEEN, values=("red",), quantity="all"), "seen includes red"),
        (Member(operand=SEEN, values=("red",), quantity="none"), "seen includes none of (red)"),
        (
            Member(operand=SEEN, values=("red", "blue"), quantity="any"),
            "seen includes any of (red, blue)",
        ),
        (IsEmpty(operand=SEEN), "seen is empty"),
        (negate(IsEmpty(operand=SEEN)), "seen is not empty"),
        (Established(fact="a"), "a is established"),
        (negate(Established(fact="a")), "a is not established"),
        (reads("only", "wide"), "only is wide"),
        (negate(reads("only", "wide")), "only is not wide"),
        (norm("need not", "release"), "need not release"),
        (both(norm("silent on", "release"), result("level")), "silent on release and level"),
        (call("child"), "child"),
        (
            negate(call("younger", year(3), ParameterValue(parameter="x", type=YEARS))),
            "not younger(3 years, x)",
        ),
        (ClauseInScope(clause="B.1"), "what B.1 requires"),
        (literal(frozenset(["red", "blue"]), COLOURS), "{blue, red}"),
        (literal(None, YES_NO), "not established"),
    ],
)
def test_code(expr: Expr, expected: str) -> None:
    assert code(expr) == expected


def test_an_expression_too_deep_to_write() -> None:
    deep: Expr = A
    for _ in range(5000):
        deep = both(negate(deep), B)
    assert code(deep) == "..."
