"""Types: from what is written to the model's types, and how messages speak of them."""

from __future__ import annotations

from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Related
from policy_dsl.resolve_numbers import number_type
from policy_dsl.resolve_unknown import unknown
from policy_dsl.source import Place
from policy_dsl.symbols import WHAT, Symbols, Unit
from policy_dsl.types import (
    Date,
    DecimalNumber,
    Duration,
    Enumeration,
    Integer,
    Money,
    SetOf,
    Type,
    YesNo,
    is_number,
)

TYPE_WORDS = ("date", "money", "decimal")
"""Words that stand for types, and so cannot name another; they may name anything else."""


def declare_types(symbols: Symbols) -> None:
    """Fill the table of named types."""
    for name, symbol in symbols.table.items():
        if isinstance(symbol.node, ast.TypeDeclaration):
            node = symbol.node
            if name in TYPE_WORDS:
                symbols.problem(
                    "L06",
                    symbol.unit.source,
                    node.name.span,
                    f"'{name}' is a type of the language and cannot be the name of another.",
                    f"Choose another name, such as '{name}_'.",
                )
            symbols.types[name] = _enumeration(
                symbols, symbol.unit, name, node.values, node.ordered
            )


def type_of(symbols: Symbols, unit: Unit, node: ast.TypeExpression) -> Type | None:
    """The type that a type expression names; None after an error."""
    match node:
        case ast.YesNoType():
            return YesNo()
        case ast.IntegerType():
            return number_type(symbols, unit, node)
        case ast.DecimalType() | ast.MoneyType() | ast.DateType():
            return number_type(symbols, unit, node)
        case ast.InlineEnum():
            return _enumeration(symbols, unit, "", node.values, node.ordered)
        case ast.NamedType() | ast.SetType():
            found = symbols.types.get(node.name.text)
            if found is None:
                unknown(symbols, unit.source, node.name, "a type", list(symbols.types))
                return None
            if node.name.text in symbols.doubtful:
                return None
            return SetOf(found) if isinstance(node, ast.SetType) else found


def _enumeration(
    symbols: Symbols, unit: Unit, name: str, values: tuple[ast.EnumValue, ...], ordered: bool
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
                f"Rename one of them: '... is {text}' must mean one thing.",
                Related(place=known.place, message="declared here"),
            )
    kept = list(seen.values())
    made = Enumeration(
        name=name,
        values=tuple(each.name.text for each in kept),
        phrases=tuple(each.phrase.text if each.phrase else None for each in kept),
        ordered=ordered,
    )
    for text in made.values:
        symbols.values.setdefault(text, made)
    return made


def same_kind(one: Type, other: Type) -> bool:
    """Whether values of the two types can be compared; units and phrases play no part."""
    match one, other:
        case Enumeration(), Enumeration():
            return (one.name, one.values) == (other.name, other.values)
        case SetOf(element=first), SetOf(element=second):
            return same_kind(first, second)
    return (is_number(one) and is_number(other)) or type(one) is type(other)


def described(type_: Type) -> str:
    """What a value of a type is, for an author: "a number of years"."""
    match type_:
        case YesNo():
            return "yes or no"
        case Integer() | DecimalNumber() | Duration():
            return "a number" + (f" of {type_.unit}" if type_.unit else "")
        case Money():
            return f"an amount in {type_.currency}"
        case Date():
            return "a date"
        case Enumeration():
            return f"a value of {type_.name}" if type_.name else f"one of {listed(type_)}"
        case SetOf(element=element):
            return f"a set of values of {element.name}"


def listed(type_: Enumeration) -> str:
    """The values of an enumeration, the first of very many."""
    return ", ".join(type_.values[:12]) + (", ..." if len(type_.values) > 12 else "")
