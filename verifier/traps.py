"""Where a run is stuck, or goes round for ever: as questions, and as the evaluator sees it."""

from __future__ import annotations

from collections.abc import Callable

from policy_dsl.model import Expr, NormEffect, Process, State, Strength
from policy_dsl.runs import Configuration, Runner
from verifier import names
from verifier.check import Context
from verifier.process_questions import RunQuestions
from verifier.readings import ReadingSet
from verifier.session import Session
from verifier.solvers.backend import Term


def trap_goal(asks: RunQuestions, state: State | None, strength: Strength) -> Term:
    """A run comes to where it is stuck in a state; without one, to where it goes round for ever."""
    backend, unless = asks.session.backend, asks.session.unless
    reached, stuck = asks.reached(strength), asks.stuck(strength)
    limbs = []
    if state is not None:
        for index, node in enumerate(asks.graph.nodes):
            if node.state == state.name:
                limbs.append(backend.conj([reached[index], stuck[index]]))
        return asks.some(limbs)
    ending, states = asks.can_end(strength), asks.graph.process.states
    dead = {i: [stuck[i]] for i, n in enumerate(asks.graph.nodes) if not states[n.state].end}
    stopping = asks.can_reach(strength, "stuck", dead)
    for index in range(len(asks.graph.nodes)):
        terms = [reached[index], unless(ending[index]), unless(stopping[index])]
        limbs.append(backend.conj(terms))
    return asks.some(limbs)


def read_so(session: Session, readings: ReadingSet) -> Term:
    """The text is read in one of the ways of a set; it fails exactly where it is not."""
    backend = session.backend
    cubes = []
    for cube in readings.cubes:
        parts = [[session.named(names.reading(n, v)) for v in values] for n, values in cube]
        cubes.append(backend.conj([backend.disj(part) for part in parts]))
    return session.literal(backend.disj(cubes))


def trap_shows(runner: Runner, state: State | None) -> Callable[[Configuration], bool]:
    """Whether a configuration is such a trap, by the evaluator alone."""
    states = runner.process.states

    def stuck(at: Configuration) -> bool:
        return not states[at.state].end and not runner.moves(at)

    def lost(at: Configuration) -> bool:
        onward = runner.reached([at])
        return not any(states[each.state].end or stuck(each) for each in onward)

    if state is None:
        return lost
    name = state.name
    return lambda at: at.state == name and stuck(at)


def conditions_of_runs(ctx: Context, process: Process) -> tuple[Expr, ...]:
    """The conditions in which a case at the start is told."""
    actions = {each.action for each in process.steps.values()}
    bans = [
        clause.name
        for clause in ctx.policy.clauses.values()
        if any(
            isinstance(e, NormEffect) and e.force == "forbid" and e.action in actions
            for e in clause.effects
        )
    ]
    found = list(ctx.atoms.of_condition(process.when))
    for step in process.steps.values():
        found += ctx.atoms.of_condition(step.when)
    return (*found, *ctx.atoms.of_clauses(bans))
