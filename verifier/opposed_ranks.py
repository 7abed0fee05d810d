"""The finding that clauses, or lists of clauses, put two persons in opposite orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policy_dsl.model import RankEffect, Resource
from policy_dsl.rankings import PairOrder, rival_priorities
from policy_dsl.wording import blank, joined, name_list
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity
from verifier.general_rules import NAMES, RULES, ranks, settled_by
from verifier.rank_findings import show
from verifier.rankings import Ranked
from verifier.readings import ReadingSet
from verifier.solvers.backend import Term
from verifier.why_not import what_settles


@dataclass(frozen=True)
class Opposed:
    """Clauses of which some put the one first and some the other: two, or two lists."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    one_first: Term
    other_first: Term


def finding(ctx: Context, check: Check[Resource], ranked: Ranked, lists: Opposed) -> Finding:
    """The finding about two clauses or lists, or one list, that put two in opposite orders. Raises
    ``NotSettled``."""
    resource, noun = ranked.resource, blank(ctx.policy.subject)
    one, other = lists.one, lists.other
    if len(one) > 1:
        one = tuple(c for c in one if ranked.possible(ranked.stands([c], True), lists.other_first))
    if len(other) > 1:
        other = tuple(
            c for c in other if ranked.possible(lists.one_first, ranked.stands([c], False))
        )
    involved = list(dict.fromkeys((*one, *other)))
    soft = [each for each in involved if ranked.clauses[each].modality == "should"]
    first, second = _example(ranked, one, other)
    comes = f"this {noun} comes first for {resource.phrase}"

    def shows(order: PairOrder) -> bool:
        return first in order.for_one and second in order.for_other

    shown = show(
        ctx,
        ranked,
        [ranked.stands([first], True), ranked.stands([second], False)],
        involved,
        shows,
        (f"By {first} {comes}.", f"By {second} {comes}."),
        wide=(lists.one_first, lists.other_first),
    )
    several = len(involved) > 2
    return Finding(
        code=check.code,
        name=check.name,
        severity=Severity.WARNING if soft else check.severity,
        title=f"By {_some(one)} one {noun} comes first for {resource.phrase}, and by "
        f"{_some(other)} another does",
        consequence=f"Whichever of the two is served first, {first} or {second} is not followed.",
        sides=tuple(ctx.side(each, [ranked.clauses[each]]) for each in involved),
        related=(Related(label=f"the resource {resource.name}", place=resource.place),),
        strength="should" if soft else "must",
        readings=shown.readings,
        exhibit=shown.persons,
        explanation=()
        if ctx.shared.brief
        else _why_neither(ctx, resource.name, first, second, shown.readings),
        settles=()
        if ctx.shared.brief
        else (
            *(
                _settles_lists(ctx, one, other)
                if several
                else what_settles(ctx, (first, second), shown.readings)
            ),
            *_if_advisory(soft),
        ),
        key=(resource.name, *sorted({*lists.one, *lists.other})),
    )


def _example(ranked: Ranked, one: Sequence[str], other: Sequence[str]) -> tuple[str, str]:
    """The first clause of the one list, with one of the other, that put two in opposite orders."""
    first = one[0]
    if len(other) == 1:
        return first, other[0]
    mine = ranked.stands([first], True)
    return first, next(
        each for each in other if ranked.possible(mine, ranked.stands([each], False))
    )


def _some(clauses: tuple[str, ...]) -> str:
    return clauses[0] if len(clauses) == 1 else f"one of {name_list(clauses)}"


def _if_advisory(soft: list[str]) -> Iterator[str]:
    if soft:
        rank = "ranks" if len(soft) == 1 else "rank"
        yield (
            f"If 'should' only advises, {name_list(soft)} {rank} nobody bindingly, and no two "
            "binding rankings are at odds."
        )


# --- sentences ----------------------------------------------------------------------------


def _why_neither(
    ctx: Context, resource: str, one: str, two: str, readings: ReadingSet
) -> tuple[str, ...]:
    """Sentences on why neither of two clauses that rank a pair opposite ways gives way."""
    between = [
        each
        for each in rival_priorities(ctx.policy, resource)
        if {each.winner, each.loser} == {one, two}
    ]
    circle = "but for such two the priorities run in a circle, and then none of them counts."
    lines = []
    for each in between:
        prevails = f"{each.winner} prevails over {each.loser}"
        lines.append(
            f"That {prevails} is declared, {circle}"
            if each.rule is None
            else f"By the declared rule that {RULES[NAMES[each.rule]]}, {prevails}, {circle}"
        )
    if not between:
        lines.append(f"No priority is declared between {one} and {two}.")
    lines += [each.why for each in ranks(ctx, one, two, readings)]
    return tuple(dict.fromkeys((*lines, *_strengths(ctx, resource, (one, two)))))


def _strengths(ctx: Context, resource: str, clauses: Sequence[str]) -> tuple[str, ...]:
    """That a "must" against a "should" is not thereby ahead of it, where this is the case."""
    words = {name: _effect_of(ctx, resource, name).modality for name in clauses}
    firm = [name for name, word in words.items() if word == "must"]
    soft = [name for name, word in words.items() if word == "should"]
    if not firm or not soft:
        return ()
    return (
        f"That {joined(firm, 'and')} says 'must' and {joined(soft, 'and')} only 'should' does not "
        "by itself let one of them prevail.",
    )


def _effect_of(ctx: Context, resource: str, clause: str) -> RankEffect:
    """How a clause ranks persons for a resource."""
    effects = ctx.policy.clauses[clause].effects
    return next(e for e in effects if isinstance(e, RankEffect) and e.resource == resource)


def _settles_lists(ctx: Context, one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """Sentences on what would settle that two lists of priorities are at odds."""
    lines = [
        "To say which of the two lists prevails, of each clause of the one over each of the other, "
        "would settle it."
    ]
    declared = {each.kind for each in ctx.policy.rules}
    for kind, rule in NAMES.items():
        if kind in declared:
            continue
        winners = {settled_by(ctx, kind, a, b) for a in one for b in other}
        for mine in (one, other):
            if winners <= set(mine):
                lines.append(
                    f"To declare that {RULES[rule]} ({rule}) would settle it in favour of "
                    f"{name_list(mine)}."
                )
    return tuple(lines)
