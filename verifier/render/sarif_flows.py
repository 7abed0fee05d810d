"""Runs and lines of time as code flows of SARIF: a stop for each stage or point in time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from policy_dsl.model import Policy
from policy_dsl.source import Place
from verifier.exhibits import Exhibit, Persons, Run, Stage, Timeline
from verifier.render import sarif_types as t
from verifier.render.sarif_places import Files
from verifier.render.sarif_words import mark, say, stage


def flows(policy: Policy, exhibit: Exhibit, near: Place, files: Files) -> list[t.CodeFlowDict]:
    """What shows a fault, stop by stop; ``near`` is where a stop is shown that has no place."""
    match exhibit:
        case Persons():
            return []
        case Run():
            stops = [
                (_declared(policy, exhibit.process, each) or near, stage(policy, each))
                for each in exhibit.stages
            ]
            said = exhibit.said
        case Timeline():
            places = {name: clause.place for name, clause in policy.clauses.items()}
            stops = [(places.get(each.clause or "", near), mark(each)) for each in exhibit.marks]
            said = exhibit.said
        case _:
            assert_never(exhibit)
    return [
        {
            "message": {"text": say(said)},
            "threadFlows": [{"locations": [*_stops(stops, files)]}],
        }
    ]


def _declared(policy: Policy, process: str, each: Stage) -> Place | None:
    """Where the step of a stage is declared, or the state at the end of the run."""
    found = policy.processes.get(process)
    if found is None:
        return None
    step, state = found.steps.get(each.step), found.states.get(each.state)
    if step is not None:
        return step.place
    return None if state is None else state.place


def _stops(stops: list[tuple[Place, str]], files: Files) -> Iterator[t.FlowLocationDict]:
    for number, (place, text) in enumerate(stops, start=1):
        yield {
            "location": {"physicalLocation": files.physical(place), "message": {"text": text}},
            "executionOrder": number,
            "importance": "essential",
        }
