"""Readings as text: under which a finding stands, and what settling one would settle."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policy_dsl.model import SHOULD, Policy
from verifier.findings import Finding, ReadingRow
from verifier.pipeline import Report
from verifier.reading_table import hardened
from verifier.readings import Cube, ReadingSet, describe
from verifier.render.blocks import Block, listed
from verifier.render.page import Page


def show_stands(
    page: Page, policy: Policy, block: Block, names: Callable[[Sequence[Finding]], str]
) -> None:
    """Under which readings the findings of a block stand; ``names`` says how to speak of some.

    What all of them need is said once, with what each reading says.
    """
    sets = list(dict.fromkeys(each.readings for each in block.findings))
    if list(policy.ambiguities) == [SHOULD] and all(each.always for each in sets):
        return
    if len(sets) == 1:
        _stands(page, policy, sets[0], "Stands")
        return
    needed = [dict(each.cubes[0]) for each in sets if len(each.cubes) == 1]
    common = dict(needed[0]) if len(needed) == len(sets) else {}
    common = {n: v for n, v in common.items() if all(each.get(n) == v for each in needed)}
    if common:
        page.line("All of it stands only if the text is read so:", indent=3)
        _spell(page, policy, tuple(common.items()))
    for each in sets:
        who = names([f for f in block.findings if f.readings == each])
        if not common:
            _stands(page, policy, each, f"{who}:")
            continue
        rest = tuple((n, v) for n, v in each.cubes[0] if n not in common)
        if rest:
            page.line(f"{who}: only if also:", indent=3)
            _spell(page, policy, rest)
        else:
            page.line(f"{who}: nothing more is needed.", indent=3)


def _stands(page: Page, policy: Policy, readings: ReadingSet, lead: str) -> None:
    if readings.always or readings.never or len(readings.cubes) > 1:
        page.line(f"{lead} {describe(policy, readings)}.", indent=3)
    else:
        page.line(f"{lead} only if the text is read so:", indent=3)
        _spell(page, policy, readings.cubes[0])


def _spell(page: Page, policy: Policy, cube: Cube) -> None:
    for name, values in cube:
        ambiguity = policy.ambiguities[name]
        page.item(ambiguity.question or name, (f" ({name})", "quiet"), indent=5)
        for at, value in enumerate(values):
            word = "or " if at else ""
            page.line(f"{word}{value}: {ambiguity.text_of(value)}", indent=7, hang=2)


def show_readings(page: Page, report: Report, found: Sequence[Block]) -> None:
    """The table of readings against findings, and which ambiguities do not matter."""
    if not report.readings or not found:
        return
    named = {name for f in report.findings for name in f.readings.ambiguities}
    groups: dict[str, list[ReadingRow]] = {}
    for row in report.readings:
        groups.setdefault(row.ambiguity, []).append(row)
    if len(groups) == 1 and SHOULD in groups and not hardened(report.findings):
        return
    page.heading("What settling a reading would settle")
    page.line(
        "For each way to read an open point: how many findings then stand however the rest is "
        "read, how many still depend on other points, and how many are gone (with their numbers). "
        "The points that settle most come first."
    )
    idle = []
    for name, rows in sorted(groups.items(), key=lambda each: -_most_gone(each[1])):
        moved = len({(row.stand, row.fall) for row in rows}) > 1
        soft = name == SHOULD and bool(hardened(report.findings))
        if name in named or moved or soft:
            _show_ambiguity(page, report, found, rows)
        else:
            idle.append(name)
    if idle:
        page.blank()
        page.line(f"No finding depends on how these are read: {listed(idle)}.")


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
        gone = f" ({_numbers(row.fall, found)})" if row.fall else ""
        counts = f"{len(row.stand)} stand, {len(row.depend)} depend, {len(row.fall)} gone{gone}"
        page.line((counts, "quiet"), indent=4)
        stronger = len(hardened(report.findings))
        if row.reading == "binding" and name == SHOULD and stronger:
            page.line(
                (f"{stronger} of should strength are then as strong as must", "quiet"), indent=4
            )


def _numbers(fingerprints: Sequence[str], found: Sequence[Block]) -> str:
    """Numbers of blocks, with letters where not all findings of a block are meant."""
    wanted = set(fingerprints)
    parts = []
    for block in found:
        mine = [each for each in block.findings if each.fingerprint in wanted]
        if len(mine) == len(block.findings):
            parts.append(str(block.number))
        else:
            parts += [block.label(each) for each in mine]
    return ", ".join(parts)
