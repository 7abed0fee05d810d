"""The clashes between clauses that a policy leaves open, and what a rule would make of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import assert_never

from policy_dsl.model import Policy
from verifier.check import Context
from verifier.clash_findings import sets_of, together
from verifier.clashes import Shape
from verifier.origins import Origin
from verifier.session import NotSettled
from verifier.shared import Shared
from verifier.solvers.backend import Term
from verifier.value_clashes import apart, pairs_of


@dataclass(frozen=True)
class OfNorms:
    """Clauses whose duties and liberties cannot all be honoured."""

    shape: Shape
    chosen: tuple[Origin, ...]


@dataclass(frozen=True)
class OfValues:
    """Two clauses that set an output to different values."""

    output: str
    one: str
    two: str


Way = OfNorms | OfValues
"""One way in which clauses clash."""


@dataclass
class OpenClash:
    """Clauses that clash in some case, in one or more ways, in the order of the policy."""

    clauses: tuple[str, ...]
    ways: list[Way] = field(default_factory=list)


def open_clashes(ctx: Context) -> list[OpenClash]:
    """Every smallest set of two clauses or more that clash in some case, in the order of the
    policy. Raises ``NotSettled`` where there are more than are told apart."""
    rank = {name: index for index, name in enumerate(ctx.policy.clauses)}
    found: dict[tuple[str, ...], OpenClash] = {}

    def add(clauses: set[str], way: Way) -> None:
        key = tuple(sorted(clauses, key=rank.__getitem__))
        found.setdefault(key, OpenClash(key)).ways.append(way)

    for shape in ctx.shared.shapes:
        sets, complete = sets_of(ctx, shape, "clauses" if shape.direct else "both")
        if not complete:
            raise NotSettled(f"more than {ctx.limits.clashes} sets of clauses clash in one way")
        for chosen in sets:
            clauses = {each.clause for each in chosen if each.clause is not None}
            if len(clauses) > 1 and all(each.clause is not None for each in chosen):
                add(clauses, OfNorms(shape, chosen))
    for output in ctx.policy.outputs:
        pairs = pairs_of(ctx, output)
        if len(pairs) > ctx.limits.clashes:
            raise NotSettled(f"more than {ctx.limits.clashes} pairs of clauses set one output")
        for one, two in pairs:
            add({one, two}, OfValues(output, one, two))
    return [found[key] for key in sorted(found, key=lambda key: [rank[each] for each in key])]


def terms(ctx: Context, way: Way) -> list[Term]:
    """What is so in a case in which clauses clash in a way."""
    match way:
        case OfNorms():
            return together(ctx, way.shape, way.chosen)
        case OfValues():
            return apart(ctx, way.output, way.one, way.two)
        case _:
            assert_never(way)


def left_open(ctx: Context, policy: Policy, clashes: Sequence[OpenClash]) -> list[OpenClash]:
    """Those of some clashes that a policy with other priorities still has: each is asked again, of
    all cases and readings. Raises ``NotSettled``."""
    other = Context(Shared(policy, ctx.shared.new_backend, ctx.limits, brief=True))
    return [
        each
        for each in clashes
        if any(other.session.possible(terms(other, way)) for way in each.ways)
    ]
