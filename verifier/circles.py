"""Circles of priority, found in the declarations alone."""

from __future__ import annotations

from collections.abc import Iterator

from policy_dsl.graph import components
from policy_dsl.model import Policy, Priority

Cycle = tuple[Priority, ...]
"""Priorities, each of which ends where the next begins, and the last where the first does."""


def circles(policy: Policy, limit: int) -> Iterator[Cycle]:
    """Simple circles in the graph of priorities, each told once, from its first clause."""
    edges: dict[str, dict[str, Priority]] = {}
    for each in policy.priorities:
        if each.kind != "savings":
            edges.setdefault(each.winner, {}).setdefault(each.loser, each)
    graph = {winner: list(losers) for winner, losers in edges.items()}
    told = 0
    for component in components(policy.clauses, graph):
        members = [name for name in policy.clauses if name in component]
        for index, start in enumerate(members if len(members) > 1 else ()):
            allowed = set(members[index:])
            paths: list[Cycle] = [()]
            while paths:
                path = paths.pop()
                at = path[-1].loser if path else start
                for loser, edge in reversed(edges.get(at, {}).items()):
                    if loser == start:
                        yield (*path, edge)
                        told += 1
                        if told >= limit:
                            return
                    elif loser in allowed and all(loser != e.loser for e in path):
                        paths.append((*path, edge))


def needed_by(cycle: Cycle) -> list[str]:
    """The clauses that have to apply together for a circle to close."""
    winners = [each.winner for each in cycle]
    return list(dict.fromkeys([*winners, *(each.declared_by for each in cycle)]))
