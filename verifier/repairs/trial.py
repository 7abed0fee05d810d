"""Changes to a spec tried out: made in memory, read again, and checked again in full."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from policy_dsl.diagnostics import SpecError
from policy_dsl.edit import AddPart, Edit, TakeBack
from policy_dsl.editor import CannotEdit, Editor
from policy_dsl.model import Policy
from policy_dsl.source import Source
from verifier.cache.results import Remembered
from verifier.check import Check
from verifier.findings import Finding
from verifier.piecewise import Piecewise
from verifier.pipeline import shared_for, ways_of
from verifier.registry import CHECKS
from verifier.repairs.compare import Gaps, covered
from verifier.session import NotSettled
from verifier.shared import Limits, Shared

REGIONS = frozenset({"G01", "G02"})
"""Codes whose findings are gaps: what is one is compared case by case, not by how it is told."""

_TELLING = [each for each in CHECKS if each.code in REGIONS]
"""The checks that tell gaps. Where a change leaves every gap as it is, they would only tell the
same again; so they come last, and then not at all."""

_LAST = ("G06", "G07", "V02")
"""Codes that take longest, and whose findings a change that is no repair seldom adds."""

_CONDITIONS_ALONE = frozenset({"V01", "U01", "U07", "R02", "R05", "S01", "S02", "G05"})
"""Codes whose questions are about conditions and words: a priority is no part of them, so that
adding one, or taking one back, leaves every such question and its answer as they are."""

_REMARKS = frozenset({"U06"})
"""Codes that tell who decides what: any change may alter that, and is no worse a repair for it."""

Load = Callable[[Mapping[str, str]], Policy]
"""Reads the policy with other texts in some files, by their names. Raises ``SpecError``."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a change did: the texts it makes, the findings it removes, and, where it is no repair
    of anything, why not."""

    texts: Mapping[str, str]
    removes: frozenset[str]
    why: str | None = None


@dataclass
class Trials:
    """Tries changes to one policy, each once. ``findings`` are all that a full check found."""

    policy: Policy
    findings: Sequence[Finding]
    load: Load
    bound: int
    limits: Limits
    _known: dict[Edit, Outcome] = field(default_factory=dict)
    _parts: Remembered = field(init=False, default_factory=Remembered)

    @cached_property
    def _editor(self) -> Editor:
        return Editor(sources(self.policy))

    @cached_property
    def _before(self) -> Shared:
        return shared_for(self.policy, self.bound, self.limits)

    @cached_property
    def _by_print(self) -> dict[str, Finding]:
        return {each.fingerprint: each for each in self.findings}

    def known(self, edit: Edit) -> Outcome | None:
        """What came of a change, if it was tried."""
        return self._known.get(edit)

    def learn(self, edit: Edit, outcome: Outcome) -> None:
        """Take over what came of a change that was tried elsewhere."""
        self._known[edit] = outcome

    def packed(self) -> bytes | None:
        """These trials, none of them made, for another process; None where the policy is nested
        too deeply for that."""
        try:
            return pickle.dumps(replace(self, _known={}))
        except RecursionError:
            return None

    def run(self, edit: Edit, wanted: Collection[str]) -> Outcome:
        """Try a change. ``wanted`` are the fingerprints of the findings it may mend, the same at
        every call: where it mends none of them, the rest is not checked."""
        if edit not in self._known:
            self._known[edit] = self._run(edit, wanted)
        return self._known[edit]

    def _run(self, edit: Edit, wanted: Collection[str]) -> Outcome:
        try:
            texts = self._editor.apply(edit)
            changed = self.load(texts)
        except CannotEdit as error:
            return _refused({}, f"the text cannot be changed so: {error}")
        except SpecError as error:
            return _refused({}, f"the spec would be wrong: {error.diagnostics[0].message}")
        shared = shared_for(changed, self.bound, self.limits, brief=True)
        self._parts.next()
        pieces = Piecewise(shared, self._parts, ways_of(self.bound, shared))
        codes = {self._by_print[each].code for each in wanted} - REGIONS
        found = {
            each.fingerprint: each
            for each in self.findings
            if _is_priority(edit) and each.code in _CONDITIONS_ALONE
        }
        first = [each for each in CHECKS if each.code in codes]
        for index, check in enumerate([*first, *_rest(edit, first)]):
            if index == len(first) and not self._gone(wanted, found, shared):
                return _refused(texts, "the finding stays")
            for each in pieces.check(check).findings:
                found[each.fingerprint] = each
                added = self._added(changed, each)
                if added is not None:
                    return _refused(texts, added)
        try:
            both = Gaps(self._before, changed)
            if both.grown():
                return _refused(texts, "it would leave open a case that was not open before")
            told_again = not isinstance(edit, AddPart | TakeBack) or both.shrunk()
        except NotSettled as reason:
            return _refused(texts, f"whether it opens a gap is not settled: {reason}")
        for check in _TELLING if told_again else ():
            for each in pieces.check(check).findings:
                found[each.fingerprint] = each
                added = self._added(changed, each)
                if added is not None:
                    return _refused(texts, added)
        return Outcome(texts=texts, removes=self._gone(self._by_print, found, shared))

    def _gone(
        self, wanted: Collection[str], found: Mapping[str, Finding], shared: Shared
    ) -> frozenset[str]:
        """Those of some findings that are not found any more; a gap only if it is proved closed."""
        kept = _REMARKS | {"X01"}
        gone = [e for e in wanted if e not in found and self._by_print[e].code not in kept]
        gaps = [each for each in gone if self._by_print[each].code in REGIONS]
        if not gaps:
            return frozenset(gone)
        both = Gaps(self._before, shared.policy)
        open_ = {each for each in gaps if not both.closed(self._by_print[each])}
        return frozenset(gone) - open_

    def _added(self, changed: Policy, each: Finding) -> str | None:
        """Why a finding of the changed policy counts as one that the change has added."""
        if each.code in REGIONS:
            return None
        old = self._by_print.get(each.fingerprint)
        title = each.title.rstrip(".")
        if old is None:
            return f"it would add {each.code}: {title}"
        if each.severity > old.severity:
            return f"{each.code} would weigh more: {title}"
        if not covered(changed, each.readings, old.readings):
            return f"{each.code} would stand under more readings: {title}"
        return None


def _is_priority(edit: Edit) -> bool:
    """Whether an edit changes nothing but who prevails."""
    adds = isinstance(edit, AddPart) and edit.part.startswith("overrides ")
    return adds or (isinstance(edit, TakeBack) and edit.priority)


def _rest(edit: Edit, first: Sequence[Check[Any]]) -> list[Check[Any]]:
    """The checks that come after the first ones, those that take longest last."""
    skipped = REGIONS | _REMARKS | (_CONDITIONS_ALONE if _is_priority(edit) else frozenset())
    rest = [each for each in CHECKS if each not in first and each.code not in skipped]
    return sorted(rest, key=lambda each: _LAST.index(each.code) + 1 if each.code in _LAST else 0)


def _refused(texts: Mapping[str, str], why: str) -> Outcome:
    return Outcome(texts=texts, removes=frozenset(), why=why)


def sources(policy: Policy) -> list[Source]:
    """The files of a policy, in the order in which they first come up."""
    places = [
        *(each.place for each in policy.documents.values()),
        *(each.place for each in policy.clauses.values()),
        *(each.place for each in policy.ambiguities.values()),
        *(each.place for each in policy.settlements),
        *(each.place for each in policy.assumptions),
        *(each.place for each in policy.outputs.values()),
        *(each.place for each in policy.decisions.values()),
        *(each.place for each in policy.definitions.values()),
    ]
    return list({p.source.name: p.source for p in places if p is not None}.values())
