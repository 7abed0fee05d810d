"""Conditions, terms and texts laid out: on one line where they fit, or else broken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

from policy_dsl import syntax as ast
from policy_dsl.format_flat import (
    ATOM,
    LIST,
    NOT,
    SUM,
    FlatWriter,
    after_minus,
    binding,
    one_of,
    quoted,
)
from policy_dsl.trivia import Trivia

WIDTH = 92
"""The column up to which lines are filled."""

_NARROWEST = 24
"""Texts are wrapped to at least this many columns, however far to the right they begin."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """A member of a list with commas: on one line, and what writes it where that does not fit,
    given how many characters must follow on its last line."""

    flat: str
    node: ast.Node
    write: Callable[[int], None] | None = None


class ExpressionWriter(FlatWriter):
    """Text being laid out: finished lines and the one at work."""

    def __init__(self, trivia: Trivia, indent: int = 0) -> None:
        super().__init__(trivia)
        self.lines = [" " * indent]
        self._forced: dict[int, bool] = {}

    @property
    def column(self) -> int:
        """Where the next character comes to stand."""
        return len(self.lines[-1])

    def put(self, text: str) -> None:
        """Write on the current line."""
        self.lines[-1] += text

    def newline(self, column: int) -> None:
        """Begin a new line at a column."""
        self.lines.append(" " * column)

    def fits(self, text: str, tail: int = 0) -> bool:
        """Whether a text, with ``tail`` characters behind it, fits on the current line."""
        return self.column + len(text) + tail <= WIDTH

    # --- texts and lists ------------------------------------------------------------------

    def text(self, text: ast.Text) -> None:
        """A text, wrapped and continued below its first letter."""
        whole = quoted(text)
        if self.fits(whole):
            self.put(whole)
            return
        column = self.column + 1
        width = max(WIDTH, column + _NARROWEST)
        first, *others = whole.split(" ")
        self.put(first)
        for word in others:
            if self.column + 1 + len(word) <= width:
                self.put(f" {word}")
            else:
                self.newline(column)
                self.put(word)

    def fill(
        self,
        items: Sequence[Item],
        tail: int = 0,
        each_line: bool = False,
        comma: str = ",",
    ) -> None:
        """A list with commas or another sign, as many items on a line as fit, continued below the
        first one."""
        column = self.column
        broken = False
        for index, item in enumerate(items):
            final = index + 1 == len(items)
            behind = tail if final else len(comma)
            if index and not broken and not each_line and self.fits(" " + item.flat, behind):
                self.put(" ")
            elif index:
                self.newline(column)
            height = len(self.lines)
            if item.write is None or (self.fits(item.flat, behind) and not self.forced(item.node)):
                self.put(item.flat)
            else:
                item.write(behind)
            if not final:
                self.put(comma)
            # What follows a broken item on its last line would be overlooked.
            broken = len(self.lines) > height or self.trivia.breaks_after(item.node.span)

    def names(self, names: Sequence[ast.Name], tail: int = 0) -> None:
        """Names with commas."""
        self.fill([Item(flat=each.text, node=each) for each in names], tail)

    def _items(self, nodes: Sequence[ast.Expression], level: int) -> list[Item]:
        def writer(node: ast.Expression) -> Callable[[int], None]:
            return lambda tail: self.expression(node, level, False, tail)

        flats = [self.flat(each, level, False) for each in nodes]
        return [
            Item(flat=flat, node=node, write=writer(node))
            for flat, node in zip(flats, nodes, strict=True)
        ]

    # --- expressions on several lines -----------------------------------------------------

    def forced(self, node: ast.Node) -> bool:
        """Whether a comment inside a node asks for a line break there."""
        if not self.trivia.remarks:
            return False
        if id(node) not in self._forced:
            parts: tuple[ast.Node, ...] = ()
            match node:
                case ast.And() | ast.Or() | ast.Quantified():
                    parts = node.operands
                case ast.OneOf() | ast.Includes():
                    parts = node.values
                case ast.Call():
                    parts = node.arguments
                case _:
                    pass
            here = any(self.trivia.breaks_after(each.span) for each in parts[:-1])
            self._forced[id(node)] = here or any(map(self.forced, node.children()))
        return self._forced[id(node)]

    def expression(
        self,
        node: ast.Expression,
        level: int = 0,
        last: bool = True,
        tail: int = 0,
        hanging: bool = False,
    ) -> None:
        """An expression, broken where it does not fit.

        ``tail`` characters must follow on its last line. Where ``hanging`` is set, ``and`` and
        ``or`` at the beginning of a line stand to the left, so that all operands are aligned.
        """
        flat = self.flat(node, level, last)
        if self.fits(flat, tail) and not self.forced(node):
            self.put(flat)
        elif binding(node, last) < level:
            self.put("(")
            self._broken(node, 0, True, tail + 1, False)
            self.put(")")
        else:
            self._broken(node, level, last, tail, hanging)

    def sum(self, node: ast.Expression) -> None:
        """A term, with brackets around what is a condition."""
        self.expression(node, SUM)

    def _broken(
        self, node: ast.Expression, level: int, last: bool, tail: int, hanging: bool
    ) -> None:
        column = self.column
        match node:
            case ast.And() | ast.Or():
                word = "and " if isinstance(node, ast.And) else "or "
                for index, each in enumerate(node.operands):
                    final = index + 1 == len(node.operands)
                    if index:
                        self.newline(column - len(word) if hanging else column)
                        self.put(word)
                    self.expression(each, LIST, final and last, tail if final else 0)
            case ast.Implies():
                premise, conclusion = self.sides(node, last)
                self.expression(*premise, hanging=hanging)
                self.newline(column)
                self.put("implies ")
                self.expression(*conclusion, tail, hanging)
            case ast.Quantified():
                self.put(f"{self.quantity_of(node)} of ")
                self.fill(self._items(node.operands, NOT), tail)
            case ast.Not():
                self.put("not ")
                self.expression(node.operand, *self.negated(node, level, last), tail)
            case ast.Comparison():
                self.expression(node.left, SUM)
                self.put(f" {node.sign} ")
                self.expression(node.right, SUM, tail=tail)
            case ast.OneOf():
                self.expression(node.operand, SUM)
                self.put(f" {one_of(node)}")
                self.fill(self._items(node.values, SUM), tail + 1)
                self.put(")")
            case ast.Includes():
                self.expression(node.operand, SUM)
                self.put(" includes ")
                if node.quantity:
                    self.put(f"{node.quantity} of (")
                self.names(node.values, tail + 1)
                self.put(")" if node.quantity else "")
            case ast.IsTest():
                self.expression(node.operand, SUM)
                self.put(f" is {'not ' if node.negated else ''}{node.test}")
            case ast.Call():
                self.put(f"{node.name.text}(")
                self.fill(self._items(node.arguments, SUM), tail + 1)
                self.put(")")
            case ast.Arithmetic():
                left, right = self.terms(node)
                self.expression(*left)
                if not self.fits(f" {node.sign} {self.flat(*right)}", tail):
                    self.newline(column)
                else:
                    self.put(" ")
                self.put(f"{node.sign} ")
                self.expression(*right, tail=tail)
            case ast.Negative():
                self.put("-")
                self.expression(node.operand, after_minus(node), tail=tail)
            case ast.SizeOf():
                self.put("number of ")
                self.expression(node.operand, ATOM, tail=tail)
            case ast.Name() | ast.Number() | ast.DateValue() | ast.YesOrNo() | ast.NormHolds():
                self.put(self._flat(node, level, last))
            case _:
                assert_never(node)
