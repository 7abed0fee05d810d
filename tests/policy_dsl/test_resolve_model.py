"""The model that is built of each declaration, part by part."""

from __future__ import annotations

from datetime import date

import pytest

from policy_dsl.model import (
    SHOULD,
    SHOULD_READINGS,
    TRUE,
    FactValue,
    ReadingIs,
)
from policy_dsl.source import Place
from policy_dsl.types import (
    Date,
    DecimalNumber,
    Duration,
    Enumeration,
    Integer,
    Money,
    SetOf,
    YesNo,
)
from tests.policy_dsl.resolving import resolved

BADGE = FactValue(fact="badge", type=YesNo())
INSPECTOR = FactValue(fact="inspector", type=YesNo())
YEARS = Duration(0, 120, "years")
EVERYBODY = ReadingIs(ambiguity="guests", reading="everybody")


def written(place: Place | None) -> str:
    """The words at a place."""
    assert place is not None
    return place.source.text[place.span.start : place.span.end]


# --- documents ----------------------------------------------------------------------------


def test_a_document() -> None:
    policy = resolved(
        'policy main "The main one" authority board issued 2024-01-15 effective 2024-02-01\n'
        'until 2027-01-31 text "a.txt" raw "b.txt"\nuse "words.policy"\n'
        "authorities statute > board"
    )
    found = policy.documents["main"]
    assert (policy.name, policy.title) == ("main", "The main one")
    assert (found.name, found.title, found.authority) == ("main", "The main one", "board")
    assert found.issued == date(2024, 1, 15)
    assert found.effective == date(2024, 2, 1)
    assert found.until == date(2027, 1, 31)
    assert (found.text, found.raw) == ("a.txt", "b.txt")
    assert written(found.place) == "main"
    assert policy.authorities == ("statute", "board")
    assert list(policy.documents) == ["main", "words"]


def test_a_document_of_which_little_is_said() -> None:
    policy = resolved("policy main")
    found = policy.documents["main"]
    assert (policy.title, policy.subject, policy.authorities) == ("main", "case", ())
    assert (found.authority, found.issued, found.effective) == (None, None, None)
    assert (found.until, found.text, found.raw) == (None, None, None)


def test_the_subject_and_the_order_of_authorities_may_be_said_again() -> None:
    policy = resolved("subject visitor\nauthorities a > b\nauthorities a > b")
    assert (policy.subject, policy.authorities) == ("visitor", ("a", "b"))


# --- facts --------------------------------------------------------------------------------


def test_the_kinds_of_facts() -> None:
    policy = resolved(
        'fact a : yes/no "is so" otherwise "is not so"\n'
        "judgment b : optional Reason by guard\ngrant c : yes/no by director\n"
        'choice d : yes/no by visitor\noutside e : 0 .. 3 per "the law"'
    )
    a, b, c, d, e = (policy.facts[name] for name in "abcde")
    assert [each.kind for each in (a, b, c, d, e)] == [
        "fact",
        "judgment",
        "grant",
        "choice",
        "outside",
    ]
    assert (a.phrase, a.negative, a.subject, a.optional) == ("is so", "is not so", "visitor", False)
    assert (b.by, b.optional, b.phrase) == ("guard", True, None)
    assert (c.by, d.by, e.by, e.per) == ("director", "visitor", None, "the law")
    assert written(e.place) == "e"
    assert list(policy.facts)[:5] == list("abcde")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes/no", YesNo()),
        ("Reason", Enumeration("Reason", ("repair", "audit", "tour"), (None,) * 3)),
        ("set of Training", SetOf(Enumeration("Training", ("fire", "laser"), (None,) * 2))),
        ('one of (a "like a", none)', Enumeration("", ("a", "none"), ("like a", None))),
        ("integer", Integer()),
        ("integer dollars", Integer(unit="dollars")),
        ("0 .. 120 years", Duration(0, 120, "years")),
        ("integer day", Duration(unit="days")),
        ("0.0 .. 24.00 hours", Duration(0, 2400, "hours", 2)),
        ("0 .. 1.5", DecimalNumber(0, 15, None, 1)),
        ("-0.50 .. kg", DecimalNumber(-50, None, "kg", 2)),
        ("decimal in steps of 0.001 kg", DecimalNumber(None, None, "kg", 3)),
        ("money USD", Money(currency="USD")),
        ("money 0 .. 50 USD", Money(0, 5000, "USD")),
        ("money .. 7.125 USD", Money(None, 7125, "USD", 3)),
        ("money 0 .. 500 JPY", Money(0, 500, "JPY")),
        ("date", Date(1, date(9999, 12, 31).toordinal())),
        ("2000-02-29 ..", Date(date(2000, 2, 29).toordinal(), date(9999, 12, 31).toordinal())),
        (".. 2000-02-29", Date(1, date(2000, 2, 29).toordinal())),
        ("one of (a < b)", Enumeration("", ("a", "b"), (None, None), ordered=True)),
        ("-5 .. -2", Integer(-5, -2)),
        ("3 .. 3", Integer(3, 3)),
        ("7 ..", Integer(7, None)),
        (".. 7 metres", Integer(None, 7, "metres")),
    ],
)
def test_types(text: str, expected: object) -> None:
    assert resolved(f"fact f : {text}").facts["f"].type == expected
    if not text.startswith("set"):
        assert resolved(f"output f : {text}").outputs["f"].type == expected


