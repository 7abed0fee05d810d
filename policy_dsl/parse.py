"""From text to syntax tree: the file is cut into declarations, each is parsed by itself, and
every error of the file is reported at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_dsl import syntax as ast
from policy_dsl.build_declaration import DeclarationBuilder
from policy_dsl.diagnostics import Diagnostic, Related
from policy_dsl.lark_parser import END, Failure, parse_declaration
from policy_dsl.paths import is_literate
from policy_dsl.pieces import Pieces, cut
from policy_dsl.source import Place, Source, Span
from policy_dsl.syntax_errors import explain_failure, explain_lead
from policy_dsl.words import GAP, starts_declaration

if TYPE_CHECKING:
    from policy_dsl.literate import Block

LARGEST_FILE = 4_000_000
"""The longest spec that is read, in characters."""

_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]|\r(?!\n)"
)
"""Characters that steer a terminal, end a line in some programs only, turn the order of the
letters around, or are no characters at all: what an author sees would not be what is checked."""

_DECLARED = re.compile(rf"(?:(?:in|end){GAP}order|\w+){GAP}(?P<name>[A-Za-z_]\w*(?:\.\w+)*)")

_FARTHEST_MARGIN = 200
"""A line that is indented more than this does not start at the margin."""

_MOST_HIDDEN = 20
"""How many hidden characters of a file are reported one by one."""


def parse(source: Source) -> tuple[ast.File, tuple[Diagnostic, ...]]:
    """Parse a file.

    Returns the tree of all declarations that could be read, and every error found, in the order
    of their places. Nothing is looked up here: names are the resolver's.
    """
    builder = DeclarationBuilder(source)
    if len(source.text) > LARGEST_FILE:
        builder.problem(
            "L13",
            Span(0, 0),
            f"The file has more than {LARGEST_FILE} characters.",
            "Split it into several files and join them with 'use'.",
        )
        return ast.File(declarations=()), tuple(builder.problems)
    pieces, blocks = _pieces(builder)
    broken: list[ast.Name] = []
    _hidden(builder)
    declarations: list[ast.Declaration] = []
    for each in pieces:
        _unclosed(builder, each)
        _lead(builder, each, broken)
        for piece in each.broken:
            _declared(source.text, piece.start, broken)
        for piece in each.declarations:
            declarations += _declarations(builder, piece, broken)
        _nested_cannot(builder, each)
    # A header that cannot be read is still one: the file is not to be told that it has none.
    declarations += [
        ast.PolicyHeader(name=each, span=each.span)
        for each in broken
        if source.text.startswith(("policy", "vocabulary"), each.span.start)
    ]
    declarations.sort(key=lambda each: each.span.start)
    tree = ast.File(
        declarations=tuple(_with_quotes(builder, declarations, blocks)),
        comments=tuple(
            ast.Comment(text=source.text[span.start + 2 : span.end].strip(), span=span)
            for each in pieces
            for span in each.comments
        ),
        broken=frozenset(each.text for each in broken),
        span=Span(0, len(source.text)),
    )
    return tree, tuple(sorted(builder.problems, key=lambda each: each.sort_key))


def _pieces(builder: DeclarationBuilder) -> tuple[list[Pieces], tuple[Block, ...]]:
    """The pieces of a file; of a literate one, those of each block of code, and the blocks."""
    text = builder.source.text
    if not is_literate(builder.source.name):
        return [cut(text)], ()
    from policy_dsl.literate import read_markdown  # only such files pay for its import

    found = read_markdown(builder.source)
    for fault in found.faults:
        builder.problem(fault.code, fault.span, fault.message, fault.remedy)
    return [cut(text, each.code) for each in found.blocks], found.blocks


def _with_quotes(
    builder: DeclarationBuilder, declarations: list[ast.Declaration], blocks: tuple[Block, ...]
) -> list[ast.Declaration]:
    """The declarations, with the block quotes that stand above their blocks."""
    if not blocks:
        return declarations
    from policy_dsl.literate import attach

    quoted, doubled = attach(declarations, blocks)
    for each in doubled:
        assert each.quote is not None
        builder.problem(
            "L04",
            each.quote.span,
            f"The ambiguity '{each.name.text}' has a quote here and a block quote above its block.",
            "It takes one quote. Leave this one out, or put the ambiguity into a block of its own.",
        )
    return quoted


def _declared(text: str, start: int, broken: list[ast.Name]) -> None:
    """Add the name that is declared where a declaration starts, with the span of both."""
    found = _DECLARED.match(text, start)
    if found is not None:
        broken.append(ast.Name(text=found["name"], span=Span(start, found.end())))


def _declarations(
    builder: DeclarationBuilder, piece: Span, broken: list[ast.Name]
) -> Iterator[ast.Declaration]:
    """The declaration of a piece; more than one where they stand on one line by mistake.

    Adds the names of those that cannot be read to ``broken``.
    """
    text = builder.source.text
    while isinstance(outcome := parse_declaration(text, piece), Failure):
        at = outcome.span.start
        if at >= len(text) or not _HIDDEN.match(text, at):
            builder.problems.append(explain_failure(builder.source, piece, outcome))
        starter = starts_declaration(text, at)
        ends = END in outcome.expected and at > piece.start
        if not ends or not (starter or _at_margin(text, piece, at)):
            _declared(text, piece.start, broken)
            return
        # What stands before it is whole, so it is kept: other declarations may depend on it.
        whole = parse_declaration(text, Span(piece.start, at))
        if not isinstance(whole, Failure):
            yield builder.declaration(whole)
        if not starter:
            _declared(text, at, broken)
            return
        piece = Span(at, piece.end)
    yield builder.declaration(outcome)


def _at_margin(text: str, piece: Span, at: int) -> bool:
    """Whether a place is the start of a line that is indented no more than the declaration."""
    near = text[max(piece.start, at - _FARTHEST_MARGIN) : at]
    indent = len(near) - (near.rfind("\n") + 1)
    margin = piece.start - (text.rfind("\n", 0, piece.start) + 1)
    return "\n" in near and indent <= margin and not near[len(near) - indent :].strip()


def _hidden(builder: DeclarationBuilder) -> None:
    for index, found in enumerate(_HIDDEN.finditer(builder.source.text)):
        if index == _MOST_HIDDEN:
            return
        character = found.group()
        name = unicodedata.name(character, "")
        shown = f"U+{ord(character):04X}{' ' if name else ''}{name}"
        message = f"A character stands here that cannot be seen ({shown})."
        if character == "\r":
            message = "The line ends here with an outdated line end (U+000D alone)."
        builder.problem(
            "L01",
            Span(found.start(), found.end()),
            message,
            "Delete it. It can make a text look different from what it says."
            if character != "\r"
            else "Save the file with the line ends of today's systems.",
        )


def _unclosed(builder: DeclarationBuilder, pieces: Pieces) -> None:
    for each in pieces.unclosed:
        related: tuple[Related, ...] = ()
        if each.next_mark is not None:
            place = Place(builder.source, each.next_mark)
            related = (Related(place=place, message="The next quotation mark stands here."),)
        builder.problem(
            "L11",
            each.span,
            "This text is opened with a quotation mark that is never closed.",
            'Close it with ". A quotation mark inside a text is written \\".',
            *related,
        )


def _lead(builder: DeclarationBuilder, pieces: Pieces, broken: list[ast.Name]) -> None:
    """Report what stands before the first declaration, if anything does."""
    if any(each.span.start < pieces.lead.end for each in pieces.unclosed):
        return
    found = explain_lead(builder.source, pieces)
    if found is not None:
        start = found.place.span.start
        _declared(builder.source.text, start, broken)
        if not _HIDDEN.match(builder.source.text, start):
            builder.problems.append(found)


def _nested_cannot(builder: DeclarationBuilder, pieces: Pieces) -> None:
    """Report ``cannot`` where an author means a part of the clause above it: it would silently
    be a declaration of its own."""
    text = builder.source.text
    for clause, piece in pairwise(pieces.declarations):
        starts = text.startswith("clause", clause.start) and text.startswith("cannot", piece.start)
        between = text[clause.start : piece.start]
        indent = clause.start - (text.rfind("\n", 0, clause.start) + 1)
        if starts and len(between) - (between.rfind("\n") + 1) > indent:
            builder.problem(
                "L01",
                Span(piece.start, piece.start + len("cannot")),
                "'cannot' is indented like a part of the clause above, but a clause has no such "
                "part.",
                "What the clause forbids is written 'must not'. What is not in anybody's power is "
                "a declaration of its own: begin its line where the line of the clause begins.",
            )
