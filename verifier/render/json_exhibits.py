"""What no single case can show, as JSON: several persons, a run, a timeline; processes; control."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict, assert_never

from policy_dsl.model import Policy
from verifier.exhibits import ControlRow, Exhibit, Persons, ProcessMap, Run, Stage, Timeline
from verifier.render.json_cases import CaseDict, WitnessDict, witness
from verifier.render.json_cases import case as whole_case


class PersonDict(TypedDict):
    """One of several persons, or of whatever the policy is about, and how many such there are.

    ``said`` says what follows for each of them."""

    label: str
    count: int
    said: str
    witness: WitnessDict


class PersonsDict(TypedDict):
    """Persons whom clauses rank, or who need more of a resource than there is.

    All have the same readings. ``capacity``: how many units of the resource there are; null where
    it plays no part."""

    kind: Literal["persons"]
    resource: str
    capacity: int | None
    members: list[PersonDict]


class StageDict(TypedDict):
    """A state, the case while it lasts, and the step taken next: null at the end of the run.

    ``changes`` says in sentences what the step changes."""

    state: str
    phrase: str
    case: CaseDict
    step: str | None
    step_phrase: str | None
    by: str | None
    changes: list[str]


class RunDict(TypedDict):
    """A run of a process from its start; ``said`` says what is so at its last stage."""

    kind: Literal["run"]
    process: str
    start: WitnessDict
    stages: list[StageDict]
    said: str


class MarkDict(TypedDict):
    """A point in time, in minutes after the first: what happens then, or is due from or until
    then, and by which clause."""

    minutes: int
    mark: Literal["event", "earliest", "latest"]
    label: str
    clause: str | None


class TimelineDict(TypedDict):
    """Points in time, in their order, and a case in which the clauses on it are in force."""

    kind: Literal["timeline"]
    marks: list[MarkDict]
    witness: WitnessDict
    said: str


ExhibitDict = PersonsDict | RunDict | TimelineDict


class ProcessStateDict(TypedDict):
    """A state of a process. ``reached``: by some run; null: not settled."""

    state: str
    phrase: str
    start: bool
    end: bool
    reached: bool | None


class ProcessStepDict(TypedDict):
    """A step of a process. ``reached``: some run takes it; null: not settled."""

    step: str
    phrase: str
    by: str | None
    sources: list[str]
    target: str
    action: str | None
    reached: bool | None


class ProcessDict(TypedDict):
    """A process with its states and steps."""

    process: str
    title: str
    states: list[ProcessStateDict]
    steps: list[ProcessStepDict]


class ControlDict(TypedDict):
    """What one role can do about a clause: by which facts it has a say, whether it can keep the
    clause from being in force alone, and bring it about alone; null: not settled. The readings
    that this needs are said behind ``when``; empty: any under which the clause can be in force."""

    role: str
    facts: list[str]
    blocks: bool | None
    brings: bool | None
    blocks_when: str
    brings_when: str


class ControlRowDict(TypedDict):
    """Who controls a clause that permits or releases; ``occurs``: it can be in force at all."""

    clause: str
    title: str
    says: str
    occurs: bool | None
    roles: list[ControlDict]
    reason: str | None


def exhibit(policy: Policy, shown: Exhibit) -> ExhibitDict:
    """What shows a fault beyond one case."""
    match shown:
        case Persons():
            return _persons(policy, shown)
        case Run():
            return {
                "kind": "run",
                "process": shown.process,
                "start": witness(policy, shown.start),
                "stages": [_stage(policy, each) for each in shown.stages],
                "said": shown.said,
            }
        case Timeline():
            return _timeline(policy, shown)
        case _:
            assert_never(shown)


def _persons(policy: Policy, shown: Persons) -> PersonsDict:
    return {
        "kind": "persons",
        "resource": shown.resource,
        "capacity": shown.capacity,
        "members": [
            {
                "label": each.label,
                "count": each.count,
                "said": each.said,
                "witness": witness(policy, each.witness),
            }
            for each in shown.members
        ],
    }


def _stage(policy: Policy, stage: Stage) -> StageDict:
    return {
        "state": stage.state,
        "phrase": stage.phrase,
        "case": whole_case(policy, stage.case),
        "step": stage.step or None,
        "step_phrase": stage.step_phrase or None,
        "by": stage.by,
        "changes": list(stage.changes),
    }


def _timeline(policy: Policy, shown: Timeline) -> TimelineDict:
    return {
        "kind": "timeline",
        "marks": [
            {
                "minutes": each.minutes,
                "mark": each.kind,
                "label": each.label,
                "clause": each.clause,
            }
            for each in shown.marks
        ],
        "witness": witness(policy, shown.witness),
        "said": shown.said,
    }


def processes(maps: Sequence[ProcessMap]) -> list[ProcessDict]:
    """The processes of a policy."""
    return [
        {
            "process": each.name,
            "title": each.title,
            "states": [
                {
                    "state": state.name,
                    "phrase": state.phrase,
                    "start": state.start,
                    "end": state.end,
                    "reached": state.reached,
                }
                for state in each.states
            ],
            "steps": [
                {
                    "step": step.name,
                    "phrase": step.phrase,
                    "by": step.by,
                    "sources": list(step.sources),
                    "target": step.target,
                    "action": step.action,
                    "reached": step.reached,
                }
                for step in each.steps
            ],
        }
        for each in maps
    ]


def control(rows: Sequence[ControlRow]) -> list[ControlRowDict]:
    """Who controls which permission or release."""
    return [
        {
            "clause": row.clause,
            "title": row.title,
            "says": row.says,
            "occurs": row.occurs,
            "roles": [
                {
                    "role": each.role,
                    "facts": list(each.facts),
                    "blocks": each.blocks,
                    "brings": each.brings,
                    "blocks_when": each.blocks_when,
                    "brings_when": each.brings_when,
                }
                for each in row.roles
            ],
            "reason": row.reason,
        }
        for row in rows
    ]
