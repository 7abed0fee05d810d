"""The finding that a group of persons needs more of a resource than there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policy_dsl import phrases
from policy_dsl.evaluate import Outcome
from policy_dsl.groups import Groups, Person, next_level
from policy_dsl.model import Effect, Expr, Resource, Strength
from verifier import exhibits, group_words
from verifier.atoms import leaves
from verifier.check import Check, Context
from verifier.explore import Region
from verifier.findings import Finding, Related, Severity, Side
from verifier.group_words import Shortage
from verifier.groups import NeedOf, Part, Reason, Way
from verifier.origins import Origin
from verifier.pairs import PairExplorer
from verifier.session import NotSettled


def finding(
    ctx: Context,
    check: Check[Resource],
    need: NeedOf,
    strength: Strength,
    units: int,
    parts: frozenset[Part],
) -> Finding:
    """The finding that by these clauses and incapacities a person needs more than so many units.
    Raises ``NotSettled`` where its replay does not show it."""
    goal = need.goal(strength, units, parts)
    shared, resource = ctx.shared, need.resource
    explorer = PairExplorer(
        need.pair.supplied, shared.evaluator, shared.atoms, shared.brief, pair=need.pair
    )
    found = explorer.person(goal, list(_conditions(ctx, need, units, parts)))
    if found is None:
        raise NotSettled("a case that was found was lost again (a fault in the checker)")
    region, person, readings = found
    reasons = list(_present(ctx, need, person, strength, units, parts))
    origins = _origins(need, reasons, strength, parts)
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
        explanation=() if shared.brief else tuple(group_words.why(ctx.policy, shortage)),
        settles=() if shared.brief else tuple(group_words.settles(ctx.policy, shortage)),
        key=(
            resource.name,
            *shortage.clauses,
            *sorted(phrases.code(ctx.policy.incapacities[i].when) for _, i in parts if i >= 0),
            *decisions,
        ),
    )


def _conditions(ctx: Context, need: NeedOf, units: int, parts: frozenset[Part]) -> Iterator[Expr]:
    """What a person is told by: what decides whether the clauses are in force, then what could
    keep one who is supplied from complying."""
    policy, atoms = ctx.policy, ctx.atoms
    yield from atoms.of_clauses([name for name, _ in parts if name is not None])
    for way in need.ways(units):
        for reason in need.reasons(way):
            for name in reason.decisions:
                yield from leaves(policy.decisions[name].when)
    for index, each in enumerate(policy.incapacities):
        if (None, index) in parts:
            yield from leaves(each.when)
    if need.resource.short is not None:
        yield from leaves(need.resource.short)
    clashing = need.reasons(Way(False, frozenset()))
    yield from atoms.speaking({n.action for reason in clashing for n in reason.needs})


def _present(
    ctx: Context,
    need: NeedOf,
    person: Person,
    strength: Strength,
    units: int,
    parts: frozenset[Part],
) -> Iterator[Reason]:
    """What closes each way in the cases of a person."""
    for way in need.ways(units):
        outcome = ctx.shared.evaluator.outcome(person.short if way.short else person.supplied)

        def holds(reason: Reason, outcome: Outcome = outcome) -> bool:
            met = [need.origins(each, strength, parts) for each in reason.needs]
            return all(each in outcome.decisions for each in reason.decisions) and all(
                any(_in_force(ctx, outcome, origin) for origin in each) for each in met
            )

        found = next(filter(holds, need.reasons(way)), None)
        if found is None:
            raise NotSettled(REPLAY)
        yield found


def _in_force(ctx: Context, outcome: Outcome, origin: Origin) -> bool:
    if origin.clause is not None:
        return outcome.clauses[origin.clause].in_force
    return any(each is ctx.policy.incapacities[origin.incapacity] for each in outcome.incapacities)


def _origins(
    need: NeedOf, reasons: Sequence[Reason], strength: Strength, parts: frozenset[Part]
) -> list[Origin]:
    """What stands behind the needs of some reasons, each once, in the policy's order."""
    needs = dict.fromkeys(each for reason in reasons for each in reason.needs)
    found = dict.fromkeys(o for each in needs for o in need.origins(each, strength, parts))
    order = {name: index for index, name in enumerate(need.ctx.policy.clauses)}
    return sorted(found, key=lambda o: (o.clause is None, order.get(o.clause or "", 0)))


REPLAY = "the replay of its case does not show it (a fault in the checker)"


def _replay(ctx: Context, found: Shortage, person: Person, strength: Strength) -> frozenset[str]:
    """What a person does who gets by with the fewest units, after the evaluator has shown that
    there is not enough for a group of them. Raises ``NotSettled``."""
    groups = Groups(ctx.shared.evaluator, found.resource.name)
    persons = [person] * found.size
    used = groups.least_use(person, strength)
    shown = groups.is_person(person) and groups.too_much(persons, found.capacity, strength)
    if used is None or not shown:
        raise NotSettled(REPLAY)
    return used


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
            said=group_words.short_said(policy, doing),
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
    if resource.short is not None:
        told += leaves(resource.short)
    holds = ctx.shared.evaluator.holds
    return tuple((each, holds(each, person.short)) for each in dict.fromkeys(told))
