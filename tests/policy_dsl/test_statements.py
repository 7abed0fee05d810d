"""Conditions as statements in plain English."""

from __future__ import annotations

import pytest

from policy_dsl.model import (
    DefinitionValue,
    Established,
    Expr,
    IsEmpty,
    Member,
    ParameterValue,
    Product,
    SizeOfSet,
    Sum,
)
from policy_dsl.phrases import code, say
from policy_dsl.types import Integer
from tests.policy_dsl.build import (
    COLOUR,
    COLOURS,
    YEARS,
    YES_NO,
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
from tests.policy_dsl.spoken import (
    AGE,
    ARRIVING,
    CITIZEN,
    CUSTODY,
    DAYS,
    FEAR,
    LIMIT,
    PAPERS,
    POLICY,
    SEEN,
    call,
    held,
    year,
)


@pytest.mark.parametrize(
    ("expr", "holding", "failing"),
    [
        (ARRIVING, "is an arriving alien", "is not an arriving alien"),
        (FEAR, "has a credible fear finding", "lacks a credible fear finding"),
        (
            CITIZEN,
            "is a citizen or a national",
            "it is not so that the person is a citizen or a national",
        ),
        (value("removal_ordered"), "removal ordered: yes", "removal ordered: no"),
        (value("of_no_policy"), "of no policy: yes", "of no policy: no"),
        (held("s235b"), "is held under section 235(b)", "is not held under section 235(b)"),
        (held("other_law"), "is held under other law", "is not held under other law"),
        (
            compare(value("hue", COLOUR), "=", literal("green", COLOUR)),
            "hue: bright green",
            "hue: not bright green",
        ),
        (compare(AGE, "<", year(18)), "age: less than 18 years", "age: at least 18 years"),
        (compare(AGE, ">", year(1)), "age: more than 1 year", "age: at most 1 year"),
        (compare(year(18), "<=", AGE), "age: at least 18 years", "age: less than 18 years"),
        (compare(AGE, "!=", year(18)), "age: not 18 years", "age: 18 years"),
        (
            compare(DAYS, ">=", literal(3, Integer(unit="days"))),
            "has spent at least 3 days in detention",
            "has spent less than 3 days in detention",
        ),
        (
            compare(LIMIT, "=", literal(3, Integer(unit="days"))),
            "has 3 days as greatest time in detention",
            "does not have 3 days as greatest time in detention",
        ),
        (
            compare(DAYS, ">", LIMIT),
            "has spent more than limit in detention",
            "has spent at most limit in detention",
        ),
        (
            compare(ARRIVING, "=", literal(False, YES_NO)),
            "is not an arriving alien",
            "is an arriving alien",
        ),
        (
            compare(
                Sum(sign="-", left=AGE, right=Sum(sign="+", left=year(1), right=AGE)),
                "<",
                Product(factor=2, operand=AGE),
            ),
            "age minus (1 year plus age) is less than 2 times age",
            "age minus (1 year plus age) is at least 2 times age",
        ),
        (
            compare(SizeOfSet(operand=SEEN), "=", literal(2, Integer())),
            "the number of seen is 2",
            "the number of seen is not 2",
        ),
    ],
)
def test_facts_and_comparisons(expr: Expr, holding: str, failing: str) -> None:
    assert say(POLICY, expr) == holding
    assert say(POLICY, expr, False) == failing
    assert say(POLICY, negate(expr)) == failing
    assert say(POLICY, negate(expr), False) == holding


@pytest.mark.parametrize(
    ("expr", "holding", "failing"),
    [
        (
            compare(PAPERS, "=", literal("red", COLOUR)),
            "carries red papers",
            "it is not established that the person carries red papers",
        ),
        (
            compare(PAPERS, "!=", literal("red", COLOUR)),
            "carries no red papers",
            "it is not established that the person carries no red papers",
        ),
        (
            compare(value("asked", optional=True), "=", literal(False, YES_NO)),
            "does not have a request pending",
            "it is not established that the person does not have a request pending",
        ),
        (
            Established(fact="asked"),
            "it is established whether the person has a request pending",
            "it is not established whether the person has a request pending",
        ),
        (
            compare(value("level", YEARS, optional=True), "<", literal(3, YEARS)),
            "level: less than 3 years",
            "level: at least 3 years or not established",
        ),
        (
            Member(operand=value("shown", COLOURS, optional=True), values=("red",), quantity="all"),
            "bears red marks",
            "it is not established that the person bears red marks",
        ),
        (
            IsEmpty(operand=value("shown", COLOURS, optional=True)),
            "bears none marks",
            "it is not established that the person bears none marks",
        ),
        (
            value("asked", optional=True),
            "has a request pending",
            "it is not established that the person has a request pending",
        ),
        (Established(fact="papers"), "papers: established", "papers: not established"),
    ],
)
def test_optional_facts(expr: Expr, holding: str, failing: str) -> None:
    assert (say(POLICY, expr), say(POLICY, expr, False)) == (holding, failing)


def test_sets() -> None:
    def said(quantity: str, *values: str) -> tuple[str, str]:
        match quantity:
            case "any" | "all" | "none":
                expr = Member(operand=SEEN, values=values, quantity=quantity)
                return say(POLICY, expr), say(POLICY, expr, False)
        raise AssertionError(quantity)

    seen, unseen = "is known to have seen ", "is not known to have seen "
    assert said("any", "red", "green") == (
        f"{seen}red or bright green",
        f"{unseen}red or bright green",
    )
    assert said("all", "red", "green", "blue") == (
        f"{seen}red, bright green and blue",
        f"{unseen}red, bright green and blue",
    )
    assert said("none", "red", "blue") == (f"{unseen}red or blue", f"{seen}red or blue")
    assert say(POLICY, IsEmpty(operand=SEEN)) == f"{seen}none"
    assert say(POLICY, negate(IsEmpty(operand=SEEN))) == f"{seen}at least one"


@pytest.mark.parametrize(
    ("expr", "holding", "failing"),
    [
        (call("child"), "is younger than 18 years", "is not younger than 18 years"),
        (call("plain"), "plain: yes", "plain: no"),
        (call("younger", year(1)), "is younger than 1 year", "is 1 year or older"),
        (
            call("near", year(3)),
            "is near the limit (3 years)",
            "is not near the limit (3 years)",
        ),
        (call("unheard_of", year(3)), "unheard of (3 years): yes", "unheard of (3 years): no"),
        (
            compare(DefinitionValue(definition="half", type=YEARS), "<", year(3)),
            "has less than 3 years left",
            "has at least 3 years left",
        ),
    ],
)
def test_definitions(expr: Expr, holding: str, failing: str) -> None:
    assert (say(POLICY, expr), say(POLICY, expr, False)) == (holding, failing)


@pytest.mark.parametrize(
    ("expr", "holding", "failing"),
    [
        (
            norm("must", "release"),
            "there is a duty to release the person from detention",
            "there is no duty to release the person from detention",
        ),
        (
            norm("should not", "release"),
            'there is a duty, be it only a "should", not to release the person from detention',
            'there is no duty, be it only a "should", not to release the person from detention',
        ),
        (
            norm("silent on", "release"),
            "there is no word on whether to release the person from detention",
            "there is a word on whether to release the person from detention",
        ),
        (
            reads("only_scope", "narrow_list"),
            '"only scope" is read as narrow list',
            '"only scope" is not read as narrow list',
        ),
        (
            compare(result("level", COLOUR), "=", literal("green", COLOUR)),
            "the risk level is set to bright green",
            "the risk level is not set to bright green",
        ),
        (result("waived"), "the waived is set to yes", "the waived is not set to yes"),
    ],
)
def test_norms_readings_and_outputs(expr: Expr, holding: str, failing: str) -> None:
    assert (say(POLICY, expr), say(POLICY, expr, False)) == (holding, failing)


def test_nothing_is_too_odd_or_too_deep_to_be_said() -> None:
    odd: list[Expr] = [
        AGE,
        DAYS,
        Sum(sign="+", left=ARRIVING, right=AGE),
        Member(operand=ParameterValue(parameter="p", type=COLOURS), values=(), quantity="all"),
        compare(literal(None, YEARS), "<", literal(2**20000, YEARS)),
        compare(value("custody", CUSTODY), "=", literal("no_such_value", CUSTODY)),
        compare(either(ARRIVING, FEAR), "=", both(CITIZEN, FEAR)),
        literal(frozenset(["red", "pink"]), COLOURS),
        norm("must", "no_such_action"),
        result("no_such_output"),
        compare(DefinitionValue(definition="no_such", type=YEARS), "<", AGE),
    ]
    for expr in odd:
        assert say(POLICY, expr) != say(POLICY, expr, False)
        assert code(expr)
    deep: Expr = ARRIVING
    for _ in range(5000):
        deep = both(negate(deep), FEAR)
    assert say(POLICY, deep) == "this condition is too deep to be put in words"
