"""What a change can reach: everything else says the same in both versions, whatever the case.

INVARIANT: what is not touched has the same outcome in every case of both versions. A definition
or a clause is touched where it, or something it refers to, says something else; whether a clause is
in force, where also something else may prevail over it. It is decided from the texts alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from policy_dsl.model import (
    Clause,
    ClauseBroken,
    Definition,
    Effect,
    Expr,
    NormEffect,
    Policy,
    SetEffect,
    walk,
)
from policy_dsl.references import (
    clause_conditions,
    definition_expressions,
    named_by,
    over_each,
    rivals,
)
from verifier.difference.rewrite import applicability, bare


@dataclass(frozen=True)
class Touched:
    """Two versions in one vocabulary, and what of them is not the same."""

    old: Policy
    new: Policy

    # --- conditions -----------------------------------------------------------------------

    @cached_property
    def anything(self) -> bool:
        """Whether anything differs on which it can depend which clauses are in force."""
        return (
            _all(self.old.definitions) != _all(self.new.definitions)
            or _all(self.old.clauses) != _all(self.new.clauses)
            or _all(self.old.groups) != _all(self.new.groups)
            or self.clashes_differ
            or _priorities(self.old) != _priorities(self.new)
        )

    @cached_property
    def clashes_differ(self) -> bool:
        """Whether other clauses may clash: a decision is declared otherwise, or rests on what is,
        or an event is, by which limits of time are pulled apart."""
        if _all(self.old.decisions) != _all(self.new.decisions):
            return True
        if _all(self.old.events) != _all(self.new.events):
            return True
        return any(self.rests(each.when) for each in self.new.decisions.values())

    @cached_property
    def clauses(self) -> frozenset[str]:
        """The clauses whose being applicable may differ, or that only one version has."""
        return frozenset(name for kind, name in self._changed if kind == "clause")

    @cached_property
    def definitions(self) -> frozenset[str]:
        """The definitions that may differ."""
        return frozenset(name for kind, name in self._changed if kind == "definition")

    @cached_property
    def _changed(self) -> set[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        users: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for policy, other in ((self.old, self.new), (self.new, self.old)):
            for definition in policy.definitions.values():
                node = ("definition", definition.name)
                if bare(definition) != bare(other.definitions.get(definition.name)):
                    found.add(node)
                self._uses(policy, node, definition_expressions(definition), users, found)
            for clause in policy.clauses.values():
                node = ("clause", clause.name)
                counterpart = other.clauses.get(clause.name)
                if counterpart is None or applicability(clause) != applicability(counterpart):
                    found.add(node)
                self._uses(policy, node, clause_conditions(clause), users, found)
        waiting = sorted(found)
        while waiting:
            for node in users.get(waiting.pop(), ()):
                if node not in found:
                    found.add(node)
                    waiting.append(node)
        return found

    def _uses(
        self,
        policy: Policy,
        node: tuple[str, str],
        exprs: Iterable[Expr],
        users: dict[tuple[str, str], set[tuple[str, str]]],
        found: set[tuple[str, str]],
    ) -> None:
        for expr in exprs:
            for part in walk(expr):
                if isinstance(part, ClauseBroken) and self._force_differs:
                    found.add(node)
                for name in named_by(policy, part):
                    kind = "clause" if name in policy.clauses else "definition"
                    users.setdefault((kind, name), set()).add(node)

    @cached_property
    def _force_differs(self) -> bool:
        """Like ``anything``, without asking what conditions rest on."""
        parts = ("definitions", "clauses", "groups", "decisions", "events")
        return _priorities(self.old) != _priorities(self.new) or any(
            _all(getattr(self.old, each)) != _all(getattr(self.new, each)) for each in parts
        )

    def rests(self, *exprs: Expr | None) -> bool:
        """Whether conditions rest on something that may differ."""
        for expr in exprs:
            for part in walk(expr) if expr is not None else ():
                if isinstance(part, ClauseBroken) and self._force_differs:
                    return True
                for policy in (self.old, self.new):
                    for name in named_by(policy, part):
                        if ("clause", name) in self._changed or (
                            "definition",
                            name,
                        ) in self._changed:
                            return True
        return False

    # --- clauses in force -----------------------------------------------------------------

    @cached_property
    def force(self) -> frozenset[str]:
        """The clauses of which it may differ whether they are in force, or what they do then."""
        if not self.anything and not self._changed:
            return frozenset()
        overs = (over_each(self.old), over_each(self.new))
        found = set()
        for name in dict.fromkeys([*self.new.clauses, *self.old.clauses]):
            one, other = self.old.clauses.get(name), self.new.clauses.get(name)
            if one is None or other is None or self._own(name):
                found.add(name)
                continue
            before = rivals(self.old, [name], overs[0])
            after = rivals(self.new, [name], overs[1])
            around = {name, *before}
            if (
                set(before) != set(after)
                or any(map(self._own, before))
                or _among(self.old, around) != _among(self.new, around)
                or (before and self.clashes_differ)
            ):
                found.add(name)
        return frozenset(found)

    def _own(self, name: str) -> bool:
        """Whether a clause may be applicable in other cases, or does something else."""
        one, other = self.old.clauses.get(name), self.new.clauses.get(name)
        return (
            name in self.clauses
            or one is None
            or other is None
            or _effects(one) != _effects(other)
            or self._values_differ(other)
        )

    def _values_differ(self, clause: Clause) -> bool:
        return any(self.rests(e.value) for e in clause.effects if isinstance(e, SetEffect))

    def actions(self) -> list[str]:
        """The actions of which something else may be said."""
        return [
            name
            for name in dict.fromkeys([*self.new.actions, *self.old.actions])
            if any(clause in self.force for clause in self._speaking(name))
        ]

    def outputs(self) -> list[str]:
        """The outputs that may have another value, or be expected elsewhere."""
        found = []
        for name in dict.fromkeys([*self.new.outputs, *self.old.outputs]):
            one, other = self.old.outputs.get(name), self.new.outputs.get(name)
            if (
                one is None
                or other is None
                or bare(one.when) != bare(other.when)
                or self.rests(other.when)
                or any(clause in self.force for clause in self._setting(name))
            ):
                found.append(name)
        return found

    def _speaking(self, action: str) -> set[str]:
        return {
            clause.name
            for policy in (self.old, self.new)
            for clause in policy.clauses.values()
            if any(isinstance(e, NormEffect) and e.action == action for e in clause.effects)
        }

    def _setting(self, output: str) -> set[str]:
        return {
            clause.name
            for policy in (self.old, self.new)
            for clause in policy.clauses.values()
            if any(isinstance(e, SetEffect) and e.output == output for e in clause.effects)
        }


def _effects(clause: Clause) -> Hashable:
    return frozenset(map(_effect, clause.effects))


def _effect(effect: Effect) -> Hashable:
    return bare(effect)


def _all(parts: Mapping[str, Clause | Definition | object]) -> Hashable:
    return frozenset(bare(each) for each in parts.values())


def _priorities(policy: Policy) -> Hashable:
    return frozenset(bare(each) for each in policy.priorities)


def _among(policy: Policy, clauses: set[str]) -> Hashable:
    """The priorities and lists that some clauses stand in together."""
    groups = {
        tuple(name for name in each.clauses if name in clauses) for each in policy.groups.values()
    }
    return (
        frozenset(bare(p) for p in policy.priorities if p.loser in clauses),
        frozenset(each for each in groups if each),
    )
