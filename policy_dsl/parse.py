"""From text to syntax tree: the file is cut into declarations, each is parsed by itself, and
every error of the file is reported at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_dsl import syntax as ast
from policy_dsl.build_declaration import DeclarationBuilder
from policy_dsl.diagnostics import Diagnostic
from policy_dsl.lark_parser import Failure, parse_declaration
from policy_dsl.source import Place, Source, Span
from policy_dsl.syntax_errors import explain_failure

LARGEST_FILE = 4_000_000
"""The longest spec that is read, in characters."""

_STARTERS = (
    r"(?:policy|use|authorities|type|fact|judgment|grant|choice|outside|define|assume|action"
    r"|decision|cannot|settle|output|clause|ambiguity|note|expect|subject(?!\s+to\b)"
    r"|in\s+order|end\s+order)\b(?![.(])"
)
_LEXEMES = re.compile(
    rf'(?P<text>"(?:\\.|[^"\\])*")|(?P<open>")|(?P<comment>--[^\n]*)'
    rf"|(?P<start>^[ \t]*(?P<word>{_STARTERS}))",
    re.MULTILINE | re.DOTALL,
)
_AT_MARGIN = re.compile(rf"\n{_STARTERS}")


def parse(source: Source) -> tuple[ast.File, tuple[Diagnostic, ...]]:
    """Parse a file.

    Returns the tree of all declarations that could be read, and every error found. Nothing is
    looked up here: names are the resolver's.
    """
    builder = DeclarationBuilder(source)
    declarations: list[ast.Declaration] = []
    broken: set[str] = set()
    comments: list[ast.Comment] = []
    if len(source.text) > LARGEST_FILE:
        builder.problem(
            "L13",
            Span(0, 0),
            f"The file has more than {LARGEST_FILE} characters.",
            "Split it into several files and join them with 'use'.",
        )
        return ast.File(declarations=()), tuple(builder.problems)
    for piece in _pieces(source.text, builder, comments):
        outcome = parse_declaration(source.text, piece)
        if isinstance(outcome, Failure):
            message, remedy = explain_failure(source.text, piece, outcome)
            builder.problem("L01", outcome.span, message, remedy)
            broken |= _declared_name(source.text, piece)
        else:
            declarations.append(builder.declaration(outcome))
    whole = Span(0, len(source.text))
    tree = ast.File(
        declarations=tuple(declarations),
        comments=tuple(comments),
        broken=frozenset(broken),
        span=whole,
    )
    return tree, tuple(builder.problems)


def _declared_name(text: str, piece: Span) -> set[str]:
    """The name that a broken declaration would have declared, as far as it can be seen."""
    found = re.compile(r"\w+(?:\s+order)?\s+([A-Za-z_][\w.]*)").match(text, piece.start, piece.end)
    return {found.group(1)} if found else set()


def _pieces(
    text: str, builder: DeclarationBuilder, comments: list[ast.Comment]
) -> Iterator[Span]:
    """The spans of the declarations; also collects comments and texts that are never closed."""
    starts: list[int] = []
    at = 0
    while found := _LEXEMES.search(text, at):
        at = found.end()
        if found.group("start") is not None:
            starts.append(found.start("word"))
        elif found.group("comment") is not None:
            span = Span(found.start(), found.end())
            body = found.group("comment")[2:].strip()
            comments.append(ast.Comment(text=body, span=span))
        elif found.group("open") is not None or _swallows(text, found):
            line_end = text.find("\n", found.start())
            at = len(text) if line_end < 0 else line_end
            builder.problem(
                "L11",
                Span(found.start(), at),
                "This text is opened with a quotation mark that is never closed.",
                'Close it with ". A quotation mark inside a text is written \\".',
            )
            if starts:
                starts[-1] = -1 - starts[-1]  # its declaration is known to be broken
    _stray(text, starts, builder)
    for index, start in enumerate(starts):
        after = starts[index + 1] if index + 1 < len(starts) else len(text)
        if start >= 0:
            yield Span(start, after if after >= 0 else -1 - after)


def _swallows(text: str, found: re.Match[str]) -> bool:
    """Whether a text was taken to run on over a declaration at the margin: then its closing
    mark is missing, and what looks like its end is the opening of a later text."""
    body = found.group("text")
    margin = _AT_MARGIN.search(body)
    if margin is None:
        return False
    # A source quoted verbatim may have a line that starts with such a word; only when the
    # marks of the rest of the file do not pair up is this text the one left open.
    rest = text[found.start() :]
    return len(re.findall(r'(?<!\\)"', re.sub(r"^[ \t]*--[^\n]*", "", rest, flags=re.M))) % 2 == 1


def _stray(text: str, starts: list[int], builder: DeclarationBuilder) -> None:
    """Report text before the first declaration."""
    first = min((each if each >= 0 else -1 - each for each in starts), default=len(text))
    for found in re.finditer(r"--[^\n]*|(\S[^\n]*)", text[:first]):
        if found.group(1):
            builder.problem(
                "L01",
                Span(found.start(), found.end()),
                "This does not start a declaration.",
                "A spec begins with 'policy NAME \"title\"'; every declaration starts on a line of "
                "its own with its own word, such as fact, action or clause.",
            )
            return


def place(source: Source, node: ast.Node) -> Place:
    """The place of a node of a source."""
    return Place(source, node.span)
