"""What a change of a policy does to outcomes: the whole of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from policy_dsl import phrases
from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import Decision, Policy
from policy_dsl.wording import joined
from verifier import words
from verifier.difference.cases import differ, one_sided
from verifier.difference.causes import Causes
from verifier.difference.classes import direction, kinds, verdict
from verifier.difference.edits import Pair, pairs
from verifier.difference.matching import match
from verifier.difference.model import Cases, Change, Difference, Said
from verifier.difference.questions import Side
from verifier.difference.regions import FAULT, Found, Search
from verifier.difference.rest import beyond
from verifier.difference.rewrite import bare, declared
from verifier.difference.subjects import Reader, Subject, subject_actions
from verifier.difference.touched import Touched
from verifier.difference.union import union
from verifier.difference.vocabulary import BEFORE, Version, Vocabulary, common
from verifier.pipeline import Progress, shared_for
from verifier.readings import describe
from verifier.session import Encoding, NotSettled
from verifier.shared import Limits, Shared
from verifier.solvers.z3_backend import DEFAULT_BOUND

MOST_KINDS = 60
"""In how many ways the outcome for one subject may change before that is not told in full."""

MOST_REGIONS = 40
"""How many regions of one way are told."""


def _silent(_what: str, _done: int, _of: int) -> None:
    """No progress is shown."""


def difference(
    old: Policy,
    new: Policy,
    bound: int = DEFAULT_BOUND,
    limits: Limits | None = None,
    progress: Progress = _silent,
) -> Difference:
    """What the new version of a policy does that the old one did not.

    ``bound`` is in solver steps a question. ``limits`` may raise how many regions are told.
    ``progress`` is told of each thing that is compared.

    Compared is what each version says of every action (the strongest duty and ban, permission,
    release), of every output (the set of its values), of every decision (whether it is in scope and
    how many of its actions are done), whether it can be followed, and whether something is said
    where it is expected. Rankings, limits of time and processes are not compared case by case:
    where they, or the clauses that carry them, are not proved the same, ``unsettled`` says so.
    """
    return Engine(old, new, bound, limits or Limits(), progress).run()


@dataclass
class Engine:
    """One comparison of two versions."""

    old: Policy
    new: Policy
    bound: int
    limits: Limits
    progress: Progress
    unsettled: list[str] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    """The regions behind the changes, in their order."""

    def __post_init__(self) -> None:
        self.match = match(self.old, self.new)
        self.words: Vocabulary = common(self.old, self.new, self.match)
        self.edits: list[Pair] = pairs(self.words, self.match)
        self.touched = Touched(self.words.old.policy, self.words.new.policy)
        self.readers = (
            Reader(self.words.old.policy, Evaluator(self.words.old.policy)),
            Reader(self.words.new.policy, Evaluator(self.words.new.policy)),
        )
        self.asked = 0

    def run(self) -> Difference:
        """Everything, in one fixed order."""
        changes = list(self._changes())
        cases = list(self._cases())
        self.unsettled += self._beyond(changes)
        return Difference(
            old=self.old,
            new=self.new,
            match=self.match,
            edits=tuple(each.edit for each in self.edits),
            changes=tuple(changes),
            cases=tuple(cases),
            verdict=verdict(changes, bool(cases), not self.unsettled),
            unsettled=tuple(dict.fromkeys(self.unsettled)),
            questions=self.asked,
        )

    # --- what is asked --------------------------------------------------------------------

    @cached_property
    def shared(self) -> Shared:
        """Both versions as one policy, with what its questions share."""
        return shared_for(union(self.words, self.touched), self.bound, self.limits)

    @cached_property
    def encoding(self) -> Encoding:
        """Both versions in one solver."""
        return self.shared.encoding

    @cached_property
    def sides(self) -> tuple[Side, Side]:
        """The versions inside the union."""
        old, new = self.words.old.policy, self.words.new.policy
        return (
            Side(old, self.shared, True, len(new.incapacities)),
            Side(new, self.shared, False, 0),
        )

    @cached_property
    def search(self) -> Search:
        """The questions about both versions."""
        return Search(
            union=self.shared.policy,
            encoding=self.encoding,
            sides=self.sides,
            readers=self.readers,
            touched=self.touched,
            most_regions=max(MOST_REGIONS, self.limits.regions),
            most_kinds=MOST_KINDS,
        )

    def _subjects(self) -> list[Subject]:
        """What may have another outcome."""
        old, new = self.words.old.policy, self.words.new.policy
        documents = bool(old.documents) != bool(new.documents)
        spoken = self.touched.actions()
        powers = bare(old.incapacities) != bare(new.incapacities) or any(
            self.touched.rests(each.when) for each in new.incapacities
        )
        impossible = {e.action for policy in (old, new) for e in policy.incapacities}
        actions = spoken + [
            name for name in new.actions if powers and name in impossible and name not in spoken
        ]
        found = [Subject("action", (name,)) for name in actions]
        found += [
            Subject("output", (name,))
            for name in (
                dict.fromkeys([*new.outputs, *old.outputs]) if documents else self.touched.outputs()
            )
        ]
        moved = bool(spoken) or documents
        decided = moved or self.touched.decisions_differ
        if decided:
            names = dict.fromkeys([*new.decisions, *old.decisions])
            found += [Subject("decision", (name,)) for name in names]
        settlements = [*new.settlements, *old.settlements]
        if (
            moved
            or frozenset(map(bare, old.settlements)) != frozenset(map(bare, new.settlements))
            or any(self.touched.rests(each.when) for each in settlements)
        ):
            answers = dict.fromkeys(tuple(sorted(each.actions)) for each in settlements)
            found += [Subject("answer", names) for names in answers]
        if (decided or powers) and (old.decisions or new.decisions):
            found.append(Subject("compliance"))
        return found

    # --- changes --------------------------------------------------------------------------

    def _changes(self) -> Iterator[Change]:
        subjects = self._subjects()
        if not subjects:
            return
        search = self.search
        try:
            if len(subjects) > 1 and not search.anything(subjects):
                self.asked += search.asked
                return
        except NotSettled:
            pass  # each is asked by itself
        for index, subject in enumerate(subjects):
            self.progress(self._called(subject), index, len(subjects))
            try:
                for found in search.of(subject):
                    if not found.complete:
                        self._not_all(subject)
                    self.found.append(found)
                    yield self._change(found)
            except NotSettled as reason:
                self.unsettled.append(
                    f"Whether something changes for {self._called(subject)} was not settled: "
                    f"{reason}."
                )
        self.asked += search.asked

    def _not_all(self, subject: Subject) -> None:
        self.unsettled.append(
            f"For {self._called(subject)} there are more cases of a change than were told: more "
            f"than {self.search.most_regions} groups of cases."
        )

    def _change(self, found: Found) -> Change:
        subject, case = found.subject, found.region.case
        cases = (self.words.old.case(case), self.words.new.case(case))
        self._replay(found, cases)
        size = max((len(d.actions) for d in self._decisions(subject)), default=0)
        statement = found.region.statement
        situations = words.situation_lists(self.shared.policy)
        kind, name, phrase = self._told(subject, case)
        said = [
            Said(
                state=standing.state,
                values=standing.values if subject.kind == "output" else None,
                clauses=reader.in_force(subject, case),
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
            statements=words.statements(self.shared.policy, statement, situations),
            conditions=conditions,
            readings=found.readings,
            readings_text=""
            if found.readings.always
            else describe(self.shared.policy, found.readings),
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
            reader = self._originals[version.original is self.old and version is self.words.old]
            if not reader.evaluator.is_valid(case):
                raise NotSettled(FAULT)
            if reader.standing(self._own(found.subject, version), case) != standing:
                raise NotSettled(FAULT)

    @cached_property
    def _originals(self) -> tuple[Reader, Reader]:
        """The new version and the old one, as they were read."""
        return (
            Reader(self.new, Evaluator(self.new)),
            Reader(self.old, Evaluator(self.old)),
        )

    def _own(self, subject: Subject, version: Version) -> Subject:
        """A subject by the names of one version."""
        if version is self.words.new:
            return subject
        kind = {"output": "output", "decision": "decision"}.get(subject.kind, "action")
        back = {new: old for old, new in self.match.same.get(kind, {}).items()}
        names = tuple(back.get(name, name.removesuffix(BEFORE)) for name in subject.names)
        return Subject(subject.kind, tuple(sorted(names)) if subject.kind == "answer" else names)

    # --- in words -------------------------------------------------------------------------

    def _called(self, subject: Subject) -> str:
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

    # --- what only one version allows, and the rest ---------------------------------------

    def _cases(self) -> Iterator[Cases]:
        try:
            if differ(self.words, self.touched):
                yield from one_sided(self.words, self.touched, self.shared)
        except NotSettled as reason:
            self.unsettled.append(
                f"Which cases only one of the versions allows was not settled: {reason}."
            )

    def _beyond(self, changes: list[Change]) -> Iterator[str]:
        try:
            yield from beyond(
                self.words, self.touched, changes, lambda clause: self.search.force_differs(clause)
            )
        except NotSettled as reason:
            yield f"Whether rankings and limits of time are the same was not settled: {reason}."
        for kind in ("fact", "output"):
            both = declared(self.old, kind).keys() & declared(self.new, kind).keys()
            for name in sorted(both - self.match.same[kind].keys()):
                yield f"The {kind} '{name}' is of another type now; its values are not compared."
