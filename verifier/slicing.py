"""Which part of a policy each item of a check depends on, and the units of work this makes.

A *unit* is some items of one check that depend on the same slice of the policy
(``policy_dsl.slices``), and is worked on with that slice alone (``verifier.slice_runs``): what
comes out depends on nothing else in the policy. Checks that are not named here ask about the policy
as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from zlib import crc32

from policy_dsl import control
from policy_dsl.digests import digest_of
from policy_dsl.model import Policy
from policy_dsl.slice_parts import Root
from policy_dsl.slices import Slicer
from verifier.check import Check, Context
from verifier.control import asked
from verifier.margins import rows
from verifier.slice_roots import ROOTS, TOGETHER, Rooting, of_action, of_clause


@dataclass(frozen=True)
class Unit:
    """Items of one check or table, each with its place among all of them, and the policy that
    decides them: a slice, or the whole policy. ``code`` is that of the check, or the table's name:
    "profile", "margins" or "control". Without ``items`` it is about all that the check finds to
    look at in that policy."""

    code: str
    policy: Policy
    sliced: bool
    items: tuple[tuple[int, Any], ...] | None = None

    @property
    def asks(self) -> str:
        """What is asked, as a short text: the same for the same items, wherever they stand."""
        called = CALLED.get(self.code)
        items = (item if called is None else called(item) for _, item in self.items or ())
        return digest_of((self.code, *items))


def units(ctx: Context, check: Check[Any], slicer: Slicer) -> list[Unit]:
    """The units of a check, in the order of their first items. ``ctx`` and ``slicer`` are those of
    the whole policy. Raises ``NotSettled`` where the items themselves cannot be told."""
    rooting, together = ROOTS.get(check.code), TOGETHER.get(check.code)
    if rooting is not None:
        return _units(slicer, check.code, list(enumerate(check.items(ctx))), rooting)
    if together is not None:
        return [Unit(check.code, slicer.slice(together(slicer.policy)), sliced=True)]
    return [Unit(check.code, slicer.policy, sliced=False)]


def profile_units(slicer: Slicer) -> list[Unit]:
    """The units of the profiles: the items are actions."""
    return _units(slicer, "profile", list(enumerate(slicer.policy.actions)), of_action)


def margin_units(slicer: Slicer, most: int) -> list[Unit]:
    """The units of the table of margins, of so many rows at most; the items are rows."""
    items = list(enumerate(islice(rows(slicer.policy), most)))
    return _units(slicer, "margins", items, lambda slicer, row: of_action(slicer, row[1]))


def control_units(slicer: Slicer) -> list[Unit]:
    """The units of the table of control: the items are clauses; none where nobody controls any
    fact."""
    policy = slicer.policy
    wanted = list(enumerate(asked(policy))) if control.roles(policy) else []
    return _units(slicer, "control", wanted, of_clause)


def _units(
    slicer: Slicer, code: str, items: Iterable[tuple[int, Any]], rooting: Rooting
) -> list[Unit]:
    owner = OWNERS.get(code)
    bundle = {} if owner is None else bundles(slicer.policy)
    found: dict[object, tuple[list[Root], list[tuple[int, Any]]]] = {}
    for number, item in items:
        roots = list(rooting(slicer, item))
        key = id(slicer.slice(roots)) if owner is None else bundle[owner(item)]
        held = found.setdefault(key, ([], []))
        held[0].extend(roots)
        held[1].append((number, item))
    return [Unit(code, slicer.slice(r), True, tuple(held)) for r, held in found.values()]


MOST_TOGETHER = 12
"""How many clauses of one section are looked at together; a longer section is divided."""


def bundles(policy: Policy) -> Mapping[str, int]:
    """For each clause and definition the number of its bundle: what is looked at together where
    each by itself would be too little work for a solver of its own.

    A section is what comes before the first point of a name. A name added or taken away leaves
    the others where they are, but where a section comes to be divided in more parts.
    """
    sections: dict[str, list[str]] = {}
    for name in policy.clauses:
        sections.setdefault(name.partition(".")[0] if "." in name else "", []).append(name)
    sections.setdefault(" definitions", []).extend(
        each for each in policy.definitions if each not in policy.clauses
    )
    found = {}
    for section, names in sections.items():
        parts = 1
        while len(names) > parts * MOST_TOGETHER:
            parts *= 2
        for name in names:
            found[name] = crc32(f"{section} {crc32(name.encode()) % parts}".encode())
    return found


OWNERS: Mapping[str, Callable[[Any], str]] = {
    "U01": str,
    "U02": str,
    "U07": lambda limb: limb.owner,
    "R01": str,
    "R02": lambda item: item[0],
    "R05": str,
}
"""Of checks whose items are little work, the clause (or definition) to which an item belongs."""

CALLED: Mapping[str, Callable[[Any], tuple[str, ...]]] = {
    "margins": lambda row: row[:2],
    "U07": lambda limb: (limb.owner,),
}
"""Of checks and tables whose items follow one after the other from the policy of a unit, what they
are called: that many of this name come in this order tells which they are."""
