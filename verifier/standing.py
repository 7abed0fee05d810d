"""What is in force together in a case, and counts together.

Where decisions rule needs out together, and the case says that one of the needs is in fact not met,
then what is owed only because of that counts for nothing beside it: see
``policy_dsl.second_best``. So what fills the other needs must be in force also in the case that
differs only in that this need is met: that case is a copy of the policy in the same solver.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from policy_dsl.deeds import deed
from verifier import names
from verifier.clashes import Need, Shape
from verifier.origins import Origin
from verifier.session import Encoding, Session
from verifier.several import all_but
from verifier.solvers.backend import Backend, Term
from verifier.solvers.copies import Copy


@dataclass
class Kept:
    """The cases of a session, each beside those in which some need is in fact met."""

    session: Session
    _copies: dict[tuple[str, bool], Backend] = field(default_factory=dict)
    _terms: dict[tuple[str, tuple[tuple[str, bool], ...]], Term] = field(default_factory=dict)

    def so(self, name: str, needs: Sequence[Need]) -> Term:
        """An assumption that a named constant is true, in the case and in those in which one of
        the needs is met."""
        if not needs:
            return self.session.named(name)
        key = (name, tuple((each.action, each.done) for each in needs))
        found = self._terms.get(key)
        if found is None:
            copies = [self._met(*each) for each in key[1]]
            terms = [self.session.named(name), *(each.boolean(name) for each in copies)]
            found = self._terms[key] = self.session.literal(self.session.backend.conj(terms))
        return found

    def _met(self, action: str, done: bool) -> Backend:
        """The policy about the case in which an action is done, or not, as is demanded."""
        found = self._copies.get((action, done))
        if found is None:
            fact, word = deed(action), "done" if done else "not done"
            found = Copy(self.session.backend, f"{action} {word}", all_but({fact}))
            Encoding.of(self.session.policy, found)
            told = found.boolean(names.fact(fact))
            found.require(told if done else found.neg(told))
            self._copies[action, done] = found
        return found


@dataclass(frozen=True)
class Standing:
    """How it is asked whether what fills a shape is in force together, and counts."""

    kept: Kept
    shape: Shape

    @property
    def _needs(self) -> list[Need]:
        """The needs of which the case says whether they are met; two opposed demands on one
        action count always."""
        facts = self.kept.session.policy.facts
        needs = self.shape.needs if self.shape.decisions else ()
        return [each for each in needs if not each.liberty and deed(each.action) in facts]

    def of(self, origin: Origin) -> Term:
        """A clause or an incapacity is in force."""
        own = (origin.need.action, origin.need.done)
        others = [each for each in self._needs if (each.action, each.done) != own]
        if origin.clause is not None:
            return self.kept.so(names.in_force(origin.clause), others)
        return self.kept.so(names.incapacity(origin.incapacity), others)

    @property
    def decided(self) -> list[Term]:
        """The decisions are in scope."""
        return [self.kept.so(names.decision(each), self._needs) for each in self.shape.decisions]
