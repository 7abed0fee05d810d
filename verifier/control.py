"""Who controls each permission and release: what every role with a say in it can do about it.

What "blocks" and "brings about" mean for a case stands in ``policy_dsl.control``; here they are
asked over all cases, with the readings under which they are so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from policy_dsl import control, phrases
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import NormEffect, Policy
from verifier import names
from verifier.atoms import Atoms
from verifier.exhibits import Control, ControlRow
from verifier.explore import Explorer
from verifier.readings import MOST_COMBINATIONS, ReadingSet, apart, describe
from verifier.session import Encoding, NotSettled, Session
from verifier.solvers.backend import Backend
from verifier.swing import Secured, Swing


@dataclass(frozen=True, kw_only=True)
class Say:
    """What a role with a say in a clause can do about it: by which facts, and under which
    readings it blocks the clause, or brings it about; with a case in which it does.

    A set is None where it was not settled, and ``reason`` then says why.
    """

    role: str
    facts: tuple[str, ...]
    blocks: ReadingSet | None = None
    brings: ReadingSet | None = None
    secured: Secured | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Controlled:
    """A clause that permits or releases: under which readings it can be in force, under which of
    these that is in nobody's hands, and what each role can do about it.

    It is in nobody's hands where it can be in force, is not in every case, and what all roles
    decide together never makes a difference.
    """

    clause: str
    occurs: ReadingSet | None = None
    nobody: ReadingSet | None = None
    says: tuple[Say, ...] = ()
    reason: str | None = None


def liberties(policy: Policy, clause: str) -> list[NormEffect]:
    """The effects of a clause that permit or release."""
    effects = policy.clauses[clause].effects
    return [each for each in effects if isinstance(each, NormEffect) and not each.is_duty]


def asked(policy: Policy) -> list[str]:
    """The clauses of which it is asked who controls them."""
    return [name for name in policy.clauses if liberties(policy, name)]


@dataclass
class ControlTable:
    """Works out who controls what, clause by clause, in solvers of its own.

    INVARIANT: nothing of what is given is changed; the answers depend on the policy alone.
    """

    encoding: Encoding
    new_backend: Callable[[], Backend]
    explorer: Explorer
    known: Mapping[str, Controlled] = field(default_factory=dict)
    """Clauses that were worked out before."""
    _swings: dict[tuple[str, str], Swing] = field(default_factory=dict)

    @staticmethod
    def of(
        encoding: Encoding,
        new_backend: Callable[[], Backend],
        evaluator: Evaluator,
        atoms: Atoms,
        known: Mapping[str, Controlled],
    ) -> ControlTable:
        """The table of an encoded policy; nothing is asked yet."""
        explorer = Explorer(Session(encoding), evaluator, atoms, brief=True)
        return ControlTable(encoding, new_backend, explorer, known)

    @cached_property
    def rows(self) -> Mapping[str, Controlled]:
        """Every clause that permits or releases, in the order of the policy; none where nobody
        controls any fact."""
        if not control.roles(self._policy):
            return {}
        return {name: self.known.get(name) or self.of_clause(name) for name in asked(self._policy)}

    @property
    def asked(self) -> int:
        """How many questions were asked of solvers."""
        return self._session.asked + sum(each.base.asked for each in self._swings.values())

    @property
    def _policy(self) -> Policy:
        return self.encoding.policy

    @property
    def _session(self) -> Session:
        return self.explorer.session

    def of_clause(self, clause: str) -> Controlled:
        """Who controls one clause. What is not settled is left open."""
        on = self._session.named(names.in_force(clause))
        try:
            occurs = self.explorer.reached([on])
        except NotSettled as why:
            return Controlled(clause=clause, reason=str(why))
        if occurs.never:
            return Controlled(clause=clause, occurs=occurs, nobody=occurs)
        says = tuple(self._say(clause, role, facts, occurs) for role, facts in self._having(clause))
        nobody = reason = None
        try:
            nobody = self._nobody(clause, occurs)
        except NotSettled as why:
            reason = str(why)
        return Controlled(clause=clause, occurs=occurs, nobody=nobody, says=says, reason=reason)

    def _having(self, clause: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The roles with a say in a clause, each with the facts by which it has it."""
        behind = self.explorer.atoms.facts_of_force(clause)
        for role, facts in control.roles(self._policy).items():
            found = tuple(each for each in facts if each in behind)
            if found:
                yield role, found

    def _say(self, clause: str, role: str, facts: tuple[str, ...], occurs: ReadingSet) -> Say:
        own = frozenset(control.roles(self._policy)[role])
        rest = frozenset(control.others(self._policy, role))
        blocks = brings = secured = reason = None
        try:
            certain, _ = self._swing("own", role, own).reached(clause)
            blocks = self._apart(occurs, certain)
        except NotSettled as why:
            reason = str(why)
        try:
            brings, secured = self._swing("rest", role, rest, own).reached(clause, turned=True)
        except NotSettled as why:
            reason = str(why)
        return Say(
            role=role, facts=facts, blocks=blocks, brings=brings, secured=secured, reason=reason
        )

    def _nobody(self, clause: str, occurs: ReadingSet) -> ReadingSet:
        """The readings under which the clause can be in force and can fail to be, and what roles
        decide never makes a difference."""
        off = self._session.unless(self._session.named(names.in_force(clause)))
        always = self._apart(occurs, self.explorer.reached([off]))
        everybody = frozenset(e for facts in control.roles(self._policy).values() for e in facts)
        moved, _ = self._swing("nothing", "", frozenset(), everybody).reached(clause, turned=True)
        return self._apart(self._apart(occurs, moved), always)

    def _apart(self, inside: ReadingSet, outside: ReadingSet) -> ReadingSet:
        found = apart(self._policy, inside, outside)
        if found is None:
            raise NotSettled(
                f"it depends on more than {MOST_COMBINATIONS} combinations of readings"
            )
        return found

    def _swing(
        self, kind: str, role: str, swinging: frozenset[str], turning: frozenset[str] = frozenset()
    ) -> Swing:
        found = self._swings.get((kind, role))
        if found is None:
            found = Swing(self._policy, self.new_backend, self._session, swinging, turning)
            self._swings[kind, role] = found
        return found


# --- the table ----------------------------------------------------------------------------


def row(policy: Policy, found: Controlled) -> ControlRow:
    """A clause's row of the control table."""
    effects = liberties(policy, found.clause)
    reasons = [found.reason, *(each.reason for each in found.says)]
    return ControlRow(
        clause=found.clause,
        title=policy.clauses[found.clause].title,
        says="; ".join(phrases.say_norm(policy, each) for each in effects),
        occurs=None if found.occurs is None else not found.occurs.never,
        roles=tuple(_control(policy, found, each) for each in found.says),
        reason=next((each for each in reasons if each is not None), None),
    )


def _control(policy: Policy, found: Controlled, say: Say) -> Control:
    return Control(
        role=say.role,
        facts=say.facts,
        blocks=None if say.blocks is None else not say.blocks.never,
        brings=None if say.brings is None else not say.brings.never,
        blocks_when=_when(policy, say.blocks, found.occurs),
        brings_when=_when(policy, say.brings, found.occurs),
    )


def _when(policy: Policy, readings: ReadingSet | None, occurs: ReadingSet | None) -> str:
    """The readings in words, where not every one under which the clause can be in force will do."""
    if readings is None or readings.never or readings in (occurs, None):
        return ""
    return "" if readings.always else describe(policy, readings)
