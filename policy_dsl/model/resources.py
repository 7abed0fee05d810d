"""Resources of the resolved model: what there is a limited number of, and who is ranked for it."""

from __future__ import annotations

from dataclasses import dataclass

from policy_dsl.model.expressions import Expr
from policy_dsl.source import Place


@dataclass(frozen=True, kw_only=True)
class Resource:
    """Something that several persons may need, of which there are ``low`` to ``high`` units.

    ``high`` is None where there is no upper limit. Clauses rank only persons of whom ``scope``
    holds (None: everybody). ``short`` is what holds in the case of a person for whom no unit is
    left.
    """

    name: str
    phrase: str
    low: int = 1
    high: int | None = None
    scope: Expr | None = None
    short: Expr | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Use:
    """An action takes ``count`` units of a resource."""

    resource: str
    count: int
