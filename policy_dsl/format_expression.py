"""Conditions, terms and texts laid out: on one line where they fit, or else broken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

from policy_dsl import syntax as ast
from policy_dsl.trivia import Trivia

WIDTH = 92
"""The column up to which lines are filled."""

_NARROWEST = 24
"""Texts are wrapped to at least this many columns, however far to the right they begin."""

# How tightly each kind of expression binds. A list that is not the last thing in its condition
# is always put in brackets, since nobody could see where it ends.
_LIST_INSIDE, _IMPLIES, _OR, _AND, _LIST, _NOT, _COMPARISON, _SUM, _PRODUCT, _ATOM = range(10)
ALWAYS_IN_BRACKETS = _ATOM + 1


def quoted(text: ast.Text) -> str:
    """A text in quotation marks, on one line."""
    escaped = text.text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def binding(node: ast.Expression, last: bool) -> int:
    """How tightly an expression binds; ``last`` says that nothing follows in its condition."""
    match node:
        case ast.Implies():
            return _IMPLIES
        case ast.Or():
            return _OR
        case ast.And():
            return _AND
        case ast.Quantified():
            return _LIST if last else _LIST_INSIDE
        case ast.Not():
            return _NOT
        case ast.Comparison() | ast.OneOf() | ast.Includes() | ast.IsTest():
            return _COMPARISON
        case ast.Arithmetic(sign="*"):
            return _PRODUCT
        case ast.Arithmetic():
            return _SUM
        case (
            ast.Name()
            | ast.Number()
            | ast.YesOrNo()
            | ast.Call()
            | ast.Negative()
            | ast.SizeOf()
            | ast.NormHolds()
        ):
            return _ATOM
        case _:
            assert_never(node)


@dataclass(frozen=True, kw_only=True)
class Item:
    """A member of a list with commas: on one line, and what writes it where that does not fit,
    given how many characters must follow on its last line."""

    flat: str
    node: ast.Node
    write: Callable[[int], None] | None = None


class ExpressionWriter:
    """Text being laid out: finished lines and the one at work.

    ``level`` is the least tightness that needs no brackets, and ``last`` says that nothing
    follows in the same condition.
    """

    def __init__(self, trivia: Trivia, indent: int = 0) -> None:
        self.trivia = trivia
        self.lines = [" " * indent]
        self._flats: dict[tuple[int, int, bool], str] = {}
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
    ) -> None:
        """A list with commas, as many items on a line as fit, continued below the first one."""
        column = self.column
        broken = False
        for index, item in enumerate(items):
            final = index + 1 == len(items)
            behind = tail if final else 1
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
                self.put(",")
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

    # --- expressions on one line ----------------------------------------------------------

    def flat(self, node: ast.Expression, level: int = 0, last: bool = True) -> str:
        """An expression on one line."""
        key = (id(node), level, last)
        if key not in self._flats:
            bare = binding(node, last) >= level
            self._flats[key] = self._flat(node, level if bare else 0, last or not bare)
            if not bare:
                self._flats[key] = f"({self._flats[key]})"
        return self._flats[key]

    def _flat(self, node: ast.Expression, level: int, last: bool) -> str:
        match node:
            case ast.And() | ast.Or():
                word = " and " if isinstance(node, ast.And) else " or "
                *others, final = node.operands
                parts = [self.flat(each, _LIST, False) for each in others]
                return word.join([*parts, self.flat(final, _LIST, last)])
            case ast.Implies():
                premise, conclusion = self._sides(node, last)
                return f"{self.flat(*premise)} implies {self.flat(*conclusion)}"
            case ast.Quantified():
                items = ", ".join(self.flat(each, _NOT, False) for each in node.operands)
                return f"{self._quantity(node)} of {items}"
            case ast.Not():
                return f"not {self.flat(node.operand, *self._negated(node, level, last))}"
            case ast.Comparison():
                sign = f" {node.sign} "
                return f"{self.flat(node.left, _SUM)}{sign}{self.flat(node.right, _SUM)}"
            case ast.OneOf():
                values = ", ".join(self.flat(each, _SUM) for each in node.values)
                return f"{self.flat(node.operand, _SUM)} {_one_of(node)}{values})"
            case ast.Includes():
                names = ", ".join(each.text for each in node.values)
                listed = f"{node.quantity} of ({names})" if node.quantity else names
                return f"{self.flat(node.operand, _SUM)} includes {listed}"
            case ast.IsTest():
                negation = "not " if node.negated else ""
                return f"{self.flat(node.operand, _SUM)} is {negation}{node.test}"
            case ast.Arithmetic():
                left, right = self._terms(node)
                return f"{self.flat(*left)} {node.sign} {self.flat(*right)}"
            case ast.Call():
                arguments = ", ".join(self.flat(each, _SUM) for each in node.arguments)
                return f"{node.name.text}({arguments})"
            case ast.Negative():
                return f"-{self.flat(node.operand, _after_minus(node))}"
            case ast.SizeOf():
                return f"number of {self.flat(node.operand, _ATOM)}"
            case ast.NormHolds():
                return f"{node.modality} {node.action.text}"
            case ast.Name():
                return node.text
            case ast.Number():
                return f"{node.value} {node.unit}" if node.unit else str(node.value)
            case ast.YesOrNo():
                return "yes" if node.value else "no"
            case _:
                assert_never(node)

    def _sides(
        self, node: ast.Implies, last: bool
    ) -> tuple[tuple[ast.Expression, int, bool], tuple[ast.Expression, int, bool]]:
        mixed = {type(node.premise), type(node.conclusion)} == {ast.And, ast.Or}
        level = _LIST if mixed else _OR
        return (node.premise, level, False), (node.conclusion, level, last)

    def _negated(self, node: ast.Not, level: int, last: bool) -> tuple[int, bool]:
        bare = last and level <= _LIST and isinstance(node.operand, ast.Quantified)
        return (_LIST, True) if bare else (_NOT, False)

    def _terms(
        self, node: ast.Arithmetic
    ) -> tuple[tuple[ast.Expression, int], tuple[ast.Expression, int]]:
        level = _PRODUCT if node.sign == "*" else _SUM
        return (node.left, level), (node.right, level + 1)

    def _quantity(self, node: ast.Quantified) -> str:
        if node.count is None:
            return node.quantity
        return f"{node.quantity} {self.count(node.count, node, len(node.quantity.split()))}"

    def count(self, count: int, node: ast.Node, index: int) -> str:
        """A count as the author wrote it: ``one`` or ``1``. It is a node's word of that index."""
        if count != 1:
            return str(count)
        words = self.trivia.words_in(node.span)
        return "1" if index < len(words) and words[index].isdecimal() else "one"

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
        self.expression(node, _SUM)

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
                    self.expression(each, _LIST, final and last, tail if final else 0)
            case ast.Implies():
                premise, conclusion = self._sides(node, last)
                self.expression(*premise, hanging=hanging)
                self.newline(column)
                self.put("implies ")
                self.expression(*conclusion, tail, hanging)
            case ast.Quantified():
                self.put(f"{self._quantity(node)} of ")
                self.fill(self._items(node.operands, _NOT), tail)
            case ast.Not():
                self.put("not ")
                self.expression(node.operand, *self._negated(node, level, last), tail)
            case ast.Comparison():
                self.expression(node.left, _SUM)
                self.put(f" {node.sign} ")
                self.expression(node.right, _SUM, tail=tail)
            case ast.OneOf():
                self.expression(node.operand, _SUM)
                self.put(f" {_one_of(node)}")
                self.fill(self._items(node.values, _SUM), tail + 1)
                self.put(")")
            case ast.Includes():
                self.expression(node.operand, _SUM)
                self.put(" includes ")
                if node.quantity:
                    self.put(f"{node.quantity} of (")
                self.names(node.values, tail + 1)
                self.put(")" if node.quantity else "")
            case ast.IsTest():
                self.expression(node.operand, _SUM)
                self.put(f" is {'not ' if node.negated else ''}{node.test}")
            case ast.Call():
                self.put(f"{node.name.text}(")
                self.fill(self._items(node.arguments, _SUM), tail + 1)
                self.put(")")
            case ast.Arithmetic():
                left, right = self._terms(node)
                self.expression(*left)
                if not self.fits(f" {node.sign} {self.flat(*right)}", tail):
                    self.newline(column)
                else:
                    self.put(" ")
                self.put(f"{node.sign} ")
                self.expression(*right, tail=tail)
            case ast.Negative():
                self.put("-")
                self.expression(node.operand, _after_minus(node), tail=tail)
            case ast.SizeOf():
                self.put("number of ")
                self.expression(node.operand, _ATOM, tail=tail)
            case ast.Name() | ast.Number() | ast.YesOrNo() | ast.NormHolds():
                self.put(self._flat(node, level, last))
            case _:
                assert_never(node)


def _after_minus(node: ast.Negative) -> int:
    # Two hyphens side by side would begin a comment.
    return ALWAYS_IN_BRACKETS if isinstance(node.operand, ast.Negative) else _ATOM


def _one_of(node: ast.OneOf) -> str:
    return "is not one of (" if node.negated else "is one of ("
