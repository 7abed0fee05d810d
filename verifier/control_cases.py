"""Cases that show what somebody can do about a clause, replayed by the evaluator."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from policy_dsl import control
from policy_dsl.case import Case
from policy_dsl.model import Expr
from policy_dsl.terms import fact_statement, subject
from policy_dsl.wording import joined
from verifier import control_words as words
from verifier import names
from verifier.atoms import values_as_conditions
from verifier.check import Context
from verifier.control import Say
from verifier.explore import Region
from verifier.readings import ReadingSet, options
from verifier.session import NotSettled
from verifier.solvers.backend import Term
from verifier.unreachable import an_example
from verifier.witness import Witness

MOST = 256
"""How many alternatives of a case are looked at one by one; beyond, the solver names one."""

Shown = tuple[Witness | None, tuple[str, ...]]
"""A case, and sentences on what it is an example of."""


def happens(ctx: Context, clause: str, readings: ReadingSet) -> Witness:
    """A case in which a clause is in force, under some of the readings."""
    region = _region(ctx, clause, readings)
    return ctx.witness(region, lambda outcome: outcome.clauses[clause].in_force)


def blocked(ctx: Context, clause: str, role: str, readings: ReadingSet) -> Shown:
    """A case in which all that a clause needs is met but for what a role decides."""
    own = control.roles(ctx.policy)[role]
    return _turned(ctx, clause, readings, own, words.who(ctx.policy, role))


def left_to_others(ctx: Context, clause: str, readings: ReadingSet) -> Shown:
    """A case in which all that a clause needs is met but for what others than the subject
    decide; none where the clause rests on facts."""
    rest = control.others(ctx.policy, ctx.policy.subject)
    return _turned(ctx, clause, readings, rest, "somebody else")


def brought(ctx: Context, clause: str, say: Say) -> Shown:
    """A case in which a clause is in force by what a role decides, whatever the others do."""
    if say.secured is None:
        raise NotSettled("a case that was found was lost again (a fault in the checker)")
    policy, evaluator = ctx.policy, ctx.shared.evaluator
    rest = control.others(policy, say.role)
    region = _around(ctx, clause, say.secured.case, set(policy.facts) - set(rest))
    own = control.roles(policy)[say.role]
    try:
        shown = control.secures(evaluator, region.case, clause, own, rest, MOST)
    except control.TooMany:
        shown = True
    other = _other(ctx, region.case, clause, own)
    if not shown or other is None:
        region = Region(region.statement, region.readings, say.secured.case)
        other = _other(ctx, region.case, clause, own)
    witness = ctx.witness(region, lambda outcome: outcome.clauses[clause].in_force)
    if other is None:
        raise NotSettled("the replay of its case does not show it (a fault in the checker)")
    said = _differences(ctx, other, region.case)
    return witness, (
        f"In the case shown {clause} is in force whatever others decide. In the same case, but "
        f"where {said}, it is not.",
    )


def _around(ctx: Context, clause: str, case: Case, facts: Collection[str]) -> Region:
    """What matters, of certain facts alone, for a clause's being in force as in a case; and a
    plausible case like it."""
    session, atoms, policy = ctx.session, ctx.atoms, ctx.policy
    on = session.named(names.in_force(clause))
    written = dict.fromkeys((*reversed(atoms.of_clauses([clause])), *atoms.base()))
    conditions = [*values_as_conditions(policy, case), *reversed(written)]
    told = [
        (each, ctx.shared.evaluator.holds(each, case))
        for each in conditions
        if atoms.facts_behind([each]) <= set(facts)
    ]
    read = [name for name in policy.ambiguities if len(options(policy, name)) > 1]
    terms = [ctx.explorer.reading(name, case.readings[name]) for name in read]
    terms += [ctx.explorer.atom(*each) for each in told]
    core = session.smallest_core([session.refuting([on])], terms)
    shown = ctx.explorer.example([on, *(terms[i] for i in core)], ())
    if shown is None:
        raise NotSettled("a case that was found was lost again (a fault in the checker)")
    statement = tuple(told[i - len(read)] for i in core if i >= len(read))
    return Region(
        statement, {read[i]: case.readings[read[i]] for i in core if i < len(read)}, shown.case
    )


def _turned(
    ctx: Context, clause: str, readings: ReadingSet, facts: Sequence[str], who: str
) -> Shown:
    region = _region(ctx, clause, readings)
    other = _other(ctx, region.case, clause, facts)
    if other is None:
        return None, ()
    evaluator = ctx.shared.evaluator

    statement = [(each, evaluator.holds(each, other)) for each, _ in region.statement]
    if not ctx.shared.brief:
        statement += _rest_of_it(ctx, statement, other, clause)
    witness = ctx.witness(
        Region(tuple(statement), {}, other), lambda outcome: not outcome.clauses[clause].in_force
    )
    said = _differences(ctx, region.case, other)
    return witness, (
        f"In the case shown {clause} is not in force. In the same case, but where {said}, it is in "
        f"force; that is for {who} to decide.",
    )


def _region(ctx: Context, clause: str, readings: ReadingSet) -> Region:
    """A plausible case in which a clause is in force, and what matters in it."""
    goal = [ctx.session.named(names.in_force(clause)), *an_example(ctx, readings)]
    region = ctx.explorer.example(goal, ctx.atoms.of_clauses([clause]))
    if region is None:
        raise NotSettled("a case that was found was lost again (a fault in the checker)")
    return region


def _other(ctx: Context, case: Case, clause: str, facts: Sequence[str]) -> Case | None:
    """A case that differs in some facts only, in which a clause is not in force."""
    evaluator, session, policy = ctx.shared.evaluator, ctx.session, ctx.policy
    try:
        return control.prevents(evaluator, case, clause, facts, MOST)
    except control.TooMany:
        fixed = _read(ctx, case)
        for name, fact in policy.facts.items():
            fixed += [] if name in facts else session.fact_is(fact, case.facts[name])
        off = session.unless(session.named(names.in_force(clause)))
        return session.case() if session.possible([*fixed, off]) else None


def _rest_of_it(
    ctx: Context, statement: Sequence[tuple[Expr, bool]], case: Case, clause: str
) -> list[tuple[Expr, bool]]:
    """What has to be added to a statement about a case, so that every case that meets it, read as
    this one, leaves a clause without force."""
    explorer, session = ctx.explorer, ctx.session
    more = [*ctx.atoms.of_clauses([clause]), *values_as_conditions(ctx.policy, case)]
    told = [(each, ctx.shared.evaluator.holds(each, case)) for each in more]
    fixed = [explorer.atom(*each) for each in statement]
    fixed += [*_read(ctx, case), session.named(names.in_force(clause))]
    core = session.smallest_core(fixed, [explorer.atom(*each) for each in told])
    return [told[index] for index in core]


def _read(ctx: Context, case: Case) -> list[Term]:
    return [ctx.explorer.reading(*each) for each in case.readings.items()]


def _differences(ctx: Context, case: Case, other: Case) -> str:
    """What is so in one case where it differs from another."""
    policy = ctx.policy
    found = []
    for name, fact in policy.facts.items():
        if case.facts[name] != other.facts[name]:
            said = fact_statement(policy, fact, case.facts[name])
            found.append(f"{subject(policy)} {said.text}" if said.predicate else said.text)
    return joined(found, "and")
