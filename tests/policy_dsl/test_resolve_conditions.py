"""Conditions and values as the model has them, beside how they are written.

Places never count in equality; that they are right is tested in ``test_resolve_model.py``.
"""

from __future__ import annotations

import pytest

from policy_dsl.model import (
    AllOf,
    AnyOf,
    ClauseApplies,
    Compare,
    Counted,
    DefinitionValue,
    Established,
    Expr,
    FactValue,
    Implication,
    IsEmpty,
    Literal_,
    Member,
    Negation,
    NormIs,
    OutputValue,
    ParameterValue,
    Product,
    ReadingIs,
    SizeOfSet,
    Sum,
)
from policy_dsl.types import Duration, Enumeration, Integer, SetOf, Type, Value, YesNo
from tests.policy_dsl.resolving import resolved

YES_NO = YesNo()
YEARS = Duration(0, 120, "years")
REASON = Enumeration("Reason", ("repair", "audit", "tour"), (None, None, None))
TRAINING = Enumeration("Training", ("fire", "laser"), (None, None))


def fact(name: str, type_: Type = YES_NO, optional: bool = False) -> FactValue:
    return FactValue(fact=name, type=type_, optional=optional)


def is_(left: Expr, value: Value, type_: Type, sign: str = "=") -> Compare:
    right = Literal_(value=value, type=type_)
    return Compare(sign=sign, left=left, right=right)  # type: ignore[arg-type]


def number(value: int, unit: str | None = None) -> Literal_:
    type_ = Duration(value, value, unit) if unit in ("years", "days") else None
    return Literal_(value=value, type=type_ or Integer(value, value, unit))


def compare(left: Expr, sign: str, right: Expr) -> Compare:
    return Compare(sign=sign, left=left, right=right)  # type: ignore[arg-type]


def defined(name: str, *arguments: Expr, type_: Type = YES_NO) -> DefinitionValue:
    return DefinitionValue(definition=name, arguments=arguments, type=type_)


BADGE, INSPECTOR = fact("badge"), fact("inspector")
VETTED = fact("vetted", optional=True)
AGE, COMPANIONS = fact("age", YEARS), fact("companions", Integer(0, 8))
VISIT = fact("last_visit", Duration(0, 3650, "days"), optional=True)
REASON_, KIND = fact("reason", REASON), fact("kind", REASON, optional=True)
TRAININGS, SEEN = fact("trainings", SetOf(TRAINING)), fact("seen", SetOf(TRAINING), optional=True)
WET = fact("wet", Enumeration("", ("dry", "damp"), (None, None)))
YES, NO = Literal_(value=True, type=YES_NO), Literal_(value=False, type=YES_NO)
GO = defined("years_to_go", type_=Duration(unit="years"))


def neg(operand: Expr) -> Negation:
    return Negation(operand=operand)


