"""Cases that only one of two versions allows: an assumption, a range or an open reading changed.

A case of one version is allowed by the other where, with some values of what only the other knows,
it keeps to all that the other assumes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from policy_dsl.case import Case
from policy_dsl.deeds import is_deed
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import AllOf, Assumption, Expr, Implication, Negation, Policy, ReadingIs, walk
from policy_dsl.references import facts_behind
from verifier import names, words
from verifier.atoms import Atoms
from verifier.difference.atoms import SameInBoth
from verifier.difference.model import Cases
from verifier.difference.rewrite import bare
from verifier.difference.touched import Touched
from verifier.difference.vocabulary import Version, Vocabulary
from verifier.explore import Explorer, Region
from verifier.readings import describe, from_cubes
from verifier.session import Encoding, NotSettled, Session
from verifier.shared import Shared
from verifier.solvers.backend import Term
from verifier.solvers.copies import Copy

MOST_CASES = 24
"""How many groups of such cases are told of one version."""

MOST_TRIED = 64
"""How often values of what only one version knows are tried before this is given up."""


def one_sided(words_: Vocabulary, touched: Touched, shared: Shared) -> Iterator[Cases]:
    """Regions of cases that only one version allows, those of the old one first. ``shared`` is
    about the union of both. Raises ``NotSettled``."""
    for side in _sides(words_, touched, shared.policy):
        if side.broken:
            yield from _Search(side, touched, shared).run()


def differ(words_: Vocabulary, touched: Touched) -> bool:
    """Whether the versions may allow other cases, judged from their texts alone."""
    old, new = _assumed(words_.old), _assumed(words_.new)
    return bool(_apart(old, new, touched) or _apart(new, old, touched))


def _assumed(version: Version) -> tuple[Assumption, ...]:
    return (*version.policy.assumptions, *version.allowed)


def _apart(these: Sequence[Assumption], those: Sequence[Assumption], touched: Touched) -> list[int]:
    """Which of some assumptions the other version does not make."""
    known = {bare(each) for each in those}
    return [
        index
        for index, each in enumerate(these)
        if bare(each) not in known or touched.rests(each.condition, each.under)
    ]


@dataclass(frozen=True, kw_only=True)
class _Side:
    """Where cases are looked for that one version allows: a union in which its assumptions alone
    hold; what of the other's does not hold there; and what only the other knows."""

    allowed_by: Literal["old", "new"]
    version: Version
    other: Version
    policy: Policy
    broken: tuple[Expr, ...]
    facts: frozenset[str]
    readings: frozenset[str]


def _sides(words_: Vocabulary, touched: Touched, union: Policy) -> Iterator[_Side]:
    old, new = _assumed(words_.old), _assumed(words_.new)
    count = len(words_.new.policy.assumptions)
    renamed = union.assumptions[count : count + len(words_.old.policy.assumptions)]
    olds = (*renamed, *words_.old.allowed)
    done = union.assumptions[len(olds) + len(new) :]
    for which, version, other, own, against, apart in (
        ("old", words_.old, words_.new, olds, new, _apart(new, old, touched)),
        ("new", words_.new, words_.old, new, olds, _apart(old, new, touched)),
    ):
        known = set(version.facts.values())
        read = set(version.ambiguities.values())
        yield _Side(
            allowed_by="old" if which == "old" else "new",
            version=version,
            other=other,
            policy=replace(union, assumptions=(*own, *done)),
            broken=tuple(_condition(against[index]) for index in apart),
            facts=frozenset(n for n in words_.facts if n not in known and not is_deed(n)),
            readings=frozenset(n for n in words_.ambiguities if n not in read and n != "period"),
        )


def _condition(assumption: Assumption) -> Expr:
    if assumption.under is None:
        return assumption.condition
    return Implication(premise=assumption.under, conclusion=assumption.condition)


