"""What two versions say of a subject, as terms of a solver that knows both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from policy_dsl.deeds import deed
from policy_dsl.model import SHOULD, Literal_, NormEffect, Policy, SetEffect, Settlement
from policy_dsl.types import Value
from verifier import names
from verifier.clashes import Need, Shape, shapes
from verifier.difference.subjects import (
    OPPOSED,
    SCOPE,
    Standing,
    Subject,
    bits,
    constant_values,
    speakers,
)
from verifier.difference.union import before
from verifier.encode_values import Encoded
from verifier.session import Session
from verifier.shared import Shared
from verifier.solvers.backend import Term
from verifier.standing import Kept


@dataclass
class Side:
    """One version inside the union: what its names are called there."""

    policy: Policy
    shared: Shared
    old: bool
    incapacities_before: int
    """How many incapacities stand before its own in the union."""

    def named(self, name: str) -> str:
        """The name in the union."""
        return before(name) if self.old else name

    @cached_property
    def shapes(self) -> list[Shape]:
        """The ways in which decisions rule out what has to be done. Raises ``NotSettled``."""
        found = shapes(self.policy, self.shared.new_backend)
        return [each for each in found if not each.direct and each.liberty is None]


@dataclass
class Questions:
    """Terms about both versions in one session over their union."""

    session: Session
    sides: tuple[Side, Side]
    _kept: Kept = field(init=False)
    _aspects: dict[Subject, tuple[tuple[Term, ...], tuple[Term, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._kept = Kept(self.session)

    def listed(self, subject: Subject) -> tuple[Value, ...] | None:
        """The values that an output can have in either version, None where they are worked out."""
        if subject.kind != "output":
            return ()
        found: dict[Value, None] = {}
        for side in self.sides:
            values = constant_values(side.policy, subject.names[0])
            if values is None:
                return None
            found |= dict.fromkeys(values)
        return tuple(found)

    def aspects(self, subject: Subject) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        """The aspects of what each version says, in the order of ``subjects.bits``; each may be
        assumed, or its negation."""
        found = self._aspects.get(subject)
        if found is None:
            values = self.listed(subject) or ()
            one, other = (self._of(side, subject, values) for side in self.sides)
            found = self._aspects[subject] = (one, other)
        return found

    def differ(self, subject: Subject) -> Term:
        """An assumption that the versions say something else of a subject."""
        b = self.session.backend
        olds, news = self.aspects(subject)
        limbs = [b.neg(b.iff(one, other)) for one, other in zip(olds, news, strict=True)]
        if subject.kind == "output" and self.listed(subject) is None:
            limbs.append(self.values_differ(subject))
        if subject.kind == "decision" and self._bounds_differ(subject):
            limbs += [b.conj([olds[SCOPE], news[SCOPE]])]
        term = b.disj(limbs)
        if subject.kind == "compliance":
            # A duty against a ban is told of the action.
            for terms, side in zip((olds, news), self.sides, strict=True):
                term = b.conj([term, b.disj([b.neg(terms[OPPOSED]), b.neg(self._direct(side))])])
        return self.session.literal(term)

    def exactly(self, subject: Subject, standings: tuple[Standing, Standing]) -> list[Term]:
        """Assumptions that each version says of a subject what it says in some case."""
        values = self.listed(subject)
        goal: list[Term] = []
        for terms, standing in zip(self.aspects(subject), standings, strict=True):
            for term, truth in zip(terms, bits(standing, values or ()), strict=True):
                goal.append(term if truth else self.session.unless(term))
        if values is None:
            term = self.session.literal(self.values_differ(subject))
            same = standings[0].values == standings[1].values
            goal.append(self.session.unless(term) if same else term)
        if subject.kind == "compliance":
            side = self.sides[0] if standings[0].opposed else self.sides[1]
            goal.append(self.session.literal(self.session.unless(self._direct(side))))
        # What is never so in either version need not be said.
        return list(dict.fromkeys(goal))

    def _bounds_differ(self, subject: Subject) -> bool:
        one, other = (side.policy.decisions.get(subject.names[0]) for side in self.sides)
        return one is None or other is None or (one.low, one.high) != (other.low, other.high)

    # --- one version ----------------------------------------------------------------------

    def _of(self, side: Side, subject: Subject, values: Sequence[Value]) -> tuple[Term, ...]:
        b, session = self.session.backend, self.session
        no = b.truth(False)
        state = [no] * 6
        opposed = gap = scope = valued = barred = no
        has: list[Term] = [no for _ in values]
        match subject.kind:
            case "action":
                if subject.names[0] in side.policy.actions:
                    name = side.named(subject.names[0])
                    state = [
                        b.boolean(names.effect("oblige", name)),
                        b.boolean(names.binding("oblige", name)),
                        b.boolean(names.effect("forbid", name)),
                        b.boolean(names.binding("forbid", name)),
                        b.boolean(names.effect("permit", name)),
                        b.boolean(names.effect("release", name)),
                    ]
                    barred = b.conj([state[1], b.boolean(names.impossible(name))])
                    opposed = b.disj(
                        [
                            b.conj([state[0], state[2]]),
                            b.conj([state[2], state[4]]),
                            b.conj([state[0], state[5]]),
                        ]
                    )
            case "output":
                output = side.policy.outputs.get(subject.names[0])
                if output is not None:
                    name = side.named(output.name)
                    valued = b.boolean(names.has_value(name))
                    if side.policy.documents:
                        when = session.policy.outputs[name].when
                        gap = b.conj([session.conditions.condition(when), b.neg(valued)])
                    has = [self._has(side, output.name, value) for value in values]
                    opposed = self._several(side, output.name)
            case "decision":
                decision = side.policy.decisions.get(subject.names[0])
                if decision is not None:
                    scope = b.boolean(names.decision(side.named(decision.name)))
                    if decision.low > 0 and side.policy.documents:
                        gap = b.conj([scope, *self._silent(side, decision.actions)])
            case "answer":
                if side.policy.documents:
                    scopes = [
                        session.conditions.condition(each.when)
                        for each in self._settlements(side)
                        if tuple(sorted(each.actions))
                        == tuple(sorted(side.named(name) for name in subject.names))
                    ]
                    gap = b.conj([b.disj(scopes), *self._silent(side, subject.names)])
            case "compliance":
                opposed = b.disj([self._direct(side), *self._filled(side)])
        found = [*state, opposed, gap, scope, valued, barred, *has]
        return tuple(session.literal(each) for each in found)

    def _settlements(self, side: Side) -> tuple[Settlement, ...]:
        count = len(self.sides[1].policy.settlements)
        known = self.session.policy.settlements
        return known[count:] if side.old else known[:count]

    def _silent(self, side: Side, actions: Sequence[str]) -> list[Term]:
        b = self.session.backend
        return [
            b.neg(b.boolean(names.spoken(side.named(each))))
            for each in actions
            if each in side.policy.actions
        ]

    # --- outputs --------------------------------------------------------------------------

    def _sets(self, side: Side, output: str) -> list[tuple[Term, Encoded]]:
        """Where each clause sets an output, and to what."""
        found = []
        for name in speakers(side.policy, Subject("output", (output,))):
            clause = self.session.policy.clauses[side.named(name)]
            set_ = self.session.named(names.sets_value(clause.name, side.named(output)))
            for effect in clause.effects:
                if isinstance(effect, SetEffect) and effect.output == side.named(output):
                    found.append((set_, self.session.conditions.value(effect.value)))
        return found

    def _same(self, one: Encoded, other: Encoded) -> Term:
        return self.session.conditions.relate("=", one, other)

    def _has(self, side: Side, output: str, value: Value) -> Term:
        b = self.session.backend
        limbs = []
        for name in speakers(side.policy, Subject("output", (output,))):
            for effect in side.policy.clauses[name].effects:
                match effect:
                    case SetEffect(output=set_, value=Literal_(value=known)) if set_ == output:
                        if known == value:
                            term = names.sets_value(side.named(name), side.named(output))
                            limbs.append(self.session.named(term))
        return b.disj(limbs)

    def _several(self, side: Side, output: str) -> Term:
        b = self.session.backend
        sets = self._sets(side, output)
        return b.disj(
            [
                b.conj([one, other, b.neg(self._same(first, second))])
                for index, (one, first) in enumerate(sets)
                for other, second in sets[index + 1 :]
            ]
        )

    def values_differ(self, subject: Subject) -> Term:
        """That one version sets an output to a value to which the other does not."""
        b = self.session.backend
        olds, news = (
            self._sets(side, subject.names[0]) if subject.names[0] in side.policy.outputs else []
            for side in self.sides
        )
        limbs = []
        for these, those in ((olds, news), (news, olds)):
            for set_, value in these:
                others = [b.conj([other, self._same(value, second)]) for other, second in those]
                limbs.append(b.conj([set_, b.neg(b.disj(others))]))
        return b.disj(limbs)

    # --- what can be kept together --------------------------------------------------------

    def _direct(self, side: Side) -> Term:
        b = self.session.backend
        limbs = []
        for action in side.policy.actions:
            name = side.named(action)
            against = [b.boolean(names.binding("forbid", name))]
            against.append(b.boolean(names.impossible(name)))
            limbs.append(b.conj([b.boolean(names.binding("oblige", name)), b.disj(against)]))
        return b.disj(limbs)

    def _filled(self, side: Side) -> list[Term]:
        b = self.session.backend
        found = []
        for shape in side.shapes:
            told = [
                n for n in shape.needs if deed(side.named(n.action)) in self.session.policy.facts
            ]
            limbs = [
                self._kept.so(names.decision(side.named(d)), self._union(side, told))
                for d in shape.decisions
            ]
            for need in shape.needs:
                others = [each for each in told if each != need]
                limbs.append(b.disj(self._origins(side, need, self._union(side, others))))
            found.append(b.conj(limbs))
        return found

    @staticmethod
    def _union(side: Side, needs: Sequence[Need]) -> list[Need]:
        return [Need(side.named(each.action), each.done) for each in needs]

    def _origins(self, side: Side, need: Need, others: Sequence[Need]) -> list[Term]:
        """What demands this at must strength, and would also if the other needs were met."""
        b = self.session.backend
        found = []
        for clause in side.policy.clauses.values():
            for effect in clause.effects:
                if (
                    isinstance(effect, NormEffect)
                    and effect.is_duty
                    and (effect.action, effect.wants_done) == (need.action, need.done)
                ):
                    term = self._kept.so(names.in_force(side.named(clause.name)), others)
                    if effect.strength == "should":
                        term = b.conj([term, b.boolean(names.reading(SHOULD, "binding"))])
                    found.append(term)
        if not need.done:
            for index, each in enumerate(side.policy.incapacities):
                if each.action == need.action:
                    name = names.incapacity(side.incapacities_before + index)
                    found.append(self._kept.so(name, others))
        return found