# --- definitions, assumptions -------------------------------------------------------------


def test_definitions() -> None:
    policy = resolved(
        "define late(n : 0 .. 120 years) is age > n + more\n"
        'define more is 3 years\ndefine whose is badge "is so" otherwise "is not so"\n'
        'define odd is badge "is odd" under guests is everybody\n'
        "define odd is inspector under guests is on_tour"
    )
    late, more, whose, odd = (policy.definitions[n] for n in ("late", "more", "whose", "odd"))
    assert late.parameters == (("n", YEARS),)
    assert late.type == whose.type == odd.type == YesNo()
    assert more.type == Duration(unit="years")
    assert (whose.phrase, whose.negative) == ("is so", "is not so")
    assert [case.body for case in odd.cases] == [BADGE, INSPECTOR]
    assert [case.under for case in odd.cases] == [
        EVERYBODY,
        ReadingIs(ambiguity="guests", reading="on_tour"),
    ]
    assert (odd.phrase, odd.negative) == ("is odd", None)
    assert [case.place.line for case in odd.cases] == [4, 5]
    assert list(policy.definitions)[:4] == ["late", "more", "whose", "odd"]


def test_assumptions() -> None:
    policy = resolved('assume badge\nassume yes under guests is everybody because "So it is."')
    one, two = policy.assumptions
    assert (one.condition, one.under, one.because) == (BADGE, None, None)
    assert (two.under, two.because) == (EVERYBODY, "So it is.")
    assert written(two.place).startswith("assume yes")


def test_ambiguities() -> None:
    policy = resolved(
        'ambiguity hours "Which?" quote "Daily."\n  reading weekdays "on weekdays"\n'
        '  reading all_week\n  settled as all_week because "A letter."'
    )
    found = policy.ambiguities["hours"]
    assert (found.question, found.quote) == ("Which?", "Daily.")
    assert [(each.name, each.text) for each in found.readings] == [
        ("weekdays", "on weekdays"),
        ("all_week", "all week"),
    ]
    assert (found.settled, found.because) == ("all_week", "A letter.")
    should = policy.ambiguities[SHOULD]
    assert next(iter(policy.ambiguities)) == SHOULD
    assert tuple(each.name for each in should.readings) == SHOULD_READINGS
    assert (should.settled, should.place) == (None, None)


# --- actions, decisions, powers, outputs --------------------------------------------------


def test_actions() -> None:
    policy = resolved('action let_in "let in" by guard\naction send_off')
    one, two = policy.actions["let_in"], policy.actions["send_off"]
    assert (one.phrase, one.by, two.phrase, two.by) == ("let in", "guard", "send off", None)


@pytest.mark.parametrize(
    ("bound", "low", "high"),
    [
        ("exactly one", 1, 1),
        ("exactly 2", 2, 2),
        ("exactly 0", 0, 0),
        ("at most one", 0, 1),
        ("at most 2", 0, 2),
        ("at least one", 1, 2),
        ("at least 0", 0, 2),
    ],
)
def test_decisions(bound: str, low: int, high: int) -> None:
    found = resolved(f"decision d is {bound} of admit, refuse").decisions["d"]
    assert (found.low, found.high) == (low, high)
    assert (found.actions, found.when, found.under) == (("admit", "refuse"), TRUE, None)
    scoped = resolved(
        f"decision d is {bound} of admit, refuse when badge under guests is everybody"
    ).decisions["d"]
    assert (scoped.when, scoped.under) == (BADGE, EVERYBODY)


def test_powers_and_settlements() -> None:
    policy = resolved(
        'cannot admit, refuse when badge under guests is everybody because "Nobody there."\n'
        "cannot admit\nsettle admit, refuse when badge\nsettle admit"
    )
    assert [(each.action, each.when, each.under, each.because) for each in policy.incapacities] == [
        ("admit", BADGE, EVERYBODY, "Nobody there."),
        ("refuse", BADGE, EVERYBODY, "Nobody there."),
        ("admit", TRUE, None, None),
    ]
    assert [(each.actions, each.when) for each in policy.settlements] == [
        (("admit", "refuse"), BADGE),
        (("admit",), TRUE),
    ]


def test_outputs() -> None:
    policy = resolved('output o : 0 .. 9 "the level" when badge')
    found = policy.outputs["o"]
    assert (found.type, found.phrase, found.when) == (Integer(0, 9), "the level", BADGE)
    assert policy.outputs["fee"].when is TRUE
