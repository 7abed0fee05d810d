"""Pieces that many declarations share, from lark's tree to syntax nodes."""

from __future__ import annotations

from typing import cast

from policy_dsl import syntax as ast
from policy_dsl.build import Child, span_of
from policy_dsl.build_expression import ExpressionBuilder
from policy_dsl.lark_parser import ParseTree


class PieceBuilder(ExpressionBuilder):
    """Builds what may be left out, phrases and quotes."""

    def _single(self, tree: Child) -> Child:
        return None if tree is None else cast(Child, cast(ParseTree, tree).children[0])

    def _optional_name(self, tree: Child) -> ast.Name | None:
        token = self._single(tree)
        return None if token is None else self.name(token)

    def _optional_text(self, tree: Child) -> ast.Text | None:
        return self.text(self._single(tree))

    def _optional_expression(self, tree: Child) -> ast.Expression | None:
        item = self._single(tree)
        return None if item is None else self.expression(item)

    def _phrases(self, tree: Child) -> tuple[ast.Text | None, ast.Text | None]:
        if tree is None:
            return None, None
        first, second = cast(list[Child], cast(ParseTree, tree).children)
        return self.text(first), self.text(second)

    def _quote(self, item: Child) -> ast.Quote:
        tree = cast(ParseTree, item)
        text = self._optional_text(tree)
        assert text is not None
        return ast.Quote(
            keyword="quote" if tree.data == "quote" else "paraphrase",
            text=text,
            span=span_of(tree),
        )
