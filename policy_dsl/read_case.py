"""Reading a case from JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from policy_dsl.case import Case, default_reading, default_value
from policy_dsl.model import PERIOD, SHOULD, Fact, Policy
from policy_dsl.references import should_matters
from policy_dsl.types import (
    Date,
    DecimalNumber,
    Duration,
    Enumeration,
    Integer,
    Money,
    Number,
    SetOf,
    Type,
    Value,
    YesNo,
    contains,
    is_number,
)
from policy_dsl.values import expected, from_json

MOST_NAMED = 20
"""Of how many unknown names in one place the message speaks; the rest are counted."""


class CaseError(ValueError):
    """Data that is not a case of the policy. ``problems`` has one sentence for each fault."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def read_case(policy: Policy, data: object) -> Case:
    """A full case from parsed JSON.

    ``data`` is ``{"facts": {...}, "readings": {...}}``, either of which may be left out, or a
    flat object of facts. Yes/no is ``true``, ``false``, ``"yes"`` or ``"no"``; an enumeration's
    value is its name; a set is a list of names; numbers and dates are as in
    ``policy_dsl.values.from_json``; ``null`` is "not established" and only for optional facts.

    What is left out: an optional fact is not established; an ambiguity has its settled reading;
    "should" is advisory where no norm of the policy uses the word. Anything else left out is a
    fault. A reading that differs from the settled one is accepted.

    Raises ``CaseError`` with all faults at once, whatever ``data`` is.
    """
    reader = _Reader(policy, data)
    reader.report_missing()
    return reader.case()


def complete_case(policy: Policy, data: object) -> tuple[Case, tuple[str, ...]]:
    """Like ``read_case``, but what is left out gets its default (``policy_dsl.case``).

    Also returns the names of the facts, then of the ambiguities, that were filled so; not of
    those for which ``read_case`` has a rule. Raises ``CaseError`` for every other fault.
    """
    reader = _Reader(policy, data)
    return reader.case(), (*reader.missing_facts, *reader.missing_readings)


class _Reader:
    def __init__(self, policy: Policy, data: object) -> None:
        self._policy = policy
        self._problems: list[str] = []
        facts, readings = self._parts(data)
        self._facts = self._read_facts(facts)
        self._readings = self._read_readings(readings)
        self.missing_facts = tuple(
            name for name, fact in policy.facts.items() if name not in facts and not fact.optional
        )
        self.missing_readings = tuple(
            name
            for name, each in policy.ambiguities.items()
            if name not in readings and each.settled is None
            if name != SHOULD or should_matters(policy)
        )

    def case(self) -> Case:
        if self._problems:
            raise CaseError(self._problems)
        return Case(
            {
                name: self._facts[name] if name in self._facts else default_value(fact)
                for name, fact in self._policy.facts.items()
            },
            {
                name: self._readings[name] if name in self._readings else default_reading(each)
                for name, each in self._policy.ambiguities.items()
            },
        )

    def report_missing(self) -> None:
        if self.missing_facts:
            self._problems.append("no value for " + ", ".join(self.missing_facts))
        for name in self.missing_readings:
            readings = _listed([each.name for each in self._policy.ambiguities[name].readings])
            which = f"the ambiguity {name}" if name != PERIOD else f"{name}, the time asked about"
            self._problems.append(f"no reading for {which}: choose {readings}")

    def _parts(self, data: object) -> tuple[Mapping[object, object], Mapping[object, object]]:
        if not isinstance(data, dict):
            self._problems.append(f"a case is an object of facts, not {_shown(data)}")
            return {}, {}
        nested = [
            key
            for key in ("facts", "readings")
            if key in data and (key not in self._policy.facts or isinstance(data[key], dict))
        ]
        if not nested:
            return data, {}
        self._report_unknown("part of a case", data, ("facts", "readings"))
        found = []
        for key in ("facts", "readings"):
            part = data.get(key, {})
            if not isinstance(part, dict):
                self._problems.append(f'"{key}" must be an object, not {_shown(part)}')
                part = {}
            found.append(part)
        return found[0], found[1]

    def _report_unknown(
        self, what: str, given: Mapping[object, object], known: Iterable[str]
    ) -> None:
        names = list(known)
        unknown = [key for key in given if key not in names]
        for key in unknown[:MOST_NAMED]:
            if isinstance(key, str) and key in self._policy.definitions and what == "fact":
                self._problems.append(f"{key} is a definition: it follows from the facts")
            else:
                self._problems.append(f"no {what} is called {_shown(key)}{_meant(key, names)}")
        if len(unknown) > MOST_NAMED:
            self._problems.append(f"and {len(unknown) - MOST_NAMED} more such names")

    def _read_facts(self, given: Mapping[object, object]) -> dict[str, Value]:
        self._report_unknown("fact", given, self._policy.facts)
        found: dict[str, Value] = {}
        for name, fact in self._policy.facts.items():
            if name in given:
                value, problems = _read_value(fact, given[name])
                found[name] = value
                self._problems += [f"{name}: {problem}" for problem in problems]
        return found

    def _read_readings(self, given: Mapping[object, object]) -> dict[str, str]:
        self._report_unknown("ambiguity", given, self._policy.ambiguities)
        found: dict[str, str] = {}
        for name, each in self._policy.ambiguities.items():
            names = [reading.name for reading in each.readings]
            reading = given.get(name)
            if isinstance(reading, str) and reading in names:
                found[name] = reading
            elif name in given:
                expected = f"{_listed(names)}{_meant(reading, names)}"
                self._problems.append(f"{name}: {_shown(reading)} is not {expected}")
        return found


