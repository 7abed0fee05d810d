"""Effects first: which effects can never be honoured together, found without looking at a case.

A shape is a smallest set of needs (an action done, or not done) that some decisions, taken
together, rule out. Which clauses have these effects, and whether a case puts them in force at
once, is asked afterwards (``clash_findings.py``): one question for all clauses of each effect.

Minimal unsatisfiable sets are enumerated with the map algorithm of Liffiton and others ("Fast,
flexible MUS enumeration", Constraints 21, 2016).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from policy_dsl.graph import components
from policy_dsl.model import Decision, NormEffect, Policy
from verifier.session import NotSettled
from verifier.solvers.backend import Answer, Backend, Term

MOST_SHAPES = 2000
"""How many shapes one group of connected decisions may have."""


@dataclass(frozen=True, order=True)
class Need:
    """An action that has to be done, or must not be done.

    ``liberty``: it is wanted by a permission (or a release from a duty) that is made use of,
    not by a duty.
    """

    action: str
    done: bool
    liberty: bool = False


@dataclass(frozen=True)
class Shape:
    """Needs that cannot all be met where the decisions are in scope; none can be left out."""

    needs: tuple[Need, ...]
    decisions: tuple[str, ...] = ()

    @property
    def liberty(self) -> Need | None:
        """The one need that is a liberty, if there is one."""
        return next((each for each in self.needs if each.liberty), None)

    @property
    def direct(self) -> bool:
        """Both needs are about one action."""
        return not self.decisions

    @property
    def closes_decision(self) -> bool:
        """Every need is that something is not done: too few options of a decision remain."""
        return bool(self.decisions) and not any(each.done for each in self.needs)


def effects_of(policy: Policy) -> set[Need]:
    """Every need that some clause has as its effect."""
    return {
        Need(effect.action, effect.wants_done, not effect.is_duty)
        for clause in policy.clauses.values()
        for effect in clause.effects
        if isinstance(effect, NormEffect)
    }


def shapes(policy: Policy, new_backend: Callable[[], Backend]) -> list[Shape]:
    """Every shape that the clauses, decisions and incapacities of a policy can fill.

    Raises ``NotSettled`` when connected decisions have too many.
    """
    effects = effects_of(policy)
    impossible = {each.action for each in policy.incapacities}
    available = {(each.action, each.done) for each in effects}
    available |= {(action, False) for action in impossible}
    plain = [
        Shape((Need(action, True), Need(action, False)))
        for action in policy.actions
        if (action, True) in available and (action, False) in available
    ]
    for group in _connected(policy):
        plain += _conflicts(group, available, new_backend)
    return [variant for shape in plain for variant in _variants(shape, effects, impossible)]


def _variants(shape: Shape, effects: set[Need], impossible: set[str]) -> Iterator[Shape]:
    """The shape with duties alone, and with each need in turn as a liberty."""

    def duty(need: Need) -> bool:
        return need in effects or (not need.done and need.action in impossible)

    if all(duty(each) for each in shape.needs):
        yield shape
    for index, need in enumerate(shape.needs):
        liberty = Need(need.action, need.done, liberty=True)
        others = [each for i, each in enumerate(shape.needs) if i != index]
        if liberty in effects and all(map(duty, others)) and any(o in effects for o in others):
            needs = (liberty, *others)
            yield Shape(needs, shape.decisions)


def _connected(policy: Policy) -> list[list[Decision]]:
    """Decisions in groups that share actions, directly or through others."""
    decisions = list(policy.decisions.values())
    touching = {
        one.name: [two.name for two in decisions if set(one.actions) & set(two.actions)]
        for one in decisions
    }
    return [
        [policy.decisions[name] for name in sorted(group)]
        for group in components([each.name for each in decisions], touching)
    ]


def _conflicts(
    decisions: Sequence[Decision],
    available: set[tuple[str, bool]],
    new_backend: Callable[[], Backend],
) -> list[Shape]:
    """All smallest sets of needs and decisions that cannot hold together."""
    actions = list(dict.fromkeys(a for each in decisions for a in each.actions))
    solver, chart = new_backend(), new_backend()
    selectors: list[tuple[Need | str, Term]] = []
    for decision in decisions:
        done = [solver.boolean(f"do:{a}") for a in decision.actions]
        kept = solver.conj(
            [solver.at_least(decision.low, done), solver.at_most(decision.high, done)]
        )
        selectors.append((decision.name, _selector(solver, f"decision:{decision.name}", kept)))
    for action in actions:
        do = solver.boolean(f"do:{action}")
        for truth in (True, False):
            if (action, truth) in available:
                term = do if truth else solver.neg(do)
                name = f"need:{action}:{truth}"
                selectors.append((Need(action, truth), _selector(solver, name, term)))
    marks = [chart.boolean(f"use:{index}") for index in range(len(selectors))]
    _forbid_direct(selectors, marks, chart)
    # Needs alone never conflict otherwise; without this every choice of them would be looked at.
    chart.require(
        chart.disj(
            [
                mark
                for (part, _), mark in zip(selectors, marks, strict=True)
                if isinstance(part, str)
            ]
        )
    )
    found: list[Shape] = []
    while _can_hold(chart, ()):
        seed = [i for i, mark in enumerate(marks) if chart.is_true(mark)]
        conflict = _conflict_in(solver, selectors, seed)
        if conflict is None:
            seed = _grown(solver, selectors, seed)
            outside = [mark for i, mark in enumerate(marks) if i not in set(seed)]
            chart.require(chart.disj(outside))
            continue
        chart.require(chart.disj([chart.neg(marks[i]) for i in conflict]))
        if len(found) >= MOST_SHAPES:
            names = ", ".join(each.name for each in decisions)
            raise NotSettled(f"the decisions {names} can clash in more than {MOST_SHAPES} ways")
        parts = [selectors[i][0] for i in conflict]
        needs = sorted(each for each in parts if isinstance(each, Need))
        names_ = sorted(each for each in parts if isinstance(each, str))
        found.append(Shape(tuple(needs), tuple(names_)))
    return sorted(found, key=lambda each: (len(each.needs), each.needs, each.decisions))


def _can_hold(solver: Backend, assumptions: Sequence[Term]) -> bool:
    answer = solver.check(assumptions)
    if answer is Answer.UNKNOWN:
        raise NotSettled(solver.reason())
    return answer is Answer.SAT


def _selector(solver: Backend, name: str, term: Term) -> Term:
    selector = solver.boolean(name)
    solver.require(solver.disj([solver.neg(selector), term]))
    return selector


def _forbid_direct(
    selectors: Sequence[tuple[Need | str, Term]], marks: Sequence[Term], chart: Backend
) -> None:
    """Two opposite needs on one action are a shape of their own already."""
    index = {part: mark for (part, _), mark in zip(selectors, marks, strict=True)}
    for part, mark in index.items():
        if isinstance(part, Need) and part.done:
            opposite = index.get(Need(part.action, False))
            if opposite is not None:
                chart.require(chart.disj([chart.neg(mark), chart.neg(opposite)]))


def _conflict_in(
    solver: Backend, selectors: Sequence[tuple[Need | str, Term]], seed: list[int]
) -> list[int] | None:
    """A smallest part of a seed that cannot hold, or None if all of it can."""
    if _can_hold(solver, [selectors[i][1] for i in seed]):
        return None
    core = [i for at, i in enumerate(seed) if at in solver.core()]
    for candidate in list(core):
        if candidate not in core:
            continue
        trial = [i for i in core if i != candidate]
        if not _can_hold(solver, [selectors[i][1] for i in trial]):
            core = [i for at, i in enumerate(trial) if at in solver.core()]
    return core


def _grown(
    solver: Backend, selectors: Sequence[tuple[Need | str, Term]], seed: list[int]
) -> list[int]:
    """A seed that can hold, with everything added that it can still bear."""
    grown = list(seed)
    for index in range(len(selectors)):
        if index not in seed and _can_hold(solver, [selectors[i][1] for i in (*grown, index)]):
            grown.append(index)
    return grown
