"""What the checker says: one frozen type for every finding. Renderers only read it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from policy_dsl.model import Force, Strength
from policy_dsl.source import Place
from verifier.exhibits import Exhibit
from verifier.readings import ALWAYS, ReadingSet
from verifier.witness import Witness


class Severity(IntEnum):
    """How much a finding weighs; higher is worse."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, kw_only=True)
class Side:
    """A clause that takes part in a finding, and what it does there.

    ``role`` is its word about the action or output, in the policy's phrases; ``because`` says in
    words why it applies in the case. ``document`` is the title of its document, where the policy
    has several. ``paraphrases`` tell its text in other words than its own.
    """

    clause: str
    title: str
    document: str | None = None
    role: str
    quotes: tuple[str, ...]
    paraphrases: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    place: Place


@dataclass(frozen=True, kw_only=True)
class Related:
    """Another place that a finding rests on: an assumption, a decision, an expectation."""

    label: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One finding.

    ``title`` says in one sentence what is wrong, ``consequence`` in one what follows from it for
    whoever has to act. ``readings`` are those under which it stands. ``explanation`` says why
    neither side wins, or what excludes the condition; ``settles``, sentence by sentence, what
    would settle it and what would not. ``proof`` says what was proved, where no case can show
    it. ``key`` is what makes it this finding and no other; the fingerprint is made of it.
    """

    code: str
    name: str
    severity: Severity
    title: str
    consequence: str = ""
    sides: tuple[Side, ...] = ()
    related: tuple[Related, ...] = ()
    strength: Strength | None = None
    readings: ReadingSet = ALWAYS
    witness: Witness | None = None
    exhibit: Exhibit | None = None
    explanation: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    proof: str | None = None
    key: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that survive moved lines, reformatting and new cases."""
        text = "\x1f".join((self.code, *self.key))
        return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:12]

    @property
    def place(self) -> Place | None:
        """The place that a reader should be taken to."""
        if self.sides:
            return self.sides[0].place
        return self.related[0].place if self.related else None


@dataclass(frozen=True, kw_only=True)
class Proved:
    """What a check has proved: how many items it looked at (clauses, actions, sets of effects,
    by the check) and for how many of them it proved that there is no fault.

    A ``structural`` check asks nothing about cases: it compared the policy with the source text.
    """

    code: str
    name: str
    asked: int
    clean: int
    structural: bool = False


NormWord = Literal["obliged", "forbidden", "permitted", "released", "silent"]

NORM_WORD: Mapping[Force, NormWord] = {
    "oblige": "obliged",
    "forbid": "forbidden",
    "permit": "permitted",
    "release": "released",
}
"""What an action is where a clause in force does this to it."""


@dataclass(frozen=True, kw_only=True)
class ProfileEntry:
    """Whether a normative state of an action ever occurs, with a case, and by which clauses.

    ``occurs`` is None where it could not be settled, and ``reason`` then says why.
    ``strength`` is the strongest that occurs.
    """

    state: NormWord
    occurs: bool | None
    strength: Strength | None
    witness: Witness | None
    clauses: tuple[str, ...]
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class ActionProfile:
    """All states of one action."""

    action: str
    phrase: str
    entries: tuple[ProfileEntry, ...]

    def entry(self, state: NormWord) -> ProfileEntry:
        """The entry of a state."""
        return next(each for each in self.entries if each.state == state)


@dataclass(frozen=True, kw_only=True)
class ReadingRow:
    """What settling an ambiguity this way would do: the fingerprints of the findings that
    would then stand under every remaining reading, that might, and that could not."""

    ambiguity: str
    reading: str
    text: str
    stand: tuple[str, ...]
    depend: tuple[str, ...]
    fall: tuple[str, ...]


def worst(findings: Sequence[Finding]) -> Severity | None:
    """The worst severity of some findings, or None of none."""
    return max((each.severity for each in findings), default=None)
