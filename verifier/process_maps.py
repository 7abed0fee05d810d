"""Processes ready to be drawn: their states and steps, and which of them lawful runs come to."""

from __future__ import annotations

from collections.abc import Callable

from policy_dsl.model import Process
from verifier.check import Context
from verifier.exhibits import ProcessMap, ProcessState, ProcessStep
from verifier.process_questions import RunQuestions
from verifier.session import NotSettled
from verifier.shared import Shared
from verifier.solvers.backend import Term


def process_maps(shared: Shared) -> tuple[tuple[ProcessMap, ...], int]:
    """The map of every process, and how many questions were asked for them."""
    processes = list(shared.policy.processes.values())
    if not processes:
        return (), 0
    ctx = Context(shared.on_runs)
    try:
        asked: list[RunQuestions | None] = list(ctx.runs)
    except NotSettled:
        asked = [None] * len(processes)
    maps = tuple(_map(each, asks) for each, asks in zip(processes, asked, strict=True))
    return maps, ctx.questions


def _map(process: Process, asks: RunQuestions | None) -> ProcessMap:
    return ProcessMap(
        name=process.name,
        title=process.title,
        states=tuple(
            ProcessState(
                name=each.name,
                phrase=each.phrase,
                start=each.start,
                end=each.end,
                reached=_state(asks, each.name),
            )
            for each in process.states.values()
        ),
        steps=tuple(
            ProcessStep(
                name=each.name,
                phrase=each.phrase,
                by=each.by,
                sources=each.sources,
                target=each.target,
                action=each.action,
                reached=_step(asks, each.name),
            )
            for each in process.steps.values()
        ),
    )


def _state(asks: RunQuestions | None, state: str) -> bool | None:
    return None if asks is None else _possible(asks, lambda: asks.state_reached(state, "must"))


def _step(asks: RunQuestions | None, step: str) -> bool | None:
    return None if asks is None else _possible(asks, lambda: asks.step_taken(step, "must"))


def _possible(asks: RunQuestions, goal: Callable[[], Term]) -> bool | None:
    try:
        return asks.session.possible([goal()])
    except NotSettled:
        return None
