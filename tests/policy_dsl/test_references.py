"""Which parts of a policy depend on which."""

from __future__ import annotations

from policy_dsl.model import ClauseApplies, ClauseInScope, DefinitionValue
from policy_dsl.references import evaluation_order, should_matters
from tests.policy_dsl.build import (
    YEARS,
    YES_NO,
    ambiguity,
    applies,
    assume,
    cannot,
    clause,
    decision,
    define,
    does,
    negate,
    policy,
    reads,
    value,
)

A = value("a")


def test_everything_comes_after_what_it_refers_to() -> None:
    late = DefinitionValue(definition="late", type=YES_NO)
    built = policy(
        clause("C", does("must", "release"), when=late, unless=ClauseInScope(clause="D")),
        clause("D", does("may", "release")),
        definitions=[
            define("late", negate(applies("E"))),
            define("of", A, parameters=(("x", YEARS),)),
        ],
    )
    built = policy(
        *built.clauses.values(),
        clause("E", does("may", "release"), when=A),
        definitions=built.definitions.values(),
    )
    order = [
        each.clause if isinstance(each, ClauseApplies) else each.definition
        for each in evaluation_order(built)
    ]
    assert sorted(order) == ["C", "D", "E", "late"]
    assert order.index("E") < order.index("late") < order.index("C")
    assert order.index("D") < order.index("C")


def test_where_the_reading_of_should_matters() -> None:
    binding = reads("should", "binding")
    silent = policy(clause("C", does("must", "release"), under=reads("only", "wide")))
    assert not should_matters(silent)
    for asking in (
        policy(clause("C", does("should", "release"))),
        policy(clause("C", does("must", "release"), under=negate(binding))),
        policy(definitions=[define("d", (A, binding), (negate(A), negate(binding)))]),
        policy(assumptions=[assume(A, under=binding)]),
        policy(decisions=[decision("d", "release", "detain", under=binding)]),
        policy(incapacities=[cannot("release", under=binding)]),
    ):
        assert should_matters(asking)


def test_an_ambiguity_of_another_name_does_not_count() -> None:
    built = policy(
        clause("C", does("must", "release"), under=reads("only", "binding")),
        ambiguities=[ambiguity("only", "binding", "advisory")],
    )
    assert not should_matters(built)
