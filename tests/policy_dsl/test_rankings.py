"""Who comes first for a resource: what each clause says of two cases, and what gives way."""

from __future__ import annotations

import pytest

from policy_dsl.case import Case, defaults
from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load_text
from policy_dsl.model import Group
from policy_dsl.rankings import PairOrder, Rankings
from policy_dsl.types import Value

HEADER = """\
policy test
subject person
fact ill   : yes/no
fact old   : yes/no
fact level : optional one of (low < middle < high)
fact wait  : 0 .. 9 days
fact since : 2020-01-01 .. 2020-12-31
ambiguity scope "Of what?"
  reading wide
  reading narrow
resource beds "beds"
"""


def order(text: str, one: dict[str, Value], other: dict[str, Value], **read: str) -> PairOrder:
    """How two persons are ranked for beds; facts that are not given have their defaults."""
    policy = load_text(HEADER + text if "resource" not in text else HEADER[:-21] + text)
    usual = defaults(policy)
    readings = {**usual.readings, **read}
    cases = [Case({**usual.facts, **each}, readings) for each in (one, other)]
    return Rankings(Evaluator(policy)).order("beds", *cases)


ILL: dict[str, Value] = {"ill": True}
OLD: dict[str, Value] = {"old": True}
BOTH: dict[str, Value] = {"ill": True, "old": True}
NEITHER: dict[str, Value] = {}

FIRST = "clause A must prioritize beds when ill\n"
SECOND = "clause B should prioritize beds when old\n"


def test_priority_comes_before_those_to_whom_the_clause_does_not_apply() -> None:
    assert order(FIRST, ILL, NEITHER).one_first == ("A",)
    assert order(FIRST, NEITHER, ILL).other_first == ("A",)
    for pair in ((ILL, ILL), (NEITHER, NEITHER), (ILL, BOTH)):
        assert order(FIRST, *pair).open


def test_one_who_is_merely_not_reached_by_the_force_of_a_clause_does_not_come_after() -> None:
    # In the other case A is applicable and defeated, so it is no case "without" A.
    text = FIRST.replace("beds", "beds must act") + "action act\n"
    text += "clause B must not act when old overrides A\n"
    assert order(text, ILL, BOTH).open
    assert order(text, ILL, NEITHER).one_first == ("A",)
    assert order(text, BOTH, NEITHER).open


def test_over_whom_a_clause_gives_priority() -> None:
    text = "clause A must prioritize beds over old when ill\n"
    assert order(text, ILL, OLD).one_first == ("A",)
    assert order(text, ILL, NEITHER).open
    listed = "clause A must prioritize beds over not B when ill\n" + SECOND
    assert order(listed, ILL, OLD).one_first == ()
    assert order(listed, ILL, NEITHER).one_first == ("A",)


@pytest.mark.parametrize(
    ("term", "low", "high"),
    [
        ("wait", {"wait": 2}, {"wait": 3}),
        ("2 * wait + 1 days", {"wait": 2}, {"wait": 3}),
        ("since", {"since": 18_300}, {"since": 18_301}),
        ("level", {"level": "low"}, {"level": "middle"}),
    ],
)
def test_by_what_persons_are_ranked(
    term: str, low: dict[str, Value], high: dict[str, Value]
) -> None:
    highest = f"clause A must rank beds by {term} highest first\n"
    assert order(highest, high, low).one_first == ("A",)
    assert order(highest, low, high).other_first == ("A",)
    assert order(highest, low, low).open
    lowest = highest.replace("highest", "lowest")
    assert order(lowest, high, low).other_first == ("A",)


def test_what_is_not_established_ranks_nobody() -> None:
    text = "clause A must rank beds by level highest first\n"
    assert order(text, {"level": "high"}, {"level": None}).open


def test_who_is_not_one_for_whom_the_resource_is_is_not_ranked() -> None:
    text = 'resource beds "beds" for old\n' + FIRST
    assert order(text, BOTH, OLD).one_first == ("A",)
    assert order(text, BOTH, NEITHER).open
    assert order(text, ILL, OLD).open


def test_two_orders_are_opposed_until_one_clause_has_priority() -> None:
    assert order(FIRST + SECOND, ILL, OLD).opposed
    assert not order(FIRST + SECOND, BOTH, OLD).opposed
    prevails = order(FIRST + SECOND + "  overrides A\n", ILL, OLD)
    assert (prevails.for_one, prevails.for_other) == ((), ("B",))
    assert [each.clause for each in prevails.defeated["A"]] == ["B"]


def test_a_priority_counts_only_against_a_clause_that_ranks_the_other_way() -> None:
    text = FIRST + SECOND + "  overrides A\n"
    assert order(text, BOTH, NEITHER).for_one == ("A", "B")
    assert order(text, ILL, NEITHER).for_one == ("A",)


def test_who_gives_way_defeats_nobody_but_by_savings() -> None:
    third = "clause C must rank beds by wait lowest first overrides B\n"
    text = FIRST + SECOND + "  overrides A\n" + third
    one, other = {**ILL, "wait": 1}, {**OLD, "wait": 2}
    found = order(text, one, other)
    assert (found.for_one, found.for_other) == (("A", "C"), ())
    saved = FIRST + "  subject to B as savings\n" + SECOND + third
    assert order(saved, one, other).for_one == ("C",)


def test_priorities_in_a_circle_settle_nothing() -> None:
    text = FIRST + "  overrides B\n" + SECOND + "  overrides A\n"
    found = order(text, ILL, OLD)
    assert found.opposed
    assert found.defeated == {}


def test_the_earlier_clause_of_an_ordered_list_counts() -> None:
    text = f"in order list\n{FIRST}{SECOND}end order\n"
    found = order(text, ILL, OLD)
    assert (found.for_one, found.for_other) == (("A",), ())
    assert isinstance(found.defeated["B"][0].reason, Group)


def test_readings_decide_and_are_the_same_for_both() -> None:
    text = FIRST.replace("when ill", "when ill under scope is wide")
    assert order(text, ILL, NEITHER, scope="wide").one_first == ("A",)
    assert order(text, ILL, NEITHER, scope="narrow").open
    policy = load_text(HEADER + FIRST)
    usual = defaults(policy)
    other = Case(usual.facts, {**usual.readings, "scope": "narrow"})
    with pytest.raises(ValueError, match="same readings"):
        Rankings(Evaluator(policy)).order("beds", usual, other)
