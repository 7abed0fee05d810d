"""Which boxes meet: for two groups of boxes, without looking at every pair by itself."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from verifier.linear import Interval

Range: TypeAlias = Interval | int
"""What a box says of one thing: an interval of numbers, or a set of values as bits."""

Box: TypeAlias = Mapping[str, Range]
"""In what each of some things lies; those not named are free."""


def is_empty(box: Box) -> bool:
    """Whether no case lies in a box."""
    for value in box.values():
        if not value if isinstance(value, int) else value[0] > value[1]:
            return True
    return False


@dataclass(frozen=True)
class Group:
    """Some boxes, made ready to be compared with others: how many there are, which of them are
    not empty, as bits, and what these say of each thing, with their positions."""

    size: int
    full: int
    said: Mapping[str, Sequence[tuple[int, Range]]]

    @staticmethod
    def of(boxes: Sequence[Box]) -> Group:
        """The group of some boxes."""
        said: dict[str, list[tuple[int, Range]]] = {}
        full = []
        for at, box in enumerate(boxes):
            if not is_empty(box):
                full.append(at)
                for key, value in box.items():
                    said.setdefault(key, []).append((at, value))
        return Group(len(boxes), _bits(full), said)


def meeting(groups: Sequence[Group]) -> list[list[int]]:
    """For each group, the positions of the boxes that meet some box of every other group.

    Two boxes meet if neither is empty and what they say of each thing overlaps. INVARIANT: boxes
    in which one case lies are all kept.
    """
    kept = [each.full for each in groups]
    for i, ones in enumerate(groups):
        for j in range(i + 1, len(groups)):
            partners = partners_of(ones, groups[j])
            reached = 0
            for bits in partners:
                reached |= bits
            kept[i] &= reached
            kept[j] &= _bits(at for at, bits in enumerate(partners) if bits)
    return [list(_positions(each)) for each in kept]


def partners_of(ones: Group, twos: Group) -> list[int]:
    """For each box of the second group, the boxes of the first that it meets, as bits."""
    partners = [0] * twos.size
    for at in _positions(twos.full):
        partners[at] = ones.full
    for key, asked in twos.said.items():
        named = ones.said.get(key)
        if named is not None:
            _meet_values(partners, asked, named, ones.full)
            _meet_intervals(partners, asked, named, ones.full)
    return partners


def _meet_values(
    partners: list[int],
    asking: Sequence[tuple[int, Range]],
    named: Sequence[tuple[int, Range]],
    everyone: int,
) -> None:
    """Narrow the partners of boxes that say which values something has."""
    by_value: dict[int, list[int]] = {}
    for at, value in named:
        if isinstance(value, int):
            by_value.setdefault(value, []).append(at)
    if not by_value:
        return
    holders = {value: _bits(found) for value, found in by_value.items()}
    known: dict[int, int] = {}
    for at, value in asking:
        if isinstance(value, int):
            if value not in known:
                apart = 0
                for other, bits in holders.items():
                    apart |= 0 if other & value else bits
                known[value] = everyone & ~apart
            partners[at] &= known[value]


def _meet_intervals(
    partners: list[int],
    asking: Sequence[tuple[int, Range]],
    named: Sequence[tuple[int, Range]],
    everyone: int,
) -> None:
    """Narrow the partners of boxes that say in which interval something lies: two intervals are
    apart when one begins after the other ends, and two sorted lists tell which do."""
    spans = [(at, value) for at, value in named if isinstance(value, tuple)]
    if not spans:
        return
    by_high = sorted((high, at) for at, (_, high) in spans)
    by_low = sorted(((low, at) for at, (low, _) in spans), reverse=True)
    ended, later = [0], [0]  # the intervals with the lowest ends, and with the highest beginnings
    for _, at in by_high:
        ended.append(ended[-1] | 1 << at)
    for _, at in by_low:
        later.append(later[-1] | 1 << at)
    highs, lows = [high for high, _ in by_high], [-low for low, _ in by_low]
    for at, value in asking:
        if isinstance(value, tuple):
            low, high = value
            apart = ended[bisect_left(highs, low)] | later[bisect_left(lows, -high)]
            partners[at] &= everyone & ~apart


def _bits(positions: Iterable[int]) -> int:
    """A whole number that has a 1 at each of the positions."""
    found = list(positions)
    buffer = bytearray(max(found, default=0) // 8 + 1)
    for at in found:
        buffer[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(buffer, "little")


def _positions(bits: int) -> Iterator[int]:
    """Where a whole number has a 1."""
    return (at for at, digit in enumerate(reversed(f"{bits:b}")) if digit == "1")
