"""The reference meaning of a process: what can happen after what, case by case, without a solver.

A configuration is a state and a full case. A step can be taken from a configuration when its state
is one of the step's sources, ``when`` holds, its action is lawful and what it changes gives a case
that keeps to all types and assumptions. An action is lawful where nothing makes it impossible and
no clause in force forbids it: at ``must``, no clause that forbids it at must strength (a "should"
counts where it is read as binding); at ``should``, none at all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product

from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator, Outcome
from policy_dsl.model import SHOULD, Incapacity, NormEffect, Process, Step, Strength

MOST_CONFIGURATIONS = 20_000
"""How many configurations of one case are looked at."""


class TooMany(Exception):
    """More than ``MOST_CONFIGURATIONS`` follow from one case."""


@dataclass(frozen=True)
class Configuration:
    """Where a run stands: a state, and what is so while it lasts."""

    state: str
    case: Case


@dataclass(frozen=True)
class Move:
    """A step that is taken, and where it leads."""

    step: str
    after: Configuration


@dataclass(frozen=True, kw_only=True)
class Hindrance:
    """Why a step cannot be taken from a configuration with one of its sources: its condition
    fails, clauses forbid its action, incapacities exclude it, or whatever it could change breaks
    an assumption. With none of these it can be taken."""

    fails: bool
    forbidden_by: tuple[str, ...]
    excluded_by: tuple[Incapacity, ...]
    breaks: bool

    @property
    def free(self) -> bool:
        """Whether nothing stands in the way."""
        return not (self.fails or self.forbidden_by or self.excluded_by or self.breaks)


class Runner:
    """Follows the runs of one process, at one strength of lawfulness."""

    def __init__(self, evaluator: Evaluator, process: Process, strength: Strength) -> None:
        self.process = process
        self.strength: Strength = strength
        self._evaluator = evaluator
        self._begins = evaluator.condition(process.when)
        self._whens: dict[str, Callable[[Case], bool]] = {
            name: evaluator.condition(step.when) for name, step in process.steps.items()
        }
        self._outcomes: dict[Case, Outcome] = {}

    def starts(self, case: Case) -> tuple[Configuration, ...]:
        """Where a run can begin in a case: nowhere, if it is no valid one to begin with."""
        if not self._evaluator.is_valid(case) or not self._begins(case):
            return ()
        states = self.process.states.values()
        return tuple(Configuration(each.name, case) for each in states if each.start)

    def outcome(self, case: Case) -> Outcome:
        """What the policy says about a case of a run."""
        if case not in self._outcomes:
            self._outcomes[case] = self._evaluator.outcome(case)
        return self._outcomes[case]

    def hindrance(self, step: Step, at: Configuration) -> Hindrance:
        """What keeps a step from being taken from one of its sources."""
        fails = not self._whens[step.name](at.case)
        forbidden: tuple[str, ...] = ()
        excluded: tuple[Incapacity, ...] = ()
        if step.action is not None:
            outcome = self.outcome(at.case)
            forbidden = tuple(c for c in outcome.in_force if self._forbids(c, step.action, at.case))
            excluded = tuple(e for e in outcome.incapacities if e.action == step.action)
        return Hindrance(
            fails=fails,
            forbidden_by=forbidden,
            excluded_by=excluded,
            breaks=not self._results(step, at),
        )

    def _forbids(self, clause: str, action: str, case: Case) -> bool:
        binding = case.readings.get(SHOULD) == "binding"
        return any(
            isinstance(effect, NormEffect)
            and effect.action == action
            and effect.force == "forbid"
            and (self.strength == "should" or effect.strength == "must" or binding)
            for effect in self._evaluator.policy.clauses[clause].effects
        )

    def _results(self, step: Step, at: Configuration) -> list[Configuration]:
        """The valid configurations that a step can lead to, whether or not it can be taken."""
        names = [each.fact for each in step.changes]
        found = []
        for values in product(*(each.values for each in step.changes)):
            changed = dict(zip(names, values, strict=True))
            case = Case({**at.case.facts, **changed}, at.case.readings) if changed else at.case
            if not changed or self._evaluator.is_valid(case):
                found.append(Configuration(step.target, case))
        return found

    def moves(self, at: Configuration) -> list[Move]:
        """Every step that can be taken, with every outcome."""
        found = []
        for step in self.process.steps.values():
            if at.state in step.sources and self.hindrance(step, at).free:
                found += [Move(step.name, after) for after in self._results(step, at)]
        return found

    def reached(self, starts: Iterable[Configuration]) -> dict[Configuration, Configuration | None]:
        """Every configuration that lawful runs reach, in the order of fewest steps, each with one
        before it. Raises ``TooMany``."""
        before: dict[Configuration, Configuration | None] = dict.fromkeys(starts)
        queue = deque(before)
        while queue:
            at = queue.popleft()
            for move in self.moves(at):
                if move.after not in before:
                    if len(before) >= MOST_CONFIGURATIONS:
                        raise TooMany
                    before[move.after] = at
                    queue.append(move.after)
        return before

    def can_end(self, at: Configuration) -> bool:
        """Whether some lawful run leads from here to an end state. Raises ``TooMany``."""
        return any(self.process.states[each.state].end for each in self.reached([at]))

    def run_to(
        self, case: Case, shows: Callable[[Configuration], bool]
    ) -> list[tuple[Configuration, str]] | None:
        """A shortest run from a case to a configuration that shows something, or None.

        Each configuration comes with the step taken from it, the last with an empty text. Raises
        ``TooMany``.
        """
        before = self.reached(self.starts(case))
        last = next((each for each in before if shows(each)), None)
        run: list[tuple[Configuration, str]] = []
        following: Configuration | None = None
        while last is not None:
            run.append((last, "" if following is None else self._step_between(last, following)))
            last, following = before[last], last
        return run[::-1] or None

    def _step_between(self, at: Configuration, after: Configuration) -> str:
        return next(each.step for each in self.moves(at) if each.after == after)
