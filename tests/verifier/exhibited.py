"""Reports with findings that no single case can show, for tests of renderers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from policy_dsl.case import Case, defaults
from policy_dsl.load import load_text
from policy_dsl.model import Policy
from policy_dsl.types import Value
from tests.verifier.pages import HOSTILE, hostile
from tests.verifier.reported import SMALL, small
from verifier.exhibits import (
    Control,
    ControlRow,
    Exhibit,
    Mark,
    Person,
    Persons,
    ProcessMap,
    ProcessState,
    ProcessStep,
    Run,
    Stage,
    Timeline,
)
from verifier.findings import Finding, Severity, Side
from verifier.pipeline import Report
from verifier.witness import Witness


def case(policy: Policy, **facts: Value) -> Case:
    """The usual case, but for some facts."""
    usual = defaults(policy)
    return Case({**usual.facts, **facts}, usual.readings)


def witness(policy: Policy, *statements: str, **facts: Value) -> Witness:
    """A case in which only the named facts matter."""
    return Witness(
        statements=statements,
        conditions=tuple((name, bool(value)) for name, value in facts.items()),
        left_out=tuple(name for name in policy.facts if name not in facts),
        case=case(policy, **facts),
    )


def two_ranked(policy: Policy) -> Persons:
    """Two persons, each preferred by another clause."""
    return Persons(
        resource="a bed",
        members=(
            Person(
                label="first person",
                witness=witness(
                    policy,
                    "The person is a child",
                    "The person is not old",
                    child=True,
                    old=False,
                ),
                said="A prefers this person, for whom it applies",
            ),
            Person(
                label="second person",
                witness=witness(
                    policy, "The person is ill", "The person is not old", ill=True, old=False
                ),
                said="B prefers this person",
            ),
        ),
    )


def too_many(policy: Policy) -> Persons:
    """A group of three who need two beds."""
    return Persons(
        resource="a bed",
        capacity=2,
        members=(
            Person(
                label="each of the first two",
                count=2,
                witness=witness(policy, "The person is ill", ill=True),
                said="Must be kept, which takes a bed",
            ),
            Person(
                label="the third",
                witness=witness(policy, "The person is old", old=True),
                said="Must be kept, which takes a bed",
            ),
        ),
    )


def trapped(policy: Policy) -> Run:
    """A run of ``house`` that ends where no step leads on."""
    return Run(
        process="house",
        start=witness(policy, "The person is ill", ill=True),
        stages=(
            Stage(
                state="outside",
                phrase="the person is outside",
                case=case(policy, ill=True),
                step="come_in",
                step_phrase="somebody lets the person in",
                by="door_keeper",
                changes=("The person is then old",),
            ),
            Stage(
                state="inside",
                phrase="the person is inside",
                case=case(policy, ill=True, old=True),
                step="lock",
                step_phrase="the door is locked",
            ),
            Stage(
                state="locked_in",
                phrase="the person is locked in",
                case=case(policy, ill=True, old=True),
            ),
        ),
        said="No lawful step leads on from here",
    )


def in_time(policy: Policy) -> Timeline:
    """A permission that begins after the duty is due."""
    return Timeline(
        marks=(
            Mark(minutes=0, label="the person comes in"),
            Mark(
                minutes=72 * 60,
                label="the latest time to release the person",
                clause="A",
                kind="latest",
            ),
            Mark(minutes=5 * 1440 + 121, label="there is a hearing"),
            Mark(
                minutes=15 * 1440,
                label="the earliest time to release the person",
                clause="B",
                kind="earliest",
            ),
        ),
        witness=witness(policy, "The person is ill", "The person is a child", ill=True, child=True),
        said="Whoever releases the person in time for A does it too early for B",
    )


def state(name: str, phrase: str, **more: bool | None) -> ProcessState:
    """A state, reached if nothing else is said."""
    return ProcessState(
        name=name,
        phrase=phrase,
        start=bool(more.get("start")),
        end=bool(more.get("end")),
        reached=more.get("reached", True),
    )


def step(
    name: str, phrase: str, sources: tuple[str, ...], target: str, reached: bool | None = True
) -> ProcessStep:
    """A step that a door keeper takes."""
    return ProcessStep(
        name=name,
        phrase=phrase,
        by="door_keeper",
        sources=sources,
        target=target,
        action="detain" if name == "lock" else None,
        reached=reached,
    )


HOUSE = ProcessMap(
    name="house",
    title="Coming and going",
    states=(
        state("outside", "the person is outside", start=True),
        state("inside", "the person is inside"),
        state("locked_in", "the person is locked in"),
        state("cellar", "the person is in the cellar", reached=False),
        state("gone", "the person is gone for good", end=True, reached=None),
    ),
    steps=(
        step("come_in", "somebody lets the person in", ("outside",), "inside"),
        step("lock", "the door is locked", ("inside",), "locked_in"),
        step("knock", "the person knocks and is let out again", ("inside",), "outside"),
        step("descend", "the person goes down", ("inside", "locked_in"), "cellar", reached=False),
        step("wait", "the person waits", ("inside",), "inside"),
        step("leave", "the person leaves", ("inside", "cellar"), "gone", reached=None),
    ),
)
"""Five states, among them one that nothing reaches; a step back, and one that stays."""


def large_process(states: int = 20, steps: int = 40) -> ProcessMap:
    """A process with steps forwards, backwards and far ahead."""
    return ProcessMap(
        name="large",
        title="A large process",
        states=tuple(
            state(
                f"s{n}",
                f"the person is in the state that has the number {n}",
                start=n == 0,
                end=n == states - 1,
            )
            for n in range(states)
        ),
        steps=tuple(
            step(
                f"t{n}",
                f"something happens for the {n}th time, and the person moves on",
                (f"s{n // 2}",),
                f"s{_after(n, states)}",
            )
            for n in range(steps)
        ),
    )


def _after(number: int, states: int) -> int:
    """Where a step of the large process leads: mostly ahead, now and then far, back or nowhere."""
    source = number // 2
    if number % 11 == 10:
        return source
    if number % 7 == 6:
        return max(source - 3, 0)
    return min(source + 1 + (number * 5 % 3), states - 1)


CONTROL = (
    ControlRow(
        clause="A",
        title="Children go",
        says="may release the person",
        occurs=True,
        roles=(
            Control(role="night_nurse", facts=("child",), blocks=True, brings=False),
            Control(role="door_keeper", facts=("old", "ill"), blocks=True, brings=True),
            Control(role="person", facts=("age",), blocks=False, brings=False),
        ),
    ),
    ControlRow(
        clause="A.old",
        title="The old go",
        says="may release the person",
        occurs=True,
        roles=(Control(role="night_nurse", facts=("child",), blocks=None, brings=None),),
        reason="the question was too hard",
    ),
    ControlRow(clause="E", title="", says="need not stay", occurs=False, roles=()),
)


def side(report: Report, clause: str, role: str) -> Side:
    """A clause of a report's policy as a side."""
    found = report.policy.clauses[clause]
    return Side(clause=clause, title=found.title, role=role, quotes=found.quotes, place=found.place)


