"""From lark's tree of one declaration to syntax nodes: names, texts, numbers and types.

``build_expression.py`` adds conditions and terms, ``build_declaration.py`` the declarations.
"""

from __future__ import annotations

from typing import Literal, cast

from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Code, Diagnostic, Related
from policy_dsl.lark_parser import ParseTree, Token
from policy_dsl.source import Place, Source, Span
from policy_dsl.words import RESERVED

Child = ParseTree | Token | None

Bound = Literal["exactly", "at most", "at least"]

LARGEST = 10**15
"""The largest number a spec may hold, by absolute value."""


def span_of(item: ParseTree | Token) -> Span:
    """The span of a tree or token; lark gives none for a tree without tokens."""
    if isinstance(item, Token):
        start = item.start_pos or 0
        return Span(start, item.end_pos if item.end_pos is not None else start + len(item))
    if getattr(item.meta, "start_pos", None) is None:
        return ast.NOWHERE
    return Span(item.meta.start_pos, item.meta.end_pos)


def unquote(raw: str) -> str:
    """The value of a quoted text: escapes undone, white space folded to single blanks."""
    body = raw[1:-1]
    out: list[str] = []
    at = 0
    while at < len(body):
        if body[at] == "\\" and at + 1 < len(body):
            out.append(body[at + 1])
            at += 2
        else:
            out.append(body[at])
            at += 1
    return " ".join("".join(out).split())


class LeafBuilder:
    """Builds names, texts, numbers and types of one source and collects the problems it meets."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Diagnostic] = []

    def problem(self, code: Code, span: Span, message: str, remedy: str, *related: Related) -> None:
        """Record an error at a span of this source."""
        place = Place(self.source, span)
        self.problems.append(
            Diagnostic(code=code, place=place, message=message, remedy=remedy, related=related)
        )

    # --- leaves ---------------------------------------------------------------------------

    def name(self, token: Child, *, value_of_enumeration: bool = False) -> ast.Name:
        """A name; words of the language are refused (``none`` may be an enumeration's value)."""
        assert isinstance(token, Token)
        word = str(token)
        allowed = value_of_enumeration and word == "none"
        if word in RESERVED and not allowed:
            self.problem(
                "L06",
                span_of(token),
                f"'{word}' is a word of the language and cannot be a name.",
                f"Choose another name, such as '{word}_'.",
            )
        return ast.Name(text=word, span=span_of(token))

    def text(self, token: Child) -> ast.Text | None:
        """A quoted text, or None where it was left out."""
        if token is None:
            return None
        return ast.Text(text=unquote(str(token)), span=span_of(cast(Token, token)))

    def names(self, tree: Child) -> tuple[ast.Name, ...]:
        """A list of names."""
        return tuple(self.name(child) for child in cast(ParseTree, tree).children)

    def whole(self, token: Token) -> int:
        """A whole number, refused when it is absurdly large."""
        if len(token) > 16 or int(token) > LARGEST:
            self.problem(
                "L12", span_of(token), "This number is too large.", f"Numbers go up to {LARGEST}."
            )
            return 0
        return int(token)

    def integer(self, tree: Child) -> int | None:
        """A number with an optional sign, or None where it was left out."""
        if tree is None:
            return None
        sign, number = cast(list[Child], cast(ParseTree, tree).children)
        value = self.whole(cast(Token, number))
        return -value if sign is not None else value

    def bound(self, tree: Child) -> Bound:
        """``exactly``, ``at most`` or ``at least``."""
        return cast(Bound, str(cast(ParseTree, tree).data).replace("_", " "))

    def count(self, tree: Child) -> int:
        """The number in ``at least 2 of``; the word ``one`` is 1."""
        token = cast(Token, cast(ParseTree, tree).children[0])
        return 1 if token.type == "ONE" else self.whole(token)

    # --- types ----------------------------------------------------------------------------

    def enum_values(self, tree: Child) -> tuple[ast.EnumValue, ...]:
        """The values of an enumeration, each with its phrase."""
        values = []
        for child in cast(ParseTree, tree).children:
            value = cast(ParseTree, child)
            values.append(
                ast.EnumValue(
                    name=self.name(value.children[0], value_of_enumeration=True),
                    phrase=self.text(value.children[1]),
                    span=span_of(value),
                )
            )
        return tuple(values)

    def type(self, item: Child) -> ast.TypeExpression:
        """A type expression."""
        tree = cast(ParseTree, item)
        kids = cast(list[Child], tree.children)
        span = span_of(tree)
        match tree.data:
            case "yes_no_type":
                return ast.YesNoType(span=span)
            case "named_type":
                return ast.NamedType(name=self.name(kids[0]), span=span)
            case "inline_enum":
                return ast.InlineEnum(values=self.enum_values(kids[0]), span=span)
            case "set_type":
                return ast.SetType(name=self.name(kids[0]), span=span)
            case "integer_type":
                return ast.IntegerType(unit=self._unit(kids[0]), span=span)
            case "range_type":
                low, high = self.integer(kids[0]), self.integer(kids[1])
                return ast.IntegerType(low=low, high=high, unit=self._unit(kids[2]), span=span)
            case "range_below_type":
                high = self.integer(kids[0])
                return ast.IntegerType(high=high, unit=self._unit(kids[1]), span=span)
        raise AssertionError(tree.data)

    def _unit(self, token: Child) -> str | None:
        return None if token is None else self.name(token).text
