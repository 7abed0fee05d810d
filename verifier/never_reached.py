"""States and steps that no lawful run comes to, and how they are told."""

from __future__ import annotations

from collections.abc import Iterable

from policy_dsl.model import Process, State, Step
from policy_dsl.wording import joined
from verifier.check import Context
from verifier.findings import Finding, Related, Severity
from verifier.process_blocks import Bar, told, why_never
from verifier.process_graph import begins
from verifier.process_questions import RunQuestions
from verifier.readings import ReadingSet
from verifier.solvers.backend import Term
from verifier.unreachable import within

CODE, NAME = "U05", "dead-step"


def begun(ctx: Context, asks: RunQuestions) -> ReadingSet:
    """The readings under which a process can begin."""
    if "begins" not in asks.known:
        start = ctx.session.named(begins(asks.graph.process.name))
        asks.known["begins"] = ctx.explorer.reached([start])
    return asks.known["begins"]


def reached(ctx: Context, asks: RunQuestions, state: str) -> ReadingSet:
    """The readings under which a lawful run comes to a state."""
    key = f"state {state}"
    if key not in asks.known:
        asks.known[key] = ctx.explorer.reached([asks.state_reached(state, "must")])
    return asks.known[key]


def never_begins(process: Process, dead: ReadingSet) -> Finding:
    """The finding that a process cannot begin under some readings."""
    return Finding(
        code=CODE,
        name=NAME,
        severity=Severity.WARNING,
        title=f'The process "{process.title}" can never begin',
        related=(Related(label=f"the process {process.name}", place=process.place),),
        consequence="Nothing that is said of its runs says anything.",
        readings=dead,
        proof="Proved: no case meets the condition under which it begins.",
        key=(process.name,),
    )


def dead_state(ctx: Context, asks: RunQuestions, state: State, dead: ReadingSet) -> Finding:
    """The finding that no lawful run comes to a state under some readings."""
    process = asks.graph.process
    steps = [each for each in process.steps.values() if each.target == state.name]
    lines = [] if steps else ["No step leads there."]
    bars: list[Bar] = []
    for step in steps:
        found = why_never(ctx.session, [(asks, step)], dead, "must")
        bars += found
        lines.append(told(ctx, [(asks, step)], found))
    return _finding(
        ctx,
        title=f'No lawful run of "{process.title}" comes to where {state.phrase}',
        related=Related(label=f"the state {state.name}", place=state.place),
        lines=lines,
        bars=bars,
        dead=dead,
        freely=asks.state_reached(state.name, "any"),
        key=(process.name, "state", state.name),
    )


def dead_step(ctx: Context, asks: RunQuestions, step: Step, dead: ReadingSet) -> Finding:
    """The finding that no lawful run takes a step under some readings."""
    process = asks.graph.process
    bars = why_never(ctx.session, [(asks, step)], dead, "must")
    return _finding(
        ctx,
        title=f'No lawful run of "{process.title}" ever takes the step: {step.phrase}',
        related=Related(label=f"the step {step.name}", place=step.place),
        lines=[told(ctx, [(asks, step)], bars)],
        bars=bars,
        dead=dead,
        freely=asks.step_taken(step.name, "any"),
        key=(process.name, "step", step.name),
    )


def _finding(
    ctx: Context,
    *,
    title: str,
    related: Related,
    lines: list[str],
    bars: Iterable[Bar],
    dead: ReadingSet,
    freely: Term,
    key: tuple[str, ...],
) -> Finding:
    bans = tuple(dict.fromkeys(each.clause for each in bars if each.clause is not None))
    if ctx.session.possible([freely, *within(ctx.session, dead)]):
        blame = "The policy stands in the way: without what it forbids, a run would come there."
    else:
        blame = "The process itself stands in the way, whatever the policy forbids."
    settles = []
    if bans:
        settles.append(f"An exception in {joined(list(bans), 'or')} for this step would settle it.")
    return Finding(
        code=CODE,
        name=NAME,
        severity=Severity.WARNING,
        title=title,
        sides=tuple(ctx.side(each) for each in bans),
        related=(related,),
        consequence=blame,
        readings=dead,
        explanation=tuple(lines),
        settles=tuple(settles),
        proof="Proved: no run in which every step is lawful comes there, however long it is.",
        key=key,
    )
