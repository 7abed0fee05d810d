"""What expressions mean in a case."""

from __future__ import annotations

from typing import Literal

import pytest

from policy_dsl.evaluate import Evaluator
from policy_dsl.model import (
    AllOf,
    AnyOf,
    CompareSign,
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
from policy_dsl.types import Type, Value
from tests.policy_dsl.build import (
    COLOUR,
    COLOURS,
    YEARS,
    YES_NO,
    ambiguity,
    case,
    compare,
    define,
    fact,
    literal,
    negate,
    policy,
    reads,
    value,
)

A, B = value("a"), value("b")
AGE, LIMIT = value("age", YEARS), value("limit", YEARS)
MAYBE = value("maybe", optional=True)
MAYBE_AGE = value("maybe_age", YEARS, optional=True)
MAYBE_SEEN = value("maybe_seen", COLOURS, optional=True)
SEEN = value("seen", COLOURS)
X = ParameterValue(parameter="x", type=YEARS)
SIGNS: tuple[CompareSign, ...] = ("=", "!=", "<", "<=", ">", ">=")

POLICY = policy(
    facts=[
        fact("a"),
        fact("b"),
        fact("colour", COLOUR),
        fact("seen", COLOURS),
        fact("age", YEARS),
        fact("limit", YEARS),
        fact("maybe", optional=True),
        fact("maybe_age", YEARS, optional=True),
        fact("maybe_seen", COLOURS, optional=True),
    ],
    definitions=[
        define("younger", compare(AGE, "<", X), parameters=(("x", YEARS),)),
        define("twice", Product(factor=2, operand=X), parameters=(("x", YEARS),), type_=YEARS),
        define("unsure", MAYBE),
        define(
            "adult",
            (compare(AGE, ">=", literal(18, YEARS)), reads("adulthood", "early")),
            (compare(AGE, ">=", literal(21, YEARS)), reads("adulthood", "late")),
        ),
    ],
    ambiguities=[ambiguity("adulthood", "early", "late")],
)
EVALUATOR = Evaluator(POLICY)


def holds(expr: Expr, readings: dict[str, str] | None = None, **facts: Value) -> bool:
    return EVALUATOR.holds(expr, case(POLICY, readings, **facts))


def call(name: str, *arguments: Expr, type_: Type = YES_NO) -> DefinitionValue:
    return DefinitionValue(definition=name, arguments=arguments, type=type_)


def test_connectives() -> None:
    rows = [(a, b) for a in (False, True) for b in (False, True)]

    def table(expr: Expr) -> list[bool]:
        return [holds(expr, a=a, b=b) for a, b in rows]

    assert table(AllOf(operands=(A, B))) == [False, False, False, True]
    assert table(AnyOf(operands=(A, B))) == [False, True, True, True]
    assert table(Implication(premise=A, conclusion=B)) == [True, True, False, True]
    assert table(negate(A)) == [True, True, False, False]
    assert table(Counted(bound="at least", count=1, operands=(A, B))) == [False, True, True, True]
    assert table(Counted(bound="at most", count=1, operands=(A, B))) == [True, True, True, False]
    assert table(Counted(bound="exactly", count=1, operands=(A, B))) == [False, True, True, False]


def test_nothing_is_true_of_all_and_false_of_any() -> None:
    assert holds(AllOf(operands=()))
    assert not holds(AnyOf(operands=()))


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        ("=", [False, True, False]),
        ("!=", [True, False, True]),
        ("<", [True, False, False]),
        ("<=", [True, True, False]),
        (">", [False, False, True]),
        (">=", [False, True, True]),
    ],
)
def test_signs(sign: CompareSign, expected: list[bool]) -> None:
    eighteen = literal(18, YEARS)
    assert [holds(compare(AGE, sign, eighteen), age=age) for age in (17, 18, 19)] == expected
    with_fact = [holds(compare(AGE, sign, LIMIT), age=age, limit=18) for age in (17, 18, 19)]
    assert with_fact == expected
    swapped = [holds(compare(eighteen, sign, AGE), age=age) for age in (19, 18, 17)]
    assert swapped == expected


