"""U06: permissions and releases that one official alone decides, or nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.wording import blank
from verifier.check import Check, Context
from verifier.control import liberties
from verifier.control_findings import Hand, of_nobody, of_official, of_subject
from verifier.findings import Finding, Severity


def _items(ctx: Context) -> Iterable[Hand]:
    rows = ctx.shared.control.rows.values()
    if not rows:
        return []
    found = dict.fromkeys(Hand(say.role) for row in rows for say in row.says)
    subject = ctx.policy.subject
    if Hand(subject) in found:
        del found[Hand(subject)]
        for row in rows:
            if any(say.role == subject for say in row.says):
                for each in liberties(ctx.policy, row.clause):
                    found[Hand(subject, each.action, each.force)] = None
    return [*found, Hand()]


def _examine(ctx: Context, hand: Hand) -> Iterator[Finding]:
    if hand.role is None:
        yield from of_nobody(CHECK, ctx)
    elif hand.action is None or hand.force is None:
        yield from of_official(CHECK, ctx, hand.role)
    else:
        yield from of_subject(CHECK, ctx, hand.action, hand.force)


CHECK: Check[Hand] = Check(
    code="U06",
    name="out-of-hands",
    severity=Severity.NOTE,
    polarity="sat",
    question="Can one official alone block a permission or release, or bring it about, or nobody?",
    documentation="""
Some facts of a case are decided by somebody: a judgment, a grant or a choice `by` a role. For every
clause that permits an action (`may`) or releases from it (`need not`), with its exceptions and all
that could defeat it, this tells who has it in hand:

- A role *blocks* the clause if, in every case in which it is in force, that
  role alone could have decided so that it is not.
- A role *brings it about* if, in some case, it is in force whatever all other
  roles decide, and is not if this role alone decides otherwise.
- It is in *nobody's* hands if it can be in force and can fail to be, and what
  all roles decide together never makes a difference.

One note is given for each official, with all clauses that this official blocks or brings about;
one for all clauses that are in nobody's hands; and, where the policy's subject has a say of its
own, one for each action that no clause allows by what the subject alone decides. Each says under
which readings it stands. What types and assumptions exclude is nobody's choice.

This is a note, not a fault: who decides is often what the policy is about. The table of control in
the report tells the same clause by clause (docs/control.md).

How to mend it, if it is not wanted: name another way to the same end, or a second one who decides.
""",
    items=_items,
    examine=_examine,
    describe=lambda hand: f"what is in the hands of {blank(hand.role or 'nobody')}",
)
