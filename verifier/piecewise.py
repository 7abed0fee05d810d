"""One policy, piece by piece: what comes of each piece is taken up from an earlier run, or is
worked out with the slice of the policy on which it depends, and is then said of the whole.

What is asked of the policy as a whole is asked of the whole. Both are the same whether earlier
results are at hand or not: that a piece was worked out before changes nothing in what comes of it
(``verifier.slice_runs``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from policy_dsl.model import Policy
from verifier.cache.results import Before, Parts
from verifier.check import Check, Context
from verifier.control import row
from verifier.findings import Finding
from verifier.process_maps import process_maps
from verifier.ran import Controls, Margins, Overview, Profiles, Ran
from verifier.session import NotSettled
from verifier.shared import Shared
from verifier.slice_runs import Found, SliceRun, in_order
from verifier.slicing import Unit, control_units, margin_units, profile_units, units
from verifier.unsettled import unsettled

T = TypeVar("T")


class Piecewise:
    """Works on one policy. ``cache`` has what came of its pieces, or of the whole, before, in the
    same ``ways``: these say all that results depend on beside a policy."""

    def __init__(self, shared: Shared, cache: Before | None = None, ways: str = "") -> None:
        self._shared = shared
        self._run = SliceRun(shared)
        self._cache = cache
        self._ways = ways
        self._known: dict[int, Parts] = {}
        self._controls: int | None = None

    def check(self, check: Check[Any]) -> Ran:
        """What a check finds; what it cannot settle becomes an X01. One that asks no solver is
        quick, and runs anew."""
        make = partial(self._check, check)
        return make() if check.polarity == "structural" else self._whole(check.code, Ran, make)

    def overview(self) -> Overview:
        """What is said of the whole policy beside findings."""
        return self._whole("overview", Overview, self._overview)

    def margins(self) -> Margins:
        """The margins of its clauses. Taken up piece by piece: the whole table is large."""
        widening = self._run.widening
        pieces = margin_units(self._run.slicer, self._shared.limits.margins)
        found = [self._piece(e, Margins, partial(self._margin_rows, e)) for e in pieces]
        wide = [
            [widening.margin(unit.policy, each) for each in made.rows]
            for unit, made in zip(pieces, found, strict=True)
        ]
        return Margins(rows=tuple(in_order(pieces, wide)))

    # --- the whole ------------------------------------------------------------------------

    def _check(self, check: Check[Any]) -> Ran:
        ctx = Context(self._shared.on_runs if check.on_runs else self._shared)
        if check.code == "U06":
            self._control()
        try:
            pieces = units(ctx, check, self._run.slicer)
        except NotSettled as reason:
            return Ran(findings=(unsettled(check.code, check.name, "all of it", str(reason)),))
        found = [self._piece(e, Found, partial(self._run.examined, check, e)) for e in pieces]
        wide = [
            self._run.of_whole(check, unit, made) for unit, made in zip(pieces, found, strict=True)
        ]
        told = in_order(pieces, wide)
        return Ran(
            findings=tuple(told_apart(each for item in told for each in item)),
            asked=len(told),
            clean=sum(not item for item in told),
            questions=ctx.questions + sum(each.questions for each in found),
        )

    def _overview(self) -> Overview:
        policy, widening = self._shared.policy, self._run.widening
        pieces = profile_units(self._run.slicer)
        found = [self._piece(e, Profiles, partial(self._profiles, e)) for e in pieces]
        wide = [
            [widening.profile(unit.policy, each) for each in made.rows]
            for unit, made in zip(pieces, found, strict=True)
        ]
        asked = sum(each.questions for each in found) + self._control()
        maps, questions = process_maps(self._shared)
        return Overview(
            profiles=tuple(in_order(pieces, wide)),
            control=tuple(row(policy, each) for each in self._shared.control.rows.values()),
            processes=maps,
            questions=asked + questions,
        )

    def _control(self) -> int:
        """Work out who controls what, once; how many questions were asked for it."""
        if self._controls is None:
            self._controls = 0
            for unit in control_units(self._run.slicer):
                made = self._piece(unit, Controls, partial(self._controlled, unit))
                self._controls += made.questions
                for each in made.rows:
                    wide = self._run.widening.controlled(unit.policy, each)
                    self._shared.controlled[each.clause] = wide
        return self._controls

    # --- pieces of tables -----------------------------------------------------------------

    def _profiles(self, unit: Unit) -> Profiles:
        rows, questions = self._run.profiles(unit)
        return Profiles(rows=rows, questions=questions)

    def _margin_rows(self, unit: Unit) -> Margins:
        return Margins(rows=self._run.margins(unit))

    def _controlled(self, unit: Unit) -> Controls:
        rows, questions = self._run.controlled(unit)
        return Controls(rows=rows, questions=questions)

    # --- what was found before ------------------------------------------------------------

    def _whole(self, name: str, kind: type[T], make: Callable[[], T]) -> T:
        results = self._results(self._shared.policy)
        return make() if results is None else results.part(name, kind, make)

    def _piece(self, unit: Unit, kind: type[T], make: Callable[[], T]) -> T:
        """What comes of a piece. Of one that asks about the whole policy nothing is kept: what
        comes of all of them together is."""
        results = self._results(unit.policy)
        if results is None or not unit.sliced:
            return make()
        items = tuple(item for _, item in unit.items or ())
        return results.part(f"{unit.code} {unit.asks}", kind, make, items)

    def _results(self, policy: Policy) -> Parts | None:
        if self._cache is None:
            return None
        found = self._known.get(id(policy))
        if found is None:
            found = self._known[id(policy)] = self._cache.of(policy, self._ways)
        return found


def told_apart(findings: Iterable[Finding]) -> list[Finding]:
    """Findings about the same words written twice get keys of their own, in order."""
    seen: Counter[tuple[str, tuple[str, ...]]] = Counter()
    found = []
    for each in findings:
        seen[each.code, each.key] += 1
        count = seen[each.code, each.key]
        found.append(each if count == 1 else replace(each, key=(*each.key, f"#{count}")))
    return found
