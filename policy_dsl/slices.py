"""Slices: the part of a policy on which it depends what is said of some things in it.

A *slice* is a policy by itself. INVARIANT: take what it was made for, its roots, and any case of
the whole policy. Of a root that is a condition, a definition or an output, the evaluator says the
same of both policies in that case; of a clause, whether it is applicable and in force; of an
action, its normative state, and whether it is in somebody's power; of a decision, whether it is in
scope. And a case of the slice is valid there exactly if it is part of a valid case of the whole
policy, as long as that has any valid case.

What else the slice holds (an action that a clause names, say) is there so that it can be spoken
of; what the slice says of it by itself may be less than the whole policy says.

*Assumptions.* One that shares no fact with the slice, directly or through other assumptions, is
left out. The whole policy has some case that meets it; the facts of that case, put beside any case
of the slice, give a case of the whole. An assumption that rests on readings is always kept: it may
leave some readings without any case, and then they have none in the slice either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from policy_dsl.model import PERIOD, SHOULD, Assumption, Policy
from policy_dsl.references import deciding
from policy_dsl.slice_parts import Links, Part, Root

T = TypeVar("T")


def sliced(policy: Policy, roots: Iterable[Root]) -> Policy:
    """The slice of a policy for some roots, in the order of the policy. For many slices of one
    policy make one ``Slicer``."""
    return Slicer(policy).slice(roots)


class Slicer:
    """Makes slices of one policy. Two slices that hold the same are the same object."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._made: dict[frozenset[object], Policy] = {}
        # By the numbers of the roots, with these: while they are kept, no others have the numbers.
        self._asked: dict[tuple[int, ...], tuple[Sequence[Root], Policy]] = {}
        self.links = Links(policy)
        self._documents = {
            name: replace(
                each, text=None, raw=None, text_source=None, raw_source=None, supersedes=()
            )
            for name, each in policy.documents.items()
        }

    def slice(self, roots: Iterable[Root]) -> Policy:
        """The slice for some roots. What only the texts of its documents could tell is left out
        of it, and so are notes."""
        asked = tuple(roots)
        numbers = tuple(map(id, asked))
        if numbers not in self._asked:
            self._asked[numbers] = asked, self._slice(asked)
        return self._asked[numbers][1]

    def _slice(self, roots: Sequence[Root]) -> Policy:
        should = self.policy.ambiguities.get(SHOULD)  # every policy is read in some way on it
        part = Part(self.links, [*roots, *([] if should is None else [should])])
        self._with_assumptions(part)
        key = frozenset(part.kept)
        if key not in self._made:
            self._made[key] = self._policy(part)
        return self._made[key]

    @cached_property
    def _assumed(self) -> tuple[tuple[Assumption, frozenset[tuple[str, str | int]]], ...]:
        """Every assumption, with the facts and ambiguities on which it rests."""
        return tuple((each, Part(self.links, [each]).variables) for each in self.policy.assumptions)

    def _with_assumptions(self, part: Part) -> None:
        """Add what clashes between clauses of a part depend on, and the assumptions that touch
        what it holds, until there are no more of either; and those that rest on readings."""
        pending = []
        for assumption, variables in self._assumed:
            if any(kind == "ambiguity" for kind, _ in variables):
                part.add(assumption)
            else:
                pending.append((assumption, variables))
        while True:
            before = len(part.kept)
            clauses = {name for kind, name in part.kept if kind == "clause"}
            for decision in deciding(self.policy, clauses):
                part.add(decision)
            touched = part.variables
            left = []
            for assumption, variables in pending:
                if variables & touched:
                    part.add(assumption)
                else:
                    left.append((assumption, variables))
            pending = left
            if len(part.kept) == before:
                return

    def _policy(self, part: Part) -> Policy:
        whole, kept = self.policy, part.kept

        def named(kind: str, declared: Mapping[str, T]) -> dict[str, T]:
            return {name: each for name, each in declared.items() if (kind, name) in kept}

        def unnamed(kind: str, declared: Iterable[T]) -> tuple[T, ...]:
            return tuple(each for i, each in enumerate(declared) if (kind, i) in kept)

        clauses = named("clause", whole.clauses)
        groups = {
            name: replace(group, clauses=tuple(c for c in group.clauses if c in clauses))
            for name, group in whole.groups.items()
            if any(each in clauses for each in group.clauses)
        }
        return replace(
            whole,
            documents=self._documents,
            facts=named("fact", whole.facts),
            definitions=named("definition", whole.definitions),
            assumptions=unnamed("assumption", whole.assumptions),
            actions=named("action", whole.actions),
            resources=named("resource", whole.resources),
            decisions=named("decision", whole.decisions),
            incapacities=unnamed("incapacity", whole.incapacities),
            settlements=unnamed("settlement", whole.settlements),
            outputs=named("output", whole.outputs),
            clauses=clauses,
            groups=groups,
            priorities=tuple(each for each in whole.priorities if each.loser in clauses),
            processes=named("process", whole.processes),
            ambiguities=named("ambiguity", whole.ambiguities),
            notes={},
            expectations=unnamed("expectation", whole.expectations),
            events=named("event", whole.events),
            periods=whole.periods if ("ambiguity", PERIOD) in kept else (),
        )
