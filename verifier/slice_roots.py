"""The roots of the slices on which the items of each check depend (``verifier.slicing``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

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
from verifier.checks.g01_silent import Scope
from verifier.checks.g06_outside_authority import Authority
from verifier.checks.g07_near_miss import Liberty
from verifier.clashes import Shape
from verifier.limbs import Limb

Rooting: TypeAlias = Callable[[Slicer, Any], Iterable[Root]]
"""The roots of the slice on which an item of a check depends."""

# --- the roots of items -------------------------------------------------------------------


def of_clause(slicer: Slicer, name: str) -> list[Root]:
    """What decides whether a clause applies, and is in force."""
    return [slicer.policy.clauses[name]]


def _exception(slicer: Slicer, item: tuple[str, int]) -> list[Root]:
    return [slicer.policy.clauses[item[0]]]


def of_action(slicer: Slicer, name: str) -> list[Root]:
    """What decides what is said of an action."""
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
    """The clauses whose conditions rest on facts of the authority."""
    policy, outside = slicer.policy, set(authority.facts)
    resting = (
        each
        for each in policy.clauses.values()
        if not outside.isdisjoint(facts_behind(policy, each.conditions))
    )
    return [*(policy.facts[each] for each in authority.facts), *resting]


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
    "U01": of_clause,
    "U02": of_clause,
    "U07": _limb,
    "R01": _removed,
    "R02": _exception,
    "R04": _ranked,
    "R05": of_clause,
    "P01": of_action,
    "E01": _expectation,
    "E02": _expectation,
}
"""By the code of a check, the roots of its items."""


# --- what is asked of many parts together ---------------------------------------------------


def contested(policy: Policy) -> list[Root]:
    """All that clauses can clash about, each with the clauses that speak about it.

    Actions that are wanted both ways, or that a decision, an incapacity or a resource can stand
    against; outputs; decisions.
    """
    wants: dict[str, set[bool]] = {}
    timed = set()
    for clause in policy.clauses.values():
        for effect in clause.effects:
            if isinstance(effect, NormEffect):
                wants.setdefault(effect.action, set()).add(effect.wants_done)
            if isinstance(effect, TimedBan) or (isinstance(effect, NormEffect) and effect.timing):
                timed.add(effect.action)
    against = {name for each in policy.decisions.values() for name in each.actions}
    against |= {each.action for each in policy.incapacities}
    return [
        *policy.decisions.values(),
        *policy.outputs.values(),
        *(
            each
            for each in policy.actions.values()
            if each.uses or each.name in against | timed or len(wants.get(each.name, ())) > 1
        ),
    ]


def _needs(policy: Policy) -> list[Root]:
    return [*policy.resources.values(), *contested(policy)]


def _assumed(policy: Policy) -> list[Root]:
    return [*policy.assumptions, *policy.settlements, *contested(policy)]


TOGETHER: Mapping[str, Callable[[Policy], list[Root]]] = {
    "V01": lambda policy: [*policy.assumptions],
    "V02": _assumed,
    "C07": _needs,
    "C09": contested,
    "G08": contested,
}
"""By the code of a check whose items all bear on each other, the roots of their common slice."""
