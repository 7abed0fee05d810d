"""Force in time: from when to when a clause is in force, and the periods that are asked about."""

from __future__ import annotations

from datetime import date

import pytest

from policy_dsl.case import defaults
from policy_dsl.diagnostics import SpecError
from policy_dsl.evaluate import Evaluator
from policy_dsl.force import Span, asked, say_periods, say_span, spans
from policy_dsl.load import load_text, load_with
from policy_dsl.model import PERIOD, Policy, ReadingIs
from policy_dsl.phrases import say
from policy_dsl.source import Source

OLD = """\
policy old "The old one"
  effective 2010-01-01
clause O.1 must leave
clause O.2 must leave
clause O.3 must leave
  in force until 2011-12-31
"""
NEW = """\
policy new "The new one"
  effective 2017-02-20
  supersedes old except O.2
clause N.1 must leave
clause N.2 must leave
  in force from 2018-03-01
  in force until 2018-03-31
"""
MAIN = """\
policy main "All of it"
{dates}
use "old.policy"
use "new.policy"
action leave
"""


def three(dates: str = "") -> Policy:
    """Two documents and a file that only holds them together."""
    texts = {
        "main.policy": MAIN.format(dates=dates),
        "old.policy": OLD,
        "new.policy": NEW,
    }
    return load_with("main.policy", lambda name: Source(name, texts[name]))


def one(body: str, header: str = "", as_of: date | None = None) -> Policy:
    return load_text(f'policy p "P"\n{header}\naction leave\n{body}', as_of=as_of)


def in_force(policy: Policy, period: str | None = None) -> list[str]:
    case = defaults(policy)
    readings = dict(case.readings) if period is None else {**case.readings, PERIOD: period}
    return list(Evaluator(policy).outcome(type(case)(case.facts, readings)).in_force)


def test_when_clauses_are_in_force() -> None:
    day = date(2017, 2, 19)
    assert spans(three()) == {
        "O.1": Span(date(2010, 1, 1), day),
        "O.2": Span(date(2010, 1, 1), None),
        "O.3": Span(date(2010, 1, 1), date(2011, 12, 31)),
        "N.1": Span(date(2017, 2, 20), None),
        "N.2": Span(date(2018, 3, 1), date(2018, 3, 31)),
    }


def test_the_periods_lie_between_the_days_of_change() -> None:
    policy = three()
    assert {each.name: in_force(policy, each.name) for each in policy.periods} == {
        "2010-01-01": ["O.1", "O.2", "O.3"],
        "2012-01-01": ["O.1", "O.2"],
        "2017-02-20": ["O.2", "N.1"],
        "2018-03-01": ["O.2", "N.1", "N.2"],
        "2018-04-01": ["O.2", "N.1"],
    }
    assert [each.text for each in policy.periods][-2:] == [
        "from 1 March 2018 to 31 March 2018",
        "from 1 April 2018 on",
    ]


def test_only_the_time_of_the_main_document_is_asked_about() -> None:
    policy = three("  effective 2017-02-20\n  until 2018-02-28")
    assert asked(policy) == Span(date(2017, 2, 20), date(2018, 2, 28))
    assert policy.periods == ()
    assert PERIOD not in policy.ambiguities
    assert in_force(policy) == ["O.2", "N.1"]


def test_one_document_with_a_first_day_has_no_periods() -> None:
    policy = one("clause A must leave", "  effective 2017-01-01\n  until 2018-01-01")
    assert policy.periods == ()
    assert policy.clauses["A"].under is None


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2016, 12, 31), []),
        (date(2017, 1, 1), ["A"]),
        (date(2017, 6, 1), ["A", "B"]),
        (date(2017, 6, 2), ["A"]),
    ],
)
def test_one_day_is_asked_about(day: date, wanted: list[str]) -> None:
    body = "clause A must leave\nclause B must leave\n  in force from 2017-06-01\n"
    policy = one(f"{body}  in force until 2017-06-01", "  effective 2017-01-01", as_of=day)
    assert policy.periods == ()
    assert in_force(policy) == wanted


def test_neighbouring_periods_are_said_together() -> None:
    policy = three()
    names = [each.name for each in policy.periods]
    assert say_periods(policy, tuple(names[:2])) == "from 1 January 2010 to 19 February 2017"
    assert say_periods(policy, (names[0], names[4])) == (
        "from 1 January 2010 to 31 December 2011 or from 1 April 2018 on"
    )
    expr = ReadingIs(ambiguity=PERIOD, reading=names[3])
    assert say(policy, expr, False) == "the time is not from 1 March 2018 to 31 March 2018"


def test_spans_in_words() -> None:
    day, other = date(2017, 1, 1), date(2017, 2, 1)
    assert say_span(Span()) == "at any time"
    assert say_span(Span(None, day)) == "up to 1 January 2017"
    assert say_span(Span(day, day)) == "on 1 January 2017"
    assert say_span(Span(day, other)) == "from 1 January 2017 to 1 February 2017"


def test_first_and_last_of_all_days_are_no_error() -> None:
    body = "clause A must leave\n  in force until 9999-12-31\n"
    policy = one(f"{body}clause B must leave\n  in force from 0001-01-01")
    assert in_force(policy) == ["A", "B"]


def test_the_name_of_the_periods_cannot_be_an_ambiguity() -> None:
    with pytest.raises(SpecError) as error:
        one(
            'ambiguity period "?" reading a reading b\n'
            "clause A must leave\nclause B must leave\n  in force from 2017-06-01"
        )
    assert [each.code for each in error.value.diagnostics] == ["L04"]


def test_there_may_be_too_many_periods() -> None:
    clauses = [
        f"clause C.{year} must leave\n  in force from {year}-01-01\n" for year in range(1900, 2000)
    ]
    with pytest.raises(SpecError) as error:
        one("".join(clauses))
    assert [each.code for each in error.value.diagnostics] == ["L13"]
    assert one("".join(clauses), as_of=date(1950, 1, 1)).periods == ()
