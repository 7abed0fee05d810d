"""A compiled policy compared with the reference evaluator on random cases."""

from __future__ import annotations

import random

from policy_dsl.case import Case, case_to_json, default_value
from policy_dsl.evaluate import Evaluator, OutOfRange
from policy_dsl.model import Fact, Policy
from policy_dsl.types import (
    Date,
    DecimalNumber,
    Duration,
    Enumeration,
    Integer,
    Money,
    SetOf,
    Value,
    YesNo,
)
from verifier.atoms import Atoms
from verifier.oracle.runtime import Oracle
from verifier.plain import Plain

SEED = 2017
"""Where the random cases begin; the same for every run."""


def difference(policy: Policy, oracle: Oracle, count: int) -> str | None:
    """What of some random case the two do not say alike; None where they agree on all of them."""
    dice, evaluator = random.Random(SEED), Evaluator(policy)
    plain = Plain(policy, Atoms(policy).base())
    for _ in range(count):
        case = random_case(policy, dice, plain)
        data = case_to_json(policy, case)
        found = _differs(oracle, evaluator, case, data)
        if found is not None:
            return f"{found} of the case {data}"
    return None


def _differs(oracle: Oracle, evaluator: Evaluator, case: Case, data: object) -> str | None:
    said, known = oracle.outcome(data), evaluator.outcome(case)
    states = {
        name: (each.obliged, each.forbidden, each.permitted, each.released)
        for name, each in known.states.items()
    }
    broken = evaluator.violated_assumptions(case)
    inside = not any(isinstance(each, OutOfRange) for each in broken)
    pairs = {
        "the clauses that apply": (
            said.applicable,
            tuple(name for name, each in known.clauses.items() if each.applicable),
        ),
        "what defeats what": (
            said.defeated,
            {
                name: sorted({defeat.clause for defeat in each.defeated_by})
                for name, each in known.clauses.items()
                if each.defeated_by
            },
        ),
        "the clauses in force": (said.in_force, known.in_force),
        "what is said": ({name: tuple(each) for name, each in said.states.items()}, states),
        "the outputs": (said.outputs, known.outputs),
        "the decisions": (said.decisions, known.decisions),
        "whether it can be complied with": (said.compliable, known.compliable),
        "what is broken": (said.broken, known.broken),
        "the assumptions": (bool(oracle.problems(data)), bool(broken)) if inside else (0, 0),
    }
    return next((name for name, (one, other) in pairs.items() if one != other), None)


def random_case(policy: Policy, dice: random.Random, plain: Plain) -> Case:
    """A case with each fact and reading drawn by itself; it may break assumptions."""
    facts = {name: _value(fact, dice, plain) for name, fact in policy.facts.items()}
    readings = {
        name: dice.choice([each.name for each in found.readings])
        for name, found in policy.ambiguities.items()
    }
    return Case(facts=facts, readings=readings)


def _value(fact: Fact, dice: random.Random, plain: Plain) -> Value:
    if fact.optional and dice.random() < 0.2:
        return None
    match fact.type:
        case YesNo():
            return dice.random() < 0.5
        case Enumeration(values=values):
            return dice.choice(values)
        case SetOf(element=element):
            return frozenset(each for each in element.values if dice.random() < 0.3)
        case Integer() | DecimalNumber() | Money() | Date() | Duration():
            usual = default_value(fact)
            near = [*plain.named(fact.type), usual if isinstance(usual, int) else 0]
            value = dice.choice(near) + dice.randint(-2, 2)
            low, high = fact.type.low, fact.type.high
            value = value if low is None else max(value, low)
            return value if high is None else min(value, high)
