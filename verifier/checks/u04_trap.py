"""U04: a lawful run that can no longer come to any end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policy_dsl.model import Process, State, Strength
from policy_dsl.runs import Runner
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity
from verifier.process_runs import exhibit, find_run, hindrances
from verifier.readings import ReadingSet
from verifier.solvers.backend import Term
from verifier.traps import conditions_of_runs, read_so, trap_goal, trap_shows
from verifier.unreachable import never_under


@dataclass(frozen=True)
class _Item:
    """A state in which a run may be stuck; without one, runs that go round for ever."""

    number: int
    process: Process
    state: State | None


def _items(ctx: Context) -> Iterable[_Item]:
    for number, process in enumerate(ctx.policy.processes.values()):
        states = process.states.values()
        if any(each.end for each in states):
            yield from (_Item(number, process, each) for each in states if not each.end)
            yield _Item(number, process, None)


def _examine(ctx: Context, item: _Item) -> Iterator[Finding]:
    asks = ctx.runs[item.number]
    strictly = [trap_goal(asks, item.state, "must")]
    always = ctx.explorer.reached(strictly)
    if not always.never:
        yield _finding(ctx, item, "must", strictly, always)
    advised = [trap_goal(asks, item.state, "should")]
    only = never_under(ctx, [always, ctx.explorer.reached(advised)], [], within=1)
    if not only.never:
        yield _finding(ctx, item, "should", [*advised, read_so(ctx.session, only)], only)


def _finding(
    ctx: Context,
    item: _Item,
    strength: Strength,
    goal: list[Term],
    readings: ReadingSet,
) -> Finding:
    policy, evaluator, process = ctx.policy, ctx.shared.evaluator, item.process
    region = ctx.explorer.example(goal, conditions_of_runs(ctx, process))
    assert region is not None  # the goal was found possible
    start = ctx.witness(region, lambda _: True)
    runner = Runner(evaluator, process, strength)
    run = find_run(runner, region.case, trap_shows(runner, item.state))
    last = run[-1][0]
    where = process.states[last.state]
    if item.state is not None:
        title = f'"{process.title}" can come to a stop where {where.phrase}: no lawful step is left'
        said = "No lawful step is left, and the process has not come to an end."
    else:
        title = f'"{process.title}" can go round for ever once {where.phrase}'
        said = "Lawful steps are left for ever, but none of them leads to an end."
    reasons = hindrances(evaluator, runner, last)
    bans = dict.fromkeys(
        clause
        for step in process.steps.values()
        if last.state in step.sources
        for clause in runner.hindrance(step, last).forbidden_by
    )
    settles = ["A step that can be taken there and leads on to an end would settle it."]
    if bans:
        settles.append("So would an exception for this case in what forbids a step out of there.")
    return Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity if strength == "must" else Severity.WARNING,
        title=title,
        sides=tuple(ctx.side(each) for each in bans),
        related=(Related(label=f"the state {where.name}", place=where.place),),
        consequence="Whoever keeps to the policy can take the process to no end from there.",
        strength=strength,
        readings=readings,
        exhibit=exhibit(policy, process, start, run, said),
        explanation=reasons,
        settles=tuple(settles),
        key=(process.name, item.state.name if item.state else "round", strength),
    )


CHECK: Check[_Item] = Check(
    code="U04",
    name="trap",
    severity=Severity.ERROR,
    polarity="sat",
    question="Is there a lawful run that can no longer reach any end?",
    documentation="""
A run of a process, in which every step is lawful when it is taken, comes to a point from which no
lawful run leads to an end state: either no lawful step is left at all, or those that are left only
go round. Somebody is held for ever, or a request is never decided, by a policy that everybody keeps
to. The finding shows such a run, step by step, and says for each step out of the last state why it
cannot be taken.

A step is lawful at must strength where no clause in force forbids its action at must strength (a
"should" counts where it is read as binding), and at should strength where none forbids it at all.
A trap at must strength is an error; one that is there only for somebody who follows every "should"
as well is a warning. A process without an end state is not asked about.

Facts that no step changes stay as they are for the whole run. Where somebody may yet decide, the
process needs a step that says so: step decide from held to held sets approved to any.

How to mend it: add the step that leads out, or give what forbids it an exception.
""",
    items=_items,
    examine=_examine,
    describe=lambda item: (
        f"whether a run of {item.process.name} can be caught"
        + (f" in the state {item.state.name}" if item.state else " going round")
    ),
    on_runs=True,
)
