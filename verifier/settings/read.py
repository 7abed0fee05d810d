"""The settings of a text in TOML."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Literal, cast

from policy_dsl.source import Source
from verifier.findings import Severity
from verifier.limits import Limits
from verifier.registry import CHECKS
from verifier.settings.codes import ABOUT_SETTINGS, ALWAYS, named, unknown
from verifier.settings.model import FailOn, Settings, SettingsError
from verifier.settings.toml import parse
from verifier.settings.values import Notes, Table
from verifier.settings.waivers import waiver

KEYS = (
    "paths",
    "exclude",
    "select",
    "ignore",
    "severity",
    "fail-on",
    "bound",
    "limits",
    "as-of",
    "allow-unsettled",
    "baseline",
    "cache",
    "diff",
    "waivers",
)
"""The keys at the top, in the order in which the manual tells them."""

SEVERITIES = ("error", "warning", "note")
LIMITS = tuple(each.name for each in fields(Limits))


def read_settings(
    source: Source, root: Path, within: Literal["", "tool.antinomy"] = ""
) -> Settings:
    """The settings of a file in the folder ``root``, whole or in the table ``within`` of it.

    Raises ``SettingsError`` with every problem.
    """
    data: object = parse(source)
    notes = Notes(source, root)
    path = tuple(within.split(".")) if within else ()
    for name in path:
        data = data.get(name, {}) if isinstance(data, dict) else {}
    if not isinstance(data, dict):
        notes.wrong(path, "this is no table.", "Write [tool.antinomy].")
        data = {}
    settings = _settings(Table(notes, data, path), source.name, root)
    if notes.problems:
        raise SettingsError(notes.problems)
    return settings


def _settings(top: Table, name: str, root: Path) -> Settings:
    top.only(KEYS)
    limits = top.table("limits")
    limits.only(LIMITS)
    given = {each: limits.number(each) for each in LIMITS}
    difference = top.table("diff")
    difference.only(("allow",))
    waivers = [waiver(each) for each in top.tables("waivers")]
    baseline = top.file("baseline")
    return Settings(
        name=name,
        root=root,
        paths=top.files("paths"),
        exclude=top.files("exclude"),
        not_run=_not_run(top),
        severity=_severity(top.table("severity")),
        fail_on=cast(FailOn | None, top.word("fail-on", (*SEVERITIES, "never"))),
        bound=top.number("bound"),
        limits=Limits(**{each: value for each, value in given.items() if value is not None}),
        as_of=top.day("as-of"),
        allow_unsettled=top.truth("allow-unsettled") or False,
        baseline=None if baseline is None else root / baseline,
        cache=_cache(top, root),
        allow=difference.texts("allow"),
        waivers=tuple(each for each in waivers if each is not None),
    )


def _cache(top: Table, root: Path) -> Path | Literal[False] | None:
    if top.is_false("cache"):
        return False
    path = top.file("cache")
    return None if path is None else root / path


def _not_run(top: Table) -> tuple[str, ...]:
    """The codes that are not looked for: not selected, or ignored."""
    chosen = {each.code for each in CHECKS}
    if top.has("select"):
        selected = {code for word in top.texts("select") for code in _named(top, "select", word)}
        if not selected:
            top.wrong("select", "it names no code.", "Leave it out to look for all of them.")
        chosen = selected | ALWAYS.keys() | ABOUT_SETTINGS
    for word in top.texts("ignore"):
        codes = _named(top, "ignore", word)
        for code in codes:
            if code in ALWAYS:
                top.wrong("ignore", f"{code} cannot be ignored: {ALWAYS[code]}.", _instead(codes))
        chosen -= set(codes)
    return tuple(each.code for each in CHECKS if each.code not in chosen)


def _severity(table: Table) -> dict[str, Severity]:
    """The weight of each code; what names one code counts more than what names a family."""
    exact: dict[str, Severity] = {}
    family: dict[str, Severity] = {}
    for word in table.names():
        codes = _named(table, word, word)
        off = f'To leave it out, write: ignore = ["{word[:80]}"].'
        given = table.word(word, SEVERITIES, {"off": off, "ignore": off})
        for code in codes:
            if code in ALWAYS:
                said = f"{code} cannot be given another weight: {ALWAYS[code]}."
                table.wrong(word, said, _instead(codes))
            elif given is not None:
                (family if len(word.strip()) == 1 else exact)[code] = Severity[given.upper()]
    found = {**family, **exact}
    return {each.code: found[each.code] for each in CHECKS if each.code in found}


def _named(table: Table, key: str, word: str) -> tuple[str, ...]:
    codes = named(word)
    if not codes:
        table.wrong(key, *unknown(word))
    return codes


def _instead(codes: tuple[str, ...]) -> str:
    rest = [each for each in codes if each not in ALWAYS]
    return f"Name the others by themselves: {', '.join(rest)}." if rest else ""
