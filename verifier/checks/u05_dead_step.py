"""U05: a state or a step that no lawful run of its process comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policy_dsl.model import Process, State, Step
from verifier.check import Check, Context
from verifier.findings import Finding, Severity
from verifier.never_reached import (
    CODE,
    NAME,
    begun,
    dead_state,
    dead_step,
    never_begins,
    reached,
)
from verifier.readings import ReadingSet, both
from verifier.unreachable import never_under


@dataclass(frozen=True)
class _Item:
    """A process, or one of its states or steps; ``number`` is the process's."""

    number: int
    process: Process
    part: State | Step | None = None


def _items(ctx: Context) -> Iterable[_Item]:
    for number, process in enumerate(ctx.policy.processes.values()):
        yield _Item(number, process)
        yield from (_Item(number, process, each) for each in process.states.values())
        yield from (_Item(number, process, each) for each in process.steps.values())


def _examine(ctx: Context, item: _Item) -> Iterator[Finding]:
    asks = ctx.runs[item.number]
    begins = begun(ctx, asks)
    match item.part:
        case None:
            dead = never_under(ctx, [begins], [])
            if not dead.never:
                yield never_begins(item.process, dead)
        case State() as state:
            dead = never_under(ctx, [reached(ctx, asks, state.name), begins], [], within=1)
            if not dead.never:
                yield dead_state(ctx, asks, state, dead)
        case Step() as step:
            taken = ctx.explorer.reached([asks.step_taken(step.name, "must")])
            sources = [reached(ctx, asks, each) for each in step.sources]
            source = ReadingSet(tuple(cube for each in sources for cube in each.cubes))
            open_ = both(source, reached(ctx, asks, step.target))
            dead = never_under(ctx, [taken, open_], [], within=1)
            if not dead.never:
                yield dead_step(ctx, asks, step, dead)


def _describe(item: _Item) -> str:
    match item.part:
        case State(name=name):
            return f"whether a run comes to the state {name}"
        case Step(name=name):
            return f"whether a run takes the step {name}"
        case _:
            return f"whether {item.process.name} can begin"


CHECK: Check[_Item] = Check(
    code=CODE,
    name=NAME,
    severity=Severity.WARNING,
    polarity="unsat",
    question="Can each state be reached, and each step be taken?",
    documentation="""
A process has states and steps. No run of it, however long, comes to the state, or takes the step,
as long as every step on the way is lawful when it is taken: its action is possible, and no clause
in force forbids it at must strength. A "should" counts where it is read as binding.

The finding says for each step that leads there what stands in the way: a smallest set of
conditions, bans and assumptions that never let it happen. It says whether the policy or the
process itself is in the way. A step that leads to a state that is never reached is told with that
state.

How to mend it: add the step that is missing, correct its condition, or give the ban an exception;
if the policy really bars the way, the finding is about the policy.
""",
    items=_items,
    examine=_examine,
    describe=_describe,
    on_runs=True,
)
