"""Checks on a resolved model as a whole: circles of reference, and readings that must divide."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import assert_never

from policy_dsl import model
from policy_dsl.diagnostics import Related
from policy_dsl.graph import components
from policy_dsl.model import Expr, walk
from policy_dsl.references import named_by
from policy_dsl.source import Place
from policy_dsl.symbols import Symbols

LONGEST_CHAIN = 60
"""How many clauses and definitions may refer to each other in a chain."""

LARGEST_CIRCLE = 16
"""How many clauses may be entangled in circles of priority."""

MOST_COMBINATIONS = 4096
"""How many combinations of readings the cases of one definition may depend on."""

_MOST_TOLD = 8
"""How many steps of a path are told."""


# --- references ---------------------------------------------------------------------------


def circle_through(
    component: Sequence[str], edges: Mapping[str, Sequence[str]]
) -> tuple[str, ...] | None:
    """A shortest circle through the first member of a strongly connected component: its members
    in order, the first again at the end. None if there is none: the component is one node that
    does not refer to itself."""
    first, members = component[0], set(component)
    came_from: dict[str, str] = {}
    reached = [first]
    for node in reached:
        for each in edges.get(node, ()):
            if each == first:
                path = [first, node]
                while path[-1] != first:
                    path.append(came_from[path[-1]])
                return tuple(reversed(path)) if node != first else (first, first)
            if each in members and each not in came_from:
                came_from[each] = node
                reached.append(each)
    return None


def report_circle(
    symbols: Symbols,
    what: str,
    circle: Sequence[str],
    references: Mapping[str, Mapping[str, Place]],
    remedy: str,
) -> None:
    """Report a circle at its first step. ``references`` holds for each name those to which it
    refers, with the place."""
    steps = [(one, other, references[one][other]) for one, other in pairwise(circle)]
    place = steps[0][2]
    symbols.problem(
        "L09",
        place.source,
        place.span,
        f"{what}: {_path(circle)}.",
        remedy,
        *(
            Related(place=at, message=f"'{one}' refers to '{other}' here")
            for one, other, at in steps[1:_MOST_TOLD]
        ),
    )


def _path(names: Sequence[str]) -> str:
    """A path of references; the middle of a long one is left out."""
    if len(names) > _MOST_TOLD:
        names = [*names[: _MOST_TOLD // 2], "...", *names[-2:]]
    return " -> ".join(names)


def check_circles(policy: model.Policy, symbols: Symbols) -> bool:
    """Report clauses and definitions that refer to each other in a circle, and chains of
    reference too long to be read (or evaluated) by anybody. Returns whether there are none."""
    before = len(symbols.problems)
    references = {
        name: found
        for name, found in (*_clause_references(policy), *_definition_references(policy))
        if name not in symbols.doubtful
    }
    edges = {
        name: [each for each in found if each in references] for name, found in references.items()
    }
    depth: dict[str, int] = {}
    below: dict[str, str] = {}
    for component in components(references, edges):
        circle = circle_through(component, edges)
        if circle is not None:
            report_circle(
                symbols,
                f"'{circle[0]}' refers to itself",
                circle,
                references,
                "A condition that names a clause asks whether that clause applies. Break the "
                "circle, or declare a priority ('overrides') if one clause is to prevail.",
            )
            continue
        (name,) = component
        under = max(edges[name], key=lambda each: depth.get(each, 0), default=None)
        depth[name] = 1 + (depth.get(under, 0) if under is not None else 0)
        if under is not None:
            below[name] = under
        if depth[name] == LONGEST_CHAIN + 1:
            _too_long(policy, symbols, name, below)
    return len(symbols.problems) == before


def _too_long(policy: model.Policy, symbols: Symbols, name: str, below: Mapping[str, str]) -> None:
    chain = [name]
    while chain[-1] in below:
        chain.append(below[chain[-1]])
    place = policy.clauses[name].place if name in policy.clauses else policy.definitions[name].place
    symbols.problem(
        "L13",
        place.source,
        place.span,
        f"More than {LONGEST_CHAIN} clauses or definitions refer to each other in a chain: "
        f"{_path(chain)}.",
        "Take a step out of the chain.",
    )


def _referred(
    policy: model.Policy, conditions: Sequence[Expr], otherwise: Place
) -> dict[str, Place]:
    """The clauses and definitions to which conditions refer directly, each with the first place."""
    found: dict[str, Place] = {}
    for condition in conditions:
        for each in walk(condition):
            for name in named_by(policy, each):
                found.setdefault(name, each.place or otherwise)
    return found


def _clause_references(policy: model.Policy) -> Iterator[tuple[str, dict[str, Place]]]:
    for name, clause in policy.clauses.items():
        yield name, _referred(policy, clause.conditions, clause.place)


def _definition_references(policy: model.Policy) -> Iterator[tuple[str, dict[str, Place]]]:
    for name, definition in policy.definitions.items():
        yield name, _referred(policy, [each.body for each in definition.cases], definition.place)


# --- priorities ---------------------------------------------------------------------------


def check_priorities(policy: model.Policy, symbols: Symbols) -> None:
    """Report circles of priority through more clauses than anybody could follow."""
    edges: dict[str, list[str]] = {}
    for each in policy.priorities:
        edges.setdefault(each.winner, []).append(each.loser)
    clauses = [name for name in policy.clauses if name not in symbols.doubtful]
    for component in components(clauses, edges):
        if len(component) > LARGEST_CIRCLE:
            place = policy.clauses[component[0]].place
            symbols.problem(
                "L13",
                place.source,
                place.span,
                f"Priorities run in circles through {len(component)} clauses: "
                f"{', '.join(component[:3])}, ... and {component[-1]}.",
                f"Take priorities back{', or a rule of resolve by,' if policy.rules else ''} until "
                f"no more than {LARGEST_CIRCLE} clauses are entangled.",
            )


# --- readings -----------------------------------------------------------------------------


def check_division(policy: model.Policy, symbols: Symbols, whole: Container[str]) -> None:
    """Report a definition that, under some combination of readings, has no body or two.

    ``whole`` are the definitions in which no error was found.
    """
    for definition in policy.definitions.values():
        sure = definition.name in whole and definition.name not in symbols.doubtful
        if sure and [case.under for case in definition.cases] != [None]:
            _check_division(policy, symbols, definition)


def _check_division(policy: model.Policy, symbols: Symbols, definition: model.Definition) -> None:
    unders = [case.under for case in definition.cases]
    mentioned = {
        each.ambiguity
        for under in unders
        if under is not None
        for each in walk(under)
        if isinstance(each, model.ReadingIs)
    }
    names = [name for name in policy.ambiguities if name in mentioned]
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
        return
    for combination in product(*choices):
        readings = dict(zip(names, combination, strict=True))
        held = [under is None or readings_hold(under, readings) for under in unders]
        if sum(held) != 1:
            said = " and ".join(f"{name} is {value}" for name, value in readings.items())
            both = [case.place for case, holds in zip(definition.cases, held, strict=True) if holds]
            at = both[1] if both else place
            symbols.problem(
                "L10",
                at.source,
                at.span,
                f"Where {said}, '{definition.name}' has "
                + (f"{len(both)} definitions." if both else "no definition."),
                "Under every reading exactly one definition must count: "
                + ("narrow the 'under' of one." if both else f"add one 'under {said}'."),
                *(Related(place=each, message="this one counts there too") for each in both[:1]),
            )
            return


def readings_hold(under: Expr, readings: Mapping[str, str]) -> bool:
    """Whether a condition on readings (an ``under``) holds under some readings.

    Raises ``TypeError`` for any other condition.
    """
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
                case _:
                    assert_never(under.bound)
    raise TypeError(f"not a condition on readings: {type(under).__name__}")
