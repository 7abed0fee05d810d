"""Everything that one run of ``antinomy diff`` says. Renderers only read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from policy_dsl.diagnostics import Diagnostic
from policy_dsl.model import Policy
from verifier.difference.allowed import Ruling, Rulings
from verifier.difference.model import Compared, Difference
from verifier.findings import Finding


@dataclass(frozen=True, kw_only=True)
class Touched:
    """A policy that was changed. ``path`` is where it is, ``old_path`` where it was;
    ``compared`` is None where findings were not asked for."""

    path: str
    old_path: str
    difference: Difference
    compared: Compared | None
    rulings: Rulings

    @property
    def open(self) -> tuple[str, ...]:
        """What was not settled of the findings of the new version."""
        found = (*self.compared.new, *self.compared.unchanged) if self.compared else ()
        return tuple(each.title for each in found if each.code == "X01")

    @property
    def settled(self) -> bool:
        """Whether the difference was settled."""
        return not self.difference.unsettled and self.difference.verdict != "not settled"


@dataclass(frozen=True, kw_only=True)
class Added:
    """A policy that is only in the new version, with its findings; all of them are new."""

    path: str
    policy: Policy
    findings: tuple[Finding, ...]
    ruling: Ruling
    rulings: Rulings


@dataclass(frozen=True, kw_only=True)
class Removed:
    """A policy that is only in the old version."""

    path: str
    policy: Policy
    ruling: Ruling


@dataclass(frozen=True, kw_only=True)
class Unread:
    """A policy that cannot be read in a version, and why."""

    path: str
    version: str
    diagnostics: tuple[Diagnostic, ...]


Entry: TypeAlias = Touched | Added | Removed | Unread


@dataclass(frozen=True, kw_only=True)
class Differences:
    """All policies of two versions. ``old`` and ``new`` are what the versions are called;
    ``untouched`` are the paths of policies of which no file was changed."""

    old: str
    new: str
    entries: tuple[Entry, ...]
    untouched: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


def passes(entry: Entry) -> bool:
    """Whether the rules let all of an entry pass; what cannot be read does not pass."""
    match entry:
        case Touched():
            return entry.rulings.passes
        case Added():
            return entry.ruling.passes and entry.rulings.passes
        case Removed():
            return entry.ruling.passes
        case Unread():
            return False


def settled(entry: Entry, findings_too: bool = True) -> bool:
    """Whether everything about an entry was settled; ``findings_too``: of its findings as well."""
    match entry:
        case Touched():
            return entry.settled and not (findings_too and entry.open)
        case Added():
            return not (findings_too and any(each.code == "X01" for each in entry.findings))
        case _:
            return True
