"""Why no clause of a contradiction prevails, and what would let one of them.

Everything said here is true of the policy as written: what is declared, how the documents stand
to each other, and whether one clause applies only where the other does
(``general_rules.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from policy_dsl import phrases
from policy_dsl.case import Case
from policy_dsl.evaluate import Outcome
from policy_dsl.graph import components
from policy_dsl.model import AnyOf, Policy, Priority
from policy_dsl.wording import joined
from verifier.check import Context
from verifier.general_rules import (
    NAMES,
    ONE_DOCUMENT,
    RULES,
    Rank,
    RuleName,
    by_words,
    ranks,
    settled_by,
    special,
)
from verifier.readings import ReadingSet

MOST_PAIRS = 6
"""How many pairs of clauses are compared; a contradiction of more clauses is rare."""


def why_neither_prevails(
    ctx: Context, clauses: Sequence[str], readings: ReadingSet, case: Case
) -> tuple[str, ...]:
    """Sentences on why none of the clauses that clash in a case gives way to another."""
    if len(clauses) < 2:
        return ()
    outcome = ctx.shared.evaluator.outcome(case)
    lines = [*_priorities(ctx.policy, clauses, outcome), *_exceptions(ctx.policy, clauses)]
    pairs = list(combinations(clauses, 2))[:MOST_PAIRS]
    of_pairs = [(pair, each) for pair in pairs for each in ranks(ctx, *pair, readings)]
    known = [each for _, each in of_pairs]
    telling = [each for each in known if each.first is not None]
    if len(clauses) == 2:
        lines += [each.why for each in known]
    else:
        lines += [each.why for each in telling] or _none_ahead(known)
    declared = {NAMES[each.kind] for each in ctx.policy.rules}
    for rule in dict.fromkeys(each.rule for each in telling if each.rule not in declared):
        lines.append(f"That {RULES[rule]} ({rule}) is nowhere declared.")
    for pair, each in of_pairs:
        if each.first is not None and each.rule in declared and not _declared(ctx.policy, pair):
            lines.append(f"That {RULES[each.rule]} is declared, but {_no_help(ctx, pair, each)}.")
    return tuple(dict.fromkeys(lines))


def _no_help(ctx: Context, pair: tuple[str, str], rank: Rank) -> str:
    """Why a declared rule says nothing of two clauses although it seems to tell them apart."""
    if rank.rule == "lex specialis" and by_words(ctx.policy, *pair) is None:
        return f"it goes by the words of the clauses, and these do not show it of {rank.first}"
    return (
        "it counts only between two clauses that are at odds by themselves and that neither "
        "declared priorities nor an ordered list connects"
    )


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
    declared = {each.kind for each in ctx.policy.rules}
    idle: list[RuleName] = []
    for kind, rule in NAMES.items():
        winner = None if kind in declared else settled_by(ctx, kind, one, two)
        if winner is not None:
            lines.append(
                f"To declare that {RULES[rule]} ({rule}) would settle it in favour of {winner}."
            )
        elif kind not in declared:
            idle.append(rule)
    if len(idle) == 1:
        lines.append(f"The general rule {idle[0]} would not settle it.")
    elif idle:
        lines.append(f"The general rules {joined(idle, 'and')} would not settle it.")
    narrower = special(ctx, one, two, readings) if "lex specialis" in idle else None
    ahead = narrower.first if narrower is not None else None
    if ahead is not None and by_words(ctx.policy, one, two) is None:
        lines.append(
            f"That {ahead} is the more special is so in fact; to resolve clashes by "
            "specificity goes by the words of the clauses, which do not show it."
        )
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
        prevails = f"{each.winner} prevails over {each.loser}"
        lines.append(
            f"That {prevails} is declared, but {why}."
            if each.rule is None
            else f"By the declared rule that {RULES[NAMES[each.rule]]}, {prevails}, but {why}."
        )
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


def _none_ahead(known: Sequence[Rank]) -> list[str]:
    """What is said of three clauses or more of which none is ahead by any rule."""
    lines = list(dict.fromkeys(each.why for each in known if each.why == ONE_DOCUMENT))
    if any(each.rule == "lex specialis" for each in known):
        lines.append("None of them is the special case of another.")
    return lines
