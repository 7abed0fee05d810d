"""The finite graph in which all runs of a process are paths.

Steps give facts fixed values, so what can be so in a run is known but for the facts that no step
has changed yet: these are as they were at the start. A node is a state together with the values
that steps have given to facts and that still matter there. Whether a step can be taken from a node
is a condition on the case in which the run began. So every question about runs is one about the
case at the start, and exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import cast

from policy_dsl.case import default_value
from policy_dsl.model import Fact, Policy, Process
from policy_dsl.types import Enumeration, SetOf, Value, YesNo
from verifier import names
from verifier.atoms import Atoms
from verifier.encode import ConditionEncoder
from verifier.encode_force import define
from verifier.encode_policy import PolicyEncoder
from verifier.process_parts import Part, StepParts, live_facts, step_parts
from verifier.session import Encoding, NotSettled
from verifier.solvers.backend import Answer, Term
from verifier.solvers.copies import Fixed

MOST_NODES = 600
"""How many nodes a graph may have before its process is given up."""

MOST_TAKEN = 10_000
"""How many ways to take a step from a node may be looked at before a process is given up."""

QUICK = 100_000
"""Solver steps for the question whether a step can be taken from a node. Where that does not
suffice, the arrow is kept: what is asked later about the runs on it is exact."""

Given = tuple[tuple[str, Value], ...]
"""Facts that steps have given values, in the order of the policy."""


@dataclass(frozen=True)
class Node:
    """A state, and what steps have given to the facts that still matter there."""

    state: str
    given: Given


@dataclass(frozen=True)
class Arrow:
    """A step as it is taken from a node, with one outcome of what it changes.

    ``label`` is that of the copy of the policy in which its condition and its action stand,
    ``result`` that of the copy in which the assumptions stand that its changes could break.
    ``target`` is None where no case at the start meets its condition and these assumptions.
    """

    step: str
    source: int
    label: str
    result: str
    target: int | None


@dataclass
class ProcessGraph:
    """The graph of one process; the start nodes come first among its nodes."""

    process: Process
    parts: Mapping[str, StepParts]
    nodes: list[Node] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    starts: int = 0

    def of_step(self, step: str) -> list[int]:
        """The arrows of a step, by their indices."""
        return [index for index, each in enumerate(self.arrows) if each.step == step]


def begins(process: str) -> str:
    """The name of the constant that says that the process can begin in the case."""
    return f"begins:{process}"


def needs(label: str, index: int) -> str:
    """The name of the constant that says that a part of a step's condition holds in a copy."""
    return f"{label}|needs:{index}"


def asks(label: str, clause: str, index: int) -> str:
    """The name of the constant that says that a part of a clause's condition holds in a copy."""
    return f"{label}|asks:{clause}:{index}"


def within(label: str, name: str) -> str:
    """The name that a constant has in a copy."""
    return f"{label}|{name}"


def build(policy: Policy, encoding: Encoding, atoms: Atoms) -> tuple[ProcessGraph, ...]:
    """The graphs of all processes, encoded beside the policy. Raises ``NotSettled``."""
    return tuple(_Builder(policy, encoding, atoms, e).run() for e in policy.processes.values())


