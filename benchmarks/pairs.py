"""All contradictions of a large policy: antinomy's questions against asking for every pair.

Both sides start from the same resolved policy, use the same solver with the same settings, and
encode conditions with the same code. Antinomy's time holds the checks C01 to C04 with all that
they need. The other side asserts every clause's condition once, under a name, and then asks one
solver, which keeps what it has learnt, for each pair of clauses whose effects clash whether both
conditions can hold. It does not look at priorities, readings, powers, or more than two clauses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from time import process_time

from policy_dsl.load import load_text
from policy_dsl.model import Clause, Decision, NormEffect, Policy
from verifier.encode import ConditionEncoder
from verifier.pipeline import run_check, shared_for
from verifier.registry import by_code
from verifier.solvers.backend import Answer
from verifier.solvers.z3_backend import Z3Backend

CODES = ("C01", "C02", "C03", "C04")


@dataclass(frozen=True)
class Race:
    """Processor seconds of both sides on one policy; ``read`` belongs to neither."""

    name: str
    clauses: int
    pairs: int
    read: float
    ours: float
    theirs_assert: float
    theirs_pairs: float

    @property
    def theirs(self) -> float:
        """All that asking for every pair needs."""
        return self.theirs_assert + self.theirs_pairs

    @property
    def ratio(self) -> float:
        """How many times faster antinomy is."""
        return self.theirs / self.ours


def race(name: str, text: str, runs: int) -> Race:
    """Let both sides judge one consistent policy. Raises ``RuntimeError`` if either errs."""
    start = process_time()
    policy = load_text(text)
    read = process_time() - start
    ours = median(_antinomy(policy) for _ in range(runs))
    asserted, asked, pairs = _every_pair(policy)
    return Race(
        name=name,
        clauses=len(policy.clauses),
        pairs=pairs,
        read=read,
        ours=ours,
        theirs_assert=asserted,
        theirs_pairs=asked,
    )


def _antinomy(policy: Policy) -> float:
    start = process_time()
    shared = shared_for(policy)
    for code in CODES:
        check = by_code(code)
        assert check is not None
        if run_check(shared, check).findings:
            raise RuntimeError(f"{code} found something in a consistent policy")
    return process_time() - start


def _every_pair(policy: Policy) -> tuple[float, float, int]:
    start = process_time()
    solver = Z3Backend()
    encoder = ConditionEncoder(policy, solver)
    for fact in policy.facts.values():
        demanded = encoder.range_of(fact)
        if demanded is not None:
            solver.require(demanded)
    named = {}
    for clause in policy.clauses.values():
        named[clause.name] = solver.boolean(clause.name)
        needs = solver.conj([encoder.condition(each.condition) for each in clause.requirements])
        solver.require(solver.disj([solver.neg(named[clause.name]), needs]))
    asserted = process_time()
    pairs = 0
    for one, other in clashing(policy):
        pairs += 1
        if solver.check([named[one], named[other]]) is not Answer.UNSAT:
            raise RuntimeError(f"{one} and {other} can apply together")
    return asserted - start, process_time() - asserted, pairs


def clashing(policy: Policy) -> Iterator[tuple[str, str]]:
    """The pairs of clauses whose effects clash, each clause having one norm and no exception:
    on one action, or on two of which a decision asks that exactly one be done."""
    by_action: dict[str, list[tuple[str, NormEffect]]] = {}
    for clause in policy.clauses.values():
        by_action.setdefault(_norm(clause).action, []).append((clause.name, _norm(clause)))
    for norms in by_action.values():
        yield from _opposed(norms, norms, same_way=False)
    for decision in policy.decisions.values():
        one, other = _two(decision)
        yield from _opposed(by_action.get(one, []), by_action.get(other, []), same_way=True)


def _opposed(
    ones: list[tuple[str, NormEffect]], others: list[tuple[str, NormEffect]], *, same_way: bool
) -> Iterator[tuple[str, str]]:
    """Pairs of which at least one is a duty. On one action the two ask for opposite things,
    and each pair is told once; on two actions they ask for the same."""
    for name, norm in ones:
        for against, opposite in others:
            told = same_way or norm.wants_done
            fits = (norm.wants_done == opposite.wants_done) == same_way
            if told and fits and (norm.is_duty or opposite.is_duty):
                yield name, against


def _norm(clause: Clause) -> NormEffect:
    (effect,) = clause.effects
    assert isinstance(effect, NormEffect)
    assert not clause.exceptions
    return effect


def _two(decision: Decision) -> tuple[str, str]:
    one, other = decision.actions
    assert (decision.low, decision.high) == (1, 1)
    return one, other
