"""Who controls what, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from policy_dsl.model import FactKind, Policy
from policy_dsl.terms import fact_statement, of_value, subject, value_words
from policy_dsl.types import Enumeration, YesNo
from policy_dsl.wording import blank, joined, name_list
from verifier.readings import ReadingSet, describe

_KIND: dict[FactKind, str] = {
    "judgment": "a judgment",
    "grant": "a grant",
    "choice": "a choice",
    "fact": "a fact",
    "outside": "decided elsewhere",
}

MOST_VALUES = 4
"""Up to how many values of a fact are listed where it is said what somebody decides."""


def who(policy: Policy, role: str) -> str:
    """A role as a noun with its article; a word that the policy writes in capitals only, so."""
    return f"the {' '.join(_spelled(policy, each) for each in blank(role).split())}"


def _spelled(policy: Policy, word: str) -> str:
    texts = [fact.phrase or "" for fact in policy.facts.values()]
    texts += [action.phrase for action in policy.actions.values()]
    texts += [quote for clause in policy.clauses.values() for quote in clause.quotes]
    found = {w for t in texts for w in re.findall(r"\w+", t) if w.lower() == word.lower()}
    return word.upper() if found == {word.upper()} else word


def decided(policy: Policy, name: str) -> str:
    """What is decided by whoever controls a fact: "whether the person has paid (a judgment)"."""
    fact = policy.facts[name]
    what = blank(name)
    match fact.type:
        case YesNo():
            said = fact_statement(policy, fact, True)
            what = f"whether {subject(policy)} {said.text}" if said.predicate else what
        case Enumeration(values=values) if len(values) <= MOST_VALUES:
            listed = joined([value_words(fact.type, each) for each in values], "or")
            said = of_value(policy, name, fact.phrase, fact.negative).say(True, listed)
            what = f"whether {subject(policy)} {said.text}" if said.predicate else what
    return f"{what} ({_KIND[fact.kind]})"


def all_decided(policy: Policy, facts: Iterable[str]) -> str:
    """What is decided by whoever controls some facts."""
    return "; ".join(decided(policy, each) for each in facts)


def title(who: str, blocks: Sequence[str], brings: Sequence[str]) -> str:
    """What one role alone can do about some clauses, in one sentence."""
    if blocks == brings:
        return f"Alone, {who} can block {name_list(blocks)}, and can bring {_it(blocks)} about"
    parts = [f"block {name_list(blocks)}"] if blocks else []
    parts += [f"bring about {name_list(brings)}"] if brings else []
    return f"Alone, {who} can {', and can '.join(parts)}"


def consequence(who: str, blocks: Sequence[str], brings: Sequence[str]) -> str:
    """What follows from it for whoever counts on the clauses."""
    parts = []
    if blocks:
        parts.append(
            f"Whatever is so and whatever everybody else decides, {name_list(blocks)} "
            f"{is_or_are(blocks)} not in force where {who} decides against it"
        )
    if brings:
        parts.append(
            f"In some cases it is for {who} to decide whether {name_list(brings)} "
            f"{is_or_are(brings)} in force, whatever everybody else decides"
        )
    return ". ".join(parts) + "."


def is_or_are(clauses: Sequence[str]) -> str:
    """The verb for one clause or several."""
    return "is" if len(clauses) == 1 else "are"


def _it(clauses: Sequence[str]) -> str:
    return "it" if len(clauses) == 1 else "them"


def by_readings(
    policy: Policy, start: str, sets: Iterable[tuple[str, ReadingSet]]
) -> tuple[str, ...]:
    """A sentence for each set of readings: what it is said to begin with, the clauses, when."""
    groups: dict[ReadingSet, list[str]] = {}
    for clause, readings in sets:
        groups.setdefault(readings, []).append(clause)
    return tuple(
        f"{start} {name_list(clauses)} {describe(policy, readings)}."
        for readings, clauses in groups.items()
    )
