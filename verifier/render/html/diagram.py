"""The drawing of a process: boxes for its states, arrows for its steps, and their labels.

Lengths are in the units of the drawing, which are pixels on a screen. Same process, same drawing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policy_dsl.wording import blank
from verifier.exhibits import ProcessMap, ProcessState
from verifier.render.html.layers import Edge, Layers, arrange
from verifier.render.html.lettering import lines_of, width_of

LARGEST = (60, 200)
"""From this many states or arrows on, a process is only listed."""

_BOX, _GAP, _BEND = 142.0, 20.0, 22.0
_LINE, _PADDING, _BETWEEN, _MARGIN = 16.0, 9.0, 92.0, 4.0
_LABEL, _LOOP = 19.0, 24.0

_MANY, _LONG = 16, 170.0
"""With more arrows than this all labels are numbers only, and so is one that would be longer."""

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Box:
    """A state: its corner, its size, and its words in lines that fit it."""

    name: str
    left: float
    top: float
    width: float
    height: float
    lines: tuple[str, ...]
    kind: str

    @property
    def middle(self) -> float:
        """Where its words are centred."""
        return self.left + self.width / 2

    def baseline(self, line: int) -> float:
        """The height at which a line of its words stands."""
        return self.top + _PADDING + _LINE * line + 11.5


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """One or more steps from one state to another: the line with its head, and the label."""

    source: str
    target: str
    steps: tuple[int, ...]
    path: str
    x: float
    y: float
    label: str
    reached: bool

    @property
    def width(self) -> float:
        """How wide the ground of the label is."""
        return width_of(self.label) + 10


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A process as it is drawn, from ``left`` and ``top`` on. Steps are numbered from 1."""

    left: float
    top: float
    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def draw(process: ProcessMap) -> Drawing | None:
    """The drawing of a process; None where it has too many states or arrows to be readable."""
    numbers = {state.name: at for at, state in enumerate(process.states)}
    joined: dict[Edge, list[int]] = {}
    for number, step in enumerate(process.steps, start=1):
        for source in step.sources:
            if source in numbers and step.target in numbers:
                joined.setdefault((numbers[source], numbers[step.target]), []).append(number)
    if not process.states or len(process.states) > LARGEST[0] or len(joined) > LARGEST[1]:
        return None
    edges = [edge for edge in joined if edge[0] != edge[1]]
    starts = [at for at, state in enumerate(process.states) if state.start]
    short = {edge: numbers_of(steps) for edge, steps in joined.items()}
    rooms = [_BOX + _GAP for _ in process.states]
    for edge in joined:
        if edge[0] == edge[1]:
            rooms[edge[0]] += 2 * (_LOOP + width_of(short[edge]))
    layers = arrange(rooms, _BEND, edges, starts)
    boxes, tops, bottoms = _boxes(process.states, layers)
    lines = _lines(layers, edges, tops, bottoms)
    for edge in joined:
        if edge[0] == edge[1]:
            lines[edge] = _loop(boxes[edge[0]])
    labels = {
        edge: said if edge[0] != edge[1] and width_of(said) <= _LONG else short[edge]
        for edge, steps in joined.items()
        for said in [_named(process, steps)]
    }
    placed = _placed(lines, labels) if len(joined) <= _MANY else None
    if placed is None:
        labels = short
        placed = _placed(lines, labels, at_all_costs=True) or {}
    arrows = tuple(
        Arrow(
            source=process.states[edge[0]].name,
            target=process.states[edge[1]].name,
            steps=tuple(steps),
            path=_path(lines[edge]),
            x=round(placed[edge][0], 1),
            y=round(placed[edge][1], 1),
            label=labels[edge],
            reached=any(process.steps[number - 1].reached is not False for number in steps),
        )
        for edge, steps in joined.items()
    )
    return _fitted(tuple(boxes[at] for at in sorted(boxes)), arrows, lines)


def _boxes(
    states: Sequence[ProcessState], layers: Layers
) -> tuple[dict[int, Box], dict[int, float], dict[int, float]]:
    """The boxes; and for each node and bend where its layer begins and ends."""
    boxes: dict[int, Box] = {}
    tops: dict[int, float] = {}
    bottoms: dict[int, float] = {}
    top = 0.0
    for row in layers.rows:
        words = {node: _words(states[node]) for node in row if node < len(states)}
        height = max((len(each) for each in words.values()), default=1) * _LINE + 2 * _PADDING
        for node in row:
            tops[node], bottoms[node] = top, top + height
        for node, said in words.items():
            own = len(said) * _LINE + 2 * _PADDING
            boxes[node] = Box(
                name=states[node].name,
                left=round(layers.x[node] - _BOX / 2, 1),
                top=round(top + (height - own) / 2, 1),
                width=_BOX,
                height=own,
                lines=said,
                kind=_kind(states[node]),
            )
            tops[node], bottoms[node] = boxes[node].top, boxes[node].top + own
        top += height + _BETWEEN
    return boxes, tops, bottoms


def _words(state: ProcessState) -> tuple[str, ...]:
    said = state.phrase or blank(state.name)
    marks = [word for word, so in (("start", state.start), ("end", state.end)) if so]
    lines = lines_of(said[:1].upper() + said[1:], _BOX - 16, 5)
    return (*lines, f"({' and '.join(marks)})") if marks else lines


def _kind(state: ProcessState) -> str:
    kinds = [word for word, so in (("start", state.start), ("end", state.end)) if so]
    return " ".join([*kinds, *(["never"] if state.reached is False else [])])


