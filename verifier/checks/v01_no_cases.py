"""V01: assumptions that leave no case at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl import phrases
from verifier import names
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity
from verifier.session import Session


def _items(_ctx: Context) -> Iterable[str]:
    return ["the assumptions"]


def _examine(ctx: Context, _item: str) -> Iterator[Finding]:
    if ctx.session.possible(()):
        return
    soft = Session(ctx.shared.encoding, soft=True)
    hard = list(ctx.shared.encoding.hard)
    fixed = [name for name in hard if not name.startswith("assumption:")]
    loose = [names.assumption(i) for i in range(len(ctx.policy.assumptions))]
    terms = [soft.named(each) for each in loose]
    core = soft.smallest_core([soft.named(each) for each in fixed], terms)
    clashing = [ctx.policy.assumptions[i] for i in core]
    said = [f"assumed: {phrases.sentence(ctx.policy, each.condition)}" for each in clashing]
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title="The assumptions exclude each other: no case is left.",
        related=tuple(Related(label="assumption", place=each.place) for each in clashing),
        explanation=(*said, "Leave out any one of these and there are cases again."),
        proof="Proved: no case meets them all. Every other check would pass for this reason alone.",
        key=tuple(phrases.code(each.condition) for each in clashing),
    )


CHECK: Check[str] = Check(
    code="V01",
    name="no-cases",
    severity=Severity.ERROR,
    polarity="unsat",
    question="Do the assumptions leave any case at all?",
    documentation="""
The `assume` declarations (with the ranges of the facts) cannot all hold, so there is no case for
the policy to speak about. A policy without cases has no contradictions and no gaps, which proves
nothing: the other checks are therefore not run.

The finding names a smallest set of assumptions that exclude each other.

How to mend it: correct or remove one of them. An assumption should say only what is true of
every case by law or logic.
""",
    items=_items,
    examine=_examine,
    describe=lambda item: item,
)
