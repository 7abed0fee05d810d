"""What a policy says about a case."""

from __future__ import annotations

import pytest

from policy_dsl.evaluate import ClauseStatus, Evaluator, OutOfRange
from policy_dsl.model import (
    ClauseInScope,
    Counted,
    Expr,
    Implication,
    Product,
    Requirement,
    SetEffect,
)
from tests.policy_dsl.build import (
    COLOUR,
    YEARS,
    YES_NO,
    ambiguity,
    applies,
    assume,
    both,
    cannot,
    case,
    clause,
    compare,
    decision,
    does,
    either,
    fact,
    literal,
    negate,
    output,
    policy,
    priority,
    reads,
    result,
    sets,
    value,
)

A, B = value("a"), value("b")
AGE = value("age", YEARS)
BINDING, ADVISORY = {"should": "binding"}, {"should": "advisory"}
NOT_APPLICABLE = ClauseStatus(applicable=False, in_force=False)


class TestApplicable:
    def test_needs_every_requirement(self) -> None:
        required = [Requirement(kind="when", condition=A), Requirement(kind="proviso", condition=B)]
        built = policy(
            clause("C", does("must", "release"), when=required), facts=[fact("a"), fact("b")]
        )
        evaluator = Evaluator(built)
        assert evaluator.applicable("C", case(built, a=True, b=True))
        assert not evaluator.applicable("C", case(built, a=True, b=False))
        assert not evaluator.applicable("C", case(built, a=False, b=True))

    def test_an_exception_takes_it_out_of_force_but_not_out_of_scope(self) -> None:
        built = policy(
            clause("C", does("must", "release"), when=A, unless=B),
            clause("D", does("may", "report"), when=ClauseInScope(clause="C")),
            clause("E", does("may", "detain"), when=applies("C")),
            facts=[fact("a"), fact("b")],
        )
        outcome = Evaluator(built).outcome(case(built, a=True, b=True))
        assert outcome.clauses["C"] == NOT_APPLICABLE
        assert outcome.in_force == ("D",)
        assert Evaluator(built).outcome(case(built, a=True)).in_force == ("C", "D", "E")
        assert Evaluator(built).outcome(case(built, b=True)).in_force == ()

    def test_only_under_its_readings(self) -> None:
        built = policy(
            clause("C", does("must", "release"), under=reads("only", "wide")),
            clause("D", does("may", "report"), when=ClauseInScope(clause="C")),
            ambiguities=[ambiguity("only", "wide", "narrow")],
        )
        evaluator = Evaluator(built)
        assert evaluator.outcome(case(built, {"only": "wide"})).in_force == ("C", "D")
        assert evaluator.outcome(case(built, {"only": "narrow"})).in_force == ()

    def test_a_long_chain_of_references(self) -> None:
        chain = [
            clause(f"C{i}", does("must", "release"), unless=applies(f"C{i - 1}") if i else None)
            for i in reversed(range(3000))
        ]
        built = policy(*chain)
        in_force = Evaluator(built).outcome(case(built)).in_force
        assert len(in_force) == 1500
        assert in_force[-1] == "C0"


