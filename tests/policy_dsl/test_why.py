"""Why a clause is or is not in force."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import (
    Ambiguity,
    ClauseInScope,
    Counted,
    Definition,
    DefinitionValue,
    Expr,
    Implication,
    ParameterValue,
    Policy,
    Priority,
    Requirement,
)
from policy_dsl.types import Enumeration, Value
from policy_dsl.why import Why, why
from tests.policy_dsl.build import (
    YEARS,
    YES_NO,
    ambiguity,
    applies,
    both,
    case,
    clause,
    compare,
    define,
    does,
    either,
    fact,
    literal,
    negate,
    policy,
    priority,
    reads,
    value,
)

CUSTODY = Enumeration("Custody", ("s235b", "s236a"), ("section 235(b)", "section 236(a)"))
ARRIVING, CITIZEN, AGE = value("arriving"), value("citizen"), value("age", YEARS)
PARAMETER = ParameterValue(parameter="x", type=YEARS)
FACTS = [
    fact("custody", CUSTODY, "is held under {}"),
    fact("arriving", YES_NO, "is an arriving alien"),
    fact("citizen", YES_NO, "is a citizen"),
    fact("age", YEARS, "is {} old"),
    fact("papers", YES_NO, "has papers", "has no papers", optional=True),
]
HELD = compare(value("custody", CUSTODY), "=", literal("s235b", CUSTODY))
RELEASE, KEEP = does("must", "release"), does("must not", "release")


def lines(found: Why, depth: int = 0) -> list[str]:
    """A tree as indented lines: + for what is so, - for what is not."""
    sign = "+" if found.holds else "-"
    below = [line for child in found.children for line in lines(child, depth + 1)]
    return ["  " * depth + f"{sign} {found.text}", *below]


def tree(built: Policy, given: Case, name: str = "C") -> list[str]:
    return lines(why(Evaluator(built), name, given))


def reasons(
    condition: Expr,
    readings: dict[str, str] | None = None,
    definitions: Sequence[Definition] = (),
    ambiguities: Sequence[Ambiguity] = (),
    **facts: Value,
) -> list[str]:
    """The lines below "C is in force" or its contrary, for one condition of a clause."""
    built = policy(
        clause("C", RELEASE, when=condition),
        facts=FACTS,
        definitions=definitions,
        ambiguities=ambiguities,
    )
    return [line[2:] for line in tree(built, case(built, readings, **facts))[1:]]


def test_a_clause_in_force() -> None:
    required = [
        Requirement(kind="when", condition=HELD),
        Requirement(kind="proviso", condition=ARRIVING),
    ]
    built = policy(
        clause("C", RELEASE, when=required, unless=CITIZEN, under=reads("only", "wide")),
        facts=FACTS,
        ambiguities=[ambiguity("only", "wide", "narrow")],
    )
    assert tree(built, case(built, custody="s235b", arriving=True)) == [
        "+ C is in force",
        '  + under: "only" is read as wide',
        "  + when: is held under section 235(b)",
        "  + proviso: is an arriving alien",
        "  - unless: is a citizen",
    ]
    assert tree(built, case(built, {"only": "narrow"}, custody="s236a", citizen=True)) == [
        "- C does not apply",
        '  - under: "only" is read as wide',
        '    + "only" is read as narrow',
        "  - when: is held under section 235(b)",
        "    + is held under section 236(a)",
        "  - proviso: is an arriving alien",
        "  + unless: is a citizen",
    ]


def test_lists_are_taken_apart() -> None:
    condition = both(HELD, negate(either(ARRIVING, CITIZEN)))
    assert reasons(condition, custody="s235b", citizen=True) == [
        "- when: is held under section 235(b), is not an arriving alien and is not a citizen",
        "  + is held under section 235(b)",
        "  - is not an arriving alien and is not a citizen",
        "    + is not an arriving alien",
        "    - is not a citizen",
    ]
    implied = Implication(premise=ARRIVING, conclusion=CITIZEN)
    assert reasons(implied, arriving=True) == [
        "- when: is not an arriving alien or is a citizen",
        "  - is not an arriving alien",
        "  - is a citizen",
    ]
    counted = negate(Counted(bound="at least", count=2, operands=(ARRIVING, CITIZEN)))
    assert reasons(counted, arriving=True) == [
        "+ when: fewer than 2 of these hold: is an arriving alien; is a citizen",
        "  + is an arriving alien",
        "  - is a citizen",
    ]


def test_the_facts_behind_a_comparison() -> None:
    older = compare(AGE, ">=", literal(18, YEARS))
    assert reasons(older, age=12) == [
        "- when: is at least 18 years old",
        "  + is 12 years old",
    ]
    assert reasons(negate(older), age=12)[1:] == ["  + is 12 years old"]
    papers = compare(value("papers", optional=True), "=", literal(True, YES_NO))
    assert reasons(papers, papers=None) == [
        "- when: has papers",
        "  + it is not established whether the person has papers",
    ]
    assert reasons(papers, papers=True) == ["+ when: has papers"]


def test_definitions_down_to_their_facts() -> None:
    younger = define(
        "younger", compare(AGE, "<", PARAMETER), parameters=(("x", YEARS),), phrase="is below {}"
    )
    child = define(
        "child",
        (
            DefinitionValue(
                definition="younger", arguments=(literal(18, YEARS),), type=YES_NO
            ),
            reads("grown", "late"),
        ),
        (CITIZEN, reads("grown", "early")),
        phrase="is a child",
    )  # fmt: skip
    more = [younger, child], [ambiguity("grown", "late", "early")]
    asked = negate(DefinitionValue(definition="child", type=YES_NO))
    assert reasons(asked, None, *more, age=12) == [
        "- when: is not a child",
        '  + under: "grown" is read as late',
        "  - is not below 18 years",
        "    - is at least 18 years old",
        "      + is 12 years old",
    ]
    assert reasons(asked, {"grown": "early"}, *more) == [
        "+ when: is not a child",
        '  + under: "grown" is read as early',
        "  + is not a citizen",
    ]


def test_arguments_reach_every_part_of_a_body() -> None:
    body = both(compare(AGE, "<", PARAMETER), negate(compare(AGE, "=", PARAMETER)), ARRIVING)
    near = define("near", body, parameters=(("x", YEARS),), phrase="is near {}")
    asked = DefinitionValue(definition="near", arguments=(literal(9, YEARS),), type=YES_NO)
    assert reasons(asked, None, [near], age=7, arriving=True) == [
        "+ when: is near 9 years",
        "  + is less than 9 years old, is not 9 years old and is an arriving alien",
        "    + is less than 9 years old",
        "      + is 7 years old",
        "    + is not 9 years old",
        "      + is 7 years old",
        "    + is an arriving alien",
    ]


def test_the_value_of_a_definition_is_traced_to_the_facts_that_count() -> None:
    limit = define(
        "limit",
        (AGE, reads("grown", "late")),
        (literal(3, YEARS), reads("grown", "early")),
        type_=YEARS,
    )
    more = [limit], [ambiguity("grown", "late", "early")]
    asked = compare(DefinitionValue(definition="limit", type=YEARS), ">", literal(5, YEARS))
    assert reasons(asked, None, *more, age=4) == [
        "- when: limit: more than 5 years",
        "  + is 4 years old",
    ]
    assert reasons(asked, {"grown": "early"}, *more) == ["- when: limit: more than 5 years"]


def test_other_clauses_are_explained_once() -> None:
    built = policy(
        clause("B.1", does("may", "release"), when=ARRIVING, unless=CITIZEN),
        clause("C", RELEASE, when=both(applies("B.1"), ClauseInScope(clause="B.1")),
               unless=applies("B.1")),
        facts=FACTS,
    )  # fmt: skip
    assert tree(built, case(built, arriving=True, citizen=True)) == [
        "- C does not apply",
        "  - when: is in situation B.1 and is within what B.1 requires",
        "    - is in situation B.1",
        "      + when: is an arriving alien",
        "      + unless: is a citizen",
        "    + is within what B.1 requires",
        "      + when: is an arriving alien",
        "  - unless: is in situation B.1",
        "    + why B.1 does or does not apply stands above",
    ]


@pytest.mark.parametrize(
    ("made", "how"),
    [
        (priority("D", "C", "overrides"), "which overrides it (built.policy:1:1)"),
        (priority("D", "C", "despite"), "which applies despite it (built.policy:1:1)"),
        (
            priority("D", "C", "precedence", by="C"),
            "to which it is subject, as C says (built.policy:1:1)",
        ),
        (
            priority("D", "C", "savings", by="C"),
            "which it leaves untouched, as C says (built.policy:1:1)",
        ),
    ],
)
def test_a_defeat_names_the_declaration(made: Priority, how: str) -> None:
    built = policy(
        clause("C", RELEASE),
        clause("D", KEEP, when=ARRIVING),
        facts=FACTS,
        priorities=[made],
    )
    assert tree(built, case(built, arriving=True)) == [
        "- C applies, but is defeated",
        f"  + defeated by D, {how}",
        "    + when: is an arriving alien",
    ]
    assert tree(built, case(built)) == ["+ C is in force"]


def test_a_defeat_by_order() -> None:
    built = policy(
        clause("D", KEEP, group="List", rank=0), clause("C", RELEASE, group="List", rank=1)
    )
    assert tree(built, case(built)) == [
        "- C applies, but is defeated",
        "  + defeated by D, which stands before it in the order of List",
    ]


def test_an_unknown_clause() -> None:
    built = policy(clause("C", RELEASE))
    with pytest.raises(KeyError, match="X"):
        why(Evaluator(built), "X", case(built))
