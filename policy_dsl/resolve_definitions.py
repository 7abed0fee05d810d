"""Definitions: resolved when they are first needed, so that they may stand in any order."""

from __future__ import annotations

from dataclasses import dataclass, field

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Related
from policy_dsl.resolve_base import Context, Signature, type_of_expression
from policy_dsl.resolve_expression import ExpressionResolver
from policy_dsl.symbols import Symbol, Symbols, Unit, type_of
from policy_dsl.types import Integer, Type, YesNo

LONGEST_CHAIN = 60
"""How many definitions may rest on each other in a chain."""


@dataclass
class DefinitionResolver:
    """Resolves the definitions of one policy and finds circles among them."""

    symbols: Symbols
    expressions: ExpressionResolver
    definitions: dict[str, model.Definition] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def signature(self, name: str, unit: Unit | None, node: ast.Node | None) -> Signature | None:
        """The signature of a definition, resolving it first where that is still to be done."""
        known = self.expressions.signatures.get(name)
        if known is not None or name not in self.symbols.cases:
            return known
        if name in self._open or len(self._open) >= LONGEST_CHAIN:
            if unit is not None and node is not None:
                circle = name in self._open
                path = [*self._open[self._open.index(name) :], name] if circle else []
                self.symbols.problem(
                    "L09" if circle else "L13",
                    unit.source,
                    node.span,
                    f"The definition '{name}' rests on itself: {' -> '.join(path)}."
                    if circle
                    else f"More than {LONGEST_CHAIN} definitions rest on each other in a chain.",
                    "Take one step out of the chain.",
                )
            return None
        self._open.append(name)
        try:
            self._define(name)
        finally:
            self._open.pop()
        return self.expressions.signatures.get(name)

    def _define(self, name: str) -> None:
        symbols = self.symbols.cases[name]
        parameters: tuple[tuple[str, Type], ...] | None = None
        type_: Type | None = None
        cases: list[model.DefinitionCase] = []
        for symbol in symbols:
            node = symbol.node
            assert isinstance(node, ast.Define)
            mine = tuple(
                (each.name.text, type_of(self.symbols, symbol.unit, each.type))
                for each in node.parameters
            )
            self._check_parameters(symbol, node)
            context = Context(parameters=dict(mine))
            body = self.expressions.term(symbol.unit, node.body, context)
            if body is None:
                continue
            found = type_of_expression(body)
            found = Integer(unit=found.unit) if isinstance(found, Integer) else found
            if isinstance(found, YesNo):
                body = self.expressions.condition(symbol.unit, node.body, context)
            if (parameters is not None and parameters != mine) or (
                type_ is not None and type_ != found
            ):
                self.symbols.problem(
                    "L05",
                    symbol.unit.source,
                    node.name.span,
                    f"'{name}' is defined with other parameters or another type elsewhere.",
                    "All definitions of one name must have the same parameters and type.",
                    Related(place=symbols[0].place, message="defined here"),
                )
                continue
            parameters, type_ = mine, found
            under = self.expressions.under(symbol.unit, node.under)
            cases.append(model.DefinitionCase(body=body, under=under, place=symbol.place))
        if parameters is None or type_ is None:
            return
        texts = [s.node for s in symbols if isinstance(s.node, ast.Define)]
        phrases = [each.phrase.text for each in texts if each.phrase]
        negatives = [each.negative.text for each in texts if each.negative]
        self.expressions.signatures[name] = Signature(parameters, type_)
        self.definitions[name] = model.Definition(
            name=name,
            parameters=parameters,
            type=type_,
            cases=tuple(cases),
            phrase=phrases[0] if phrases else None,
            negative=negatives[0] if negatives else None,
            place=symbols[0].place,
        )

    def _check_parameters(self, symbol: Symbol, node: ast.Define) -> None:
        seen: set[str] = set()
        for each in node.parameters:
            known = self.symbols.table.get(each.name.text)
            if known is not None or each.name.text in seen:
                self.symbols.problem(
                    "L04",
                    symbol.unit.source,
                    each.name.span,
                    f"'{each.name.text}' already names something else.",
                    "Choose another name for the parameter.",
                )
            seen.add(each.name.text)
