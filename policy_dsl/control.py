"""Who controls what, in one case: what a role can do about a clause by its own decisions alone.

*Roles.* A judgment, grant or choice is controlled by the role it names (``by``); every other fact
by nobody. What a role decides are the values of its facts.

*Alternatives.* The alternatives of a case, for some facts, are the valid cases that differ from it
in these facts only. So nobody has a choice that a type or an assumption excludes.

*Prevents.* In a case in which a clause is in force, a role can prevent it if in some alternative,
for the role's facts, the clause is not in force.

*Secures.* In such a case a role secures the clause if it can prevent it, and the clause is in
force in every alternative for the facts of all other roles: whatever they decide, it is this
role's decision that counts.

A role *blocks* a clause that can be in force if it can prevent it in every case in which it is. A
role *brings it about* if it secures it in some case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, product

from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import FactKind, Policy
from policy_dsl.types import Enumeration, SetOf, Type, Value, YesNo, is_number

CONTROLLED: frozenset[FactKind] = frozenset({"judgment", "grant", "choice"})
"""The kinds of facts that a role decides."""


class TooMany(Exception):
    """There are more alternatives of a case than can be looked at one by one."""


def roles(policy: Policy) -> Mapping[str, tuple[str, ...]]:
    """The roles of a policy, each with the facts it controls, in the order of the facts."""
    found: dict[str, tuple[str, ...]] = {}
    for fact in policy.facts.values():
        if fact.kind in CONTROLLED and fact.by is not None:
            found[fact.by] = (*found.get(fact.by, ()), fact.name)
    return found


def others(policy: Policy, role: str) -> tuple[str, ...]:
    """The facts that the other roles control."""
    return tuple(each for name, facts in roles(policy).items() if name != role for each in facts)


def alternatives(
    evaluator: Evaluator, case: Case, facts: Collection[str], most: int
) -> Iterator[Case]:
    """The alternatives of a case for some facts; the case itself is one of them if it is valid.

    Raises ``TooMany`` where these facts have more than ``most`` combinations of values.
    """
    declared = [each for name, each in evaluator.policy.facts.items() if name in facts]
    pools: list[list[Value]] = []
    count = 1
    for fact in declared:
        pool = [*([None] if fact.optional else []), *_values(fact.type, most)]
        count *= len(pool)
        if count > most:
            raise TooMany
        pools.append(pool)
    for values in product(*pools):
        chosen = {fact.name: value for fact, value in zip(declared, values, strict=True)}
        other = Case({**case.facts, **chosen}, case.readings)
        if evaluator.is_valid(other):
            yield other


def _values(type_: Type, most: int) -> list[Value]:
    """Every value of a type. Raises ``TooMany``."""
    match type_:
        case YesNo():
            return [False, True]
        case Enumeration():
            return list(type_.values)
        case SetOf(element=element) if 1 << len(element.values) <= most:
            sizes = range(len(element.values) + 1)
            return [frozenset(each) for n in sizes for each in combinations(element.values, n)]
        case _ if is_number(type_) and type_.low is not None and type_.high is not None:
            if type_.high - type_.low < most:
                return list(range(type_.low, type_.high + 1))
    raise TooMany


def in_force(evaluator: Evaluator, case: Case, clause: str) -> bool:
    """Whether a clause is in force in a case."""
    return evaluator.outcome(case).clauses[clause].in_force


def prevents(
    evaluator: Evaluator, case: Case, clause: str, own: Sequence[str], most: int
) -> Case | None:
    """An alternative, for somebody's own facts, in which a clause is kept from being in force, or
    None if there is none; one in which a single fact differs if there is one. Raises
    ``TooMany``."""
    for facts in (*((each,) for each in own), tuple(own)):
        for other in alternatives(evaluator, case, facts, most):
            if not in_force(evaluator, other, clause):
                return other
    return None


def secures(
    evaluator: Evaluator,
    case: Case,
    clause: str,
    own: Sequence[str],
    rest: Sequence[str],
    most: int,
) -> bool:
    """Whether somebody secures a clause in a case in which it is in force; ``rest`` are the facts
    of all other roles. Raises ``TooMany``."""
    if prevents(evaluator, case, clause, own, most) is None:
        return False
    found = alternatives(evaluator, case, rest, most)
    return all(in_force(evaluator, each, clause) for each in found)
