"""R02: an exception that never takes a case out of its clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl import phrases
from verifier import names
from verifier.check import Check, Context
from verifier.findings import Finding, Severity

Item = tuple[str, int]


def _items(ctx: Context) -> Iterable[Item]:
    clauses = ctx.policy.clauses.values()
    return [(clause.name, i) for clause in clauses for i in range(len(clause.exceptions))]


def _examine(ctx: Context, item: Item) -> Iterator[Finding]:
    clause, index = item
    session = ctx.session
    scope = session.named(names.in_scope(clause))
    exceptions = [session.holds(e.condition) for e in ctx.policy.clauses[clause].exceptions]
    others = [session.unless(each) for i, each in enumerate(exceptions) if i != index]
    if session.possible([scope, *others, exceptions[index]]) or not session.possible([scope]):
        return
    expr = ctx.policy.clauses[clause].exceptions[index].condition
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f"An exception of {clause} never takes a case out of it: "
        + phrases.sentence(ctx.policy, expr),
        sides=(ctx.side(clause),),
        proof="Proved: without this exception the clause applies in exactly the same cases.",
        key=(clause, phrases.code(expr)),
    )


CHECK: Check[Item] = Check(
    code="R02",
    name="idle-exception",
    severity=Severity.NOTE,
    polarity="unsat",
    question="Does an exception ever change anything?",
    documentation="""
An `unless` (or `subject to ... as carve-out`) never takes a case out of its clause: it cannot
hold where the clause's other conditions do, or another exception already covers it.

How to mend it: remove the exception, or correct it if it was meant to do something.
""",
    items=_items,
    examine=_examine,
    describe=lambda item: f"an exception of {item[0]}",
)
