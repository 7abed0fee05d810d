"""Why no run ever takes a step, or none while a clause is in force: what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from policy_dsl import phrases
from policy_dsl.model import SHOULD, Expr, NormEffect, Step
from policy_dsl.terms import action_words
from policy_dsl.wording import joined
from verifier import names
from verifier.check import Context
from verifier.process_graph import Arrow, asks, needs
from verifier.process_questions import Law, RunQuestions, Way
from verifier.readings import ReadingSet
from verifier.session import Session
from verifier.solvers.backend import Term
from verifier.unreachable import within

BarKind = Literal["assumption", "power", "ban", "need", "defeat", "ask"]
"""What can stand in the way: an assumption that the result breaks, a lack of power, a clause that
forbids the action; the step's own condition; that the clause is defeated, or its condition."""

_KINDS: tuple[BarKind, ...] = ("assumption", "power", "ban", "need", "defeat", "ask")
"""In this order a smallest set of bars rather does without them."""


@dataclass(frozen=True)
class Bar:
    """Something that stands in the way, in a sentence; the clause that bans, and the condition
    that would have to hold, or fail, where it is one."""

    kind: BarKind
    text: str
    clause: str | None = None
    condition: Expr | None = None


@dataclass
class _Bars:
    """The terms that say that something does not stand in the way, arrow by arrow."""

    terms: dict[Bar, list[tuple[int, Term]]] = field(default_factory=dict)

    def add(self, bar: Bar, pick: int, term: Term) -> None:
        self.terms.setdefault(bar, []).append((pick, term))


def why_never(
    session: Session,
    ways: Sequence[Way],
    readings: ReadingSet,
    law: Law,
    clause: str | None = None,
) -> tuple[Bar, ...]:
    """A smallest set of bars that keep every one of some steps from being taken, or from being
    taken while a clause is in force. None at all: no run comes to where one of them starts."""
    backend = session.backend
    bars = _Bars()
    picks: list[Term] = []
    for questions, step in ways:
        reached = questions.reached(law)
        for index in questions.graph.of_step(step.name):
            arrow = questions.graph.arrows[index]
            pick = session.fresh()
            backend.require(backend.disj([session.unless(pick), reached[arrow.source]]))
            for bar, term in _bars(questions, step, arrow, law, clause):
                bars.add(bar, len(picks), term)
            picks.append(pick)
    ordered = sorted(bars.terms, key=lambda bar: _KINDS.index(bar.kind))
    free = []
    for bar in ordered:
        absent = session.fresh()
        for index, term in bars.terms[bar]:
            limbs = [session.unless(absent), session.unless(picks[index]), term]
            backend.require(backend.disj(limbs))
        free.append(absent)
    kept = [*within(session, readings), session.guarded(picks)]
    return tuple(ordered[index] for index in session.smallest_core(kept, free))


def _bars(
    questions: RunQuestions, step: Step, arrow: Arrow, law: Law, clause: str | None
) -> Iterator[tuple[Bar, Term]]:
    session, policy = questions.session, questions.session.policy
    part = questions.graph.parts[step.name]
    for index, assumption in enumerate(part.after.assumptions):
        said = phrases.after_that(policy, assumption.condition)
        text = f"what the step changes would break the assumption that {said}"
        yield Bar("assumption", text), questions.named(arrow.result, names.assumption(index))
    if step.action is not None and law != "any":
        words = action_words(policy, step.action)
        excluded = questions.named(arrow.label, names.impossible(step.action))
        yield Bar("power", f"it is not possible to {words}"), session.unless(excluded)
        for name in part.speaking:
            for effect in policy.clauses[name].effects:
                if _forbids(effect, step.action):
                    said = phrases.say_norm(policy, effect)
                    term = _in_the_way(questions, arrow, name, effect, law)
                    yield Bar("ban", f"{name} says: {said}", clause=name), session.unless(term)
    for index, (expr, truth) in enumerate(part.needs):
        text = f"the step is taken only where {phrases.after_that(policy, expr, truth)}"
        term = session.named(needs(arrow.label, index))
        yield Bar("need", text, condition=expr), term
    if clause is not None:
        # In force is applicable and not defeated: where the parts hold, only defeat is left.
        force = questions.named(arrow.label, names.in_force(clause))
        applies = questions.named(arrow.label, names.applies(clause))
        undefeated = session.backend.disj([force, session.unless(applies)])
        yield Bar("defeat", f"{clause} is defeated", clause=clause), undefeated
        for index, (expr, truth) in enumerate(part.asks[clause]):
            text = f"{clause} asks that {phrases.after_that(policy, expr, truth)}"
            term = session.named(asks(arrow.label, clause, index))
            yield Bar("ask", text, clause=clause, condition=expr), term


def _forbids(effect: object, action: str) -> bool:
    return isinstance(effect, NormEffect) and effect.action == action and effect.force == "forbid"


def _in_the_way(
    questions: RunQuestions, arrow: Arrow, clause: str, effect: object, law: Law
) -> Term:
    """A clause forbids the action at the strength that counts."""
    force = questions.named(arrow.label, names.in_force(clause))
    advises = isinstance(effect, NormEffect) and effect.strength == "should"
    if law == "should" or not advises:
        return force
    binding = questions.session.named(names.reading(SHOULD, "binding"))
    return questions.session.backend.conj([force, binding])


def told(ctx: Context, ways: Sequence[Way], bars: Sequence[Bar]) -> str:
    """In sentences, why some steps are never taken."""
    steps = joined(list(dict.fromkeys(f'"{step.phrase}"' for _, step in ways)), "or")
    if not bars:
        starts = [
            questions.graph.process.states[each].phrase
            for questions, step in ways
            for each in step.sources
        ]
        where = joined(list(dict.fromkeys(starts)), "or")
        return f"{steps}: no run comes to where it could be taken ({where})."
    reasons = "; ".join(each.text for each in bars)
    together = "this never gives way there" if len(bars) == 1 else "these exclude each other there"
    text = f"{steps}: on every run that comes to where it could be taken, {together}: {reasons}."
    conditions = [each.condition for each in bars if each.condition is not None]
    facts = ctx.atoms.facts_behind(conditions)
    return f"{text} {changed_by(ways, facts)}" if facts else text


def changed_by(ways: Sequence[Way], facts: set[str]) -> str:
    """In a sentence, which steps change some of the facts in a run, and where they are taken."""
    processes = {asks.graph.process.name: asks.graph.process for asks, _ in ways}
    steps = []
    for process in processes.values():
        for step in process.steps.values():
            if any(each.fact in facts for each in step.changes):
                where = [process.states[each].phrase for each in step.sources]
                steps.append(f'"{step.phrase}" (taken where {joined(where, "or")})')
    if not steps:
        return "No step changes this: it stays as it was at the start."
    return f"In a run this changes only by {joined(list(dict.fromkeys(steps)), 'or')}."
