"""Declarations laid out: one a call, as lines without comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from policy_dsl import syntax as ast
from policy_dsl.format_expression import WIDTH, ExpressionWriter, quoted
from policy_dsl.trivia import Trivia

Tail: TypeAlias = tuple[str, ast.Expression | ast.Text | None]
"""A keyword and what follows it, such as ``when`` and a condition; None where it is left out."""


@dataclass(frozen=True, kw_only=True)
class Columns:
    """How wide the columns of a run of facts or actions are."""

    keyword: int = 0
    name: int = 0


def write_declaration(
    node: ast.Declaration, trivia: Trivia, indent: int = 0, columns: Columns | None = None
) -> list[str]:
    """A declaration as lines, the first one with its indentation."""
    writer = _DeclarationWriter(trivia, indent, columns or Columns())
    writer.declaration(node)
    return writer.lines


class _DeclarationWriter(ExpressionWriter):
    def __init__(self, trivia: Trivia, indent: int, columns: Columns) -> None:
        super().__init__(trivia, indent)
        self.indent = indent
        self.columns = columns

    def declaration(self, node: ast.Declaration) -> None:
        match node:
            case ast.PolicyHeader():
                self._headed("policy", node.name, node.title)
                width = max((len(each.keyword) for each in node.parts), default=0)
                for part in node.parts:
                    self.newline(self.indent + 2)
                    self.put(f"{part.keyword:<{width}} ")
                    self._header_value(part.value)
            case ast.Use():
                self.put("use ")
                self.text(node.path)
            case ast.Authorities():
                self._authorities(node)
            case ast.TypeDeclaration():
                self._type_declaration(node)
            case ast.Subject():
                self.put(f"subject {node.name.text}")
            case ast.FactDeclaration():
                self._fact(node)
            case ast.Define():
                self._define(node)
            case ast.Assume():
                self._assume(node)
            case ast.ActionDeclaration():
                self._action(node)
            case ast.Decision():
                count = self.count(node.count, node, 3 + len(node.bound.split()))
                self.put(f"decision {node.name.text} is {node.bound} {count} of ")
                self._with_tails(node.actions, [("when", node.when), ("under", node.under)])
            case ast.Cannot():
                self.put("cannot ")
                tails: list[Tail] = [("when", node.when), ("under", node.under)]
                self._with_tails(node.actions, [*tails, ("because", node.because)])
            case ast.Settle():
                self.put("settle ")
                self._with_tails(node.actions, [("when", node.when)])
            case ast.OutputDeclaration():
                self._output(node)
            case ast.Clause():
                self._clause(node)
            case ast.OrderStart():
                self._headed("in order", node.name, node.title)
            case ast.OrderEnd():
                self.put("end order")
            case ast.Ambiguity():
                self._ambiguity(node)
            case ast.Note():
                self._headed("note", node.name, node.title, f" {node.kind}")
                for quote in node.quotes:
                    self._part("quote", 0, quote.text)
            case ast.Expect():
                self._expect(node)
            case _:
                assert_never(node)

    # --- pieces ---------------------------------------------------------------------------

    def _headed(
        self, keyword: str, name: ast.Name, title: ast.Text | None, kind: str = ""
    ) -> None:
        self.put(f"{keyword} {name.text}{kind}")
        if title is not None:
            self.put(" ")
            self.text(title)

    def _part(self, keyword: str, width: int, value: ast.Expression | ast.Text) -> None:
        """A part of a declaration on a line of its own."""
        self.newline(self.indent + 2)
        self.put(f"{keyword:<{width}} ")
        self._value(value)

    def _value(self, value: ast.Expression | ast.Text) -> None:
        if isinstance(value, ast.Text):
            self.text(value)
        else:
            self.expression(value, hanging=True)

    def _flat_tails(self, tails: Sequence[Tail]) -> str:
        return "".join(
            f" {keyword} {quoted(value) if isinstance(value, ast.Text) else self.flat(value)}"
            for keyword, value in tails
            if value is not None
        )

    def _tails(self, tails: Sequence[Tail]) -> None:
        """Parts behind a declaration, each on a line of its own."""
        given = [(keyword, value) for keyword, value in tails if value is not None]
        width = max((len(keyword) for keyword, _ in given), default=0)
        for keyword, value in given:
            self._part(keyword, width, value)

    def _forced_any(self, nodes: Sequence[ast.Node | None]) -> bool:
        return any(each is not None and self.forced(each) for each in nodes)

    def _with_tails(self, names: Sequence[ast.Name], tails: Sequence[Tail]) -> None:
        flat = ", ".join(each.text for each in names) + self._flat_tails(tails)
        breaks = any(self.trivia.breaks_after(each.span) for each in names[:-1])
        if self.fits(flat) and not breaks and not self._forced_any([each for _, each in tails]):
            self.put(flat)
        else:
            self.names(names)
            self._tails(tails)

    def _behind(self, column: int, *parts: str | ast.Text) -> None:
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

    def _phrases(self, column: int, phrase: ast.Text | None, negative: ast.Text | None) -> None:
        if phrase is not None:
            self.newline(column)
            self.text(phrase)
        if negative is not None:
            self.newline(column)
            self.put("otherwise ")
            self.text(negative)

    # --- the document ---------------------------------------------------------------------

    def _header_value(self, value: ast.Name | ast.Text | ast.DateValue) -> None:
        match value:
            case ast.Name():
                self.put(value.text)
            case ast.Text():
                self.text(value)
            case ast.DateValue():
                self.put(value.value.isoformat())
            case _:
                assert_never(value)

    def _authorities(self, node: ast.Authorities) -> None:
        self.put("authorities ")
        column = self.column
        for index, each in enumerate(node.names):
            if index and self.fits(f" > {each.text}"):
                self.put(" > ")
            elif index:
                self.newline(column - 2)
                self.put("> ")
            self.put(each.text)

    # --- types and facts ------------------------------------------------------------------

    def flat_type(self, node: ast.TypeExpression) -> str:
        match node:
            case ast.YesNoType():
                return "yes/no"
            case ast.NamedType():
                return node.name.text
            case ast.InlineEnum():
                return f"one of ({', '.join(map(_enum_value, node.values))})"
            case ast.SetType():
                return f"set of {node.name.text}"
            case ast.IntegerType():
                ends = f"{_or_empty(node.low)} .. {_or_empty(node.high)}".strip()
                bounds = "integer" if node.low is None and node.high is None else ends
                return f"{bounds} {node.unit}" if node.unit else bounds
            case _:
                assert_never(node)

    def _type(self, node: ast.TypeExpression, tail: int = 0) -> None:
        flat = self.flat_type(node)
        if not isinstance(node, ast.InlineEnum) or (self.fits(flat, tail) and not _breaks(self, node)):
            self.put(flat)
            return
        self.put("one of (")
        self._values(node.values, tail + 1)
        self.put(")")

    def _values(self, values: Sequence[ast.EnumValue], tail: int = 0) -> None:
        phrased = any(each.phrase is not None for each in values)
        width = max(len(each.name.text) for each in values) if phrased else 0

        def write(value: ast.EnumValue) -> None:
            self.put(value.name.text if value.phrase is None else f"{value.name.text:<{width}} ")
            if value.phrase is not None:
                self.text(value.phrase)

        self.fill(
            [
                # Phrases are aligned, and so never written as on one line.
                (_enum_value(each) if not phrased else " " * WIDTH, each, lambda _, v=each: write(v))
                for each in values
            ],
            tail,
            each_line=phrased,
        )

    def _type_declaration(self, node: ast.TypeDeclaration) -> None:
        self.put(f"type {node.name.text} is one of")
        flat = " " + ", ".join(map(_enum_value, node.values))
        breaks = _breaks(self, node)
        if self.fits(flat) and not breaks:
            self.put(flat)
        elif breaks or any(each.phrase is not None for each in node.values):
            self.newline(self.indent + 2)
            self._values(node.values)
        else:
            self.put(" ")
            self._values(node.values)

    def flat_fact(self, node: ast.FactDeclaration) -> str:
        """A fact on one line, from its type on."""
        parts = ["optional" if node.optional else "", self.flat_type(node.type)]
        parts.append(f"by {node.by.text}" if node.by else "")
        parts.append(f"per {quoted(node.per)}" if node.per else "")
        parts.append(quoted(node.phrase) if node.phrase else "")
        parts.append(f"otherwise {quoted(node.negative)}" if node.negative else "")
        return " ".join(each for each in parts if each)

    def _fact(self, node: ast.FactDeclaration) -> None:
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
            self._behind(hang, f"by {node.by.text}")
        if node.per is not None:
            self._behind(hang, "per", node.per)
        self._phrases(hang, node.phrase, node.negative)

    def _define(self, node: ast.Define) -> None:
        hang = self.indent + len("define ")
        self.put(f"define {node.name.text}")
        if node.parameters:
            self.put("(")
            texts = [f"{each.name.text}: {self.flat_type(each.type)}" for each in node.parameters]
            pairs = zip(texts, node.parameters, strict=True)
            self.fill([(text, each, self._putter(text)) for text, each in pairs], 4)
            self.put(")")
        self.put(" is")
        phrases = f" {quoted(node.phrase)}" if node.phrase else ""
        phrases += f" otherwise {quoted(node.negative)}" if node.negative else ""
        flat = self.flat(node.body)
        forced = self.forced(node.body)
        whole = f" {flat}{phrases}{self._flat_tails([('under', node.under)])}"
        if self.fits(whole) and not forced and not self._forced_any([node.under]):
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
        self._phrases(hang, node.phrase, node.negative)
        if node.under is not None:
            self.newline(hang)
            self.put("under ")
            self.expression(node.under, hanging=True)

    def _assume(self, node: ast.Assume) -> None:
        self.put("assume ")
        hang = self.column
        tails: list[Tail] = [("under", node.under), ("because", node.because)]
        flat = self.flat(node.condition) + self._flat_tails(tails)
        if self.fits(flat) and not self._forced_any([node.condition, node.under]):
            self.put(flat)
            return
        self.expression(node.condition, hanging=True)
        for keyword, value in tails:
            if value is not None:
                self.newline(hang)
                self.put(f"{keyword} ")
                self._value(value)

    def _action(self, node: ast.ActionDeclaration) -> None:
        hang = self.indent + len("action ")
        more = node.phrase is not None or node.by is not None
        self.put(f"action {node.name.text:<{self.columns.name if more else 0}}")
        if node.phrase is not None:
            self._behind(hang, node.phrase)
        if node.by is not None:
            self._behind(hang, f"by {node.by.text}")

    def _output(self, node: ast.OutputDeclaration) -> None:
        hang = self.indent + len("output ")
        self.put(f"output {node.name.text} : ")
        phrase = f" {quoted(node.phrase)}" if node.phrase else ""
        flat = self.flat_type(node.type) + phrase + self._flat_tails([("when", node.when)])
        if self.fits(flat) and not _breaks(self, node.type) and not self._forced_any([node.when]):
            self.put(flat)
            return
        self._type(node.type)
        self._phrases(hang, node.phrase, None)
        if node.when is not None:
            self.newline(hang)
            self.put("when ")
            self.expression(node.when, hanging=True)

    # --- clauses, readings, expectations --------------------------------------------------

    def _clause(self, node: ast.Clause) -> None:
        self._headed("clause", node.name, node.title)
        for index, part in enumerate(node.parts):
            self.newline(self.indent + 2)
            match part:
                case ast.Quote():
                    self.put("quote ")
                    self.text(part.text)
                case ast.Norm():
                    self.put(f"{part.modality} ")
                    self.names(part.actions)
                case ast.Sets():
                    self.put(f"sets {part.output.text} to ")
                    self.sum(part.value)
                case ast.Condition() | ast.Under():
                    self.put(f"{_keyword(part):<{_run_width(node.parts, index)}} ")
                    condition = isinstance(part, ast.Condition)
                    self.expression(part.condition if condition else part.readings, hanging=True)
                case ast.Prevails():
                    self.put(f"{part.keyword} ")
                    self.names(part.clauses)
                case ast.SubjectTo():
                    self.put("subject to ")
                    self.names(part.clauses, len(f" as {part.sense}"))
                    self.put(f" as {part.sense}")
                case _:
                    assert_never(part)

    def _ambiguity(self, node: ast.Ambiguity) -> None:
        self._headed("ambiguity", node.name, node.question)
        if node.quote is not None:
            self._part("quote", 0, node.quote.text)
        width = max(len(each.name.text) for each in node.readings)
        for each in node.readings:
            self.newline(self.indent + 2)
            self.put(f"reading {each.name.text}")
            if each.text is not None:
                self.put(" " * (width - len(each.name.text) + 1))
                self.text(each.text)
        if node.settled is not None:
            self.newline(self.indent + 2)
            self.put(f"settled as {node.settled.text}")
            if node.because is not None:
                self._behind(self.indent + 4, "because", node.because)

    def _expect(self, node: ast.Expect) -> None:
        self.put("expect ")
        tails: list[Tail] = [("when", node.when), ("because", node.because)]
        if node.form in ("reachable", "unreachable"):
            assert isinstance(node.condition, ast.Name)
            self.put(f"{node.condition.text} is {node.form}")
            body = ""
        else:
            spelt = self.trivia.words_in(node.span)[1:2]
            word = "" if node.form == "always" and spelt != ["always"] else f"{node.form} "
            self.put(word)
            # Brackets show that the word speaks of the whole.
            joined = isinstance(node.condition, ast.And | ast.Or | ast.Implies)
            level = 9 if word and joined else 0
            body = self.flat(node.condition, level)
        flat = body + self._flat_tails(tails)
        if self.fits(flat) and not self._forced_any([node.condition, node.when]):
            self.put(flat)
            return
        if body:
            self.expression(node.condition, level, hanging=True)
        self._tails(tails)


def _keyword(part: ast.Condition | ast.Under) -> str:
    return part.keyword if isinstance(part, ast.Condition) else "under"


def _run_width(parts: Sequence[ast.ClausePart], index: int) -> int:
    """How wide the keywords of the conditions around a part of a clause are."""
    first = last = index
    while first > 0 and isinstance(parts[first - 1], ast.Condition | ast.Under):
        first -= 1
    while last + 1 < len(parts) and isinstance(parts[last + 1], ast.Condition | ast.Under):
        last += 1
    run = parts[first : last + 1]
    return max(len(_keyword(each)) for each in run if isinstance(each, ast.Condition | ast.Under))


def _or_empty(bound: int | None) -> str:
    return "" if bound is None else str(bound)


def _enum_value(value: ast.EnumValue) -> str:
    return value.name.text if value.phrase is None else f"{value.name.text} {quoted(value.phrase)}"


def _breaks(writer: ExpressionWriter, node: ast.Node) -> bool:
    """Whether a comment between the values of an enumeration asks for a line break."""
    values = node.values if isinstance(node, ast.InlineEnum | ast.TypeDeclaration) else ()
    return any(writer.trivia.breaks_after(each.span) for each in values[:-1])
