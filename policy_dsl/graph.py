"""Strongly connected components of a small directed graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence


def reached_from(start: str, successors: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """All nodes to which edges lead from one; the node itself where it lies on a circle."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for each in successors.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return frozenset(found)


def components(
    nodes: Iterable[str], successors: Mapping[str, Sequence[str]]
) -> list[tuple[str, ...]]:
    """The strongly connected components, each after all components it has an edge into.

    ``successors`` may lack nodes without edges; an edge to something that is not among
    ``nodes`` is ignored. The result depends only on the order of ``nodes`` and of the edges.

    Source: Tarjan, "Depth-first search and linear graph algorithms" (1972); iterative, so that
    a long chain does not exhaust Python's stack.
    """
    order = list(dict.fromkeys(nodes))
    known = set(order)
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    waiting: set[str] = set()
    found: list[tuple[str, ...]] = []

    def enter(node: str) -> tuple[str, Iterator[str]]:
        number[node] = low[node] = len(number)
        stack.append(node)
        waiting.add(node)
        return node, (each for each in successors.get(node, ()) if each in known)

    for root in order:
        if root in number:
            continue
        path = [enter(root)]
        while path:
            node, edges = path[-1]
            below = next(edges, None)
            if below is not None:
                if below not in number:
                    path.append(enter(below))
                elif below in waiting:
                    low[node] = min(low[node], number[below])
                continue
            path.pop()
            if path:
                parent = path[-1][0]
                low[parent] = min(low[parent], low[node])
            if low[node] == number[node]:
                members = [stack.pop()]
                while members[-1] != node:
                    members.append(stack.pop())
                waiting.difference_update(members)
                found.append(tuple(reversed(members)))
    return found