def _read_value(fact: Fact, data: object) -> tuple[Value, list[str]]:
    if data is None:
        return None, [] if fact.optional else ["null is only for an optional fact"]
    match fact.type, data:
        case YesNo(), bool():
            return data, []
        case YesNo(), "yes" | "no":
            return data == "yes", []
        case Enumeration(values=values), str():
            if data in values:
                return data, []
            return None, [f"{_shown(data)} is not {_listed(values)}{_meant(data, values)}"]
        case SetOf(element=element), list():
            return _read_set(element.values, data)
        case type_, _ if is_number(type_):
            return _read_number(type_, data)
    return None, [f"{_expected(fact.type)}, not {_shown(data)}"]


def _read_number(type_: Number, data: object) -> tuple[Value, list[str]]:
    try:
        value = from_json(type_, data)
    except TypeError:
        return None, [f"expected {expected(type_)}, not {_shown(data)}"]
    except ValueError as error:
        return None, [f"{_shown(data)} {error}"]
    if contains(type_, value):
        return value, []
    return None, [f"{_shown(data)} is not in the range {type_}"]


def _read_set(values: tuple[str, ...], data: list[object]) -> tuple[Value, list[str]]:
    names = [each for each in data if isinstance(each, str) and each in values]
    if len(names) == len(data):
        return frozenset(names), []
    wrong = [each for each in data if not (isinstance(each, str) and each in values)]
    problems = [
        f"{_shown(each)} is not {_listed(values)}{_meant(each, values)}"
        for each in wrong[:MOST_NAMED]
    ]
    if len(wrong) > MOST_NAMED:
        problems.append(f"and {len(wrong) - MOST_NAMED} more such members")
    return None, problems


def _expected(type_: Type) -> str:
    match type_:
        case YesNo():
            return "expected true or false"
        case Enumeration():
            return f"expected {_listed(type_.values)}"
        case SetOf():
            return f"expected a list of any of {', '.join(type_.element.values)}"
        case Integer() | DecimalNumber() | Money() | Date() | Duration():
            return f"expected {expected(type_)}"


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def _meant(given: object, known: Iterable[str]) -> str:
    if not isinstance(given, str) or len(given) > 100:
        return ""
    close = get_close_matches(given, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _shown(data: object) -> str:
    """A short description of any parsed JSON; never raises, however large or deep it is."""
    match data:
        case None:
            return "null"
        case bool():
            return "true" if data else "false"
        case int():
            return str(data) if data.bit_length() < 128 else "a number of more than 38 digits"
        case float():
            return repr(data)
        case str():
            return repr(data if len(data) <= 60 else data[:60] + "...")
        case list():
            return "a list"
        case dict():
            return "an object"
        case _:
            return f"a {type(data).__name__}"
