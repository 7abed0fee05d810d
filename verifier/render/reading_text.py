"""Readings as text: under which a finding stands, and what settling one would settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_dsl.model import PERIOD, SHOULD, Policy
from verifier.findings import ReadingRow
from verifier.pipeline import Report
from verifier.reading_table import hardened
from verifier.readings import Cube, ReadingSet, describe, say_chosen
from verifier.render.blocks import Block, listed, names_of, numbers
from verifier.render.page import Page

SETTLING = (
    "For each way to read an open point: how many findings then stand however the rest is "
    "read, how many still depend on other points, and how many are gone (with their numbers). "
    "The points that settle most come first."
)
"""How to read the table of readings."""


@dataclass(frozen=True)
class Standing:
    """One sentence on the readings under which findings of a block stand. If ``needed`` has
    anything, the sentence ends in a colon, and what each reading says is to be told after it."""

    said: str
    needed: Cube = ()


def standings(policy: Policy, block: Block) -> tuple[Standing, ...]:
    """Under which readings the findings of a block stand; nothing where no text is open.

    What all of them need is said once.
    """
    sets = list(dict.fromkeys(each.readings for each in block.findings))
    if list(policy.ambiguities) == [SHOULD] and all(each.always for each in sets):
        return ()
    if len(sets) == 1:
        return (_standing(policy, sets[0], "Stands"),)
    needed = [dict(each.cubes[0]) for each in sets if len(each.cubes) == 1]
    common = dict(needed[0]) if len(needed) == len(sets) else {}
    common = {n: v for n, v in common.items() if all(each.get(n) == v for each in needed)}
    found = []
    if common:
        needs = tuple(common.items())
        found.append(_needs(policy, needs, "All of it stands only if"))
    for each in sets:
        who = names_of(block, [f for f in block.findings if f.readings == each])
        if not common:
            found.append(_standing(policy, each, f"{who}:"))
            continue
        rest = tuple((n, v) for n, v in each.cubes[0] if n not in common)
        if rest:
            found.append(_needs(policy, rest, f"{who}: only if also"))
        else:
            found.append(Standing(f"{who}: nothing more is needed."))
    return tuple(found)


def _standing(policy: Policy, readings: ReadingSet, lead: str) -> Standing:
    if readings.always or readings.never or len(readings.cubes) > 1:
        return Standing(f"{lead} {describe(policy, readings)}.")
    return _needs(policy, readings.cubes[0], f"{lead} only if")


def _needs(policy: Policy, cube: Cube, lead: str) -> Standing:
    """What has to be so; the time is said in the sentence, since nothing explains it."""
    when = [say_chosen(policy, name, values) for name, values in cube if name == PERIOD]
    read = tuple((name, values) for name, values in cube if name != PERIOD)
    if not read:
        return Standing(f"{lead} {when[0]}.")
    start = f"{lead} {when[0]} and" if when else lead
    return Standing(f"{start} the text is read so:", read)


def show_stands(page: Page, policy: Policy, block: Block) -> None:
    """Under which readings the findings of a block stand, with what each reading says."""
    for each in standings(policy, block):
        page.line(each.said, indent=3)
        _spell(page, policy, each.needed)


def _spell(page: Page, policy: Policy, cube: Cube) -> None:
    for name, values in cube:
        ambiguity = policy.ambiguities[name]
        page.item(ambiguity.question or name, (f" ({name})", "quiet"), indent=5)
        for at, value in enumerate(values):
            word = "or " if at else ""
            page.line(f"{word}{value}: {ambiguity.text_of(value)}", indent=7, hang=2)


@dataclass(frozen=True)
class OpenPoints:
    """The rows of the open points that matter to some finding, a group for each, those that
    settle most first; and the names of those on which nothing depends."""

    groups: tuple[tuple[ReadingRow, ...], ...]
    idle: tuple[str, ...]


def open_points(report: Report) -> OpenPoints:
    """The table of readings in the order in which it is shown; empty where no text is open."""
    groups: dict[str, list[ReadingRow]] = {}
    for row in report.readings:
        if row.ambiguity != PERIOD:
            groups.setdefault(row.ambiguity, []).append(row)
    soft = bool(hardened(report.findings))
    if not report.findings or (list(groups) == [SHOULD] and not soft):
        return OpenPoints((), ())
    named = {name for f in report.findings for name in f.readings.ambiguities}
    telling, idle = [], []
    for name, rows in sorted(groups.items(), key=lambda each: -_most_gone(each[1])):
        moved = len({(row.stand, row.fall) for row in rows}) > 1
        if name in named or moved or (name == SHOULD and soft):
            telling.append(tuple(rows))
        else:
            idle.append(name)
    return OpenPoints(tuple(telling), tuple(idle))


def show_readings(page: Page, report: Report, found: Sequence[Block]) -> None:
    """The table of readings against findings, and which ambiguities do not matter."""
    points = open_points(report)
    if not found or not (points.groups or points.idle):
        return
    page.heading("What settling a reading would settle")
    page.line(SETTLING)
    for rows in points.groups:
        _show_ambiguity(page, report, found, rows)
    if points.idle:
        page.blank()
        page.line(f"No finding depends on how these are read: {listed(points.idle)}.")


def _most_gone(rows: Sequence[ReadingRow]) -> int:
    return max(len(row.fall) for row in rows)


def _show_ambiguity(
    page: Page, report: Report, found: Sequence[Block], rows: Sequence[ReadingRow]
) -> None:
    name = rows[0].ambiguity
    page.blank()
    page.line((report.policy.ambiguities[name].question or name, "strong"), (f" ({name})", "quiet"))
    for row in rows:
        page.item((row.reading, "clause"), f": {row.text}", indent=2)
        gone = f" ({numbers(row.fall, found)})" if row.fall else ""
        counts = f"{len(row.stand)} stand, {len(row.depend)} depend, {len(row.fall)} gone{gone}"
        page.line((counts, "quiet"), indent=4)
        stronger = len(hardened(report.findings))
        if row.reading == "binding" and name == SHOULD and stronger:
            page.line(
                (f"{stronger} of should strength are then as strong as must", "quiet"), indent=4
            )