CONDITIONS: list[tuple[str, Expr]] = [
    # --- joining ---
    ("badge", BADGE),
    ("yes", YES),
    ("no", NO),
    ("not badge", neg(BADGE)),
    ("badge and inspector", AllOf(operands=(BADGE, INSPECTOR))),
    ("badge or inspector", AnyOf(operands=(BADGE, INSPECTOR))),
    ("badge and (inspector and minor)", AllOf(operands=(BADGE, INSPECTOR, defined("minor")))),
    ("all of badge, inspector", AllOf(operands=(BADGE, INSPECTOR))),
    ("any of badge, inspector", AnyOf(operands=(BADGE, INSPECTOR))),
    ("none of badge, inspector", neg(AnyOf(operands=(BADGE, INSPECTOR)))),
    ("any of badge", AnyOf(operands=(BADGE,))),
    (
        "at least 2 of badge, inspector",
        Counted(bound="at least", count=2, operands=(BADGE, INSPECTOR)),
    ),
    (
        "at most one of badge, inspector",
        Counted(bound="at most", count=1, operands=(BADGE, INSPECTOR)),
    ),
    (
        "exactly 0 of badge, inspector",
        Counted(bound="exactly", count=0, operands=(BADGE, INSPECTOR)),
    ),
    ("badge implies inspector", Implication(premise=BADGE, conclusion=INSPECTOR)),
    ("Z.1", ClauseApplies(clause="Z.1")),
    ("not Z.1", neg(ClauseApplies(clause="Z.1"))),
    # --- yes/no facts ---
    ("badge is yes", BADGE),
    ("badge = yes", BADGE),
    ("badge is not no", BADGE),
    ("badge != no", BADGE),
    ("badge is no", neg(BADGE)),
    ("badge is not yes", neg(BADGE)),
    ("badge is inspector", compare(BADGE, "=", INSPECTOR)),
    ("badge is not inspector", compare(BADGE, "!=", INSPECTOR)),
    ("yes is badge", compare(YES, "=", BADGE)),
    ("yes is no", neg(YES)),
    ("yes is not no", YES),
    # Not "vetted" or "not vetted": the denial would hold where nothing is established.
    ("vetted is yes", is_(VETTED, True, YES_NO)),
    ("vetted is no", is_(VETTED, False, YES_NO)),
    ("vetted is not yes", is_(VETTED, True, YES_NO, "!=")),
    ("vetted is not no", is_(VETTED, False, YES_NO, "!=")),
    ("badge is vetted", compare(BADGE, "=", VETTED)),
    ("vetted is established", Established(fact="vetted")),
    ("vetted is not established", neg(Established(fact="vetted"))),
    # --- definitions ---
    ("minor", defined("minor")),
    ("minor is yes", defined("minor")),
    ("minor is no", is_(defined("minor"), False, YES_NO)),
    ("minor is badge", compare(defined("minor"), "=", BADGE)),
    ("at_least_aged(18 years)", defined("at_least_aged", number(18, "years"))),
    ("at_least_aged(18)", defined("at_least_aged", number(18, "years"))),
    ("at_least_aged(age)", defined("at_least_aged", AGE)),
    (
        "at_least_aged(years_to_go + 1)",
        defined("at_least_aged", Sum(sign="+", left=GO, right=number(1, "years"))),
    ),
    ("between(1, age)", defined("between", number(1, "years"), AGE)),
    ("has(trainings)", defined("has", TRAININGS)),
    ("has(seen)", defined("has", SEEN)),
    ("is_for(audit)", defined("is_for", Literal_(value="audit", type=REASON))),
    ("is_for(kind)", defined("is_for", KIND)),
    # --- values of lists ---
    ("reason is audit", is_(REASON_, "audit", REASON)),
    ("reason = audit", is_(REASON_, "audit", REASON)),
    ("reason is not audit", is_(REASON_, "audit", REASON, "!=")),
    ("reason is kind", compare(REASON_, "=", KIND)),
    ("wet is damp", is_(WET, "damp", WET.type)),
    (
        "reason is one of (audit, tour)",
        AnyOf(operands=(is_(REASON_, "audit", REASON), is_(REASON_, "tour", REASON))),
    ),
    (
        "reason is not one of (audit, kind)",
        AllOf(operands=(is_(REASON_, "audit", REASON, "!="), compare(REASON_, "!=", KIND))),
    ),
    (
        "age is one of (3, 5 years)",
        AnyOf(
            operands=(compare(AGE, "=", number(3, "years")), compare(AGE, "=", number(5, "years")))
        ),
    ),
    ("badge is one of (yes, inspector)", AnyOf(operands=(BADGE, compare(BADGE, "=", INSPECTOR)))),
    ("badge is not one of (yes)", AllOf(operands=(neg(BADGE),))),
    # --- sets ---
    ("trainings includes fire", Member(operand=TRAININGS, values=("fire",), quantity="all")),
    (
        "trainings includes any of (fire, laser)",
        Member(operand=TRAININGS, values=("fire", "laser"), quantity="any"),
    ),
    (
        "trainings includes all of (fire, laser)",
        Member(operand=TRAININGS, values=("fire", "laser"), quantity="all"),
    ),
    (
        "trainings includes none of (fire)",
        Member(operand=TRAININGS, values=("fire",), quantity="none"),
    ),
    ("trainings is empty", IsEmpty(operand=TRAININGS)),
    ("trainings is not empty", neg(IsEmpty(operand=TRAININGS))),
    ("seen is empty", IsEmpty(operand=SEEN)),
    (
        "seen is not empty",
        AllOf(operands=(Established(fact="seen"), neg(IsEmpty(operand=SEEN)))),
    ),
    ("number of trainings >= 2", compare(SizeOfSet(operand=TRAININGS), ">=", number(2))),
    # --- numbers ---
    ("age < 18 years", compare(AGE, "<", number(18, "years"))),
    ("age <= 18", compare(AGE, "<=", number(18, "years"))),
    ("age is 18", compare(AGE, "=", number(18, "years"))),
    ("age is not 18", compare(AGE, "!=", number(18, "years"))),
    ("3 > companions", compare(number(3), ">", COMPANIONS)),
    ("age > companions", compare(AGE, ">", COMPANIONS)),
    ("age > -3", compare(AGE, ">", number(-3, "years"))),
    ("-age < 0", compare(Product(factor=-1, operand=AGE), "<", number(0, "years"))),
    (
        "age + 5 years > 2 * (age - 1)",
        compare(
            Sum(sign="+", left=AGE, right=number(5, "years")),
            ">",
            Product(factor=2, operand=Sum(sign="-", left=AGE, right=number(1, "years"))),
        ),
    ),
    ("age * 2 > 3", compare(Product(factor=2, operand=AGE), ">", number(3, "years"))),
    ("2 * 3 years = age", compare(Product(factor=2, operand=number(3, "years")), "=", AGE)),
    ("3 years * 2 = age", compare(Product(factor=2, operand=number(3, "years")), "=", AGE)),
    ("2 * 3 * age = 6", compare(Product(factor=6, operand=AGE), "=", number(6, "years"))),
    ("(1 - 3) * age = 6", compare(Product(factor=-2, operand=AGE), "=", number(6, "years"))),
    ("years_to_go > 10 years", compare(GO, ">", number(10, "years"))),
    ("last_visit is established", Established(fact="last_visit")),
    ("last_visit < 30 days", compare(VISIT, "<", number(30, "days"))),
]


