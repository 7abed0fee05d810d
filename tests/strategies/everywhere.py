"""Every node of a policy's model, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from policy_dsl.model import Expr, Policy
from policy_dsl.source import Place


def nodes(part: object) -> Iterator[object]:
    """A part of a model and every dataclass below it; places are left out."""
    if isinstance(part, Place):
        return
    if isinstance(part, Mapping):
        for value in part.values():
            yield from nodes(value)
    elif isinstance(part, tuple):
        for item in part:
            yield from nodes(item)
    elif is_dataclass(part):
        yield part
        for each in fields(part):
            yield from nodes(getattr(part, each.name))


def expressions(policy: Policy) -> Iterator[Expr]:
    """Every expression of a policy, those inside others included."""
    return (each for each in nodes(policy) if isinstance(each, Expr))
