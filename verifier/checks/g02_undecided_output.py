"""G02: a case in scope in which an output gets no value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.evaluate import Outcome
from verifier import names
from verifier.check import Check, Context
from verifier.findings import Finding, Severity
from verifier.gaps import Gap, gap_findings


def _items(ctx: Context) -> Iterable[str]:
    # A vocabulary by itself sets nothing, and nobody expects it to.
    return list(ctx.policy.outputs) if ctx.policy.documents else []


def _examine(ctx: Context, output: str) -> Iterator[Finding]:
    found = ctx.policy.outputs[output]
    valued = ctx.session.named(names.has_value(output))
    goal = [ctx.session.holds(found.when), ctx.session.unless(valued)]
    scoped = ctx.atoms.of_condition(found.when)
    written = (*scoped, *ctx.atoms.of_outputs([output]))
    clauses = (*scoped, *ctx.atoms.applying(ctx.setters(output)))

    def shows(outcome: Outcome) -> bool:
        return not outcome.outputs[output]

    gap = Gap(
        consequence="The policy leaves such a case without a value.",
        title=f"No clause sets {found.phrase or output.replace('_', ' ')}",
        label=f"the output {output}",
        place=found.place,
        key=f"output {output}",
        shows=shows,
    )
    return gap_findings(ctx, CHECK, goal, written, clauses, gap)


CHECK: Check[str] = Check(
    code="G02",
    name="undecided-output",
    severity=Severity.WARNING,
    polarity="sat",
    question="Is there a case in scope where an output has no value?",
    documentation="""
An `output` has a scope (its `when`, or every case), and in some case of it no clause in force
sets the output. In a decision table this is an input that no rule covers.

How to mend it: add a clause for the region shown, or a last clause that catches the rest of an
ordered list, or narrow the output's scope.
""",
    items=_items,
    examine=_examine,
    describe=lambda output: f"cases without a value of '{output}'",
)
