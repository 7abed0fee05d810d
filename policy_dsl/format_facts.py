"""Types, facts and what else has a phrase, laid out; and the pieces that declarations share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from policy_dsl import syntax as ast
from policy_dsl.format_expression import WIDTH, ExpressionWriter, Item
from policy_dsl.format_flat import quoted
from policy_dsl.format_types import flat_type, flat_values
from policy_dsl.trivia import Trivia

Tail: TypeAlias = tuple[str, ast.Expression | ast.Text | None]
"""A keyword and what follows it, such as ``when`` and a condition; None where it is left out."""


@dataclass(frozen=True, kw_only=True)
class Columns:
    """How wide the columns of a run of facts or actions are."""

    keyword: int = 0
    name: int = 0


def flat_action(node: ast.ActionDeclaration, trivia: Trivia) -> str:
    """An action on one line, from its phrase on."""
    return FactWriter(trivia, 0, Columns()).flat_action(node)


def flat_fact(node: ast.FactDeclaration, trivia: Trivia) -> str:
    """A fact on one line, from its type on."""
    return FactWriter(trivia, 0, Columns()).flat_fact(node)


class FactWriter(ExpressionWriter):
    """Writes types, and declarations with phrases."""

    def __init__(self, trivia: Trivia, indent: int, columns: Columns) -> None:
        super().__init__(trivia, indent)
        self.indent = indent
        self.columns = columns

    # --- pieces ---------------------------------------------------------------------------

    def headed(self, keyword: str, name: ast.Name, title: ast.Text | None, kind: str = "") -> None:
        """The first line of a declaration with a title."""
        self.put(f"{keyword} {name.text}{kind}")
        if title is not None:
            self.put(" ")
            self.text(title)

    def part(self, keyword: str, width: int, value: ast.Expression | ast.Text) -> None:
        """A part of a declaration on a line of its own."""
        self.newline(self.indent + 2)
        self.put(f"{keyword:<{width}} ")
        self.value(value)

    def value(self, value: ast.Expression | ast.Text) -> None:
        """A text or a condition."""
        if isinstance(value, ast.Text):
            self.text(value)
        else:
            self.expression(value, hanging=True)

    def flat_tails(self, tails: Sequence[Tail]) -> str:
        """Parts behind a declaration, on one line."""
        return "".join(
            f" {keyword} {quoted(value) if isinstance(value, ast.Text) else self.flat(value)}"
            for keyword, value in tails
            if value is not None
        )

    def tails(self, tails: Sequence[Tail]) -> None:
        """Parts behind a declaration: the first on its line if it fits, the others on their own."""
        given = [(keyword, value) for keyword, value in tails if value is not None]
        first = self.flat_tails(given[:1])
        if self.fits(first) and not self.forced_any([value for _, value in given[:1]]):
            self.put(first)
            given = given[1:]
        width = max((len(keyword) for keyword, _ in given), default=0)
        for keyword, value in given:
            self.part(keyword, width, value)

    def forced_any(self, nodes: Sequence[ast.Node | None]) -> bool:
        """Whether a comment inside one of the nodes asks for a line break there."""
        return any(each is not None and self.forced(each) for each in nodes)

    def with_tails(self, names: Sequence[ast.Name], tails: Sequence[Tail]) -> None:
        """Names and the parts behind them, on one line if they fit."""
        flat = ", ".join(each.text for each in names) + self.flat_tails(tails)
        breaks = any(self.trivia.breaks_after(each.span) for each in names[:-1])
        if self.fits(flat) and not breaks and not self.forced_any([each for _, each in tails]):
            self.put(flat)
        else:
            self.names(names)
            self.tails(tails)

    def behind(self, column: int, *parts: str | ast.Text) -> None:
        """Words and a text, on this line if they fit, or else on the next one."""
        flat = " ".join(quoted(each) if isinstance(each, ast.Text) else each for each in parts)
        if self.fits(" " + flat):
            self.put(" ")
        else:
            self.newline(column)
        for index, each in enumerate(parts):
            self.put(" " if index else "")
            if isinstance(each, ast.Text):
                self.text(each)
            else:
                self.put(each)

    def phrases(self, column: int, phrase: ast.Text | None, negative: ast.Text | None) -> None:
        """How a thing is said, and how it is denied, each on a line of its own."""
        if phrase is not None:
            self.newline(column)
            self.text(phrase)
        if negative is not None:
            self.newline(column)
            self.put("otherwise ")
            self.text(negative)

    # --- types and facts ------------------------------------------------------------------

    def _type(self, node: ast.TypeExpression, tail: int = 0) -> None:
        flat = flat_type(node)
        if not isinstance(node, ast.InlineEnum) or (
            self.fits(flat, tail) and not _breaks(self, node)
        ):
            self.put(flat)
            return
        self.put("one of (")
        self._values(node.values, node.ordered, tail + 1)
        self.put(")")

    def _values(self, values: Sequence[ast.EnumValue], ordered: bool, tail: int = 0) -> None:
        comma = " <" if ordered else ","
        phrased = any(each.phrase is not None for each in values)
        width = max(len(each.name.text) for each in values) if phrased else 0

        if not phrased:
            names = [Item(flat=each.name.text, node=each) for each in values]
            self.fill(names, tail, comma=comma)
            return

        def writer(value: ast.EnumValue) -> Callable[[int], None]:
            def write(_: int) -> None:
                if value.phrase is None:
                    self.put(value.name.text)
                else:
                    self.put(f"{value.name.text:<{width}} ")
                    self.text(value.phrase)

            return write

        never_flat = " " * (WIDTH + 1)
        items = [Item(flat=never_flat, node=each, write=writer(each)) for each in values]
        self.fill(items, tail, each_line=True, comma=comma)

    def type_declaration(self, node: ast.TypeDeclaration) -> None:
        """``type NAME is one of ...``: values with phrases stand on lines of their own."""
        self.put(f"type {node.name.text} is one of")
        flat = " " + flat_values(node.values, node.ordered)
        breaks = _breaks(self, node)
        if self.fits(flat) and not breaks:
            self.put(flat)
        elif breaks or any(each.phrase is not None for each in node.values):
            self.newline(self.indent + 2)
            self._values(node.values, node.ordered)
        else:
            self.put(" ")
            self._values(node.values, node.ordered)

    def flat_fact(self, node: ast.FactDeclaration) -> str:
        """A fact on one line, from its type on."""
        parts = ["optional" if node.optional else "", flat_type(node.type)]
        parts.append(f"by {node.by.text}" if node.by else "")
        parts.append(f"per {quoted(node.per)}" if node.per else "")
        parts.append(quoted(node.phrase) if node.phrase else "")
        parts.append(f"otherwise {quoted(node.negative)}" if node.negative else "")
        return " ".join(each for each in parts if each)

    def fact(self, node: ast.FactDeclaration) -> None:
        """A fact of any kind."""
        kind = f"{node.kind:<{self.columns.keyword}} "
        hang = self.indent + len(kind)
        self.put(f"{kind}{node.name.text:<{self.columns.name}} : ")
        flat = self.flat_fact(node)
        if self.fits(flat) and not _breaks(self, node.type):
            self.put(flat)
            return
        self.put("optional " if node.optional else "")
        self._type(node.type)
        if node.by is not None:
            self.behind(hang, f"by {node.by.text}")
        if node.per is not None:
            self.behind(hang, "per", node.per)
        self.phrases(hang, node.phrase, node.negative)

    def define(self, node: ast.Define) -> None:
        """A definition."""
        hang = self.indent + len("define ")
        self.put(f"define {node.name.text}")
        if node.parameters:
            self.put("(")
            texts = [f"{each.name.text}: {flat_type(each.type)}" for each in node.parameters]
            pairs = zip(texts, node.parameters, strict=True)
            self.fill([Item(flat=text, node=each) for text, each in pairs], len(") is"))
            self.put(")")
        self.put(" is")
        phrases = f" {quoted(node.phrase)}" if node.phrase else ""
        phrases += f" otherwise {quoted(node.negative)}" if node.negative else ""
        flat = self.flat(node.body)
        forced = self.forced(node.body)
        whole = f" {flat}{phrases}{self.flat_tails([('under', node.under)])}"
        if self.fits(whole) and not forced and not self.forced_any([node.under]):
            self.put(whole)
            return
        if self.fits(" " + flat) and not forced:
            self.put(" " + flat)
        else:
            self.newline(hang + 2)
            if not self.fits(flat) or forced:
                junction = isinstance(node.body, ast.And | ast.Or | ast.Implies)
                self.put("  " if junction else "")
            self.expression(node.body, hanging=True)
        self.phrases(hang, node.phrase, node.negative)
        if node.under is not None:
            self.newline(hang)
            self.put("under ")
            self.expression(node.under, hanging=True)

    def flat_action(self, node: ast.ActionDeclaration) -> str:
        """An action on one line, from its phrase on."""
        parts = [quoted(node.phrase) if node.phrase else ""]
        parts.append(f"by {node.by.text}" if node.by else "")
        parts.append(self._flat_uses(node))
        return " ".join(each for each in parts if each)

    def _flat_uses(self, node: ast.ActionDeclaration) -> str:
        used = [f"{self.count(each.count, each, 0)} {each.resource.text}" for each in node.uses]
        return f"uses {', '.join(used)}" if used else ""

    def action(self, node: ast.ActionDeclaration) -> None:
        """An action."""
        hang = self.indent + len("action ")
        self.put(f"action {node.name.text}")
        flat = self.flat_action(node)
        gap = " " * max(1, hang + self.columns.name + 1 - self.column)
        if not flat or self.fits(gap + flat):
            self.put(gap + flat if flat else "")
            return
        if node.phrase is not None:
            self.newline(hang)
            self.text(node.phrase)
        if node.by is not None:
            self.behind(hang, f"by {node.by.text}")
        if node.uses:
            self.behind(hang, self._flat_uses(node))

    def resource(self, node: ast.ResourceDeclaration) -> None:
        """A resource: for whom it is, and what holds of those who get none, may follow below."""
        self.headed("resource", node.name, node.phrase)
        if node.low is not None:
            high = "" if node.high is None else f" {node.high}"
            self.behind(self.indent + 2, f"capacity {node.low} ..{high}")
        self.tails([("for", node.scope), ("short when", node.short)])

    def output(self, node: ast.OutputDeclaration) -> None:
        """An output."""
        hang = self.indent + len("output ")
        self.put(f"output {node.name.text} : ")
        phrase = f" {quoted(node.phrase)}" if node.phrase else ""
        flat = flat_type(node.type) + phrase + self.flat_tails([("when", node.when)])
        if self.fits(flat) and not _breaks(self, node.type) and not self.forced_any([node.when]):
            self.put(flat)
            return
        self._type(node.type)
        self.phrases(hang, node.phrase, None)
        if node.when is not None:
            self.newline(hang)
            self.put("when ")
            self.expression(node.when, hanging=True)


def _breaks(writer: ExpressionWriter, node: ast.Node) -> bool:
    """Whether a comment between the values of an enumeration asks for a line break."""
    values = node.values if isinstance(node, ast.InlineEnum | ast.TypeDeclaration) else ()
    return any(writer.trivia.breaks_after(each.span) for each in values[:-1])
