"""From lark's tree of one declaration to its syntax node."""

from __future__ import annotations

from typing import Literal, cast

from policy_dsl import syntax as ast
from policy_dsl.build import Child, span_of
from policy_dsl.build_processes import ProcessBuilder
from policy_dsl.build_resources import ResourceBuilder
from policy_dsl.build_times import TimeBuilder
from policy_dsl.lark_parser import ParseTree, Token


class DeclarationBuilder(ProcessBuilder, ResourceBuilder, TimeBuilder):
    """Builds declarations; one method a rule of the grammar, found by the rule's name."""

    def declaration(self, tree: ParseTree) -> ast.Declaration:
        """The node of any declaration."""
        self._told_deep = False
        method = getattr(self, f"_build_{tree.data}")
        return cast(ast.Declaration, method(tree, cast(list[Child], tree.children)))

    # --- the document ---------------------------------------------------------------------

    def _build_policy(self, tree: ParseTree, kids: list[Child]) -> ast.PolicyHeader:
        parts = tuple(
            self.supersedes(tree) if tree.data == "header_supersedes" else self._header_part(tree)
            for tree in (cast(ParseTree, each) for each in kids[2:])
        )
        return ast.PolicyHeader(
            keyword="policy" if tree.data == "policy" else "vocabulary",
            name=self.name(kids[0]),
            title=self.text(kids[1]),
            parts=parts,
            span=span_of(tree),
        )

    _build_vocabulary = _build_policy

    def _header_part(self, tree: ParseTree) -> ast.HeaderPart:
        token = cast(Child, tree.children[0])
        keyword = tree.data.removeprefix("header_")
        value: ast.Name | ast.Text | ast.DateValue
        if keyword == "authority":
            value = self.name(token)
        elif keyword == "missing_day":
            value = ast.Name(text=str(token), span=span_of(cast(Token, token)))
        elif keyword in ("text", "raw"):
            value = cast(ast.Text, self.text(token))
        else:
            value = self.day(token)
        return ast.HeaderPart(
            keyword=cast(ast.HeaderKeyword, keyword),
            value=value,
            span=span_of(tree),
        )

    def _build_use(self, tree: ParseTree, kids: list[Child]) -> ast.Use:
        return ast.Use(path=cast(ast.Text, self.text(kids[0])), span=span_of(tree))

    def _build_authorities(self, tree: ParseTree, kids: list[Child]) -> ast.Authorities:
        return ast.Authorities(names=tuple(self.name(each) for each in kids), span=span_of(tree))

    def _build_resolve_by(self, tree: ParseTree, kids: list[Child]) -> ast.ResolveBy:
        words = [(str(each.data)[3:], span_of(each)) for each in cast(list[ParseTree], kids)]
        rules = tuple(ast.Rule(word=cast(ast.RuleWord, w), span=span) for w, span in words)
        return ast.ResolveBy(rules=rules, span=span_of(tree))

    # --- facts ----------------------------------------------------------------------------

    def _build_type_declaration(self, tree: ParseTree, kids: list[Child]) -> ast.TypeDeclaration:
        return ast.TypeDeclaration(
            name=self.name(kids[0]),
            values=self.enum_values(kids[1]),
            ordered=cast(ParseTree, kids[1]).data == "ordered_values",
            span=span_of(tree),
        )

    def _build_subject(self, tree: ParseTree, kids: list[Child]) -> ast.Subject:
        return ast.Subject(name=self.name(kids[0]), span=span_of(tree))

    def _build_fact(self, tree: ParseTree, kids: list[Child]) -> ast.FactDeclaration:
        kind, name, optional, type_, by, per, phrases = kids
        phrase, negative = self._phrases(phrases)
        return ast.FactDeclaration(
            kind=cast(ast.FactKind, str(kind)),
            name=self.name(name),
            optional=optional is not None,
            type=self.type(type_),
            by=self._optional_name(by),
            per=self._optional_text(per),
            phrase=phrase,
            negative=negative,
            span=span_of(tree),
        )

    def _build_define(self, tree: ParseTree, kids: list[Child]) -> ast.Define:
        name, parameters, body, phrases, under = kids
        phrase, negative = self._phrases(phrases)
        declared = [] if parameters is None else cast(ParseTree, parameters).children
        return ast.Define(
            name=self.name(name),
            parameters=tuple(self._parameter(cast(ParseTree, each)) for each in declared),
            body=self.expression(body),
            phrase=phrase,
            negative=negative,
            under=self._optional_expression(under),
            span=span_of(tree),
        )

    def _parameter(self, tree: ParseTree) -> ast.Parameter:
        name, type_ = cast(list[Child], tree.children)
        return ast.Parameter(name=self.name(name), type=self.type(type_), span=span_of(tree))

    def _build_assume(self, tree: ParseTree, kids: list[Child]) -> ast.Assume:
        return ast.Assume(
            condition=self.expression(kids[0]),
            under=self._optional_expression(kids[1]),
            because=self._optional_text(kids[2]),
            span=span_of(tree),
        )

    # --- actions and outputs --------------------------------------------------------------

    def _build_action(self, tree: ParseTree, kids: list[Child]) -> ast.ActionDeclaration:
        return ast.ActionDeclaration(
            name=self.name(kids[0]),
            phrase=self.text(kids[1]),
            by=self._optional_name(kids[2]),
            uses=self._uses(kids[3]),
            span=span_of(tree),
        )

    def _build_resource(self, tree: ParseTree, kids: list[Child]) -> ast.ResourceDeclaration:
        low, high = (None, None) if kids[2] is None else self._capacity(kids[2])
        return ast.ResourceDeclaration(
            name=self.name(kids[0]),
            phrase=self.text(kids[1]),
            low=low,
            high=high,
            scope=self._optional_expression(kids[3]),
            short=self._optional_expression(kids[4]),
            span=span_of(tree),
        )

    def _build_decision(self, tree: ParseTree, kids: list[Child]) -> ast.Decision:
        name, bound, count, names, when, under = kids
        return ast.Decision(
            name=self.name(name),
            bound=self.bound(bound),
            count=self.count(count),
            actions=self.names(names),
            when=self._optional_expression(when),
            under=self._optional_expression(under),
            span=span_of(tree),
        )

    def _build_cannot(self, tree: ParseTree, kids: list[Child]) -> ast.Cannot:
        return ast.Cannot(
            actions=self.names(kids[0]),
            when=self._optional_expression(kids[1]),
            under=self._optional_expression(kids[2]),
            because=self._optional_text(kids[3]),
            span=span_of(tree),
        )

    def _build_settle(self, tree: ParseTree, kids: list[Child]) -> ast.Settle:
        return ast.Settle(
            actions=self.names(kids[0]),
            when=self._optional_expression(kids[1]),
            span=span_of(tree),
        )

    def _build_output(self, tree: ParseTree, kids: list[Child]) -> ast.OutputDeclaration:
        return ast.OutputDeclaration(
            name=self.name(kids[0]),
            type=self.type(kids[1]),
            phrase=self.text(kids[2]),
            when=self._optional_expression(kids[3]),
            span=span_of(tree),
        )

    # --- clauses --------------------------------------------------------------------------

    def _build_clause(self, tree: ParseTree, kids: list[Child]) -> ast.Clause:
        return ast.Clause(
            name=self.name(kids[0]),
            title=self.text(kids[1]),
            parts=tuple(self._part(cast(ParseTree, each)) for each in kids[2:]),
            span=span_of(tree),
        )

    def _part(self, tree: ParseTree) -> ast.ClausePart:
        kids = cast(list[Child], tree.children)
        span = span_of(tree)
        match tree.data:
            case "quote" | "paraphrase":
                return self._quote(tree)
            case "norm":
                return ast.Norm(
                    modality=self._modality(kids[0]),
                    actions=self.names(kids[1]),
                    timing=self.timings(kids[2:]),
                    span=span,
                )
            case "sets":
                return ast.Sets(
                    output=self.name(kids[0]), value=self.expression(kids[1]), span=span
                )
            case "prioritize" | "rank":
                return self._ranking(tree)
            case "when_part" | "unless_part" | "provided_part":
                keyword = tree.data.removesuffix("_part")
                return ast.Condition(
                    keyword=cast(Literal["when", "unless", "provided"], keyword),
                    condition=self.expression(kids[0]),
                    span=span,
                )
            case "under":
                return ast.Under(readings=self.expression(kids[0]), span=span)
            case "overrides" | "despite":
                return ast.Prevails(
                    keyword=tree.data,
                    clauses=self.names(kids[0]),
                    span=span,
                )
            case "force_from" | "force_until":
                return self.in_force(tree)
            case "subject_to":
                one_word = cast(ParseTree, kids[1]).children
                sense = str(one_word[0]) if one_word else "condition precedent"
                return ast.SubjectTo(
                    clauses=self.names(kids[0]),
                    sense=cast(ast.SubjectToSense, sense),
                    span=span,
                )
        raise AssertionError(tree.data)

    def _build_order_start(self, tree: ParseTree, kids: list[Child]) -> ast.OrderStart:
        return ast.OrderStart(name=self.name(kids[0]), title=self.text(kids[1]), span=span_of(tree))

    def _build_order_end(self, tree: ParseTree, _: list[Child]) -> ast.OrderEnd:
        return ast.OrderEnd(span=span_of(tree))

    # --- readings, notes, expectations ----------------------------------------------------

    def _build_ambiguity(self, tree: ParseTree, kids: list[Child]) -> ast.Ambiguity:
        name, question, quote, *rest = kids
        settled = cast("ParseTree | None", rest.pop())
        chosen = because = None
        if settled is not None:
            chosen = self.name(cast(Child, settled.children[0]))
            because = self._optional_text(cast(Child, settled.children[1]))
        return ast.Ambiguity(
            name=self.name(name),
            question=self.text(question),
            quote=None if quote is None else self._quote(quote),
            readings=tuple(self._reading(cast(ParseTree, each)) for each in rest),
            settled=chosen,
            because=because,
            span=span_of(tree),
        )

    def _reading(self, tree: ParseTree) -> ast.Reading:
        name, text = cast(list[Child], tree.children)
        return ast.Reading(name=self.name(name), text=self.text(text), span=span_of(tree))

    def _build_note(self, tree: ParseTree, kids: list[Child]) -> ast.Note:
        return ast.Note(
            name=self.name(kids[0]),
            kind=cast(ast.NoteKind, str(kids[1])),
            title=self.text(kids[2]),
            quotes=tuple(self._quote(each) for each in kids[3:]),
            span=span_of(tree),
        )

    def _build_expect(self, tree: ParseTree, kids: list[Child]) -> ast.Expect:
        word, item, when, because = kids
        condition_tree = cast(ParseTree, item)
        form = "always" if word is None else str(word)
        if condition_tree.data == "reach":
            reach = cast(list[Child], condition_tree.children)
            if word is None and when is None:
                form = str(reach[1])
                condition_tree = cast(ParseTree, reach[0])
        return ast.Expect(
            form=cast(Literal["never", "always", "sometimes", "reachable", "unreachable"], form),
            condition=self.expression(condition_tree),
            when=self._optional_expression(when),
            because=self._optional_text(because),
            span=span_of(tree),
        )
