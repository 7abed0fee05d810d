"""The names a policy declares: one table over all its files, built before anything is typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Code, Diagnostic, Related, did_you_mean
from policy_dsl.source import Place, Source, Span
from policy_dsl.types import Enumeration, Integer, SetOf, Type, YesNo

Named: TypeAlias = (
    ast.TypeDeclaration
    | ast.FactDeclaration
    | ast.Define
    | ast.ActionDeclaration
    | ast.Decision
    | ast.OutputDeclaration
    | ast.Clause
    | ast.OrderStart
    | ast.Ambiguity
    | ast.Note
)

WHAT: dict[type[ast.Node], str] = {
    ast.TypeDeclaration: "a type",
    ast.FactDeclaration: "a fact",
    ast.Define: "a definition",
    ast.ActionDeclaration: "an action",
    ast.Decision: "a decision",
    ast.OutputDeclaration: "an output",
    ast.Clause: "a clause",
    ast.OrderStart: "an ordered list",
    ast.Ambiguity: "an ambiguity",
    ast.Note: "a note",
}
"""How a message speaks of each kind of declaration."""


@dataclass(frozen=True)
class Unit:
    """One file of a policy: its source, its tree, and the document it makes."""

    source: Source
    tree: ast.File

    @property
    def document(self) -> str:
        """The name of the document, from the file's ``policy`` header."""
        for each in self.tree.declarations:
            if isinstance(each, ast.PolicyHeader):
                return each.name.text
        return ""


@dataclass(frozen=True)
class Symbol:
    """A declared name: its declaration, and the file in which it stands."""

    node: Named
    unit: Unit

    @property
    def place(self) -> Place:
        """Where the name is declared."""
        return Place(self.unit.source, self.node.name.span)


@dataclass
class Symbols:
    """Every declared name. All kinds share one space of names, so that a word in a spec means
    one thing; values of enumerations and readings belong to their type or ambiguity."""

    units: tuple[Unit, ...]
    table: dict[str, Symbol] = field(default_factory=dict)
    cases: dict[str, list[Symbol]] = field(default_factory=dict)
    types: dict[str, Enumeration] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    broken: frozenset[str] = frozenset()

    def problem(
        self,
        code: Code,
        source: Source,
        span: Span,
        message: str,
        remedy: str,
        *related: Related,
    ) -> None:
        """Record an error."""
        self.problems.append(
            Diagnostic(
                code=code,
                place=Place(source, span),
                message=message,
                remedy=remedy,
                related=related,
            )
        )

    def unknown(self, source: Source, name: ast.Name, wanted: str, known: list[str]) -> None:
        """Record that a name is not known, unless its own declaration could not be parsed."""
        if name.text in self.broken:
            return
        found = self.table.get(name.text)
        if found is not None:
            self.problem(
                "L05",
                source,
                name.span,
                f"'{name.text}' is {WHAT[type(found.node)]}; here {wanted} is needed.",
                self._hint(name.text, wanted, known),
                Related(place=found.place, message="declared here"),
            )
            return
        self.problem(
            "L03",
            source,
            name.span,
            f"'{name.text}' is not declared; here {wanted} is needed.",
            self._hint(name.text, wanted, known),
        )

    @staticmethod
    def _hint(name: str, wanted: str, known: list[str]) -> str:
        near = did_you_mean(name, known)
        if near is not None:
            return f"Did you mean '{near}'?"
        if not known:
            return f"Declare {wanted} first."
        listed = ", ".join(f"'{each}'" for each in sorted(known)[:6])
        more = ", ..." if len(known) > 6 else ""
        return f"Declare it, or use one that is: {listed}{more}."

    def of_kind(self, *kinds: type[ast.Node]) -> list[str]:
        """The declared names of some kinds."""
        return [name for name, each in self.table.items() if isinstance(each.node, kinds)]

    def walk(self) -> Iterator[tuple[Unit, ast.Declaration]]:
        """Every declaration of every file, in order."""
        for unit in self.units:
            for each in unit.tree.declarations:
                yield unit, each


