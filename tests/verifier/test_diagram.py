"""Drawings of processes: nothing lies on anything else, and every arrow joins its states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.verifier.exhibited import HOUSE, large_process, state, step
from verifier.exhibits import ProcessMap
from verifier.render.html.diagram import LARGEST, Arrow, Box, Drawing, draw, numbers_of
from verifier.render.html.layers import arrange
from verifier.render.html.lettering import lines_of, width_of


def process(size: int, joined: list[tuple[int, int]]) -> ProcessMap:
    """A process with a step for each pair of states."""
    return ProcessMap(
        name="p",
        title="",
        states=tuple(state(f"s{n}", f"in state {n}", start=n == 0) for n in range(size)),
        steps=tuple(step(f"t{n}", "moves", (f"s{a}",), f"s{b}") for n, (a, b) in enumerate(joined)),
    )


@st.composite
def processes(draw_: st.DrawFn) -> ProcessMap:
    """Small processes of any shape."""
    size = draw_(st.integers(1, 9))
    state_ = st.integers(0, size - 1)
    return process(size, draw_(st.lists(st.tuples(state_, state_), max_size=16)))


def drawn(made: ProcessMap) -> Drawing:
    """The drawing of a process that is not too large for it."""
    found = draw(made)
    assert found is not None
    return found


def points(path: str) -> list[tuple[float, float]]:
    """The points of the line of an arrow, without its head."""
    found: list[tuple[float, float]] = []
    for letter, rest in re.findall(r"([MCV])([^MCVm]*)", path):
        numbers = [float(each) for each in rest.split()]
        found.append((found[-1][0], numbers[0]) if letter == "V" else (numbers[-2], numbers[-1]))
    return found


def apart(one: Box, two: Box) -> bool:
    """Two boxes have some ground between them."""
    across = one.left + one.width < two.left or two.left + two.width < one.left
    return across or one.top + one.height < two.top or two.top + two.height < one.top


def on_border(box: Box, point: tuple[float, float]) -> bool:
    """A point lies on the border of a box."""
    x, y = point
    right, bottom = box.left + box.width, box.top + box.height
    within = box.left <= x <= right and box.top <= y <= bottom
    return within and min(abs(x - right), abs(y - box.top), abs(y - bottom)) < 0.2


def labels_that_meet(arrows: tuple[Arrow, ...]) -> Iterator[tuple[str, str]]:
    """Labels of which one lies on another."""
    for one, two in combinations(arrows, 2):
        if abs(one.x - two.x) < (one.width + two.width) / 2 and abs(one.y - two.y) < 18:
            yield one.label, two.label


@given(processes())
def test_boxes_are_apart_and_arrows_join_them(made: ProcessMap) -> None:
    drawing = drawn(made)
    assert draw(made) == drawing
    boxes = {each.name: each for each in drawing.boxes}
    assert list(boxes) == [each.name for each in made.states]
    assert all(apart(one, two) for one, two in combinations(drawing.boxes, 2))
    steps = sorted(number for each in drawing.arrows for number in each.steps)
    assert steps == list(range(1, len(made.steps) + 1))
    for arrow in drawing.arrows:
        line = points(arrow.path)
        assert on_border(boxes[arrow.source], line[0])
        assert on_border(boxes[arrow.target], line[-1])
        for number in arrow.steps:
            taken = made.steps[number - 1]
            assert (taken.sources, taken.target) == ((arrow.source,), arrow.target)


@given(processes())
def test_no_line_runs_through_a_box_and_all_is_within_the_drawing(made: ProcessMap) -> None:
    drawing = drawn(made)
    right, bottom = drawing.left + drawing.width, drawing.top + drawing.height
    for box in drawing.boxes:
        assert drawing.left <= box.left <= box.left + box.width <= right
        assert drawing.top <= box.top <= box.top + box.height <= bottom
    for arrow in drawing.arrows:
        assert drawing.left <= arrow.x - arrow.width / 2 <= arrow.x + arrow.width / 2 <= right
        for (x, y), (to_x, to_y) in pairwise(points(arrow.path)):
            if x == to_x and abs(y - to_y) > 20:  # a straight piece beside the boxes of a layer
                high, low = min(y, to_y), max(y, to_y)
                for box in drawing.boxes:
                    through = box.left < x < box.left + box.width
                    assert not (through and box.top < low - 1 and box.top + box.height > high + 1)


def test_a_small_process_has_the_names_of_its_steps_and_a_large_one_numbers() -> None:
    small, large = drawn(HOUSE), drawn(large_process())
    assert [each.label for each in small.arrows][:3] == ["1 come in", "2 lock", "3 knock"]
    assert {each.label for each in small.arrows if each.source == each.target} == {"5"}
    assert not list(labels_that_meet(small.arrows))
    assert all(re.fullmatch(r"\d+((,| to) \d+)*", each.label) for each in large.arrows)
    assert not list(labels_that_meet(large.arrows))
    assert len(large.boxes) == 20
    assert sum(len(each.steps) for each in large.arrows) == 40
    assert large.width < 900


def test_states_say_whether_they_are_start_end_or_never_reached() -> None:
    kinds = {each.name: each.kind for each in drawn(HOUSE).boxes}
    assert kinds == {
        "outside": "start",
        "inside": "",
        "locked_in": "",
        "cellar": "never",
        "gone": "end",
    }
    words = {each.name: each.lines for each in drawn(HOUSE).boxes}
    assert words["outside"][-1] == "(start)"
    never = [each.source for each in drawn(HOUSE).arrows if not each.reached]
    assert never == ["inside", "locked_in"]


def test_numbers_that_follow_one_another_are_told_by_the_first_and_last() -> None:
    assert numbers_of([1, 3, 4, 6, 7, 8, 10]) == "1, 3, 4, 6 to 8, 10"
    assert numbers_of([]) == ""


def test_steps_between_the_same_states_share_an_arrow() -> None:
    (arrow,) = drawn(process(2, [(0, 1), (0, 1)])).arrows
    assert arrow.steps == (1, 2)
    one, two = drawn(process(2, [(0, 1), (1, 0)])).arrows
    assert one.path != two.path


def test_there_and_back_over_a_layer_are_two_lines() -> None:
    drawing = drawn(process(3, [(0, 1), (1, 2), (0, 2), (2, 0)]))
    there, back = (points(each.path) for each in drawing.arrows[2:])
    assert not {x for x, _ in there} & {x for x, _ in back}


def test_what_is_too_large_is_not_drawn() -> None:
    assert draw(process(LARGEST[0], [])) is not None
    assert draw(process(LARGEST[0] + 1, [])) is None
    every = [(a, b) for a in range(20) for b in range(20)]
    assert draw(process(20, every)) is None
    assert draw(replace(HOUSE, states=())) is None


def test_a_step_from_or_to_no_known_state_is_left_out() -> None:
    odd = replace(HOUSE, steps=(step("odd", "is odd", ("nowhere", "inside"), "nowhere"),))
    assert drawn(odd).arrows == ()


def test_nodes_that_close_a_circle_are_still_in_layers() -> None:
    layers = arrange([10.0] * 3, 4.0, [(0, 1), (1, 2), (2, 0)], [1])
    assert [len(row) for row in layers.rows] == [1, 2, 1]
    assert layers.ways[0, 1] == (0, 3, 1)


def test_words_are_cut_into_lines_that_fit() -> None:
    assert lines_of("one two three", width_of("one two"), 3) == ("one two", "three")
    assert lines_of("one two three four", width_of("three"), 2) == ("one", "t ...")
    assert lines_of("abcdef", width_of("abc"), 3) == ("abc", "def")
    assert lines_of("", 50, 3) == ()
    assert width_of("\u4e2d") == 2 * width_of("a")
    assert width_of("\x00") == width_of("\\x00")
