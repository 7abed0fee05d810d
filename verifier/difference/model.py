"""What is said about two versions of a policy. Renderers only read it.

A case is compared under both versions: what both know has the same value in both, what only one
knows is left open. A change is told of cases that both versions allow; what only one allows is
told apart (``Cases``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from policy_dsl.case import Case
from policy_dsl.model import Policy
from policy_dsl.norms import NormativeState
from policy_dsl.source import Place
from policy_dsl.types import Value
from verifier.findings import Finding
from verifier.readings import ALWAYS, ReadingSet

ChangeKind: TypeAlias = Literal[
    "became obliged",
    "became forbidden",
    "became permitted",
    "became released",
    "became silent",
    "stronger",
    "weaker",
    "newly contradictory",
    "newly consistent",
    "gap opened",
    "gap closed",
    "value changed",
]
"""What a change is. ``stronger`` and ``weaker`` are a duty's change between should and must, or
that beside what is still said a permission, or a duty, is no longer there; ``became released`` is a
"need not"."""

Direction: TypeAlias = Literal["stricter", "looser", "both", "neither"]
"""Stricter: what was allowed is not any more, or what was free is owed. Looser: the reverse."""

Verdict: TypeAlias = Literal["equivalent", "stricter", "looser", "incomparable", "not settled"]
"""Of the whole: no case changes (proved); each change is stricter; each is looser; or neither."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one version says in the cases of a region, and by which clauses in force.

    ``state`` is that of an action; ``values`` are those of an output; None of the other kind.
    """

    state: NormativeState | None = None
    values: tuple[Value, ...] | None = None
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Change:
    """One region of cases whose outcome changed in one way, with a case replayed in both versions.

    ``subject`` is the name of an action, output or decision (in the new version, in the old one
    where it is gone) and ``phrase`` its words. ``statements`` say in words what matters in the
    case; every case that meets them shows the change. ``edits`` are the positions, in
    ``Difference.edits``, of what brings it about: undoing all of them undoes it. ``complete``
    is whether the regions of this subject and kind are proved to be all. ``readings_text`` says
    the readings in words, empty where it stands under all of them. A change that concerns several
    actions together (they are expected to be spoken of) has the first one as its subject.
    """

    kinds: tuple[ChangeKind, ...]
    direction: Direction
    subject: str
    subject_kind: Literal["action", "output", "decision"]
    phrase: str
    before: Said
    after: Said
    statements: tuple[str, ...]
    conditions: tuple[tuple[str, bool], ...] = ()
    readings: ReadingSet = ALWAYS
    readings_text: str = ""
    old_case: Case
    new_case: Case
    edits: tuple[int, ...] = ()
    complete: bool = True
    key: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One declaration that is new, gone, or says something else.

    ``before`` and ``after`` are its text in the language, None where it is not there; ``quotes``
    its words in the source. A renamed one has both names. ``wording_only`` is whether it says the
    same to the solver: other titles, phrases or quotes, another order, another place.
    """

    kind: str
    name: str
    old_name: str | None = None
    before: str | None = None
    after: str | None = None
    old_quotes: tuple[str, ...] = ()
    new_quotes: tuple[str, ...] = ()
    wording_only: bool = False
    old_place: Place | None = None
    new_place: Place | None = None


@dataclass(frozen=True, kw_only=True)
class Cases:
    """A region of cases that only one version allows: an assumption or a range changed."""

    allowed_by: Literal["old", "new"]
    statements: tuple[str, ...]
    case: Case
    readings: ReadingSet = ALWAYS
    readings_text: str = ""


@dataclass(frozen=True, kw_only=True)
class Match:
    """Names of the old version and what they are called in the new one, by kind ("fact",
    "clause", "action", "output", "decision", "definition", "ambiguity", "resource", "document").

    ``same`` maps old names to new ones, most to themselves; ``renamed`` are those that differ,
    as (kind, old, new); ``unsure`` are sentences about names that may be renamed and were not
    taken as such, and why.
    """

    same: Mapping[str, Mapping[str, str]]
    renamed: tuple[tuple[str, str, str], ...] = ()
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The findings of both versions: by the fingerprints of the old one as it would be with the
    new names. Empty where findings were not asked for."""

    new: tuple[Finding, ...] = ()
    fixed: tuple[Finding, ...] = ()
    unchanged: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What a change does. ``unsettled`` says what could not be settled, and why; the verdict is
    then "not settled" unless what was settled already makes it "incomparable". ``untold`` says of
    what there are more groups of cases than are told; each is like one of those told in what it
    becomes, so that the verdict holds of them too."""

    old: Policy
    new: Policy
    match: Match
    edits: tuple[Edit, ...]
    changes: tuple[Change, ...]
    cases: tuple[Cases, ...]
    verdict: Verdict
    unsettled: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    questions: int = 0
