"""Faults that lie only among the cases that an assumption deletes.

They are looked for by kind: a way in which effects clash, by clauses alone or with what is not in
anybody's power, or a place where an answer is expected. A kind that occurs in the cases that are
left as well is not hidden.
"""

from __future__ import annotations

from collections.abc import Iterator

from policy_dsl.model import AllOf, Expr
from policy_dsl.wording import joined
from verifier import names
from verifier.check import Context
from verifier.origins import Kinds
from verifier.solvers.backend import Term
from verifier.standing import Standing

Fault = tuple[str, list[Term], tuple[Expr, ...]]
"""What happens in words, what it is to the solver, and the conditions to tell its cases by."""


def hidden(free: Context, broken: Term, kept: Term) -> Iterator[Fault]:
    """The faults that occur among the deleted cases and in no case that is left."""
    session = free.session
    told = set()
    faults = (*_clashes(free, "clauses"), *_clashes(free, "both"), *_gaps(free))
    for what, goal, written in faults:
        if what in told:
            continue
        if session.possible([broken, *goal]) and not session.possible([kept, *goal]):
            told.add(what)
            yield what, goal, written


def _clashes(free: Context, barred_by: Kinds) -> Iterator[Fault]:
    session, policy = free.session, free.policy
    for shape in free.shared.shapes:
        standing = Standing(free.kept, shape)
        groups = [free.shared.origins.of(need, barred_by) for need in shape.needs]
        terms = [[standing.of(each) for each in group] for group in groups]
        goal = [session.literal(session.backend.disj(each)) for each in terms]
        goal += standing.decided
        phrases_ = dict.fromkeys(policy.actions[n.action].phrase for n in shape.needs)
        clauses = dict.fromkeys(o.clause for g in groups for o in g if o.clause is not None)
        what = f"clauses contradict each other on whether to {joined(list(phrases_), 'or to')}"
        yield what, goal, free.atoms.of_clauses(clauses)


def _gaps(free: Context) -> Iterator[Fault]:
    policy = free.policy
    scopes = [(d.actions, d.when, d.under) for d in policy.decisions.values() if d.low > 0]
    for actions, when, under in [*scopes, *((s.actions, s.when, None) for s in policy.settlements)]:
        scope = when if under is None else AllOf(operands=(when, under))
        goal = [free.explorer.atom(scope, True)]
        spoken = [free.session.named(names.spoken(each)) for each in actions]
        goal += [free.session.unless(each) for each in spoken]
        said = joined([policy.actions[each].phrase for each in actions], "or to")
        written = (*free.atoms.of_condition(when), *free.atoms.of_actions(actions))
        yield f"no clause says whether to {said}", goal, written
