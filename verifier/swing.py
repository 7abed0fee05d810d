"""Questions with an "in every case that differs only in these facts" inside.

A case is looked for in which a clause is in force, and stays so whatever values some facts take.
The solver proposes a case; a second one looks for an alternative of it that shows the contrary.
Each alternative found becomes one more copy of the policy, with these values fixed, that the next
proposal has to pass; so every round rules out at least one combination of values, and when no
proposal or no alternative is left, the answer is exact (counterexample-guided instantiation; see
Janota and others, "Solving QBF with counterexample guided refinement", 2012).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from policy_dsl.case import Case
from policy_dsl.model import Policy
from policy_dsl.types import Value
from verifier import names
from verifier.explore import MOST_CUBES
from verifier.readings import ReadingSet, from_cubes, options
from verifier.session import Encoding, NotSettled, Session
from verifier.several import all_but
from verifier.solvers.backend import Backend, Term
from verifier.solvers.copies import Copy

MOST_ROUNDS = 128
"""How many alternatives are looked at for one question before it is given up."""


@dataclass(frozen=True)
class Secured:
    """A case in which a clause is in force whatever the swinging facts are, and, where it was
    asked for, a case that differs only in the turned facts, in which it is not."""

    case: Case
    turned: Case | None


@dataclass
class Swing:
    """Cases of one policy, and their alternatives: cases that differ in ``swinging`` facts only.

    ``turning`` facts are those in which a case may differ from its turned one.
    """

    policy: Policy
    new_backend: Callable[[], Backend]
    other: Session
    swinging: frozenset[str]
    turning: frozenset[str] = frozenset()
    base: Session = field(init=False)
    _backend: Backend = field(init=False)
    _turned: Session | None = None
    _values: dict[tuple[str, Value], list[Term]] = field(default_factory=dict)
    _alternatives: dict[tuple[Value, ...], Encoding] = field(default_factory=dict)
    _passes: dict[tuple[tuple[Value, ...], str], Term] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._backend = self.new_backend()
        self.base = Session(Encoding.of(self.policy, self._backend), alone=False)

    def reached(self, clause: str, turned: bool = False) -> tuple[ReadingSet, Secured | None]:
        """The readings under which there is a case in which the clause is in force whatever the
        swinging facts are; and one such case.

        With ``turned`` there must also be a case that differs from it only in the turning facts,
        in which the clause is not in force. Raises ``NotSettled``.
        """
        cubes: list[Mapping[str, str]] = []
        first: Secured | None = None
        goal = [self.base.named(names.in_force(clause))]
        goal += [self._turned_off(clause)] if turned else []
        blocks: list[Term] = []
        while all(cubes):
            found = self._secured(clause, [*goal, *blocks])
            if found is None:
                break
            if len(cubes) >= MOST_CUBES:
                raise NotSettled(f"it depends on more than {MOST_CUBES} groups of readings")
            first = first or found
            cube = self._readings(clause, found)
            cubes.append(cube)
            blocks.append(self._not_read(cube))
        return from_cubes(self.policy, cubes), first

    # --- one case -------------------------------------------------------------------------

    def _secured(self, clause: str, goal: Sequence[Term]) -> Secured | None:
        for _ in range(MOST_ROUNDS):
            tried = [self._passing(values, clause) for values in self._alternatives]
            if not self.base.possible([*goal, *tried]):
                return None
            case = self.base.case()
            found = Secured(case, self._turned.case() if self._turned else None)
            against = self._against(case, clause)
            if against is None:
                return found
            values = tuple(against.facts[name] for name in self._swing_order())
            if values in self._alternatives:
                raise NotSettled("an alternative was found twice (a fault in the checker)")
            self._alternatives[values] = self._alternative(values)
        raise NotSettled(f"more than {MOST_ROUNDS} combinations of what can be decided matter")

    def _against(self, case: Case, clause: str) -> Case | None:
        """An alternative of a case in which the clause is not in force."""
        read = [self._reading(name, case) for name in self.policy.ambiguities]
        off = self.other.unless(self.other.named(names.in_force(clause)))
        fixed = [*self._held(case), *read, off]
        return self.other.case() if self.other.possible(fixed) else None

    def _swing_order(self) -> list[str]:
        return [name for name in self.policy.facts if name in self.swinging]

    # --- copies ---------------------------------------------------------------------------

    def _copy(self, label: str, free: Collection[str]) -> Encoding:
        """The policy once more, about a case that has all but some facts in common with the
        base's."""
        return Encoding.of(self.policy, Copy(self._backend, label, all_but(free)))

    def _alternative(self, values: tuple[Value, ...]) -> Encoding:
        made = self._copy(f"alternative {len(self._alternatives)}", self.swinging)
        session = Session(made, soft=True, alone=False)
        for name, value in zip(self._swing_order(), values, strict=True):
            for term in session.fact_is(self.policy.facts[name], value):
                made.backend.require(term)
            # Else the other values of an enumeration could hold too, and there be no such case.
            if names.type_range(name) in made.hard:
                made.backend.require(session.named(names.type_range(name)))
        return made

    def _passing(self, values: tuple[Value, ...], clause: str) -> Term:
        """With these values the clause is in force, or there is no such case."""
        found = self._passes.get((values, clause))
        if found is None:
            made = self._alternatives[values]
            b = made.backend
            invalid = [b.neg(b.boolean(each)) for each in made.hard]
            found = self.base.literal(b.disj([*invalid, b.boolean(names.in_force(clause))]))
            self._passes[values, clause] = found
        return found

    def _turned_off(self, clause: str) -> Term:
        """The turned case is one, and the clause is not in force in it."""
        if self._turned is None:
            made = self._copy("turned", self.turning)
            self._turned = Session(made, soft=True, alone=False)
        b = self._turned.backend
        valid = [b.boolean(each) for each in self._turned.encoding.hard]
        return self.base.literal(b.conj([*valid, b.neg(b.boolean(names.in_force(clause)))]))

    # --- readings -------------------------------------------------------------------------

    def _readings(self, clause: str, found: Secured) -> Mapping[str, str]:
        """The readings that a found case needs, the others left open."""
        session, case = self.other, found.case
        open_ = [name for name in self.policy.ambiguities if len(options(self.policy, name)) > 1]
        needed: list[str] = []

        def need(fixed: Sequence[Term], everywhere: bool) -> None:
            kept = [self._reading(name, case) for name in needed]
            left = [name for name in open_ if name not in needed]
            droppable = [self._reading(name, case) for name in left]
            core = session.smallest_core([*fixed, *kept], droppable, everywhere)
            needed.extend(left[index] for index in core)

        on = session.named(names.in_force(clause))
        need([*self._held(case), session.unless(on)], everywhere=False)
        for shown, goal in ((case, on), (found.turned, session.unless(on))):
            if shown is not None:
                facts = [term for name in self.policy.facts for term in self._is(name, shown)]
                need([session.refuting([goal]), *facts], everywhere=True)
        return {name: case.readings[name] for name in needed}

    def _held(self, case: Case) -> list[Term]:
        """Every fact but the swinging ones has its value in a case."""
        kept = [name for name in self.policy.facts if name not in self.swinging]
        return [term for name in kept for term in self._is(name, case)]

    def _is(self, name: str, case: Case) -> list[Term]:
        key = (name, case.facts[name])
        found = self._values.get(key)
        if found is None:
            found = self._values[key] = self.other.fact_is(self.policy.facts[name], key[1])
        return found

    def _reading(self, ambiguity: str, case: Case) -> Term:
        return self.other.named(names.reading(ambiguity, case.readings[ambiguity]))

    def _not_read(self, cube: Mapping[str, str]) -> Term:
        base = self.base
        read = [base.named(names.reading(*each)) for each in cube.items()]
        return base.guarded([base.unless(each) for each in read])
