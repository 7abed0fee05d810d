"""Pairs of clauses that set one output to different values in some case."""

from __future__ import annotations

from verifier import names
from verifier.check import Context
from verifier.outputs import equals, fresh_value
from verifier.solvers.backend import Term


def pairs_of(ctx: Context, output: str) -> list[tuple[str, str]]:
    """Every such pair for one output. Where there are more
    than the limit, one more than it allows."""
    session, backend = ctx.session, ctx.session.backend
    setters = ctx.setters(output)
    picked = fresh_value(session, ctx.policy.outputs[output].type)
    like: list[Term] = []
    unlike: list[Term] = []
    for clause in setters:
        set_ = session.named(names.sets_value(clause, output))
        same = equals(session, ctx.sets(clause, output).value, picked)
        like.append(session.literal(backend.conj([set_, same])))
        unlike.append(session.literal(backend.conj([set_, backend.neg(same)])))
    # One question for all pairs: some clause sets the picked value and another does not.
    (some, ones), (other, twos) = session.chosen(like), session.chosen(unlike)
    asked = [some, other]
    seen: set[tuple[int, int]] = set()
    while len(seen) <= ctx.limits.clashes and session.possible(asked):
        one, two = session.picked(ones), session.picked(twos)
        seen.add((min(one, two), max(one, two)))
        for i, j in ((one, two), (two, one)):
            asked.append(session.guarded([backend.neg(ones[i]), backend.neg(twos[j])]))
    return [(setters[one], setters[two]) for one, two in sorted(seen)]


def apart(ctx: Context, output: str, one: str, two: str) -> list[Term]:
    """What is so in a case in which two clauses set an output to different values."""
    session = ctx.session
    first, second = (session.conditions.value(ctx.sets(c, output).value) for c in (one, two))
    differ = session.literal(session.conditions.relate("!=", first, second))
    return [*(session.named(names.sets_value(c, output)) for c in (one, two)), differ]
