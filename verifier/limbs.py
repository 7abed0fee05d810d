"""The parts of a clause's conditions: where each stands, and the clause without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from policy_dsl import model
from policy_dsl.model import Clause, Expr, Policy

FALSE = model.AnyOf(operands=())
"""The condition that never holds."""


@dataclass(frozen=True)
class Limb:
    """One operand of an ``all of`` or ``any of`` inside a condition.

    ``alternative``: it is one of several that would do; else it is one of several needed.
    ``context`` are the conditions beside which it stands, each with whether it has to hold.
    ``whole`` is the outermost condition, ``without`` the same with this limb made idle.
    ``under`` are the readings under which the condition is used at all.
    """

    owner: str
    part: Expr
    alternative: bool
    context: tuple[tuple[Expr, bool], ...]
    whole: Expr
    without: Expr
    under: Expr | None = None


def limbs_of(owner: str, whole: Expr, context: tuple[tuple[Expr, bool], ...]) -> Iterator[Limb]:
    """Every limb of a condition, outer ones first. A limb inside a negation or a counted list
    is looked at without the conditions beside that."""
    yield from _limbs(owner, whole, context, whole, ())


def _limbs(
    owner: str,
    node: Expr,
    context: tuple[tuple[Expr, bool], ...],
    whole: Expr,
    path: tuple[tuple[str, int], ...],
) -> Iterator[Limb]:
    if isinstance(node, model.AllOf | model.AnyOf) and len(node.operands) == 1:
        inside = (*path, ("operands", 0))
        yield from _limbs(owner, node.operands[0], context, whole, inside)
    elif isinstance(node, model.AllOf | model.AnyOf) and node.operands:
        alternative = isinstance(node, model.AnyOf)
        idle = FALSE if alternative else model.TRUE
        for index, part in enumerate(node.operands):
            here = (*path, ("operands", index))
            beside = tuple((each, True) for i, each in enumerate(node.operands) if i != index)
            inner = context if alternative else (*context, *beside)
            yield Limb(owner, part, alternative, inner, whole, put(whole, here, idle))
            yield from _limbs(owner, part, inner, whole, here)
    elif isinstance(node, model.Negation):
        yield from _limbs(owner, node.operand, context, whole, (*path, ("operand", -1)))


def put(expr: Expr, path: tuple[tuple[str, int], ...], new: Expr) -> Expr:
    """The expression with the part at a path replaced."""
    if not path:
        return new
    (name, index), rest = path[0], path[1:]
    value = getattr(expr, name)
    if index < 0:
        return replace(expr, **{name: put(value, rest, new)})  # type: ignore[arg-type]
    parts = list(value)
    parts[index] = put(parts[index], rest, new)
    return replace(expr, **{name: tuple(parts)})  # type: ignore[arg-type]


def clause_limbs(clause: Clause) -> Iterator[Limb]:
    """Every limb of a clause's requirements and exceptions; the context of an exception is that
    the requirements hold, the context of a requirement the other requirements."""
    needs = [each.condition for each in clause.requirements]
    for index, condition in enumerate(needs):
        others = tuple((each, True) for i, each in enumerate(needs) if i != index)
        for limb in limbs_of(clause.name, condition, others):
            yield replace(limb, under=clause.under)
    all_needs = tuple((each, True) for each in needs)
    for exception in clause.exceptions:
        for limb in limbs_of(clause.name, exception.condition, all_needs):
            yield replace(limb, under=clause.under)


def definition_limbs(policy: Policy) -> Iterator[Limb]:
    """Every limb of the yes/no definitions without parameters."""
    for definition in policy.definitions.values():
        if definition.parameters:
            continue
        for case in definition.cases:
            if model.is_condition(case.body):
                for limb in limbs_of(definition.name, case.body, ()):
                    yield replace(limb, under=case.under)
