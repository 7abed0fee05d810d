"""Whether what was kept is true of the policy as it is now: every case is replayed.

What cannot be shown in a case, that nothing else was found, rests on the key and the checksum.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import Assumption, Expr, Policy
from policy_dsl.types import contains
from verifier.findings import Finding, ProfileEntry, Related, Side
from verifier.margins import Margin
from verifier.readings import ReadingSet
from verifier.witness import Witness

IN_FORCE = frozenset({"C01", "C02", "C03", "C04", "C05", "C09", "G06"})
"""Codes of findings whose clauses are all in force in their case."""

_BEYOND = frozenset({"V02"})
"""Codes whose case is one that an assumption excludes."""


class Replay:
    """Replays the cases in results about one policy with the evaluator alone."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._evaluator = Evaluator(policy)

    def stands(self, result: object) -> bool:
        """Whether all that a result names is in the policy, its cases are cases of the policy,
        and what is said to hold in them does."""
        return all(self._is_so(each) for each in _parts(result))

    def _is_so(self, part: object) -> bool:
        match part:
            case Finding():
                return self._finding(part)
            case Witness():
                return self._is_case(part.case) and self._holds(part)
            case Case():
                return self._is_case(part)
            case ReadingSet():
                return self._readings(part)
            case Side():
                return part.clause in self._policy.clauses
            case Margin():
                known = part.clause in self._policy.clauses
                return known and part.action in self._policy.actions
            case ProfileEntry():
                return all(each in self._policy.clauses for each in part.clauses)
            case _:
                return True

    def _finding(self, finding: Finding) -> bool:
        witness, clauses = finding.witness, self._policy.clauses
        if witness is None:
            return True
        if not self._is_case(witness.case) or any(s.clause not in clauses for s in finding.sides):
            return False
        violated = self._evaluator.violated_assumptions(witness.case)
        if finding.code in _BEYOND:
            return bool(violated) and all(isinstance(each, Assumption) for each in violated)
        if violated:
            return False
        if finding.code not in IN_FORCE:
            return True
        told = self._evaluator.outcome(witness.case).clauses
        return all(told[each.clause].in_force for each in finding.sides)

    def _holds(self, witness: Witness) -> bool:
        try:
            return all(
                self._evaluator.holds(expr, witness.case) == truth
                for expr, truth in witness.statement
            )
        except (KeyError, TypeError, ValueError):  # it names what the policy has not
            return False

    def _is_case(self, case: Case) -> bool:
        facts, ambiguities = self._policy.facts, self._policy.ambiguities
        if case.facts.keys() != facts.keys() or case.readings.keys() != ambiguities.keys():
            return False
        for name, reading in case.readings.items():
            if all(reading != each.name for each in ambiguities[name].readings):
                return False
        return all(
            facts[name].optional if value is None else contains(facts[name].type, value)
            for name, value in case.facts.items()
        )

    def _readings(self, readings: ReadingSet) -> bool:
        for cube in readings.cubes:
            for name, chosen in cube:
                known = self._policy.ambiguities.get(name)
                if known is None or not {each.name for each in known.readings} >= set(chosen):
                    return False
        return True


def _parts(value: object) -> Iterator[object]:
    """A result and everything in it that says something of cases."""
    if isinstance(value, str | int | Expr | None):
        return
    if isinstance(value, tuple):
        for each in value:
            yield from _parts(each)
    elif is_dataclass(value):
        yield value
        if not isinstance(value, Case | ReadingSet | Side | Related):
            for name in _names(type(value)):
                yield from _parts(getattr(value, name))


_NAMES: dict[type, tuple[str, ...]] = {}


def _names(kind: type) -> tuple[str, ...]:
    """The names of a dataclass's fields."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(each.name for each in fields(kind))
    return _NAMES[kind]
