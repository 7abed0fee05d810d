"""Small changes to a spec: its text with a part added or taken out, comments and layout kept.

A file that was in the one format is put into it again; in any other file, only the lines of the
edit change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, assert_never

from policy_dsl import syntax as ast
from policy_dsl.edit import (
    AddClause,
    AddPart,
    Edit,
    Except,
    MoveUp,
    Retire,
    SettleReading,
    TakeBack,
    TakeOut,
)
from policy_dsl.edit_text import Text
from policy_dsl.format import format_file
from policy_dsl.format_flat import quoted
from policy_dsl.parse import parse
from policy_dsl.paths import is_literate
from policy_dsl.source import Source, Span
from policy_dsl.symbols import Unit


class CannotEdit(Exception):
    """The text cannot be changed in this way."""


@dataclass(frozen=True)
class _File:
    """One file, and whether it is in the one format."""

    source: Source

    @cached_property
    def tree(self) -> ast.File:
        return parse(self.source)[0]

    @cached_property
    def formatted(self) -> bool:
        try:
            return _formatted(self.source, self.tree) == self.source.text
        except ValueError:
            return False

    @cached_property
    def text(self) -> Text:
        return Text(self.source.text, [each.span for each in self.tree.comments])

    def rewritten(self, text: str) -> str:
        """The changed text, in the one format if the file was in it."""
        if not self.formatted:
            return text
        source = Source(self.source.name, text)
        tree, problems = parse(source)
        if problems:
            raise CannotEdit(problems[0].message)
        try:
            return _formatted(source, tree)
        except ValueError as error:
            raise CannotEdit(str(error)) from None


def _formatted(source: Source, tree: ast.File) -> str:
    """A file in the one format. Raises ``ValueError``."""
    if not is_literate(source.name):
        return format_file(source, tree)
    from policy_dsl.literate_format import format_literate  # only such files pay for its import

    return format_literate(source)


_Found = TypeVar("_Found", ast.Clause, ast.Ambiguity)


class Editor:
    """Makes edits to the files of one policy, each on the files as they are."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._files = {each.name: _File(each) for each in sources}

    def apply(self, edit: Edit) -> Mapping[str, str]:
        """The new texts of the files that an edit changes. Raises ``CannotEdit``."""
        file, text = self._edited(edit)
        return {file.source.name: file.rewritten(text)}

    def _edited(self, edit: Edit) -> tuple[_File, str]:
        match edit:
            case AddPart():
                file, clause = self._named(ast.Clause, edit.clause)
                return file, _with_part(file.text, clause, edit.part)
            case TakeOut():
                file = self._file(edit.file)
                return file, _without(file, edit.span)
            case TakeBack():
                file = self._file(edit.file)
                return file, _without_name(file, edit)
            case SettleReading():
                file, ambiguity = self._named(ast.Ambiguity, edit.ambiguity)
                return file, _settled(file.text, ambiguity, edit.reading)
            case AddClause():
                file = self._file(edit.file)
                return file, _with_clause(file, edit.text)
            case Except():
                file = self._file(edit.file)
                return file, _narrowed(file, edit)
            case Retire():
                file, clause = self._named(ast.Clause, edit.clause)
                return file, _retired(file.text, clause)
            case MoveUp():
                file, clause = self._named(ast.Clause, edit.clause)
                other_file, other = self._named(ast.Clause, edit.before)
                if other_file is not file:
                    raise CannotEdit("the two clauses stand in different files")
                return file, _moved(file.text, clause, other)
            case _:
                assert_never(edit)

    def _file(self, name: str) -> _File:
        if name not in self._files:
            raise CannotEdit(f"there is no file {name}")
        return self._files[name]

    def _named(self, kind: type[_Found], name: str) -> tuple[_File, _Found]:
        for file in self._files.values():
            for node in file.tree.declarations:
                if isinstance(node, kind) and name in (
                    node.name.text,
                    f"{Unit(file.source, file.tree).document}.{node.name.text}",
                ):
                    return file, node
        raise CannotEdit(f"nothing is called {name}")


# --- parts of clauses --------------------------------------------------------------------


def _with_part(text: Text, clause: ast.Clause, part: str) -> str:
    written = [each for each in clause.parts if each.span.start > clause.name.span.start]
    conditions = [each for each in written if isinstance(each, ast.Condition | ast.Under)]
    after = (conditions if part.startswith("unless ") else []) or written
    if not after:
        at = clause.span.end
        return text.line_after(at, f"{text.indent_of(clause.span.start)}  {part}")
    return text.line_after(after[-1].span.end, f"{text.indent_of(written[0].span.start)}{part}")


