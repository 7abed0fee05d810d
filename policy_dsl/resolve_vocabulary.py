"""What a vocabulary may hold: words for cases and acts, and nothing of what documents say."""

from __future__ import annotations

from policy_dsl import syntax as ast
from policy_dsl.symbols import Symbols, Unit
from policy_dsl.wording import joined

_SAID_BY_DOCUMENTS: dict[type[ast.Node], tuple[str, str]] = {
    ast.Clause: ("clause", "clauses"),
    ast.Note: ("note", "notes"),
    ast.Ambiguity: ("ambiguity", "ambiguities"),
    ast.OrderStart: ("ordered list", "ordered lists"),
}
"""What only a document can hold, one of it and several."""


def check_vocabulary(symbols: Symbols, unit: Unit, header: ast.PolicyHeader) -> None:
    """Report, once a file, that a vocabulary holds what only a document says; and every part of
    its header that only a document has."""
    for part in header.parts:
        keyword = "supersedes" if isinstance(part, ast.Supersedes) else part.keyword
        if keyword != "missing_day":
            symbols.problem(
                "L08",
                unit.source,
                part.span,
                f"A vocabulary is no document, so its header has no '{keyword}'.",
                f"Leave it out; or begin the file with: policy {header.name.text}",
            )
    said = [each for each in unit.tree.declarations if type(each) in _SAID_BY_DOCUMENTS]
    if not said:
        return
    counts = [
        (sum(isinstance(each, kind) for each in said), *words)
        for kind, words in _SAID_BY_DOCUMENTS.items()
    ]
    held = [f"{count} {one if count == 1 else more}" for count, one, more in counts if count]
    symbols.problem(
        "L08",
        unit.source,
        said[0].span,
        f"The file is a vocabulary, which is no document, and it has {joined(held, 'and')}.",
        "Move what a document says into a file of that document, which begins with 'policy'. A "
        "vocabulary holds facts, definitions, assumptions, actions, decisions and the like.",
    )
