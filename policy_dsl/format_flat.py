"""Conditions and terms on one line, with no more brackets than a reader needs."""

from __future__ import annotations

from typing import assert_never

from policy_dsl import syntax as ast
from policy_dsl.trivia import Trivia
from policy_dsl.types import in_digits

# How tightly each kind of expression binds. A list that is not the last thing in its condition
# is always put in brackets, since nobody could see where it ends.
LIST_INSIDE, IMPLIES, OR, AND, LIST, NOT, COMPARISON, SUM, PRODUCT, ATOM = range(10)
ALWAYS_IN_BRACKETS = ATOM + 1


def quoted(text: ast.Text) -> str:
    """A text in quotation marks, on one line."""
    escaped = text.text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def binding(node: ast.Expression, last: bool) -> int:
    """How tightly an expression binds; ``last`` says that nothing follows in its condition."""
    match node:
        case ast.Implies():
            return IMPLIES
        case ast.Or():
            return OR
        case ast.And():
            return AND
        case ast.Quantified():
            return LIST if last else LIST_INSIDE
        case ast.Not():
            return NOT
        case ast.Comparison() | ast.OneOf() | ast.Includes() | ast.IsTest():
            return COMPARISON
        case ast.Arithmetic(sign="*"):
            return PRODUCT
        case ast.Arithmetic():
            return SUM
        case (
            ast.Name()
            | ast.Number()
            | ast.DateValue()
            | ast.YesOrNo()
            | ast.Call()
            | ast.Negative()
            | ast.SizeOf()
            | ast.NormHolds()
        ):
            return ATOM
        case _:
            assert_never(node)


class FlatWriter:
    """Writes expressions on one line.

    ``level`` is the least tightness that needs no brackets, and ``last`` says that nothing
    follows in the same condition.
    """

    def __init__(self, trivia: Trivia) -> None:
        self.trivia = trivia
        self._flats: dict[tuple[int, int, bool], str] = {}

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
                parts = [self.flat(each, LIST, False) for each in others]
                return word.join([*parts, self.flat(final, LIST, last)])
            case ast.Implies():
                premise, conclusion = self.sides(node, last)
                return f"{self.flat(*premise)} implies {self.flat(*conclusion)}"
            case ast.Quantified():
                items = ", ".join(self.flat(each, NOT, False) for each in node.operands)
                return f"{self.quantity_of(node)} of {items}"
            case ast.Not():
                return f"not {self.flat(node.operand, *self.negated(node, level, last))}"
            case ast.Comparison():
                sign = f" {node.sign} "
                return f"{self.flat(node.left, SUM)}{sign}{self.flat(node.right, SUM)}"
            case ast.OneOf():
                values = ", ".join(self.flat(each, SUM) for each in node.values)
                return f"{self.flat(node.operand, SUM)} {one_of(node)}{values})"
            case ast.Includes():
                names = ", ".join(each.text for each in node.values)
                listed = f"{node.quantity} of ({names})" if node.quantity else names
                return f"{self.flat(node.operand, SUM)} includes {listed}"
            case ast.IsTest():
                negation = "not " if node.negated else ""
                return f"{self.flat(node.operand, SUM)} is {negation}{node.test}"
            case ast.Arithmetic():
                left, right = self.terms(node)
                return f"{self.flat(*left)} {node.sign} {self.flat(*right)}"
            case ast.Call():
                arguments = ", ".join(self.flat(each, SUM) for each in node.arguments)
                return f"{node.name.text}({arguments})"
            case ast.Negative():
                return f"-{self.flat(node.operand, after_minus(node))}"
            case ast.SizeOf():
                return f"number of {self.flat(node.operand, ATOM)}"
            case ast.NormHolds():
                return f"{node.modality} {node.action.text}"
            case ast.Name():
                return node.text
            case ast.Number():
                digits = in_digits(node.value, node.places)
                return f"{digits} {node.unit}" if node.unit else digits
            case ast.DateValue():
                return node.value.isoformat()
            case ast.YesOrNo():
                return "yes" if node.value else "no"
            case _:
                assert_never(node)

    def sides(
        self, node: ast.Implies, last: bool
    ) -> tuple[tuple[ast.Expression, int, bool], tuple[ast.Expression, int, bool]]:
        """Premise and conclusion of an implication, each with its level and whether it is last."""
        mixed = {type(node.premise), type(node.conclusion)} == {ast.And, ast.Or}
        level = LIST if mixed else OR
        return (node.premise, level, False), (node.conclusion, level, last)

    def negated(self, node: ast.Not, level: int, last: bool) -> tuple[int, bool]:
        """Level and ``last`` for what follows ``not``."""
        bare = last and level <= LIST and isinstance(node.operand, ast.Quantified)
        return (LIST, True) if bare else (NOT, False)

    def terms(
        self, node: ast.Arithmetic
    ) -> tuple[tuple[ast.Expression, int], tuple[ast.Expression, int]]:
        """Both sides of a sum or product, each with its level."""
        level = PRODUCT if node.sign == "*" else SUM
        return (node.left, level), (node.right, level + 1)

    def quantity_of(self, node: ast.Quantified) -> str:
        """The words before ``of`` in a list of conditions."""
        if node.count is None:
            return node.quantity
        return f"{node.quantity} {self.count(node.count, node, len(node.quantity.split()))}"

    def count(self, count: int, node: ast.Node, index: int) -> str:
        """A count as the author wrote it: ``one`` or ``1``. It is a node's word of that index."""
        if count != 1:
            return str(count)
        words = self.trivia.words_in(node.span)
        return "1" if index < len(words) and words[index].isdecimal() else "one"


def after_minus(node: ast.Negative) -> int:
    """The level of what follows a minus sign: two hyphens side by side would begin a comment."""
    return ALWAYS_IN_BRACKETS if isinstance(node.operand, ast.Negative) else ATOM


def one_of(node: ast.OneOf) -> str:
    """The words before a list of values, with its opening bracket."""
    return "is not one of (" if node.negated else "is one of ("
