"""R01: a clause that could be taken out without changing any outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.deeds import asked_about
from policy_dsl.model import Clause, NormEffect, RankEffect, SetEffect, TimedBan, Timing
from policy_dsl.wording import joined
from verifier import names
from verifier.check import Check, Context
from verifier.findings import Finding, Severity
from verifier.removal import difference


def _items(ctx: Context) -> Iterable[str]:
    """Clauses that rank persons are left out: what they do shows in no single case."""
    # Without a clause nothing could break it, nor what it prevails over.
    asked = asked_about(ctx.policy)
    needed = {*asked, *ctx.atoms.rivals(asked)}
    return [
        clause.name
        for clause in ctx.policy.clauses.values()
        if clause.name not in needed
        and not any(isinstance(each, RankEffect) for each in clause.effects)
    ]


def _examine(ctx: Context, clause: str) -> Iterator[Finding]:
    session = ctx.session
    force = session.named(names.in_force(clause))
    covering = _covering(ctx, clause)
    others = [session.named(names.applies(each)) for each in covering]
    # Cheap and mostly enough: in some case nobody else could give what this clause gives.
    if not others or session.possible([force, *(session.unless(each) for each in others)]):
        return
    if not session.possible([force]) or session.possible([difference(session, clause)]):
        return
    core = session.smallest_core([force], [session.unless(each) for each in others])
    cover = [covering[index] for index in core]
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f"{clause} adds nothing to what {joined(cover, 'and')} already "
        + ("say" if len(cover) > 1 else "says"),
        sides=(ctx.side(clause), *(ctx.side(each) for each in cover)),
        proof=f"Proved: without {clause} every case has the same outcome.",
        key=(clause,),
    )


def _covering(ctx: Context, clause: str) -> list[str]:
    """The other clauses that share an effect with the clause."""
    mine = _kinds(ctx.policy.clauses[clause])
    others = [each for each in ctx.policy.clauses.values() if each.name != clause]
    return [each.name for each in others if mine & _kinds(each)]


def _kinds(clause: Clause) -> set[tuple[str, str, tuple[Timing, ...]]]:
    norms = {(e.force, e.action, e.timing) for e in clause.effects if isinstance(e, NormEffect)}
    bans = {("ban", e.action, (e.limit,)) for e in clause.effects if isinstance(e, TimedBan)}
    return (
        norms | bans | {("sets", e.output, ()) for e in clause.effects if isinstance(e, SetEffect)}
    )


CHECK: Check[str] = Check(
    code="R01",
    name="subsumed",
    severity=Severity.NOTE,
    polarity="unsat",
    question="Does removing the clause change no normative state?",
    documentation="""
Whatever the clause says, other clauses in force say already, at the same strength, and it defeats
nothing that would otherwise be in force. Taking its norm out changes no outcome in any case.

That is often harmless repetition. It deserves a look where the clause was meant to do more.

How to mend it: remove the clause, or correct the condition that makes it repeat others.
""",
    items=_items,
    examine=_examine,
    describe=lambda clause: f"whether {clause} adds anything",
)