def _without(file: _File, span: Span) -> str:
    """Take out what stands at a place, with the parts of the sentence that fall with it."""
    path = _path(file.tree, span)
    text = file.text
    for depth in range(len(path) - 1, -1, -1):
        node, parent = path[depth], path[depth - 1] if depth else None
        match parent:
            case None:
                return text.without_lines(node.span)
            case ast.Not():
                continue
            case ast.Quantified(quantity="any" | "all", operands=[one, two]):
                left = text.outer((two if one is node else one).span)
                return text.replaced(parent.span, text.text[left.start : left.end])
            case ast.And() | ast.Or() | ast.Quantified(quantity="any" | "all" | "none"):
                spans = [each.span for each in parent.operands]
                if len(spans) > 1:
                    return text.without_item(spans, spans.index(node.span))
            case ast.Clause() if isinstance(node, ast.Condition):
                return text.without_lines(node.span)
            case ast.Condition():
                continue
            case _:
                break
    raise CannotEdit("what stands there cannot be taken out by itself")


def _path(tree: ast.File, span: Span) -> list[ast.Node]:
    """The nodes from a declaration down to the one at a place, outermost first."""
    path: list[ast.Node] = []
    inside: Iterable[ast.Node] = tree.declarations
    while True:
        around = [e for e in inside if e.span.start <= span.start and span.end <= e.span.end]
        if not around:
            raise CannotEdit("nothing stands there")
        path.append(around[-1])
        if around[-1].span == span:
            return path
        inside = around[-1].children()


def _without_name(file: _File, edit: TakeBack) -> str:
    for clause in _clauses(file.tree):
        for part in clause.parts:
            if part.span == edit.part and isinstance(part, ast.Prevails | ast.SubjectTo):
                names = [each.text for each in part.clauses]
                at = _named_among(names, edit.clause)
                if at is not None and len(names) == 1:
                    return file.text.without_lines(part.span)
                if at is not None:
                    spans = [each.span for each in part.clauses]
                    return file.text.without_item(spans, at)
    raise CannotEdit(f"{edit.clause} is not named there")


def _named_among(names: Sequence[str], clause: str) -> int | None:
    """Which of some written names means a clause: with its document's name or without it."""
    if clause in names:
        return names.index(clause)
    alike = [
        at
        for at, each in enumerate(names)
        if each.endswith(f".{clause}") or clause.endswith(f".{each}")
    ]
    return alike[0] if len(alike) == 1 else None


def _clauses(tree: ast.File) -> Iterator[ast.Clause]:
    return (each for each in tree.declarations if isinstance(each, ast.Clause))


# --- whole declarations ------------------------------------------------------------------


def _settled(text: Text, ambiguity: ast.Ambiguity, reading: str) -> str:
    if ambiguity.settled is not None:
        raise CannotEdit("it is settled already")
    last = ambiguity.readings[-1].span
    return text.line_after(last.end, f"{text.indent_of(last.start)}settled as {reading}")


def _with_clause(file: _File, clause: str) -> str:
    kinds = ast.Clause | ast.OrderEnd
    ends = [each.span.end for each in file.tree.declarations if isinstance(each, kinds)]
    if not ends:
        raise CannotEdit("the file has no clause")
    return file.text.line_after(ends[-1], f"\n{clause}")


def _narrowed(file: _File, edit: Except) -> str:
    text = file.text
    for node in file.tree.declarations:
        covers = node.span.start <= edit.declaration.start <= node.span.end
        if covers and isinstance(node, ast.Settle | ast.Decision | ast.OutputDeclaration):
            if node.when is not None:
                when = text.outer(node.when.span)
                old = text.text[when.start : when.end]
                return text.replaced(when, f"({old}) and not ({edit.condition})")
            at = _scope_start(node)
            return text.replaced(Span(at, at), f" when not ({edit.condition})")
    raise CannotEdit("nothing with a scope stands there")


def _scope_start(node: ast.Settle | ast.Decision | ast.OutputDeclaration) -> int:
    """Where the ``when`` of a declaration without one belongs."""
    if isinstance(node, ast.OutputDeclaration):
        return node.span.end
    return node.actions[-1].span.end


def _retired(text: Text, clause: ast.Clause) -> str:
    quotes = [each for each in clause.parts if isinstance(each, ast.Quote)]
    if not quotes:
        return text.without_lines(clause.span)
    indent = text.indent_of(clause.span.start)
    title = "" if clause.title is None else f" {quoted(clause.title)}"
    lines = [f"note {clause.name.text} comment{title}"]
    lines += [
        f"{indent}  {text.text[each.span.start : each.span.end]}"
        for each in quotes
        if each.span.start > clause.span.start
    ]
    kept = text.kept(clause.span)
    return text.replaced(clause.span, "\n".join([*lines, *([f"{indent}  {kept}"] if kept else [])]))


def _moved(text: Text, clause: ast.Clause, before: ast.Clause) -> str:
    if clause.span.start < before.span.start:
        raise CannotEdit("it stands above already")
    whole = text.with_comments_above(clause.span)
    target = text.with_comments_above(before.span).start
    moved = text.text[whole.start : whole.end].rstrip()
    without = Text(text.replaced(whole, ""), ())
    return without.replaced(Span(target, target), f"{moved}\n\n")
