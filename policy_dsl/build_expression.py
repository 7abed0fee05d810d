"""From lark's tree of one declaration to syntax nodes: conditions and terms.

What the grammar cannot say is checked here: mixed ``and``/``or`` without brackets, lists that run
into ``and``, depth.
"""

from __future__ import annotations

from typing import Literal, cast

from policy_dsl import syntax as ast
from policy_dsl.build import Child, LeafBuilder, span_of
from policy_dsl.lark_parser import ParseTree
from policy_dsl.source import Source

DEEPEST = 100
"""How deeply conditions may be nested."""


class ExpressionBuilder(LeafBuilder):
    """Builds conditions and terms."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._depth = 0
        self._told_deep = False

    def expression(self, item: Child) -> ast.Expression:
        """A condition or term."""
        tree = cast(ParseTree, item)
        self._depth += 1
        try:
            if self._depth > DEEPEST:
                self._too_deep(tree)
                return ast.YesOrNo(value=True, span=span_of(tree))
            return self._expression(tree)
        finally:
            self._depth -= 1

    def _too_deep(self, tree: ParseTree) -> None:
        if self._told_deep:
            return
        self._told_deep = True  # once a declaration
        what = (
            "This sum or product has more than" if tree.data == "arithmetic" else "This is nested"
        )
        self.problem(
            "L13",
            span_of(tree),
            f"{what} {DEEPEST} parts."
            if tree.data == "arithmetic"
            else f"{what} more than {DEEPEST} levels deep.",
            "Give its parts names with 'define'.",
        )

    def _expression(self, tree: ParseTree) -> ast.Expression:
        kids = cast(list[Child], tree.children)
        span = span_of(tree)
        match tree.data:
            case "brackets":
                return self.expression(kids[0])
            case "name":
                return ast.Name(text=self.name(kids[0], value_of_enumeration=True).text, span=span)
            case "should_name":
                return ast.Name(text="should", span=span)
            case "date":
                return self.day(kids[0])
            case "number_with_unit":
                number = self.number(kids[0])
                return ast.Number(
                    value=number.value, places=number.places, unit=self.unit(kids[1]), span=span
                )
            case "yes" | "no":
                return ast.YesOrNo(value=tree.data == "yes", span=span)
            case "not":
                return ast.Not(operand=self.expression(kids[0]), span=span)
            case "and" | "or":
                return self._junction(tree)
            case "implies":
                premise, conclusion = (self.expression(each) for each in kids)
                return ast.Implies(premise=premise, conclusion=conclusion, span=span)
            case "quantified":
                return self._quantified(tree)
            case "call":
                arguments = tuple(
                    self.expression(each) for each in cast(ParseTree, kids[1]).children
                )
                return ast.Call(name=self.name(kids[0]), arguments=arguments, span=span)
            case "size_of":
                return ast.SizeOf(operand=self.expression(kids[0]), span=span)
            case "negative":
                return self._negative(tree)
            case "norm_holds":
                modality = cast(ParseTree, kids[0]).data.replace("_", " ")
                return ast.NormHolds(
                    modality=cast(ast.Modality, modality), action=self.name(kids[1]), span=span
                )
            case "silent_on":
                return ast.NormHolds(modality="silent on", action=self.name(kids[0]), span=span)
        return self._comparison(tree)

    def _comparison(self, tree: ParseTree) -> ast.Expression:
        kids = cast(list[Child], tree.children)
        span = span_of(tree)
        operand = self.expression(kids[0])
        match tree.data:
            case "relation" | "is" | "is_not" | "dated":
                sign = tree.data.replace("_", " ")
                if tree.data == "relation":
                    sign = str(kids[1])
                elif tree.data == "dated":
                    sign = cast(ParseTree, kids[1]).data.replace("_", " ")
                right = self.expression(kids[-1])
                return ast.Comparison(
                    sign=cast(ast.ComparisonSign, sign), left=operand, right=right, span=span
                )
            case "one_of" | "not_one_of":
                values = tuple(self.expression(each) for each in cast(ParseTree, kids[1]).children)
                negated = tree.data == "not_one_of"
                return ast.OneOf(operand=operand, values=values, negated=negated, span=span)
            case (
                "established"
                | "not_established"
                | "empty"
                | "not_empty"
                | "done"
                | "not_done"
                | "broken"
                | "not_broken"
            ):
                test = cast(ast.StateTest, tree.data.removeprefix("not_"))
                negated = tree.data.startswith("not_")
                return ast.IsTest(operand=operand, test=test, negated=negated, span=span)
            case "includes":
                value = self.name(kids[1], value_of_enumeration=True)
                return ast.Includes(operand=operand, values=(value,), span=span)
            case "includes_of":
                quantity = cast(Literal["any", "all", "none"], cast(ParseTree, kids[1]).data)
                members = cast(ParseTree, kids[2]).children
                return ast.Includes(
                    operand=operand,
                    quantity=quantity,
                    values=tuple(self.name(each, value_of_enumeration=True) for each in members),
                    span=span,
                )
            case "arithmetic":
                sign_ = cast(Literal["+", "-", "*"], str(kids[1]))
                return ast.Arithmetic(
                    sign=sign_, left=operand, right=self.expression(kids[2]), span=span
                )
            case "reach":
                operand_words = self._words(cast(ParseTree, kids[0]))
                self.problem(
                    "L01",
                    span,
                    f"'is {kids[1]}' can stand only as the whole of an 'expect'.",
                    f"Write: expect {operand_words} is reachable (or: is unreachable), with "
                    "nothing before or behind it.",
                )
                return operand
        raise AssertionError(tree.data)

    def _negative(self, tree: ParseTree) -> ast.Expression:
        operand = self.expression(cast(Child, tree.children[1]))
        return ast.Negative(operand=operand, span=span_of(tree))

    def _quantified(self, tree: ParseTree) -> ast.Quantified:
        head = cast(ParseTree, tree.children[0])
        operands = tuple(self.expression(cast(Child, each)) for each in tree.children[1:])
        if head.data == "bounded":
            quantity: str = self.bound(cast(Child, head.children[0]))
            count: int | None = self.count(cast(Child, head.children[1]))
        else:
            quantity, count = str(head.data), None
        return ast.Quantified(
            quantity=cast(ast.Quantity, quantity),
            count=count,
            operands=operands,
            span=span_of(tree),
        )

    def _junction(self, tree: ParseTree) -> ast.And | ast.Or:
        kids = [cast(ParseTree, each) for each in tree.children]
        if tree.data == "or" and any(each.data == "and" for each in kids):
            self._mixed(tree, kids)
        for each in kids[:-1]:
            last = cast(ParseTree, each.children[-1]) if each.data in ("and", "or") else each
            inner = last if last.data != "not" else cast(ParseTree, last.children[0])
            if inner.data == "quantified":
                self.problem(
                    "L02",
                    span_of(inner),
                    f"A list is followed by '{tree.data}': where does the list end?",
                    f"Put the list in brackets: ({self._words(inner)}) {tree.data} ...",
                )
        operands: list[ast.Expression] = []
        for each in kids:
            operand = self.expression(each)
            same = isinstance(operand, ast.And if tree.data == "and" else ast.Or)
            operands += operand.operands if same else [operand]  # type: ignore[union-attr]
        if tree.data == "and":
            return ast.And(operands=tuple(operands), span=span_of(tree))
        return ast.Or(operands=tuple(operands), span=span_of(tree))

    def _words(self, tree: ParseTree, most: int = 60) -> str:
        span = span_of(tree)
        words = " ".join(
            self.source.text[span.start : min(span.end, span.start + 4 * most)].split()
        )
        return words if len(words) <= most else words[: most - 3] + "..."

    def _mixed(self, tree: ParseTree, kids: list[ParseTree]) -> None:
        if sum(max(1, len(each.children)) for each in kids) > 8:
            remedy = "Put brackets around every part that belongs together: a and (b or c)"
        else:
            remedy = "Write either  {}  or  {}".format(*self._two_readings(kids))
        self.problem(
            "L02",
            span_of(tree),
            "'and' and 'or' are mixed without brackets; this can be read in two ways.",
            remedy,
        )

    def _two_readings(self, kids: list[ParseTree]) -> tuple[str, str]:
        usual = " or ".join(
            f"({self._words(each)})" if each.data == "and" else self._words(each) for each in kids
        )
        # The other reading: 'or' binds more tightly than 'and'.
        runs: list[list[str]] = [[]]
        for each in kids:
            limbs = cast(list[ParseTree], each.children) if each.data == "and" else [each]
            runs[-1].append(self._words(limbs[0]))
            runs += [[self._words(limb)] for limb in limbs[1:]]
        other = " and ".join(f"({' or '.join(run)})" if len(run) > 1 else run[0] for run in runs)
        return usual, other
