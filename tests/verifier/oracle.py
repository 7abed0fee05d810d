"""What each check must find, by brute force over every case and every reading.

Each function answers the question of one check from its documentation, with the evaluator alone.
It returns what identifies each finding, with the readings under which it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from policy_dsl import phrases
from policy_dsl.deeds import asked_about
from policy_dsl.evaluate import Evaluator, Outcome
from policy_dsl.model import (
    Clause,
    Effect,
    Expectation,
    Group,
    Implication,
    NormEffect,
    Policy,
    Priority,
    RankEffect,
    SetEffect,
    TimedBan,
)
from policy_dsl.references import rivals
from tests.verifier.rank_oracle import used_priorities
from tests.verifier.world import Found, Point, Read, World, applying, forcing

# --- contradictions ------------------------------------------------------------------------


def opposed_values(world: World) -> Found:
    """C05: pairs of clauses that set an output to two values in one case."""
    found: dict[object, set[Read]] = {}
    for point in world.points:
        for output, set_ in point.outcome.outputs.items():
            for (one, first), (two, second) in combinations(set_, 2):
                if first != second:
                    found.setdefault((output, *sorted((one, two))), set()).add(point.read)
    return {key: frozenset(reads) for key, reads in found.items()}


def circles(policy: Policy) -> Iterator[tuple[Priority, ...]]:
    """Simple circles of priority, from the clause that is declared first."""
    edges: dict[tuple[str, str], Priority] = {}
    for each in policy.priorities:
        if each.kind != "savings":
            edges.setdefault((each.winner, each.loser), each)
    order = {name: index for index, name in enumerate(policy.clauses)}

    def walk(path: tuple[Priority, ...], start: str) -> Iterator[tuple[Priority, ...]]:
        at = path[-1].loser if path else start
        for (winner, loser), edge in edges.items():
            if winner != at:
                continue
            if loser == start:
                yield (*path, edge)
            elif order[loser] > order[start] and loser not in {e.loser for e in path}:
                yield from walk((*path, edge), start)

    for name in policy.clauses:
        yield from walk((), name)


def priority_cycles(world: World) -> Found:
    """C08: circles of priority whose clauses apply together."""
    found: Found = {}
    for circle in circles(world.policy):
        needed = {name for e in circle for name in (e.winner, e.declared_by)}
        reads = world.reads_of(applying(*needed))
        if reads:
            found[tuple(sorted(f"{e.winner} prevails over {e.loser}" for e in circle))] = reads
    return found


# --- dead letters --------------------------------------------------------------------------


def impossible_conditions(world: World) -> Found:
    """U01: readings under which a clause is meant to matter and never applies."""
    found: Found = {}
    for name, clause in world.policy.clauses.items():
        alive = world.reads_of(applying(name))
        found[(name,)] = world.reads_with(clause.under) - alive
    return _some(found)


def always_defeated(world: World) -> Found:
    """U02: readings under which a clause applies and is never in force."""
    found: Found = {}
    for name, clause in world.policy.clauses.items():
        applied = world.reads_of(applying(name))
        forced = world.reads_of(forcing(name))
        found[(name,)] = (applied - forced) & world.reads_with(clause.under)
    return _some(found)


def subsumed(world: World) -> set[str]:
    """R01: clauses that are in force in some case, whose words others that apply repeat, and
    without which no outcome changes; not those that rank persons."""
    found = set()
    asked = asked_about(world.policy)
    for name, clause in world.policy.clauses.items():
        if any(isinstance(each, RankEffect) for each in clause.effects):
            continue
        if name in asked or name in rivals(world.policy, asked):
            continue  # without it, nothing could break it, nor what it prevails over
        forced = [point for point in world.points if point.in_force(name)]
        others = [each for each in world.policy.clauses if each != name]
        covering = [each for each in others if _words(world, each) & _words(world, name)]
        if not forced or not all(any(map(p.applies, covering)) for p in forced):
            continue
        other = Evaluator(without(world.policy, name))
        if all(_same_outcome(world.policy, point, other) for point in world.points):
            found.add(name)
    return found


def _words(world: World, name: str) -> set[tuple[object, ...]]:
    """What a clause does and when, whatever its strength or value."""
    effects = world.policy.clauses[name].effects
    norms = {(e.force, e.action, e.timing) for e in effects if isinstance(e, NormEffect)}
    bans = {("ban", e.action, e.limit) for e in effects if isinstance(e, TimedBan)}
    return norms | bans | {("sets", e.output) for e in effects if isinstance(e, SetEffect)}


def _same_outcome(policy: Policy, point: Point, other: Evaluator) -> bool:
    mine, theirs = point.outcome, other.outcome(point.case)
    limits = _limits(policy, mine), _limits(other.policy, theirs)
    return (
        mine.states == theirs.states
        and limits[0] == limits[1]
        and all(
            {value for _, value in set_} == {value for _, value in theirs.outputs[output]}
            for output, set_ in mine.outputs.items()
        )
    )


def _limits(policy: Policy, outcome: Outcome) -> set[Effect]:
    """The effects in force that have limits of time."""
    effects = (each for name in outcome.in_force for each in policy.clauses[name].effects)
    return {
        e for e in effects if isinstance(e, TimedBan) or (isinstance(e, NormEffect) and e.timing)
    }


def without(policy: Policy, name: str) -> Policy:
    """The policy without what a clause says and what it defeats; its conditions stay."""
    clauses: dict[str, Clause] = dict(policy.clauses)
    clauses[name] = replace(clauses[name], effects=(), group=None, rank=0)
    groups: dict[str, Group] = {
        key: replace(group, clauses=tuple(each for each in group.clauses if each != name))
        for key, group in policy.groups.items()
    }
    kept = tuple(each for each in policy.priorities if name not in (each.winner, each.loser))
    return replace(policy, clauses=clauses, groups=groups, priorities=kept)


def idle_exceptions(world: World) -> list[tuple[str, str]]:
    """R02: exceptions that never take a case out of their clause."""
    found = []
    for name, clause in world.policy.clauses.items():
        needs = [*(each.condition for each in clause.requirements), clause.under]
        barred = [each.condition for each in clause.exceptions]
        scope = [p for p in world.points if world.all_hold(needs, p)]
        for index, expr in enumerate(barred):
            others = [each for i, each in enumerate(barred) if i != index]
            used = any(
                world.holds(expr, p) and not any(world.holds(each, p) for each in others)
                for p in scope
            )
            if scope and not used:
                found.append((name, phrases.code(expr)))
    return found


def idle_rules(world: World) -> set[str]:
    """R03: rules by which no clause prevails in any case, nor on a circle that closes in one."""
    idle = {str(each.kind) for each in world.policy.rules}
    for point in world.points:
        for status in point.outcome.clauses.values():
            for defeat in status.defeated_by:
                if isinstance(defeat.reason, Priority):
                    idle.discard(defeat.reason.kind)
    for circle in circles(world.policy):
        needed = {name for e in circle for name in (e.winner, e.declared_by)}
        if world.some(applying(*needed)):
            idle -= {each.kind for each in circle}
    used = used_priorities(world)
    return idle - {p.kind for p in world.policy.priorities if (p.winner, p.loser) in used}


def idle_priorities(world: World) -> set[tuple[str, str]]:
    """R03: pairs of clauses between which no declared priority ever defeats, in a case or for
    two persons, and which lie on no circle of priority that closes in some case."""
    pairs = {(each.winner, each.loser) for each in world.policy.priorities if each.rule is None}
    for point in world.points:
        for loser, status in point.outcome.clauses.items():
            for defeat in status.defeated_by:
                if isinstance(defeat.reason, Priority):
                    pairs.discard((defeat.clause, loser))
    for circle in circles(world.policy):
        needed = {name for e in circle for name in (e.winner, e.declared_by)}
        if world.some(applying(*needed)):
            pairs -= {(each.winner, each.loser) for each in circle}
    return pairs - used_priorities(world)


# --- remarks and expectations --------------------------------------------------------------


def permitted_never_obliged(world: World) -> Found:
    """P01: readings under which two clauses or more permit an action and none obliges it."""
    found: Found = {}
    for action in world.policy.actions:
        obliged = {p.read for p in world.points if p.outcome.states[action].obliged is not None}
        permitting = carriers(world.policy, action, "permit")
        reads = [world.reads_of(forcing(name)) for name in permitting]
        several = (read for read in world.reads if sum(read in each for each in reads) > 1)
        found[(action,)] = frozenset(several) - obliged
    return _some(found)


def carriers(policy: Policy, action: str, force: str) -> list[str]:
    """The clauses that do something to an action."""
    return [
        clause.name
        for clause in policy.clauses.values()
        if any(
            isinstance(e, NormEffect) and (e.action, e.force) == (action, force)
            for e in clause.effects
        )
    ]


def refuted(world: World, expected: Expectation) -> frozenset[Read]:
    """E01: the readings under which an expectation is false."""
    condition, premise = expected.condition, expected.premise
    match expected.form:
        case "never":
            return world.reads_of(lambda p: world.all_hold((premise, condition), p))
        case "always":
            return world.reads_of(
                lambda p: world.holds(premise, p) and not world.holds(condition, p)
            )
        case "sometimes":
            met = world.reads_of(lambda p: world.all_hold((premise, condition), p))
            return frozenset(world.reads) - met
    name = phrases.code(condition)
    forced = world.reads_of(lambda p: p.in_force(name))
    if expected.form == "unreachable":
        return forced
    return world.reads_with(world.policy.clauses[name].under) - forced


def vacuous(world: World, expected: Expectation) -> bool:
    """E02: an expectation of something that is always or never so, whose premise never holds."""
    premise = expected.premise
    if premise is None and isinstance(expected.condition, Implication):
        premise = expected.condition.premise if expected.form == "always" else None
    return (
        expected.form in ("always", "never")
        and premise is not None
        and not world.some(lambda p: world.holds(premise, p))
    )


def _some(found: Found) -> Found:
    return {key: reads for key, reads in found.items() if reads}
