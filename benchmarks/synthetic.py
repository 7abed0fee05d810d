"""Consistent policies of any size, made from nothing but a seed.

The cases are cut into boxes by repeated splits, as a decision table is: no two boxes meet and
together they cover everything. Each box gets one clause, so no two clauses ever apply together
and the right answer to every question about contradictions is "never".
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from random import Random
from typing import TypeAlias

SEED = 13


@dataclass(frozen=True)
class Numbers:
    """The numbers of a fact, or of a sum of facts, from ``low`` to ``high``, both included."""

    fact: str
    low: int
    high: int

    def written(self) -> list[str]:
        """The conditions that say so; none where the fact is not restricted."""
        return [f"{self.fact} >= {self.low}", f"{self.fact} <= {self.high}"]

    def halves(self, random: Random) -> tuple[Numbers, Numbers] | None:
        """Two parts of it, or None if it holds one number."""
        if self.low == self.high:
            return None
        third = (self.high - self.low) // 3
        cut = random.randint(self.low + third, max(self.low + third, self.high - third - 1))
        return Numbers(self.fact, self.low, cut), Numbers(self.fact, cut + 1, self.high)


@dataclass(frozen=True)
class Values:
    """Some of the values of an enumeration."""

    fact: str
    values: tuple[str, ...]

    def written(self) -> list[str]:
        """The condition that says so."""
        if len(self.values) == 1:
            return [f"{self.fact} is {self.values[0]}"]
        return [f"{self.fact} is one of ({', '.join(self.values)})"]

    def halves(self, random: Random) -> tuple[Values, Values] | None:
        """Two parts of it, or None if it holds one value."""
        if len(self.values) == 1:
            return None
        cut = random.randint(1, len(self.values) - 1)
        return Values(self.fact, self.values[:cut]), Values(self.fact, self.values[cut:])


@dataclass(frozen=True)
class Truth:
    """A yes/no fact: open, or one of the two."""

    fact: str
    value: bool | None = None

    def written(self) -> list[str]:
        """The condition that says so."""
        return [] if self.value is None else [self.fact if self.value else f"not {self.fact}"]

    def halves(self, random: Random) -> tuple[Truth, Truth] | None:  # noqa: ARG002
        """Yes and no, or None if it is one of them."""
        return None if self.value is not None else (Truth(self.fact, True), Truth(self.fact, False))


Side: TypeAlias = Numbers | Values | Truth
Box: TypeAlias = tuple[Side, ...]


def boxes(space: Box, count: int, random: Random) -> list[Box]:
    """A space cut into ``count`` boxes, the least often cut one first."""
    found: list[tuple[int, Box]] = [(0, space)]
    while len(found) < count:
        depth, box = found.pop(0)
        open_sides = [i for i, side in enumerate(box) if side.halves(random) is not None]
        index = random.choice(open_sides)
        halves = box[index].halves(random)
        assert halves is not None
        found += [(depth + 1, (*box[:index], half, *box[index + 1 :])) for half in halves]
    return [box for _, box in found]


def condition(box: Box, space: Box) -> str:
    """A box as a condition; sides as wide as the space are left out."""
    parts = [
        text
        for side, whole in zip(box, space, strict=True)
        if side != whole
        for text in side.written()
    ]
    return " and ".join(parts) or "yes"


def splits(clauses: int) -> str:
    """One action, three whole numbers, boxes of many sizes; half oblige, half forbid."""
    random = Random(SEED)
    space: Box = tuple(Numbers(fact, 0, 9999) for fact in "abc")
    return _one_action("0 .. 9999", space, boxes(space, clauses, random), random)


def slanted(clauses: int) -> str:
    """The same with boxes over ``a + b``, ``b + c`` and ``c``: no fact alone tells them apart."""
    random = Random(SEED)
    space: Box = tuple(Numbers(term, 0, 9999) for term in ("a + b", "b + c", "c"))
    return _one_action("integer", space, boxes(space, clauses, random), random)


def grid(steps: int) -> str:
    """The same with ``steps`` to the power of three boxes of one size, a hundred wide."""
    space: Box = tuple(Numbers(fact, 0, 100 * steps - 1) for fact in "abc")
    found: list[Box] = [
        tuple(Numbers(fact, 100 * at, 100 * at + 99) for fact, at in zip("abc", place, strict=True))
        for place in product(range(steps), repeat=3)
    ]
    return _one_action(f"0 .. {100 * steps - 1}", space, found, Random(SEED))


def _one_action(type_: str, space: Box, cut: list[Box], random: Random) -> str:
    words = ["must", "must not"] * ((len(cut) + 1) // 2)
    random.shuffle(words)
    lines = ["policy one_action", "action act", *(f"fact {fact} : {type_}" for fact in "abc")]
    lines += [
        f"clause k{index} {words[index]} act when {condition(box, space)}"
        for index, box in enumerate(cut)
    ]
    return "\n".join(lines) + "\n"


MODALITIES = ("must", "must not", "may", "need not", "should", "should not")
PAIRS = 10
SIDES = 8


def mixed(clauses: int) -> str:
    """A policy of 60 facts of three kinds and 20 actions, which ten decisions pair off.

    The two actions of a decision share one set of boxes, cut along eight of the facts, so that
    in each case at most one clause speaks about either.
    """
    random = Random(SEED)
    colours = tuple(f"colour_{each}" for each in range(8))
    numbers: list[Side] = [Numbers(f"n{i}", 0, 999) for i in range(20)]
    values: list[Side] = [Values(f"v{i}", colours) for i in range(20)]
    truths: list[Side] = [Truth(f"t{i}") for i in range(20)]
    lines = ["policy mixed", f"type Colour is one of {', '.join(colours)}"]
    lines += [f"fact {side.fact} : 0 .. 999" for side in numbers]
    lines += [f"fact {side.fact} : Colour" for side in values]
    lines += [f"fact {side.fact} : yes/no" for side in truths]
    lines += [f"action x{i}\naction y{i}" for i in range(PAIRS)]
    lines += [f"decision d{i} is exactly one of x{i}, y{i}" for i in range(PAIRS)]
    made = 0
    for pair in range(PAIRS):
        space = (
            *random.sample(numbers, SIDES // 2),
            *random.sample(values, SIDES // 4),
            *random.sample(truths, SIDES - SIDES // 2 - SIDES // 4),
        )
        share = clauses // PAIRS + (pair < clauses % PAIRS)
        for box in boxes(space, share, random):
            act = f"{random.choice('xy')}{pair}"
            lines.append(
                f"clause k{made} {random.choice(MODALITIES)} {act} when {condition(box, space)}"
            )
            made += 1
    return "\n".join(lines) + "\n"
