"""The finding that a group of persons needs more of a resource than there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from policy_dsl import phrases
from policy_dsl.case import Case
from policy_dsl.deeds import deed
from policy_dsl.evaluate import Outcome
from policy_dsl.groups import Groups, Person, next_level, without
from policy_dsl.model import Effect, Expr, Force, NormEffect, Resource, Strength
from verifier import exhibits, group_words, names
from verifier.atoms import leaves
from verifier.check import Check, Context
from verifier.explore import Region
from verifier.findings import Finding, Related, Severity, Side
from verifier.group_words import Shortage
from verifier.groups import Cause, NeedOf, Reason
from verifier.origins import Origin
from verifier.pairs import PairExplorer
from verifier.session import NotSettled
from verifier.solvers.backend import Term

QUICK = 50_000
"""Solver steps for the question whether a clause allows another way to one who is short."""

REPLAY = "the replay of its case does not show it (a fault in the checker)"


def finding(
    ctx: Context,
    check: Check[Resource],
    need: NeedOf,
    cause: Cause,
) -> Finding:
    """The finding that for some cause persons need more than there is. Raises ``NotSettled``
    where its replay does not show it."""
    strength, units, parts = cause.strength, cause.units, cause.parts
    goal, shown = need.closed(strength, units, parts), [need.complies(strength)]
    shared, resource = ctx.shared, need.resource
    explorer = PairExplorer(
        need.pair.supplied, shared.evaluator, shared.atoms, shared.brief, pair=need.pair
    )
    found = explorer.person(goal, shown, list(_conditions(need, cause)))
    if found is None:
        raise NotSettled("a case that was found was lost again (a fault in the checker)")
    region, person, readings = found
    reasons = list(_present(need, cause, person))
    origins = _origins(need, cause, reasons)
    shortage = Shortage(
        resource=resource,
        units=next_level(need.uses, units) or 0,
        capacity=resource.low,
        origins=tuple(origins),
    )
    used = _replay(ctx, shortage, person, strength)
    decisions = list(dict.fromkeys(each for reason in reasons for each in reason.decisions))
    soft = strength == "should"
    return Finding(
        code=check.code,
        name=check.name,
        severity=Severity.WARNING if soft else check.severity,
        title=group_words.title(ctx.policy, shortage),
        consequence=group_words.consequence(shortage),
        sides=tuple(_sides(ctx, origins, region)),
        related=_related(ctx, resource, decisions),
        strength=strength,
        readings=readings,
        exhibit=_group(ctx, shortage, region, person, used),
        explanation=()
        if shared.brief
        else (
            *group_words.limits(ctx.policy, decisions),
            *group_words.why(ctx.policy, shortage, _allowing(need, [*goal, *shown], origins)),
        ),
        settles=() if shared.brief else tuple(group_words.settles(ctx.policy, shortage)),
        key=(
            resource.name,
            str(shortage.units),
            *shortage.clauses,
            *sorted(phrases.code(ctx.policy.incapacities[i].when) for _, i in parts if i >= 0),
            *decisions,
        ),
    )


def _conditions(need: NeedOf, cause: Cause) -> Iterator[Expr]:
    """What a person is told by: what decides whether the clauses are in force, and whether the
    decisions and incapacities are."""
    policy, atoms = need.ctx.policy, need.ctx.atoms
    named = {name for name, _ in cause.parts}
    yield from atoms.of_clauses([name for name in policy.clauses if name in named])
    for way in need.ways(cause.units):
        for reason in need.reasons(way):
            for name in reason.decisions:
                yield from leaves(policy.decisions[name].when)
    for index, each in enumerate(policy.incapacities):
        if (None, index) in cause.parts:
            yield from leaves(each.when)


def _present(need: NeedOf, cause: Cause, person: Person) -> Iterator[Reason]:
    """What closes each way in the cases of a person. Raises ``NotSettled`` where nothing does."""
    for way in need.ways(cause.units):
        case = person.short if way.short else person.supplied
        reason = next((e for e in need.reasons(way) if _holds(need, cause, e, case)), None)
        if reason is None:
            raise NotSettled(REPLAY)
        yield reason


def _holds(need: NeedOf, cause: Cause, reason: Reason, case: Case) -> bool:
    """Whether a reason is there in a case, and counts, by what belongs to a cause alone."""
    evaluator, facts = need.ctx.shared.evaluator, need.ctx.policy.facts
    met = {
        each: evaluator.outcome(replace(case, facts={**case.facts, deed(each.action): each.done}))
        for each in (reason.shape.needs if reason.decisions else ())
        if deed(each.action) in facts
    }
    own = evaluator.outcome(case)

    def in_force(origin: Origin) -> bool:
        others = [outcome for each, outcome in met.items() if each != origin.need]
        return all(_is_in_force(need.ctx, origin, each) for each in (own, *others))

    return all(
        name in each.decisions for name in reason.decisions for each in (own, *met.values())
    ) and all(
        any(map(in_force, need.origins(each, cause.strength, cause.parts))) for each in reason.needs
    )


def _is_in_force(ctx: Context, origin: Origin, outcome: Outcome) -> bool:
    if origin.clause is not None:
        return outcome.clauses[origin.clause].in_force
    barred = ctx.policy.incapacities[origin.incapacity]
    return any(each is barred for each in outcome.incapacities)


def _origins(need: NeedOf, cause: Cause, reasons: Sequence[Reason]) -> list[Origin]:
    """What stands behind the needs of some reasons, each once, in the policy's order."""
    needs = dict.fromkeys(each for reason in reasons for each in reason.needs)
    found = dict.fromkeys(
        origin for each in needs for origin in need.origins(each, cause.strength, cause.parts)
    )
    order = {name: index for index, name in enumerate(need.ctx.policy.clauses)}
    return sorted(found, key=lambda o: (o.clause is None, order.get(o.clause or "", 0)))