def collect(units: tuple[Unit, ...]) -> Symbols:
    """Build the table of names and report names that are declared twice."""
    broken = frozenset().union(*(unit.tree.broken for unit in units))
    symbols = Symbols(units=units, broken=broken)
    for unit, node in symbols.walk():
        if not isinstance(node, tuple(WHAT)):
            continue
        named: Named = node  # type: ignore[assignment]
        symbol = Symbol(node=named, unit=unit)
        known = symbols.table.get(named.name.text)
        if isinstance(named, ast.Define):
            symbols.cases.setdefault(named.name.text, []).append(symbol)
            if known is not None and isinstance(known.node, ast.Define):
                if named.under is not None and known.node.under is not None:
                    continue
                _twice(symbols, symbol, known, "Or give each of them its reading with 'under'.")
                continue
        if known is not None:
            _twice(symbols, symbol, known, "")
            continue
        symbols.table[named.name.text] = symbol
    for symbol in symbols.table.values():
        if isinstance(symbol.node, ast.TypeDeclaration):
            name = symbol.node.name.text
            symbols.types[name] = enumeration(symbols, symbol.unit, name, symbol.node.values)
    return symbols


def _twice(symbols: Symbols, symbol: Symbol, known: Symbol, remedy: str) -> None:
    name = symbol.node.name
    symbols.problem(
        "L04",
        symbol.unit.source,
        name.span,
        f"'{name.text}' is declared twice.",
        f"Give one of them another name. {remedy}".strip(),
        Related(place=known.place, message=f"first declared here, as {WHAT[type(known.node)]}"),
    )


def enumeration(
    symbols: Symbols, unit: Unit, name: str, values: tuple[ast.EnumValue, ...]
) -> Enumeration:
    """The type of a list of values; reports a value listed twice or that is also a name."""
    seen: dict[str, ast.EnumValue] = {}
    for value in values:
        text = value.name.text
        first = seen.setdefault(text, value)
        if first is not value:
            symbols.problem(
                "L04",
                unit.source,
                value.name.span,
                f"The value '{text}' is listed twice.",
                "Leave one out.",
                Related(place=Place(unit.source, first.name.span), message="first listed here"),
            )
        known = symbols.table.get(text)
        if known is not None and isinstance(
            known.node, ast.FactDeclaration | ast.Define | ast.OutputDeclaration
        ):
            symbols.problem(
                "L04",
                unit.source,
                value.name.span,
                f"The value '{text}' has the name of {WHAT[type(known.node)]}.",
                "Rename one of them: 'x is NAME' must mean one thing.",
                Related(place=known.place, message="declared here"),
            )
    kept = list(seen.values())
    return Enumeration(
        name=name,
        values=tuple(each.name.text for each in kept),
        phrases=tuple(each.phrase.text if each.phrase else None for each in kept),
    )


def type_of(symbols: Symbols, unit: Unit, node: ast.TypeExpression) -> Type:
    """The type that a type expression names; an error type is replaced by yes/no."""
    match node:
        case ast.YesNoType():
            return YesNo()
        case ast.IntegerType():
            if node.low is not None and node.high is not None and node.low > node.high:
                symbols.problem(
                    "L12",
                    unit.source,
                    node.span,
                    f"No number lies between {node.low} and {node.high}.",
                    f"Write {node.high} .. {node.low}.",
                )
            return Integer(node.low, node.high, node.unit)
        case ast.InlineEnum():
            return enumeration(symbols, unit, "", node.values)
        case ast.NamedType() | ast.SetType():
            found = symbols.types.get(node.name.text)
            if found is None:
                symbols.unknown(unit.source, node.name, "a type", list(symbols.types))
                return YesNo()
            return SetOf(found) if isinstance(node, ast.SetType) else found
