"""What a slice of a policy holds: all on which some things in it depend (``policy_dsl.slices``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

from policy_dsl.deeds import deed
from policy_dsl.model import (
    Action,
    Ambiguity,
    Assumption,
    Clause,
    ClauseApplies,
    ClauseBroken,
    ClauseInScope,
    Decision,
    Definition,
    DefinitionValue,
    Established,
    Event,
    Expectation,
    Expr,
    Fact,
    FactValue,
    Incapacity,
    NormEffect,
    NormIs,
    Output,
    OutputValue,
    Policy,
    Process,
    RankEffect,
    ReadingIs,
    Resource,
    SetEffect,
    Settlement,
    TimedBan,
    Timing,
    walk,
)
from policy_dsl.references import clause_conditions, definition_expressions, over_each

Root: TypeAlias = (
    Expr
    | Clause
    | Action
    | Output
    | Decision
    | Definition
    | Ambiguity
    | Fact
    | Incapacity
    | Assumption
    | Settlement
    | Expectation
    | Process
    | Resource
)
"""What a slice can be made for: a declaration of the policy, or a condition over it."""


class Links:
    """What leads from the parts of one policy to the clauses that bear on them."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.over = over_each(policy)
        # By the number of an expression, with it: while it is kept, no other has its number.
        self._named: dict[int, tuple[Expr, tuple[Root, ...]]] = {}

    def named_in(self, expr: Expr) -> tuple[Root, ...]:
        """What a condition, or another expression, refers to."""
        known = self._named.get(id(expr))
        if known is None:
            known = self._named[id(expr)] = expr, tuple(self._referred(expr))
        return known[1]

    def _referred(self, expr: Expr) -> Iterator[Root]:
        policy = self.policy
        for each in walk(expr):
            match each:
                case FactValue() | Established():
                    yield policy.facts[each.fact]
                case DefinitionValue():
                    yield policy.definitions[each.definition]
                case ClauseApplies() | ClauseInScope() | ClauseBroken():
                    yield policy.clauses[each.clause]
                case ReadingIs():
                    yield policy.ambiguities[each.ambiguity]
                case OutputValue():
                    yield policy.outputs[each.output]
                case NormIs():
                    yield policy.actions[each.action]

    @cached_property
    def speaking(self) -> Mapping[str, tuple[Clause, ...]]:
        """The clauses that speak about each action, limits of its time included."""
        return self._by(
            lambda effect: effect.action if isinstance(effect, NormEffect | TimedBan) else None
        )

    @cached_property
    def setting(self) -> Mapping[str, tuple[Clause, ...]]:
        """The clauses that set each output."""
        return self._by(lambda effect: effect.output if isinstance(effect, SetEffect) else None)

    @cached_property
    def ranking(self) -> Mapping[str, tuple[Clause, ...]]:
        """The clauses that rank persons for each resource."""
        return self._by(lambda effect: effect.resource if isinstance(effect, RankEffect) else None)

    def _by(self, about: Callable[[object], str | None]) -> Mapping[str, tuple[Clause, ...]]:
        found: dict[str, dict[str, Clause]] = {}
        for clause in self.policy.clauses.values():
            for effect in clause.effects:
                name = about(effect)
                if name is not None:
                    found.setdefault(name, {})[clause.name] = clause
        return {name: tuple(clauses.values()) for name, clauses in found.items()}

    def above(self, clause: Clause) -> Iterator[Clause]:
        """The clauses that can defeat a clause, those that say so, and those before it in its
        list; of these last the whole beginning of the list is needed."""
        clauses = self.policy.clauses
        for priority in self.over.get(clause.name, ()):
            yield clauses[priority.winner]
            yield clauses[priority.declared_by]
        if clause.group is not None:
            for each in self.policy.groups[clause.group].clauses[: clause.rank]:
                yield clauses[each]


