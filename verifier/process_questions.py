"""Questions about the runs of one process, as terms about the case in which they begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from policy_dsl.graph import components
from policy_dsl.model import Step
from verifier import names
from verifier.process_graph import Arrow, ProcessGraph, begins, conditions_of, needs, within
from verifier.readings import ReadingSet
from verifier.session import NotSettled, Session
from verifier.solvers.backend import Term

Law = Literal["must", "should", "any"]
"""Which steps are lawful: those that no clause forbids at must strength, those that no clause
forbids at all, or all, whatever the policy says."""

Way: TypeAlias = "tuple[RunQuestions, Step]"
"""A step of the process that is asked about."""

MOST_ROUNDS = 100_000
"""How many arrows may be followed, round by round, inside circles of a graph."""


@dataclass
class RunQuestions:
    """Asks one session about one process. Every term it gives holds of a case in which the run
    begins, exactly when what it says is so."""

    session: Session
    graph: ProcessGraph
    known: dict[str, ReadingSet] = field(default_factory=dict)
    """The readings under which something was found to be so, for checks that ask it again."""
    _taken: dict[tuple[Law, int], Term] = field(default_factory=dict)
    _reached: dict[Law, list[Term]] = field(default_factory=dict)
    _ending: dict[tuple[Law, str], list[Term]] = field(default_factory=dict)

    # --- one step -------------------------------------------------------------------------

    def named(self, label: str, name: str) -> Term:
        """A constant of one of the copies."""
        return self.session.named(within(label, name))

    def lawful(self, arrow: Arrow, law: Law) -> list[Term]:
        """The action of a step is lawful where it is taken."""
        action = self.graph.process.steps[arrow.step].action
        if action is None or law == "any":
            return []
        forbidden = names.binding if law == "must" else names.effect
        barred = [names.impossible(action), forbidden("forbid", action)]
        return [self.session.unless(self.named(arrow.label, each)) for each in barred]

    def needs(self, arrow: Arrow) -> list[Term]:
        """The condition of a step holds where it is taken, part by part."""
        count = len(self.graph.parts[arrow.step].needs)
        return [self.session.named(needs(arrow.label, index)) for index in range(count)]

    def taken(self, index: int, law: Law) -> Term:
        """A step can be taken from its node with this outcome."""
        if (law, index) not in self._taken:
            arrow = self.graph.arrows[index]
            part = self.graph.parts[arrow.step]
            terms = [self.session.named(e) for e in conditions_of(part, arrow.label, arrow.result)]
            terms += self.lawful(arrow, law)
            self._taken[law, index] = self.session.literal(self.session.backend.conj(terms))
        return self._taken[law, index]

    # --- runs -----------------------------------------------------------------------------

    def reached(self, law: Law) -> list[Term]:
        """For each node: a run reaches it."""
        if law not in self._reached:
            start = self.session.named(begins(self.graph.process.name))
            first = {index: [start] for index in range(self.graph.starts)}
            self._reached[law] = self._follow(law, first, forwards=True)
        return self._reached[law]

    def can_reach(self, law: Law, key: str, goals: Mapping[int, list[Term]]) -> list[Term]:
        """For each node: some run leads on from it to a node where one of its goals holds. The
        ``key`` tells goals apart."""
        if (law, key) not in self._ending:
            self._ending[law, key] = self._follow(law, goals, forwards=False)
        return self._ending[law, key]

    def can_end(self, law: Law) -> list[Term]:
        """For each node: some run leads on from it to an end state."""
        yes = self.session.backend.truth(True)
        states = self.graph.process.states
        ends = {i: [yes] for i, node in enumerate(self.graph.nodes) if states[node.state].end}
        return self.can_reach(law, "end", ends)

    def stuck(self, law: Law) -> list[Term]:
        """For each node: no step can be taken from it."""
        found = []
        for index in range(len(self.graph.nodes)):
            steps = [self.taken(i, law) for i in self._alive() if self._from(i) == index]
            found.append(self.session.unless(self.session.backend.disj(steps)))
        return found

    def _alive(self) -> Iterable[int]:
        return (i for i, each in enumerate(self.graph.arrows) if each.target is not None)

    def _from(self, index: int) -> int:
        return self.graph.arrows[index].source

    def _follow(self, law: Law, seeds: Mapping[int, list[Term]], forwards: bool) -> list[Term]:
        """The least solution of: a seed holds, or an arrow leads here from where it is so.

        Inside a circle of so many nodes, so many rounds less one are enough. Each takes the nodes
        in the order of the runs and goes on with what it has found, so that most of the time a
        few will do: after each the solver is asked whether it changed anything.
        """
        into: dict[int, dict[int, list[int]]] = {i: {} for i in range(len(self.graph.nodes))}
        for index in self._alive():
            arrow = self.graph.arrows[index]
            assert arrow.target is not None
            one, other = arrow.source, arrow.target
            one, other = (other, one) if forwards else (one, other)
            if one != other:
                into[one].setdefault(other, []).append(index)
        edges = {str(node): [str(other) for other in ways] for node, ways in into.items()}
        order = _by_distance(into, seeds)
        done: dict[int, Term] = {}
        for component in components([str(each) for each in into], edges):
            members = sorted((int(each) for each in component), key=order.__getitem__)
            ways = {node: self._ways(law, into[node]) for node in members}
            now = {node: self._round(ways[node], done, seeds.get(node, ())) for node in members}
            effort = 0
            for _ in range(len(members) - 1):
                effort += sum(len(each) for each in ways.values())
                if effort > MOST_ROUNDS:
                    raise NotSettled(
                        f"the runs of {self.graph.process.name} go round in too many ways"
                    )
                later = dict(now)
                for node in members:
                    later[node] = self._round(ways[node], later, [later[node]])
                if not self._grew(members, now, later):
                    break
                now = later
            done |= now
        return [done[index] for index in range(len(into))]

    def _ways(self, law: Law, ways: Mapping[int, Sequence[int]]) -> list[tuple[int, Term]]:
        """The neighbours of a node, each with the term that one of the arrows to it is open."""
        disj = self.session.backend.disj
        return [(other, disj([self.taken(i, law) for i in ways[other]])) for other in ways]

    def _round(
        self, ways: Sequence[tuple[int, Term]], known: Mapping[int, Term], limbs: Sequence[Term]
    ) -> Term:
        backend = self.session.backend
        more = [backend.conj([known[other], open_]) for other, open_ in ways if other in known]
        return self.session.literal(backend.disj([*limbs, *more]))

    def _grew(
        self, members: Sequence[int], now: Mapping[int, Term], later: Mapping[int, Term]
    ) -> bool:
        """Whether a round changed anything, in any case."""
        backend, unless = self.session.backend, self.session.unless
        limbs = [backend.conj([later[each], unless(now[each])]) for each in members]
        return self.session.possible([self.some(limbs)])

    # --- what a run comes to --------------------------------------------------------------

    def some(self, terms: Iterable[Term]) -> Term:
        """One of the terms holds."""
        return self.session.literal(self.session.backend.disj(list(terms)))

    def state_reached(self, state: str, law: Law) -> Term:
        """A run reaches a state."""
        reached = self.reached(law)
        return self.some(
            reached[i] for i, node in enumerate(self.graph.nodes) if node.state == state
        )

    def step_taken(self, step: str, law: Law, clause: str | None = None) -> Term:
        """A run takes a step; where a clause is given, while it is in force."""
        backend, reached = self.session.backend, self.reached(law)
        limbs = []
        for index in self.graph.of_step(step):
            arrow = self.graph.arrows[index]
            terms = [reached[arrow.source], self.taken(index, law)]
            if clause is not None:
                terms.append(self.named(arrow.label, names.in_force(clause)))
            limbs.append(backend.conj(terms))
        return self.some(limbs)


def _by_distance(into: Mapping[int, Iterable[int]], seeds: Iterable[int]) -> dict[int, int]:
    """Places of the nodes in the order in which they are come to from the seeds."""
    onward: dict[int, list[int]] = {node: [] for node in into}
    for node, others in into.items():
        for other in others:
            onward[other].append(node)
    queue = dict.fromkeys(seeds)
    order: dict[int, int] = {}
    while queue:
        following: dict[int, None] = {}
        for node in queue:
            order[node] = len(order)
            following |= dict.fromkeys(each for each in onward[node] if each not in queue)
        queue = {node: None for node in following if node not in order}
    return order | {node: len(order) for node in into if node not in order}
