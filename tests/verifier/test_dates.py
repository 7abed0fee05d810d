"""Dates, amounts and ordered values in the checks: what is found, what is proved, what is shown."""

from __future__ import annotations

from datetime import date

import pytest

from policy_dsl import phrases
from policy_dsl.load import load_text
from policy_dsl.model import Policy
from policy_dsl.types import Date
from verifier.findings import Finding
from verifier.pipeline import check_policy

VOCABULARY = """\
policy test
  issued      2017-02-20
  effective   2017-02-21
  missing_day before
subject person
type Grade is one of low < middle < high
fact hired : date "was hired on {}"
fact left  : optional date "left on {}"
fact today : date
fact owed  : money 0 .. 5000 USD "owes {}"
fact score : decimal in steps of 0.1 "has a score of {}"
fact grade : Grade "is of grade {}"
action a
action b
"""


def findings(text: str, code: str) -> tuple[Policy, list[Finding]]:
    """A policy of the vocabulary and some more lines, and what one check finds in it."""
    policy = load_text(VOCABULARY + text)
    report = check_policy(policy, codes={code})
    assert not report.unsettled
    return policy, [each for each in report.findings if each.code == code]


def two_sides(first: str, second: str) -> str:
    """Two clauses that permit one action, and that an answer is expected."""
    return f"settle a\nclause A.1\n  may a\n  when {first}\nclause A.2\n  may a\n  when {second}\n"


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (
            "hired is before 2020-12-31",
            "hired is after 2020-12-31",
            "The person was hired on 31 December 2020",
        ),
        ("owed < 500.00 USD", "owed > 500.00 USD", "The person owes 500 USD"),
        ("score < 0.5", "score > 0.5", "The person has a score of 0.5"),
        ("grade < middle", "grade > middle", "The person is of grade middle"),
        (
            "hired + 1 months < 2021-01-01",
            "hired + 1 months > 2021-01-01",
            "The day 1 month after the day on which the person was hired is 1 January 2021",
        ),
    ],
)
def test_a_gap_at_a_boundary_is_told_as_the_one_value(first: str, second: str, said: str) -> None:
    _, (finding,) = findings(two_sides(first, second), "G01")
    assert finding.witness is not None
    assert finding.witness.statements == (said,)


def test_the_day_between_is_the_day_of_the_case() -> None:
    sides = two_sides("hired is before 2020-12-31", "hired is after 2020-12-31")
    _, (finding,) = findings(sides, "G01")
    assert finding.witness is not None
    assert finding.witness.case.facts["hired"] == date(2020, 12, 31).toordinal()


def test_an_output_without_a_value_on_one_day() -> None:
    text = """\
output o : yes/no
clause O.1
  sets o to yes
  when hired is before 2020-12-31
clause O.2
  sets o to no
  when hired is after 2020-12-31
"""
    _, (finding,) = findings(text, "G02")
    assert finding.witness is not None
    assert finding.witness.statements == ("The person was hired on 31 December 2020",)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("hired is before 2020-12-31", "hired is on or after 2020-12-31"),
        ("owed <= 500.00 USD", "owed > 500.00 USD"),
        ("owed < 500.01 USD", "owed > 500.00 USD"),
        ("grade <= low", "grade >= middle"),
        ("hired + 3 months <= today", "today < hired + 3 months"),
        ("hired + 12 months > today", "hired + 1 years <= today"),
        # one month later than 31 January or earlier is before March
        ("hired is after 2021-01-31", "hired + 1 months < 2021-03-01"),
        ("today - hired >= 0 days", "today - hired < 0 days"),
        # a later day never comes to lie before an earlier one
        ("hired > today", "hired + 5 months <= today + 5 months"),
    ],
)
def test_no_gap_is_proved(first: str, second: str) -> None:
    assert findings(two_sides(first, second), "G01")[1] == []


def test_a_month_may_be_too_short() -> None:
    """31 January and 28 February, each one month later: 28 February and 28 March."""
    sides = two_sides("hired >= today", "hired + 1 months < today + 1 months")
    _, (finding,) = findings(sides, "G01")
    assert finding.witness is not None
    case = finding.witness.case.facts
    hired, today = (date.fromordinal(int(str(case[each]))) for each in ("hired", "today"))
    assert hired < today
    assert hired.month == today.month
    assert hired.day >= 28


CLASH = """\
clause A.1
  must a
  when {}
clause A.2
  must not a
"""


@pytest.mark.parametrize(
    "condition",
    [
        "hired < today",
        "hired + 12 months <= today",
        "hired + 12 months <= today and today < left",
        "hired + 6 months > today and left > hired + 3 months",
        "hired is after 2019-06-30 and left is established and left > today and today > hired",
        "owed > 12.34 USD",
    ],
)
def test_dates_of_a_case_are_plausible(condition: str) -> None:
    policy, (finding,) = findings(CLASH.format(condition), "C01")
    assert finding.witness is not None
    shown = phrases.say_case(policy, finding.witness.case, policy.facts)
    for name, fact in policy.facts.items():
        value = finding.witness.case.facts[name]
        if isinstance(fact.type, Date) and value is not None:
            assert 2014 <= date.fromordinal(int(str(value))).year <= 2021, shown


def test_a_date_is_the_effective_one_where_it_can_be() -> None:
    _, (finding,) = findings(CLASH.format("hired + 12 months <= today"), "C01")
    assert finding.witness is not None
    facts = finding.witness.case.facts
    assert facts["hired"] == date(2017, 2, 21).toordinal()
    assert facts["today"] == date(2018, 2, 21).toordinal()


def test_amounts_of_a_case_are_round() -> None:
    _, (finding,) = findings(CLASH.format("owed > 512.34 USD"), "C01")
    assert finding.witness is not None
    assert finding.witness.case.facts["owed"] == 1000_00
    assert finding.witness.case.facts["score"] == 0


def test_what_lies_far_away_is_still_found() -> None:
    _, (finding,) = findings(CLASH.format("hired is after 9998-12-31"), "C01")
    assert finding.witness is not None
    assert date.fromordinal(int(str(finding.witness.case.facts["hired"]))).year == 9999


def test_beyond_the_last_day_there_is_no_case() -> None:
    text = CLASH.format("hired is after 9999-12-31") + "clause A.3\n  must b\n"
    assert findings(text, "C01")[1] == []
    assert len(findings(text, "U01")[1]) == 1