class Part:
    """What a slice holds: pairs of a kind and a name, or a number for what has no name."""

    def __init__(self, links: Links, roots: Iterable[Root]) -> None:
        self.kept: dict[tuple[str, str | int], None] = {}
        self._full: set[tuple[str, str]] = set()
        self._links, self._policy = links, links.policy
        self._pending: list[Root | Event] = []
        for each in roots:
            self.add(each)

    @property
    def variables(self) -> frozenset[tuple[str, str | int]]:
        """The facts and ambiguities of a case that it holds."""
        return frozenset(each for each in self.kept if each[0] in ("fact", "ambiguity"))

    def add(self, root: Root) -> None:
        """Add a root and all on which it depends."""
        self._pending.append(root)
        while self._pending:
            each = self._pending.pop()
            if isinstance(each, Expr):
                self._condition(each)
            else:
                self._declared(each)

    # --- declarations ---------------------------------------------------------------------

    def _new(self, kind: str, name: str | int) -> bool:
        if (kind, name) in self.kept:
            return False
        self.kept[kind, name] = None
        return True

    def _fully(self, kind: str, name: str) -> bool:
        """Whether all that is said of something is asked for, and was not before."""
        if (kind, name) in self._full:
            return False
        self._full.add((kind, name))
        return True

    def _among(self, kind: str, declared: Iterable[object], one: object) -> bool:
        """The same for what has no name: it is known by its place in the policy."""
        found = (i for i, each in enumerate(declared) if each is one)
        return self._new(kind, next(found))

    def _all(self, *found: Root | None) -> None:
        self._pending += [each for each in found if each is not None]

    def _declared(self, each: Root | Event) -> None:
        policy, links = self._policy, self._links
        match each:
            case Clause():
                self._clause(each)
            case Action():
                self._named(each.name)
                if self._fully("action", each.name):
                    self._all(*links.speaking.get(each.name, ()))
                    self._all(*(i for i in policy.incapacities if i.action == each.name))
            case Output():
                self._output(each.name)
                if self._fully("output", each.name):
                    self._all(*links.setting.get(each.name, ()))
            case Resource():
                self._resource(each.name)
                if self._fully("resource", each.name):
                    self._all(*links.ranking.get(each.name, ()))
                    for action in policy.actions.values():
                        if any(use.resource == each.name for use in action.uses):
                            self._all(action)
            case Decision() if self._new("decision", each.name):
                self._all(each.when, each.under)
                self._names(each.actions)
            case Definition() if self._new("definition", each.name):
                self._all(*definition_expressions(each))
            case Ambiguity():
                self._new("ambiguity", each.name)
            case Fact() if self._new("fact", each.name):
                if each.action is not None:
                    self._named(each.action)
            case Incapacity() if self._among("incapacity", policy.incapacities, each):
                self._all(each.when, each.under)
                self._named(each.action)
            case Assumption() if self._among("assumption", policy.assumptions, each):
                self._all(each.condition, each.under)
            case Settlement() if self._among("settlement", policy.settlements, each):
                self._all(each.when, *(policy.actions[name] for name in each.actions))
            case Expectation() if self._among("expectation", policy.expectations, each):
                self._all(each.condition, each.premise)
            case Process() if self._new("process", each.name):
                self._process(each)
            case Event() if self._new("event", each.name):
                self._timed(each.timing)
            case _:
                pass  # it is in the slice already

    def _clause(self, clause: Clause) -> None:
        if not self._new("clause", clause.name):
            return
        self._all(*clause_conditions(clause), *self._links.above(clause))
        for effect in clause.effects:
            match effect:
                case NormEffect():
                    self._named(effect.action)
                    self._timed(effect.timing)
                case TimedBan():
                    self._named(effect.action)
                    self._timed((effect.limit,))
                case SetEffect():
                    self._output(effect.output)
                    self._all(effect.value)
                case RankEffect():
                    self._resource(effect.resource)
                    self._all(*effect.expressions)

    def _process(self, process: Process) -> None:
        policy = self._policy
        self._all(process.when)
        for step in process.steps.values():
            self._all(step.when, *(policy.facts[each.fact] for each in step.changes))
            if step.action is not None:
                self._all(policy.actions[step.action])

    # --- what is only named ---------------------------------------------------------------

    def _names(self, actions: Iterable[str]) -> None:
        for each in actions:
            self._named(each)

    def _named(self, action: str) -> None:
        if not self._new("action", action):
            return
        for use in self._policy.actions[action].uses:
            self._resource(use.resource)
        # What is owed only because a duty is broken in fact rests on what is done.
        self._all(self._policy.facts.get(deed(action)))

    def _output(self, name: str) -> None:
        if self._new("output", name):
            self._all(self._policy.outputs[name].when)

    def _resource(self, name: str) -> None:
        if self._new("resource", name):
            found = self._policy.resources[name]
            self._all(found.scope, found.short)

    def _timed(self, timing: Iterable[Timing]) -> None:
        """Events are ordered through each other: where one is named, all of them count."""
        for each in timing:
            if each.event is not None and each.event in self._policy.actions:
                self._named(each.event)
            elif each.event is not None:
                self._pending += self._policy.events.values()

    def _condition(self, expr: Expr) -> None:
        self._pending += self._links.named_in(expr)