@pytest.mark.parametrize(("text", "expected"), CONDITIONS, ids=[text for text, _ in CONDITIONS])
def test_a_condition(text: str, expected: Expr) -> None:
    policy = resolved(f"clause K must admit when {text}")
    (requirement,) = policy.clauses["K"].requirements
    assert requirement.condition == expected


FEE = OutputValue(output="fee", type=Integer(0, 200, "dollars"))
OK = OutputValue(output="ok", type=YES_NO)

OUTCOMES: list[tuple[str, Expr]] = [
    ("must admit", NormIs(state="must", action="admit")),
    ("must not admit", NormIs(state="must not", action="admit")),
    ("should admit", NormIs(state="should", action="admit")),
    ("should not admit", NormIs(state="should not", action="admit")),
    ("may admit", NormIs(state="may", action="admit")),
    ("need not admit", NormIs(state="need not", action="admit")),
    ("silent on admit", NormIs(state="silent on", action="admit")),
    ("fee = 5 dollars", compare(FEE, "=", number(5, "dollars"))),
    ("why is audit", is_(OutputValue(output="why", type=REASON), "audit", REASON)),
    ("ok", OK),
    ("ok is yes", OK),
    # Not "not ok", which would hold where no clause sets it.
    ("ok is no", is_(OK, False, YES_NO)),
    ("ok is not yes", is_(OK, True, YES_NO, "!=")),
]


@pytest.mark.parametrize(("text", "expected"), OUTCOMES, ids=[text for text, _ in OUTCOMES])
def test_a_condition_on_what_the_policy_says(text: str, expected: Expr) -> None:
    (expectation,) = resolved(f"expect {text} when badge").expectations
    assert (expectation.condition, expectation.premise) == (expected, BADGE)


def reading(ambiguity: str, name: str) -> ReadingIs:
    return ReadingIs(ambiguity=ambiguity, reading=name)


EVERYBODY, ON_TOUR = reading("guests", "everybody"), reading("guests", "on_tour")
BINDING = reading("should", "binding")

READINGS: list[tuple[str, Expr]] = [
    ("guests is everybody", EVERYBODY),
    ("guests is not everybody", neg(EVERYBODY)),
    ("not guests is everybody", neg(EVERYBODY)),
    ("should is binding", BINDING),
    ("guests is everybody and should is binding", AllOf(operands=(EVERYBODY, BINDING))),
    ("guests is everybody or should is binding", AnyOf(operands=(EVERYBODY, BINDING))),
    (
        "guests is everybody implies should is binding",
        Implication(premise=EVERYBODY, conclusion=BINDING),
    ),
    ("none of guests is everybody, should is binding", neg(AnyOf(operands=(EVERYBODY, BINDING)))),
    (
        "exactly 1 of guests is everybody, should is binding",
        Counted(bound="exactly", count=1, operands=(EVERYBODY, BINDING)),
    ),
    ("guests is one of (everybody, on_tour)", AnyOf(operands=(EVERYBODY, ON_TOUR))),
    ("guests is not one of (everybody)", AllOf(operands=(neg(EVERYBODY),))),
]


@pytest.mark.parametrize(("text", "expected"), READINGS, ids=[text for text, _ in READINGS])
def test_a_condition_on_readings(text: str, expected: Expr) -> None:
    assert resolved(f"clause K must admit under {text}").clauses["K"].under == expected


def test_parameters() -> None:
    text = """\
define d(n : 0 .. 120 years, y : yes/no, r : Reason, s : set of Training)
  is n > 3 and y and y is no and r is tour and s is not empty and is_for(r)
"""
    (case,) = resolved(text).definitions["d"].cases
    n, y = ParameterValue(parameter="n", type=YEARS), ParameterValue(parameter="y", type=YES_NO)
    r = ParameterValue(parameter="r", type=REASON)
    s = ParameterValue(parameter="s", type=SetOf(TRAINING))
    assert case.body == AllOf(
        operands=(
            compare(n, ">", number(3, "years")),
            y,
            # A parameter may stand for something that is not established, so none of these is
            # a plain denial.
            is_(y, False, YES_NO),
            is_(r, "tour", REASON),
            compare(SizeOfSet(operand=s), ">=", number(1)),
            defined("is_for", r),
        )
    )
