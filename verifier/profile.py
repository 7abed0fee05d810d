"""The profile of each action: which normative states ever occur, each with a case.

"Release is permitted in six situations and obliged in none" is a line of it.
"""

from __future__ import annotations

from collections.abc import Callable

from policy_dsl.evaluate import Outcome
from policy_dsl.model import Force, NormEffect, Strength
from verifier import names
from verifier.check import Context
from verifier.findings import NORM_WORD, ActionProfile, NormWord, ProfileEntry
from verifier.session import NotSettled
from verifier.witness import Witness


def profile(ctx: Context, action: str) -> ActionProfile:
    """All states of one action. A state that was not settled has ``occurs=None``."""
    entries = [_entry(ctx, action, state, force) for force, state in NORM_WORD.items()]
    silent = ctx.session.unless(ctx.session.named(names.spoken(action)))
    try:
        region = ctx.explorer.example([silent], ctx.atoms.speaking([action]))
        witness = None if region is None else ctx.witness(region, _silent(action))
        entries.append(_made("silent", witness is not None, None, witness, ()))
    except NotSettled as reason:
        entries.append(_made("silent", None, None, None, (), str(reason)))
    return ActionProfile(
        action=action, phrase=ctx.policy.actions[action].phrase, entries=tuple(entries)
    )


def _silent(action: str) -> Callable[[Outcome], bool]:
    return lambda outcome: outcome.states[action].silent


def _made(
    state: NormWord,
    occurs: bool | None,
    strength: Strength | None,
    witness: Witness | None,
    clauses: tuple[str, ...],
    reason: str | None = None,
) -> ProfileEntry:
    return ProfileEntry(
        state=state,
        occurs=occurs,
        strength=strength,
        witness=witness,
        clauses=clauses,
        reason=reason,
    )


def _entry(ctx: Context, action: str, state: NormWord, force: Force) -> ProfileEntry:
    session = ctx.session
    carriers: list[tuple[str, Strength]] = []
    try:
        for clause in ctx.policy.clauses.values():
            for effect in clause.effects:
                if not isinstance(effect, NormEffect):
                    continue
                if effect.action != action or effect.force != force:
                    continue
                if session.possible([session.named(names.in_force(clause.name))]):
                    carriers.append((clause.name, effect.strength))
        if not carriers:
            return _made(state, False, None, None, ())
        clauses = tuple(name for name, _ in carriers)
        strongest: Strength = "must" if any(s == "must" for _, s in carriers) else "should"
        shown = next(name for name, s in carriers if s == strongest)
        goal = [session.named(names.in_force(shown))]
        region = ctx.explorer.example(goal, ctx.atoms.of_clauses([shown]))
        if region is None:
            raise NotSettled("a case that was found was lost again (a fault in the checker)")
        witness = ctx.witness(region, lambda outcome: outcome.clauses[shown].in_force)
    except NotSettled as reason:
        return _made(state, None, None, None, (), str(reason))
    soft = force in ("oblige", "forbid")
    return _made(state, True, strongest if soft else None, witness, clauses)
