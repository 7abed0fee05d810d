"""Readings under which something can never happen, and what excludes it there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policy_dsl import phrases
from policy_dsl.model import ClauseApplies, Expr, Policy, ReadingIs, walk
from policy_dsl.resolve_graph import readings_hold
from verifier import names
from verifier.check import Context
from verifier.findings import Related
from verifier.limbs import Limb
from verifier.readings import (
    MOST_COMBINATIONS,
    ReadingSet,
    combinations,
    minimal,
    ordered_ambiguities,
)
from verifier.session import NotSettled, Session
from verifier.solvers.backend import Term


def never_under(
    ctx: Context, possible: Sequence[ReadingSet], unders: Iterable[Expr | None], within: int = 0
) -> ReadingSet:
    """The readings that meet all of ``unders`` and lie outside ``possible[0]``.

    With ``within=1`` they must also lie inside ``possible[1]``.
    """
    conditions = [each for each in unders if each is not None]
    read = {p.ambiguity for each in conditions for p in walk(each) if isinstance(p, ReadingIs)}
    touched = read.union(*(each.ambiguities for each in possible))
    ambiguities = ordered_ambiguities(ctx.policy, touched)
    known = combinations(ctx.policy, ambiguities)
    if len(known) > MOST_COMBINATIONS:
        raise NotSettled(f"it depends on more than {MOST_COMBINATIONS} combinations of readings")
    dead = [
        each
        for each in known
        if all(readings_hold(under, each) for under in conditions)
        and not possible[0].contains(each)
        and (not within or possible[within].contains(each))
    ]
    return minimal(ctx.policy, dead, ambiguities)


def an_example(ctx: Context, readings: ReadingSet) -> list[Term]:
    """Terms for one combination of readings out of a set."""
    cube = readings.cubes[0]
    return [ctx.session.named(names.reading(name, values[0])) for name, values in cube]


def within(session: Session, readings: ReadingSet) -> list[Term]:
    """Assumptions that say that the text is read in one of the ways of a set."""
    if readings.always:
        return []
    b = session.backend
    cubes = []
    for cube in readings.cubes:
        parts = [[session.named(names.reading(n, v)) for v in values] for n, values in cube]
        cubes.append(session.literal(b.conj([b.disj(part) for part in parts])))
    return [session.guarded(cubes)]


def core_of(
    ctx: Context, readings: ReadingSet, conditions: Sequence[tuple[str, Expr, bool]]
) -> tuple[tuple[str, ...], tuple[Related, ...]]:
    """A smallest set of conditions, assumptions and ranges that exclude each other.

    Each condition comes with a word for what it is, and with whether it has to hold. Returns
    sentences, and the places of the assumptions among them.
    """
    soft = Session(ctx.shared.encoding, soft=True)
    policy = ctx.policy
    fixed = within(soft, readings)
    fixed += [soft.named(names.settled(name)) for name in policy.ambiguities]
    # Equalities between named constants are always required; only what cases must meet is soft.
    ranges = [n for n in ctx.shared.encoding.hard if n.startswith(f"{names.RANGE}:")]
    assumed = [names.assumption(index) for index in range(len(policy.assumptions))]
    terms = [soft.named(each) for each in (*ranges, *assumed)]
    for _, expr, truth in conditions:
        term = soft.holds(expr)
        terms.append(term if truth else soft.unless(term))
    core = soft.smallest_core(fixed, terms)
    lines, related = [], []
    for index in core:
        if index < len(ranges):
            fact = policy.facts[ranges[index].removeprefix(f"{names.RANGE}:")]
            lines.append(f"{fact.name} is declared as {fact.type}")
            related.append(Related(label=f"the fact {fact.name}", place=fact.place))
        elif index < len(ranges) + len(assumed):
            assumption = policy.assumptions[index - len(ranges)]
            lines.append(f"assumed: {phrases.sentence(policy, assumption.condition)}")
            related.append(Related(label="assumption", place=assumption.place))
        else:
            word, expr, truth = conditions[index - len(ranges) - len(assumed)]
            lines.append(f"{word}: {phrases.sentence(policy, expr, truth)}")
    return tuple(lines), tuple(related)


def is_dead(ctx: Context, limb: Limb) -> bool:
    """Whether an alternative can never hold beside its context, where that itself can hold."""
    session = ctx.session
    context = [session.holds(e) if t else session.unless(session.holds(e)) for e, t in limb.context]
    fixed = [*context, *(session.holds(each) for each in meant_under(ctx.policy, limb))]
    return not session.possible([*fixed, session.holds(limb.part)]) and session.possible(fixed)


def meant_under(policy: Policy, limb: Limb) -> list[Expr]:
    """The readings under which a limb is meant to matter: the condition's and its own."""
    found = [] if limb.under is None else [limb.under]
    if isinstance(limb.part, ClauseApplies):
        under = policy.clauses[limb.part.clause].under
        found += [] if under is None else [under]
    return found
