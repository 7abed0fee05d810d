"""Which parts of a policy depend on which."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from policy_dsl.deeds import breach
from policy_dsl.graph import components
from policy_dsl.model import (
    SHOULD,
    Clause,
    ClauseApplies,
    ClauseBroken,
    ClauseInScope,
    Decision,
    Definition,
    DefinitionValue,
    Effect,
    Established,
    Expr,
    FactValue,
    NormEffect,
    Policy,
    Priority,
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
        edges[key] = [k for each in definition_expressions(definition) for k in _keys(policy, each)]
    for clause in policy.clauses.values():
        key = _clause(clause.name)
        nodes[key] = ClauseApplies(clause=clause.name)
        edges[key] = [k for each in clause_conditions(clause) for k in _keys(policy, each)]
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
                case ClauseBroken():
                    if any(decision.under for decision in policy.decisions.values()):
                        return True
                    queue += [decision.when for decision in policy.decisions.values()]
                    for name in named_by(policy, each):
                        if _clause(name) not in seen:
                            seen.add(_clause(name))
                            queue += clause_conditions(policy.clauses[name])
                case DefinitionValue() if _definition(each.definition) not in seen:
                    seen.add(_definition(each.definition))
                    queue += definition_expressions(policy.definitions[each.definition])
    return False


def facts_behind(policy: Policy, exprs: Iterable[Expr]) -> set[str]:
    """The facts on which conditions rest, through definitions and clauses."""
    facts: set[str] = set()
    seen: set[str] = set()
    broken: set[str] = set()
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
                case ClauseBroken() if each.clause not in broken:
                    broken.add(each.clause)
                    queue += [breach(policy, each.clause), *behind_force(policy, each.clause)]
    return facts


def behind_force(policy: Policy, clause: str) -> Iterator[Expr]:
    """What decides whether a clause is in force, with the values that clauses set."""
    involved = (clause, *rivals(policy, [clause]))
    for name in involved:
        yield ClauseApplies(clause=name)
        for effect in policy.clauses[name].effects:
            if isinstance(effect, SetEffect):
                yield effect.value
    yield from (each.when for each in deciding(policy, set(involved)))


def deciding(policy: Policy, clauses: Container[object]) -> Iterator[Decision]:
    """The decisions by which some clauses can clash with others that have priority over them."""
    if not policy.decisions:
        return
    found = []
    for priority in policy.priorities:
        if priority.loser in clauses:
            ones, others = (_done_by(policy, e) for e in (priority.winner, priority.loser))
            found.append((ones, others))
    for decision in policy.decisions.values():
        if any(
            not ones.isdisjoint(decision.actions) and not others.isdisjoint(decision.actions)
            for ones, others in found
        ):
            yield decision


def _done_by(policy: Policy, clause: str) -> set[str]:
    effects = policy.clauses[clause].effects
    return {each.action for each in effects if isinstance(each, NormEffect)}


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


def _keys(policy: Policy, expr: Expr) -> Iterator[str]:
    for part in walk(expr):
        for name in named_by(policy, part):
            is_definition = isinstance(part, DefinitionValue)
            yield _definition(name) if is_definition else _clause(name)


def named_by(policy: Policy, expr: Expr) -> Iterator[str]:
    """The clauses or the definition that an expression, its parts left out, refers to; for a
    clause that may be broken also those on which it depends whether it is in force."""
    match expr:
        case ClauseApplies() | ClauseInScope():
            yield expr.clause
        case ClauseBroken() if expr.clause in policy.clauses:
            yield from (expr.clause, *rivals(policy, [expr.clause]))
        case DefinitionValue():
            yield expr.definition


def over_each(policy: Policy) -> Mapping[str, Sequence[Priority]]:
    """The priorities over each clause that has one over it."""
    found: dict[str, list[Priority]] = {}
    for priority in policy.priorities:
        found.setdefault(priority.loser, []).append(priority)
    return found


def rivals(
    policy: Policy,
    clauses: Iterable[str],
    over: Mapping[str, Sequence[Priority]] | None = None,
) -> list[str]:
    """The clauses that have priority, directly or through others, over some clauses, declare one
    or stand before them in an ordered list; not the clauses themselves. ``over`` are the
    priorities ``over_each``, for repeated use."""
    over = over_each(policy) if over is None else over
    start = list(clauses)
    seen = dict.fromkeys(start)
    queue = list(start)
    while queue:
        name = queue.pop()
        above = []
        for priority in over.get(name, ()):
            above += [priority.winner, priority.declared_by]
        clause = policy.clauses[name]
        if clause.group is not None:
            above += policy.groups[clause.group].clauses[: clause.rank]
        for each in above:
            if each not in seen:
                seen[each] = None
                queue.append(each)
    return [each for each in seen if each not in start]


def _clause(name: str) -> str:
    return "clause " + name


def _definition(name: str) -> str:
    return "definition " + name
