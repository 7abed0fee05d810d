"""From lark's tree of one declaration to syntax nodes: names, texts, numbers and types.

``build_expression.py`` adds conditions and terms, ``build_declaration.py`` the declarations.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple, cast

from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Code, Diagnostic, Related
from policy_dsl.lark_parser import ParseTree, Token
from policy_dsl.quantities import MOST_PLACES
from policy_dsl.source import Place, Source, Span
from policy_dsl.words import RESERVED

Child = ParseTree | Token | None

Bound = Literal["exactly", "at most", "at least"]

LARGEST = 10**15
"""The largest number a spec may hold, by absolute value."""


class Steps(NamedTuple):
    """A number in steps of ``10 ** -places``."""

    value: int
    places: int


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

    def day(self, token: Child) -> ast.DateValue:
        """A date; one that does not exist is reported."""
        span = span_of(cast(Token, token))
        try:
            value = date.fromisoformat(str(token))
        except ValueError:
            self.problem(
                "L12",
                span,
                f"There is no day {token}.",
                "Write dates as year-month-day, such as 2017-02-21.",
            )
            value = date(1970, 1, 1)
        return ast.DateValue(value=value, span=span)

    def number(self, tree: Child) -> Steps:
        """A number with or without a point, as steps of its last digit."""
        token = cast(Token, cast(ParseTree, tree).children[0])
        whole, _, behind = str(token).partition(".")
        digits = whole + behind
        if len(behind) > MOST_PLACES:
            self.problem(
                "L12",
                span_of(token),
                "This number has too many digits.",
                f"Up to {MOST_PLACES} digits can stand behind the point.",
            )
        elif len(digits.lstrip("0")) > 16 or int(digits) > LARGEST:
            counted = ", counted in steps of the last digit" if behind else ""
            self.problem(
                "L12",
                span_of(token),
                "This number is too large.",
                f"Numbers go up to {LARGEST}{counted}.",
            )
        else:
            return Steps(int(digits), len(behind))
        return Steps(0, 0)

    def whole(self, token: Token) -> int:
        """A whole number, refused when it is absurdly large."""
        if len(token) > 16 or int(token) > LARGEST:
            self.problem(
                "L12", span_of(token), "This number is too large.", f"Numbers go up to {LARGEST}."
            )
            return 0
        return int(token)

    def _bound_of_range(self, tree: Child) -> Steps | None:
        """A number with an optional sign, or None where it was left out."""
        if tree is None:
            return None
        sign, number = cast(list[Child], cast(ParseTree, tree).children)
        found = self.number(number)
        return Steps(-found.value, found.places) if sign is not None else found

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
                ordered = cast(ParseTree, kids[0]).data == "ordered_values"
                values = self.enum_values(kids[0])
                return ast.InlineEnum(values=values, ordered=ordered, span=span)
            case "set_type":
                return ast.SetType(name=self.name(kids[0]), span=span)
            case "integer_type":
                return ast.IntegerType(unit=self.unit(kids[0]), span=span)
            case "decimal_type":
                return self._decimal_type(kids[0], self.unit(kids[1]), span)
            case "range_type" | "range_below_type":
                first = kids[0] if tree.data == "range_type" else None
                return self._range_type(first, kids[-2], self.unit(kids[-1]), span)
            case "money_type":
                return ast.MoneyType(currency=self.name(kids[0]), span=span)
            case "money_range_type" | "money_below_type":
                first = kids[0] if tree.data == "money_range_type" else None
                low, high, places = self._bounds(first, kids[-2])
                currency = self.name(kids[-1])
                return ast.MoneyType(
                    low=low, high=high, currency=currency, places=places, span=span
                )
            case "date_type":
                return ast.DateType(span=span)
            case "date_range_type" | "date_below_type":
                first = kids[0] if tree.data == "date_range_type" else None
                last = kids[-1]
                return ast.DateType(
                    low=None if first is None else self.day(first),
                    high=None if last is None else self.day(last),
                    span=span,
                )
        raise AssertionError(tree.data)

    def _bounds(self, first: Child, last: Child) -> tuple[int | None, int | None, int]:
        """Both bounds of a range in steps of its last digit, and how many digits that has."""
        ends = [self._bound_of_range(first), self._bound_of_range(last)]
        places = max((each.places for each in ends if each is not None), default=0)
        low, high = (
            None if each is None else each.value * int(10 ** (places - each.places))
            for each in ends
        )
        return low, high, places

    def _range_type(
        self, first: Child, last: Child, unit: str | None, span: Span
    ) -> ast.IntegerType | ast.DecimalType:
        low, high, places = self._bounds(first, last)
        if places == 0:
            return ast.IntegerType(low=low, high=high, unit=unit, span=span)
        return ast.DecimalType(low=low, high=high, unit=unit, places=places, span=span)

    def _decimal_type(self, tree: Child, unit: str | None, span: Span) -> ast.DecimalType:
        step = self.number(tree)
        if step.value != 1 or step.places == 0:
            self.problem(
                "L12",
                span_of(cast(ParseTree, tree)),
                "The steps of a decimal number are tenths, hundredths, and so on.",
                "Write: decimal in steps of 0.01 (or 0.1, 0.001, and so on). For whole numbers "
                "write: integer",
            )
        return ast.DecimalType(unit=unit, places=max(step.places, 1), span=span)

    def unit(self, token: Child) -> str | None:
        """The word behind a number."""
        return None if token is None else self.name(token).text
