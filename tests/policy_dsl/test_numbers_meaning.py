"""Decimals, money, dates, lengths of time and ordered lists from a spec to what is said of a case,
against the same computed with Python's own fractions and dates."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.case import Case, case_to_json, defaults
from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load_text
from policy_dsl.model import AddMonths, Policy
from policy_dsl.phrases import code, sentence
from policy_dsl.read_case import CaseError, read_case
from policy_dsl.types import Value

WORDS = """\
policy claims "Claims"
  missing_day {missing_day}
type Level is one of low "low risk" < medium < high "high risk" < worst < hopeless < lost
subject claim
fact amount : money 0 .. 50000 USD "claims {{}}"
fact rate   : 0.00 .. 1.00 "pays a rate of {{}}"
fact mass   : decimal in steps of 0.1 kg
fact filed  : date "was filed on {{}}"
fact due    : optional date
fact risk   : Level "is of {{}}"
fact other  : optional Level
fact age    : 0 .. 120 years "is {{}} old"
fact stay   : 0 .. 900 days
fact wait   : 0 .. 20000 hours
fact term   : -60 .. 60 months
action pay "pay"
output fee  : money 0.0000 .. USD
"""


def policy(*conditions: str, missing_day: str = "before") -> Policy:
    definitions = [f"define d{n} is {each}\n" for n, each in enumerate(conditions)]
    return load_text(WORDS.format(missing_day=missing_day) + "".join(definitions))


def holds(policy_: Policy, **facts: Value) -> list[bool]:
    known = defaults(policy_)
    case = Case({**known.facts, **facts}, known.readings)
    evaluator = Evaluator(policy_)
    bodies = [each.cases[0].body for each in policy_.definitions.values()]
    return [evaluator.holds(each, case) for each in bodies]


AMOUNTS = policy(
    "amount < 12.50 USD",
    "amount < 0.005 USD",
    "amount <= 100",
    "0.35 * amount > 5 USD",
    "2 * (amount - 1.5 USD) >= 0.25 * amount + 7",
    "rate = 0.5",
    "rate + mass > 1.05",
    "-mass < 0.30",
)


@given(st.integers(0, 3000), st.integers(0, 100), st.integers(-50, 50))
def test_amounts_are_exact(amount: int, rate: int, mass: int) -> None:
    dollars, part, kilograms = Fraction(amount, 100), Fraction(rate, 100), Fraction(mass, 10)
    assert holds(AMOUNTS, amount=amount, rate=rate, mass=mass) == [
        dollars < Fraction("12.5"),
        dollars < Fraction("0.005"),
        dollars <= 100,
        Fraction("0.35") * dollars > 5,
        2 * (dollars - Fraction("1.5")) >= Fraction("0.25") * dollars + 7,
        part == Fraction("0.5"),
        part + kilograms > Fraction("1.05"),
        -kilograms < Fraction("0.3"),
    ]


TIMES = policy(
    "age >= 216 months",
    "age < 217 months",
    "stay < 2 weeks",
    "wait < stay",
    "wait <= 1.5 days",
    "stay + 1 week > wait - 90 minutes",
    "age < 1.5 years",
)


@given(st.integers(0, 120), st.integers(0, 900), st.integers(0, 20000))
def test_lengths_of_time_are_converted(age: int, stay: int, wait: int) -> None:
    days, hours = timedelta(days=stay), timedelta(hours=wait)
    assert holds(TIMES, age=age, stay=stay, wait=wait) == [
        12 * age >= 216,
        12 * age < 217,
        days < timedelta(weeks=2),
        hours < days,
        hours <= timedelta(days=1.5),
        days + timedelta(weeks=1) > hours - timedelta(minutes=90),
        age < 1.5,
    ]


DATES = policy(
    "filed is before 2020-12-31",
    "filed is on or before 2020-12-31",
    "filed is after 2020-12-31",
    "filed is on or after due",
    "filed - due > 2 weeks",
    "filed + 30 days = due",
    "3 weeks + filed is after due - 1 day",
)
days = st.dates(date(2019, 1, 1), date(2022, 12, 31))


@given(days, days)
def test_dates_are_those_of_python(filed: date, due: date) -> None:
    assert holds(DATES, filed=filed.toordinal(), due=due.toordinal()) == [
        filed < date(2020, 12, 31),
        filed <= date(2020, 12, 31),
        filed > date(2020, 12, 31),
        filed >= due,
        filed - due > timedelta(days=14),
        filed + timedelta(days=30) == due,
        filed + timedelta(weeks=3) > due - timedelta(days=1),
    ]
    assert holds(DATES, filed=filed.toordinal(), due=None)[3:] == [False] * 4


def later(day: date, months: int, up: bool) -> date:
    """Some months later, by trying days."""
    number = day.year * 12 + day.month - 1 + months
    of_month = day.day
    while True:
        try:
            found = date(number // 12, number % 12 + 1, of_month)
        except ValueError:
            of_month -= 1
        else:
            return found + timedelta(days=1) if up and of_month < day.day else found


@pytest.mark.parametrize("missing_day", ["before", "after"])
def test_months_end_where_the_document_says(missing_day: str) -> None:
    conditions = ("filed + 1 month = due", "filed - 1 year = due", "filed + term = due")
    rules = policy(*conditions, "filed - term = due", missing_day=missing_day)
    up = missing_day == "after"

    @given(days, st.integers(-60, 60))
    def check(filed: date, term: int) -> None:
        for index, months in enumerate((1, -12, term, -term)):
            due = later(filed, months, up).toordinal()
            facts: dict[str, Value] = {"filed": filed.toordinal(), "term": term}
            assert holds(rules, **facts, due=due)[index]
            assert not holds(rules, **facts, due=due + 1)[index]

    check()


def test_months_that_lead_to_an_existing_day_need_no_rule() -> None:
    free = WORDS.replace("  missing_day {missing_day}\n", "").replace("{{", "{").replace("}}", "}")
    rules = load_text(
        f"{free}define a is filed = 2020-02-29 + 4 years\ndefine b is filed = 2020-01-28 + term\n"
    )
    assert holds(rules, filed=date(2024, 2, 29).toordinal())[0]
    assert holds(rules, filed=date(2020, 2, 28).toordinal(), term=1)[1]
    (body,) = (each.cases[0].body for each in rules.definitions.values() if each.name == "b")
    assert any(isinstance(each, AddMonths) for each in body.children())


LEVELS = ("low", "medium", "high", "worst", "hopeless", "lost")
ORDER = policy("risk < high", "risk >= other", "risk is medium", "risk <= worst")


@given(st.sampled_from(LEVELS), st.sampled_from(LEVELS))
def test_values_of_an_ordered_list_are_compared_by_their_places(risk: str, other: str) -> None:
    mine, yours = LEVELS.index(risk), LEVELS.index(other)
    assert holds(ORDER, risk=risk, other=other) == [mine < 2, mine >= yours, mine == 1, mine <= 3]
    assert not holds(ORDER, risk=risk, other=None)[1]


@pytest.mark.parametrize(
    ("condition", "written", "said", "denied"),
    [
        ("amount < 12.5 USD", "amount < 12.50 USD", "claims less than 12.50 USD", None),
        ("amount < 0.005 USD", "amount < 0.005 USD", "claims less than 0.005 USD", None),
        ("age < 18", "age < 18 years", "is less than 18 years old", "is at least 18 years old"),
        ("age = 1 year", "age = 1 year", "is 1 year old", None),
        ("age < 217 months", "age < 217 months", "is less than 217 months old", None),
        (
            "filed < 2020-12-31",
            "filed is before 2020-12-31",
            "was filed before 31 December 2020",
            "was filed on 31 December 2020 or later",
        ),
        ("filed = 2020-12-31", "filed is 2020-12-31", "was filed on 31 December 2020", None),
        ("risk < high", "risk < high", "is of low risk or medium", None),
        ("risk < lost", "risk < lost", "is of below lost", "is of lost"),
    ],
)
def test_numbers_are_said(condition: str, written: str, said: str, denied: str | None) -> None:
    rules = policy(condition)
    body = rules.definitions["d0"].cases[0].body
    assert code(body) == written
    assert policy(written).definitions["d0"].cases[0].body == body
    assert sentence(rules, body) == f"The claim {said}"
    assert denied is None or sentence(rules, body, False) == f"The claim {denied}"


@pytest.mark.parametrize(
    ("condition", "written", "said"),
    [
        (
            "0.35 * amount > 5",
            "0.35 * amount > 5.0000 USD",
            "0.35 times amount is more than 5 USD",
        ),
        (
            "filed - 1 month > due",
            "filed - 1 month is after due",
            "The day 1 month before the day on which the claim was filed is after due",
        ),
        (
            "filed + 24 months > due",
            "filed + 2 years is after due",
            "The day 2 years after the day on which the claim was filed is after due",
        ),
        (
            "filed + term > due",
            "filed + term is after due",
            "The day on which the claim was filed plus term is after due",
        ),
        (
            "filed - term > due",
            "filed - term is after due",
            "The day on which the claim was filed minus term is after due",
        ),
        (
            "due - filed > 30 days",
            "due - filed > 30 days",
            "The time from the day on which the claim was filed to due is more than 30 days",
        ),
        (
            "due >= filed + 30 days",
            "due is on or after filed + 30 days",
            "Due: a day no earlier than 30 days after the day on which the claim was filed",
        ),
        ("wait < stay", "wait < stay", "Wait: less than stay"),
    ],
)
def test_sums_and_products_are_said(condition: str, written: str, said: str) -> None:
    rules = policy(condition)
    body = rules.definitions["d0"].cases[0].body
    assert (code(body), sentence(rules, body)) == (written, said)
    assert policy(written).definitions["d0"].cases[0].body == body


def test_cases_are_written_and_read() -> None:
    rules = policy()
    facts = {
        "amount": "12.50",
        "rate": "0.35",
        "mass": "-0.1",
        "filed": "2020-12-31",
        "due": None,
        "risk": "medium",
        "other": None,
        "age": 18,
        "stay": 3,
        "wait": 4,
        "term": -5,
    }
    case = read_case(rules, {"facts": facts})
    assert case.facts["amount"] == 1250
    assert case.facts["filed"] == date(2020, 12, 31).toordinal()
    assert case_to_json(rules, case)["facts"] == facts
    shown = case_to_json(rules, defaults(rules))["facts"]
    assert isinstance(shown, dict)
    assert shown["filed"] == "2000-01-01"
    faults = {**facts, "amount": "50000.01", "rate": "x", "filed": "2021-02-29", "age": "18"}
    with pytest.raises(CaseError) as caught:
        read_case(rules, {"facts": faults})
    assert caught.value.problems == (
        "amount: '50000.01' is not in the range money 0.00 .. 50000.00 USD",
        "rate: expected a number such as \"12.50\" in the range 0.00 .. 1.00, not 'x'",
        "filed: '2021-02-29' is a day that does not exist",
        "age: expected a whole number in the range 0 .. 120 years, not '18'",
    )


def test_outputs_take_finer_numbers_where_their_steps_are_fine_enough() -> None:
    rules = load_text(WORDS.format(missing_day="before") + "clause K sets fee to 0.35 * amount\n")
    known = defaults(rules)
    case = Case({**known.facts, "amount": 101}, known.readings)
    assert Evaluator(rules).outcome(case).outputs["fee"] == (("K", 3535),)
