"""What brute force says of processes: every run of every case is followed with the evaluator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from policy_dsl.model import NormEffect, Process, Strength
from policy_dsl.runs import Configuration, Runner
from tests.verifier.world import Found, Point, Read, World, forcing

STRENGTHS: tuple[Strength, ...] = ("must", "should")


@dataclass
class Followed:
    """What is so on some run, each with the readings under which it is."""

    begun: set[Read] = field(default_factory=set)
    states: dict[str, set[Read]] = field(default_factory=lambda: defaultdict(set))
    steps: dict[str, set[Read]] = field(default_factory=lambda: defaultdict(set))
    clauses: dict[tuple[str, str], set[Read]] = field(default_factory=lambda: defaultdict(set))
    traps: dict[str, set[Read]] = field(default_factory=lambda: defaultdict(set))


class Explored:
    """Every configuration of a process that is reached from some case, each looked at once."""

    def __init__(self, runner: Runner, points: list[Point]) -> None:
        self.runner = runner
        self.of_point: list[list[int]] = []
        self.all: list[Configuration] = []
        self.moves: list[list[tuple[str, int]]] = []
        self._ids: dict[Configuration, int] = {}
        starts = [[self._id(e) for e in runner.starts(point.case)] for point in points]
        for at in self.all:  # grows while it is gone through
            self.moves.append([(each.step, self._id(each.after)) for each in runner.moves(at)])
        self.of_point = [sorted(self._onward(each)) for each in starts]
        states = runner.process.states
        self.stuck = {
            each
            for each, at in enumerate(self.all)
            if not states[at.state].end and not self.moves[each]
        }
        self.ending = self._leading({i for i, at in enumerate(self.all) if states[at.state].end})
        self.stopping = self._leading(self.stuck)

    def _id(self, at: Configuration) -> int:
        found = self._ids.setdefault(at, len(self.all))
        if found == len(self.all):
            self.all.append(at)
        return found

    def _onward(self, starts: list[int]) -> set[int]:
        seen, queue = set(starts), list(starts)
        while queue:
            for _, after in self.moves[queue.pop()]:
                if after not in seen:
                    seen.add(after)
                    queue.append(after)
        return seen

    def _leading(self, goals: set[int]) -> set[int]:
        found = set(goals)
        grown = True
        while grown:
            more = {
                each
                for each, moves in enumerate(self.moves)
                if each not in found and any(after in found for _, after in moves)
            }
            found |= more
            grown = bool(more)
        return found

    def traps(self, point: int) -> set[str]:
        """The states in which the runs of a case may be stuck; "round" where one goes on for
        ever."""
        reached = self.of_point[point]
        found = {self.all[each].state for each in reached if each in self.stuck}
        if any(each not in self.ending and each not in self.stopping for each in reached):
            found.add("round")
        return found


def explore(world: World, process: Process, strength: Strength) -> Explored:
    """Everything that the runs of a process come to."""
    return Explored(Runner(world.evaluator, process, strength), world.points)


def follow(world: World, process: Process, strength: Strength) -> Followed:
    """Follow every run of every case."""
    explored, found = explore(world, process, strength), Followed()
    has_end = any(each.end for each in process.states.values())
    spoken = {
        (clause.name, effect.action)
        for clause in world.policy.clauses.values()
        for effect in clause.effects
        if isinstance(effect, NormEffect)
    }
    for index, point in enumerate(world.points):
        reached = explored.of_point[index]
        if reached:
            found.begun.add(point.read)
        for each in reached:
            at = explored.all[each]
            found.states[at.state].add(point.read)
            for step, _ in explored.moves[each]:
                found.steps[step].add(point.read)
                action = process.steps[step].action
                for clause in explored.runner.outcome(at.case).in_force:
                    if action is not None and (clause, action) in spoken:
                        found.clauses[clause, action].add(point.read)
        if has_end:
            for trap in explored.traps(index):
                found.traps[trap].add(point.read)
    return found


def expected(world: World) -> Found:
    """What U03, U04 and U05 have to find, by their keys."""
    found: dict[object, frozenset[Read]] = {}
    comes: dict[tuple[str, str], set[Read]] = defaultdict(set)
    done = set()
    for process in world.policy.processes.values():
        strict, advised = (follow(world, process, each) for each in STRENGTHS)
        for key, reads in _dead(world, process, strict):
            found["U05", *key] = frozenset(reads)
        for trap in {*strict.traps, *advised.traps}:
            found["U04", process.name, trap, "must"] = frozenset(strict.traps[trap])
            only = advised.traps[trap] - strict.traps[trap]
            found["U04", process.name, trap, "should"] = frozenset(only)
        done |= {step.action for step in process.steps.values()}
        for pair, reads in strict.clauses.items():
            comes[pair] |= reads
    for clause in world.policy.clauses.values():
        for effect in clause.effects:
            if not isinstance(effect, NormEffect) or effect.force == "forbid":
                continue
            if effect.action in done:
                alone = world.reads_of(forcing(clause.name))
                pair = clause.name, effect.action
                found["U03", *pair] = frozenset(alone - comes[pair])
    return {key: reads for key, reads in found.items() if reads}


def _dead(
    world: World, process: Process, strict: Followed
) -> Iterator[tuple[tuple[str, ...], set[Read]]]:
    yield (process.name,), set(world.reads) - strict.begun
    for state in process.states:
        yield (process.name, "state", state), strict.begun - strict.states[state]
    for step in process.steps.values():
        sources: set[Read] = set().union(*(strict.states[each] for each in step.sources))
        open_ = sources & strict.states[step.target]
        yield (process.name, "step", step.name), open_ - strict.steps[step.name]
