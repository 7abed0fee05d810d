"""X01: a question that was given up within its bound, or an enumeration that hit its limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier.check import Check, Context
from verifier.findings import Finding, Severity


def _items(_ctx: Context) -> Iterable[str]:
    return ()


def _examine(_ctx: Context, _item: str) -> Iterator[Finding]:
    return iter(())


CHECK: Check[str] = Check(
    code="X01",
    name="not-settled",
    severity=Severity.ERROR,
    polarity="sat",
    question="Which questions did the checker give up on within its bound?",
    documentation="""
Some question was neither answered "never, proved" nor "yes, and here is a case": the solver
reached its bound of steps, an enumeration reached its limit, or the replay of a case by the
evaluator did not agree with the solver (which is a fault in the checker; please report it).

It is no answer and does not count as a pass: the exit status is 3 unless findings make it 1. No
setting, waiver or baseline hides it; `allow-unsettled` lets it pass, and the report says so.

How to mend it: raise the bound (`--bound`), or simplify the conditions the message names.
""",
    items=_items,
    examine=_examine,
    describe=lambda item: item,
)
