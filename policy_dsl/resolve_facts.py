"""Ambiguities, facts, outputs and actions: declarations that hold no conditions on others."""

from __future__ import annotations

from dataclasses import dataclass

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.symbols import Symbol, Symbols, type_of
from policy_dsl.types import SetOf, Type


@dataclass
class FactResolver:
    """Resolves the vocabulary of one policy."""

    symbols: Symbols

    def ambiguities(self) -> dict[str, model.Ambiguity]:
        """Every ambiguity; the built-in one about "should" is the first."""
        found = {
            model.SHOULD: model.Ambiguity(
                name=model.SHOULD,
                question="Does 'should' bind, or does it advise?",
                readings=(
                    model.Reading(name="binding", text="'should' binds as 'must' does"),
                    model.Reading(name="advisory", text="'should' advises; it does not bind"),
                ),
                place=None,
            )
        }
        for name, symbol in self.symbols.table.items():
            if isinstance(symbol.node, ast.Ambiguity):
                found[name] = self._ambiguity(symbol, symbol.node)
        return found

    def _ambiguity(self, symbol: Symbol, node: ast.Ambiguity) -> model.Ambiguity:
        source = symbol.unit.source
        names = [each.name.text for each in node.readings]
        if len(set(names)) < 2 or len(set(names)) < len(names):
            self.symbols.problem(
                "L08",
                source,
                node.name.span,
                f"The ambiguity '{node.name.text}' needs two or more different readings.",
                'Add a line: reading NAME "what it says under this reading"',
            )
        if node.settled is not None and node.settled.text not in names:
            self.symbols.unknown(source, node.settled, "one of its readings", names)
        return model.Ambiguity(
            name=node.name.text,
            question=node.question.text if node.question else "",
            readings=tuple(
                model.Reading(
                    name=each.name.text,
                    text=each.text.text if each.text else each.name.text.replace("_", " "),
                )
                for each in node.readings
            ),
            settled=node.settled.text if node.settled else None,
            because=node.because.text if node.because else None,
            quote=node.quote.text.text if node.quote else None,
            place=symbol.place,
        )

    def facts(self, subject: str) -> dict[str, model.Fact]:
        """Every fact."""
        facts: dict[str, model.Fact] = {}
        for name, symbol in self.symbols.table.items():
            node = symbol.node
            if not isinstance(node, ast.FactDeclaration):
                continue
            self._check_controller(symbol, node)
            facts[name] = model.Fact(
                name=name,
                kind=node.kind,
                type=type_of(self.symbols, symbol.unit, node.type),
                optional=node.optional,
                by=node.by.text if node.by else None,
                per=node.per.text if node.per else None,
                phrase=node.phrase.text if node.phrase else None,
                negative=node.negative.text if node.negative else None,
                subject=subject,
                place=symbol.place,
            )
        return facts

    def _check_controller(self, symbol: Symbol, node: ast.FactDeclaration) -> None:
        needed = {"fact": "", "outside": "per"}.get(node.kind, "by")
        given = {"by": node.by, "per": node.per}
        example = {"by": "by ROLE", "per": 'per "the authority"'}
        if needed and given[needed] is None:
            self.symbols.problem(
                "L08",
                symbol.unit.source,
                node.span,
                f"A '{node.kind}' says who controls it.",
                f"Add '{example[needed]}' after the type.",
            )
        for word, value in given.items():
            if value is not None and word != needed:
                self.symbols.problem(
                    "L08",
                    symbol.unit.source,
                    value.span,
                    f"A '{node.kind}' takes no '{word}'.",
                    "'by ROLE' goes with judgment, grant and choice; 'per \"...\"' with outside.",
                )

    def output_types(self) -> dict[str, Type]:
        """The type of every output."""
        types: dict[str, Type] = {}
        for name, symbol in self.symbols.table.items():
            if isinstance(symbol.node, ast.OutputDeclaration):
                types[name] = type_of(self.symbols, symbol.unit, symbol.node.type)
                if isinstance(types[name], SetOf):
                    self.symbols.problem(
                        "L05",
                        symbol.unit.source,
                        symbol.node.type.span,
                        "An output cannot be a set.",
                        "Declare one yes/no output for each member.",
                    )
        return types

    def actions(self) -> dict[str, model.Action]:
        """Every action."""
        return {
            name: model.Action(
                name=name,
                phrase=symbol.node.phrase.text if symbol.node.phrase else name.replace("_", " "),
                by=symbol.node.by.text if symbol.node.by else None,
                place=symbol.place,
            )
            for name, symbol in self.symbols.table.items()
            if isinstance(symbol.node, ast.ActionDeclaration)
        }
