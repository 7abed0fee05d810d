"""Every node of a policy's model, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator

from policy_dsl.deeds import nodes
from policy_dsl.model import Expr, Policy

__all__ = ["expressions", "nodes"]


def expressions(policy: Policy) -> Iterator[Expr]:
    """Every expression of a policy, those inside others included."""
    return (each for each in nodes(policy) if isinstance(each, Expr))
