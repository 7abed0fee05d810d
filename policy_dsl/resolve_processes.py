"""Processes: from syntax to the model. States and steps belong to the process above them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from itertools import combinations
from math import prod

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Code, Related, did_you_mean
from policy_dsl.model import TRUE, Expr
from policy_dsl.resolve_base import Context, Failed
from policy_dsl.resolve_expression import ExpressionResolver
from policy_dsl.resolve_types import described
from policy_dsl.resolve_unknown import unknown
from policy_dsl.source import Place
from policy_dsl.symbols import Symbols, Unit
from policy_dsl.types import (
    Date,
    DecimalNumber,
    Duration,
    Enumeration,
    Integer,
    Money,
    SetOf,
    Type,
    Value,
    YesNo,
)
from policy_dsl.wording import blank

MOST_OUTCOMES = 64
"""In how many ways the facts that one step changes may come out."""


@dataclass
class _Open:
    """A process whose states and steps are being read, with their nodes; a step is resolved once
    all states are known."""

    unit: Unit
    node: ast.Process
    states: dict[str, model.State] = field(default_factory=dict)
    steps: dict[str, ast.Step] = field(default_factory=dict)
    declared: dict[tuple[str, str], ast.Name] = field(default_factory=dict)


@dataclass
class ProcessResolver:
    """Resolves every process of a policy, in order."""

    symbols: Symbols
    expressions: ExpressionResolver
    processes: dict[str, model.Process] = field(default_factory=dict)

    def run(self) -> None:
        """Fill ``processes``."""
        for unit in self.symbols.units:
            current: _Open | None = None
            for node in unit.tree.declarations:
                match node:
                    case ast.Process():
                        self._close(current)
                        current = _Open(unit, node)
                    case ast.State() | ast.Step() if current is None:
                        self._outside(unit, node)
                    case ast.State() if current is not None:
                        self._state(current, node)
                    case ast.Step() if current is not None:
                        self._once(current, "step", node.name)
                        current.steps.setdefault(node.name.text, node)
            self._close(current)

    def _problem(
        self, unit: Unit, node: ast.Node, code: Code, message: str, remedy: str, *related: Related
    ) -> None:
        self.symbols.problem(code, unit.source, node.span, message, remedy, *related)

    def _outside(self, unit: Unit, node: ast.State | ast.Step) -> None:
        if unit.source.name in self.symbols.unread:
            return  # the process may be what could not be read
        word = "state" if isinstance(node, ast.State) else "step"
        self._problem(
            unit,
            node.name,
            "L08",
            f"The {word} '{node.name.text}' belongs to no process.",
            'Begin the process above it: process NAME "title"',
        )

    def _once(self, process: _Open, what: str, name: ast.Name) -> None:
        first = process.declared.setdefault((what, name.text), name)
        if first is not name:
            self._problem(
                process.unit,
                name,
                "L04",
                f"The {what} '{name.text}' is declared twice in this process.",
                "Give one of them another name.",
                Related(
                    place=Place(process.unit.source, first.span), message="first declared here"
                ),
            )

    def _state(self, process: _Open, node: ast.State) -> None:
        name = node.name.text
        self._once(process, "state", node.name)
        process.states.setdefault(
            name,
            model.State(
                name=name,
                phrase=node.phrase.text if node.phrase else blank(name),
                start=node.start,
                end=node.end,
                place=Place(process.unit.source, node.name.span),
            ),
        )

    def _close(self, process: _Open | None) -> None:
        """Resolve a process once all of it is known."""
        if process is None:
            return
        node, unit = process.node, process.unit
        whole = unit.source.name not in self.symbols.unread
        if whole and not any(each.start for each in process.states.values()):
            self._problem(
                unit,
                node.name,
                "L08",
                f"The process '{node.name.text}' has no state in which it starts.",
                'Write under it: state NAME "what is so then" start',
            )
        steps = {name: self._step(process, each) for name, each in process.steps.items()}
        self.processes.setdefault(
            node.name.text,
            model.Process(
                name=node.name.text,
                title=node.title.text if node.title else blank(node.name.text),
                when=self._when(unit, node.when),
                states=process.states,
                steps=steps,
                place=Place(unit.source, node.name.span),
            ),
        )

    def _when(self, unit: Unit, node: ast.Expression | None) -> Expr:
        return TRUE if node is None else self.expressions.condition(unit, node, Context())

    # --- one step -------------------------------------------------------------------------

    def _step(self, process: _Open, node: ast.Step) -> model.Step:
        unit = process.unit
        action = None
        if node.action is not None:
            with suppress(Failed):
                action = self.expressions.action(unit, node.action)
        for one, two in combinations(node.sources, 2):
            if one.text == two.text:
                self._twice(unit, one, two)
        for each in (*node.sources, node.target):
            self._check_state(process, each)
        return model.Step(
            name=node.name.text,
            phrase=node.phrase.text if node.phrase else blank(node.name.text),
            by=node.by.text if node.by else None,
            sources=tuple(each.text for each in node.sources),
            target=node.target.text,
            action=action,
            when=self._when(unit, node.when),
            changes=self._changes(unit, node),
            place=Place(unit.source, node.name.span),
        )

    def _twice(self, unit: Unit, one: ast.Name, two: ast.Name) -> None:
        related = Related(place=Place(unit.source, one.span), message="first listed here")
        message = f"'{two.text}' is listed twice."
        self._problem(unit, two, "L04", message, "Leave one out.", related)

    def _check_state(self, process: _Open, name: ast.Name) -> None:
        if name.text in process.states or name.text in self.symbols.doubtful:
            return
        near = did_you_mean(name.text, process.states)
        some = ", ".join(list(process.states)[:6])
        remedy = f"Its states are: {some}" if some else "Declare it: state NAME"
        self._problem(
            process.unit,
            name,
            "L03",
            f"'{name.text}' is not a state of the process '{process.node.name.text}'.",
            f"Did you mean '{near}'?" if near else remedy,
        )

    def _changes(self, unit: Unit, node: ast.Step) -> tuple[model.Change, ...]:
        seen: dict[str, ast.Name] = {}
        found = []
        for each in node.changes:
            name = each.fact.text
            first = seen.setdefault(name, each.fact)
            if first is not each.fact:
                self._twice(unit, first, each.fact)
            values = self._values(unit, each)
            if values:
                found.append(model.Change(fact=name, values=values))
        if prod(len(each.values) for each in found) > MOST_OUTCOMES:
            self._problem(
                unit,
                node.name,
                "L13",
                f"What the step '{node.name.text}' changes can come out in more than "
                f"{MOST_OUTCOMES} ways.",
                "Let fewer facts be set to 'any' at once, or split the step.",
            )
        return tuple(found)

    def _values(self, unit: Unit, node: ast.Change) -> tuple[Value, ...]:
        """What a fact is set to; empty after an error."""
        fact = self.expressions.facts.get(node.fact.text)
        if fact is None:
            unknown(self.symbols, unit.source, node.fact, "a fact", list(self.expressions.facts))
            return ()
        if node.value == "not established":
            if not fact.optional:
                self._problem(
                    unit,
                    node,
                    "L05",
                    f"'{fact.name}' is always established.",
                    f"Declare it with 'optional', or set it to {described(fact.type)}.",
                )
                return ()
            return (None,)
        if isinstance(node.value, str):
            return self._any(unit, node, fact)
        if isinstance(fact.type, SetOf):
            if isinstance(node.value, ast.Name) and node.value.text == "none":
                return (frozenset(),)
            self._problem(
                unit,
                node.value,
                "L05",
                f"'{fact.name}' is a set; a step can only empty it or leave it open.",
                f"Write '{fact.name} to none' or '{fact.name} to any'.",
            )
            return ()
        return self._constant(unit, node.value, fact)

    def _any(self, unit: Unit, node: ast.Change, fact: model.Fact) -> tuple[Value, ...]:
        found = values_of(fact.type)
        if found is None:
            self._problem(
                unit,
                node,
                "L05",
                f"'{fact.name}' can have more than {MOST_OUTCOMES} values, so it cannot be set to "
                "'any'.",
                "Give its type narrow bounds, or set it to one value in each of several steps.",
            )
            return ()
        return (None, *found) if fact.optional else found

    def _constant(self, unit: Unit, node: ast.Expression, fact: model.Fact) -> tuple[Value, ...]:
        before = len(self.symbols.problems)
        expr = self.expressions.value(unit, node, Context(), fact.type)
        if len(self.symbols.problems) > before:
            return ()
        if not isinstance(expr, model.Literal_):
            self._problem(
                unit,
                node,
                "L05",
                f"A step sets '{fact.name}' to a fixed value, not to one that is computed.",
                "Write the value itself, or 'any'.",
            )
            return ()
        return (expr.value,)


def values_of(type_: Type) -> tuple[Value, ...] | None:
    """Every value of a type, or None where there are more than ``MOST_OUTCOMES``."""
    match type_:
        case YesNo():
            return (False, True)
        case Enumeration():
            return type_.values if len(type_.values) <= MOST_OUTCOMES else None
        case SetOf(element=element):
            members = element.values
            if 1 << len(members) > MOST_OUTCOMES:
                return None
            sizes = range(len(members) + 1)
            return tuple(frozenset(each) for size in sizes for each in combinations(members, size))
        case Integer() | DecimalNumber() | Money() | Date() | Duration():
            low, high = type_.low, type_.high
            if low is None or high is None or high - low >= MOST_OUTCOMES:
                return None
            return tuple(range(low, high + 1))
