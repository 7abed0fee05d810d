"""Names that belong to a document: those of its clauses, ordered lists, ambiguities and notes.

Two documents of one policy may each have a clause ``A.1``. Within its own document the plain name
means its own; from elsewhere it is written ``memo.A.1``. Each such name has one key over all files:
the plain name where only one document has it, the qualified one where several do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from policy_dsl import syntax as ast

Local = ast.Clause | ast.OrderStart | ast.Ambiguity | ast.Note
"""The declarations whose names belong to their document."""

Common = (
    ast.TypeDeclaration
    | ast.FactDeclaration
    | ast.Define
    | ast.ActionDeclaration
    | ast.Decision
    | ast.OutputDeclaration
)
"""The declarations whose names are common to all documents."""


@dataclass
class OwnNames:
    """The names that belong to documents. ``keys`` has the key of each, by document and plain
    name; ``shared`` the documents that have a name, for each that several have."""

    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    shared: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def key(self, document: str, written: str) -> str:
        """The key of a name as it is written in a document; the name itself where it is none of
        these."""
        own = self.keys.get((document, written))
        if own is not None:
            return own
        for other, rest in splits(written):
            if (other, rest) in self.keys:
                return self.keys[other, rest]
        return written


def splits(name: str) -> Iterator[tuple[str, str]]:
    """The ways to read a name as that of a document and a name in it."""
    parts = name.split(".")
    for at in range(1, len(parts)):
        yield ".".join(parts[:at]), ".".join(parts[at:])


def own_names(files: Sequence[tuple[str, ast.File]]) -> OwnNames:
    """The names that belong to documents, from all files, each with the name of its document.

    A name that something common to all documents has as well is no document's own: it is declared
    twice, and left as it is.
    """
    documents: dict[str, dict[str, None]] = {}
    common: set[str] = set()
    for document, tree in files:
        for node in tree.declarations:
            if isinstance(node, Local):
                documents.setdefault(node.name.text, {})[document] = None
            elif isinstance(node, Common):
                common.add(node.name.text)
    found = OwnNames()
    for name, having in documents.items():
        several = len(having) > 1 and name not in common
        if several:
            found.shared[name] = tuple(having)
        for document in having:
            found.keys[document, name] = f"{document}.{name}" if several else name
    return found


def with_keys(document: str, tree: ast.File, own: OwnNames) -> ast.File:
    """A file whose declarations have the keys of their names in place of what is written."""
    if not own.shared:
        return tree
    return replace(
        tree,
        declarations=tuple(
            replace(node, name=replace(node.name, text=own.keys[document, node.name.text]))
            if isinstance(node, Local)
            else node
            for node in tree.declarations
        ),
    )
