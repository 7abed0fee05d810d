"""Limits of time: what they mean, C09 against schedules tried out one by one, and its findings."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load_text
from policy_dsl.model import SHOULD, NormEffect, Policy, TimedBan, Timing
from policy_dsl.schedules import can_be_kept, in_force, times
from verifier.exhibits import Timeline
from verifier.findings import Finding
from verifier.pipeline import check_policy
from verifier.timelines import duration


def findings(text: str) -> list[Finding]:
    report = check_policy(load_text(text), codes=["C09"])
    assert not report.unsettled
    return list(report.findings)


# --- by trying out -------------------------------------------------------------------------

EVENTS = ("e0", "e1")
ACTIONS = ("a0", "a1")
LENGTH = 8
"""The one length that limits have besides none, in minutes."""

APART = range(-20, 21, 4)
"""How much later the second event may be: all that makes a difference, and what lies between."""

MOMENTS = range(-40, 41)
"""When an act may be done: finer than any difference, so that strict limits have room."""


def kept(policy: Policy, clauses: list[str], moments: dict[str, int]) -> bool:
    """Whether all limits of some clauses are kept, where each thing happens at a moment or, where
    it is not named, does not."""
    permits = [
        e.action
        for c in clauses
        for e in policy.clauses[c].effects
        if isinstance(e, NormEffect) and e.force == "permit"
    ]
    for clause in clauses:
        for effect in policy.clauses[clause].effects:
            match effect:
                case NormEffect(modality="may") if permits.count(effect.action) > 1:
                    continue
                case NormEffect():
                    limits, wanted = effect.timing, True
                case TimedBan():
                    limits, wanted = (effect.limit,), False
                case _:
                    continue
            if effect.action not in moments:
                continue
            for limit in limits:
                if limit.event in moments:
                    at, event = moments[effect.action], moments[limit.event]
                    if _within(limit, at, event) != wanted:
                        return False
    return True


def _within(limit: Timing, at: int, event: int) -> bool:
    match limit.word:
        case "within":
            return at <= event + limit.minutes
        case "not before":
            return at >= event + limit.minutes
        case "before":
            return at < event
        case "after":
            return at > event
        case _:
            return True


def brute(policy: Policy) -> bool:
    """Whether some case and some moments of the events leave no moments for the acts."""
    evaluator = Evaluator(policy)
    facts = list(policy.facts)
    outcomes = set()
    for values in product((False, True), repeat=len(facts)):
        case = Case(dict(zip(facts, values, strict=True)), {SHOULD: "advisory"})
        outcomes.add(tuple(evaluator.outcome(case).in_force))
    return any(_stuck(policy, list(clauses)) for clauses in outcomes)


def _stuck(policy: Policy, clauses: list[str]) -> bool:
    done = sorted(
        {
            e.action
            for c in clauses
            for e in policy.clauses[c].effects
            if isinstance(e, NormEffect) and e.force == "oblige"
        }
    )
    for later in APART:
        events = {"e0": 0, "e1": later}  # only how they stand to each other counts
        if not _kept_event(policy, events):
            continue
        alone = [
            [at for at in MOMENTS if kept(policy, clauses, {**events, action: at})]
            for action in done
        ]
        if not any(
            kept(policy, clauses, {**events, **dict(zip(done, at, strict=True))})
            for at in product(*alone)
        ):
            return True
    return False


def _kept_event(policy: Policy, events: dict[str, int]) -> bool:
    return all(
        _within(limit, events[event.name], events[limit.event or ""])
        for event in policy.events.values()
        for limit in event.timing
    )


def made_up(random: Random) -> str:
    """A small policy with limits of time."""
    order = random.choice(["", "", " after e0", " not before 8 minutes after e0"])
    lines = ["subject person", "fact x : yes/no", "event e0", f"event e1{order}"]
    lines += [f"action {name}" for name in ACTIONS]
    for index in range(random.randint(2, 4)):
        action = random.choice(ACTIONS)
        word = random.choice(["must", "must", "must", "may", "must not"])
        anchors = [each for each in (*EVENTS, *ACTIONS) if each != action]
        most = 1 if word == "must not" else 2
        limits = [_limit(random, random.choice(anchors)) for _ in range(random.randint(1, most))]
        if word in ("must", "may") and random.random() < 0.2:
            limits = []
        when = random.choice(["", "\n  when x", "\n  when not x"])
        prevails = f"\n  overrides C.{index - 1}" if index and random.random() < 0.15 else ""
        lines.append(f"clause C.{index}\n  {word} {action} {' '.join(limits)}{when}{prevails}")
    return "policy p\n" + "\n".join(lines)


def _limit(random: Random, anchor: str) -> str:
    minutes = random.choice([0, LENGTH])
    return random.choice(
        [
            f"within {minutes} minutes of {anchor}",
            f"not before {minutes} minutes after {anchor}",
            f"before {anchor}",
            f"after {anchor}",
        ]
    )


SEEDS = range(120)


@pytest.mark.parametrize("seed", SEEDS)
def test_c09_says_what_trying_out_says(seed: int) -> None:
    text = made_up(Random(seed))
    assert bool(findings(text)) == brute(load_text(text)), text


def test_both_answers_are_tried_out() -> None:
    said = [bool(findings(made_up(Random(seed)))) for seed in SEEDS]
    assert 30 < sum(said) < 90


# --- schedules -----------------------------------------------------------------------------

WINDOW = """\
policy p
event begun
action act
clause A must act within 2 hours of begun
clause B must act not before 1 hour after begun
"""


def test_a_schedule_lies_within_all_limits() -> None:
    policy = load_text(WINDOW)
    edges = in_force(policy, ["A", "B"], {SHOULD: "advisory"}, "must")
    found = times(edges, whole=True)
    assert found is not None
    assert 60 <= found["act"] - found["begun"] <= 120
    assert can_be_kept(edges, {"begun": 5000})


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ("must act within 2 hours of begun", "must act not before 2 hours after begun", False),
        ("must act within 2 hours of begun", "must act not before 3 hours after begun", True),
        ("must act within 2 hours of begun", "may act not before 3 hours after begun", True),
        ("may act within 2 hours of begun", "may act not before 3 hours after begun", False),
        ("must act within 2 hours of begun", "must not act within 2 hours of begun", True),
        ("must act within 2 hours of begun", "must not act within 1 hour of begun", False),
        ("must act before begun", "must act after begun", True),
        ("must act before begun", "must not act before begun", True),
        ("must act after begun", "must not act before begun", False),
        ("must act within 0 hours of begun", "must not act after begun", False),
        ("must not act after begun", "must not act not before 1 hour after begun", False),
    ],
)
def test_two_limits(first: str, second: str, clash: bool) -> None:
    text = f"policy p\nevent begun\naction act\nclause A {first}\nclause B {second}"
    assert bool(findings(text)) == clash


# --- findings ------------------------------------------------------------------------------


def test_a_priority_settles_it() -> None:
    text = WINDOW.replace("1 hour ", "3 hours ")
    assert len(findings(text)) == 1
    assert findings(f"{text}  overrides A") == []


def test_a_should_makes_it_a_warning() -> None:
    found = findings(WINDOW.replace("1 hour ", "3 hours ").replace("B must", "B should"))
    assert [(str(each.severity), each.strength) for each in found] == [("warning", "should")]


def test_limits_from_two_events_conflict_at_some_times() -> None:
    (found,) = findings(
        'policy p\nevent seized "it is seized"\nevent heard "it is heard"\n'
        'action act "give it back"\n'
        "clause A must act within 3 days of seized\n"
        "clause B must act not before 10 days after heard"
    )
    assert found.title.endswith(
        "cannot both be kept in time, unless it is seized at least 7 days after it is heard"
    )
    assert isinstance(found.exhibit, Timeline)
    labels = [(each.label, each.clause) for each in found.exhibit.marks]
    assert ("the latest time to give it back", "A") in labels
    assert ("the earliest time to give it back", "B") in labels
    minutes = [each.minutes for each in found.exhibit.marks]
    assert minutes == sorted(minutes)
    assert minutes[0] == 0


def test_a_declared_order_of_events_counts() -> None:
    text = (
        "policy p\nevent first\nevent last{}\naction act\n"
        "clause A must act after first\nclause B must act before last"
    )
    assert len(findings(text.format(""))) == 1
    assert findings(text.format(" after first")) == []


def test_where_events_never_happen_so_that_it_can_be_kept_nothing_is_said_of_them() -> None:
    text = (
        "policy p\nevent first\nevent last after first\naction act\n"
        "clause A must act before first\nclause B must act after last"
    )
    (found,) = findings(text)
    assert found.title.endswith("cannot both be kept in time")
    assert isinstance(found.exhibit, Timeline)


def test_a_circle_of_orders() -> None:
    text = "policy p\naction a\naction b\nclause A must a before b\nclause B {} b before a"
    (found,) = findings(text.format("must"))
    assert {each.clause for each in found.sides} == {"A", "B"}
    assert findings(text.format("may")) == []  # whoever may do b need not


def test_of_two_permissions_neither_bounds_the_duty() -> None:
    text = (
        "policy p\nsubject s\nfact x : yes/no\nevent e\naction a\n"
        "clause A must a within 1 hour of e\nclause B may a not before 2 hours after e\n"
        "clause C may a not before 3 hours after e{}"
    )
    assert findings(text.format("")) == []
    assert [[s.clause for s in each.sides] for each in findings(text.format(" when x"))] == [
        ["A", "B"]
    ]


def test_too_many_limits_are_not_settled() -> None:
    clauses = [f"clause C.{i} must a within {i + 1} hours of e\n" for i in range(40)]
    clauses += [f"clause D.{i} must a not before {i + 50} hours after e\n" for i in range(40)]
    text = "policy p\nevent e\naction a\n" + "".join(clauses)
    report = check_policy(load_text(text), codes=["C09"])
    assert [each.code for each in report.findings] == ["X01"]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, "1 minute"), (60, "1 hour"), (4320, "72 hours"), (5760, "4 days"), (30240, "3 weeks")],
)
def test_lengths_of_time(minutes: int, said: str) -> None:
    assert duration(minutes) == said
