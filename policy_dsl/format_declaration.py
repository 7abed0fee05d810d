"""Declarations laid out: one a call, as lines without comments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from policy_dsl import syntax as ast
from policy_dsl.format_facts import Columns, Tail
from policy_dsl.format_flat import ALWAYS_IN_BRACKETS
from policy_dsl.format_processes import ProcessWriter
from policy_dsl.format_times import TimeWriter, header_word
from policy_dsl.trivia import Trivia


def write_declaration(
    node: ast.Declaration, trivia: Trivia, indent: int = 0, columns: Columns | None = None
) -> list[str]:
    """A declaration as lines, the first one with its indentation."""
    writer = _DeclarationWriter(trivia, indent, columns or Columns())
    writer.declaration(node)
    return writer.lines


class _DeclarationWriter(TimeWriter, ProcessWriter):
    def declaration(self, node: ast.Declaration) -> None:
        match node:
            case ast.PolicyHeader():
                self.headed(node.keyword, node.name, node.title)
                width = max((len(header_word(each)) for each in node.parts), default=0)
                for part in node.parts:
                    self.newline(self.indent + 2)
                    if isinstance(part, ast.Supersedes):
                        self.supersedes(part, width)
                        continue
                    self.put(f"{part.keyword:<{width}} ")
                    self._header_value(part.value)
            case ast.Use():
                self.put("use ")
                self.text(node.path)
            case ast.Authorities():
                self._authorities(node)
            case ast.ResolveBy():
                self.put("resolve by " + ", then ".join(each.word for each in node.rules))
            case ast.TypeDeclaration():
                self.type_declaration(node)
            case ast.Subject():
                self.put(f"subject {node.name.text}")
            case ast.FactDeclaration():
                self.fact(node)
            case ast.Define():
                self.define(node)
            case ast.Assume():
                self._assume(node)
            case ast.ActionDeclaration():
                self.action(node)
            case ast.ResourceDeclaration():
                self.resource(node)
            case ast.EventDeclaration():
                self.event(node)
            case ast.Decision():
                count = self.count(node.count, node, 3 + len(node.bound.split()))
                self.put(f"decision {node.name.text} is {node.bound} {count} of ")
                self.with_tails(node.actions, [("when", node.when), ("under", node.under)])
            case ast.Cannot():
                self.put("cannot ")
                tails: list[Tail] = [("when", node.when), ("under", node.under)]
                self.with_tails(node.actions, [*tails, ("because", node.because)])
            case ast.Settle():
                self.put("settle ")
                self.with_tails(node.actions, [("when", node.when)])
            case ast.OutputDeclaration():
                self.output(node)
            case ast.Clause():
                self._clause(node)
            case ast.OrderStart():
                self.headed("in order", node.name, node.title)
            case ast.OrderEnd():
                self.put("end order")
            case ast.Process():
                self.process(node)
            case ast.State():
                self.state(node)
            case ast.Step():
                self.step(node)
            case ast.Ambiguity():
                self._ambiguity(node)
            case ast.Note():
                self.headed("note", node.name, node.title, f" {node.kind}")
                for quote in node.quotes:
                    self.part(quote.keyword, 0, quote.text)
            case ast.Expect():
                self._expect(node)
            case _:
                assert_never(node)

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

    def _assume(self, node: ast.Assume) -> None:
        self.put("assume ")
        hang = self.column
        tails: list[Tail] = [("under", node.under), ("because", node.because)]
        flat = self.flat(node.condition) + self.flat_tails(tails)
        if self.fits(flat) and not self.forced_any([node.condition, node.under]):
            self.put(flat)
            return
        self.expression(node.condition, hanging=True)
        for keyword, value in tails:
            if value is not None:
                self.newline(hang)
                self.put(f"{keyword} ")
                self.value(value)

    # --- clauses, readings, expectations --------------------------------------------------

    def _clause(self, node: ast.Clause) -> None:
        self.headed("clause", node.name, node.title)
        for index, part in enumerate(node.parts):
            self.newline(self.indent + 2)
            match part:
                case ast.Quote():
                    self.put(f"{part.keyword} ")
                    self.text(part.text)
                case ast.Norm():
                    self.norm(part)
                case ast.Sets():
                    self.put(f"sets {part.output.text} to ")
                    self.sum(part.value)
                case ast.Prioritize():
                    self.put(f"{part.modality} prioritize {part.resource.text}")
                    if part.over is not None:
                        self.put(" over ")
                        self.expression(part.over, hanging=True)
                case ast.RankBy():
                    self.put(f"{part.modality} rank {part.resource.text} by ")
                    self.sum(part.term)
                    self.behind(self.indent + 4, f"{'highest' if part.highest else 'lowest'} first")
                case ast.InForce():
                    self.put(f"in force {part.keyword} {part.day.value.isoformat()}")
                case ast.Condition():
                    self.put(f"{part.keyword:<{_run_width(node.parts, index)}} ")
                    self.expression(part.condition, hanging=True)
                case ast.Under():
                    self.put(f"{'under':<{_run_width(node.parts, index)}} ")
                    self.expression(part.readings, hanging=True)
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
        self.headed("ambiguity", node.name, node.question)
        if node.quote is not None:
            self.part("quote", 0, node.quote.text)
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
                self.behind(self.indent + 4, "because", node.because)

    def _expect(self, node: ast.Expect) -> None:
        self.put("expect ")
        tails: list[Tail] = [("when", node.when), ("because", node.because)]
        if node.form in ("reachable", "unreachable"):
            body = f"{self.flat(node.condition)} is {node.form}"
            self._expected(body, tails)
            return
        spelt = self.trivia.words_in(node.span)[1:2]
        word = "" if node.form == "always" and spelt != ["always"] else f"{node.form} "
        self.put(word)
        # Brackets show that the word speaks of the whole.
        joined = isinstance(node.condition, ast.And | ast.Or | ast.Implies)
        level = ALWAYS_IN_BRACKETS if word and joined else 0
        flat = self.flat(node.condition, level) + self.flat_tails(tails)
        if self.fits(flat) and not self.forced_any([node.condition, node.when]):
            self.put(flat)
        else:
            self.expression(node.condition, level, hanging=True)
            self.tails(tails)

    def _expected(self, body: str, tails: Sequence[Tail]) -> None:
        if self.fits(body + self.flat_tails(tails)):
            self.put(body + self.flat_tails(tails))
        else:
            self.put(body)
            self.tails(tails)


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
