"""Checks on a resolved model as a whole: circles of reference, and readings that must divide."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import product

from policy_dsl import model
from policy_dsl.graph import components
from policy_dsl.model import Expr, walk
from policy_dsl.source import Place
from policy_dsl.symbols import Symbols

LONGEST_CHAIN = 60
"""How many clauses and definitions may refer to each other in a chain."""

LARGEST_CIRCLE = 16
"""How many clauses may be entangled in circles of priority."""

MOST_COMBINATIONS = 4096
"""How many combinations of readings the cases of one definition may depend on."""


def check_circles(policy: model.Policy, symbols: Symbols) -> None:
    """Report clauses and definitions that refer to each other in a circle, and chains of
    reference too long to be read (or evaluated) by anybody."""
    references = {**_clause_references(policy), **_definition_references(policy)}
    try:
        order = list(TopologicalSorter(references).static_order())
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        place = _place(policy, circle[0])
        symbols.problem(
            "L09",
            place.source,
            place.span,
            f"'{circle[0]}' refers to itself: {' -> '.join(circle)}.",
            "A condition that names a clause asks whether that clause applies; break the circle, "
            "or declare a priority ('overrides') where one clause is to prevail.",
        )
        return
    depth: dict[str, int] = {}
    for name in order:
        depth[name] = 1 + max((depth[each] for each in references[name]), default=0)
        if depth[name] == LONGEST_CHAIN + 1:
            place = _place(policy, name)
            symbols.problem(
                "L13",
                place.source,
                place.span,
                f"More than {LONGEST_CHAIN} clauses or definitions refer to each other in a chain.",
                "Take a step out of the chain.",
            )


def _place(policy: model.Policy, name: str) -> Place:
    return policy.clauses[name].place if name in policy.clauses else policy.definitions[name].place


def referred(expr: Expr) -> Iterator[str]:
    """The names of the clauses and definitions that an expression refers to directly."""
    for each in walk(expr):
        match each:
            case model.ClauseApplies() | model.ClauseInScope():
                yield each.clause
            case model.DefinitionValue():
                yield each.definition
            case _:
                pass


def _clause_references(policy: model.Policy) -> dict[str, list[str]]:
    return {
        name: [other for condition in clause.conditions for other in referred(condition)]
        for name, clause in policy.clauses.items()
    }


def _definition_references(policy: model.Policy) -> dict[str, list[str]]:
    return {
        name: [other for case in definition.cases for other in referred(case.body)]
        for name, definition in policy.definitions.items()
    }


def check_priorities(policy: model.Policy, symbols: Symbols) -> None:
    """Report circles of priority through more clauses than anybody could follow."""
    edges: dict[str, list[str]] = {}
    for each in policy.priorities:
        edges.setdefault(each.winner, []).append(each.loser)
    for component in components(policy.clauses, edges):
        if len(component) > LARGEST_CIRCLE:
            place = policy.clauses[component[0]].place
            symbols.problem(
                "L13",
                place.source,
                place.span,
                f"Priorities run in circles through {len(component)} clauses.",
                f"Take priorities back until no more than {LARGEST_CIRCLE} clauses are entangled.",
            )


def check_division(policy: model.Policy, symbols: Symbols) -> None:
    """Report a definition that, under some combination of readings, has no body or two."""
    for definition in policy.definitions.values():
        unders = [case.under for case in definition.cases]
        if unders == [None]:
            continue
        names = sorted(
            {
                each.ambiguity
                for under in unders
                if under is not None
                for each in walk(under)
                if isinstance(each, model.ReadingIs)
            }
        )
        choices = [[r.name for r in policy.ambiguities[name].readings] for name in names]
        place = definition.place
        size = 1
        for each in choices:
            size *= len(each)
        if size > MOST_COMBINATIONS:
            symbols.problem(
                "L13",
                place.source,
                place.span,
                f"'{definition.name}' depends on {size} combinations of readings.",
                "Split it into definitions that depend on fewer ambiguities.",
            )
            continue
        for combination in product(*choices):
            readings = dict(zip(names, combination, strict=True))
            count = sum(under is None or readings_hold(under, readings) for under in unders)
            if count != 1:
                said = " and ".join(f"'{name}' is {value}" for name, value in readings.items())
                symbols.problem(
                    "L10",
                    place.source,
                    place.span,
                    f"When {said}, '{definition.name}' has "
                    + ("no definition." if count == 0 else f"{count} definitions."),
                    "Under every reading exactly one definition must hold.",
                )
                break


def readings_hold(under: Expr, readings: dict[str, str]) -> bool:
    """Whether a condition on readings (an ``under``) holds under some readings."""
    match under:
        case model.ReadingIs():
            return readings[under.ambiguity] == under.reading
        case model.Negation():
            return not readings_hold(under.operand, readings)
        case model.AllOf():
            return all(readings_hold(each, readings) for each in under.operands)
        case model.AnyOf():
            return any(readings_hold(each, readings) for each in under.operands)
        case model.Implication():
            return not readings_hold(under.premise, readings) or readings_hold(
                under.conclusion, readings
            )
        case model.Counted():
            count = sum(readings_hold(each, readings) for each in under.operands)
            match under.bound:
                case "at least":
                    return count >= under.count
                case "at most":
                    return count <= under.count
                case "exactly":
                    return count == under.count
    return True
