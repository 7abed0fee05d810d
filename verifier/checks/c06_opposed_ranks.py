"""C06: two persons ranked both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.model import Resource
from policy_dsl.rankings import PairOrder
from policy_dsl.wording import blank, joined
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity
from verifier.rank_findings import effect_of, show, why_neither
from verifier.rankings import Ranked, ranked_resources
from verifier.readings import ReadingSet
from verifier.session import NotSettled
from verifier.why_not import what_settles


def _items(ctx: Context) -> Iterable[Resource]:
    return ranked_resources(ctx.policy)


def _examine(ctx: Context, resource: Resource) -> Iterator[Finding]:
    ranked = Ranked(ctx, resource)
    session, clauses = ranked.one, list(ranked.clauses)
    # One question for all pairs: some clause puts the one first and some clause the other.
    some, ones = session.chosen([ranked.stands(each, True) for each in clauses])
    others, twos = session.chosen([ranked.stands(each, False) for each in clauses])
    asked = [some, others]
    seen: set[tuple[int, int]] = set()
    while len(seen) <= ctx.limits.clashes and ranked.possible(*asked):
        one, two = session.picked(ones), session.picked(twos)
        seen.add((min(one, two), max(one, two)))
        for i, j in ((one, two), (two, one)):
            asked.append(session.guarded([session.unless(ones[i]), session.unless(twos[j])]))
    for one, two in sorted(seen)[: ctx.limits.clashes]:
        yield _finding(ctx, ranked, clauses[one], clauses[two])
    if len(seen) > ctx.limits.clashes:
        raise NotSettled(f"more than {ctx.limits.clashes} pairs of clauses rank it both ways")


def _finding(ctx: Context, ranked: Ranked, one: str, two: str) -> Finding:
    resource, noun = ranked.resource, blank(ctx.policy.subject)
    effects = {each: effect_of(ctx, resource.name, each) for each in (one, two)}
    soft = [each for each, effect in effects.items() if effect.modality == "should"]
    comes = f"this {noun} comes first for {resource.phrase}"

    def shows(order: PairOrder) -> bool:
        return one in order.for_one and two in order.for_other

    goal = [ranked.stands(one, True), ranked.stands(two, False)]
    shown = show(ctx, ranked, goal, (one, two), shows, (f"By {one} {comes}.", f"By {two} {comes}."))
    return Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=Severity.WARNING if soft else CHECK.severity,
        title=f"By {one} one {noun} comes first for {resource.phrase}, and by {two} another does",
        consequence=f"Whichever of the two is served first, {one} or {two} is not followed.",
        sides=tuple(ctx.side(each, [effect]) for each, effect in effects.items()),
        related=(Related(label=f"the resource {resource.name}", place=resource.place),),
        strength="should" if soft else "must",
        readings=shown.readings,
        exhibit=shown.persons,
        explanation=()
        if ctx.shared.brief
        else why_neither(ctx, resource.name, one, two, shown.readings),
        settles=() if ctx.shared.brief else tuple(_settles(ctx, (one, two), shown.readings, soft)),
        key=(resource.name, *sorted((one, two))),
    )


def _settles(
    ctx: Context, pair: tuple[str, str], readings: ReadingSet, soft: list[str]
) -> Iterator[str]:
    yield from what_settles(ctx, pair, readings)
    if soft:
        binds = "ranks" if len(soft) == 1 else "rank"
        yield (
            f"If 'should' only advises, {joined(soft, 'and')} {binds} nobody bindingly, and no two "
            "binding rankings are at odds."
        )


CHECK: Check[Resource] = Check(
    code="C06",
    name="opposed-ranks",
    severity=Severity.ERROR,
    polarity="sat",
    question="Can two persons be ranked both ways?",
    documentation="""
Clauses with `prioritize` and `rank` say which of two persons comes first for a resource. Here one
clause puts the first person before the second, another puts the second before the first, and
neither has priority over the other. Whoever gives the resource out goes against one of them.

What shows it is a pair of persons, under the same readings of the text. The usual cause is that
two parts of a text name two criteria for one resource and do not say how these go together.

How to mend it: say which of the two clauses prevails (`overrides`), put them into an ordered list
(`in order`), or say over whom each of them gives priority (`over CONDITION`).
""",
    items=_items,
    examine=_examine,
    describe=lambda resource: f"the order for '{resource.name}'",
)
