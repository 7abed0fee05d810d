"""Parts of conditions by brute force: which limbs are dead, which decide nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from policy_dsl import phrases
from policy_dsl.model import AllOf, AnyOf, Clause, ClauseApplies, Expr, Negation, is_condition, walk
from tests.verifier.world import Point, World, applying

NO = AnyOf(operands=())
YES = AllOf(operands=())


@dataclass(frozen=True)
class Limb:
    """One operand of a list inside a condition. ``beside`` has to hold for it to matter."""

    part: Expr
    alternative: bool
    beside: tuple[Expr, ...]
    without: Expr
    """The whole condition, with the limb made idle."""


def limbs(whole: Expr, beside: tuple[Expr, ...] = ()) -> Iterator[Limb]:
    """The limbs of every ``all of`` and ``any of`` in a condition, through negations."""
    match whole:
        case Negation():
            for limb in limbs(whole.operand, beside):
                yield replace(limb, without=replace(whole, operand=limb.without))
        case AllOf(operands=parts) | AnyOf(operands=parts):
            alternative = isinstance(whole, AnyOf)
            for index, part in enumerate(parts):
                siblings = parts[:index] + parts[index + 1 :]
                near = beside if alternative else (*beside, *siblings)

                def put(new: Expr, at: int = index) -> Expr:
                    return replace(whole, operands=(*parts[:at], new, *parts[at + 1 :]))

                if len(parts) > 1:
                    yield Limb(part, alternative, near, put(NO if alternative else YES))
                for limb in limbs(part, near):
                    yield replace(limb, without=put(limb.without))
        case _:
            pass


def dead_alternatives(world: World) -> list[tuple[str, str]]:
    """U07: alternatives that never hold beside what they need, where that can hold at all."""
    dead = [
        (name, phrases.code(limb.part))
        for name, clause in world.policy.clauses.items()
        for limb in alternatives(clause)
        if _dead(world, limb, clause.under)
    ]
    for name, definition in world.policy.definitions.items():
        for case in definition.cases if not definition.parameters else ():
            if is_condition(case.body):
                dead += [
                    (name, phrases.code(limb.part))
                    for limb in limbs(case.body)
                    if limb.alternative and _dead(world, limb, case.under)
                ]
    return dead


def alternatives(clause: Clause) -> Iterator[Limb]:
    """The alternatives in a clause, beside what they need: those of a requirement the other
    requirements, those of an exception all requirements."""
    needs = [each.condition for each in clause.requirements]
    for index, whole in enumerate(needs):
        others = tuple(needs[:index] + needs[index + 1 :])
        yield from (each for each in limbs(whole, others) if each.alternative)
    for exception in clause.exceptions:
        yield from (e for e in limbs(exception.condition, tuple(needs)) if e.alternative)


def _dead(world: World, limb: Limb, under: Expr | None) -> bool:
    named = limb.part.clause if isinstance(limb.part, ClauseApplies) else None
    also = world.policy.clauses[named].under if named else None
    matters = [p for p in world.points if world.all_hold((*limb.beside, under, also), p)]
    return bool(matters) and not any(world.holds(limb.part, p) for p in matters)


def idle_conditions(world: World) -> list[tuple[str, str]]:
    """R05: conditions inside a clause without which it applies in the same cases.

    A whole exception is R02's, an alternative that never holds is U07's, and what stands inside
    an idle condition is not told again.
    """
    found = []
    for name, clause in world.policy.clauses.items():
        if not world.some(applying(name)):
            continue
        points = [p for p in world.points if world.holds(clause.under, p)]
        needs = tuple(each.condition for each in clause.requirements)
        barred = tuple(Negation(operand=each.condition) for each in clause.exceptions)
        whole = AllOf(operands=(*needs, *barred))
        everything = list(limbs(whole))
        if len(needs) == 1 and not barred:
            everything.insert(0, Limb(needs[0], False, (), YES))
        others = list(alternatives(clause))
        idle: list[Expr] = []
        for limb in everything:
            if any(limb.part is each for each in barred):
                continue
            if any(limb.part is part for each in idle for part in walk(each)):
                continue
            if any(e.part is limb.part and _dead(world, e, clause.under) for e in others):
                continue
            if _idle(world, whole, limb, points):
                idle.append(limb.part)
                found.append((name, phrases.code(limb.part)))
    return found


def _idle(world: World, whole: Expr, limb: Limb, points: list[Point]) -> bool:
    return all(world.holds(whole, p) == world.holds(limb.without, p) for p in points)