def shown(report: Report, code: str, name: str, title: str, exhibit: Exhibit) -> Finding:
    """A finding with an exhibit, about the clauses A and B."""
    return Finding(
        code=code,
        name=name,
        severity=Severity.ERROR,
        strength="must",
        title=title,
        sides=(side(report, "A", "must come first"), side(report, "B", "must come first")),
        exhibit=exhibit,
        explanation=("Nothing says which of A and B prevails.",),
        key=(code, title),
    )


EXHIBITS: Mapping[str, str] = {
    "C06": "A and B order two persons in opposite ways for a bed",
    "C07": "Three persons need a bed and there are two",
    "U04": "A run of the process house ends in a trap",
    "C09": "A is due before B begins",
}
"""The titles of the findings of ``exhibited``, by code."""


def exhibited() -> Report:
    """The small report with a finding of each kind of exhibit, two processes and control."""
    report = small()
    house = 'process house "coming and going"\nstate out "the person is outside" start\n'
    policy = replace(report.policy, processes=load_text(f"{SMALL}\n{house}").processes)
    made = (
        ("C06", "opposed-ranks", two_ranked(policy)),
        ("C07", "over-capacity", too_many(policy)),
        ("U04", "trap", trapped(policy)),
        ("C09", "opposed-deadlines", in_time(policy)),
    )
    findings = tuple(shown(report, code, name, EXHIBITS[code], e) for code, name, e in made)
    return replace(
        report,
        policy=policy,
        findings=(*findings, *report.findings),
        processes=(HOUSE, large_process()),
        control=CONTROL,
    )


def hostile_exhibits() -> Report:
    """The same report, all of whose free texts are hostile."""
    plain = exhibited()
    report = hostile()
    told = replace(
        witness(plain.policy, HOSTILE, "The person is ill", ill=True), example=(HOSTILE, "It is so")
    )
    person = Person(label=HOSTILE, witness=told, said=HOSTILE, count=2)
    stage = Stage(
        state=HOSTILE,
        phrase=HOSTILE,
        case=told.case,
        step=HOSTILE,
        step_phrase=HOSTILE,
        by=HOSTILE,
        changes=(HOSTILE,),
    )
    mark = Mark(minutes=1, label=HOSTILE, clause=HOSTILE)
    stages = (stage, trapped(plain.policy).stages[0])
    exhibits: tuple[Exhibit, ...] = (
        Persons(resource=HOSTILE, members=(person, person), capacity=1),
        Run(process="house", start=told, stages=stages, said=HOSTILE),
        Run(process=HOSTILE, start=told, stages=(stage,), said=HOSTILE),
        Timeline(marks=(mark,), witness=told, said=HOSTILE),
    )
    findings = tuple(
        replace(each, exhibit=exhibit, key=(*each.key, str(number)))
        for number, (each, exhibit) in enumerate(
            zip((*plain.findings[:3], plain.findings[2]), exhibits, strict=True)
        )
    )
    return replace(
        report,
        findings=(*findings, *report.findings),
        processes=(
            replace(
                HOUSE,
                title=HOSTILE,
                states=tuple(replace(each, phrase=HOSTILE) for each in HOUSE.states),
                steps=tuple(replace(each, phrase=HOSTILE, by=HOSTILE) for each in HOUSE.steps),
            ),
        ),
        control=(
            replace(
                CONTROL[0],
                title=HOSTILE,
                says=HOSTILE,
                roles=(Control(role=HOSTILE, facts=(HOSTILE,), blocks=True, brings=None),),
                reason=HOSTILE,
            ),
        ),
    )
