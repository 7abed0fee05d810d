"""Which clauses are defeated, and what cycles of priority settle."""

from __future__ import annotations

import pytest

from policy_dsl.case import Case
from policy_dsl.defeat import Defeat
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import Clause, Policy, PriorityKind
from tests.policy_dsl.build import (
    case,
    clause,
    does,
    fact,
    negate,
    policy,
    priority,
    value,
)

A, B = value("a"), value("b")
DUTY, OPPOSITE = does("must", "release"), does("must not", "release")


def in_force(built: Policy, given: Case | None = None) -> tuple[str, ...]:
    return Evaluator(built).outcome(given or case(built)).in_force


class TestPriority:
    def built(self, *more: Clause, kind: PriorityKind = "overrides") -> Policy:
        return policy(
            clause("W", OPPOSITE, when=A),
            clause("L", DUTY),
            *more,
            facts=[fact("a"), fact("b")],
            priorities=[priority("W", "L", kind)],
        )

    def test_a_winner_in_force_defeats_and_is_named(self) -> None:
        built = self.built()
        statuses = Evaluator(built).outcome(case(built, a=True)).clauses
        assert statuses["W"].in_force
        assert (statuses["L"].applicable, statuses["L"].in_force) == (True, False)
        assert statuses["L"].defeated_by == (Defeat("W", built.priorities[0]),)

    def test_a_winner_that_does_not_apply_defeats_nothing(self) -> None:
        built = self.built()
        assert in_force(built, case(built, a=False)) == ("L",)

    def test_without_a_clash_nothing_is_defeated(self) -> None:
        for kind in ("overrides", "savings"):
            built = policy(
                clause("W", DUTY), clause("L", DUTY), priorities=[priority("W", "L", kind)]
            )
            assert in_force(built) == ("W", "L")

    def test_only_where_the_declaring_clause_applies(self) -> None:
        built = policy(
            clause("W", OPPOSITE),
            clause("L", DUTY),
            clause("D", does("may", "report"), when=A),
            facts=[fact("a")],
            priorities=[priority("W", "L", by="D")],
        )
        assert in_force(built, case(built, a=False)) == ("W", "L")
        assert in_force(built, case(built, a=True)) == ("W", "D")

    def test_a_declaring_clause_need_not_be_in_force(self) -> None:
        built = policy(
            clause("W", OPPOSITE),
            clause("L", DUTY),
            clause("D", does("must", "report")),
            clause("X", does("must not", "report")),
            priorities=[priority("W", "L", by="D"), priority("X", "D")],
        )
        assert in_force(built) == ("W", "X")

    @pytest.mark.parametrize(
        ("kind", "expected"),
        [("overrides", ("X", "L")), ("despite", ("X", "L")), ("savings", ("X",))],
    )
    def test_a_defeated_winner_defeats_by_savings_only(
        self, kind: PriorityKind, expected: tuple[str, ...]
    ) -> None:
        built = policy(
            clause("W", OPPOSITE),
            clause("X", does("need not", "detain"), does("must", "release")),
            clause("L", does("may", "release")),
            priorities=[priority("W", "L", kind), priority("X", "W")],
        )
        assert in_force(built) == expected

    def test_a_chain_in_any_order_of_declaration(self) -> None:
        names = [f"C{i}" for i in range(6)]
        clauses = [clause(name, DUTY if i % 2 else OPPOSITE) for i, name in enumerate(names)]
        chain = [priority(names[i], names[i + 1]) for i in range(5)]
        for priorities in (chain, chain[::-1]):
            assert in_force(policy(*clauses, priorities=priorities)) == ("C0", "C2", "C4")
            backwards = policy(*clauses[::-1], priorities=priorities)
            assert in_force(backwards) == ("C4", "C2", "C0")

    def test_all_that_defeat_are_named_as_declared(self) -> None:
        built = policy(
            clause("V", OPPOSITE),
            clause("W", OPPOSITE),
            clause("L", DUTY),
            priorities=[priority("W", "L", "savings"), priority("V", "L")],
        )
        defeated_by = Evaluator(built).outcome(case(built)).clauses["L"].defeated_by
        assert [each.clause for each in defeated_by] == ["W", "V"]


