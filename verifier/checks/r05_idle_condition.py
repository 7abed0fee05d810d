"""R05: a condition inside a clause that never decides anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl import model, phrases
from policy_dsl.model import Clause, Expr
from verifier import names
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity
from verifier.limbs import Limb, clause_limbs, limbs_of
from verifier.unreachable import is_dead


def _items(ctx: Context) -> Iterable[str]:
    return [clause.name for clause in ctx.policy.clauses.values() if clause.conditions]


def _examine(ctx: Context, name: str) -> Iterator[Finding]:
    session, backend = ctx.session, ctx.session.backend
    clause = ctx.policy.clauses[name]
    if not session.possible([session.named(names.applies(name))]):
        return
    under = [] if clause.under is None else [session.holds(clause.under)]
    alternatives = [each for each in clause_limbs(clause) if each.alternative]
    idle: list[Limb] = []
    for limb in _conditions(clause):
        if any(part is limb.part for each in idle for part in model.walk(each.part)):
            continue
        before = session.conditions.condition(limb.whole)
        after = session.conditions.condition(limb.without)
        differ = session.literal(backend.neg(backend.iff(before, after)))
        if session.possible([*under, differ]):
            continue
        if any(each.part is limb.part and is_dead(ctx, each) for each in alternatives):
            continue  # it can never hold where it stands: that is U07's to say
        idle.append(limb)
        yield _finding(ctx, limb)


def _conditions(clause: Clause) -> Iterator[Limb]:
    """Every condition of the clause, each with the clause's whole condition around it.

    A whole exception is left to R02.
    """
    needs = tuple(each.condition for each in clause.requirements)
    barred = tuple(model.Negation(operand=each.condition) for each in clause.exceptions)
    whole: Expr = model.AllOf(operands=(*needs, *barred))
    exceptions = {id(each) for each in barred}
    if len(needs) + len(barred) == 1 and needs:
        yield Limb(clause.name, needs[0], False, (), whole, model.TRUE)
        whole = needs[0]
    for limb in limbs_of(clause.name, whole, ()):
        if id(limb.part) not in exceptions:
            yield limb


def _finding(ctx: Context, limb: Limb) -> Finding:
    clause = ctx.policy.clauses[limb.owner]
    said = phrases.sentence(ctx.policy, limb.part)
    if limb.alternative:
        proof = "Proved: whenever it holds, the other alternatives let the clause apply anyway."
    else:
        proof = "Proved: whenever the other conditions hold, this one holds too."
    return Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f"A condition of {limb.owner} never decides anything: {said}",
        sides=(ctx.side(limb.owner),),
        related=(Related(label="the condition", place=limb.part.place or clause.place),),
        proof=proof,
        key=(limb.owner, phrases.code(limb.part)),
    )


CHECK: Check[str] = Check(
    code="R05",
    name="idle-condition",
    severity=Severity.NOTE,
    polarity="unsat",
    question="Does a condition inside a clause ever decide anything?",
    documentation="""
Take the condition out and the clause applies in exactly the same cases: the other conditions, or
the assumptions, already imply it; or, for an alternative, the others already cover it.

How to mend it: remove the condition if it was put there for clarity alone, or correct it if it
was meant to narrow the clause.
""",
    items=_items,
    examine=_examine,
    describe=lambda name: f"the conditions of {name}",
)
