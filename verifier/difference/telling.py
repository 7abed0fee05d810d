"""From a region that was found to a change that is told: replayed in the versions as they were
read, classed, and put in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from policy_dsl import phrases
from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import Decision, Policy
from policy_dsl.wording import joined
from verifier import words
from verifier.difference.causes import Causes
from verifier.difference.classes import direction, kinds
from verifier.difference.edits import Pair
from verifier.difference.model import Change, Match, Said
from verifier.difference.regions import FAULT, Found
from verifier.difference.subjects import Reader, Subject, subject_actions
from verifier.difference.vocabulary import BEFORE, Version, Vocabulary
from verifier.readings import describe
from verifier.session import NotSettled


@dataclass
class Teller:
    """Tells of regions of two versions. ``readers`` are those of the old and of the new one, in
    the vocabulary of both."""

    words: Vocabulary
    match: Match
    readers: tuple[Reader, Reader]
    edits: Sequence[Pair]
    union: Policy

    def change(self, found: Found) -> Change:
        """A region as a change. Raises ``NotSettled`` where its replay does not show it."""
        subject, case = found.subject, found.region.case
        cases = (self.words.old.case(case), self.words.new.case(case))
        self._replay(found, cases)
        size = max((len(d.actions) for d in self._decisions(subject)), default=0)
        statement = found.region.statement
        kind, name, phrase = self._told(subject, case)
        about = Subject("decision", (name,)) if subject.kind == "compliance" else subject
        said = [
            Said(
                state=standing.state,
                values=standing.values if subject.kind == "output" else None,
                clauses=reader.in_force(about, case),
            )
            for standing, reader in zip((found.old, found.new), self.readers, strict=True)
        ]
        back = {new: old for old, new in self.match.same.get("clause", {}).items()}
        said[0] = Said(
            state=said[0].state,
            values=said[0].values,
            clauses=tuple(back.get(each, each) for each in said[0].clauses),
        )
        speaking = {c for s in said for c in s.clauses}
        causes = self._causes.of(subject, case, found.old, speaking)
        conditions = tuple((phrases.code(expr), truth) for expr, truth in statement)
        classed = kinds(subject, found.old, found.new, size)
        return Change(
            kinds=classed,
            direction=direction(subject, found.old, found.new, size),
            subject=name,
            subject_kind=kind,
            phrase=phrase,
            before=said[0],
            after=said[1],
            statements=words.statements(self.union, statement, self._situations),
            conditions=conditions,
            readings=found.readings,
            readings_text="" if found.readings.always else describe(self.union, found.readings),
            old_case=cases[0],
            new_case=cases[1],
            edits=causes,
            complete=found.complete,
            key=(
                kind,
                name,
                *classed,
                *sorted(f"{'' if truth else 'not '}{code}" for code, truth in conditions),
            ),
        )

    @cached_property
    def _causes(self) -> Causes:
        return Causes(self.words.old.policy, self.words.new.policy, self.edits)

    def _decisions(self, subject: Subject) -> list[Decision]:
        if subject.kind != "decision":
            return []
        policies = (self.words.old.policy, self.words.new.policy)
        found = [policy.decisions.get(subject.names[0]) for policy in policies]
        return [each for each in found if each is not None]

    def _replay(self, found: Found, cases: tuple[Case, Case]) -> None:
        """The versions as they were read say of their cases what is claimed."""
        claimed = (found.old, found.new)
        for version, case, standing in zip(
            (self.words.old, self.words.new), cases, claimed, strict=True
        ):
            reader = self._originals[0 if version is self.words.old else 1]
            if not reader.evaluator.is_valid(case):
                raise NotSettled(FAULT)
            if reader.standing(self._own(found.subject, version), case) != standing:
                raise NotSettled(FAULT)

    @cached_property
    def _originals(self) -> tuple[Reader, Reader]:
        """The versions as they were read."""
        old, new = self.words.old.original, self.words.new.original
        return Reader(old, Evaluator(old)), Reader(new, Evaluator(new))

    @cached_property
    def _situations(self) -> list[list[str]]:
        return words.situation_lists(self.union)

    def _own(self, subject: Subject, version: Version) -> Subject:
        """A subject by the names of one version."""
        if version is self.words.new:
            return subject
        kind = {"output": "output", "decision": "decision"}.get(subject.kind, "action")
        back = {new: old for old, new in self.match.same.get(kind, {}).items()}
        names = tuple(back.get(name, name.removesuffix(BEFORE)) for name in subject.names)
        return Subject(subject.kind, tuple(sorted(names)) if subject.kind == "answer" else names)

    # --- in words -------------------------------------------------------------------------

    def called(self, subject: Subject) -> str:
        """What a subject is called in a sentence."""
        if subject.kind == "compliance":
            return "whether all duties can be kept"
        return f"'{joined([each.removesuffix(BEFORE) for each in subject.names], 'and')}'"

    def _told(
        self, subject: Subject, case: Case
    ) -> tuple[Literal["action", "output", "decision"], str, str]:
        policies = (self.words.new.policy, self.words.old.policy)
        if subject.kind == "output":
            name = subject.names[0]
            output = next(p.outputs[name] for p in policies if name in p.outputs)
            plain = name.removesuffix(BEFORE)
            return "output", plain, output.phrase or plain.replace("_", " ")
        name = subject.names[0] if subject.names else self._in_conflict(case)
        actions = next(
            (found for p in policies if (found := subject_actions(p, subject))), subject.names
        )
        decided = subject.kind in ("decision", "compliance")
        if subject.kind == "compliance":
            actions = next((p.decisions[name].actions for p in policies if name in p.decisions), ())
        said = [
            next((p.actions[each].phrase for p in policies if each in p.actions), each)
            for each in actions
        ]
        return "decision" if decided else "action", name, joined(said, "or to")

    def _in_conflict(self, case: Case) -> str:
        """A decision that is part of what cannot be kept together in a case."""
        for reader in reversed(self.readers):
            for part in reader.evaluator.conflict(case, "must"):
                if isinstance(part.origin, Decision):
                    return part.origin.name
        return ""
