"""Definitions: each is resolved after all on which it rests, so they may stand in any order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Related
from policy_dsl.graph import components
from policy_dsl.quantities import unbounded
from policy_dsl.resolve_base import Context, Failed, Signature, type_of_expression
from policy_dsl.resolve_expression import ExpressionResolver
from policy_dsl.resolve_graph import circle_through, report_circle
from policy_dsl.resolve_types import type_of
from policy_dsl.source import Place
from policy_dsl.symbols import Symbol, Symbols
from policy_dsl.types import YesNo, is_number


@dataclass
class DefinitionResolver:
    """Resolves the definitions of one policy and finds circles among them."""

    symbols: Symbols
    expressions: ExpressionResolver
    definitions: dict[str, model.Definition] = field(default_factory=dict)
    """Those without an error, and those of which at least one body has none."""
    whole: set[str] = field(default_factory=set)
    """Those without an error."""

    def run(self) -> None:
        """Resolve all definitions and fill the table of signatures."""
        cases = self.symbols.cases
        references = {name: dict(self._references(name)) for name in cases}
        edges = {name: list(named) for name, named in references.items()}
        for component in components(cases, edges):
            circle = circle_through(component, edges)
            if circle is not None:
                report_circle(
                    self.symbols,
                    f"The definition '{circle[0]}' rests on itself",
                    circle,
                    references,
                    "Define one of them without the next.",
                )
            for name in component:
                self._define(name)

    def _references(self, name: str) -> Iterator[tuple[str, Place]]:
        """The definitions that stand in the bodies of one, with their places; the first is last."""
        found = []
        for symbol in self.symbols.cases[name]:
            assert isinstance(symbol.node, ast.Define)
            mine = {each.name.text for each in symbol.node.parameters}
            for each in _names(symbol.node.body):
                if each.text in self.symbols.cases and each.text not in mine:
                    found.append((each.text, Place(symbol.unit.source, each.span)))
        return reversed(found)

    def _define(self, name: str) -> None:
        symbols = self.symbols.cases[name]
        signature: Signature | None = None
        cases: list[model.DefinitionCase] = []
        fits = True
        for symbol in symbols:
            node = symbol.node
            assert isinstance(node, ast.Define)
            found = self._case(symbol, node)
            if found is None:
                continue
            mine, case = found
            if signature is not None and signature != mine:
                fits = False
                if name not in self.symbols.doubtful:
                    self._mismatch(name, symbol, symbols[0])
                continue
            signature = mine
            cases.append(case)
        if signature is None:
            return
        if fits:
            self.expressions.signatures[name] = signature
        if len(cases) == len(symbols) and not any(each.under is model.TRUE for each in cases):
            self.whole.add(name)
        texts = [s.node for s in symbols if isinstance(s.node, ast.Define)]
        phrases = [each.phrase.text for each in texts if each.phrase]
        negatives = [each.negative.text for each in texts if each.negative]
        self.definitions[name] = model.Definition(
            name=name,
            parameters=signature.parameters,
            type=signature.type,
            cases=tuple(cases),
            phrase=phrases[0] if phrases else None,
            negative=negatives[0] if negatives else None,
            place=symbols[0].place,
        )

    def _mismatch(self, name: str, symbol: Symbol, first: Symbol) -> None:
        self.symbols.problem(
            "L05",
            symbol.unit.source,
            symbol.node.name.span,
            f"'{name}' is defined with other parameters or another type elsewhere.",
            "All definitions of one name must have the same parameters and type.",
            Related(place=first.place, message="defined here"),
        )

    def _case(
        self, symbol: Symbol, node: ast.Define
    ) -> tuple[Signature, model.DefinitionCase] | None:
        """One body with what it shows of the definition; None after an error."""
        types = {
            each.name.text: type_of(self.symbols, symbol.unit, each.type)
            for each in node.parameters
        }
        self._check_parameters(symbol, node)
        context = Context(parameters=types)
        under = self.expressions.under(symbol.unit, node.under)
        body = self.expressions.term(symbol.unit, node.body, context)
        if body is None:
            return None
        type_ = type_of_expression(body)
        if is_number(type_):
            type_ = unbounded(type_)
        if isinstance(type_, YesNo):
            try:
                body = self.expressions.as_condition(symbol.unit, node.body, body)
            except Failed:
                return None
        parameters = tuple((name, each) for name, each in types.items() if each is not None)
        if len(parameters) < len(node.parameters):
            return None
        case = model.DefinitionCase(body=body, under=under, place=symbol.place)
        return Signature(parameters, type_), case

    def _check_parameters(self, symbol: Symbol, node: ast.Define) -> None:
        seen: dict[str, Place] = {}
        for each in node.parameters:
            name = each.name.text
            place = Place(symbol.unit.source, each.name.span)
            known = self.symbols.table.get(self.symbols.meant(symbol.unit, each.name).text)
            first = known.place if known is not None else seen.get(name)
            value = self.symbols.values.get(name)
            if first is not None or value is not None:
                self.symbols.problem(
                    "L04",
                    symbol.unit.source,
                    each.name.span,
                    f"'{name}' already names "
                    + ("something else." if first is not None else "a value of a list."),
                    "Choose another name for the parameter.",
                    *([Related(place=first, message="declared here")] if first else []),
                )
            seen.setdefault(name, place)


def _names(node: ast.Node) -> Iterator[ast.Name]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, ast.Name):
            yield each
        waiting += reversed(list(each.children()))
