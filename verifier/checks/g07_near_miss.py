"""G07: a permission that is missed by one condition, and then nothing is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policy_dsl import phrases
from policy_dsl.model import Force, NormEffect
from verifier import names
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity
from verifier.margins import fails_alone
from verifier.parts import parts_of
from verifier.session import NotSettled
from verifier.words import in_one

_AGAINST: dict[Force, Force] = {"permit": "forbid", "release": "oblige"}
"""The duty that a liberty stands against."""

_OPEN: dict[Force, str] = {
    "permit": "Nobody can tell from the policy whether one may then {} or must not",
    "release": "Nobody can tell from the policy whether one is then bound to {} or not",
}
"""What is left open where the condition of a liberty fails."""


@dataclass(frozen=True)
class Liberty:
    """A clause that allows an action, or releases from it, under several conditions."""

    clause: str
    effect: NormEffect


def _items(ctx: Context) -> Iterable[Liberty]:
    clauses = ctx.policy.clauses.values()
    norms = [(c, e) for c in clauses for e in c.effects if isinstance(e, NormEffect)]
    duties = {(e.force, e.action) for _, e in norms if e.is_duty}
    return [
        Liberty(clause.name, effect)
        for clause, effect in norms
        if not effect.is_duty
        and (_AGAINST[effect.force], effect.action) in duties
        and sum(part.within is None for part in parts_of(ctx.policy, clause)) > 1
    ]


def _examine(ctx: Context, item: Liberty) -> Iterator[Finding]:
    session, policy, action = ctx.session, ctx.policy, item.effect.action
    silent = session.unless(session.named(names.spoken(action)))
    near, told = [], []
    for part in parts_of(policy, policy.clauses[item.clause]):
        if part.within is None:
            alone = fails_alone(ctx, part)
            if session.possible([alone, silent]):
                near.append(alone)
                told.append(phrases.after_that(policy, part.expr, not part.truth))
    if not near:
        return
    readings = ctx.explorer.reached([session.literal(session.backend.disj(near)), silent])
    written = (*ctx.atoms.of_clauses([item.clause]), *ctx.atoms.speaking([action]))
    region = ctx.explorer.example([near[0], silent], written)
    if region is None:
        raise NotSettled("a case that was found was lost again (a fault in the checker)")
    phrase = policy.actions[action].phrase
    by = "this alone" if len(told) == 1 else "any one of these alone"
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f"One condition short of {item.clause}, it can be that no clause says whether to "
        f"{phrase}",
        sides=(ctx.side(item.clause, [item.effect]),),
        related=(Related(label=f"the action {action}", place=policy.actions[action].place),),
        readings=readings,
        witness=ctx.witness(region, lambda outcome: outcome.states[action].silent),
        consequence=_OPEN[item.effect.force].format(phrase),
        explanation=(
            f"{item.clause} then fails, and no other clause speaks, by {by}: "
            f"{in_one(policy, told)}.",
        ),
        settles=(
            f"To say what follows where a condition of {item.clause} fails, or that nothing but "
            f"{item.clause} permits it, would settle it."
            if item.effect.force == "permit"
            else f"To say what follows where a condition of {item.clause} fails would settle it.",
        ),
        key=(item.clause, action),
    )


CHECK: Check[Liberty] = Check(
    code="G07",
    name="near-miss",
    severity=Severity.NOTE,
    polarity="sat",
    question=(
        "Is there a case where one condition of a permission alone fails and no other clause "
        "speaks about the action?"
    ),
    documentation="""
A clause permits an action (or releases from it) under several conditions, and other clauses of
the policy forbid that action (or oblige to it). In some case all conditions of the clause but one
hold, and then no clause in force says anything of the action: it is neither permitted nor
forbidden. May a reader conclude that what is not permitted is forbidden? The policy does not say.

Only permissions and releases with two conditions or more are looked at, and only where another
clause imposes the opposite duty: elsewhere silence is the plain meaning of a clause that does not
apply. What follows from each condition of every clause stands in the table of margins
(`antinomy check --full`).

How to mend it: say what follows where the condition fails, or that the permission is the only one.
""",
    items=_items,
    examine=_examine,
    describe=lambda item: f"what is said where a condition of {item.clause} fails",
)
