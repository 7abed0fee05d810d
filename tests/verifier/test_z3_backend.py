"""The one solver: three answers, small cores, forks that share nothing, the same on every run."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, pairwise

import pytest

from policy_dsl.load import load_text
from verifier.pipeline import check_policy
from verifier.solvers.backend import Answer, Term
from verifier.solvers.z3_backend import Z3Backend

HUGE = 10**40
_NUMBERS = count()


def pigeons(backend: Z3Backend, number: int) -> None:
    """So many pigeons and one hole less: hard to refute."""
    holes = range(number - 1)
    sits = [[backend.boolean(f"{p} in {h}") for h in holes] for p in range(number)]
    for row in sits:
        backend.require(backend.disj(row))
    for hole in holes:
        column = [row[hole] for row in sits]
        for one in range(number):
            for two in range(one):
                backend.require(backend.disj([backend.neg(column[one]), backend.neg(column[two])]))


def values(backend: Z3Backend, terms: Sequence[Term]) -> list[bool | None]:
    return [backend.is_true(each) for each in terms]


class TestBound:
    def test_it_is_reached_and_that_is_no_answer(self) -> None:
        backend = Z3Backend(bound=2_000)
        pigeons(backend, 8)
        assert backend.check(()) is Answer.UNKNOWN
        assert backend.reason() == "the bound of 2000 solver steps was reached"

    def test_more_steps_settle_it(self) -> None:
        backend = Z3Backend()
        pigeons(backend, 6)
        assert backend.check(()) is Answer.UNSAT

    def test_it_is_counted_anew_for_every_question(self) -> None:
        backend = Z3Backend(bound=20_000)
        names = [backend.boolean(f"b{i}") for i in range(10)]
        backend.require(backend.disj(names))
        assert {backend.check([backend.neg(each)]) for each in names * 200} == {Answer.SAT}

    def test_a_smaller_one_for_one_question_does_not_last(self) -> None:
        backend = Z3Backend()
        pigeons(backend, 6)
        assert backend.check((), 100) is Answer.UNKNOWN
        assert backend.check(()) is Answer.UNSAT

    def test_whether_it_is_reached_does_not_depend_on_the_run(self) -> None:
        answers = []
        for _ in range(3):
            for bound in (500, 5_000, 50_000):
                backend = Z3Backend(bound)
                pigeons(backend, 6)
                answers.append(backend.check(()))
        assert answers[:3] == answers[3:6] == answers[6:]


class TestFork:
    def test_it_takes_the_requirements_along_and_shares_nothing_more(self) -> None:
        one = Z3Backend()
        a, b = one.boolean("a"), one.boolean("b")
        one.require(one.disj([a, b]))
        two = one.fork()
        two.require(two.neg(two.boolean("a")))
        assert two.check([two.neg(two.boolean("b"))]) is Answer.UNSAT
        assert one.check([one.neg(b)]) is Answer.SAT
        assert one.check([one.neg(a), one.neg(b)]) is Answer.UNSAT
        assert two.check(()) is Answer.SAT

    def test_it_takes_the_bound_along(self) -> None:
        backend = Z3Backend(bound=2_000)
        pigeons(backend, 8)
        assert backend.fork().check(()) is Answer.UNKNOWN

    def test_an_answer_does_not_depend_on_what_others_were_asked(self) -> None:
        root = Z3Backend()
        names = [root.boolean(f"b{i}") for i in range(12)]
        for one, two in pairwise(names):
            root.require(root.disj([one, two]))
        alone = root.fork()
        mine = [alone.boolean(f"b{i}") for i in range(12)]
        assert alone.check(()) is Answer.SAT
        expected = values(alone, mine)
        busy = root.fork()
        for each in [busy.boolean(f"b{i}") for i in range(12)]:
            busy.check([each])
        late = root.fork()
        assert late.check(()) is Answer.SAT
        assert values(late, [late.boolean(f"b{i}") for i in range(12)]) == expected


class TestCore:
    def test_it_points_at_what_was_asked(self) -> None:
        backend = Z3Backend()
        a, b, c, d = (backend.boolean(each) for each in "abcd")
        backend.require(backend.disj([backend.neg(a), backend.neg(c)]))
        assert backend.check([b, a, backend.neg(d), c]) is Answer.UNSAT
        assert backend.core() == {1, 3}

    def test_negations_may_be_asked(self) -> None:
        backend = Z3Backend()
        a, b = backend.boolean("a"), backend.boolean("b")
        backend.require(backend.disj([a, b]))
        assert backend.check([backend.neg(a), backend.neg(b)]) is Answer.UNSAT
        assert backend.core() == {0, 1}

    def test_what_is_impossible_by_itself_has_an_empty_one(self) -> None:
        backend = Z3Backend()
        backend.require(backend.truth(False))
        assert backend.check([backend.boolean("a")]) is Answer.UNSAT
        assert backend.core() == frozenset()


class TestValues:
    @pytest.mark.parametrize("number", [0, -1, 7, HUGE, -HUGE])
    def test_numbers_of_any_size(self, number: int) -> None:
        backend = Z3Backend()
        x = backend.integer("x")
        backend.require(backend.equal(x, backend.number(number)))
        assert backend.check(()) is Answer.SAT
        assert backend.value(x) == number

    def test_what_does_not_matter_has_none(self) -> None:
        backend = Z3Backend()
        backend.require(backend.boolean("a"))
        assert backend.check(()) is Answer.SAT
        assert backend.is_true(backend.boolean("b")) is None
        assert backend.value(backend.integer("x")) is None

    def test_sums_products_choices_and_sizes(self) -> None:
        backend = Z3Backend()
        a, b, x = backend.boolean("a"), backend.boolean("b"), backend.integer("x")
        backend.require(a)
        backend.require(backend.neg(b))
        size = backend.size([a, b, a])
        chosen = backend.choose(b, backend.number(100), backend.plus(size, backend.number(3)))
        backend.require(backend.equal(x, backend.times(-2, chosen)))
        assert backend.check(()) is Answer.SAT
        assert backend.value(x) == -10
        assert backend.check([_literal(backend, backend.less(x, backend.number(-10)))]) is (
            Answer.UNSAT
        )

    @pytest.mark.parametrize("bound", range(-1, 5))
    def test_counting_at_its_ends(self, bound: int) -> None:
        for true in range(4):
            backend = Z3Backend()
            names = [backend.boolean(f"b{i}") for i in range(3)]
            for index, each in enumerate(names):
                backend.require(each if index < true else backend.neg(each))
            true = min(true, 3)
            least = _literal(backend, backend.at_least(bound, names))
            most = _literal(backend, backend.at_most(bound, names))
            assert (backend.check([least]) is Answer.SAT) == (true >= bound)
            assert (backend.check([most]) is Answer.SAT) == (true <= bound)

    def test_lists_of_nothing(self) -> None:
        backend = Z3Backend()
        none = backend.equal(backend.size([]), backend.number(0))
        assert backend.check([_literal(backend, backend.conj([]))]) is Answer.SAT
        assert backend.check([_literal(backend, backend.disj([]))]) is Answer.UNSAT
        assert backend.check([_literal(backend, none)]) is Answer.SAT


def _literal(backend: Z3Backend, term: Term) -> Term:
    """A constant that stands for a formula."""
    constant = backend.boolean(f"literal {next(_NUMBERS)}")
    backend.require(backend.iff(constant, term))
    return constant


def test_a_policy_checked_within_too_small_a_bound_is_not_passed() -> None:
    policy = load_text(
        """\
policy p
fact a : yes/no
fact n : integer
action act
clause A must act when a or n > 3
clause B must not act when not a or n < 5
"""
    )
    whole = check_policy(policy).findings
    assert {each.code for each in whole} == {"C01"}
    for bound in (1, 10, 100):
        report = check_policy(policy, bound)
        assert report.unsettled
        assert all(each.code == "X01" for each in report.findings)
    for bound in range(150, 3_000, 150):
        report = check_policy(policy, bound)
        assert report.unsettled or report.findings == whole
