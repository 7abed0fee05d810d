"""V02: what an assumption deletes: which cases, and whether a fault lies among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from policy_dsl import phrases
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import AnyOf, Assumption, Expr, Negation
from policy_dsl.wording import joined
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity
from verifier.hidden import hidden
from verifier.session import NotSettled


@dataclass(frozen=True)
class Audit:
    """An assumption, and the policy without any, in which its cases still are."""

    free: Context
    index: int
    assumption: Assumption


def _items(ctx: Context) -> Iterable[Audit]:
    shared = ctx.shared
    bare = replace(ctx.policy, assumptions=())
    free = Context(replace(shared, policy=bare))
    return [Audit(free, index, each) for index, each in enumerate(ctx.policy.assumptions)]


def _said(assumption: Assumption) -> Expr:
    """An assumption as one condition, which holds where its readings are not chosen."""
    if assumption.under is None:
        return assumption.condition
    return AnyOf(operands=(Negation(operand=assumption.under), assumption.condition))


def _examine(ctx: Context, item: Audit) -> Iterator[Finding]:
    free, atom = item.free, item.free.explorer.atom
    others = [a for i, a in enumerate(ctx.policy.assumptions) if i != item.index]
    free.session.varying = tuple(atom(_said(each), True) for each in others)
    free.explorer.evaluator = Evaluator(replace(ctx.policy, assumptions=tuple(others)))
    broken = atom(_said(item.assumption), False)
    code = phrases.code(item.assumption.condition)
    assumed = phrases.after_that(ctx.policy, item.assumption.condition)
    finding = Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f"It is assumed that {assumed}; cases in which it is not so are left out of account",
        related=(Related(label="assumption", place=item.assumption.place),),
        explanation=(_reason(item.assumption),),
        key=(code,),
    )
    faults = list(hidden(free, broken, atom(_said(item.assumption), True)))
    goal = [broken, *(faults[0][1] if faults else ())]
    written = [*free.atoms.of_condition(item.assumption.condition)]
    if faults:
        written += faults[0][2]
    found = free.explorer.one(goal, written)
    if found is None:
        yield replace(
            finding,
            title=f"It is assumed that {assumed}, and no case is left out of account by it",
            proof="Proved: whatever it excludes, the other assumptions and the types of the facts "
            "exclude too.",
        )
        return
    region, readings = found
    if ctx.shared.evaluator.violated_assumptions(region.case) != (item.assumption,):
        raise NotSettled("the replay of its case does not show it (a fault in the checker)")
    if faults:
        what = joined([each for each, _, _ in faults], "and that")
        finding = replace(
            finding, title=f"Were it not assumed that {assumed}, it could happen that {what}"
        )
    yield replace(
        finding,
        consequence="If such a case can come about, nothing else in this report speaks of it",
        readings=readings,
        witness=free.witness(region, lambda _: True),
        settles=(
            "To make sure that such a case cannot come about would settle it; if it can, to narrow "
            "the assumption or to leave it out.",
        ),
    )


def _reason(assumption: Assumption) -> str:
    """The reason that the author gives for an assumption."""
    if assumption.because is None:
        return "No reason is given for it."
    return f'The reason given for it: "{assumption.because.strip().rstrip(".")}".'


CHECK: Check[Audit] = Check(
    code="V02",
    name="assumption-hides",
    severity=Severity.NOTE,
    polarity="sat",
    question="What real cases does each assumption delete?",
    documentation="""
An `assume` takes cases out of account: every other answer of the checker is about the cases that
are left. For each assumption this says which cases it alone deletes: they meet all other
assumptions and not this one. If such a case can come about, nothing in the report speaks of it.

Where the deleted cases show a fault that no other case shows (clauses that contradict each other
on an action, or silence where an answer is expected), the note says so: the policy is free of
that fault only as long as the assumption is true. An assumption that deletes nothing, because the
others already imply it, is told as well.

How to mend it: nothing, if the law or logic excludes these cases; else take the assumption away,
or make it narrower.
""",
    items=_items,
    examine=_examine,
    describe=lambda item: f"assumption {item.index + 1}",
)