class TestOutputs:
    def test_values_come_with_their_clauses(self) -> None:
        built = policy(
            clause("C", sets("days", 3, YEARS)),
            clause("D", sets("days", 5, YEARS), when=A),
            clause("E", sets("days", 3, YEARS)),
            facts=[fact("a")],
            outputs=[output("days", YEARS), output("other")],
        )
        evaluator = Evaluator(built)
        assert evaluator.outcome(case(built)).outputs == {
            "days": (("C", 3), ("E", 3)),
            "other": (),
        }
        assert evaluator.outcome(case(built, a=True)).outputs["days"] == (
            ("C", 3),
            ("D", 5),
            ("E", 3),
        )

    def test_a_value_that_is_not_established_is_not_set(self) -> None:
        copied = SetEffect(output="days", value=value("age", YEARS, optional=True))
        built = policy(
            clause("C", copied),
            facts=[fact("age", YEARS, optional=True)],
            outputs=[output("days", YEARS)],
        )
        evaluator = Evaluator(built)
        assert evaluator.outcome(case(built)).outputs["days"] == ()
        assert evaluator.outcome(case(built, age=4)).outputs["days"] == (("C", 4),)

    def test_a_comparison_holds_when_it_holds_for_some_value(self) -> None:
        built = policy(
            clause("C", sets("days", 3, YEARS)),
            clause("D", sets("days", 5, YEARS)),
            outputs=[output("days", YEARS), output("flag"), output("none", YEARS)],
        )
        evaluator, given = Evaluator(built), case(built)
        days = result("days", YEARS)

        def holds(expr: Expr) -> bool:
            return evaluator.holds(expr, given)

        assert holds(compare(days, "=", literal(3, YEARS)))
        assert holds(compare(days, "=", literal(5, YEARS)))
        assert holds(compare(days, "!=", literal(5, YEARS)))
        assert not holds(compare(days, "=", literal(4, YEARS)))
        assert not holds(compare(days, "!=", days)), "both places have the same value"
        assert not holds(compare(result("none", YEARS), "!=", literal(4, YEARS)))
        assert holds(negate(compare(result("none", YEARS), "!=", literal(4, YEARS))))

    def test_a_yes_no_output_holds_when_it_is_set_to_yes(self) -> None:
        built = policy(
            clause("C", sets("yes", True)),
            clause("D", sets("no", False)),
            clause("E", sets("both", False), sets("both", True)),
            outputs=[output("yes"), output("no"), output("both"), output("unset")],
        )
        evaluator, given = Evaluator(built), case(built)
        held = [
            name for name in ("yes", "no", "both", "unset") if evaluator.holds(result(name), given)
        ]
        assert held == ["yes", "both"]
        assert evaluator.holds(compare(result("both"), "=", literal(False, YES_NO)), given)

    def test_outputs_are_known_without_asking_for_the_outcome_first(self) -> None:
        built = policy(clause("C", sets("yes", True)), outputs=[output("yes")], actions=[])
        holds = Evaluator(built).condition(Implication(premise=result("yes"), conclusion=A))
        assert not holds(case(built, a=False))
        assert holds(case(built, a=True))


class TestCompliable:
    def test_opposed_musts_cannot_be_met(self) -> None:
        built = policy(
            clause("C", does("must", "release")),
            clause("D", does("must not", "release"), when=A),
            facts=[fact("a")],
        )
        evaluator = Evaluator(built)
        assert evaluator.outcome(case(built)).compliable == {"must": True, "should": True}
        assert evaluator.outcome(case(built, a=True)).compliable == {
            "must": False,
            "should": False,
        }

    def test_a_should_duty_counts_only_at_should_unless_read_as_binding(self) -> None:
        built = policy(
            clause("C", does("must", "release")), clause("D", does("should not", "release"))
        )
        evaluator = Evaluator(built)
        advisory = evaluator.outcome(case(built, ADVISORY)).compliable
        assert advisory == {"must": True, "should": False}
        binding = evaluator.outcome(case(built, BINDING)).compliable
        assert binding == {"must": False, "should": False}

    def test_decisions_count_where_they_are_in_scope(self) -> None:
        built = policy(
            clause("C", does("must not", "release"), does("must not", "detain")),
            facts=[fact("a")],
            decisions=[
                decision("custody", "release", "detain", when=A, under=reads("scope", "wide"))
            ],
            ambiguities=[ambiguity("scope", "wide", "narrow")],
        )
        evaluator = Evaluator(built)
        wide = evaluator.outcome(case(built, {"scope": "wide"}, a=True))
        assert (wide.decisions, wide.compliable["must"]) == (("custody",), False)
        narrow = evaluator.outcome(case(built, {"scope": "narrow"}, a=True))
        assert (narrow.decisions, narrow.compliable["must"]) == ((), True)
        outside = evaluator.outcome(case(built, {"scope": "wide"}, a=False))
        assert (outside.decisions, outside.compliable["must"]) == ((), True)

    def test_incapacities_count_where_they_are_in_force(self) -> None:
        full = cannot("detain", when=A, under=reads("scope", "wide"))
        built = policy(
            clause("C", does("must", "detain")),
            facts=[fact("a")],
            incapacities=[full],
            ambiguities=[ambiguity("scope", "wide", "narrow")],
        )
        evaluator = Evaluator(built)
        wide = evaluator.outcome(case(built, {"scope": "wide"}, a=True))
        assert (wide.incapacities, wide.compliable["must"]) == ((full,), False)
        narrow = evaluator.outcome(case(built, {"scope": "narrow"}, a=True))
        assert (narrow.incapacities, narrow.compliable["must"]) == ((), True)

    def test_permissions_bind_nobody(self) -> None:
        built = policy(
            clause("C", does("may", "release")), clause("D", does("must not", "release"))
        )
        assert Evaluator(built).outcome(case(built)).compliable["must"]

    def test_a_defeated_duty_does_not_count(self) -> None:
        built = policy(
            clause("C", does("must", "release")),
            clause("D", does("must not", "release")),
            priorities=[priority("C", "D")],
        )
        outcome = Evaluator(built).outcome(case(built))
        assert outcome.compliable["must"]
        assert [each.actions for each in outcome.constraints["must"]] == [("release",)]


