"""Where the nodes of a graph are put: in layers from the top down, neighbours near each other.

Same graph, same places. What is drawn at the places is for others to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

Edge = tuple[int, int]

_SWEEPS = 8
_PULL = 0.8
"""How strongly neighbours draw a node to them; less than 1 keeps the whole narrow, about 0."""


@dataclass(frozen=True, kw_only=True)
class Layers:
    """``rows`` has the nodes of each layer from left to right; ``x`` the middle of each node.

    Numbers from the count of the graph's nodes on are bends: places where a line passes a layer.
    ``ways`` gives for each edge the nodes on its way, from its source to its target.
    """

    rows: tuple[tuple[int, ...], ...]
    x: Mapping[int, float]
    ways: Mapping[Edge, tuple[int, ...]]


def arrange(
    room: Sequence[float], bend_room: float, edges: Sequence[Edge], starts: Sequence[int]
) -> Layers:
    """Arrange nodes, of which ``room`` says how wide each is, and ``bend_room`` how wide a bend.

    Edges are of different nodes, each once; a circle of them goes upwards somewhere. ``starts``
    are the nodes to begin with.
    """
    count = len(room)
    down = _downwards(count, edges, starts)
    depth = _depths(count, down)
    rows: list[list[int]] = [[] for _ in range(max(depth, default=-1) + 1)]
    for node in range(count):
        rows[depth[node]].append(node)
    ways: dict[Edge, tuple[int, ...]] = {}
    chains: list[list[int]] = []
    bend = count
    for edge, (upper, lower) in zip(edges, down, strict=True):
        chain = [upper]
        for layer in range(depth[upper] + 1, depth[lower]):
            rows[layer].append(bend)
            chain.append(bend)
            bend += 1
        chains.append([*chain, lower])
        ways[edge] = tuple(chains[-1] if edge[0] == upper else reversed(chains[-1]))
    above: dict[int, list[int]] = {}
    below: dict[int, list[int]] = {}
    for chain in chains:
        for one, two in pairwise(chain):
            below.setdefault(one, []).append(two)
            above.setdefault(two, []).append(one)
    rows = _ordered(rows, above, below)
    widths = [*room, *(bend_room for _ in range(count, bend))]
    return Layers(
        rows=tuple(tuple(row) for row in rows), x=_spread(rows, above, below, widths), ways=ways
    )


def _downwards(count: int, edges: Sequence[Edge], starts: Sequence[int]) -> list[Edge]:
    """The edges, those that close a circle turned round."""
    after: dict[int, list[int]] = {}
    for source, target in edges:
        after.setdefault(source, []).append(target)
    turned: set[Edge] = set()
    seen: set[int] = set()
    for start in (*starts, *range(count)):
        if start in seen:
            continue
        seen.add(start)
        path = [(start, iter(after.get(start, ())))]
        on_path = {start}
        while path:
            node, targets = path[-1]
            target = next(targets, -1)
            if target < 0:
                path.pop()
                on_path.discard(node)
            elif target in on_path:
                turned.add((node, target))
            elif target not in seen:
                seen.add(target)
                on_path.add(target)
                path.append((target, iter(after.get(target, ()))))
    return [(each[1], each[0]) if each in turned else each for each in edges]


def _depths(count: int, down: Sequence[Edge]) -> list[int]:
    """The layer of each node: below everything that leads to it."""
    before: list[set[int]] = [set() for _ in range(count)]
    for source, target in down:
        before[target].add(source)
    depth = [0] * count
    left = set(range(count))
    while left:
        ready = [node for node in sorted(left) if not before[node] & left]
        for node in ready:
            depth[node] = max((depth[each] + 1 for each in before[node]), default=0)
        left -= set(ready)
    return depth


def _ordered(
    rows: list[list[int]], above: Mapping[int, list[int]], below: Mapping[int, list[int]]
) -> list[list[int]]:
    """The nodes of each row in an order in which few lines cross."""
    best, fewest = [list(row) for row in rows], _crossings(rows, below)
    for sweep in range(_SWEEPS):
        downwards = sweep % 2 == 0
        order = range(1, len(rows)) if downwards else range(len(rows) - 2, -1, -1)
        for at in order:
            other = rows[at - 1] if downwards else rows[at + 1]
            place = {node: float(index) for index, node in enumerate(other)}
            near = above if downwards else below
            means = [(_mean(n, near, place, index), n) for index, n in enumerate(rows[at])]
            rows[at] = [node for _, node in sorted(means, key=itemgetter(0))]
        crossings = _crossings(rows, below)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    return best


def _mean(
    node: int, near: Mapping[int, list[int]], place: Mapping[int, float], usual: float
) -> float:
    found = [place[each] for each in near.get(node, ())]
    return sum(found) / len(found) if found else usual


def _crossings(rows: Sequence[Sequence[int]], below: Mapping[int, list[int]]) -> int:
    crossings = 0
    for upper, lower in pairwise(rows):
        place = {node: index for index, node in enumerate(lower)}
        ends = [at for n in upper for at in sorted(place[each] for each in below.get(n, ()))]
        crossings += sum(a > b for i, a in enumerate(ends) for b in ends[i + 1 :])
    return crossings


def _spread(
    rows: Sequence[Sequence[int]],
    above: Mapping[int, list[int]],
    below: Mapping[int, list[int]],
    widths: Sequence[float],
) -> dict[int, float]:
    """The middle of each node: near those that it is joined to, and none on another."""
    x: dict[int, float] = {}
    for row in rows:
        at = -sum(widths[node] for node in row) / 2
        for node in row:
            x[node] = at + widths[node] / 2
            at += widths[node]
    for sweep in range(_SWEEPS):
        near = above if sweep % 2 == 0 else below
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = [_PULL * _mean(node, near, x, x[node]) for node in row]
            for node, place in zip(row, _apart(wanted, [widths[n] for n in row]), strict=True):
                x[node] = place
    least = min((x[node] - widths[node] / 2 for row in rows for node in row), default=0.0)
    return {node: round(place - least, 1) for node, place in x.items()}


def _apart(wanted: Sequence[float], widths: Sequence[float]) -> list[float]:
    """The places nearest to those wanted at which, in this order, no two nodes overlap."""
    offsets = [0.0]
    for one, two in pairwise(widths):
        offsets.append(offsets[-1] + (one + two) / 2)
    groups: list[tuple[float, int]] = []  # the sum of a group's places, and how many they are
    for place, offset in zip(wanted, offsets, strict=False):
        groups.append((place - offset, 1))
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] > groups[-1][0] / groups[-1][1]:
            total, many = groups.pop()
            groups[-1] = (groups[-1][0] + total, groups[-1][1] + many)
    level = [total / many for total, many in groups for _ in range(many)]
    return [each + offset for each, offset in zip(level, offsets, strict=False)]