def _lines(
    layers: Layers,
    edges: Sequence[Edge],
    tops: Mapping[int, float],
    bottoms: Mapping[int, float],
) -> dict[Edge, list[Point]]:
    """For each edge the points at which it leaves, passes layers, and comes in."""
    down = {edge: tops[edge[0]] < tops[edge[1]] for edge in edges}
    ends: dict[tuple[int, bool], list[tuple[float, int, Edge]]] = {}
    for at, edge in enumerate(edges):
        way = layers.ways[edge]
        ends.setdefault((edge[0], down[edge]), []).append((layers.x[way[1]], at, edge))
        ends.setdefault((edge[1], not down[edge]), []).append((layers.x[way[-2]], at, edge))
    ports: dict[tuple[int, Edge], float] = {}
    for (node, _), joined in ends.items():
        apart = min(30.0, (_BOX - 20) / len(joined))
        first = layers.x[node] - apart * (len(joined) - 1) / 2
        for at, (_, _, edge) in enumerate(sorted(joined)):
            ports[node, edge] = round(first + apart * at, 1)
    lines: dict[Edge, list[Point]] = {}
    for edge in edges:
        out, into = (bottoms, tops) if down[edge] else (tops, bottoms)
        points = [(ports[edge[0], edge], out[edge[0]])]
        for bend in layers.ways[edge][1:-1]:
            points += [(layers.x[bend], into[bend]), (layers.x[bend], out[bend])]
        lines[edge] = [*points, (ports[edge[1], edge], into[edge[1]])]
    return lines


def _loop(box: Box) -> list[Point]:
    """A line from the right side of a box back to it."""
    right, middle = box.left + box.width, box.top + box.height / 2
    return [(right, middle - 9), (right + _LOOP, middle), (right, middle + 9)]


def _path(line: Sequence[Point]) -> str:
    """The line through the points as the drawing language has it, with an open head."""
    if len(line) == 3:
        (x, y), (far, _), (_, end) = line
        return f"M{x:g} {y:g}C{far:g} {y - 8:g} {far:g} {end + 8:g} {x:g} {end:g}m7 -5l-7 5l7 4"
    said = f"M{line[0][0]:g} {line[0][1]:g}"
    for at, ((x, y), (to_x, to_y)) in enumerate(pairwise(line)):
        half = (y + to_y) / 2
        said += f"V{to_y:g}" if at % 2 else f"C{x:g} {half:g} {to_x:g} {half:g} {to_x:g} {to_y:g}"
    up = 8 if line[-1][1] < line[-2][1] else -8
    return f"{said}m-4 {up}l4 {-up}l4 {up}"


def numbers_of(steps: Sequence[int]) -> str:
    """Numbers, in rising order, for a label: ``1, 3 to 6``."""
    runs: list[list[int]] = []
    for number in steps:
        if runs and runs[-1][-1] + 1 == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = (f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
    return ", ".join(told)


def _named(process: ProcessMap, steps: Sequence[int]) -> str:
    return ", ".join(f"{n} {blank(process.steps[n - 1].name)}" for n in steps)


def _placed(
    lines: Mapping[Edge, Sequence[Point]], labels: Mapping[Edge, str], at_all_costs: bool = False
) -> dict[Edge, Point] | None:
    """Where the labels stand so that none is on another; None if there is no such place."""
    placed: dict[Edge, Point] = {}
    taken: list[tuple[Point, float]] = []
    for edge, line in lines.items():
        wide = width_of(labels[edge]) + 12
        places = _along(line, wide)
        free = next(
            (
                (x, y)
                for x, y in places
                if all(
                    abs(x - other[0]) >= (wide + width) / 2 or abs(y - other[1]) >= _LABEL
                    for other, width in taken
                )
            ),
            None,
        )
        if free is None and not at_all_costs:
            return None
        placed[edge] = free or places[0]
        taken.append((placed[edge], wide))
    return placed


def _along(line: Sequence[Point], wide: float) -> list[Point]:
    """Places on a line for its label, the best first."""
    if len(line) == 3:
        return [(line[1][0] + wide / 2 - 8, line[1][1])]
    found = []
    for (x, y), (to_x, to_y) in list(pairwise(line))[::2]:
        for t in (0.5, 0.2, 0.8, 0.35, 0.65):
            bow = 3 * t * t - 2 * t * t * t
            high = (1 - t) ** 3 * y + 3 * t * (1 - t) * (y + to_y) / 2 + t**3 * to_y
            found.append((x + (to_x - x) * bow, high))
    return found


def _fitted(
    boxes: tuple[Box, ...], arrows: tuple[Arrow, ...], lines: Mapping[Edge, Sequence[Point]]
) -> Drawing:
    """The drawing with room for everything that is in it."""
    xs = [x for line in lines.values() for x, _ in line]
    ys = [y for line in lines.values() for _, y in line]
    for box in boxes:
        xs += [box.left, box.left + box.width]
        ys += [box.top, box.top + box.height]
    for arrow in arrows:
        xs += [arrow.x - arrow.width / 2, arrow.x + arrow.width / 2]
    left, top = min(xs) - _MARGIN, min(ys) - _MARGIN
    return Drawing(
        left=round(left, 1),
        top=round(top, 1),
        width=round(max(xs) + _MARGIN - left, 1),
        height=round(max(ys) + _MARGIN - top, 1),
        boxes=boxes,
        arrows=arrows,
    )
