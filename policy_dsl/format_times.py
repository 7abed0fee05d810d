"""The layout of what speaks of time."""

from __future__ import annotations

from collections.abc import Sequence

from policy_dsl import syntax as ast
from policy_dsl.format_facts import FactWriter


def flat_timing(node: ast.Timing) -> str:
    """A limit of time on one line."""
    count = f"{node.count} {node.unit.text if node.unit else ''}"
    event = node.event.text if node.event else ""
    match node.word:
        case "within":
            return f"within {count} of {event}"
        case "not before":
            return f"not before {count} after {event}"
        case "before" | "after":
            return f"{node.word} {event}"
        case "promptly":
            return "promptly"


def header_word(node: ast.HeaderPart | ast.Supersedes) -> str:
    """The word with which a part of a header begins."""
    return "supersedes" if isinstance(node, ast.Supersedes) else node.keyword


class TimeWriter(FactWriter):
    """Writes events, norms with their limits of time, and what a header supersedes."""

    def event(self, node: ast.EventDeclaration) -> None:
        """An event."""
        hang = self.indent + len("event ")
        self.put(f"event {node.name.text}")
        if node.phrase is not None:
            self.behind(hang, node.phrase)
        self._timing(hang, node.timing)

    def norm(self, node: ast.Norm) -> None:
        """A norm about some actions, with its limits of time."""
        hang = self.indent + 4
        self.put(f"{node.modality} ")
        self.names(node.actions)
        self._timing(hang, node.timing)

    def supersedes(self, node: ast.Supersedes, width: int) -> None:
        """What a header supersedes, its document in the column of the other parts."""
        self.put(f"{header_word(node):<{width}} {node.document.text}")
        if node.kept:
            self.put(" except ")
            self.names(node.kept)

    def _timing(self, column: int, timing: Sequence[ast.Timing]) -> None:
        for each in timing:
            self.behind(column, flat_timing(each))
