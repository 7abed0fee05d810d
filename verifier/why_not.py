"""Why no clause of a contradiction prevails, and what would let one of them.

Everything said here is true of the policy as written: what is declared, how the documents stand
to each other, and whether one clause applies only where the other does. The last is asked of the
solver, over all cases, under the readings in which the contradiction stands; where it gives up,
nothing is said about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from policy_dsl import phrases
from policy_dsl.case import Case
from policy_dsl.evaluate import Outcome
from policy_dsl.graph import components
from policy_dsl.model import AnyOf, Document, Policy, Priority
from policy_dsl.wording import joined
from verifier import names
from verifier.check import Context
from verifier.readings import ReadingSet
from verifier.unreachable import within

QUICK = 50_000
"""Solver steps for the question whether one clause applies only where another does."""

MOST_PAIRS = 6
"""How many pairs of clauses are compared; a contradiction of more clauses is rare."""

_Rule = Literal["lex specialis", "lex superior", "lex posterior"]
_RULES: dict[_Rule, str] = {
    "lex specialis": "the more special rule prevails over the more general",
    "lex superior": "the higher law prevails over the lower",
    "lex posterior": "the later law prevails over the earlier",
}


@dataclass(frozen=True)
class Rank:
    """How two clauses stand to each other by one of the general rules for conflicts.

    ``first`` is the clause the rule would let prevail, None where it favours neither.
    """

    rule: _Rule
    first: str | None
    why: str


def ranks(ctx: Context, one: str, two: str, readings: ReadingSet) -> list[Rank]:
    """How two clauses stand by each general rule; a rule that was not settled is left out."""
    policy = ctx.policy
    documents = tuple(policy.documents[policy.clauses[each].document] for each in (one, two))
    found = [_superior(policy, one, two, documents), _posterior(one, two, documents)]
    special = _special(ctx, one, two, readings)
    return [*found, special] if special is not None else found


def why_neither_prevails(
    ctx: Context, clauses: Sequence[str], readings: ReadingSet, case: Case
) -> tuple[str, ...]:
    """Sentences on why none of the clauses that clash in a case gives way to another."""
    if len(clauses) < 2:
        return ()
    outcome = ctx.shared.evaluator.outcome(case)
    lines = [*_priorities(ctx.policy, clauses, outcome), *_exceptions(ctx.policy, clauses)]
    pairs = list(combinations(clauses, 2))[:MOST_PAIRS]
    known = [each for pair in pairs for each in ranks(ctx, *pair, readings)]
    telling = [each for each in known if each.first is not None]
    if len(clauses) == 2:
        lines += [each.why for each in known]
    else:
        lines += [each.why for each in telling] or _none_ahead(known)
    for rule in dict.fromkeys(each.rule for each in telling):
        lines.append(f"That {_RULES[rule]} ({rule}) is nowhere declared.")
    return tuple(dict.fromkeys(lines))


def what_settles(ctx: Context, clauses: Sequence[str], readings: ReadingSet) -> tuple[str, ...]:
    """Sentences on what would settle a clash of two clauses: a priority, a general rule."""
    if len(clauses) != 2:
        return ()
    one, two = clauses
    lines = []
    if not _declared(ctx.policy, clauses) and not _would_circle(ctx.policy, one, two):
        lines.append(
            f"To say which of {one} and {two} prevails would settle it, whichever it is: the "
            "other then gives way in such a case."
        )
    known = ranks(ctx, one, two, readings)
    for each in known:
        if each.first is not None:
            lines.append(
                f"To declare that {_RULES[each.rule]} ({each.rule}) would settle it in favour of "
                f"{each.first}."
            )
    idle = [each.rule for each in known if each.first is None]
    if len(idle) == 1:
        lines.append(f"The general rule {idle[0]} would not settle it.")
    elif idle:
        lines.append(f"The general rules {joined(idle, 'and')} would not settle it.")
    return tuple(lines)


# --- what is declared ---------------------------------------------------------------------


def _declared(policy: Policy, clauses: Sequence[str]) -> list[Priority]:
    involved = set(clauses)
    return [p for p in policy.priorities if p.winner in involved and p.loser in involved]


def _priorities(policy: Policy, clauses: Sequence[str], outcome: Outcome) -> list[str]:
    declared = _declared(policy, clauses)
    if not declared:
        between = "between" if len(clauses) == 2 else "among"
        return [f"No priority is declared {between} {joined(clauses, 'and')}."]
    circled = _circled(policy, outcome)
    lines = []
    for each in declared:
        if any(each.winner in circle and each.loser in circle for circle in circled):
            why = "the priorities run in a circle in such a case, and then none of them counts"
        elif not outcome.clauses[each.declared_by].applicable:
            why = f"{each.declared_by}, which says so, does not apply in such a case"
        else:
            why = "it counts where these two clash by themselves, which they do not"
        lines.append(f"That {each.winner} prevails over {each.loser} is declared, but {why}.")
    return lines


def _circled(policy: Policy, outcome: Outcome) -> list[tuple[str, ...]]:
    """The clauses whose priorities over each other run in circles in a case."""
    applies = outcome.clauses
    counting = [
        each
        for each in policy.priorities
        if each.kind != "savings"
        and all(applies[n].applicable for n in (each.winner, each.loser, each.declared_by))
    ]
    edges: dict[str, list[str]] = {}
    for each in counting:
        edges.setdefault(each.winner, []).append(each.loser)
    return [each for each in components(policy.clauses, edges) if len(each) > 1]


def _would_circle(policy: Policy, one: str, two: str) -> bool:
    """Whether a priority between two clauses, either way, would close a circle with others."""
    edges: dict[str, list[str]] = {}
    for each in policy.priorities:
        edges.setdefault(each.winner, []).append(each.loser)
    edges.setdefault(one, []).append(two)
    closed = components(policy.clauses, edges)
    edges[one].remove(two)
    edges.setdefault(two, []).append(one)
    closed += components(policy.clauses, edges)
    return any(one in each and two in each for each in closed)


def _exceptions(policy: Policy, clauses: Sequence[str]) -> list[str]:
    """The exceptions that the clauses make themselves, none of which holds in the case."""
    lines = []
    for name in clauses:
        conditions = tuple(each.condition for each in policy.clauses[name].exceptions)
        if conditions:
            said = phrases.after_that(policy, AnyOf(operands=conditions))
            lines.append(f"{name} makes an exception where {said}; such a case is not one of them.")
    return lines


# --- the general rules --------------------------------------------------------------------


def _none_ahead(known: Sequence[Rank]) -> list[str]:
    """What is said of three clauses or more of which none is ahead by any rule."""
    lines = list(dict.fromkeys(each.why for each in known if each.why == ONE_DOCUMENT))
    if any(each.rule == "lex specialis" for each in known):
        lines.append("None of them is the special case of another.")
    return lines


ONE_DOCUMENT = "They stand in one document, so neither is the higher or the later law."


def _named(document: Document) -> str:
    return f"'{document.title or document.name}'"


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
    dates = [each.issued or each.effective for each in documents]
    if dates[0] is None or dates[1] is None:
        return Rank("lex posterior", None, "Which of the two documents is the later is not said.")
    if dates[0] == dates[1]:
        return Rank("lex posterior", None, f"Both documents are of {dates[0]}.")
    later = one if dates[0] > dates[1] else two
    why = f"{later} is the later law ({dates[0]} and {dates[1]})."
    return Rank("lex posterior", later, why)


def _special(ctx: Context, one: str, two: str, readings: ReadingSet) -> Rank | None:
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
