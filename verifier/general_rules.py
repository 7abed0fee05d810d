"""How two clauses stand to each other by the general rules for conflicts of laws.

Whether one clause applies only where another does is asked of the solver, over all cases, under
some readings; where it gives up, nothing is said about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from policy_dsl.graph import components
from policy_dsl.model import Document, Policy, RuleKind
from policy_dsl.rules import Rules
from verifier import names
from verifier.check import Context
from verifier.readings import ReadingSet
from verifier.unreachable import within

QUICK = 50_000
"""Solver steps for the question whether one clause applies only where another does."""

RuleName = Literal["lex specialis", "lex superior", "lex posterior"]
RULES: dict[RuleName, str] = {
    "lex specialis": "the more special rule prevails over the more general",
    "lex superior": "the higher law prevails over the lower",
    "lex posterior": "the later law prevails over the earlier",
}
"""The general rules for conflicts, in words."""

NAMES: dict[RuleKind, RuleName] = {
    "authority": "lex superior",
    "date": "lex posterior",
    "specificity": "lex specialis",
}
"""What the rules of the language are called in law."""


ONE_DOCUMENT = "They stand in one document, so neither is the higher or the later law."


@dataclass(frozen=True)
class Rank:
    """How two clauses stand to each other by one of the general rules for conflicts.

    ``first`` is the clause the rule would let prevail, None where it favours neither.
    """

    rule: RuleName
    first: str | None
    why: str


def ranks(ctx: Context, one: str, two: str, readings: ReadingSet) -> list[Rank]:
    """How two clauses stand by each general rule; a rule that was not settled is left out."""
    policy = ctx.policy
    documents = tuple(policy.documents[policy.clauses[each].document] for each in (one, two))
    found = [_superior(policy, one, two, documents), _posterior(one, two, documents)]
    narrower = special(ctx, one, two, readings)
    return [*found, narrower] if narrower is not None else found


def by_words(policy: Policy, one: str, two: str) -> str | None:
    """Which of two clauses is the more special by its words."""
    return Rules(policy).prevails("specificity", one, two)


def _named(document: Document) -> str:
    return f"'{document.called}'"


def _superior(policy: Policy, one: str, two: str, documents: Sequence[Document]) -> Rank:
    first, second = documents
    if first.name == second.name:
        return Rank("lex superior", None, ONE_DOCUMENT)
    authorities = [each.authority for each in documents]
    stands = f"{one} stands in {_named(first)} and {two} in {_named(second)}"
    if authorities[0] == authorities[1]:
        why = f"{stands}, which have the same authority"
        return Rank("lex superior", None, f"{why}." if authorities[0] else f"{stands}.")
    order = [policy.authorities.index(a) if a in policy.authorities else None for a in authorities]
    if order[0] is None or order[1] is None:
        why = f"{stands}; which of these is the higher law is not declared."
        return Rank("lex superior", None, why)
    ahead = one if order[0] < order[1] else two
    why = f"{stands}; {ahead} is the higher law ({' and '.join(str(a) for a in authorities)})."
    return Rank("lex superior", ahead, why)


def _posterior(one: str, two: str, documents: Sequence[Document]) -> Rank:
    first, second = documents
    if first.name == second.name:
        return Rank("lex posterior", None, ONE_DOCUMENT)
    dates = [each.day for each in documents]
    if dates[0] is None or dates[1] is None:
        return Rank("lex posterior", None, "Which of the two documents is the later is not said.")
    if dates[0] == dates[1]:
        return Rank("lex posterior", None, f"Both documents are of {dates[0]}.")
    later = one if dates[0] > dates[1] else two
    why = f"{later} is the later law ({dates[0]} and {dates[1]})."
    return Rank("lex posterior", later, why)


def special(ctx: Context, one: str, two: str, readings: ReadingSet) -> Rank | None:
    """Which of two clauses applies only where the other does; None where it was not settled."""
    session = ctx.session
    first, second = (session.named(names.applies(each)) for each in (one, two))
    read = within(session, readings)
    without_second = session.quickly([*read, first, session.unless(second)], QUICK)
    without_first = session.quickly([*read, second, session.unless(first)], QUICK)
    if without_second is None or without_first is None:
        return None
    match without_second, without_first:
        case True, True:
            why = (
                "Neither is the special case of the other: each also applies where the other does "
                "not."
            )
            return Rank("lex specialis", None, why)
        case False, False:
            why = "They apply in exactly the same cases, so neither is the more special."
            return Rank("lex specialis", None, why)
        case within_second, _:
            special, general = (one, two) if not within_second else (two, one)
            why = (
                f"Whenever {special} applies, {general} applies too, but not the other way round: "
                f"{special} is the more special."
            )
            return Rank("lex specialis", special, why)


def settled_by(ctx: Context, kind: RuleKind, one: str, two: str) -> str | None:
    """Which of two clauses would prevail if a rule were declared behind all others; None where
    neither would, or not in every case."""
    ruled = ctx.shared.ruled_by(kind)
    if ruled is None:
        return None
    edges: dict[str, list[str]] = {}
    for each in ruled.priorities:
        edges.setdefault(each.winner, []).append(each.loser)
    if any(one in each and two in each for each in components(ruled.clauses, edges)):
        return None
    found = [e.winner for e in ruled.priorities if {e.winner, e.loser} == {one, two}]
    new = [e for e in ruled.priorities if e.kind == kind and {e.winner, e.loser} == {one, two}]
    return new[0].winner if new and len(found) == 1 else None