def _replay(ctx: Context, found: Shortage, person: Person, strength: Strength) -> frozenset[str]:
    """What uses the resource where there is enough for one of a group, after the evaluator has
    shown that there is not enough for all of them. Raises ``NotSettled``."""
    groups = Groups(ctx.shared.evaluator, found.resource.name)
    persons = [person] * found.size
    least = groups.least(person, strength, found.capacity)
    used = groups.enough(person, strength) if least is None else least[1]
    shown = groups.is_person(person) and groups.too_much(persons, found.capacity, strength)
    if used is None or not shown:
        raise NotSettled(REPLAY)
    return used


def _allowing(
    need: NeedOf, goal: Sequence[Term], origins: Sequence[Origin]
) -> list[tuple[str, NormEffect]]:
    """The clauses that allow another way only to one who is short, with what they allow."""
    session, short = need.pair.supplied, need.pair.short
    if short is session:
        return []
    wanted: set[tuple[Force, str]] = set()
    for origin in origins:
        action = origin.need.action
        if not origin.need.done:
            wanted.add(("permit", action))
            continue
        wanted.add(("release", action))
        for decision in need.ctx.policy.decisions.values():
            if action in decision.actions:
                wanted |= {("permit", each) for each in decision.actions if each != action}
    found = []
    for clause in need.ctx.policy.clauses.values():
        for effect in clause.effects:
            if isinstance(effect, NormEffect) and (effect.force, effect.action) in wanted:
                then = short.named(names.in_force(clause.name))
                before = session.unless(session.named(names.in_force(clause.name)))
                if session.quickly([*goal, then, before], QUICK):
                    found.append((clause.name, effect))
    return found


def _sides(ctx: Context, origins: Sequence[Origin], region: Region) -> Iterator[Side]:
    for clause in dict.fromkeys(each.clause for each in origins if each.clause is not None):
        effects: list[Effect] = [o.effect for o in origins if o.clause == clause and o.effect]
        yield ctx.side(clause, effects, region.case)


def _related(ctx: Context, resource: Resource, decisions: Sequence[str]) -> tuple[Related, ...]:
    policy = ctx.policy
    found = [Related(label=f"the resource {resource.name}", place=resource.place)]
    found += [
        Related(label=f"the decision {name}", place=policy.decisions[name].place)
        for name in decisions
    ]
    return tuple(found)


def _group(
    ctx: Context, found: Shortage, region: Region, person: Person, used: frozenset[str]
) -> exhibits.Persons:
    """The group: those for whom there is enough, and the one for whom nothing is left; or so
    many who are all alike, where nothing else is so of one for whom nothing is left."""
    policy, resource = ctx.policy, found.resource
    doing = [each for each in policy.actions if each in used]
    supplied = exhibits.Person(
        label=f"with {resource.phrase}",
        witness=ctx.witness(region, lambda outcome: True),
        said=group_words.supplied_said(policy, found, doing),
        count=found.served,
    )
    members = [supplied] if found.served else []
    short = Region(_when_short(ctx, region, person, resource), region.readings, person.short)
    members.append(
        exhibits.Person(
            label=f"without {resource.phrase}",
            witness=ctx.witness(short, lambda outcome: True),
            said=group_words.short_said(policy, found, doing),
        )
    )
    return exhibits.Persons(
        resource=resource.phrase, members=tuple(members), capacity=found.capacity
    )


def _when_short(
    ctx: Context, region: Region, person: Person, resource: Resource
) -> tuple[tuple[Expr, bool], ...]:
    """What matters in the case of one who is short: what does in that of one who is supplied, as
    it is there, and what the resource says."""
    told = [each for each, _ in region.statement]
    for condition in without(ctx.policy, resource.name):
        told += leaves(condition)
    holds = ctx.shared.evaluator.holds
    return tuple((each, holds(each, person.short)) for each in dict.fromkeys(told))
