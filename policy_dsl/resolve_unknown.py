"""What is said of a name that nothing declares, or that names something of another kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Related, did_you_mean
from policy_dsl.source import Source
from policy_dsl.symbols import WHAT, Symbol, Symbols
from policy_dsl.types import Enumeration
from policy_dsl.wording import joined

Wanted: TypeAlias = Literal[
    "a type",
    "a fact",
    "an action",
    "an event",
    "an event or an action",
    "an output",
    "a resource",
    "a clause",
    "an ambiguity",
    "a definition with parameters",
    "a fact, definition or clause",
    "a fact, definition, clause or output",
]

_VALUES: tuple[Wanted, ...] = (
    "a fact, definition or clause",
    "a fact, definition, clause or output",
)

MOST_GUESSES = 200
"""For how many errors a name is looked for that may have been meant: it takes time."""


def unknown(
    symbols: Symbols, source: Source, name: ast.Name, wanted: Wanted, known: Iterable[str]
) -> None:
    """Record that a name does not stand for what is wanted.

    Nothing is recorded where that follows from another error: its own declaration is in doubt,
    or could stand in a file that is missing.
    """
    if name.text in symbols.doubtful:
        return
    known = sorted(set(known) - symbols.doubtful)
    found = symbols.table.get(name.text)
    if found is not None:
        symbols.problem(
            "L05",
            source,
            name.span,
            f"'{name.text}' is {WHAT[type(found.node)]}; here {wanted} is needed.",
            _nearest(symbols, name.text, known)
            or _of_another_kind(name.text, found, wanted)
            or _choice(wanted, known, "Use one that is declared"),
            Related(place=found.place, message="declared here"),
        )
    elif name.text in symbols.values and wanted in _VALUES:
        type_ = symbols.values[name.text]
        symbols.problem(
            "L05",
            source,
            name.span,
            f"'{name.text}' is {_one_value(type_)}; here {wanted} is needed.",
            _asking_for(symbols, name.text, type_),
        )
    elif name.text in symbols.own.shared:
        having = symbols.own.shared[name.text]
        symbols.problem(
            "L03",
            source,
            name.span,
            f"Several documents have a '{name.text}': {joined(having, 'and')}.",
            f"Say which: {joined([f'{each}.{name.text}' for each in having], 'or')}",
        )
    elif not symbols.incomplete:
        symbols.problem(
            "L03",
            source,
            name.span,
            f"'{name.text}' is not declared; here {wanted} is needed.",
            _nearest(symbols, name.text, known)
            or _choice(wanted, known, "Declare it, or use one that is declared"),
        )


def _nearest(symbols: Symbols, name: str, known: list[str]) -> str | None:
    if len(symbols.problems) >= MOST_GUESSES:
        return None
    near = did_you_mean(name, known)
    return None if near is None else f"Did you mean '{near}'?"


def _choice(wanted: Wanted, known: list[str], what: str) -> str:
    if not known:
        return f"Declare {wanted} first."
    some = ", ".join(f"'{each}'" for each in known[:6])
    return f"{what}: {some}{', ...' if len(known) > 6 else '.'}"


def _of_another_kind(name: str, found: Symbol, wanted: Wanted) -> str | None:
    if wanted == "an ambiguity":
        return "Only readings stand behind 'under'; write other conditions behind 'when'."
    if wanted not in _VALUES:
        return None
    match found.node:
        case ast.ActionDeclaration() if wanted == _VALUES[1]:
            return f"Say what is asked of it, such as 'must {name}', 'may {name}' or 'silent on'."
        case ast.ActionDeclaration():
            return (
                "Name the clause that speaks of it, or a fact that says that it was done. Only "
                f"'expect' asks what the policy says, such as 'must {name}'."
            )
        case ast.OutputDeclaration():
            return "Only 'expect' can ask for an output. Name the conditions under which it is set."
        case ast.Ambiguity():
            reading = found.node.readings[0].name.text
            return f"Readings are asked for behind 'under' alone: under {name} is {reading}"
    return None


def _one_value(type_: Enumeration) -> str:
    return f"a value of {type_.name}" if type_.name else "a value of a fact"


def _asking_for(symbols: Symbols, value: str, type_: Enumeration) -> str:
    """How a value of a list is asked for, with a fact that has it."""
    for name, symbol in symbols.table.items():
        if isinstance(symbol.node, ast.FactDeclaration):
            match symbol.node.type:
                case ast.NamedType(name=ast.Name(text=text)) if text == type_.name:
                    return f"Say which fact has it: {name} is {value}"
                case ast.SetType(name=ast.Name(text=text)) if text == type_.name:
                    return f"Say which fact has it: {name} includes {value}"
                case ast.InlineEnum(values=values) if value in {v.name.text for v in values}:
                    return f"Say which fact has it: {name} is {value}"
    return "Say which fact has it: '... is VALUE'."
