"""From lark's trees to the nodes that speak of time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, cast

from policy_dsl import syntax as ast
from policy_dsl.build import Child, span_of
from policy_dsl.build_expression import ExpressionBuilder
from policy_dsl.lark_parser import ParseTree, Token


class TimeBuilder(ExpressionBuilder):
    """Builds limits of time, force in time and what a header says is superseded."""

    def _build_event(self, tree: ParseTree, kids: list[Child]) -> ast.EventDeclaration:
        return ast.EventDeclaration(
            name=self.name(kids[0]),
            phrase=self.text(kids[1]),
            timing=self.timings(kids[2:]),
            span=span_of(tree),
        )

    def timings(self, trees: Iterable[Child]) -> tuple[ast.Timing, ...]:
        """The limits of time of a norm or an event, in order."""
        return tuple(self._timing(cast(ParseTree, each)) for each in trees)

    def _timing(self, tree: ParseTree) -> ast.Timing:
        tokens = cast(list[Token], tree.children)
        names = [each for each in tokens if each.type == "NAME"]
        numbers = [each for each in tokens if each.type == "NUMBER"]
        return ast.Timing(
            word=cast(ast.TimingWord, str(tree.data).replace("_", " ")),
            count=self.whole(numbers[0]) if numbers else None,
            unit=self.name(names[0]) if numbers else None,
            event=self.name(names[-1]) if names else None,
            span=span_of(tree),
        )

    def in_force(self, tree: ParseTree) -> ast.InForce:
        """``in force from DATE`` or ``in force until DATE``."""
        keyword = str(tree.data).removeprefix("force_")
        return ast.InForce(
            keyword=cast(Literal["from", "until"], keyword),
            day=self.day(cast(Child, tree.children[0])),
            span=span_of(tree),
        )

    def supersedes(self, tree: ParseTree) -> ast.Supersedes:
        """``supersedes DOCUMENT except CLAUSE, ...``."""
        document, kept = cast(list[Child], tree.children)
        return ast.Supersedes(
            document=self.name(document),
            kept=() if kept is None else self.names(kept),
            span=span_of(tree),
        )
