"""How deeply conditions are nested, together with all that they refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policy_dsl import model
from policy_dsl.graph import components
from policy_dsl.model import Expr
from policy_dsl.references import clause_conditions, named_by
from policy_dsl.source import Place
from policy_dsl.symbols import Symbols

DEEPEST_IN_ALL = 150
"""How many levels a condition may have together with the definitions and clauses it refers to.

INVARIANT: a condition of so many levels can be evaluated, encoded and put into words by recursion.
"""

Levels = Mapping[str, int]
"""The levels of clauses and definitions by their names."""


def check_depth(policy: model.Policy, symbols: Symbols) -> None:
    """Report conditions that are nested too deeply; not those that only refer to such a one."""
    parts: dict[str, list[Expr]] = {
        name: [case.body for case in each.cases] for name, each in policy.definitions.items()
    }
    parts |= {name: list(clause_conditions(each)) for name, each in policy.clauses.items()}
    places = {name: each.place for name, each in policy.definitions.items()}
    places |= {name: each.place for name, each in policy.clauses.items()}
    edges = {name: [n for e in exprs for n in _named(policy, e)] for name, exprs in parts.items()}
    levels: dict[str, int] = {}
    told: set[str] = set()
    for component in components(parts, edges):
        for name in component:
            levels[name] = max((depth(policy, e, levels) for e in parts[name]), default=0)
            if not told.isdisjoint(edges[name]):
                told.add(name)
            elif levels[name] > DEEPEST_IN_ALL:
                told.add(name)
                _too_deep(symbols, f"'{name}'", places[name])
    for what, place, expr in _others(policy):
        if told.isdisjoint(_named(policy, expr)) and depth(policy, expr, levels) > DEEPEST_IN_ALL:
            _too_deep(symbols, what, place)


def _too_deep(symbols: Symbols, what: str, place: Place) -> None:
    symbols.problem(
        "L13",
        place.source,
        place.span,
        f"With all that it refers to, {what} is nested more than {DEEPEST_IN_ALL} levels deep.",
        "Refer to facts where you now refer to other conditions, or nest less.",
    )


def depth(policy: model.Policy, expr: Expr, levels: Levels) -> int:
    """How many levels an expression has; ``levels`` are those of what it may refer to."""
    below = max((depth(policy, each, levels) for each in expr.children()), default=0)
    for name in named_by(policy, expr):
        below = max(below, levels.get(name, 0))
    return 1 + below


def _named(policy: model.Policy, expr: Expr) -> Iterator[str]:
    for each in model.walk(expr):
        yield from named_by(policy, each)


def _others(policy: model.Policy) -> Iterator[tuple[str, Place, Expr]]:
    """The conditions and values outside of clauses' conditions and definitions."""
    for assumption in policy.assumptions:
        yield "this assumption", assumption.place, assumption.condition
    for decision in policy.decisions.values():
        yield f"'{decision.name}'", decision.place, decision.when
    for incapacity in policy.incapacities:
        yield "this condition", incapacity.place, incapacity.when
    for settlement in policy.settlements:
        yield "this condition", settlement.place, settlement.when
    for process in policy.processes.values():
        yield f"'{process.name}'", process.place, process.when
        for step in process.steps.values():
            yield f"the step '{step.name}'", step.place, step.when
    for output in policy.outputs.values():
        yield f"'{output.name}'", output.place, output.when
    for clause in policy.clauses.values():
        for effect in clause.effects:
            if isinstance(effect, model.SetEffect):
                yield f"the value of '{effect.output}'", clause.place, effect.value
            if isinstance(effect, model.RankEffect):
                for part in effect.expressions:
                    yield f"the ranking of '{clause.name}'", clause.place, part
    for resource in policy.resources.values():
        for each in (resource.scope, resource.short):
            if each is not None:
                yield f"'{resource.name}'", resource.place, each
    for expectation in policy.expectations:
        yield "this expectation", expectation.place, expectation.condition
        if expectation.premise is not None:
            yield "this expectation", expectation.place, expectation.premise
