"""R04: a ranking clause that ranks nobody, or everybody alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.model import Resource
from policy_dsl.wording import blank
from verifier import names
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity
from verifier.rankings import Ranked, ranked_resources


def _items(ctx: Context) -> Iterable[Resource]:
    return ranked_resources(ctx.policy)


def _examine(ctx: Context, resource: Resource) -> Iterator[Finding]:
    ranked = Ranked(ctx, resource)
    for clause in ranked.clauses:
        in_force = ranked.one.named(names.in_force(clause))
        # That it is never in force at all is for others to say.
        if ranked.possible(ranked.before(clause)) or not ranked.one.possible([in_force]):
            continue
        yield Finding(
            code=CHECK.code,
            name=CHECK.name,
            severity=CHECK.severity,
            title=f"{clause} puts nobody before anybody else for {resource.phrase}",
            sides=(ctx.side(clause, [ranked.clauses[clause]]),),
            related=(Related(label=f"the resource {resource.name}", place=resource.place),),
            explanation=(_why(ctx, ranked, clause),),
            proof=f"Proved: there are no two of whom {clause} ranks one before the other.",
            key=(resource.name, clause),
        )


def _why(ctx: Context, ranked: Ranked, clause: str) -> str:
    noun, effect = blank(ctx.policy.subject), ranked.clauses[clause]
    in_force = ranked.one.named(names.in_force(clause))
    if not ranked.possible(in_force):
        return f"No {noun} to whom it applies is one of those for whom {ranked.resource.phrase} is."
    if effect.term is not None:
        return "Any two to whom it applies are equal in what it ranks them by."
    spared = ranked.other.unless(ranked.other.named(names.applies(clause)))
    if not ranked.possible(spared):
        return "It applies to everybody alike."
    return f"Whoever it does not apply to is not a {noun} over whom it gives priority."


CHECK: Check[Resource] = Check(
    code="R04",
    name="empty-ranking",
    severity=Severity.NOTE,
    polarity="unsat",
    question="Does a priority list rank everybody or nobody?",
    documentation="""
A clause with `prioritize` or `rank` says who comes first for a resource, but there are no two
persons of whom it ranks one before the other: it applies to everybody alike, or only to persons
who are not ranked at all, or all to whom it applies are equal in what it ranks them by. A priority
for everybody is a priority for nobody.

A clause that is never in force at all is left to U01 and U02.

How to mend it: remove the clause, or narrow its condition to those who are to come first.
""",
    items=_items,
    examine=_examine,
    describe=lambda resource: f"the order for '{resource.name}'",
)
