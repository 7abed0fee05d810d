"""Where random choices come from: Hypothesis, which shrinks them, or a seed, which is fast."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

T = TypeVar("T")


@dataclass(frozen=True)
class Dice:
    """Random choices, all made of one kind of throw. Simple things are to be listed first: a
    lower throw is a simpler one."""

    between: Callable[[int, int], int]
    """A whole number between two bounds, both included."""

    def chance(self, percent: int) -> bool:
        """True in about so many of 100 throws; false is the simpler answer."""
        return self.between(0, 99) >= 100 - percent

    def choice(self, options: Sequence[T]) -> T:
        """One of the options, of which there must be some."""
        return options[0] if len(options) == 1 else options[self.between(0, len(options) - 1)]

    def some(self, options: Sequence[T], least: int, most: int) -> list[T]:
        """Some of the options, each at most once, in their order."""
        count = min(self.between(least, most), len(options))
        left = list(range(len(options)))
        chosen = [left.pop(self.between(0, len(left) - 1)) for _ in range(count)]
        return [options[index] for index in sorted(chosen)]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in some order; the given one is the simplest."""
        left = list(items)
        return [left.pop(self.between(0, len(left) - 1)) for _ in items]


def of_seed(seed: int) -> Dice:
    """The dice of one seed."""
    return Dice(random.Random(seed).randint)


def of_draw(draw: DrawFn) -> Dice:
    """Dice that Hypothesis throws."""
    return Dice(lambda low, high: draw(st.integers(low, high)))
