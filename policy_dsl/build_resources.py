"""From lark's tree to syntax nodes: what actions use of resources, and how clauses rank persons."""

from __future__ import annotations

from typing import cast

from policy_dsl import syntax as ast
from policy_dsl.build import Child, span_of
from policy_dsl.build_expression import ExpressionBuilder
from policy_dsl.lark_parser import ParseTree, Token


class ResourceBuilder(ExpressionBuilder):
    """Builds the parts of declarations that are about resources."""

    def _single(self, tree: Child) -> Child:
        return None if tree is None else cast(Child, cast(ParseTree, tree).children[0])

    def _optional_expression(self, tree: Child) -> ast.Expression | None:
        item = self._single(tree)
        return None if item is None else self.expression(item)

    def _modality(self, tree: Child) -> ast.Modality:
        return cast(ast.Modality, str(cast(ParseTree, tree).data).replace("_", " "))

    def _uses(self, tree: Child) -> tuple[ast.Uses, ...]:
        found = []
        for each in [] if tree is None else cast(ParseTree, tree).children:
            used = cast(ParseTree, each)
            count, name = cast(list[Child], used.children)
            found.append(
                ast.Uses(count=self.count(count), resource=self.name(name), span=span_of(used))
            )
        return tuple(found)

    def _capacity(self, tree: Child) -> tuple[int, int | None]:
        low, high = cast(list[Child], cast(ParseTree, tree).children)
        return self.whole(cast(Token, low)), None if high is None else self.whole(cast(Token, high))

    def _ranking(self, tree: ParseTree) -> ast.Prioritize | ast.RankBy:
        kids, span = cast(list[Child], tree.children), span_of(tree)
        modality, resource = self._modality(kids[0]), self.name(kids[1])
        if tree.data == "prioritize":
            over = None if kids[2] is None else self.expression(kids[2])
            return ast.Prioritize(modality=modality, resource=resource, over=over, span=span)
        return ast.RankBy(
            modality=modality,
            resource=resource,
            term=self.expression(kids[2]),
            highest=cast(ParseTree, kids[3]).data == "highest",
            span=span,
        )
