"""Then cases: which clauses fill a shape of clashing effects, and in which case at once.

One question settles a shape for all clauses that have its effects. Only where the answer is a
case are the clauses told apart, one set after the other, until the solver proves that there are
no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policy_dsl import phrases
from policy_dsl.evaluate import Outcome
from policy_dsl.model import Effect, Incapacity, NormEffect, Strength
from verifier import clash_words
from verifier.check import Check, Context
from verifier.clashes import Shape
from verifier.findings import Finding, Related, Severity
from verifier.origins import Kinds, Origin
from verifier.session import NotSettled
from verifier.shared import ClashSets
from verifier.solvers.backend import Term
from verifier.standing import Standing
from verifier.why_not import what_settles, why_neither_prevails

QUICK = 50_000
"""Solver steps for the one question over all clauses, before it is split."""


def find(ctx: Context, check: Check[Shape], shape: Shape, barred_by: Kinds) -> Iterator[Finding]:
    """The findings of one shape: every smallest set of clauses that fills it in some case.

    ``barred_by`` says what may stand behind a need that something is not done. Raises
    ``NotSettled`` when there are more sets than the limit.
    """
    found, complete = sets_of(ctx, shape, barred_by)
    for chosen in found:
        yield _finding(ctx, check, shape, chosen, Standing(ctx.kept, shape))
    if not complete:
        raise NotSettled(f"more than {ctx.limits.clashes} sets of clauses clash in this way")


def sets_of(ctx: Context, shape: Shape, barred_by: Kinds) -> ClashSets:
    """The smallest sets that fill a shape in some case, and whether these are all of them.

    They are looked for once a run. Raises ``NotSettled``.
    """
    key = (shape, barred_by)
    if key not in ctx.shared.clash_sets:
        known = ctx.shared.origins
        origins = known.meeting([known.of(need, barred_by) for need in shape.needs])
        standing = Standing(ctx.kept, shape)
        if all(origins) and _any_case(ctx, origins, standing):
            found, complete = _sets(ctx, origins, standing)
            ctx.shared.clash_sets[key] = tuple(_smallest(ctx, found)), complete
        else:
            ctx.shared.clash_sets[key] = (), True
    return ctx.shared.clash_sets[key]


def together(ctx: Context, shape: Shape, chosen: Sequence[Origin]) -> list[Term]:
    """What is so in a case in which a set fills a shape. ``ctx`` may be that of another policy with
    the same clauses, actions, decisions and incapacities."""
    standing = Standing(ctx.kept, shape)
    return [*(standing.of(each) for each in chosen), *standing.decided]


def _any_case(ctx: Context, origins: list[list[Origin]], standing: Standing) -> bool:
    """Whether some case meets all needs at once, whatever clauses they come from.

    One question for all clauses; it is easy for the solver but where very many clauses have
    one effect. Then the need with the fewest origins is asked for origin by origin: with one
    clause in force, most others are out by their conditions alone.
    """
    session, decided = ctx.session, standing.decided
    some = [session.guarded([standing.of(o) for o in each]) for each in origins]
    answer = session.quickly([*some, *decided], QUICK)
    if answer is not None:
        return answer
    if not origins:  # decisions that clash by themselves
        return session.possible(decided)
    least = min(range(len(origins)), key=lambda index: len(origins[index]))
    others = [each for index, each in enumerate(some) if index != least]
    return any(session.possible([standing.of(o), *others, *decided]) for o in origins[least])


def _sets(
    ctx: Context, origins: list[list[Origin]], standing: Standing
) -> tuple[list[tuple[Origin, ...]], bool]:
    """Every choice of one origin for each need that some case puts in force together."""
    session, backend = ctx.session, ctx.session.backend
    choices = [session.chosen([standing.of(origin) for origin in each]) for each in origins]
    asked = [*(some for some, _ in choices), *standing.decided]
    found: list[tuple[Origin, ...]] = []
    while session.possible(asked):
        if len(found) >= ctx.limits.clashes:
            return found, False
        at = [session.picked(picks) for _, picks in choices]
        found.append(tuple(each[i] for each, i in zip(origins, at, strict=True)))
        used = [picks[i] for (_, picks), i in zip(choices, at, strict=True)]
        asked.append(session.guarded([backend.neg(pick) for pick in used]))
    return found, True


def _smallest(ctx: Context, found: list[tuple[Origin, ...]]) -> list[tuple[Origin, ...]]:
    """The choices whose clauses and incapacities are not more than those of another that is at
    least as strong, in order.

    A liberty must be ruled out by a duty, not by incapacities alone.
    """
    rank = {name: i for i, name in enumerate(ctx.policy.clauses)}

    def parts(chosen: tuple[Origin, ...]) -> frozenset[tuple[str | None, int]]:
        return frozenset((each.clause, each.incapacity) for each in chosen)

    def order(chosen: tuple[Origin, ...]) -> list[tuple[int, int]]:
        return sorted((rank.get(o.clause or "", -1), o.incapacity) for o in chosen)

    real = [
        chosen
        for chosen in found
        if not any(o.need.liberty for o in chosen)
        or any(o.clause is not None for o in chosen if not o.need.liberty)
    ]
    kept: dict[frozenset[tuple[str | None, int]], tuple[Origin, ...]] = {}
    for chosen in sorted(real, key=order):
        known = kept.get(parts(chosen))
        if known is None or not _as_strong(known, chosen):
            kept[parts(chosen)] = chosen
    return [
        chosen
        for key, chosen in kept.items()
        if not any(other < key and _as_strong(kept[other], chosen) for other in kept)
    ]


def _strength(chosen: Sequence[Origin]) -> Strength:
    return strength_of(o.effect for o in chosen if o.effect is not None)


def _as_strong(one: Sequence[Origin], two: Sequence[Origin]) -> bool:
    """Whether a clash is at least as strong as another, so that it may stand for it."""
    return _strength(one) == "must" or _strength(two) == "should"


def _finding(
    ctx: Context,
    check: Check[Shape],
    shape: Shape,
    chosen: Sequence[Origin],
    standing: Standing,
) -> Finding:
    clauses = list(dict.fromkeys(o.clause for o in chosen if o.clause is not None))
    incapacities = [ctx.policy.incapacities[o.incapacity] for o in chosen if o.clause is None]
    strength = _strength(chosen)
    goal = [*(standing.of(each) for each in chosen), *standing.decided]
    conditions = [*ctx.atoms.of_clauses(clauses)]
    for name in shape.decisions:
        conditions += ctx.atoms.of_condition(ctx.policy.decisions[name].when)
    for each in incapacities:
        conditions += ctx.atoms.of_condition(each.when)
    found = ctx.explorer.one(goal, conditions)
    if found is None:
        raise NotSettled("a case that was found was lost again (a fault in the checker)")
    region, readings = found

    def shows(outcome: Outcome) -> bool:
        held = all(outcome.clauses[each].in_force for each in clauses)
        held = held and all(each in outcome.incapacities for each in incapacities)
        held = held and all(each in outcome.decisions for each in shape.decisions)
        return held and (shape.liberty is not None or not outcome.compliable[strength])

    witness = ctx.witness(region, shows)
    sides = []
    for clause in clauses:
        effects: list[Effect] = [o.effect for o in chosen if o.clause == clause and o.effect]
        sides.append(ctx.side(clause, effects, region.case))
    related = [
        Related(label=f"the decision {name}", place=ctx.policy.decisions[name].place)
        for name in shape.decisions
    ]
    related += [Related(label=f"cannot {i.action}", place=i.place) for i in incapacities]
    soft = strength == "should"
    return Finding(
        code=check.code,
        name=check.name,
        severity=Severity.WARNING if soft else check.severity,
        title=clash_words.title(ctx.policy, shape, chosen),
        consequence=clash_words.consequence(shape, chosen),
        sides=tuple(sides),
        related=tuple(related),
        strength=strength,
        readings=readings,
        witness=witness,
        explanation=()
        if ctx.shared.brief
        else (
            *_powers(ctx, incapacities),
            *why_neither_prevails(ctx, clauses, readings, region.case),
            *clash_words.strengths(chosen),
        ),
        settles=()
        if ctx.shared.brief
        else (
            *clash_words.settles_powers(chosen),
            *(what_settles(ctx, clauses, readings) if _of_two(ctx, shape, chosen) else ()),
            *(clash_words.advice(chosen) if soft else ()),
        ),
        key=(
            *sorted(clauses),
            *sorted(f"{o.need.action}:{o.need.done}:{o.need.liberty}" for o in chosen),
            *sorted(phrases.code(each.when) for each in incapacities),
            *shape.decisions,
        ),
    )


def strength_of(effects: Iterator[NormEffect]) -> Strength:
    """A clash is as strong as its weaker side."""
    return "should" if any(each.strength == "should" for each in effects) else "must"


def _powers(ctx: Context, incapacities: Sequence[Incapacity]) -> list[str]:
    """Why what is not in anybody's power settles nothing."""
    lines = []
    for each in incapacities:
        phrase = ctx.policy.actions[each.action].phrase
        because = f": {each.because.rstrip('.')}" if each.because else ""
        lines.append(f"It is not in anybody's power to {phrase} in this case{because}.")
    return lines


def _of_two(ctx: Context, shape: Shape, chosen: Sequence[Origin]) -> bool:
    """Whether two clauses clash by themselves, so that a priority between them counts."""
    if any(each.clause is None for each in chosen) or len(chosen) != 2:
        return False
    if shape.direct:
        return True
    high = ctx.policy.decisions[shape.decisions[0]].high
    done = {each.need.done for each in chosen}
    return len(shape.decisions) == 1 and (done == {False} or (done == {True} and high == 1))
