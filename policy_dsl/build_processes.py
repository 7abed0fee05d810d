"""From lark's tree of a part of a process to its syntax node."""

from __future__ import annotations

from typing import Literal, cast

from policy_dsl import syntax as ast
from policy_dsl.build import Child, span_of
from policy_dsl.build_pieces import PieceBuilder
from policy_dsl.lark_parser import ParseTree


class ProcessBuilder(PieceBuilder):
    """Builds processes, states and steps; one method a rule of the grammar."""

    def _build_process(self, tree: ParseTree, kids: list[Child]) -> ast.Process:
        return ast.Process(
            name=self.name(kids[0]),
            title=self.text(kids[1]),
            when=self._optional_expression(kids[2]),
            span=span_of(tree),
        )

    def _build_state(self, tree: ParseTree, kids: list[Child]) -> ast.State:
        return ast.State(
            name=self.name(kids[0]),
            phrase=self.text(kids[1]),
            start=kids[2] is not None,
            end=kids[3] is not None,
            span=span_of(tree),
        )

    def _build_step(self, tree: ParseTree, kids: list[Child]) -> ast.Step:
        name, phrase, by, sources, target, does, when, changes = kids
        changed = [] if changes is None else cast(ParseTree, changes).children
        return ast.Step(
            name=self.name(name),
            phrase=self.text(phrase),
            by=self._optional_name(by),
            sources=self.names(sources),
            target=self.name(target),
            action=self._optional_name(does),
            when=self._optional_expression(when),
            changes=tuple(self._change(cast(ParseTree, each)) for each in changed),
            span=span_of(tree),
        )

    def _change(self, tree: ParseTree) -> ast.Change:
        kids = cast(list[Child], tree.children)
        value: ast.Expression | Literal["any", "not established"]
        match tree.data:
            case "change_to_any":
                value = "any"
            case "change_to_unknown":
                value = "not established"
            case _:
                value = self.expression(kids[1])
        return ast.Change(fact=self.name(kids[0]), value=value, span=span_of(tree))
