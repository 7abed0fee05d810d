"""A policy with phrases of every kind, and parts of it."""

from __future__ import annotations

from policy_dsl.model import (
    Action,
    DefinitionValue,
    Expr,
    ParameterValue,
)
from policy_dsl.types import Enumeration, Integer
from tests.policy_dsl.build import (
    COLOUR,
    COLOURS,
    HERE,
    YEARS,
    YES_NO,
    ambiguity,
    applies,
    compare,
    define,
    fact,
    literal,
    output,
    policy,
    value,
)

CUSTODY = Enumeration(
    "Custody", ("s235b", "s236a", "other_law"), ("section 235(b)", "section 236(a)", None)
)
POLICY = policy(
    facts=[
        fact("custody", CUSTODY, "is held under {}"),
        fact("arriving", YES_NO, "is an arriving alien"),
        fact("fear", YES_NO, "has a credible fear finding", "lacks a credible fear finding"),
        fact("citizen", YES_NO, "is a citizen or a national"),
        fact("removal_ordered"),
        fact("age", YEARS),
        fact("days", Integer(0, None, "days"), "has spent {} in detention"),
        fact("limit", Integer(0, None, "days"), "greatest time in detention"),
        fact("seen", COLOURS, "is known to have seen {}"),
        fact("hue", COLOUR),
        fact("papers", COLOUR, "carries {} papers", "carries no {} papers", optional=True),
        fact("asked", YES_NO, "has a request pending", optional=True),
        fact("level", YEARS, optional=True),
        fact("shown", COLOURS, "bears {} marks", optional=True),
    ],
    definitions=[
        define(
            "child",
            compare(value("age", YEARS), "<", literal(18, YEARS)),
            phrase="is younger than 18 years",
        ),
        define("plain", value("arriving")),
        define(
            "younger",
            compare(value("age", YEARS), "<", ParameterValue(parameter="x", type=YEARS)),
            parameters=(("x", YEARS),),
            phrase="is younger than {}",
            negative="is {} or older",
        ),
        define("near", value("arriving"), parameters=(("x", YEARS),), phrase="is near the limit"),
        define("half", value("days", YEARS), type_=YEARS, phrase="has {} left"),
    ],
    actions=[Action(name="release", phrase="release the person from detention", place=HERE)],
    outputs=[output("level", COLOUR, "the risk level"), output("waived")],
    ambiguities=[ambiguity("only_scope", "wide", "narrow_list")],
)
ARRIVING, FEAR, CITIZEN = value("arriving"), value("fear"), value("citizen")
AGE, DAYS, LIMIT = value("age", YEARS), value("days", YEARS), value("limit", YEARS)
SEEN = value("seen", COLOURS)
PAPERS = value("papers", COLOUR, optional=True)
B = [applies(f"B.{i}") for i in range(1, 7)]


def held(name: str) -> Expr:
    return compare(value("custody", CUSTODY), "=", literal(name, CUSTODY))


def call(name: str, *arguments: Expr) -> DefinitionValue:
    return DefinitionValue(definition=name, arguments=arguments, type=YES_NO)


def year(count: int) -> Expr:
    return literal(count, YEARS)
