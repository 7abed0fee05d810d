"""Which part of a policy each item of a check depends on, and the units of work this makes.

A *unit* is some items of one check that depend on the same slice of the policy
(``policy_dsl.slices``), and is worked on with that slice alone (``verifier.slice_runs``): what
comes out depends on nothing else in the policy. Checks that are not named here ask about the policy
as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias
from zlib import crc32

from policy_dsl import control
from policy_dsl.digests import digest_of
from policy_dsl.model import (
    Decision,
    Expectation,
    NormEffect,
    Policy,
    Resource,
    SetEffect,
    TimedBan,
)
from policy_dsl.rankings import ranking_clauses
from policy_dsl.references import facts_behind
from policy_dsl.slice_parts import Root
from policy_dsl.slices import Slicer
from verifier.check import Check, Context
from verifier.checks.g01_silent import Scope
from verifier.checks.g06_outside_authority import Authority
from verifier.checks.g07_near_miss import Liberty
from verifier.clashes import Shape
from verifier.control import asked
from verifier.limbs import Limb
from verifier.margins import rows
from verifier.parts import parts_of

Rooting: TypeAlias = Callable[[Slicer, Any], Iterable[Root]]
"""The roots of the slice on which an item of a check depends."""


@dataclass(frozen=True)
class Unit:
    """Items of one check or table, each with its place among all of them, and the policy that
    decides them: a slice, or the whole policy. ``code`` is that of the check, or the table's name:
    "profile", "margins" or "control"."""

    code: str
    policy: Policy
    items: tuple[tuple[int, Any], ...]
    sliced: bool

    @property
    def asks(self) -> str | None:
        """What is asked, as a short text: the same for the same items, wherever they stand. None
        of the whole policy, whose items need not be parts of the model."""
        if not self.sliced:
            return None
        return digest_of((self.code, *(item for _, item in self.items)))


def units(ctx: Context, check: Check[Any], slicer: Slicer) -> list[Unit]:
    """The units of a check, in the order of their first items. ``ctx`` and ``slicer`` are those of
    the whole policy. Raises ``NotSettled`` where the items themselves cannot be told."""
    items = list(enumerate(check.items(ctx)))
    rooting = None if check.on_runs else ROOTS.get(check.code)
    if rooting is None:
        return [Unit(check.code, slicer.policy, tuple(items), sliced=False)] if items else []
    return _units(slicer, check.code, items, rooting)


def profile_units(slicer: Slicer) -> list[Unit]:
    """The units of the profiles: the items are actions."""
    return _units(slicer, "profile", list(enumerate(slicer.policy.actions)), _action)


def margin_units(slicer: Slicer, most: int) -> list[Unit]:
    """The units of the table of margins, of so many rows at most; the items are rows."""
    items = list(enumerate(islice(rows(slicer.policy), most)))
    return _units(slicer, "margins", items, lambda slicer, row: _action(slicer, row[1]))


def control_units(slicer: Slicer) -> list[Unit]:
    """The units of the table of control: the items are clauses; none where nobody controls any
    fact."""
    policy = slicer.policy
    wanted = list(enumerate(asked(policy))) if control.roles(policy) else []
    return _units(slicer, "control", wanted, _clause)


def _units(
    slicer: Slicer, code: str, items: Iterable[tuple[int, Any]], rooting: Rooting
) -> list[Unit]:
    owner = OWNERS.get(code)
    bundle = {} if owner is None else bundles(slicer.policy)
    found: dict[object, tuple[list[Root], list[tuple[int, Any]]]] = {}
    for number, item in items:
        roots = list(rooting(slicer, item))
        key = id(slicer.slice(roots)) if owner is None else bundle[owner(item)]
        held = found.setdefault(key, ([], []))
        held[0].extend(roots)
        held[1].append((number, item))
    return [Unit(code, slicer.slice(r), tuple(held), sliced=True) for r, held in found.values()]


MOST_TOGETHER = 12
"""How many clauses of one section are looked at together; a longer section is divided."""


def bundles(policy: Policy) -> Mapping[str, int]:
    """For each clause and definition the number of its bundle: what is looked at together where
    each by itself would be too little work for a solver of its own.

    A section is what comes before the first point of a name. A name added or taken away leaves
    the others where they are, but where a section comes to be divided in more parts.
    """
    sections: dict[str, list[str]] = {}
    for name in policy.clauses:
        sections.setdefault(name.partition(".")[0] if "." in name else "", []).append(name)
    sections.setdefault(" definitions", []).extend(
        each for each in policy.definitions if each not in policy.clauses
    )
    found = {}
    for section, names in sections.items():
        parts = 1
        while len(names) > parts * MOST_TOGETHER:
            parts *= 2
        for name in names:
            found[name] = crc32(f"{section} {crc32(name.encode()) % parts}".encode())
    return found


# --- the roots of items -------------------------------------------------------------------


def _clause(slicer: Slicer, name: str) -> list[Root]:
    return [slicer.policy.clauses[name]]


def _exception(slicer: Slicer, item: tuple[str, int]) -> list[Root]:
    return [slicer.policy.clauses[item[0]]]


def _action(slicer: Slicer, name: str) -> list[Root]:
    return [slicer.policy.actions[name]]


def _output(slicer: Slicer, name: str) -> list[Root]:
    return [slicer.policy.outputs[name]]


def _limb(slicer: Slicer, limb: Limb) -> list[Root]:
    policy = slicer.policy
    clause = policy.clauses.get(limb.owner)
    return [policy.definitions[limb.owner] if clause is None else clause]


def _liberty(slicer: Slicer, liberty: Liberty) -> list[Root]:
    policy = slicer.policy
    return [policy.clauses[liberty.clause], policy.actions[liberty.effect.action]]


def _scope(slicer: Slicer, scope: Scope) -> list[Root]:
    policy = slicer.policy
    where: Root = scope.when if scope.decision is None else policy.decisions[scope.decision]
    return [where, *(policy.actions[each] for each in scope.actions)]


def _expectation(_slicer: Slicer, expected: Expectation) -> list[Root]:
    """What it speaks about; expectations about the same things have one slice."""
    premise = [] if expected.premise is None else [expected.premise]
    return [expected.condition, *premise]


def _authority(slicer: Slicer, authority: Authority) -> list[Root]:
    """The clauses with a condition that rests on nothing but the facts of the authority."""
    policy, outside = slicer.policy, set(authority.facts)
    found: list[Root] = [policy.facts[each] for each in authority.facts]
    for clause in policy.clauses.values():
        behind = (facts_behind(policy, [part.expr]) for part in parts_of(policy, clause))
        if any(facts and facts <= outside for facts in behind):
            found.append(clause)
    return found


def _ranked(slicer: Slicer, resource: Resource) -> list[Root]:
    """The clauses that rank persons for the resource; they name it."""
    return [slicer.policy.clauses[each] for each in ranking_clauses(slicer.policy, resource.name)]


def _guided(slicer: Slicer, item: Decision | Resource) -> list[Root]:
    if isinstance(item, Resource):
        return _ranked(slicer, item)
    return [item, *(slicer.policy.actions[each] for each in item.actions)]


def _shape(slicer: Slicer, shape: Shape) -> list[Root]:
    decisions = [slicer.policy.decisions[each] for each in shape.decisions]
    return [*decisions, *at_odds(slicer, [each.action for each in shape.needs])]


def _values(slicer: Slicer, output: str) -> list[Root]:
    return list(at_odds(slicer, (), [output]))


def _removed(slicer: Slicer, clause: str) -> list[Root]:
    """What a clause speaks about, and what those speak about that it can defeat in turn."""
    policy = slicer.policy
    below: dict[str, list[str]] = {}
    for priority in policy.priorities:
        below.setdefault(priority.winner, []).append(priority.loser)
    for group in policy.groups.values():
        for index, name in enumerate(group.clauses):
            below.setdefault(name, []).extend(group.clauses[index + 1 :])
    reached = {clause: None}
    pending = [clause]
    for name in pending:
        for each in below.get(name, ()):
            if each not in reached:
                reached[each] = None
                pending.append(each)
    found: list[Root] = []
    for name in reached:
        found.append(policy.clauses[name])
        found += _spoken_of(slicer, name)
    return found


def _spoken_of(slicer: Slicer, clause: str) -> Iterator[Root]:
    """The actions and outputs about which a clause says something."""
    policy = slicer.policy
    for effect in policy.clauses[clause].effects:
        if isinstance(effect, NormEffect | TimedBan):
            yield policy.actions[effect.action]
        elif isinstance(effect, SetEffect):
            yield policy.outputs[effect.output]


def at_odds(slicer: Slicer, actions: Iterable[str], outputs: Iterable[str] = ()) -> Iterator[Root]:
    """Some actions and outputs, and those of all clauses that can clash with clauses about them,
    directly or through others.

    To say what would settle a clash, all clauses count between which a rule could be declared.
    """
    policy, links = slicer.policy, slicer.links
    timed = [
        clause
        for clause in policy.clauses.values()
        for effect in clause.effects
        if isinstance(effect, TimedBan)
        or (isinstance(effect, NormEffect) and any(each.is_limit for each in effect.timing))
    ]
    pending: list[tuple[str, str]] = [*(("action", a) for a in actions)]
    pending += [("output", each) for each in outputs]
    found = dict.fromkeys(pending)
    for kind, name in pending:
        about = links.speaking if kind == "action" else links.setting
        clauses = list(about.get(name, ()))
        if any(each in timed for each in clauses):
            clauses += timed
        new = [("action", each) for clause in clauses for each in _actions_of(clause.effects)]
        new += [
            ("output", effect.output)
            for clause in clauses
            for effect in clause.effects
            if isinstance(effect, SetEffect)
        ]
        if kind == "action":
            beside = (d for d in policy.decisions.values() if name in d.actions)
            new += [("action", each) for decision in beside for each in decision.actions]
        for each in new:
            if each not in found:
                found[each] = None
                pending.append(each)
    for kind, name in found:
        yield policy.actions[name] if kind == "action" else policy.outputs[name]
    for decision in policy.decisions.values():
        if any(("action", each) in found for each in decision.actions):
            yield decision


def _actions_of(effects: Iterable[object]) -> Iterator[str]:
    for effect in effects:
        if isinstance(effect, NormEffect | TimedBan):
            yield effect.action


ROOTS: Mapping[str, Rooting] = {
    "C01": _shape,
    "C02": _shape,
    "C03": _shape,
    "C04": _shape,
    "C05": _values,
    "C06": _ranked,
    "G01": _scope,
    "G02": _output,
    "G03": _guided,
    "G06": _authority,
    "G07": _liberty,
    "U01": _clause,
    "U02": _clause,
    "U07": _limb,
    "R01": _removed,
    "R02": _exception,
    "R04": _ranked,
    "R05": _clause,
    "P01": _action,
    "E01": _expectation,
    "E02": _expectation,
}
"""By the code of a check, the roots of its items."""

OWNERS: Mapping[str, Callable[[Any], str]] = {
    "U01": str,
    "U02": str,
    "U07": lambda limb: limb.owner,
    "R01": str,
    "R02": lambda item: item[0],
    "R05": str,
}
"""Of checks whose items are little work, the clause (or definition) to which an item belongs."""
