"""Checks on a policy as a whole: circles, chains, depth, priorities, division by readings."""

from __future__ import annotations

import pytest

from policy_dsl.case import defaults
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import AllOf, FactValue, Literal_, ReadingIs, walk
from policy_dsl.resolve_depth import DEEPEST_IN_ALL, depth
from policy_dsl.resolve_graph import (
    LARGEST_CIRCLE,
    LONGEST_CHAIN,
    MOST_COMBINATIONS,
    circle_through,
    readings_hold,
)
from policy_dsl.types import YesNo
from tests.policy_dsl.limits import (
    AT_THE_LIMIT,
    TOO_LARGE,
    chain,
    clause_chain,
    deep,
    nested,
    priority_circle,
)
from tests.policy_dsl.resolving import problems, resolved, told

# --- limits -------------------------------------------------------------------------------


@pytest.mark.parametrize("text", AT_THE_LIMIT.values(), ids=AT_THE_LIMIT)
def test_at_the_limit_everything_works(text: str) -> None:
    policy = resolved(text)
    Evaluator(policy).outcome(defaults(policy))


@pytest.mark.parametrize("text", TOO_LARGE.values(), ids=TOO_LARGE)
def test_beyond_it_there_is_one_error(text: str) -> None:
    assert [each.code for each in problems(text)] == ["L13"]


def test_the_numbers_are_those_of_the_manual() -> None:
    assert (LONGEST_CHAIN, LARGEST_CIRCLE, MOST_COMBINATIONS) == (60, 16, 4096)


@pytest.mark.parametrize("downwards", [False, True])
def test_a_chain_that_is_too_long(downwards: bool) -> None:
    line = 1 if downwards else 61
    assert told(chain(61, downwards)) == (
        f"{line}:8 L13 More than 60 clauses or definitions refer to each other in a chain: "
        "d60 -> d59 -> d58 -> d57 -> ... -> d1 -> d0.\n    Take a step out of the chain."
    )


def test_a_chain_of_clauses_and_definitions() -> None:
    lines = [
        f"define d{i} is K.{i}\nclause K.{i} must admit when {f'd{i - 1}' if i else 'badge'}"
        for i in range(31)
    ]
    assert [each.code for each in problems("\n".join(lines[:30]))] == []
    (found,) = problems("\n".join(lines))
    assert "K.30 -> d29 -> K.29 -> d28 -> ... -> d0 -> K.0." in found.message


def test_every_chain_is_told_but_once() -> None:
    text = f"{clause_chain(65)}\nclause L must admit when K.64\nclause M must admit when K.59"
    found = [(each.place.line, each.code) for each in problems(text)]
    assert found == [(61, "L13"), (67, "L13")]


def test_a_condition_that_is_too_deep() -> None:
    assert told(deep(DEEPEST_IN_ALL + 1)) == (
        "4:8 L13 With all that it refers to, 'd3' is nested more than 150 levels deep.\n"
        "    Refer to facts where you now refer to other conditions, or nest less."
    )


@pytest.mark.parametrize(
    "declaration",
    [
        "assume {}",
        "decision d is exactly one of admit, refuse when {}",
        "cannot admit when {}",
        "settle admit when {}",
        "output o : yes/no when {}",
        "clause K sets ok to ({})",
        "clause K must admit when {}",
        "clause K must admit unless {}",
        "expect {}",
        "expect badge when {}",
        "define d is {}",
    ],
)
def test_every_condition_counts(declaration: str) -> None:
    base = deep(DEEPEST_IN_ALL - 1)
    good, bad = (declaration.format(nested(levels, "d2")) for levels in (1, 2))
    assert problems(f"{base}\n{good}") == ()
    (found,) = problems(f"{base}\n{bad}")
    assert (found.code, found.place.line) == ("L13", 4)


def test_what_refers_to_something_too_deep_is_not_told() -> None:
    text = (
        f"{deep(DEEPEST_IN_ALL + 1)}\ndefine over is d3\nclause K must admit when over\nexpect d3"
    )
    assert [each.place.line for each in problems(text)] == [4]


def test_depth() -> None:
    badge = FactValue(fact="badge", type=YesNo())
    policy = resolved("")
    assert depth(policy, badge, {}) == 1
    assert depth(policy, AllOf(operands=(badge, AllOf(operands=(badge,)))), {}) == 3


def test_circles_of_priorities() -> None:
    assert told(priority_circle(17)) == (
        "1:8 L13 Priorities run in circles through 17 clauses: K.0, K.1, K.2, ... and K.16.\n"
        "    Take priorities back until no more than 16 clauses are entangled."
    )
    tied = priority_circle(16).replace("overrides K.0", "overrides K.0, L")
    assert problems(f"{tied}\nclause L must admit overrides M\nclause M must admit") == ()
    assert len(problems(f"{tied}\nclause L must admit overrides K.3")) == 1


