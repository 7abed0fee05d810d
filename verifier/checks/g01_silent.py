"""G01: a case in which the policy is expected to speak, and no clause does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policy_dsl import phrases
from policy_dsl.evaluate import Outcome
from policy_dsl.model import Expr, Settlement
from policy_dsl.source import Place
from policy_dsl.wording import joined
from verifier import names
from verifier.check import Check, Context
from verifier.findings import Finding, Severity
from verifier.gaps import Gap, gap_findings
from verifier.session import Session
from verifier.solvers.backend import Term

QUICK = 50_000
"""Solver steps for the question whether some scopes cover another."""


@dataclass(frozen=True)
class Scope:
    """Where a reader expects an answer: a decision, or a ``settle`` declaration."""

    decision: str | None
    settlement: Settlement | None
    actions: tuple[str, ...]
    when: Expr
    place: Place


def _items(ctx: Context) -> Iterable[Scope]:
    if not ctx.policy.documents:  # a vocabulary by itself: nobody expects it to speak
        return []
    decisions = [each for each in ctx.policy.decisions.values() if each.low > 0]
    found = [Scope(d.name, None, d.actions, d.when, d.place) for d in decisions]
    found += [Scope(None, s, s.actions, s.when, s.place) for s in ctx.policy.settlements]
    return _told_once(ctx, found)


def _told_once(ctx: Context, scopes: list[Scope]) -> list[Scope]:
    """The scopes without those whose every case lies in other scopes about the same actions.

    INVARIANT: the scopes kept hold every case of those left out, so no gap is lost: a scope goes
    only where the solver proves that those that are left at that moment cover it. Decisions go
    first, since a ``settle`` names its cases more closely.
    """
    session = Session(ctx.shared.encoding)  # what is asked here must not steer the regions
    kept = list(scopes)
    for scope in scopes:
        others = [
            each for each in kept if each is not scope and set(each.actions) == set(scope.actions)
        ]
        if others:
            outside = [session.unless(_in_scope(session, each)) for each in others]
            if session.quickly([_in_scope(session, scope), *outside], QUICK) is False:
                kept = [each for each in kept if each is not scope]
    return kept


def _in_scope(session: Session, scope: Scope) -> Term:
    if scope.decision is not None:
        return session.named(names.decision(scope.decision))
    return session.holds(scope.when)


def _examine(ctx: Context, scope: Scope) -> Iterator[Finding]:
    session = ctx.session
    goal = [_in_scope(session, scope)]
    if scope.decision is not None:
        label, key = f"the decision {scope.decision}", f"decision {scope.decision}"
    else:
        label = "where an answer is expected"
        key = f"settle {','.join(scope.actions)} when {phrases.code(scope.when)}"
    goal += [session.unless(session.named(names.spoken(each))) for each in scope.actions]
    scoped = ctx.atoms.of_condition(scope.when)
    written = (*scoped, *ctx.atoms.of_actions(scope.actions))
    clauses = (*scoped, *ctx.atoms.speaking(scope.actions))

    def shows(outcome: Outcome) -> bool:
        return all(outcome.states[each].silent for each in scope.actions)

    options = joined([ctx.policy.actions[each].phrase for each in scope.actions], "or to")
    gap = Gap(
        title=f"No clause says whether to {options}",
        consequence=(
            "The policy leaves such a case open: nothing is demanded, forbidden or permitted."
        ),
        label=label,
        place=scope.place,
        key=key,
        shows=shows,
    )
    return gap_findings(ctx, CHECK, goal, written, clauses, gap)


CHECK: Check[Scope] = Check(
    code="G01",
    name="silent",
    severity=Severity.WARNING,
    polarity="sat",
    question=(
        "Is there a case in a decision's scope, or where `settle` expects an answer, that no "
        "clause speaks about?"
    ),
    documentation="""
Where a `decision` that asks for an action is in scope, or a `settle` says that a reader expects
an answer, no clause in force says anything about the action: not that it must, must not, may or
need not be done. The policy leaves the case open.

Gaps are shown as regions: conditions under which every case is a gap, whatever the rest. They
are told one by one until it is proved that there are no more, or a limit is reached, which is
then said.

How to mend it: add a clause for the region, widen the condition of one, or, where silence is
meant, narrow the `settle`.
""",
    items=_items,
    examine=_examine,
    describe=lambda scope: f"silence on {', '.join(scope.actions)}",
)