@dataclass
class _Builder:
    policy: Policy
    encoding: Encoding
    atoms: Atoms
    process: Process
    graph: ProcessGraph = field(init=False)
    _copies: dict[tuple[str, str, Given], str] = field(default_factory=dict)
    _index: dict[Node, int] = field(default_factory=dict)
    _known: set[Arrow] = field(default_factory=set)
    _taken: int = 0

    def __post_init__(self) -> None:
        parts = step_parts(self.policy, self.atoms, self.process)
        self.live = live_facts(self.process, parts)
        self.graph = ProcessGraph(self.process, parts)
        self.before_all = [
            self._beginning(),
            *map(self.encoding.backend.boolean, self.encoding.hard),
        ]

    def _beginning(self) -> Term:
        backend, process = self.encoding.backend, self.process
        conditions = ConditionEncoder(
            self.policy,
            backend,
            months=self.encoding.months,
            prefix=f"unnamed where {process.name} begins ",
        )
        return define(backend, begins(process.name), conditions.condition(process.when))

    def run(self) -> ProcessGraph:
        """The whole graph."""
        process = self.process
        for state in process.states.values():
            if state.start:
                self._node(state.name, {})
        self.graph.starts = len(self.graph.nodes)
        for index, node in enumerate(self.graph.nodes):  # grows while it is gone through
            for step in process.steps.values():
                if node.state in step.sources:
                    self._take(index, node, self.graph.parts[step.name])
        return self.graph

    def _node(self, state: str, given: Mapping[str, Value]) -> int:
        node = Node(state, self._only(given, self.live[state]))
        index = self._index.setdefault(node, len(self.graph.nodes))
        if index == len(self.graph.nodes):
            if index >= MOST_NODES:
                raise NotSettled(
                    f"the process {self.process.name} has more than {MOST_NODES} situations that "
                    "have to be told apart"
                )
            self.graph.nodes.append(node)
        return index

    def _only(self, given: Mapping[str, Value], facts: frozenset[str]) -> Given:
        return tuple((f, given[f]) for f in self.policy.facts if f in facts and f in given)

    def _take(self, index: int, node: Node, part: StepParts) -> None:
        given, step = dict(node.given), part.step
        label = self._copy("before", part, self._only(given, part.reads))
        for values in product(*(each.values for each in step.changes)):
            self._taken += 1
            if self._taken > MOST_TAKEN:
                name = self.process.name
                raise NotSettled(
                    f"the process {name} has more than {MOST_TAKEN} ways to take a step"
                )
            changed = dict(zip((each.fact for each in step.changes), values, strict=True))
            after = {**given, **changed}
            result = self._copy("after", part, self._only(after, part.kept))
            target = self._node(step.target, after) if self._possible(part, label, result) else None
            arrow = Arrow(step.name, index, label, result, target)
            if arrow not in self._known:
                self._known.add(arrow)
                self.graph.arrows.append(arrow)

    def _possible(self, part: StepParts, label: str, result: str) -> bool:
        backend = self.encoding.backend
        terms = [backend.boolean(each) for each in conditions_of(part, label, result)]
        return backend.check([*self.before_all, *terms], QUICK) is not Answer.UNSAT

    def _copy(self, when: str, part: StepParts, given: Given) -> str:
        """The label of a copy of a part of the policy in which some facts are known."""
        key = (when, part.step.name, given)
        if key in self._copies:
            return self._copies[key]
        label = self._copies[key] = f"{self.process.name}/{len(self._copies)}"
        values: dict[str, bool | int] = {}
        for fact, value in given:
            values |= known(self.policy.facts[fact], value)
        copy = Fixed(self.encoding.backend, label, _of_the_start, values)
        policy = part.before if when == "before" else part.after
        encoder = PolicyEncoder(policy, copy)
        if when == "before":
            for name, (expr, truth) in _named_parts(part):
                term = encoder.conditions.condition(expr)
                define(copy, name, term if truth else copy.neg(term))
        return label


def _named_parts(part: StepParts) -> Iterator[tuple[str, Part]]:
    for index, each in enumerate(part.needs):
        yield f"needs:{index}", each
    for clause, asked in part.asks.items():
        for index, each in enumerate(asked):
            yield f"asks:{clause}:{index}", each


def conditions_of(part: StepParts, label: str, result: str) -> list[str]:
    """The constants that say that a step can be taken, if its action is lawful."""
    found = [needs(label, index) for index in range(len(part.needs))]
    return found + [within(result, names.assumption(i)) for i in range(len(part.after.assumptions))]


def _of_the_start(name: str) -> bool:
    """What no step has changed is as at the start; readings are those of the text."""
    return name.startswith(("reading:", "fact:", "established:"))


def known(fact: Fact, value: Value) -> dict[str, bool | int]:
    """What is known of the constants of a fact that has a value."""
    found: dict[str, bool | int] = {}
    if fact.optional:
        found[names.established(fact.name)] = value is not None
    if value is None:
        value = default_value(replace(fact, optional=False))
    match fact.type:
        case YesNo():
            found[names.fact(fact.name)] = bool(value)
        case Enumeration(values=values):
            found |= {names.option(fact.name, each): each == value for each in values}
        case SetOf(element=element):
            inside = cast(frozenset[str], value)
            found |= {names.option(fact.name, each): each in inside for each in element.values}
        case _:
            found[names.fact(fact.name)] = cast(int, value)
    return found
