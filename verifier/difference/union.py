"""Both versions as one policy, so that one question can be about both.

The new version is there under its own names; of the old one all clauses, actions, outputs and
decisions, and the definitions that differ, with names of their own (``BEFORE``). Conditions that
say the same in both are there once. What the solver, the evaluator and the explorer can do with
one policy they can do with two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from policy_dsl.deeds import deed, is_deed
from policy_dsl.model import (
    YES_NO,
    AllOf,
    AnyOf,
    Assumption,
    Clause,
    ClauseApplies,
    Definition,
    Fact,
    FactValue,
    Negation,
    Policy,
    Requirement,
)
from verifier.difference.rewrite import Names
from verifier.difference.touched import Touched
from verifier.difference.vocabulary import BEFORE, Vocabulary


def before(name: str) -> str:
    """The name in the union of what belongs to the old version."""
    return name + BEFORE


def union(words: Vocabulary, touched: Touched) -> Policy:
    """Both versions as one policy, about the cases that both allow."""
    old, new = words.old.policy, words.new.policy
    # What would be so if something else were done is asked of each version by itself, so with
    # facts that say what is done the versions have no conditions in common.
    alone = any(map(is_deed, new.facts))
    apart = {name for name in old.definitions if alone or name in touched.definitions}
    same = {name for name in old.clauses if not alone and name not in touched.clauses}
    names = Names(
        maps={
            "applies": {name: name for name in same},
            "clause": _before(old.clauses),
            "action": _before(old.actions),
            "output": _before(old.outputs),
            "decision": _before(old.decisions),
            "group": _before(old.groups),
            "resource": _before(old.resources),
            "event": _before(old.events),
            "definition": _before(apart),
        }
    )
    renamed = names.apply(replace(old, facts={}, ambiguities={}, documents={}, processes={}))
    clauses = {
        before(name): _as_now(renamed.clauses[before(name)], name)
        if name in same
        else renamed.clauses[before(name)]
        for name in old.clauses
    }
    definitions = {
        **{before(n): renamed.definitions[before(n)] for n in old.definitions if n in apart},
        **new.definitions,
    }
    for name in touched.definitions:
        for key, which in ((before(name), "old"), (name, "new")):
            if key in definitions:
                definitions[key] = _by_text(definitions[key], which)
    facts = dict(new.facts)
    done: list[Assumption] = []
    for fact in new.facts.values():
        if fact.action is not None and fact.action in old.actions:
            action = before(fact.action)
            facts[deed(action)] = twin = replace(fact, name=deed(action), action=action)
            done.append(_equal(fact, twin))
    return replace(
        new,
        facts=facts,
        definitions=definitions,
        assumptions=(
            *new.assumptions,
            *renamed.assumptions,
            *words.new.allowed,
            *words.old.allowed,
            *done,
        ),
        actions={**new.actions, **renamed.actions},
        resources={**new.resources, **renamed.resources},
        decisions={**new.decisions, **renamed.decisions},
        incapacities=(*new.incapacities, *renamed.incapacities),
        settlements=(*new.settlements, *renamed.settlements),
        outputs={**new.outputs, **renamed.outputs},
        clauses={**new.clauses, **clauses},
        groups={**new.groups, **renamed.groups},
        priorities=(*new.priorities, *renamed.priorities),
        events={**new.events, **renamed.events},
        processes={},
        expectations=(),
        notes={},
    )


def _before(names: Iterable[str]) -> dict[str, str]:
    return {name: before(name) for name in names}


def _as_now(clause: Clause, name: str) -> Clause:
    """A clause of the old version that is applicable exactly where that of the new one is. Nobody
    asks what it requires: conditions name that of the new version."""
    applies = Requirement(kind="when", condition=ClauseApplies(clause=name))
    return replace(clause, requirements=(applies,), exceptions=(), under=None)


def _by_text(definition: Definition, which: str) -> Definition:
    """A definition whose words say by which version it is meant."""
    said = (
        None if each is None else f"{each} (by the {which} text)"
        for each in (definition.phrase, definition.negative)
    )
    phrase, negative = said
    return replace(definition, phrase=phrase, negative=negative)


def _equal(fact: Fact, twin: Fact) -> Assumption:
    """What is done is done, whichever version is asked."""
    one, other = (FactValue(fact=each.name, type=YES_NO) for each in (fact, twin))
    return Assumption(
        condition=AnyOf(
            operands=(
                AllOf(operands=(one, other)),
                Negation(operand=AnyOf(operands=(one, other))),
            )
        ),
        place=fact.place,
    )