class TestGroup:
    def built(self) -> Policy:
        return policy(
            clause("Second", DUTY, group="G", rank=1),
            clause("First", DUTY, when=A, group="G", rank=0),
            clause("Third", OPPOSITE, group="G", rank=2),
            clause("Other", OPPOSITE),
            facts=[fact("a")],
        )

    def test_the_first_applicable_clause_wins_without_a_clash(self) -> None:
        built = self.built()
        assert in_force(built, case(built, a=True)) == ("First", "Other")
        assert in_force(built, case(built, a=False)) == ("Second", "Other")

    def test_the_defeat_names_the_first(self) -> None:
        built = self.built()
        clauses = Evaluator(built).outcome(case(built, a=True)).clauses
        first = (Defeat("First", built.groups["G"]),)
        assert (clauses["Second"].defeated_by, clauses["Third"].defeated_by) == (first, first)

    def test_a_defeated_first_still_holds_its_place(self) -> None:
        built = policy(
            clause("First", DUTY, group="G", rank=0),
            clause("Second", DUTY, group="G", rank=1),
            clause("Other", OPPOSITE),
            priorities=[priority("Other", "First")],
        )
        assert in_force(built) == ("Other",)

    def test_a_clause_defeated_by_order_defeats_nothing(self) -> None:
        built = policy(
            clause("L", OPPOSITE),
            clause("First", does("must", "report"), group="G", rank=0),
            clause("Second", DUTY, group="G", rank=1),
            priorities=[priority("Second", "L")],
        )
        assert in_force(built) == ("L", "First")


class TestCycles:
    def test_a_cycle_settles_nothing(self) -> None:
        built = policy(
            clause("C", DUTY),
            clause("D", OPPOSITE),
            priorities=[priority("C", "D"), priority("D", "C")],
        )
        assert in_force(built) == ("C", "D")

    def test_where_one_clause_does_not_apply_the_rest_counts(self) -> None:
        built = policy(
            clause("C", DUTY),
            clause("D", OPPOSITE),
            clause("E", OPPOSITE, when=A),
            facts=[fact("a")],
            priorities=[priority("C", "D"), priority("D", "E"), priority("E", "C")],
        )
        assert in_force(built, case(built, a=True)) == ("C", "D", "E")
        assert in_force(built, case(built, a=False)) == ("C",)

    def test_a_priority_whose_declaring_clause_does_not_apply_closes_no_cycle(self) -> None:
        built = policy(
            clause("C", DUTY),
            clause("D", OPPOSITE),
            clause("X", does("may", "report"), when=A),
            facts=[fact("a")],
            priorities=[priority("C", "D"), priority("D", "C", by="X")],
        )
        assert in_force(built, case(built, a=True)) == ("C", "D", "X")
        assert in_force(built, case(built, a=False)) == ("C",)

    def test_a_cycle_counts_without_clash_along_all_of_it(self) -> None:
        built = policy(
            clause("C", DUTY),
            clause("D", OPPOSITE),
            clause("E", does("may", "report")),
            priorities=[priority("C", "D"), priority("D", "E"), priority("E", "C")],
        )
        assert in_force(built) == ("C", "D", "E")

    def test_a_cycle_is_still_defeated_from_outside_and_defeats_outward(self) -> None:
        built = policy(
            clause("C", DUTY),
            clause("D", OPPOSITE),
            clause("Above", OPPOSITE, when=A),
            clause("Below", does("should", "release")),
            facts=[fact("a")],
            priorities=[
                priority("C", "D"),
                priority("D", "C"),
                priority("Above", "C"),
                priority("D", "Below"),
            ],
        )
        assert in_force(built, case(built, a=True)) == ("D", "Above")
        assert in_force(built, case(built, a=False)) == ("C", "D")

    def test_within_a_declared_cycle_that_is_open_in_the_case_order_follows_the_case(self) -> None:
        """C > D > E > C; without the clause that declares E > C, C defeats D, so E stands."""
        built = policy(
            clause("E", DUTY),
            clause("D", OPPOSITE),
            clause("C", DUTY),
            clause("X", does("may", "report"), when=A),
            facts=[fact("a")],
            priorities=[priority("C", "D"), priority("D", "E"), priority("E", "C", by="X")],
        )
        assert in_force(built, case(built, a=False)) == ("E", "C")

    def test_savings_form_no_cycle_and_defeat_within_one(self) -> None:
        built = policy(
            clause("C", DUTY),
            clause("D", OPPOSITE),
            priorities=[priority("C", "D", "savings"), priority("D", "C", "savings")],
        )
        assert in_force(built) == ()
        mixed = policy(
            clause("C", DUTY),
            clause("D", OPPOSITE),
            priorities=[priority("C", "D"), priority("D", "C"), priority("D", "C", "savings")],
        )
        assert in_force(mixed) == ("D",)

    def test_a_priority_over_oneself_settles_nothing(self) -> None:
        built = policy(
            clause("C", DUTY, OPPOSITE, when=negate(B)),
            facts=[fact("b")],
            priorities=[priority("C", "C")],
        )
        assert in_force(built) == ("C",)

    def test_group_order_is_no_part_of_a_cycle(self) -> None:
        built = policy(
            clause("C", DUTY, group="G", rank=0),
            clause("D", OPPOSITE, group="G", rank=1),
            priorities=[priority("D", "C")],
        )
        assert in_force(built) == ("C",)
