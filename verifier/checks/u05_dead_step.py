"""U05: a state or a step that no lawful run of its process comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policy_dsl.model import Process, State, Step
from policy_dsl.wording import joined
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity
from verifier.process_blocks import Bar, told, why_never
from verifier.process_graph import begins
from verifier.process_questions import RunQuestions
from verifier.readings import ReadingSet, both
from verifier.solvers.backend import Term
from verifier.unreachable import never_under, within


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
    begun = _begun(ctx, asks)
    match item.part:
        case None:
            dead = never_under(ctx, [begun], [])
            if not dead.never:
                yield _never_begins(item.process, dead)
        case State() as state:
            dead = never_under(ctx, [_reached(ctx, asks, state.name), begun], [], within=1)
            if not dead.never:
                yield _dead_state(ctx, asks, state, dead)
        case Step() as step:
            taken = ctx.explorer.reached([asks.step_taken(step.name, "must")])
            sources = [_reached(ctx, asks, each) for each in step.sources]
            source = ReadingSet(tuple(cube for each in sources for cube in each.cubes))
            open_ = both(source, _reached(ctx, asks, step.target))
            dead = never_under(ctx, [taken, open_], [], within=1)
            if not dead.never:
                yield _dead_step(ctx, asks, step, dead)


def _begun(ctx: Context, asks: RunQuestions) -> ReadingSet:
    """The readings under which a process can begin."""
    if "begins" not in asks.known:
        start = ctx.session.named(begins(asks.graph.process.name))
        asks.known["begins"] = ctx.explorer.reached([start])
    return asks.known["begins"]


def _reached(ctx: Context, asks: RunQuestions, state: str) -> ReadingSet:
    """The readings under which a lawful run comes to a state."""
    key = f"state {state}"
    if key not in asks.known:
        asks.known[key] = ctx.explorer.reached([asks.state_reached(state, "must")])
    return asks.known[key]


def _never_begins(process: Process, dead: ReadingSet) -> Finding:
    return Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f'The process "{process.title}" can never begin',
        related=(Related(label=f"the process {process.name}", place=process.place),),
        consequence="Nothing that is said of its runs says anything.",
        readings=dead,
        proof="Proved: no case meets the condition under which it begins.",
        key=(process.name,),
    )


def _dead_state(ctx: Context, asks: RunQuestions, state: State, dead: ReadingSet) -> Finding:
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


def _dead_step(ctx: Context, asks: RunQuestions, step: Step, dead: ReadingSet) -> Finding:
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
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
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


def _describe(item: _Item) -> str:
    match item.part:
        case State(name=name):
            return f"whether a run comes to the state {name}"
        case Step(name=name):
            return f"whether a run takes the step {name}"
        case _:
            return f"whether {item.process.name} can begin"


CHECK: Check[_Item] = Check(
    code="U05",
    name="dead-step",
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
