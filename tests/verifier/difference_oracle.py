"""What a difference must say, by brute force over every case of both versions.

Only how the two vocabularies are put together is taken from the engine; which cases either version
allows, and what it says of them, is asked of the evaluators of the versions as they were read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from math import prod

from policy_dsl.case import Case
from policy_dsl.deeds import deed, is_deed
from policy_dsl.evaluate import Evaluator, Outcome
from policy_dsl.model import PERIOD, Policy
from policy_dsl.norms import SILENT, NormativeState
from tests.strategies.cases import values
from verifier.difference.engine import Engine
from verifier.difference.model import Difference
from verifier.difference.regions import Found
from verifier.difference.subjects import Subject
from verifier.difference.union import before
from verifier.difference.vocabulary import BEFORE, Version
from verifier.readings import options
from verifier.shared import Limits

MOST = 4000
"""How many cases of both versions are looked at."""


@dataclass
class Comparison:
    """An engine's answer beside that of brute force."""

    engine: Engine
    answer: Difference

    @staticmethod
    def of(old: Policy, new: Policy) -> Comparison:
        """The engine's answer for two versions."""
        engine = Engine(old, new, None, Limits(), lambda _what, _done, _of: None)
        return Comparison(engine, engine.run())

    def differences(self) -> list[str] | None:
        """In what the two answers differ; None where there are too many cases to look at."""
        words = self.engine.words
        facts = words.facts.values()
        pools = [[*([None] if each.optional else []), *values(each.type)] for each in facts]
        reads = [[r.name for r in each.readings] for each in words.ambiguities.values()]
        if prod(map(len, pools)) * prod(map(len, reads)) > MOST:
            return None
        wrong: dict[str, None] = {}
        changed = False
        shared: dict[tuple[object, ...], set[str]] = {}
        back = {
            kind: {new: old for old, new in names.items()}
            for kind, names in self.answer.match.same.items()
        }
        olds, news = _Asked(words.old, back), _Asked(words.new, {})
        tests = self._tests()
        for chosen in product(*pools, *reads):
            values_ = dict(zip(words.facts, chosen, strict=False))
            readings = dict(
                zip(words.ambiguities, [str(each) for each in chosen[len(pools) :]], strict=True)
            )
            case = Case(values_, readings)
            one, other = olds.outcome(case), news.outcome(case)
            key = self._shared_key(case)
            seen = shared.setdefault(key, set())
            seen |= ({"old"} if one else set()) | ({"new"} if other else set())
            if one is None or other is None:
                continue
            for subject, told in self._told(case, tests).items():
                differs = self._differs(subject, (olds, one), (news, other), case)
                changed |= differs
                if differs != bool(told):
                    wrong[f"{'missed' if differs else 'false'}: {subject}"] = None
                if subject.kind == "action":
                    states = tuple(
                        each.states(subject, o) for each, o in ((olds, one), (news, other))
                    )
                    if any((each.old.state, each.new.state) != states for each in told):
                        wrong[f"another state: {subject}"] = None
            for subject in self._subjects():
                if subject not in tests and self._differs(
                    subject, (olds, one), (news, other), case
                ):
                    changed = True
                    wrong[f"missed: {subject}"] = None
        only = {next(iter(each)) for each in shared.values() if len(each) == 1}
        told_only = {each.allowed_by for each in self.answer.cases}
        settled = not self.answer.unsettled
        if settled and only != told_only:
            wrong[f"only: {sorted(only)} told {sorted(told_only)}"] = None
        if settled and (self.answer.verdict == "equivalent") == (changed or bool(only)):
            wrong[f"verdict: {self.answer.verdict}"] = None
        if self.answer.verdict == "equivalent" and not settled:
            wrong["equivalent and not settled"] = None
        return [each for each in wrong if settled or not each.startswith("missed")]

    def _shared_key(self, case: Case) -> tuple[object, ...]:
        words = self.engine.words
        return (
            *(value for name, value in case.facts.items() if name not in words.only),
            *(
                case.readings[name]
                for name in words.ambiguities
                if name == PERIOD
                or all(name in v.ambiguities.values() for v in (words.old, words.new))
            ),
        )

    def _subjects(self) -> list[Subject]:
        old, new = self.engine.words.old.policy, self.engine.words.new.policy
        return [
            *(Subject("action", (n,)) for n in dict.fromkeys([*old.actions, *new.actions])),
            *(Subject("output", (n,)) for n in dict.fromkeys([*old.outputs, *new.outputs])),
            *(Subject("decision", (n,)) for n in dict.fromkeys([*old.decisions, *new.decisions])),
            Subject("compliance"),
            *(
                Subject("answer", tuple(sorted(s.actions)))
                for s in (*old.settlements, *new.settlements)
            ),
        ]

    def _tests(self) -> dict[Subject, list[_Region]]:
        """The regions that were found, by what they are about."""
        found: dict[Subject, list[_Region]] = {}
        evaluator = Evaluator(self.engine.shared.policy) if self.engine.found else None
        for each in self.engine.found:
            assert evaluator is not None
            statement = [(evaluator.condition(e), truth) for e, truth in each.region.statement]
            found.setdefault(each.subject, []).append(_Region(each, statement))
        return found

    def _told(self, case: Case, tests: dict[Subject, list[_Region]]) -> dict[Subject, list[Found]]:
        """The regions in which a case lies."""
        facts = dict(case.facts)
        for name in list(facts):
            if is_deed(name):
                facts[deed(before(name.removesuffix(deed(""))))] = facts[name]
        whole = Case(facts, case.readings)
        return {
            subject: [each.found for each in regions if each.holds(whole)]
            for subject, regions in tests.items()
        }

    def _differs(
        self,
        subject: Subject,
        one: tuple[_Asked, Outcome],
        other: tuple[_Asked, Outcome],
        case: Case,
    ) -> bool:
        before_, after = (each[0].said(subject, each[1], case) for each in (one, other))
        if subject.kind != "compliance":
            return before_ != after
        if before_ == after:
            return False
        failing = one if before_ else other
        return not failing[0].direct(failing[1])


