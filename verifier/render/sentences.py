"""Statements of a policy put together as sentences, for all renderers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policy_dsl.case import Case
from policy_dsl.model import Fact, Policy
from policy_dsl.terms import fact_statement, subject
from policy_dsl.wording import blank


def sentence_start(text: str) -> str:
    """A text that begins like a sentence; a name with a full stop in it is left as it is."""
    first = text.split(" ", 1)[0].rstrip(".,;:")
    return text if "." in first else text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """A text that begins and ends like a sentence."""
    text = sentence_start(text)
    return text if text.rstrip('"').endswith((".", "?", "!")) else f"{text}."


def fact_sentences(policy: Policy, case: Case, names: Iterable[str]) -> list[str]:
    """What is so in a case, a sentence without its full stop for each of the named facts."""
    found = []
    for name in names:
        said = fact_statement(policy, policy.facts[name], case.facts[name])
        text = f"{subject(policy)} {said.text}" if said.predicate else said.text
        found.append(sentence_start(text))
    return found


def together(policy: Policy, statements: Sequence[str]) -> str:
    """Statements as one sentence, in which the subject is named once."""
    lead = f"{sentence_start(subject(policy))} "
    rest = [
        each.removeprefix(lead)
        if each.startswith(lead)
        else each.replace("None of the clauses", "none of the clauses", 1)
        for each in statements[1:]
    ]
    return sentence("; ".join([statements[0], *rest]))


def in_common(cases: Sequence[Sequence[str]]) -> list[str]:
    """The statements that all of some cases have, in the order of the first."""
    return [each for each in cases[0] if all(each in case for case in cases)] if cases else []


def fact_words(fact: Fact) -> str:
    """What a fact says, with three dots in the place of its value."""
    if fact.phrase is None or fact.phrase.strip() == "{}":
        return blank(fact.name)
    return fact.phrase.replace("{}", "...")