@dataclass
class _Search:
    side: _Side
    touched: Touched
    shared: Shared
    _tried: int = 0
    _copies: list[Term] = field(default_factory=list)

    def run(self) -> Iterator[Cases]:
        side, policy = self.side, self.side.policy
        encoding = Encoding.of(policy, self.shared.new_backend())
        session = Session(encoding)
        evaluator = Evaluator(policy)
        explorer = Explorer(
            session, evaluator, _Known(policy, facts=side.facts, readings=side.readings)
        )
        everything = AllOf(operands=side.broken)
        bad = session.holds(Negation(operand=everything))
        kept = session.holds(everything)
        refuting = session.refuting([bad])
        atoms = self._written(policy)
        blocks: list[Term] = []
        found: dict[tuple[tuple[Expr, bool], ...], list[Region]] = {}
        while session.possible([bad, *blocks, *self._copies]):
            case = session.case()
            if side.facts or side.readings:
                fixed = self._fixed(session, case)
                if session.possible([kept, *fixed]):
                    self._copies.append(self._with(session, session.case(), everything))
                    continue
                if not session.possible([bad, *blocks, *self._copies, *fixed]):
                    raise NotSettled("a found case was lost again (a fault in the checker)")
            if sum(map(len, found.values())) >= MOST_CASES:
                raise NotSettled(
                    f"there are more than {MOST_CASES} groups of cases that only the "
                    f"{side.allowed_by} version allows"
                )
            region = explorer.around([bad], refuting, atoms)
            self._check(region, evaluator)
            found.setdefault(region.statement, []).append(region)
            cube = [explorer.atom(expr, truth) for expr, truth in region.statement]
            cube += [explorer.reading(name, value) for name, value in region.readings.items()]
            if not cube:
                break
            blocks.append(session.guarded([session.unless(each) for each in cube]))
        for statement, regions in found.items():
            readings = from_cubes(policy, [each.readings for each in regions])
            yield Cases(
                allowed_by=side.allowed_by,
                statements=words.statements(policy, statement, words.situation_lists(policy)),
                case=side.version.case(regions[0].case),
                readings=readings,
                readings_text="" if readings.always else describe(policy, readings),
            )

    def _written(self, policy: Policy) -> tuple[Expr, ...]:
        atoms = Atoms(policy)
        same = SameInBoth(policy, atoms, self.touched)
        found = [leaf for each in self.side.broken for leaf in same.of(atoms.of_condition(each))]
        return tuple(dict.fromkeys(each for each in found if self._is_known(each)))

    def _is_known(self, expr: Expr) -> bool:
        return _known(self.side.policy, expr, self.side.facts, self.side.readings)

    def _fixed(self, session: Session, case: Case) -> list[Term]:
        """Everything in a case that the version knows."""
        policy = self.side.policy
        found = [
            term
            for name, fact in policy.facts.items()
            if name not in self.side.facts
            for term in session.fact_is(fact, case.facts[name])
        ]
        return found + [
            session.named(names.reading(name, value))
            for name, value in case.readings.items()
            if name not in self.side.readings
        ]

    def _with(self, session: Session, case: Case, everything: Expr) -> Term:
        """An assumption that the other version does not allow a case with the values of what only
        it knows that another case has."""
        self._tried += 1
        if self._tried > MOST_TRIED:
            raise NotSettled("what only one version knows can make up for it in too many ways")
        side = self.side

        def shared(name: str) -> bool:
            kind, _, rest = name.partition(":")
            if kind in ("fact", "established"):
                return rest.partition("=")[0] not in side.facts
            return kind == "reading" and rest.partition("=")[0] not in side.readings

        backend = Copy(session.backend, f"tried {self._tried}", shared)
        copy = Session(Encoding.of(side.policy, backend), alone=False)
        for name in sorted(side.facts):
            for term in copy.fact_is(side.policy.facts[name], case.facts[name]):
                backend.require(term)
        for name in sorted(side.readings):
            backend.require(copy.named(names.reading(name, case.readings[name])))
        return copy.holds(Negation(operand=everything))

    def _check(self, region: Region, evaluator: Evaluator) -> None:
        """Replays a case: the one version allows it as it was read, the other does not."""
        side, case = self.side, region.case
        told = all(self._is_known(expr) for expr, _ in region.statement)
        agrees = all(evaluator.holds(expr, case) == truth for expr, truth in region.statement)
        own = Evaluator(side.version.original).is_valid(side.version.case(case))
        if not (told and agrees and own and not _is_allowed(side, case, evaluator)):
            raise NotSettled("the replay of its case does not show it (a fault in the checker)")
        if any(name in side.readings for name in region.readings):
            raise NotSettled("it depends on readings that only one version knows")


def _is_allowed(side: _Side, case: Case, evaluator: Evaluator) -> bool:
    return all(evaluator.holds(each, case) for each in side.broken)


def _known(policy: Policy, expr: Expr, facts: frozenset[str], readings: frozenset[str]) -> bool:
    """Whether a condition rests on nothing that only the other version knows."""
    if not facts and not readings:
        return True
    if facts_behind(policy, [expr]) & facts:
        return False
    return not any(
        isinstance(part, ReadingIs) and part.ambiguity in readings for part in walk(expr)
    )


@dataclass
class _Known(Atoms):
    """The atoms of a union that rest on nothing that only the other version knows."""

    facts: frozenset[str] = frozenset()
    readings: frozenset[str] = frozenset()

    def base(self) -> tuple[Expr, ...]:
        return tuple(
            each for each in super().base() if _known(self.policy, each, self.facts, self.readings)
        )
