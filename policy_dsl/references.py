"""Which parts of a policy depend on which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.graph import components
from policy_dsl.model import (
    SHOULD,
    Clause,
    ClauseApplies,
    ClauseInScope,
    Definition,
    DefinitionValue,
    Effect,
    Established,
    Expr,
    FactValue,
    NormEffect,
    Policy,
    RankEffect,
    ReadingIs,
    SetEffect,
    TimedBan,
    walk,
)


def clause_conditions(clause: Clause) -> Iterator[Expr]:
    """Every condition on which a clause's being applicable depends: requirements first."""
    yield from (each.condition for each in clause.requirements)
    yield from (each.condition for each in clause.exceptions)
    if clause.under is not None:
        yield clause.under


def definition_expressions(definition: Definition) -> Iterator[Expr]:
    """The bodies of a definition and the readings under which each counts."""
    for each in definition.cases:
        yield each.body
        if each.under is not None:
            yield each.under


def evaluation_order(policy: Policy) -> tuple[ClauseApplies | DefinitionValue, ...]:
    """All clauses and all definitions without parameters, each after all that it refers to.

    Evaluated in this order, a long chain of references does not exhaust Python's stack.
    """
    nodes: dict[str, ClauseApplies | DefinitionValue | None] = {}
    edges: dict[str, list[str]] = {}
    for definition in policy.definitions.values():
        key = _definition(definition.name)
        nodes[key] = (
            None
            if definition.parameters
            else DefinitionValue(definition=definition.name, type=definition.type)
        )
        edges[key] = [key for each in definition_expressions(definition) for key in _named(each)]
    for clause in policy.clauses.values():
        key = _clause(clause.name)
        nodes[key] = ClauseApplies(clause=clause.name)
        edges[key] = [key for each in clause_conditions(clause) for key in _named(each)]
    order = (nodes[key] for component in components(nodes, edges) for key in component)
    return tuple(each for each in order if each is not None)


def should_matters(policy: Policy) -> bool:
    """Whether anything depends on how "should" is read: the strength of a norm or of a ranking,
    or an ``under``."""
    effects = [each for clause in policy.clauses.values() for each in clause.effects]
    return any(_is_should(each) for each in effects) or any(
        isinstance(expr, ReadingIs) and expr.ambiguity == SHOULD
        for under in _unders(policy)
        if under is not None
        for expr in walk(under)
    )


def rests_on_readings(policy: Policy, expr: Expr) -> bool:
    """Whether a condition's truth can differ between readings of one and the same facts."""
    seen: set[str] = set()
    queue = [expr]
    while queue:
        for each in walk(queue.pop()):
            match each:
                case ReadingIs():
                    return True
                case ClauseApplies() | ClauseInScope() if _clause(each.clause) not in seen:
                    seen.add(_clause(each.clause))
                    queue += clause_conditions(policy.clauses[each.clause])
                case DefinitionValue() if _definition(each.definition) not in seen:
                    seen.add(_definition(each.definition))
                    queue += definition_expressions(policy.definitions[each.definition])
    return False


def facts_behind(policy: Policy, exprs: Iterable[Expr]) -> set[str]:
    """The facts on which conditions rest, through definitions and clauses."""
    facts: set[str] = set()
    seen: set[str] = set()
    queue = list(exprs)
    while queue:
        for each in walk(queue.pop()):
            match each:
                case FactValue() | Established():
                    facts.add(each.fact)
                case ClauseApplies() | ClauseInScope() if _clause(each.clause) not in seen:
                    seen.add(_clause(each.clause))
                    queue += clause_conditions(policy.clauses[each.clause])
                case DefinitionValue() if _definition(each.definition) not in seen:
                    seen.add(_definition(each.definition))
                    queue += definition_expressions(policy.definitions[each.definition])
    return facts


def _is_should(effect: Effect) -> bool:
    match effect:
        case NormEffect() | TimedBan():
            return effect.strength == "should"
        case RankEffect():
            return effect.modality == "should"
        case SetEffect():
            return False


def _unders(policy: Policy) -> Iterator[Expr | None]:
    yield from (each.under for each in policy.clauses.values())
    yield from (case.under for each in policy.definitions.values() for case in each.cases)
    yield from (each.under for each in policy.assumptions)
    yield from (each.under for each in policy.decisions.values())
    yield from (each.under for each in policy.incapacities)


def _named(expr: Expr) -> Iterator[str]:
    for each in walk(expr):
        match each:
            case ClauseApplies() | ClauseInScope():
                yield _clause(each.clause)
            case DefinitionValue():
                yield _definition(each.definition)


def _clause(name: str) -> str:
    return "clause " + name


def _definition(name: str) -> str:
    return "definition " + name
