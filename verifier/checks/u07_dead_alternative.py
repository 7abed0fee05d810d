"""U07: an alternative that can never be the one that holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl import phrases
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity
from verifier.limbs import Limb, clause_limbs, definition_limbs
from verifier.readings import ALWAYS
from verifier.unreachable import core_of, is_dead, meant_under


def _items(ctx: Context) -> Iterable[Limb]:
    found: list[Limb] = []
    for clause in ctx.policy.clauses.values():
        found += [each for each in clause_limbs(clause) if each.alternative]
    return found + [each for each in definition_limbs(ctx.policy) if each.alternative]


def _examine(ctx: Context, limb: Limb) -> Iterator[Finding]:
    if not is_dead(ctx, limb):
        return
    clause = ctx.policy.clauses.get(limb.owner)
    where = clause.place if clause else ctx.policy.definitions[limb.owner].place
    conditions = [("the alternative", limb.part, True)]
    conditions += [("beside it", expr, truth) for expr, truth in limb.context]
    conditions += [("under", each, True) for each in meant_under(ctx.policy, limb)]
    lines, related = core_of(ctx, ALWAYS, conditions)
    said = phrases.sentence(ctx.policy, limb.part)
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f"An alternative in {limb.owner} can never hold: {said}",
        sides=(ctx.side(clause.name),) if clause else (),
        related=(
            Related(label=f"the alternative in {limb.owner}", place=limb.part.place or where),
            *related,
        ),
        explanation=(f"These exclude each other: {'; '.join(lines)}.",),
        proof="Proved: no case meets the alternative where it would matter.",
        key=(limb.owner, phrases.code(limb.part)),
    )


CHECK: Check[Limb] = Check(
    code="U07",
    name="dead-alternative",
    severity=Severity.WARNING,
    polarity="unsat",
    question='Can each alternative of an "any of" hold, each limb of a list?',
    documentation="""
A condition lists alternatives (`or`, `any of`), and one of them can never hold beside the other
conditions of the clause. The list promises more than it gives.

The finding names a smallest set of conditions and assumptions that exclude the alternative.

How to mend it: correct the alternative, or the condition beside it that rules it out.
""",
    items=_items,
    examine=_examine,
    describe=lambda limb: f"an alternative in {limb.owner}",
)
