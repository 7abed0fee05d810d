"""Margins: what becomes of a clause's action when one condition of the clause alone fails.

All other conditions of the clause hold, and so do the readings that it needs; of other clauses
nothing is supposed. Every state that can then occur is told, each with the clauses that bring it
about and a replayed case; what is not told is proved not to occur, unless a limit was hit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from policy_dsl import model, phrases
from policy_dsl.case import Case, default_value
from policy_dsl.model import Expr, NormEffect, NormState, Policy, SetEffect
from policy_dsl.norms import norm_holds
from policy_dsl.types import Enumeration
from verifier import names
from verifier.atoms import leaves, values_as_conditions
from verifier.check import Context
from verifier.explore import Region
from verifier.findings import NORM_WORD, NormWord
from verifier.parts import Need, Part, parts_of
from verifier.session import NotSettled
from verifier.shared import Shared
from verifier.solvers.backend import Term
from verifier.witness import Witness

MOST_CASES = 40
"""How many cases are looked at for one condition before the rest is left open."""

_ASKED: dict[NormWord, NormState] = {
    "obliged": "should",
    "forbidden": "should not",
    "permitted": "may",
    "released": "need not",
    "silent": "silent on",
}


@dataclass(frozen=True, kw_only=True)
class MarginOutcome:
    """What is said of an action where one condition alone fails, with a replayed case.

    ``state`` is a word of ``NormWord``; ``clauses`` are the clauses that say so in some such
    case, in the order of the policy; none where no clause speaks.
    """

    state: NormWord
    clauses: tuple[str, ...]
    witness: Witness


@dataclass(frozen=True, kw_only=True)
class Margin:
    """One condition of one clause, and what is said of one of the clause's actions where it
    alone fails.

    ``condition`` is a sentence that says what fails, ``code`` the condition in the language and
    ``holds`` whether it is its holding (as of an exception) that keeps the clause from applying.
    ``within`` is a sentence about the definition that it is a part of, if it is one. ``outcomes``
    is empty where it is proved that the condition cannot fail alone. ``silent_values`` are, for a
    fact with named values, those other values with which no clause may speak of the action. Not
    ``settled`` means that the outcomes may be incomplete, and ``reason`` then says why;
    ``gave_up`` that the solver did, and not a limit on what is looked at.
    """

    clause: str
    action: str
    condition: str
    code: str
    holds: bool
    within: str | None
    outcomes: tuple[MarginOutcome, ...]
    silent_values: tuple[str, ...] = ()
    settled: bool = True
    reason: str | None = None
    gave_up: bool = False


def margins(shared: Shared) -> tuple[Margin, ...]:
    """The margins of the clauses in the order of the policy, up to the limit on them."""
    table = MarginTable(Context(shared))
    wanted = list(rows(shared.policy))[: shared.limits.margins]
    return tuple(table.margin(*row) for row in wanted)


def left_out(policy: Policy, told: Sequence[Margin]) -> int:
    """How many conditions of clauses have no margin among those told."""
    return sum(1 for _ in rows(policy)) - len(told)


def fails_alone(ctx: Context, part: Part) -> Term:
    """An assumption that says that a part of a clause alone fails."""
    b, atom = ctx.session.backend, ctx.explorer.atom
    ways = [b.conj([atom(*each) for each in way]) for way in part.ways]
    return ctx.session.literal(b.conj([atom(part.expr, not part.truth), b.disj(ways)]))


Row: TypeAlias = tuple[str, str, Part]
"""A clause, one of its actions, and one thing that the clause needs."""


def rows(policy: Policy) -> Iterator[Row]:
    """What there are margins of, in the order of the policy."""
    for clause in policy.clauses.values():
        actions = dict.fromkeys(e.action for e in clause.effects if isinstance(e, NormEffect))
        parts = parts_of(policy, clause)
        yield from ((clause.name, action, part) for action in actions for part in parts)


@dataclass
class MarginTable:
    """Makes the margins of one policy, in one session."""

    ctx: Context
    _speaking: dict[str, list[tuple[str, NormWord]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for clause in self.ctx.policy.clauses.values():
            for effect in clause.effects:
                if isinstance(effect, NormEffect):
                    said = (clause.name, NORM_WORD[effect.force])
                    self._speaking.setdefault(effect.action, []).append(said)

    def margin(self, clause: str, action: str, part: Part) -> Margin:
        """One margin; a question that is not settled leaves it open."""
        found: dict[NormWord, tuple[list[str], Witness]] = {}
        values: list[str] = []
        reason, gave_up = None, False
        try:
            alone = fails_alone(self.ctx, part)
            complete = self._outcomes(found, clause, action, part, alone)
            reason = None if complete else f"more than {MOST_CASES} cases were found"
            if "silent" in found:
                values = list(self._silent_values(part, alone, action))
        except NotSettled as why:
            reason, gave_up = str(why), True
        policy = self.ctx.policy
        order = {name: at for at, name in enumerate(policy.clauses)}
        return Margin(
            clause=clause,
            action=action,
            condition=phrases.sentence(policy, part.expr, not part.truth),
            code=phrases.code(part.expr),
            holds=not part.truth,
            within=phrases.sentence(policy, *part.within) if part.within else None,
            outcomes=tuple(
                MarginOutcome(
                    state=state, clauses=tuple(sorted(by, key=order.__getitem__)), witness=witness
                )
                for state, (by, witness) in sorted(found.items())
            ),
            silent_values=tuple(values),
            settled=reason is None,
            reason=reason,
            gave_up=gave_up,
        )

    def _outcomes(
        self,
        found: dict[NormWord, tuple[list[str], Witness]],
        clause: str,
        action: str,
        part: Part,
        alone: Term,
    ) -> bool:
        """Adds every state that can occur; whether it is proved that there are no others."""
        session = self.ctx.session
        others = [each for each in self._speaking[action] if each[0] != clause]
        if session.possible([alone, session.unless(session.named(names.spoken(action)))]):
            silent = [name for name, _ in others]
            found["silent"] = [], self._witness(part, session.case(), action, "silent", silent)
        left = {each: session.named(names.in_force(each[0])) for each in others}
        for _ in range(MOST_CASES):
            if not left or not session.possible([alone, session.guarded(list(left.values()))]):
                return True
            # All that the model says is read before anything else is asked.
            hit = [each for each, term in left.items() if session.backend.is_true(term)]
            fresh = any(state not in found for _, state in hit)
            case = session.case() if fresh else None
            for name, state in hit:
                del left[name, state]
                if state in found:
                    found[state][0].append(name)
                elif case is not None:
                    found[state] = [name], self._witness(part, case, action, state, [name])
        return False

    def _silent_values(self, part: Part, alone: Term, action: str) -> Iterator[str]:
        """The values of the fact that the part is about with which no clause may speak."""
        session, policy = self.ctx.session, self.ctx.policy
        about = {each.fact for each in model.walk(part.expr) if isinstance(each, model.FactValue)}
        fact = policy.facts[about.pop()] if len(about) == 1 else None
        if fact is None or not isinstance(fact.type, Enumeration):
            return
        silent = session.unless(session.named(names.spoken(action)))
        for value in fact.type.values:
            if session.possible([alone, silent, *session.fact_is(fact, value)]):
                yield fact.type.phrase(value)

    # --- cases ----------------------------------------------------------------------------

    def _witness(
        self, part: Part, case: Case, action: str, state: NormWord, clauses: Sequence[str]
    ) -> Witness:
        """The case of a state, told by what the clause needs and whether these clauses apply."""
        evaluator = self.ctx.shared.evaluator
        way = next((w for w in part.ways if all(evaluator.holds(e, case) == t for e, t in w)), ())
        needs: list[Need] = [(part.expr, not part.truth), *way]
        told = {expr: evaluator.holds(expr, case) for expr in self._deciding(clauses, case)}
        told |= {e: t for e, t in needs if not isinstance(e, model.ReadingIs) and not _read(e)}
        region = Region(tuple(told.items()), {}, self._plain(case, list(told)))
        return self.ctx.witness(
            region, lambda outcome: norm_holds(_ASKED[state], outcome.states[action])
        )

    def _deciding(self, clauses: Sequence[str], case: Case) -> Iterator[Expr]:
        """What decides whether some clauses are in force."""
        ctx = self.ctx
        yield from ctx.atoms.applying(clauses)
        rivals = ctx.atoms.rivals(clauses)
        if rivals:
            for decision in ctx.policy.decisions.values():
                yield from leaves(decision.when)
            involved = [*clauses, *rivals]
            effects = [e for each in involved for e in ctx.policy.clauses[each].effects]
            if any(isinstance(each, SetEffect) for each in effects):
                yield from values_as_conditions(ctx.policy, case)

    def _plain(self, case: Case, told: Sequence[Expr]) -> Case:
        """The case with plain values for the facts that play no part, where that is one."""
        ctx, evaluator = self.ctx, self.ctx.shared.evaluator
        touched = ctx.atoms.facts_behind(told)
        facts = {
            name: case.facts[name] if name in touched else default_value(fact)
            for name, fact in ctx.policy.facts.items()
        }
        plain = Case(facts=facts, readings=case.readings)
        return plain if evaluator.is_valid(plain) else case


def _read(expr: Expr) -> bool:
    """Whether a condition is one on readings alone."""
    parts = list(model.walk(expr))
    return any(isinstance(each, model.ReadingIs) for each in parts) and not any(
        isinstance(each, model.FactValue | model.Established | model.ClauseApplies)
        for each in parts
    )