@dataclass
class _Region:
    """A region, and how its statement is tried."""

    found: Found
    statement: list[tuple[Callable[[Case], bool], bool]]

    def holds(self, case: Case) -> bool:
        """Whether a case lies in the region."""
        return self.found.readings.contains(case.readings) and all(
            test(case) == truth for test, truth in self.statement
        )


@dataclass
class _Asked:
    """One version, as it was read."""

    version: Version
    back: dict[str, dict[str, str]]
    """Its names by those of both versions, by kind."""

    def __post_init__(self) -> None:
        self.policy = self.version.original
        self.evaluator = Evaluator(self.policy)
        self._last: tuple[Case, Case] | None = None

    def own(self, case: Case) -> Case:
        """A case of both versions as one of this."""
        if self._last is None or self._last[0] is not case:
            self._last = (case, self.version.case(case))
        return self._last[1]

    def outcome(self, case: Case) -> Outcome | None:
        """What the version says; None where it does not allow the case."""
        for name in self.policy.ambiguities:
            read = case.readings.get(self.version.ambiguities.get(name, name))
            if name == PERIOD:
                if not any(read in parts for parts in self.version.periods.values()):
                    return None
            elif read not in options(self.policy, name):
                return None
        own = self.own(case)
        return self.evaluator.outcome(own) if self.evaluator.is_valid(own) else None

    def states(self, subject: Subject, outcome: Outcome) -> NormativeState:
        """The state of an action; silent where the version does not know it."""
        return outcome.states.get(self._name(subject, subject.names[0]), SILENT)

    def direct(self, outcome: Outcome) -> bool:
        """Whether some action must be done and must not be."""
        return any(
            s.obliged == "must"
            and (s.forbidden == "must" or any(i.action == n for i in outcome.incapacities))
            for n, s in outcome.states.items()
        )

    def said(self, subject: Subject, outcome: Outcome, case: Case) -> object:
        """What is compared of a subject. Names are those of both versions, and random revisions
        that rename an action or an output are told by the engine's own map."""
        names = [self._name(subject, each) for each in subject.names]
        documents = bool(self.policy.documents)
        states = [outcome.states.get(each, SILENT) for each in names]
        match subject.kind:
            case "action":
                state = states[0]
                impossible = any(i.action == names[0] for i in outcome.incapacities)
                return state, state.obliged == "must" and impossible
            case "output":
                if names[0] not in self.policy.outputs:
                    return frozenset(), False
                found = frozenset(v for _, v in outcome.outputs[names[0]])
                when = self.policy.outputs[names[0]].when
                wanted = documents and self.evaluator.holds(when, self.own(case))
                return found, wanted and not found
            case "decision":
                if names[0] not in outcome.decisions:
                    return None, False
                decision = self.policy.decisions[names[0]]
                silent = all(outcome.states[each].silent for each in decision.actions)
                bounds = (decision.low, decision.high)
                return bounds, documents and decision.low > 0 and silent
            case "compliance":
                return not outcome.compliable["must"]
            case "answer":
                return (
                    documents
                    and all(s.silent for s in states)
                    and any(
                        sorted(s.actions) == sorted(names)
                        and self.evaluator.holds(s.when, self.own(case))
                        for s in self.policy.settlements
                    )
                )

    def _name(self, subject: Subject, name: str) -> str:
        kind = {"output": "output", "decision": "decision"}.get(subject.kind, "action")
        return self.back.get(kind, {}).get(name, name.removesuffix(BEFORE))