# --- circles ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("component", "edges", "expected"),
    [
        (("a",), {"a": []}, None),
        (("a",), {}, None),
        (("a",), {"a": ["b"]}, None),
        (("a",), {"a": ["b", "a"]}, ("a", "a")),
        (("a", "b"), {"a": ["b"], "b": ["a"]}, ("a", "b", "a")),
        (("a", "b", "c"), {"a": ["b"], "b": ["c", "x"], "c": ["b", "a"]}, ("a", "b", "c", "a")),
        (("a", "b", "c"), {"a": ["b", "c"], "b": ["c"], "c": ["a"]}, ("a", "c", "a")),
        (("a", "b"), {"a": ["b"], "b": ["b", "a"]}, ("a", "b", "a")),
    ],
)
def test_a_shortest_circle(
    component: tuple[str, ...], edges: dict[str, list[str]], expected: tuple[str, ...] | None
) -> None:
    assert circle_through(component, edges) == expected


def test_a_long_circle_is_shortened() -> None:
    text = "\n".join(f"clause K.{i} must admit when K.{(i + 1) % 20}" for i in range(20))
    (found,) = problems(text)
    assert "K.0 -> K.1 -> K.2 -> K.3 -> ... -> K.19 -> K.0." in found.message
    assert len(found.related) == 7


def test_very_many_definitions_in_a_circle() -> None:
    text = "\n".join(f"define d{i} is d{(i + 1) % 3000}" for i in range(3000))
    assert [each.code for each in problems(text)] == ["L09"]


def test_a_definition_that_fails_is_looked_at_once() -> None:
    """Or else each use of it would be, and the time would double with each step."""
    lines = [
        "define d0 is unheard",
        *(f"define d{i} is d{i - 1} and d{i - 1}" for i in range(1, 58)),
    ]
    assert [each.code for each in problems("\n".join(lines))] == ["L03"]


def test_definitions_nested_deeply_one_below_the_other() -> None:
    lines = [f"define d{i} is {nested(45, f'd{i - 1}' if i else 'badge')}" for i in range(58)]
    assert [each.code for each in problems("\n".join(reversed(lines)))] == ["L13"]


# --- division by readings -----------------------------------------------------------------

DIVIDES = [
    ("guests is everybody", "guests is on_tour"),
    ("guests is everybody", "guests is not everybody"),
    ("guests is everybody", "not guests is everybody"),
    ("guests is everybody and should is binding", "guests is on_tour or should is advisory"),
    ("guests is everybody implies should is binding", "guests is everybody and should is advisory"),
    (
        "exactly 1 of guests is everybody, should is binding",
        "none of guests is everybody, should is binding",
        "all of guests is everybody, should is binding",
    ),
    (
        "at most 1 of guests is everybody, should is binding",
        "at least 2 of guests is everybody, should is binding",
    ),
    ("guests is one of (everybody, on_tour)", "guests is everybody and guests is on_tour"),
]


@pytest.mark.parametrize("unders", DIVIDES)
def test_readings_that_divide(unders: tuple[str, ...]) -> None:
    assert problems("\n".join(f"define d is badge under {each}" for each in unders)) == ()


@pytest.mark.parametrize(
    ("unders", "said"),
    [
        (("guests is everybody",), "Where guests is on_tour, 'd' has no definition."),
        (
            ("guests is everybody", "should is binding"),
            "Where should is binding and guests is everybody, 'd' has 2 definitions.",
        ),
        (
            ("guests is everybody and should is binding", "guests is on_tour"),
            "Where should is advisory and guests is everybody, 'd' has no definition.",
        ),
        (
            ("guests is everybody", "guests is on_tour", "guests is not everybody"),
            "Where guests is on_tour, 'd' has 2 definitions.",
        ),
    ],
)
def test_readings_that_do_not_divide(unders: tuple[str, ...], said: str) -> None:
    (found,) = problems("\n".join(f"define d is badge under {each}" for each in unders))
    assert (found.code, found.message) == ("L10", said)


def test_a_settled_ambiguity_must_be_divided_too() -> None:
    text = 'ambiguity am "?" reading a reading b settled as a\ndefine d is yes under am is a'
    assert [each.code for each in problems(text)] == ["L10"]


def test_what_is_no_condition_on_readings_is_refused() -> None:
    wide = ReadingIs(ambiguity="only", reading="wide")
    assert readings_hold(wide, {"only": "wide"})
    assert not readings_hold(wide, {"only": "narrow"})
    assert readings_hold(AllOf(operands=()), {})
    with pytest.raises(TypeError):
        readings_hold(Literal_(value=False, type=YesNo()), {})


def test_a_resolved_under_holds_readings_alone() -> None:
    policy = resolved(
        "clause K must admit under at least 1 of guests is everybody, should is binding"
    )
    under = policy.clauses["K"].under
    assert under is not None
    assert {type(each).__name__ for each in walk(under)} == {"Counted", "ReadingIs"}