class TestValid:
    def test_assumptions_count_under_their_readings(self) -> None:
        always = assume(Implication(premise=A, conclusion=B))
        sometimes = assume(negate(B), under=reads("scope", "wide"))
        built = policy(
            facts=[fact("a"), fact("b")],
            assumptions=[always, sometimes],
            ambiguities=[ambiguity("scope", "wide", "narrow")],
        )
        evaluator = Evaluator(built)

        def broken(scope: str, *, a: bool, b: bool) -> tuple[object, ...]:
            return evaluator.violated_assumptions(case(built, {"scope": scope}, a=a, b=b))

        assert broken("wide", a=False, b=False) == ()
        assert broken("narrow", a=True, b=False) == (always,)
        assert broken("wide", a=False, b=True) == (sometimes,)
        assert broken("narrow", a=True, b=True) == ()
        assert evaluator.is_valid(case(built, {"scope": "narrow"}, a=True, b=True))
        assert not evaluator.is_valid(case(built, {"scope": "wide"}, a=True, b=True))

    def test_types_of_facts_count(self) -> None:
        built = policy(
            facts=[
                fact("age", YEARS),
                fact("colour", COLOUR),
                fact("a"),
                fact("b", optional=True),
            ]
        )
        evaluator = Evaluator(built)
        assert evaluator.is_valid(case(built))
        found = evaluator.violated_assumptions(case(built, age=121, colour="pink", a=None, b=None))
        assert found == (
            OutOfRange("age", 121),
            OutOfRange("colour", "pink"),
            OutOfRange("a", None),
        )


class TestConditions:
    """More on conditions stands in test_conditions; here that the evaluator asks them right."""

    def test_a_term_is_no_condition(self) -> None:
        built = policy(facts=[fact("age", YEARS)])
        with pytest.raises(TypeError, match="Product"):
            Evaluator(built).condition(Product(factor=2, operand=AGE))
        assert Evaluator(built).value(Product(factor=2, operand=AGE), case(built, age=4)) == 8

    def test_two_cases_in_turn_are_kept_apart(self) -> None:
        built = policy(facts=[fact("a"), fact("b")])
        evaluator = Evaluator(built)
        holds = evaluator.condition(Counted(bound="exactly", count=1, operands=(A, B)))
        one, two = case(built, a=True), case(built, a=True, b=True)
        assert [holds(each) for each in (one, two, one, two)] == [True, False, True, False]
        assert evaluator.holds(either(A, both(A, B)), one)
