"""What a change of a policy does to outcomes: the whole of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from policy_dsl.evaluate import Evaluator
from policy_dsl.model import Policy
from verifier.difference.cases import differ, one_sided
from verifier.difference.classes import verdict
from verifier.difference.edits import Pair, pairs
from verifier.difference.matching import match
from verifier.difference.model import Cases, Change, Difference
from verifier.difference.questions import Side
from verifier.difference.regions import Found, Search
from verifier.difference.rest import beyond
from verifier.difference.rewrite import bare, declared
from verifier.difference.subjects import Reader, Subject, subject_actions
from verifier.difference.telling import Teller
from verifier.difference.touched import Touched
from verifier.difference.union import union
from verifier.difference.vocabulary import Vocabulary, common
from verifier.pipeline import Progress, shared_for
from verifier.session import Encoding, NotSettled
from verifier.shared import Limits, Shared

MOST_KINDS = 60
"""In how many ways the outcome for one subject may change before that is not told in full."""

MOST_REGIONS = 40
"""How many regions of one way are told."""


def _silent(_what: str, _done: int, _of: int) -> None:
    """No progress is shown."""


def difference(
    old: Policy,
    new: Policy,
    bound: int | None = None,
    limits: Limits | None = None,
    progress: Progress = _silent,
) -> Difference:
    """What the new version of a policy does that the old one did not.

    ``bound`` is in solver steps a question, the usual one where it is None. ``limits`` may raise
    how many regions are told. ``progress`` is told of each thing that is compared.

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
    bound: int | None
    limits: Limits
    progress: Progress
    unsettled: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
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
            untold=tuple(dict.fromkeys(self.untold)),
            questions=self.asked,
        )

    @cached_property
    def teller(self) -> Teller:
        """Says what was found in words."""
        return Teller(self.words, self.match, self.readers, self.edits, self.shared.policy)

    # --- what is asked --------------------------------------------------------------------

    @cached_property
    def shared(self) -> Shared:
        """Both versions as one policy, with what its questions share."""
        both = union(self.words, self.touched)
        if self.bound is None:
            return shared_for(both, limits=self.limits)
        return shared_for(both, self.bound, self.limits)

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
        decided = moved or self.touched.clashes_differ
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
            self.progress(self.teller.called(subject), index, len(subjects))
            try:
                for found in search.of(subject):
                    if not found.complete:
                        self._not_all(subject)
                    self.found.append(found)
                    if not self._told_already(found):
                        yield self.teller.change(found)
            except NotSettled as reason:
                self.unsettled.append(
                    f"Whether something changes for {self.teller.called(subject)} was not settled: "
                    f"{reason}."
                )
        self.asked += search.asked

    def _told_already(self, found: Found) -> bool:
        """Whether a gap is one of a decision that is told, and a ``settle`` asks for the same."""
        policies = (self.words.old.policy, self.words.new.policy)
        if found.subject.kind == "answer":
            return any(
                other.subject.kind == "decision"
                and (other.old.gap, other.new.gap) == (found.old.gap, found.new.gap)
                and set(other.region.statement) == set(found.region.statement)
                and other.readings == found.readings
                and any(
                    set(subject_actions(policy, other.subject)) == set(found.subject.names)
                    for policy in policies
                )
                for other in self.found[:-1]
            )
        return False

    def _not_all(self, subject: Subject) -> None:
        self.untold.append(
            f"For {self.teller.called(subject)} one kind of change has more groups of cases than "
            f"the {self.search.most_regions} that are told; in the others the same changes."
        )

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
