"""Which boxes meet: for two groups of boxes, without looking at every pair by itself."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from verifier.linear import Interval

Range: TypeAlias = Interval | int
"""What a box says of one thing: an interval of numbers, or a set of values as bits."""

Box: TypeAlias = Mapping[str, Range]
"""In what each of some things lies; those not named are free."""


def is_empty(box: Box) -> bool:
    """Whether no case lies in a box."""
    return any(
        not value if isinstance(value, int) else value[0] > value[1] for value in box.values()
    )


def meeting(groups: Sequence[Sequence[Box]]) -> list[list[int]]:
    """For each group, the positions of the boxes that meet some box of every other group.

    Two boxes meet if neither is empty and what they say of each thing overlaps. INVARIANT: boxes
    in which one case lies are all kept.
    """
    kept = [{at for at, box in enumerate(group) if not is_empty(box)} for group in groups]
    for i, ones in enumerate(groups):
        for j in range(i + 1, len(groups)):
            partners = partners_of(ones, groups[j])
            reached = 0
            for bits in partners:
                reached |= bits
            kept[i] &= set(_positions(reached))
            kept[j] &= {at for at, bits in enumerate(partners) if bits}
    return [sorted(each) for each in kept]


def partners_of(ones: Sequence[Box], twos: Sequence[Box]) -> list[int]:
    """For each box of the second group, the boxes of the first that it meets, as bits."""
    everyone = _bits(at for at, box in enumerate(ones) if not is_empty(box))
    partners = [0 if is_empty(box) else everyone for box in twos]
    by_key: dict[str, list[tuple[int, Range]]] = {}
    for at, box in enumerate(ones):
        for key, value in box.items():
            by_key.setdefault(key, []).append((at, value))
    asking: dict[str, list[tuple[int, Range]]] = {}
    for at, box in enumerate(twos):
        for key, value in box.items():
            if partners[at] and key in by_key:
                asking.setdefault(key, []).append((at, value))
    for key, asked in asking.items():
        _meet_values(partners, asked, by_key[key], everyone)
        _meet_intervals(partners, asked, by_key[key], everyone)
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
