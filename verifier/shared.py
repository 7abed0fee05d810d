"""What all checks of one run work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from policy_dsl.evaluate import Evaluator
from policy_dsl.model import ConflictRule, Policy, RuleKind
from policy_dsl.rules import TooMany, with_rules
from verifier import words
from verifier.atoms import Atoms
from verifier.clashes import Shape, shapes
from verifier.control import Controlled, ControlTable
from verifier.fidelity.trace import DocumentTrace, trace
from verifier.limits import Limits as Limits
from verifier.origins import Kinds, Origin, Origins
from verifier.process_graph import ProcessGraph, build
from verifier.session import Encoding
from verifier.solvers.backend import Backend

ClashSets: TypeAlias = tuple[tuple[tuple[Origin, ...], ...], bool]
"""Sets of clauses and incapacities that clash in one way, and whether these are all of them."""


@dataclass
class Shared:
    """What all checks of one run work with. Nothing in it is changed by asking questions.

    ``brief``: of findings only what they are, how they weigh and the readings count; the cases
    that show them are not made plain, nor told by what matters in them.
    """

    policy: Policy
    new_backend: Callable[[], Backend]
    limits: Limits = field(default_factory=Limits)
    brief: bool = False
    clash_sets: dict[tuple[Shape, Kinds], ClashSets] = field(init=False, default_factory=dict)
    controlled: dict[str, Controlled] = field(init=False, default_factory=dict)
    """Clauses of which it was worked out elsewhere who controls them."""
    _ruled: dict[RuleKind, Policy | None] = field(init=False, default_factory=dict)

    @cached_property
    def encoding(self) -> Encoding:
        """The policy in a solver; made when something first has to be asked of one."""
        return Encoding.of(self.policy, self.new_backend())

    @cached_property
    def origins(self) -> Origins:
        """The clauses and incapacities behind every need."""
        return Origins(self.policy)

    @cached_property
    def evaluator(self) -> Evaluator:
        """The reference evaluator, by which every case is replayed."""
        return Evaluator(self.policy)

    @cached_property
    def shapes(self) -> list[Shape]:
        """The ways in which effects can clash. Raises ``NotSettled``."""
        return shapes(self.policy, self.new_backend)

    @cached_property
    def on_runs(self) -> OnRuns:
        """The same for checks that ask about runs of processes."""
        return OnRuns(self.policy, self.new_backend, self.limits, self.brief)

    @cached_property
    def traces(self) -> tuple[DocumentTrace, ...]:
        """Where the quotes stand in the texts of the documents; only of those that name one."""
        return trace(self.policy)

    def ruled_by(self, kind: RuleKind) -> Policy | None:
        """The policy with one rule for clashes more, behind those it has; None where that would
        settle too many pairs of clauses."""
        if kind not in self._ruled:
            rule = ConflictRule(kind=kind, place=next(iter(self.policy.clauses.values())).place)
            try:
                self._ruled[kind] = with_rules(self.policy, (*self.policy.rules, rule))
            except TooMany:
                self._ruled[kind] = None
        return self._ruled[kind]

    @cached_property
    def control(self) -> ControlTable:
        """Who controls each permission and release; worked out when it is first asked for."""
        return ControlTable.of(
            self.encoding, self.new_backend, self.evaluator, self.atoms, self.controlled
        )

    @cached_property
    def situations(self) -> list[list[str]]:
        """The lists of clauses that the policy names as alternatives."""
        return words.situation_lists(self.policy)

    @cached_property
    def atoms(self) -> Atoms:
        """The conditions in which cases are described."""
        return Atoms(self.policy)


@dataclass
class OnRuns(Shared):
    """What the checks of runs work with: the policy's encoding holds the graphs of all processes
    too, and a case is one in which a run may begin."""

    @cached_property
    def encoding(self) -> Encoding:
        """The policy and the graphs of its processes in a solver. Raises ``NotSettled``."""
        return self._built[0]

    @cached_property
    def graphs(self) -> tuple[ProcessGraph, ...]:
        """The graph of every process. Raises ``NotSettled``."""
        return self._built[1]

    @cached_property
    def _built(self) -> tuple[Encoding, tuple[ProcessGraph, ...]]:
        encoding = Encoding.of(self.policy, self.new_backend())
        return encoding, build(self.policy, encoding, self.atoms)
