"""Sentences that several checks use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from policy_dsl import model, phrases
from policy_dsl.model import Expectation, Expr, Policy
from policy_dsl.terms import subject
from policy_dsl.wording import joined
from verifier.narrowed import narrowed


def statements(
    policy: Policy, statement: Iterable[tuple[Expr, bool]], situations: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    """A statement in whole sentences. Clauses that do not apply are said together, last: those
    that a condition of the policy lists as situations as such, the others as clauses."""
    said: list[str] = []
    silent: dict[str, Expr] = {}
    listed = {name for alternatives in situations for name in alternatives}
    for expr, truth in narrowed(policy, statement):
        if isinstance(expr, model.ClauseApplies) and not truth:
            silent[expr.clause] = expr
        elif isinstance(expr, model.ClauseApplies) and expr.clause not in listed:
            said.append(f"{_with_title(policy, expr.clause)} applies")
        else:
            said.append(phrases.sentence(policy, expr, truth))
    for alternatives in situations:
        ordered = [silent.pop(name) for name in alternatives if name in silent]
        if ordered:
            together = ordered[0] if len(ordered) == 1 else model.AnyOf(operands=tuple(ordered))
            said.append(phrases.sentence(policy, together, False))
    rest = [name for name in policy.clauses if name in silent]
    if len(rest) == 1:
        said.append(f"{_with_title(policy, rest[0])} does not apply")
    elif rest:
        said.append(f"None of the clauses {joined(rest, 'and')} applies")
    return tuple(dict.fromkeys(said))


def in_one(policy: Policy, told: Sequence[str]) -> str:
    """Statements, each as ``phrases.after_that`` gives it, put together: the subject of several
    in a row is named once."""
    lead = f"{subject(policy)} "
    found = list(told[:1])
    for before, each in pairwise(told):
        again = before.startswith(lead) and each.startswith(lead)
        found.append(each.removeprefix(lead) if again else each)
    return "; ".join(found)


def _with_title(policy: Policy, clause: str) -> str:
    title = policy.clauses[clause].title
    return f'{clause} ("{title}")' if title else clause


def situation_lists(policy: Policy) -> list[list[str]]:
    """The lists of clauses that conditions of the policy name as alternatives, longest first."""
    conditions = [each for clause in policy.clauses.values() for each in clause.conditions]
    for definition in policy.definitions.values():
        conditions += [case.body for case in definition.cases]
    found: list[list[str]] = []
    for condition in conditions:
        for part in model.walk(condition):
            if isinstance(part, model.AnyOf):
                names = [o.clause for o in part.operands if isinstance(o, model.ClauseApplies)]
                if len(names) > 1 and names not in found:
                    found.append(names)
    return sorted(found, key=len, reverse=True)


def key_of(expected: Expectation) -> tuple[str, ...]:
    """What an expectation says, however it is spaced or bracketed and whatever the reason."""
    premise = () if expected.premise is None else (phrases.code(expected.premise),)
    return (expected.form, phrases.code(expected.condition), *premise)
