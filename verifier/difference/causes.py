"""Which edits bring a change about: undoing all of them undoes it, in the case that shows it.

What undoing does is worked out by the evaluator, on the new version with the old declarations put
back. A declaration that only says what words mean stays where nothing uses it any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TypeVar, cast

from policy_dsl.case import Case
from policy_dsl.deeds import nodes
from policy_dsl.evaluate import Evaluator
from policy_dsl.graph import components
from policy_dsl.model import (
    Clause,
    ClauseApplies,
    ClauseBroken,
    ClauseInScope,
    Decision,
    Definition,
    DefinitionValue,
    Document,
    Expr,
    Group,
    Incapacity,
    Output,
    Policy,
    Priority,
    Settlement,
    walk,
)
from policy_dsl.references import clause_conditions, definition_expressions, named_by
from policy_dsl.rules import TooMany, with_rules
from verifier.difference.edits import Pair, joined, split
from verifier.difference.subjects import Reader, Standing, Subject

T = TypeVar("T")

MOST_TOGETHER = 24
"""Among how many edits a smallest set is looked for by trying pairs; among more, a set of which
none can be left out."""

MOST_BUILT = 600
"""How many versions with some edits undone are made in all; beyond, causes are told by the clauses
that speak."""

_ACT = (
    *("clause", "definition", "decision", "group", "output", "document", "incapacity"),
    *("settlement", "priority", "authorities", "rules"),
)
"""The kinds of edits that can change what is said of a case of both versions."""


@dataclass
class Causes:
    """Works out causes of changes. Policies are in the vocabulary of both versions."""

    old: Policy
    new: Policy
    edits: Sequence[Pair]
    _readers: dict[frozenset[int], Reader | None] = field(default_factory=dict)

    @property
    def acting(self) -> list[int]:
        """The positions of the edits that can change an outcome."""
        return [
            index
            for index, each in enumerate(self.edits)
            if each.edit.kind in _ACT and not each.edit.wording_only
        ]

    def of(
        self, subject: Subject, case: Case, old: Standing, speaking: set[str]
    ) -> tuple[int, ...]:
        """The smallest set of edits without which the case would be as it was; where there is
        none, the edits of clauses that are ``speaking`` or else all."""
        acting = self.acting

        def undone(chosen: Sequence[int]) -> bool:
            reader = self._without(frozenset(chosen))
            return reader is not None and reader.standing(subject, case) == old

        for each in acting:
            if undone([each]):
                return (each,)
        if 1 < len(acting) <= MOST_TOGETHER:
            for pair in combinations(acting, 2):
                if undone(pair):
                    return pair
        if undone(acting):
            kept, size = list(acting), len(acting) // 2
            while size:
                for start in range(0, len(acting), size):
                    part = set(acting[start : start + size])
                    fewer = [each for each in kept if each not in part]
                    if len(fewer) < len(kept) and undone(fewer):
                        kept = fewer
                size //= 2
            return tuple(kept)
        told = [i for i in acting if self.edits[i].edit.name in speaking]
        return tuple(told or acting)

    def _without(self, undone: frozenset[int]) -> Reader | None:
        """The new version with some edits undone; None where the rest needs one of them."""
        if undone not in self._readers and len(self._readers) >= MOST_BUILT:
            return None
        if undone not in self._readers:
            policy = self._hybrid([self.edits[i] for i in sorted(undone)])
            self._readers[undone] = None if policy is None else Reader(policy, Evaluator(policy))
        return self._readers[undone]

    def _hybrid(self, undone: Sequence[Pair]) -> Policy | None:
        old, new = self.old, self.new
        back = {each.edit.kind for each in undone}
        clauses = _put_back(new.clauses, undone, Clause)
        in_time = old if "document" in back else new
        clauses = {
            name: _as_of(each, _first(name, in_time, new, old)) for name, each in clauses.items()
        }
        groups = {}
        for group in _put_back(new.groups, undone, Group).values():
            kept = tuple(name for name in group.clauses if name in clauses)
            groups[group.name] = replace(group, clauses=kept)
        places = {
            name: (group.name, rank)
            for group in groups.values()
            for rank, name in enumerate(group.clauses)
        }
        clauses = {
            name: replace(
                each,
                group=places[name][0] if name in places else None,
                rank=places[name][1] if name in places else 0,
            )
            for name, each in clauses.items()
        }
        declared = [each for each in new.priorities if each.rule is None]
        priorities = [
            each
            for each in _listed(declared, undone, Priority)
            if {each.winner, each.loser, each.declared_by} <= clauses.keys()
        ]
        policy = replace(
            new,
            documents=_put_back(new.documents, undone, Document),
            authorities=old.authorities if "authorities" in back else new.authorities,
            definitions={**old.definitions, **_put_back(new.definitions, undone, Definition, True)},
            actions={**old.actions, **new.actions},
            decisions=_put_back(new.decisions, undone, Decision),
            outputs={**old.outputs, **_put_back(new.outputs, undone, Output, True)},
            incapacities=tuple(_listed(new.incapacities, undone, Incapacity)),
            settlements=tuple(_listed(new.settlements, undone, Settlement)),
            clauses=clauses,
            groups=groups,
            priorities=tuple(priorities),
        )
        if not _is_whole(policy):
            return None
        rules = old.rules if "rules" in back else new.rules
        try:
            return with_rules(policy, rules) if rules else policy
        except TooMany:
            return None


def _put_back(
    parts: Mapping[str, T], undone: Sequence[Pair], kind: type[T], keep: bool = False
) -> dict[str, T]:
    """Declarations with those of some edits as they were; with ``keep`` none is taken away."""
    found = dict(parts)
    for each in undone:
        old, new = each.old, each.new
        if not isinstance(old if old is not None else new, kind):
            continue
        if old is not None:
            found[str(getattr(old, "name", ""))] = cast(T, old)
        elif not keep:
            found.pop(str(getattr(new, "name", "")), None)
    return found


def _listed(parts: Sequence[T], undone: Sequence[Pair], kind: type[T]) -> list[T]:
    found = list(parts)
    for each in undone:
        if isinstance(each.new, kind):
            found = [part for part in found if part is not each.new]
        if isinstance(each.old, kind):
            found.append(each.old)
    return found


def _first(name: str, *policies: Policy) -> Clause:
    """A clause in the first of some versions that has it."""
    return next(each.clauses[name] for each in policies if name in each.clauses)


def _as_of(clause: Clause, in_time: Clause) -> Clause:
    """A clause with the days of another one."""
    limbs = (*split(clause.under)[0], *split(in_time.under)[1])
    return replace(clause, under=joined(limbs))


def _is_whole(policy: Policy) -> bool:
    """Whether everything that conditions refer to is there, and nothing refers to itself."""
    for each in nodes((policy.clauses, policy.definitions, policy.decisions, policy.incapacities)):
        match each:
            case ClauseApplies() | ClauseInScope() | ClauseBroken():
                if each.clause not in policy.clauses:
                    return False
            case DefinitionValue():
                if each.definition not in policy.definitions:
                    return False
            case _:
                pass
    edges: dict[str, list[str]] = {}
    for clause in policy.clauses.values():
        edges[f"c {clause.name}"] = list(_keys(policy, clause_conditions(clause)))
    for definition in policy.definitions.values():
        edges[f"d {definition.name}"] = list(_keys(policy, definition_expressions(definition)))
    return all(
        len(each) == 1 and each[0] not in edges[each[0]] for each in components(edges, edges)
    )


def _keys(policy: Policy, exprs: Iterator[Expr]) -> Iterator[str]:
    for expr in exprs:
        for part in walk(expr):
            kind = "d" if isinstance(part, DefinitionValue) else "c"
            yield from (f"{kind} {name}" for name in named_by(policy, part))
