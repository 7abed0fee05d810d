"""Units of work, each done with its own part of the policy, and what they say of the whole.

INVARIANT: what a unit gives is made by a solver of its own and depends on the unit's policy and
items and on the bounds alone: not on what else is in the whole policy, nor on what was asked
before. So it may be kept and used again wherever these are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from policy_dsl.model import Policy
from policy_dsl.slices import Slicer
from verifier.check import Check, Context
from verifier.control import Controlled, ControlTable
from verifier.findings import ActionProfile, Finding
from verifier.margins import Margin, MarginTable
from verifier.profile import profile
from verifier.reading_words import removed_by
from verifier.session import NotSettled
from verifier.shared import Shared
from verifier.slicing import Unit
from verifier.unsettled import unsettled
from verifier.widening import Widening

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a unit found: for each of its items the findings, of the unit's policy; an item that
    was not settled has a finding that says so. ``questions`` is how many were asked."""

    findings: tuple[tuple[Finding, ...], ...]
    questions: int


@dataclass
class SliceRun:
    """Works on the units of one policy. ``shared`` is what the checks of the whole policy share;
    nothing in it is changed."""

    shared: Shared
    slicer: Slicer = field(init=False)
    widening: Widening = field(init=False)
    _parts: dict[int, tuple[Policy, Shared]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.slicer = Slicer(self.shared.policy)
        self.widening = Widening(self.shared, self.slicer)

    def shared_of(self, part: Policy) -> Shared:
        """What the checks of a slice, or of the whole policy, share."""
        if part is self.shared.policy:
            return self.shared
        if id(part) not in self._parts:
            self._parts[id(part)] = part, replace(self.shared, policy=part)
        return self._parts[id(part)][1]

    # --- findings -------------------------------------------------------------------------

    def examined(self, check: Check[Any], unit: Unit) -> Found:
        """What a check finds about the items of one of its units, not yet said of the whole."""
        shared = self.shared_of(unit.policy)
        shared = shared.on_runs if check.on_runs else shared
        shared.clash_sets.clear()  # what another check asked before must not steer this one
        ctx = Context(shared)
        try:
            items = list(check.items(ctx)) if unit.items is None else [i for _, i in unit.items]
        except NotSettled as reason:
            given_up = unsettled(check.code, check.name, "all of it", str(reason))
            return Found(findings=((given_up,),), questions=ctx.questions)
        found = tuple(tuple(_examined(ctx, check, item)) for item in items)
        return Found(findings=found, questions=ctx.questions)

    def of_whole(self, check: Check[Any], unit: Unit, found: Found) -> list[list[Finding]]:
        """The findings of a unit, item by item, as findings of the whole policy."""
        return [[self._widened(check, unit, each) for each in told] for told in found.findings]

    def _widened(self, check: Check[Any], unit: Unit, found: Finding) -> Finding:
        try:
            widened = self.widening.finding(unit.policy, found) if unit.sliced else found
        except NotSettled as reason:
            return unsettled(check.code, check.name, found.title, str(reason))
        return self._with_readings(check, widened)

    def _with_readings(self, check: Check[Any], finding: Finding) -> Finding:
        """With what readings would remove it; that depends on all open points of the text."""
        if finding.code != check.code or check.polarity == "structural" or self.shared.brief:
            return finding
        readings = removed_by(self.shared.policy, finding.readings)
        return replace(finding, settles=(*finding.settles, *readings))

    # --- tables ---------------------------------------------------------------------------

    def profiles(self, unit: Unit) -> tuple[tuple[ActionProfile, ...], int]:
        """The profiles of a unit's actions, of its slice, and how many questions were asked."""
        ctx = Context(self.shared_of(unit.policy))
        return tuple(profile(ctx, action) for _, action in unit.items or ()), ctx.questions

    def margins(self, unit: Unit) -> tuple[Margin, ...]:
        """The rows of a unit in the table of margins, of its slice."""
        table = MarginTable(Context(self.shared_of(unit.policy)))
        return tuple(table.margin(*row) for _, row in unit.items or ())

    def controlled(self, unit: Unit) -> tuple[tuple[Controlled, ...], int]:
        """Who controls a unit's clauses, of its slice, and how many questions were asked."""
        shared = self.shared_of(unit.policy)
        table = ControlTable.of(
            shared.encoding, shared.new_backend, shared.evaluator, shared.atoms, {}
        )
        return tuple(table.of_clause(clause) for _, clause in unit.items or ()), table.asked


def _examined(ctx: Context, check: Check[T], item: T) -> Iterable[Finding]:
    try:
        yield from check.examine(ctx, item)
    except NotSettled as reason:
        yield unsettled(check.code, check.name, check.describe(item), str(reason))


def in_order(units: Sequence[Unit], results: Sequence[Sequence[T]]) -> list[T]:
    """What was made of the items of some units, one each, in the order of all items."""
    placed = [
        (number, result)
        for unit, made in zip(units, results, strict=True)
        for number, result in zip(_numbers(unit, made), made, strict=True)
    ]
    return [result for _, result in sorted(placed, key=_number)]


def _numbers(unit: Unit, made: Sequence[object]) -> Sequence[int]:
    return range(len(made)) if unit.items is None else [number for number, _ in unit.items]


def _number(placed: tuple[int, object]) -> int:
    return placed[0]
