"""Sessions: what can be asked, smallest cores, cases in and out, nothing shared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load_text
from policy_dsl.model import Expr
from policy_dsl.types import Enumeration
from tests.strategies.cases import numbers_of, random_case
from tests.strategies.dice import of_draw
from tests.strategies.policies import FINITE, WIDE, texts, write
from tests.strategies.vocabulary import Sizes
from verifier import names
from verifier.session import Encoding, NotSettled, Session
from verifier.solvers.backend import Term
from verifier.solvers.z3_backend import Z3Backend

TEXT = """\
policy p
fact a : yes/no
fact b : yes/no
fact n : optional 0 .. 9
fact s : set of Colour
type Colour is one of red, green, blue
ambiguity scope "Of what?"
  reading wide
  reading narrow
define both is a and b
define near is n < 3 under scope is narrow
define near is a under scope is wide
assume near implies b
assume not (a and s is empty)
assume b under scope is wide
action act
clause A must act when a and not b
"""


def session(text: str = TEXT, soft: bool = False) -> Session:
    return Session(Encoding.of(load_text(text), Z3Backend()), soft=soft)


def holding(asked: Session, text: str) -> Term:
    """An assumption that a condition of the vocabulary of ``TEXT`` holds."""
    return asked.holds(condition(asked, text))


def condition(asked: Session, text: str) -> Expr:
    """A condition, read beside the declarations of ``TEXT``."""
    policy = load_text(f"{TEXT}expect sometimes {text}")
    assert set(policy.facts) == set(asked.policy.facts)
    return policy.expectations[0].condition


class TestQuestions:
    def test_what_every_case_satisfies_is_required(self) -> None:
        asked = session()
        assert asked.possible([holding(asked, "n = 9")])
        assert not asked.possible([holding(asked, "n = 10")])
        assert not asked.possible([holding(asked, "a and s is empty")])
        assert not asked.possible([holding(asked, "near and not b")])

    def test_a_soft_session_leaves_it_open(self) -> None:
        asked = session(soft=True)
        assert asked.possible([holding(asked, "n = 10")])
        assert not asked.possible([holding(asked, "n = 10"), asked.named(names.type_range("n"))])

    def test_assumptions_that_rest_on_readings_hold_unless_asked_otherwise(self) -> None:
        asked = session()
        broken = [holding(asked, "not b"), asked.named(names.reading("scope", "wide"))]
        assert not asked.possible(broken)
        assert asked.possible(broken, everywhere=True)
        assert asked.possible(broken[:1])
        assert not asked.possible([holding(asked, "a and s is empty")], everywhere=True)

    def test_a_goal_is_refuted_where_one_of_its_parts_fails(self) -> None:
        asked = session()
        a, b = holding(asked, "a"), holding(asked, "b")
        refuting = asked.refuting([a, b])
        assert asked.possible([a, refuting])
        assert not asked.possible([a, b, refuting])
        assert asked.possible([a, b])

    def test_one_of_several(self) -> None:
        asked = session()
        a, b = holding(asked, "a"), holding(asked, "b")
        some, picks = asked.chosen([a, b])
        assert not asked.possible([some, asked.unless(a), asked.unless(b)])
        assert asked.possible([some, asked.unless(a)])
        assert asked.picked(picks) == 1
        assert asked.possible([some, a, b, asked.unless(picks[0])])
        assert not asked.possible([asked.guarded([])])

    def test_giving_up_is_said(self) -> None:
        policy = load_text(TEXT)
        asked = Session(Encoding.of(policy, Z3Backend(bound=1)))
        with pytest.raises(NotSettled, match="bound of 1 solver steps"):
            asked.possible([asked.named(names.in_force("A"))])

    def test_nothing_is_shared_between_sessions(self) -> None:
        encoding = Encoding.of(load_text(TEXT), Z3Backend())
        one, two = Session(encoding), Session(encoding)
        one.backend.require(one.unless(one.named(names.fact("a"))))
        assert not one.possible([one.named(names.applies("A"))])
        assert two.possible([two.named(names.applies("A"))])


class TestCores:
    def test_they_are_smallest(self) -> None:
        asked = session()
        terms = [
            holding(asked, "b or not b"),
            holding(asked, "near"),
            holding(asked, "n < 3"),
            holding(asked, "not b"),
            holding(asked, "n > 5"),
        ]
        core = asked.smallest_core([], terms)
        assert not asked.possible([terms[i] for i in core])
        for left_out in core:
            assert asked.possible([terms[i] for i in core if i != left_out])

    def test_there_is_none_where_all_can_hold(self) -> None:
        asked = session()
        a, b = holding(asked, "a"), holding(asked, "b")
        assert asked.core_if_any([a], [b]) is None
        with pytest.raises(NotSettled):
            asked.smallest_core([a], [b])

    def test_none_is_needed_where_what_is_kept_cannot_hold(self) -> None:
        asked = session()
        a = holding(asked, "a")
        assert asked.smallest_core([a, asked.unless(a)], [holding(asked, "b")]) == []


@st.composite
def texts_and_cases(draw: DrawFn, sizes: Sizes) -> tuple[str, Case]:
    """A policy's text and some case of it."""
    dice = of_draw(draw)
    text = write(dice, sizes)
    policy = load_text(text)
    return text, random_case(policy, dice, numbers_of(policy))


@pytest.mark.parametrize("sizes", [WIDE, FINITE], ids=["wide", "finite"])
@given(data=st.data())
def test_a_case_goes_in_and_comes_out_again(sizes: Sizes, data: st.DataObject) -> None:
    text, case = data.draw(texts_and_cases(sizes))
    policy = load_text(text)
    asked = Session(Encoding.of(policy, Z3Backend()), soft=True)
    terms = [asked.named(names.reading(*each)) for each in case.readings.items()]
    terms += [asked.named(each) for each in asked.encoding.hard if each.startswith("settled")]
    for name, fact in policy.facts.items():
        terms += asked.fact_is(fact, case.facts[name])
        if isinstance(fact.type, Enumeration):
            terms.append(asked.named(names.type_range(name)))  # it has one value and no other
    settled = {n: e.settled or case.readings[n] for n, e in policy.ambiguities.items()}
    possible = asked.possible(terms)
    assert possible == (settled == case.readings)
    if possible:
        assert asked.case() == case


@given(text=texts(WIDE))
def test_a_possible_case_is_valid(text: str) -> None:
    policy = load_text(text)
    asked = Session(Encoding.of(policy, Z3Backend()))
    if asked.possible([]):
        case: Case = asked.case()
        assert Evaluator(policy).is_valid(case)
        assert all(e.settled in (None, case.readings[n]) for n, e in policy.ambiguities.items())
