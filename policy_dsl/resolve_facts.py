"""Ambiguities, facts, outputs and actions: declarations that hold no conditions on others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Related, did_you_mean
from policy_dsl.resolve_resources import uses
from policy_dsl.resolve_types import type_of
from policy_dsl.source import Place, Span
from policy_dsl.symbols import Symbol, Symbols
from policy_dsl.types import SetOf, Type


@dataclass(frozen=True)
class _Controller:
    """The word by which a kind of fact says who controls it."""

    word: Literal["by", "per"]
    what: str
    example: str


_CONTROLLERS: Mapping[model.FactKind, _Controller | None] = {
    "fact": None,
    "judgment": _Controller("by", "whose judgment it is", "by ROLE"),
    "grant": _Controller("by", "who grants it", "by ROLE"),
    "choice": _Controller("by", "whose choice it is", "by ROLE"),
    "outside": _Controller("per", "which authority decides it", 'per "the authority"'),
}
_INSTEAD = {"by": "'judgment', 'grant' or 'choice'", "per": "'outside'"}


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
        seen: dict[str, Span] = {}
        for each in node.readings:
            name, span = each.name.text, each.name.span
            if seen.setdefault(name, span) is not span:
                self.symbols.problem(
                    "L04",
                    source,
                    span,
                    f"The reading '{name}' is listed twice.",
                    "Give one of them another name, or leave it out.",
                    Related(place=Place(source, seen[name]), message="first listed here"),
                )
        if len(node.readings) < 2:
            self.symbols.problem(
                "L08",
                source,
                node.name.span,
                f"The ambiguity '{node.name.text}' has one reading; it needs two or more.",
                'Add a line: reading NAME "what it says under this reading"',
            )
        if node.settled is not None and node.settled.text not in seen:
            near = did_you_mean(node.settled.text, seen)
            self.symbols.problem(
                "L03",
                source,
                node.settled.span,
                f"'{node.settled.text}' is not a reading of '{node.name.text}'.",
                f"Did you mean '{near}'?" if near else "Its readings are: " + ", ".join(seen),
            )
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
            type_ = type_of(self.symbols, symbol.unit, node.type)
            if type_ is None:
                self.symbols.doubtful.add(name)
                continue
            facts[name] = model.Fact(
                name=name,
                kind=node.kind,
                type=type_,
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
        needed = _CONTROLLERS[node.kind]
        wrong = [
            (word, given)
            for word, given in (("by", node.by), ("per", node.per))
            if given is not None and (needed is None or word != needed.word)
        ]
        for word, given in wrong:
            self.symbols.problem(
                "L08",
                symbol.unit.source,
                given.span,
                f"A fact that is declared with '{node.kind}' takes no '{word}'.",
                f"Write instead: {needed.example}"
                if needed is not None
                else f"Leave it out, or write {_INSTEAD[word]} in place of 'fact'.",
            )
        missing = needed is not None and getattr(node, needed.word) is None
        if needed is not None and missing and not wrong:
            self.symbols.problem(
                "L08",
                symbol.unit.source,
                node.name.span,
                f"'{node.kind}' needs to say {needed.what}.",
                f"Write after the type: {needed.example}",
            )

    def output_types(self) -> dict[str, Type]:
        """The type of every output."""
        types: dict[str, Type] = {}
        for name, symbol in self.symbols.table.items():
            if not isinstance(symbol.node, ast.OutputDeclaration):
                continue
            type_ = type_of(self.symbols, symbol.unit, symbol.node.type)
            if isinstance(type_, SetOf):
                self.symbols.problem(
                    "L05",
                    symbol.unit.source,
                    symbol.node.type.span,
                    "An output cannot be a set.",
                    "Declare one yes/no output for each member.",
                )
            if type_ is None or isinstance(type_, SetOf):
                self.symbols.doubtful.add(name)
            else:
                types[name] = type_
        return types

    def actions(self) -> dict[str, model.Action]:
        """Every action."""
        return {
            name: model.Action(
                name=name,
                phrase=symbol.node.phrase.text if symbol.node.phrase else name.replace("_", " "),
                by=symbol.node.by.text if symbol.node.by else None,
                uses=uses(self.symbols, symbol.unit, symbol.node),
                place=symbol.place,
            )
            for name, symbol in self.symbols.table.items()
            if isinstance(symbol.node, ast.ActionDeclaration)
        }
