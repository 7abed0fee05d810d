"""The names a policy declares: one table over all its files, built before anything is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Code, Diagnostic, Related
from policy_dsl.qualified import OwnNames, own_names, splits, with_keys
from policy_dsl.source import Place, Source, Span
from policy_dsl.types import Enumeration

Named: TypeAlias = (
    ast.TypeDeclaration
    | ast.FactDeclaration
    | ast.Define
    | ast.ActionDeclaration
    | ast.ResourceDeclaration
    | ast.EventDeclaration
    | ast.Decision
    | ast.OutputDeclaration
    | ast.Clause
    | ast.OrderStart
    | ast.Process
    | ast.Ambiguity
    | ast.Note
)

WHAT: dict[type[ast.Node], str] = {
    ast.TypeDeclaration: "a type",
    ast.FactDeclaration: "a fact",
    ast.Define: "a definition",
    ast.ActionDeclaration: "an action",
    ast.ResourceDeclaration: "a resource",
    ast.EventDeclaration: "an event",
    ast.Decision: "a decision",
    ast.OutputDeclaration: "an output",
    ast.Clause: "a clause",
    ast.OrderStart: "an ordered list",
    ast.Process: "a process",
    ast.Ambiguity: "an ambiguity",
    ast.Note: "a note",
}
"""How a message speaks of each kind of declaration."""

_USE = re.compile(r"^[^\S\n]*(?P<use>use)\b", re.MULTILINE)


@dataclass(frozen=True)
class Unit:
    """One file of a policy: its source, its tree, and the document it makes.

    ``texts`` are the files that its header names, by ``text`` and ``raw``.
    """

    source: Source
    tree: ast.File
    texts: Mapping[str, Source] = field(default_factory=dict)

    @cached_property
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
    one thing; values of enumerations and readings belong to their type or ambiguity. What belongs
    to a document (``own``) stands in ``table`` and in the trees of ``units`` by its key.

    An error must not bring forth others: ``doubtful`` are names whose declaration could not be
    read, or is not the only one, so nothing is said of their use. Where ``incomplete``, a file
    is missing and may hold the declaration of any name. ``unread`` are the names of files that
    could not be read in full.
    """

    units: tuple[Unit, ...]
    own: OwnNames = field(default_factory=OwnNames)
    table: dict[str, Symbol] = field(default_factory=dict)
    cases: dict[str, list[Symbol]] = field(default_factory=dict)
    types: dict[str, Enumeration] = field(default_factory=dict)
    values: dict[str, Enumeration] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    incomplete: bool = False
    unread: frozenset[str] = frozenset()
    _syntax: dict[str, list[Span]] = field(default_factory=dict)

    def problem(
        self,
        code: Code,
        source: Source,
        span: Span,
        message: str,
        remedy: str,
        *related: Related,
    ) -> None:
        """Record an error; not if what it judges holds one already, from reading the file."""
        inside = self._syntax.get(source.name, ())
        judged = code in ("L05", "L12") and any(
            span.start <= each.start and each.end <= span.end for each in inside
        )
        if not judged:
            self.problems.append(
                Diagnostic(
                    code=code,
                    place=Place(source, span),
                    message=message,
                    remedy=remedy,
                    related=related,
                )
            )

    def meant(self, unit: Unit, name: ast.Name) -> ast.Name:
        """A name as it is written in a file, with the key of what it means in that document."""
        key = self.own.key(unit.document, name.text)
        return name if key == name.text else replace(name, text=key)

    def read_with(self, found: Diagnostic) -> None:
        """Take note of an error that was found while its file was read."""
        self._syntax.setdefault(found.place.source.name, []).append(found.place.span)

    def of_kind(self, *kinds: type[ast.Node]) -> list[str]:
        """The declared names of some kinds."""
        return [name for name, each in self.table.items() if isinstance(each.node, kinds)]

    def walk(self) -> Iterator[tuple[Unit, ast.Declaration]]:
        """Every declaration of every file, in order."""
        for unit in self.units:
            for each in unit.tree.declarations:
                yield unit, each


def collect(units: tuple[Unit, ...], problems: tuple[Diagnostic, ...] = ()) -> Symbols:
    """Build the table of names and report names that are declared twice.

    ``problems`` are the errors found while the files were read.
    """
    own = own_names([(unit.document, unit.tree) for unit in units])
    symbols = Symbols(
        units=tuple(replace(unit, tree=with_keys(unit.document, unit.tree, own)) for unit in units),
        own=own,
        doubtful=set().union(*(unit.tree.broken for unit in units)),
        incomplete=any(each.code in ("L07", "L13") for each in problems),
        unread=frozenset(each.place.source.name for each in problems if each.code != "L07"),
    )
    for each in problems:
        symbols.read_with(each)
    for unit in symbols.units:
        if unit.source.name in symbols.unread and _loses_a_use(unit):
            symbols.incomplete = True
    for unit, node in symbols.walk():
        if isinstance(node, tuple(WHAT)):
            _declare(symbols, Symbol(node=node, unit=unit))  # type: ignore[arg-type]
    _check_own(symbols)
    return symbols


def _loses_a_use(unit: Unit) -> bool:
    """Whether the file has a ``use`` that could not be parsed."""
    spans = [each.span for each in unit.tree.declarations]
    written = (each.start("use") for each in _USE.finditer(unit.source.text))
    return any(not any(s.start <= at < s.end for s in spans) for at in written)


def _declare(symbols: Symbols, symbol: Symbol) -> None:
    name = symbol.node.name.text
    known = symbols.table.setdefault(name, symbol)
    if isinstance(symbol.node, ast.Define):
        symbols.cases.setdefault(name, []).append(symbol)
        if isinstance(known.node, ast.Define) and known is not symbol:
            if symbol.node.under is not None and known.node.under is not None:
                return
            _twice(symbols, symbol, known, "Or give each of them its reading with 'under'.")
            return
    if known is not symbol:
        _twice(symbols, symbol, known, "")


def _check_own(symbols: Symbols) -> None:
    """Report a name that could be taken for the qualified one of another document's clause."""
    for (document, written), key in symbols.own.keys.items():
        symbol = symbols.table[key]
        for other, rest in splits(written):
            known = symbols.table.get(symbols.own.keys.get((other, rest), ""))
            if known is not None and other != document:
                symbols.doubtful.add(key)
                symbols.problem(
                    "L04",
                    symbol.unit.source,
                    symbol.node.name.span,
                    f"'{written}' can be read in two ways: as this name, and as '{rest}' of the "
                    f"document '{other}'.",
                    "Give one of them another name.",
                    Related(place=known.place, message="the other one"),
                )


def _twice(symbols: Symbols, symbol: Symbol, known: Symbol, remedy: str) -> None:
    name = symbol.node.name
    symbols.doubtful.add(name.text)
    symbols.problem(
        "L04",
        symbol.unit.source,
        name.span,
        f"'{name.text}' is declared twice.",
        f"Give one of them another name. {remedy}".strip(),
        Related(place=known.place, message=f"first declared here, as {WHAT[type(known.node)]}"),
    )
