"""What a clause needs, part by part: each of its conditions, by the author's own names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policy_dsl import model
from policy_dsl.model import Clause, Expr, Policy

Need = tuple[Expr, bool]
"""A condition, and whether it is to hold or to fail."""


@dataclass(frozen=True)
class Part:
    """One thing that a clause needs: that ``expr`` holds, or, with ``truth=False``, that it fails.

    It fails alone in the cases that meet ``not expr`` (or ``expr``) and all that is listed in one
    of the ``ways``. ``within`` is the need of a definition that it is a part of, if the clause
    needs a definition that is a list of things needed; the definition is a part itself, too.
    """

    expr: Expr
    truth: bool
    ways: tuple[tuple[Need, ...], ...]
    within: Need | None = None


def parts_of(policy: Policy, clause: Clause) -> list[Part]:
    """The parts of a clause in the order in which they are written: what its requirements need,
    then what its exceptions must not be. What is needed twice is one part."""
    found: dict[Need, None] = {}
    for requirement in clause.requirements:
        found.update(dict.fromkeys(_needs(requirement.condition, True)))
    for exception in clause.exceptions:
        found.update(dict.fromkeys(_needs(exception.condition, False)))
    read: tuple[Need, ...] = () if clause.under is None else ((clause.under, True),)
    parts: list[Part] = []
    for need in found:
        beside = (*read, *(each for each in found if each != need))
        parts.append(Part(*need, (beside,)))
        for inner, ways in _inside(policy, *need).items():
            if inner not in found:
                around = tuple((*beside, *way) for way in ways)
                parts.append(Part(*inner, around, within=need))
    return parts


def _needs(expr: Expr, truth: bool) -> Iterator[Need]:
    """The things that must all be so for a condition to hold, or to fail."""
    match expr:
        case model.Negation():
            yield from _needs(expr.operand, not truth)
        case model.AllOf(operands=operands) if not _about_one_thing(operands) and (
            truth or len(operands) == 1
        ):
            for each in operands:
                yield from _needs(each, truth)
        case model.AnyOf(operands=operands) if not _about_one_thing(operands) and (
            not truth or len(operands) == 1
        ):
            for each in operands:
                yield from _needs(each, truth)
        case model.Implication() if not truth:
            yield from _needs(expr.premise, True)
            yield from _needs(expr.conclusion, False)
        case _:
            yield expr, truth


def _about_one_thing(operands: Sequence[Expr]) -> bool:
    """Whether conditions say that one thing has, or has not, some of its named values, as in
    "is one of (a, b)": a reader sees one condition."""
    things = {
        each.left if isinstance(each, model.Compare) and each.sign in ("=", "!=") else each
        for each in operands
    }
    return len(operands) > 1 and len(things) == 1


def _inside(policy: Policy, expr: Expr, truth: bool) -> dict[Need, list[tuple[Need, ...]]]:
    """The parts of a definition that is a list of things needed, each with what stands beside it
    under each reading. A list of clauses is left whole: each says by itself what it needs."""
    found: dict[Need, list[tuple[Need, ...]]] = {}
    if not isinstance(expr, model.DefinitionValue) or expr.arguments:
        return found
    for case in policy.definitions[expr.definition].cases:
        needs = list(dict.fromkeys(_needs(case.body, truth)))
        if len(needs) < 2 or any(isinstance(each, model.ClauseApplies) for each, _ in needs):
            continue
        read: tuple[Need, ...] = () if case.under is None else ((case.under, True),)
        for need in needs:
            beside = (*read, *(each for each in needs if each != need))
            found.setdefault(need, []).append(beside)
    return found