def test_arithmetic_is_exact() -> None:
    huge = 10**30
    total = Sum(sign="+", left=AGE, right=literal(huge, YEARS))
    assert holds(compare(total, "=", literal(huge + 5, YEARS)), age=5)
    assert not holds(compare(total, "=", literal(huge + 5, YEARS)), age=6)
    less = Sum(sign="-", left=AGE, right=Product(factor=-3, operand=LIMIT))
    assert holds(compare(less, "=", literal(17, YEARS)), age=2, limit=5)
    assert holds(
        compare(SizeOfSet(operand=SEEN), "=", literal(2, YEARS)), seen=frozenset(["red", "blue"])
    )


@pytest.mark.parametrize("sign", SIGNS)
def test_no_comparison_holds_of_what_is_not_established(sign: CompareSign) -> None:
    plus_one = Sum(sign="+", left=literal(1, YEARS), right=MAYBE_AGE)
    parts: list[Expr] = [
        MAYBE_AGE,
        plus_one,
        Product(factor=2, operand=MAYBE_AGE),
        SizeOfSet(operand=MAYBE_SEEN),
        call("twice", MAYBE_AGE, type_=YEARS),
    ]
    for part in parts:
        for other in (literal(3, YEARS), AGE, part):
            assert not holds(compare(part, sign, other))
            assert not holds(compare(other, sign, part))
            assert holds(negate(compare(part, sign, other)))


def test_established_values_compare_as_usual() -> None:
    assert holds(compare(MAYBE_AGE, "=", literal(3, YEARS)), maybe_age=3)
    assert holds(compare(MAYBE, "=", literal(False, YES_NO)), maybe=False)
    assert not holds(compare(MAYBE, "=", literal(False, YES_NO)), maybe=None)


def test_a_yes_no_fact_that_is_not_established_does_not_hold_and_its_negation_does() -> None:
    unsure = call("unsure")
    for expr in (MAYBE, unsure):
        assert [holds(expr, maybe=each) for each in (None, False, True)] == [False, False, True]
        assert [holds(negate(expr), maybe=each) for each in (None, False)] == [True, True]
    equal = compare(unsure, "=", literal(False, YES_NO))
    assert [holds(equal, maybe=each) for each in (None, False)] == [False, True]


def test_established() -> None:
    established = Established(fact="maybe")
    assert [holds(established, maybe=each) for each in (None, False, True)] == [False, True, True]


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        ("any", [False, True, True, False]),
        ("all", [False, False, True, False]),
        ("none", [True, False, False, False]),
    ],
)
def test_members(quantity: Literal["any", "all", "none"], expected: list[bool]) -> None:
    asked = Member(operand=MAYBE_SEEN, values=("red", "green"), quantity=quantity)
    sets: list[Value] = [frozenset(["blue"]), frozenset(["red"]), frozenset(["red", "green"]), None]
    assert [holds(asked, maybe_seen=each) for each in sets] == expected


def test_empty() -> None:
    asked = IsEmpty(operand=MAYBE_SEEN)
    sets: list[Value] = [frozenset(), frozenset(["red"]), None]
    assert [holds(asked, maybe_seen=each) for each in sets] == [True, False, False]


def test_the_definition_that_counts_is_the_one_of_the_reading() -> None:
    adult = call("adult")
    for age, early, late in ((17, False, False), (18, True, False), (21, True, True)):
        assert holds(adult, {"adulthood": "early"}, age=age) is early
        assert holds(adult, {"adulthood": "late"}, age=age) is late


def test_arguments_of_definitions() -> None:
    for age in (11, 12):
        assert holds(call("younger", literal(12, YEARS)), age=age) is (age < 12)
        doubled = call("younger", call("twice", LIMIT, type_=YEARS))
        assert holds(doubled, age=age, limit=6) is (age < 12)
    two = AllOf(operands=(call("younger", LIMIT), negate(call("younger", literal(3, YEARS)))))
    assert [holds(two, age=age, limit=5) for age in (2, 3, 4, 5)] == [False, True, True, False]


def test_a_parameter_that_is_not_established() -> None:
    assert not holds(call("younger", MAYBE_AGE), age=0)
    assert holds(call("younger", MAYBE_AGE), age=0, maybe_age=1)


def test_colours_compare_by_name() -> None:
    asked = compare(value("colour", COLOUR), "!=", literal("green", COLOUR))
    assert [holds(asked, colour=each) for each in ("red", "green")] == [True, False]
